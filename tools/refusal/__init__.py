"""Refusal, fitted and measured on the demo: its questions that somebody answers and those that nobody does.

python -m tools.refusal    fits plaza/retrieval/data/refusal.npz anew; `make accept` measures what is fitted
"""
