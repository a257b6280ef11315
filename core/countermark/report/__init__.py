"""A report as text for people and as the formats that other tools read."""
