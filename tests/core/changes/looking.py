"""Read a change to its end, and say what is in it."""

from __future__ import annotations

from attrs import evolve

from countermark.change import Change, FileChange, Skipped, Unreadable


def read(change: Change) -> Change:
    """The change with its entries at hand."""
    return evolve(change, entries=list(change.entries))


def texts(change: Change) -> dict[str, str]:
    """What the files hold."""
    return {entry.path: entry.after.text for entry in change.entries if isinstance(entry, FileChange)}


def skipped(change: Change) -> dict[str, str]:
    """Why files were not looked at."""
    return {entry.path: entry.why for entry in change.entries if isinstance(entry, Skipped)}


def unreadable(change: Change) -> dict[str, str]:
    """Why files could not be looked at."""
    return {entry.path: entry.why for entry in change.entries if isinstance(entry, Unreadable)}


def only(change: Change) -> FileChange:
    """The one file of the change."""
    (entry,) = change.entries
    assert isinstance(entry, FileChange)
    return entry


def added(file: FileChange) -> list[str]:
    """The text that the change adds."""
    return [file.after.slice(hunk.after) for hunk in file.hunks if hunk.after.start < hunk.after.end]
