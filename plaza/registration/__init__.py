"""Registration: who comes to a meeting. Seats, waiting list, questions, letters, and the check-in at the door.
What a meeting is belongs to meetings; who came, out of the reports of video tools, to attendance."""
