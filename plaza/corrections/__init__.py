"""Corrections: anyone named here asks for a correction or removal, without an account, and is answered in time.
What is corrected belongs to the package of the record; letters belong to mail."""
