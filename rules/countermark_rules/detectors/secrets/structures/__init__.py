"""Secrets that a place gives away instead of a format: a command's argument, a connection string, a manifest's field."""
