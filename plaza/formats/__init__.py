"""Formats: plain readers. Bytes in, typed records out, each record with its place in the source.
Imports no Django: the readers run in a bare subprocess (files), the pages run elsewhere."""
