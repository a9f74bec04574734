"""Deeds and reads of the directory."""
