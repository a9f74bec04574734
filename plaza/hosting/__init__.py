"""Hosting: the embedded PostgreSQL, the processes of one installation, backup and restore.
Knows nothing of Django; needs the standard library, psycopg and PostgreSQL's programs."""
