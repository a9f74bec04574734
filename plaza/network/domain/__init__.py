"""Deeds and reads of the network's own face."""
