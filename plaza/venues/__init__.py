"""Venues: where people meet online. A plain link, or a BigBlueButton server, behind one small interface.
Handed names, keys and addresses; what a meeting or a person is belongs to the rooms above."""
