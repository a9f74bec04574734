"""Live: what happens while a meeting runs. Questions from the room, who seconds them, what is answered; polls.
Who is registered belongs to registration; what a meeting is, to meetings."""
