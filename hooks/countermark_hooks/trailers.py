"""Trailers of a commit's message, where a team wants them: which agents took part, and who answers for their lines.

``Assisted-by: AGENT:MODEL`` and ``Countermarked-by: NAME <MAIL>``, and never Signed-off-by or Co-authored-by, which are a person's to
give. They tell people who read the history; what a gate believes is in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.config.schema import Gate
from countermark.git.repository import Repository
from countermark.git.snapshots import IndexSnapshot
from countermark.project import Project
from countermark.provenance.hunks import marked_hunks
from countermark.provenance.model import Author, State
from countermark.review.entry import Decision, Entry
from countermark.review.watching import watching

_PLAIN = re.compile(r"[^\w.+/@-]+")
_LINE = re.compile(r"[\s<>]+")


def add_trailers(file: Path, project: Project, repository: Repository) -> None:
    """Add to the message in a file what is known of the staged change; what the message says already is not said twice.

    A merge says nothing: its lines are those of commits that have messages of their own.
    """
    if (repository.git_dir / "MERGE_HEAD").exists():
        return
    said = list(dict.fromkeys(_trailers(project, repository)))
    if said:
        options = [part for trailer in said for part in ("--trailer", trailer)]
        command = ("-c", "trailer.separators=:", "interpret-trailers", "--in-place", "--no-divider")
        repository.git(*command, "--where=end", "--if-exists=addIfDifferent", *options, str(file.absolute()))


def _trailers(project: Project, repository: Repository) -> Iterator[str]:
    settings, today = project.settings.review, project.triage.today
    agents: list[Author] = []
    people: list[Entry] = []
    with watching(repository, settings, IndexSnapshot(repository), today, here=Gate.COMMIT) as watch:
        for one in staged(repository, project.settings.limits).entries:
            if not isinstance(one, FileChange) or one.after.is_binary or watch.excluded(one.path):
                continue
            for hunk in marked_hunks(one, watch.attribution.stretches(one)):
                if hunk.author.state is State.AI:
                    agents.append(hunk.author)
                    people += watch.desk.judging.standing(hunk, watch.author).by
    yield from (f"Assisted-by: {_agent(author)}" for author in agents)
    yield from (f"Countermarked-by: {_person(entry)}" for entry in people if entry.decision is Decision.APPROVE)


def _agent(author: Author) -> str:
    """``AGENT:MODEL``; a name from outside stays one word."""
    names = (_PLAIN.sub("-", name).strip("-") for name in (author.agent or "agent", author.model))
    return ":".join(name for name in names if name)


def _person(entry: Entry) -> str:
    name, mail = (_LINE.sub(" ", said).strip() for said in (entry.name, entry.mail))
    return f"{name} <{mail}>"
