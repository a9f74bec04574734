"""Deeds and reads of attendance."""
