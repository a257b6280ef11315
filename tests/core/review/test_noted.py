"""Reviews that travel in notes, and notes of a stranger."""

from __future__ import annotations

import pytest
from attrs import evolve

from countermark.provenance.notes import REF
from countermark.review.entry import Entry
from countermark.review.noted import lines, note, noted
from tests.core.provenance.acting import found
from tests.support import Repository

from .sample import entry, hunk

ONE: Entry = entry(hunk("x = 1"))


@pytest.fixture
def committed(repository: Repository) -> tuple[Repository, str]:
    repository.write("a.py", "x = 1\n").stage().commit()
    return repository, repository.git("rev-parse", "HEAD").stdout.strip()


def test_an_entry_goes_into_a_note_and_comes_back(committed: tuple[Repository, str]) -> None:
    repository, commit = committed
    other = evolve(ONE, comment="\u202e and \x1b", signature="s")

    note(found(repository), [(commit, ONE), ("", other)])
    note(found(repository), [(commit, other)])

    assert set(lines(found(repository))) == {ONE.line, other.line}
    assert lines(found(repository), [commit]) == lines(found(repository))
    assert lines(found(repository), ["0" * 40]) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", 0),
        ("hello", 0),
        ('{"review":', 1),
        ('{"review":{}}', 1),
        ('{"review":[]}', 1),
        ('{"review":' + "[" * 50_000, 1),
        ('{"review":' + ONE.line.decode().replace("approve", "bless") + "}", 1),
        ('{ "review":' + ONE.line.decode() + "}", 0),
        ('{"review":' + ONE.line.decode() + "}", 0),
    ],
    ids=range(9),
)
def test_a_strangers_note_does_no_harm(committed: tuple[Repository, str], text: str, faults: int) -> None:
    repository, _ = committed
    repository.git("notes", f"--ref={REF}", "add", "-f", "--allow-empty", "-F", "-", input=text.encode())

    assert sum(bool(one.fault) for one in noted(found(repository))) == faults
    assert lines(found(repository)) == ([ONE.line] if text.startswith('{"review":{"prev') and not faults else [])


def test_a_repository_without_notes_or_commits_has_none(repository: Repository) -> None:
    assert lines(found(repository)) == []
