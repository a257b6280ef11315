"""Who does the work: this process, and others besides once it is clear that there is enough to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, TypeAlias

from attrs import define

from countermark.change import Change, Divided, FileChange, Part, Reader
from countermark.project import Project

from .authorship import Stretches
from .inputs import CHUNK_BYTES, Inputs
from .inspector import Inspector, Outcome

# Processes cost some 20 ms to start, and what they look at may have to be handed to them: it pays where looking takes long.
_PAYS_SECONDS = 0.2
# A part of what processes read themselves. So many tell before anybody has looked that there is enough to do.
_PART_FILES = 48
_PAYS_PARTS = 6
_BATCH_FILES = 128  # in a part, where an engine is started for each: the fewer, the better

# What a process does with a chunk of files, or with a part that it reads first.
_Look: TypeAlias = "Callable[[Any], Outcome]"


def outcomes(
    change: Change,
    project: Project,
    inputs: Inputs,
    *,
    jobs: int,
    only: Collection[str] = (),
    stretches: Stretches | None = None,
) -> Iterator[Outcome]:
    """What is to be said of a change, piece by piece and in its order; ``jobs`` is how many processes may share the work.

    Entries that can be divided are read by whoever looks at them, unless ``inputs`` has somebody to ask about each.
    """
    entries, inspector = change.entries, Inspector(project, only=only, stretches=stretches)
    if not isinstance(entries, Divided) or inputs.look:
        chunks = inputs.chunks(chain(entries, change.gone))
        yield from _worked(chunks, inspector.outcome, partial(_whole, project, only), jobs)
        return
    parts = entries.parts(_BATCH_FILES if inspector.batches else _PART_FILES)
    first = list(islice(parts, _PAYS_PARTS))
    here = _Parts(inspector, inputs, entries.reader())
    others = partial(_parts, project, only, inputs.end, entries.reader())
    try:
        yield from _worked(chain(first, parts), here, others, jobs, enough=len(first) == _PAYS_PARTS)
    finally:
        here.close()
    yield from map(inspector.outcome, inputs.chunks(change.gone))


def _worked(
    chunks: Iterator[Sequence[Any]], look: _Look, others: Callable[[], _Look], jobs: int, *, enough: bool = False
) -> Iterator[Outcome]:
    """What comes of the chunks: here, or in several processes once it is clear that there is ``enough`` to do.

    The first is always looked at here: what that loads and compiles, forked processes then share.
    """
    spent = 0.0
    for chunk in chunks:
        begun = time.monotonic()
        yield look(chunk)
        spent += time.monotonic() - begun
        if jobs > 1 and (enough or spent > _PAYS_SECONDS):
            yield from _shared(chunks, others, jobs)


def _shared(chunks: Iterator[Sequence[Any]], make: Callable[[], _Look], jobs: int) -> Iterator[Outcome]:
    """What is left, in several processes."""
    following = next(chunks, None)
    if following is None:
        return
    from .pool import Lost, spread

    try:
        yield from spread(chain([following], chunks), make, jobs)
    except Lost as lost:
        yield Outcome(failures=(lost.failure(),))


def _whole(project: Project, only: Collection[str]) -> Callable[[Sequence[FileChange]], Outcome]:
    return Inspector(project, only=only).outcome


@define(eq=False)
class _Parts:
    """Reads parts and looks at them."""

    _inspector: Inspector
    _inputs: Inputs
    _reader: Reader

    def __call__(self, part: Part) -> Outcome:
        chunks = self._inputs.chunks(self._reader.read(part), first=CHUNK_BYTES)
        said = [self._inspector.outcome(chunk) for chunk in chunks]
        return Outcome.of([self._inputs.taken(), *said])

    def close(self) -> None:
        """End what reading needed."""
        self._reader.close()


def _parts(project: Project, only: Collection[str], end: float | None, reader: Reader) -> _Parts:
    from multiprocessing.util import Finalize

    made = _Parts(Inspector(project, only=only), Inputs(project, end=end), reader)
    Finalize(None, made.close, exitpriority=0)  # processes of a pool end without their `finally`
    return made
