"""Knowledge: works and what they hold: recordings, transcripts, their segments.
When and why something was said belongs to meetings; finding it belongs to search."""
