"""Deeds and reads of accounts."""
