"""What a gate asks of git: as much as there is to look at, however much history there is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.config.schema import Gate, Limits, Reviewing
from countermark.git.dialogue import Dialogue
from countermark.git.snapshots import IndexSnapshot
from countermark.provenance import shelf
from countermark.provenance.notes import Note, NotedHunk, write_notes
from countermark.review.noted import note
from countermark.review.watching import listed, watching
from tests.core.provenance.acting import AGENT, Actors, found, numbered
from tests.support import Repository

from .sample import TODAY, entry, hunk

BLOCK = numbered("block", 5)


def history(repository: Repository, count: int) -> list[str]:
    """Commits of an agent that adds a line in each, with their notes."""
    texts = ["".join(f"{line}\n" for line in numbered("line", number + 1)) for number in range(count)]
    stream = "".join(
        f"commit refs/heads/main\ncommitter A <a@x> {1_700_000_000 + number} +0000\ndata 1\nx\n"
        f"M 100644 inline a.py\ndata {len(text)}\n{text}\n"
        for number, text in enumerate(texts)
    )
    repository.git("fast-import", "--quiet", input=stream.encode())
    made = repository.git("rev-list", "--reverse", "main").stdout.split()
    notes = {}
    for number, commit in enumerate(made):
        line = texts[number].splitlines()[-1]
        about = hunk(line, path="a.py")._replace(first=number + 1, last=number + 1)
        notes[commit] = Note((NotedHunk.of(about, texts[number].splitlines()),), (entry(about).value,))
    write_notes(found(repository), notes)
    return made


def questions(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many objects git is asked for when the last five commits are looked at."""
    asked: list[bytes] = []
    send = Dialogue.ask

    def counted(self: Dialogue, question: bytes) -> None:
        asked.extend(question.split(b"\n")[:-1])
        send(self, question)

    monkeypatch.setattr(Dialogue, "ask", counted)
    place, new = found(repository), ("main", "^main~5")
    with watching(place, Reviewing(), IndexSnapshot(place), TODAY, here=Gate.PUSH, commits=listed(place, new)) as watch:
        assert list(watch.commits(new, Limits())) == []
    monkeypatch.setattr(Dialogue, "ask", send)
    assert [one.hunk.author.agent for one in watch.asked] == ["claude"] * 5
    return len(asked)


def test_what_is_asked_of_git_does_not_grow_with_history(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(repository, 10)
    few = questions(repository, monkeypatch)
    repository.git("update-ref", "-d", "refs/heads/main")
    repository.git("update-ref", "-d", "refs/notes/countermark")
    history(repository, 260)  # so many that git spreads the notes over folders

    assert questions(repository, monkeypatch) <= few


@pytest.mark.parametrize("latest", [500, 1])
def test_a_review_of_old_is_found_by_the_lines_it_is_about(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, latest: int
) -> None:
    """A colleague approved a block long ago; it moves now, and nobody is asked again."""
    monkeypatch.setattr(shelf, "_LATEST", latest)
    actors = Actors(repository)
    actors.agent("a.py", *BLOCK, author=AGENT)
    first = actors.commit()
    note(found(repository), [(first, entry(hunk(*BLOCK, path="a.py")))])
    actors.agent("c.py", *numbered("other", 5))
    actors.commit()
    actors.person("b.py", *BLOCK)
    repository.stage()

    place = found(repository)
    with watching(place, Reviewing(), IndexSnapshot(place), TODAY, here=Gate.COMMIT) as watch:
        files: Sequence[object] = tuple(staged(place, Limits()).entries)
        said = [one for file in files if isinstance(file, FileChange) for one in watch.file(file)]
    assert [one.standing.passes for one in watch.asked] == [True]
    assert said == []
