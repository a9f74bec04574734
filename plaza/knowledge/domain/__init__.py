"""Deeds and reads of knowledge."""
