"""Secrets without a format: what is assigned to a password, token or key. Extraction, features, and a small trained classifier."""
