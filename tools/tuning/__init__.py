"""What E5 learns of cities that talk: an adapter for its matrices, fitted on conversations and questions written for it.

`python -m tools.tuning` writes plaza/retrieval/data/e5_adapter.npz. It needs torch, which nothing else here needs and
which is not among the requirements: docs/developing/tuning.md.
"""
