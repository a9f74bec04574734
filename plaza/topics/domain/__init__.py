"""Deeds and reads of topics."""
