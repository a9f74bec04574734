"""Topics: the shared words. Urban topics in two levels, and the Sustainable Development Goals
they serve, each in the four languages."""
