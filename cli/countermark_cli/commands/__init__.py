"""One module a sub-command; each holds `command`."""
