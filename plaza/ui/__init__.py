"""UI: the base page, components, style and words of the interface in four languages."""
