"""Secrets: tokens, keys, passwords and connection strings."""
