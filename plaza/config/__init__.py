"""Config: settings from the environment, the root of the addresses, the WSGI door."""
