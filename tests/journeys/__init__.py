"""Journeys: the mission's stories end to end, in a real browser."""
