"""Notifications of a client, one a module: each changes the server's state and returns at once."""
