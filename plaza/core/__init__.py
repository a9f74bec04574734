"""Core: what every room stands on and no city would name: languages, translations with
their origin, history, jobs, imprecise dates, the one door out, registries."""
