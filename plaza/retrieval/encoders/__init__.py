"""Encoders: text → vectors. Each engine stands behind one adapter; none is needed for the rest to work."""

from plaza.retrieval.encoders.base import Encoder, EncoderAbsent, Role

__all__ = ["Encoder", "EncoderAbsent", "Role"]
