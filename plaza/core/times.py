"""Lengths of time, as people read them."""


def clock(seconds: float | None) -> str:
    """`754` → `12:34`, `4711` → `1:18:31`."""
    whole = int(seconds or 0)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def in_minutes(seconds: int | None) -> int | None:
    """Whole ones, the nearest. None where nothing tells it."""
    return None if seconds is None else (seconds + 30) // 60
