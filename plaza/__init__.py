"""Plaza: the open platform for networks of cities."""
