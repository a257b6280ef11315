"""What may stand where a literal is: one module for programs, one for shells, one for files of settings."""
