"""The editor session that a decision would come from: who started the server, and whether that may be a person.

What it proves is little, and docs/editors.md says so: that whoever speaks to us started us, calls itself no agent that we know, and was
started by none. The worker looks at its own environment and parents besides (see countermark.review.person).
"""

from __future__ import annotations

import os
import sys

from attrs import frozen

from countermark.review.agents import by_parents, of_command

_MOST_PARENTS = 100


@frozen
class Editing:
    """What `initialize` says of the editor: its name, and the process that it is."""

    name: str = ""
    process_id: int | None = None

    def refusal(self) -> str:
        """Why nothing that comes from here can be a person's decision; empty where it may be one."""
        words = self.name.lower().split()
        if agent := of_command(["-".join(words)]) or of_command(words[:1]):
            return f"only a person can answer for a hunk, and this editor is {agent}"
        if self.process_id is None or self.process_id not in _parents():
            return "the editor did not start this server itself, so nobody knows who asks; run `countermark review`"
        if agent := by_parents(self.process_id):
            return f"only a person can answer for a hunk, and this editor was started by {agent}"
        return ""


def _parents() -> list[int]:
    """The processes that this one descends from, the nearest first; where there is no /proc, the nearest alone."""
    found, pid = [os.getppid()], os.getppid()
    while sys.platform == "linux" and pid > 1 and len(found) < _MOST_PARENTS:
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - no file, a question
                pid = int(file.read(4096).rpartition(b")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            break
        found.append(pid)
    return found
