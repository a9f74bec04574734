"""Deeds and reads of mail."""
