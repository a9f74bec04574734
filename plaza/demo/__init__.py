"""Demo: a small network to look at. Real cities from the gazetteer as its members, a fictional cast of
cities and people for everything that is said; loaded through the same deeds as anything else."""
