"""Meetings: series, meetings, sessions, who appears in them.
Recordings and transcripts belong to knowledge; cities and people to directory."""
