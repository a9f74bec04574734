"""Retrieval: passages in, ranked hits out, across four languages. Knows no domain: it is handed
source, place, language, text and audience, and whoever asks checks each hit again with its owner."""
