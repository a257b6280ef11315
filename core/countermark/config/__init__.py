"""countermark.toml: what a team, and above it an organisation, decided."""
