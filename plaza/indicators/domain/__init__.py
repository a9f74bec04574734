"""Deeds and reads of indicators."""
