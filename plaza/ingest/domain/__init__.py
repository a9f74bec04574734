"""Deeds and reads of this package."""
