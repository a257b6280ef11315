"""The messages of the commits that a push would publish: no later commit takes back what one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from countermark.change import FileChange, Skipped
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.git.repository import Repository

NAME = "commit message"  # the path that findings in one have


def message(raw: bytes, limits: Limits, commit: str | None = None) -> FileChange | Skipped:
    """A commit message as a file to judge."""
    if len(raw) > limits.file_bytes:
        return Skipped(NAME, f"larger than {limits.file_bytes} bytes (limits.file-bytes)")
    return FileChange(NAME, Content(raw), commit=commit)


def messages(repository: Repository, revisions: Sequence[str], limits: Limits) -> Iterator[FileChange | Skipped]:
    """The messages of the commits that these revisions name; what the repository lacks is passed over."""
    shape = ("--no-commit-header", "--ignore-missing", "--encoding=UTF-8", "--format=%H%n%B%x00")
    for entry in repository.git("rev-list", *shape, *revisions, "--").split(b"\0"):
        commit, _, said = entry.lstrip(b"\n").partition(b"\n")
        if commit:
            yield message(said, limits, commit.decode("ascii", "replace"))
