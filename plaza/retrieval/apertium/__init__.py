"""Apertium: a question in the other languages, for the words leg alone. Optional, and only ever a program of its own
beside ours (it is under the GPL): programs in a row that stay, spoken to through pipes."""

from plaza.retrieval.apertium.base import NotTranslated, Translator

__all__ = ["NotTranslated", "Translator"]
