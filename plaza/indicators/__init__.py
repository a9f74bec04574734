"""Indicators: what is measured of a city, in which unit, and its values, each with year, source and link.
No value is ours: a host loads them, by hand or by sheet; cities belong to directory."""
