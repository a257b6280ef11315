"""Commits that an agent makes with the very shell command that made the change: its hook reports only when all is committed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping

from countermark.git.repository import Repository

from .events import Event
from .journal import Journal
from .model import Author, State
from .record import commit_changes

# What agents put into the environment of the commands that they start. Anybody can set it: it only tells an agent's own commit
# from one that a person makes while an agent is at work.
_VARIABLES = (
    "CLAUDECODE CLAUDE_CODE CURSOR_AGENT GEMINI_CLI CODEX_SANDBOX CODEX_THREAD_ID COPILOT_CLI OPENCODE OPENCODE_CLIENT"
    " AUGMENT_AGENT AMP_CURRENT_THREAD_ID ANTIGRAVITY_AGENT AI_AGENT AGENT"
).split()
_LONGEST = 3600.0  # seconds that a command may have been running
_OPEN = """
SELECT b.head, b.state, b.agent, b.model, b.session, b.since FROM event b
WHERE b.kind = 'before' AND b.head != '' AND b.worktree = ? AND b.at > ?
AND NOT EXISTS (SELECT 1 FROM event a WHERE a.kind = 'after' AND a.key = b.key AND a.session = b.session AND a.id > b.id)
ORDER BY b.id DESC LIMIT 1
"""


def report_commit(repository: Repository, commit: str, environ: Mapping[str, str]) -> bool:
    """Report what a commit changed as the work of the agent whose command is running; whether one is, and made the commit."""
    if not any(environ.get(name) for name in _VARIABLES):
        return False
    journal = Journal.of(repository)
    key = (os.fsencode(journal.worktree), time.time() - _LONGEST)

    def running(connection: sqlite3.Connection) -> tuple[str, Author] | None:
        row = connection.execute(_OPEN, key).fetchone()
        return (row[0], Author(State(row[1]), *row[2:])) if row else None

    found = journal.database.read(running, absent=None)
    if found is None:
        return False
    head, author = found
    contents = {file.path: file.after.data for _, files in commit_changes(repository, [commit]) for file in files}
    journal.append(Event("after", "", author, tuple(contents), head=head), contents)
    journal.database.close()
    return True
