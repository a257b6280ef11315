"""A real repository with staged lines of an agent, as a review session; who wrote which lines is given by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import evolve

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.config.schema import Gate, Limits, Reviewing
from countermark.content import Span
from countermark.finding import Finding
from countermark.git.repository import discover
from countermark.git.snapshots import IndexSnapshot
from countermark.placing import place
from countermark.provenance.model import Author, State, Stretch
from countermark.review.desk import Desk
from countermark.review.entry import Face
from countermark.review.rules import REJECTED
from countermark.review.session import Item, Pen, Session
from tests.support import Repository

TODAY = date(2026, 11, 25)
AGENT = Author(State.AI, "claude", "opus", "s1", 1)
BEFORE = "import os\n\n\ndef total(rows):\n    return sum(rows)\n"
AFTER = """\
import os


def total(rows):
    rows = [row for row in rows if row.valid]
    return sum(row.amount for row in rows)


def export(rows, path):
    with open(path, "w") as file:
        file.write("\\n".join(str(row) for row in rows))


LIMIT = 10  # a person's


def ev\x1b[31mil():
    return "\u202e gnp"
"""
STRETCHES = (Stretch(5, 6, AGENT), Stretch(9, 11, AGENT), Stretch(17, 18, AGENT))


def session(
    repository: Repository, settings: Reviewing | None = None, *, face: Face = Face.TUI, hostile: bool = True
) -> Session:
    """Three hunks of an agent; the first has a finding, and it is known what the agent was asked."""
    after = AFTER if hostile else AFTER.replace("ev\x1b[31mil", "closing").replace("\u202e gnp", "paid")
    repository.write("app/ledger.py", BEFORE).stage().commit()
    repository.write("app/ledger.py", after).stage()
    found = discover(repository.path, repository.env)
    assert found is not None
    desk = Desk.of(found, settings or Reviewing(), IndexSnapshot(found), TODAY)
    keeper = desk.doorkeeper(Gate.COMMIT, "ada@example.invalid")
    files = [file for file in staged(found, Limits()).entries if isinstance(file, FileChange)]
    asked = [one for file in files for one in keeper.asked(file, STRETCHES)]
    prompt = "Sum up valid rows\n\x1b[2J and export them"
    items = [Item(one, prompt=prompt if hostile else prompt.replace("\x1b[2J ", "")) for one in asked]
    at = items[0].asked.file.after.text.index("rows = [")
    findings = place(items[0].asked.file, [Finding.of(REJECTED, "app/ledger.py", Span(at, at + 4), message="x")])
    items[0] = evolve(items[0], findings=findings)
    return Session("the staged change", items, Pen.of(desk, face))


def repository_in(folder: Path) -> Repository:
    """A repository for a picture."""
    (folder / "home").mkdir()
    return Repository(folder / "ledger", folder / "home")
