"""Commands, one a module: each takes one object, and may be given twice without harm."""
