"""Newsletters: who asked for the network's letters, whom one is meant for, writing one in four languages, sending it.
How a letter reaches a mail server, and leaving a list with one click, belong to mail."""
