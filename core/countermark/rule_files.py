"""The rules that a repository brings along: files of `.countermark/rules`, read from the same version as its settings."""

from __future__ import annotations

from attrs import frozen

from .display import escape
from .errors import UsageError
from .snapshot import Snapshot

FOLDER = ".countermark/rules/"
MOST_BYTES = 256_000
_MOST_FILES = 100
_SUFFIXES = (".yaml", ".yml")


@frozen
class RuleFile:
    """A file of rules as it is; whoever runs them says what is wrong with it."""

    path: str
    data: bytes


def read_rule_files(snapshot: Snapshot) -> tuple[RuleFile, ...]:
    """The rule files, in the order of their names. Raises UsageError for more than anybody would write, PartFailed as Snapshot."""
    names = sorted(name for name in snapshot.names(FOLDER) if name.endswith(_SUFFIXES))
    if len(names) > _MOST_FILES:
        raise UsageError(
            f"{FOLDER}: {len(names)} files of rules, and at most {_MOST_FILES} are read; put several rules in one file"
        )
    return tuple(_read(snapshot, FOLDER + name) for name in names)


def _read(snapshot: Snapshot, path: str) -> RuleFile:
    data = snapshot.read(path)
    if data is None:
        raise UsageError(f"{escape(path)}: no regular file; rules are read from files alone")
    return RuleFile(path, data[: MOST_BYTES + 1])
