"""Attendance: reports of video tools come in, a person settles what is doubtful, and the network knows who came."""
