"""The countermark command: a lazy table of sub-commands, nothing else."""
