"""Deeds and reads of corrections."""
