"""One package a detector."""
