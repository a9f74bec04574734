"""Messy pages come in; a person confirms what they say."""
