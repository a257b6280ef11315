"""Coding agents: what their hooks say to us, and how we get ourselves called by them."""
