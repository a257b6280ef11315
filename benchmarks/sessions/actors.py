"""Agents and people who edit the files of a place."""

# ruff: noqa: PLR2004 - how likely things are

from __future__ import annotations

from attrs import define

from countermark.provenance.events import Event
from countermark.provenance.model import Author, State

from .place import Place

AGENT = Author(State.AI, "robot", "robot-1", "session-1", 1)
PERSON = Author(State.HUMAN, "", "", "editor")


@define
class Actors(Place):
    """A place where agents and people are at work."""

    def edit(self) -> None:
        """One edit by somebody."""
        self.random.choice((self.agent_edits, self.agent_edits, self.agent_runs, self.person_edits))()

    def agent_edits(self) -> None:
        """An agent edits one file, or makes one, with a tool that names it."""
        names = self.files()
        name = self.random.choice(names) if names and self.random.random() < 0.85 else f"new{self.texts.number()}.py"
        key = f"tool-{self.texts.number()}"
        self.journal.append(Event("before", key, AGENT, (name,)), {name: self.data(name)})
        self._change(name, "ai")
        self.journal.append(Event("after", key, AGENT, (name,)), {name: self.data(name)})

    def agent_runs(self) -> None:
        """An agent edits files through a shell."""
        key, names = f"shell-{self.texts.number()}", self.files()
        self._report("before", key)
        for name in self.random.sample(names, k=min(len(names), self.random.randint(1, 2))):
            if self.random.random() < 0.1:
                moved = f"moved{self.texts.number()}.py"
                (self.path / name).rename(self.path / moved)
                self._change(moved, "ai")
            else:
                self._change(name, "ai")
        self._report("after", key)

    def person_edits(self) -> None:
        """A person edits a file, in an editor that reports it or in one that does not."""
        if not (names := self.files()):
            return
        name = self.random.choice(names)
        self._change(name, "human")
        if self.random.random() < 0.3:
            event = Event("after", f"save-{self.texts.number()}", PERSON, (name,))
            self.journal.append(event, {name: self.data(name)})

    def person_renames(self) -> None:
        """A person renames a file."""
        if names := self.files():
            name = self.random.choice(names)
            if self.git("ls-files", "--", name).stdout:
                self.git("mv", name, f"renamed{self.texts.number()}.py")

    def _change(self, name: str, author: str) -> None:
        self.put(name, self.texts.edited(self.get(name), author))

    def _report(self, kind: str, key: str) -> None:
        """What a shell tool's hook reports."""
        dirty = self.journal.dirty_paths(self.environ)
        contents = {name: self.data(name) for name in dirty.paths}
        event = Event("before" if kind == "before" else "after", key, AGENT, dirty.paths, head=dirty.head)
        self.journal.append(event, contents)
