"""Deeds and reads of a room."""
