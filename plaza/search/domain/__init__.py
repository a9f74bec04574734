"""Deeds and reads of search."""
