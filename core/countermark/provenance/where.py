"""Where what is known of authorship is kept: in the git folder that all worktrees share, and in git's notes on commits."""

from __future__ import annotations

FOLDER = "countermark"  # in that git folder
NAME = "provenance.sqlite"
GIT_AI = "ai"  # the folder of git-ai, in the same git folder
NOTES = "refs/notes/countermark"
