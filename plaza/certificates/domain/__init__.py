"""Deeds and reads of certificates and courses."""
