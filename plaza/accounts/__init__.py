"""Accounts: users, signing in, roles that hold for the whole network.
Who somebody is outside Plaza (posts, cities) belongs to directory."""
