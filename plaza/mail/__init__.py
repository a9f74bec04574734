"""Mail: the outbox, sending over SMTP, and lists one can leave.
What a letter says, and to whom, belongs to the package that writes it."""
