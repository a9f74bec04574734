"""How well pages are read: what `plaza read page` proposes, held against an annotation of the same page.

python -m tools.pages PAGE TRUTH.json    prints precision, recall and F1 of each part
"""
