"""One module a command: its help, its arguments, what it runs."""
