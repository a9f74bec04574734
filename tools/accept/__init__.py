"""`make accept`: issue by issue, each number and each "done when" line, with its figure.

python -m tools.accept                 all of them (long: it clones, installs and tests)
python -m tools.accept retrieval kill  only those whose name holds one of the words
"""
