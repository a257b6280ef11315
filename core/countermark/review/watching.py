"""Start watching: join who wrote the lines with what people decided about them, for one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from countermark.changes.ignore import matcher
from countermark.config.schema import Gate, Reviewing
from countermark.git.repository import Repository
from countermark.git.revisions import complete, ends, resolve
from countermark.snapshot import Snapshot

from .desk import Desk, Watch, staged_author


@contextmanager
def watching(
    repository: Repository,
    settings: Reviewing,
    snapshot: Snapshot,
    today: date,
    *,
    here: Gate,
    commits: Iterable[str] = (),
    exclude: Sequence[str] = (),
    signers: Path | None = None,
    notes: str | None = None,
) -> Iterator[Watch]:
    """A watch over one change, or over ``commits``; see Desk for ``settings``, ``snapshot``, ``today`` and ``signers``.

    ``here`` is what is about to happen: a commit, or a push. ``exclude`` are patterns of files that nobody looks at. ``notes`` names
    the commit that holds the notes, where that is not yet the ref's.
    """
    from countermark.provenance.attribute import Attributor
    from countermark.provenance.where import NOTES

    named = tuple(commits)
    with Attributor.of(repository, named, ref=notes or NOTES) as attribution:
        desk = Desk.of(
            repository,
            settings,
            snapshot,
            today,
            signers=signers,
            notes=attribution.notes.values() if named else (),
            more=attribution.notes_about,
        )
        author = staged_author(repository, settings) if here is Gate.COMMIT else ""
        yield Watch(desk, attribution, here, author, matcher(exclude))


def revisions(repository: Repository, spec: str) -> tuple[str, ...]:
    """The commits that ``A..B`` or ``A...B`` names, or all that lead to a single ``B``, as git's rev-list takes them.

    Raises UsageError for what does not exist, or not completely in a shallow clone.
    """
    named: tuple[str, ...]
    if ".." in spec:
        base, tip = ends(repository, spec)
        named = (tip, f"^{base}")
    else:
        named = (resolve(repository, spec),)
    complete(repository, named)
    return named


def listed(repository: Repository, named: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the commits that some revisions name."""
    return tuple(repository.git("rev-list", "--ignore-missing", *named, "--").decode("ascii", "replace").split())
