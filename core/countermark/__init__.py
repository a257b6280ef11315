"""Vocabulary and facts: what a change is, what a finding is, what a team decided."""

__version__ = "0.1.0"
