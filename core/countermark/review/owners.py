"""CODEOWNERS, in GitHub's dialect and in GitLab's, whose sections each ask for a review of their own.

GitHub: the last line that matches a file decides, and a line without owners takes it out. GitLab: the same within each section
(``[Name][2] @default-owner``; ``^[Name]`` asks for nothing), and a line ``!pattern`` takes a file out of its section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from attrs import define, field, frozen

from countermark.changes.ignore import Patterns
from countermark.snapshot import Snapshot

_MOST_BYTES = 3_000_000  # GitHub's own limit
_MOST_LINES = 20_000
_SECTION = re.compile(r"(\^?)\[([^\]]+)\](?:\[(\d{1,3})\])?\s*(.*)")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")


class Dialect(Enum):
    """Whose reading of the file counts."""

    GITHUB = "github"
    GITLAB = "gitlab"


# Where the file may lie, in the order in which it is looked for, and in whose dialect; None: its sections tell.
_PLACES: tuple[tuple[str, Dialect | None], ...] = (
    (".github/CODEOWNERS", Dialect.GITHUB),
    (".gitlab/CODEOWNERS", Dialect.GITLAB),
    ("CODEOWNERS", None),
    ("docs/CODEOWNERS", None),
)


@frozen
class Group:
    """Those of whom some have to review a file: ``needed`` of ``owners``, who are names (``@ada``), teams and addresses."""

    owners: frozenset[str]
    needed: int = 1
    section: str = ""


@frozen
class _Line:
    matches: Callable[[str], bool]
    owners: tuple[str, ...]
    negative: bool


@define
class _Section:
    name: str
    needed: int = 1
    optional: bool = False
    defaults: tuple[str, ...] = ()
    lines: list[_Line] = field(factory=list)


@frozen
class Owners:
    """One CODEOWNERS file."""

    sections: tuple[_Section, ...]

    def groups(self, path: str) -> tuple[Group, ...]:
        """Who has to review a file: all groups together; none where nobody owns it."""
        return tuple(self._groups(path))

    def _groups(self, path: str) -> Iterator[Group]:
        for section in self.sections:
            line = next((line for line in reversed(section.lines) if line.matches(path)), None)
            if line is not None and not line.negative and not section.optional and line.owners:
                yield Group(frozenset(line.owners), section.needed, section.name)


def find(snapshot: Snapshot) -> Owners | None:
    """The owners that a version of the repository names; None where it has no CODEOWNERS file."""
    for place, dialect in _PLACES:
        data = snapshot.read(place)
        if data is not None and len(data) <= _MOST_BYTES:
            text = data.decode("utf-8", "replace")
            return parse(text, dialect or _guess(text))
    return None


def parse(text: str, dialect: Dialect) -> Owners:
    """Read a CODEOWNERS file; lines that say nothing to the dialect are passed over, as the forges do."""
    sections = {"": _Section("")}
    section = sections[""]
    for line in text.splitlines()[:_MOST_LINES]:
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        head = _SECTION.fullmatch(stripped) if dialect is Dialect.GITLAB else None
        if head is None:
            section.lines += _line(stripped, section.defaults, dialect)
            continue
        name = head[2].strip()
        made = _Section(name, int(head[3] or 1), bool(head[1]), _owners(_words(head[4])))
        section = sections.setdefault(name.lower(), made)
        section.defaults = made.defaults or section.defaults
    return Owners(tuple(sections.values()))


def _line(text: str, defaults: tuple[str, ...], dialect: Dialect) -> Iterator[_Line]:
    pattern, *names = _words(text)
    negative = pattern.startswith("!")
    if negative and dialect is Dialect.GITHUB:
        return
    owners = _owners(names) or (defaults if dialect is Dialect.GITLAB else ())
    yield _Line(_matcher(pattern.removeprefix("!")), owners, negative)


def _words(text: str) -> list[str]:
    """The words of a line up to a comment; a backslash keeps a blank in a word."""
    words = []
    for word in _WORD.findall(text):
        if word.startswith("#"):
            break
        words.append(word)
    return words


def _owners(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words if "@" in word)


def _matcher(pattern: str) -> Callable[[str], bool]:
    """As .gitignore has it, save that ``folder/*`` is what lies in the folder itself."""
    named = Patterns([pattern.replace("\\ ", " ").replace("\\#", "#")] if not pattern.startswith("\\#") else [pattern])
    if pattern.endswith("/*"):
        return lambda path: named.part(path) == path
    return lambda path: named.part(path) is not None


def _guess(text: str) -> Dialect:
    sections = any(_SECTION.fullmatch(line.strip()) for line in text.splitlines()[:_MOST_LINES])
    return Dialect.GITLAB if sections else Dialect.GITHUB
