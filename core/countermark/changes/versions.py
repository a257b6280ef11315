"""The versions of files that commits brought: the net change first, then what later commits replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from countermark.change import Change
from countermark.config.schema import Limits
from countermark.git.attributes import Attributes
from countermark.git.dialogue import Dialogue
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .entries import Entry, entries, gone, to_the_end
from .raw import FLAGS, SUBMODULE, Raw, parse


def between(
    repository: Repository, ends: Sequence[tuple[str, str]], revisions: Sequence[str], limits: Limits
) -> Change:
    """The net change between pairs of trees, and every other version that the commits of ``revisions`` brought."""
    net = [raw for base, tip in ends for raw in _net(repository, base, tip)]
    stream = chain(net, _once(versions(repository, revisions), net)) if ends else []
    return Change(
        root=str(repository.root),
        entries=to_the_end(_entries(repository, stream, ends[0][1] if ends else None, limits)),
        deleted=tuple(raw.path for raw in net if raw.deleted),
        gone=gone(repository, net, limits),
    )


def versions(repository: Repository, revisions: Sequence[str]) -> Iterator[Raw]:
    """What each commit changed, parents before children: a merge only where it has what none of its parents has."""
    listing = Dialogue(repository, ("rev-list", "--topo-order", "--reverse", *revisions, "--"))
    command = ("diff-tree", "--stdin", "--root", "-r", "-c", *FLAGS)
    with listing, Dialogue(repository, command, source=listing) as diffs:
        yield from parse(_tokens(diffs.rest()))
        listing.finish()


def _net(repository: Repository, base: str, tip: str) -> Iterator[Raw]:
    return parse(repository.git("diff-tree", "-r", *FLAGS, base, tip).split(b"\0"))


def _once(raws: Iterable[Raw], before: Iterable[Raw]) -> Iterator[Raw]:
    """Each content once, under its first name, unless it was there before; of a submodule, which has none, each name once.

    Whatever a commit replaces was brought by an earlier one, or is older than all of them.
    """
    seen: set[str | bytes] = {oid for raw in before for oid in (raw.oid, raw.old_oid)}
    for raw in raws:
        key = raw.path if raw.mode == SUBMODULE else raw.oid
        seen.add(raw.old_oid)
        if not raw.deleted and key not in seen:
            seen.add(key)
            yield raw


def _entries(repository: Repository, raws: Iterable[Raw], tree: str | None, limits: Limits) -> Iterator[Entry]:
    if tree is None:
        return
    with Objects(repository) as objects, Attributes.of_tree(repository, tree) as attributes:
        yield from entries(raws, limits, objects, attributes)


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
