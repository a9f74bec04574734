"""Directory: cities and whether they are members, organisations, people and their dated posts.
What they say and do belongs to knowledge, meetings and the rooms above."""
