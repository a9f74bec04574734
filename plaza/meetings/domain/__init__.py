"""Deeds and reads of meetings."""
