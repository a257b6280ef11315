"""Requests of a client, one a module: an immutable scan in, a value out."""
