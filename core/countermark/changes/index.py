"""What is staged: the bytes that a commit would record, whatever the worktree holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from countermark.change import Change
from countermark.config.schema import Limits
from countermark.errors import UsageError
from countermark.git.attributes import Attributes
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .entries import Entry, entries, gone, to_the_end
from .raw import FLAGS, Raw, parse


def staged(repository: Repository, limits: Limits, *, objects: Objects | None = None) -> Change:
    """The index against HEAD. Three git processes run side by side; ``objects`` lends the one that reads files.

    Raises UsageError for a repository without a worktree, PartFailed when git fails.
    """
    if repository.worktree is None:
        raise UsageError(f"{repository.git_dir} has no worktree, so nothing can be staged there")
    attributes = Attributes(repository, cached=True)
    reader = objects or Objects(repository).start()
    output = repository.git("diff", "--cached", *FLAGS)
    raws = list(parse(output.split(b"\0")))
    return Change(
        root=str(repository.worktree),
        entries=to_the_end(_entries(raws, limits, reader, attributes, own=objects is None)),
        total=sum(not raw.deleted for raw in raws),
        deleted=tuple(raw.path for raw in raws if raw.deleted),
        gone=gone(repository, raws, limits),
    )


def _entries(
    raws: Sequence[Raw], limits: Limits, objects: Objects, attributes: Attributes, *, own: bool
) -> Iterator[Entry]:
    try:
        yield from entries(raws, limits, objects, attributes)
    finally:
        attributes.close()
        if own:
            objects.close()
