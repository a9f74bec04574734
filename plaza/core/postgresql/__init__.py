"""Django's door to PostgreSQL, but for how a connection is looked at before it is used: see `base`."""
