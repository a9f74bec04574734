"""Deeds and reads of registration."""
