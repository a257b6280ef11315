"""Whoever is killed in the middle of a write leaves what was there before or what was to be there, and the next goes on from it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from countermark.files import write_atomically
from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
from countermark.provenance.notes import Note, NotedHunk, read_notes, write_note
from countermark.review.ledger import Ledger
from countermark_hooks.agents import queue
from countermark_hooks.agents.install import Where, install, installed, uninstall
from countermark_hooks.install import install as install_hooks
from countermark_hooks.install import uninstall as uninstall_hooks
from tests.core.provenance.acting import Actors, found, numbered
from tests.core.review.sample import entry, hunk
from tests.hooks.state import hooks_and_settings, write_script
from tests.killing import killed_at_every_write
from tests.support import Repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")
ROBOT = Author(State.AI, "robot", at=1)
HUNK = NotedHunk("a" * 64, "a.py", 1, 2, ROBOT, (1, 2))


def journal(folder: Path) -> Journal:
    (folder / ".git").mkdir(exist_ok=True)
    return Journal.of((folder, folder / ".git"))


def texts(folder: Path) -> list[bytes | None]:
    held = journal(folder)
    said = [held.content(one.sha) if one.sha else None for one in held.entries()]
    held.database.close()
    return said


def test_a_report(tmp_path: Path) -> None:
    def report(word: str) -> None:
        journal(tmp_path).append(Event("after", word, ROBOT, ("a.py",)), {"a.py": word.encode() * 100})

    report("first")

    def check(_number: int) -> None:
        assert texts(tmp_path) in ([b"first" * 100], [b"first" * 100, b"killed" * 100])

    assert killed_at_every_write(lambda _: report("killed"), check) > 5
    assert texts(tmp_path) == [b"first" * 100, b"killed" * 100]
    report("next")
    assert len(texts(tmp_path)) == 3


def test_the_first_report_of_all(tmp_path: Path) -> None:
    """The journal does not exist yet, and is made."""

    def report(number: int) -> None:
        folder = tmp_path / f"{number}"
        folder.mkdir(exist_ok=True)
        journal(folder).append(Event("after", "k", ROBOT, ("a.py",)), {"a.py": b"x"})

    def check(number: int) -> None:
        (tmp_path / f"{number}").mkdir(exist_ok=True)
        assert texts(tmp_path / f"{number}") in ([], [b"x"])
        report(number)
        assert texts(tmp_path / f"{number}") == [b"x"]

    assert killed_at_every_write(report, check) > 5


def test_what_the_journal_says_of_authors(repository: Repository) -> None:
    acting = Actors(repository)
    acting.person("a.py", *numbered("old", 3))
    acting.commit(note=False)
    acting.agent("a.py", *numbered("old", 3), *numbered("new", 3))
    acting.journal.database.close()
    repository.stage()

    def check(_number: int) -> None:
        acting.journal.database.close()

    assert killed_at_every_write(lambda _: acting.staged(), check) > 3
    assert acting.staged() == {"a.py": "---aaa"}


def test_a_report_that_waits(tmp_path: Path) -> None:
    held = journal(tmp_path)
    event = Event("after", "k", ROBOT, ("a.py",), at=5.0)
    killed_at_every_write(lambda _: queue.put(held, event, {"a.py": b"x"}), lambda _: None)
    queue.drain(held)

    assert set(texts(tmp_path)) == {b"x"}


def test_a_review(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(entry(hunk("one = 1")))

    def check(_number: int) -> None:
        entries, faults = ledger.examine()
        assert not any(fault.tampered for fault in faults)
        assert len(entries) >= 1
        assert len(ledger.lines()) == len(entries)

    runs = killed_at_every_write(lambda _: ledger.append(entry(hunk("two = 2"))), check)
    assert runs > 5
    ledger.append(entry(hunk("three = 3")))
    assert ledger.examine()[1] == ()
    assert ledger.examine()[0][-1].hunk == hunk("three = 3").id


def test_a_note(repository: Repository) -> None:
    commit = repository.commit().git("rev-parse", "HEAD").stdout.strip()
    place = found(repository)
    write_note(place, commit, reviews=[{"hunk": "first"}])
    reviews = ({"hunk": "first"},)

    def check(_number: int) -> None:
        (note,) = dict(read_notes(place, [commit])).values()
        assert note in (Note((), reviews), Note((HUNK,), reviews))

    killed_at_every_write(lambda _: write_note(place, commit, [HUNK]), check)
    assert dict(read_notes(place, [commit])) == {commit: Note((HUNK,), reviews)}


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("before")

    def check(_number: int) -> None:
        assert file.read_bytes() in {b"before", b"after" * 1000}

    killed_at_every_write(lambda _: write_atomically(file, b"after" * 1000), check)
    assert file.read_bytes() == b"after" * 1000


def test_the_settings_of_an_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = tmp_path / ".claude" / "settings.json"
    settings.parent.mkdir()
    was = '{\n  // mine\n  "model": "opus",\n}\n'.replace(",\n}", "\n}")
    settings.write_text(was)
    where = Where(tmp_path, project=False)

    def check(_number: int) -> None:
        assert '"model": "opus"' in settings.read_text()
        assert settings.read_text() == was or "agent-event" in settings.read_text()

    killed_at_every_write(lambda _: install("claude", where), check)
    assert installed("claude", where)
    killed_at_every_write(lambda _: uninstall("claude", where), check)
    assert json.loads(settings.read_text().replace("// mine", "")) == {"model": "opus"}


def test_the_hooks_of_a_repository(repository: Repository) -> None:
    mine = write_script(repository.path / ".git/hooks/pre-commit", "#!/bin/sh\necho mine\n")
    was = hooks_and_settings(repository)
    place = found(repository)

    def check(_number: int) -> None:
        assert os.access(mine, os.X_OK)  # at no moment is there no hook

    killed_at_every_write(lambda _: install_hooks(place), check)
    killed_at_every_write(lambda _: uninstall_hooks(place), check)
    left = hooks_and_settings(repository)
    assert {name: data for name, data in left.items() if not name.endswith(".tmp")} == was
