"""Wild texts thrown at the text door: what it lets through must be tame, and it must let through anything in time."""
