"""Deeds and reads of records kept by hand and by sheet."""
