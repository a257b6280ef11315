"""Reviews that travel in notes, and notes of a stranger."""

from __future__ import annotations

import pytest
from attrs import evolve

from countermark.provenance.notes import SCHEMA, read_notes
from countermark.provenance.where import NOTES
from countermark.review.entry import Entry, Malformed, parse
from countermark.review.noted import note, noted
from countermark.review.reviews import noted_lines
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

    assert set(lines(repository, commit)) == {ONE.line, other.line}
    assert {one.entry for one in noted(found(repository))} == {ONE, other}
    assert lines(repository, "0" * 40) == []


def lines(repository: Repository, commit: str) -> list[bytes]:
    """What a gate takes for entries in the note of a commit."""
    return noted_lines(note for _, note in read_notes(found(repository), [commit]))


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
    repository, commit = committed
    text = f'{{"schema":"{SCHEMA}"}}\n{text}'
    repository.git("notes", f"--ref={NOTES}", "add", "-f", "-F", "-", input=text.encode())

    assert sum(bool(one.fault) for one in noted(found(repository))) == faults
    assert [line for line in lines(repository, commit) if sound(line)] == (
        [ONE.line] if ONE.line.decode() in text else []
    )


def sound(line: bytes) -> bool:
    try:
        parse(line)
    except Malformed:
        return False
    return True


def test_a_repository_without_notes_or_commits_has_none(repository: Repository) -> None:
    assert list(noted(found(repository))) == []
