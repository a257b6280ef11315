"""Who wrote which line: what agents report, what is known of each version of a file, and how that survives git."""
