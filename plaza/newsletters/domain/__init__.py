"""Deeds and reads of newsletters."""
