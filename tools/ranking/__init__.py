"""The ranking taken apart: what each leg finds alone, what the usual ways of joining them find, and what is lost
without each, on judged questions. In memory and exact; `plaza evaluate retrieval` measures the product itself.
"""
