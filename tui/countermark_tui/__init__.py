"""Textual screens: a person decides here."""
