"""Records: people, meetings, works and the rest, kept by hand, many at once, and by sheet. Knows none of them by name:
each package declares its own in `core.records`."""
