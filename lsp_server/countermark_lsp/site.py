"""One repository, or a folder outside of any: the settings that hold there, and what the last commit says of its files.

All of it is kept until a file that it was read from changes. Git is started when HEAD moved or a file is new to us, never for a key.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from attrs import frozen

from countermark.change import FileChange, Trait
from countermark.changes.classify import traits
from countermark.changes.entries import Entry, from_blob
from countermark.config.organisation import find
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.errors import CountermarkError
from countermark.git.attributes import Attributes
from countermark.git.objects import Objects, TooLarge
from countermark.git.repository import Repository
from countermark.project import Project, load_project

from .recorder import Recorder
from .stamps import Stamp, head_stamp, stamp, stamps

_MOST_FILES = 64  # of which git's answers are kept
_LONGEST = 60.0  # seconds; where git's own configuration names the policy, nothing tells of a change


@frozen
class _Committed:
    """What git says of a file: its text at HEAD, if it has one, and its attributes; ``stamp`` differs once that may be another."""

    stamp: tuple[object, ...]
    text: Content | None = None
    attributes: Mapping[Trait, bool] = {}


@frozen
class _Loaded:
    """Settings, or what is wrong with them, and what that depends on."""

    project: Project | CountermarkError
    files: Mapping[Path, Stamp]
    day: date
    at: float

    def holds(self) -> bool:
        """Whether loading again would give the same, as far as a look at the files can tell."""
        young = self.day == _today() and time.monotonic() - self.at < _LONGEST
        return young and all(stamp(path) == then for path, then in self.files.items())


class Site:
    """One repository, or a folder outside of any."""

    def __init__(self, root: Path, repository: Repository | None, environ: Mapping[str, str]) -> None:
        self.root = root
        self.repository = repository
        self._environ = environ
        self._loaded: _Loaded | None = None
        self._committed: OrderedDict[str, _Committed] = OrderedDict()

    def project(self) -> Project:
        """The settings that hold now. Raises UsageError and PartFailed as load_project does."""
        if self._loaded is None or not self._loaded.holds():
            self._loaded = self._load()
        if isinstance(self._loaded.project, CountermarkError):
            raise self._loaded.project
        return self._loaded.project

    def entry(self, name: str, text: str, limits: Limits) -> Entry:
        """A text as what it changes, or why it is not looked at, in the same words as everywhere."""
        content = Content.of_text(text)
        too_large = len(content.data) > limits.file_bytes
        found = from_blob(name, TooLarge() if too_large else content.data, limits)
        if not isinstance(found, Content):
            return found
        known = self._known(name, limits.file_bytes)
        return FileChange(name, content, before=known.text, traits=traits(name, content, known.attributes))

    def _known(self, name: str, at_most: int) -> _Committed:
        if self.repository is None or "\n" in name:  # git cannot be asked for that one, so every line counts as touched
            return _Committed(())
        now = (*head_stamp(self.repository), *stamps(self._attribute_files(self.repository, name)))
        known = self._committed.pop(name, None)
        if known is None or known.stamp != now:
            known = _ask(self.repository, name, at_most, now)
        self._committed[name] = known
        if len(self._committed) > _MOST_FILES:
            self._committed.popitem(last=False)
        return known

    def _attribute_files(self, repository: Repository, name: str) -> list[Path]:
        folders = [self.root / folder for folder in Path(name).parents]
        return [*(folder / ".gitattributes" for folder in folders), repository.common_dir / "info" / "attributes"]

    def _load(self) -> _Loaded:
        recorder, begun, day = Recorder(self.root), time.monotonic(), _today()
        project: Project | CountermarkError
        try:
            policy = find(self.repository, self._environ)
            if policy is not None:
                recorder.asked[policy] = stamp(policy)
            project = load_project(recorder, repository=self.repository, environ=self._environ, today=day)
        except CountermarkError as fault:
            project = fault  # kept as well: faulty settings are no reason to start git for each key
        return _Loaded(project, recorder.asked, day, begun)


def _ask(repository: Repository, name: str, at_most: int, now: tuple[object, ...]) -> _Committed:
    with Objects(repository) as objects, Attributes(repository, cached=False) as attributes:
        try:
            data = objects.read(f"HEAD:{name}", at_most=at_most)
        except TooLarge:
            data = None
        return _Committed(now, None if data is None else Content(data), attributes.read([name]).get(name, {}))


def _today() -> date:
    return datetime.now(UTC).date()
