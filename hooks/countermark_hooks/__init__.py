"""Git hooks: the commit gets what the editor shows."""
