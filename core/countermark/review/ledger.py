"""The ledger: an append-only file of entries, each of which names the hash of the one before it.

It lies in the git folder that all worktrees share. Beside it a small file says how many entries there are and how the last one hashes,
so that a ledger that lost its end is noticed too. Both prove that something was changed, and neither who did it: whoever can write
here can write a whole new ledger. Only signatures tell that apart (see signing.py).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from attrs import evolve, frozen

from countermark.errors import PartFailed, UsageError
from countermark.files import locked, write_atomically
from countermark.git.repository import Repository

from .entry import START, Entry, Malformed, parse

_FOLDER = "countermark"
_MOST_BYTES = 512_000_000
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Fault(NamedTuple):
    """Something wrong with the ledger: which entry, counted from 1, and what. ``tampered`` is False for what a crash explains."""

    number: int
    said: str
    tampered: bool = True


class Head(NamedTuple):
    """What the file beside the ledger says: the number of the last entry, and its hash."""

    number: int
    hash: str


@frozen
class Ledger:
    """The ledger of one repository; ``folder`` is where its files are."""

    folder: Path

    @classmethod
    def of(cls, repository: Repository) -> Ledger:
        """The ledger that all worktrees of a repository share."""
        return cls(repository.common_dir / _FOLDER)

    @property
    def path(self) -> Path:
        """The entries, one a line."""
        return self.folder / "reviews.jsonl"

    @property
    def head_path(self) -> Path:
        """The count and the last hash."""
        return self.folder / "reviews.head"

    def lines(self) -> list[bytes]:
        """Every entry's line, in order. Raises PartFailed when the chain is broken: no decision of a changed ledger counts."""
        lines, _ = self._lines()
        if not (_follow(lines) and _ends(lines, self._head())):
            _, faults = self.examine()
            said = next((fault.said for fault in faults if fault.tampered), "")
            raise PartFailed(
                f"the ledger of reviews is not whole: {said}. `countermark audit verify` tells more, "
                "`countermark audit restart` puts it aside and begins a new one"
            )
        return lines

    def examine(self) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
        """Every entry that can be read, and all that is wrong with the chain."""
        lines, torn = self._lines()
        entries: list[Entry] = []
        faults: list[Fault] = []
        for at, line in enumerate(lines, 1):
            try:
                entries.append(parse(line))
            except Malformed as fault:
                faults.append(Fault(at, f"entry {at} was edited or damaged: {fault}"))
        faults += _chain_faults(entries) if not faults else []
        head = self._head()
        faults += _head_faults(entries, head) if not faults else []
        if torn:
            faults.append(
                Fault(len(lines) + 1, f"entry {len(lines) + 1} was never finished being written", tampered=False)
            )
        return tuple(entries), tuple(faults)

    def append(self, entry: Entry, sign: Callable[[bytes], str] | None = None) -> Entry:
        """Add an entry in the place that it gets in the chain; ``sign`` signs it. Raises PartFailed, and then nothing was added.

        Time never runs backwards in a ledger: an entry is at least as late as the one before it, whatever the clock says.
        """
        with locked(self.folder / "reviews.lock"):
            lines = self.lines()
            last = parse(lines[-1]) if lines else None
            if last is not None and self._head() != Head(last.number, last.hash):
                self._note_end(
                    last
                )  # a process was killed before it had; a second such entry would be taken for a stranger's
            entry = evolve(
                entry,
                number=len(lines) + 1,
                previous=last.hash if last else START,
                at=max(int(time.time()), last.at if last else 0),
            )
            if sign is not None:
                entry = evolve(entry, signature=sign(entry.payload))
            self._cut_torn()
            self._write(entry)
            self._note_end(entry)
        return entry

    def restart(self) -> Path:
        """Put a broken ledger aside and begin a new one; what was decided has to be decided again. Gives its new place."""
        with locked(self.folder / "reviews.lock"):
            if not self.path.exists() and not self.head_path.exists():
                raise UsageError("there is no ledger of reviews here")
            aside = self.folder / f"reviews-{time.time_ns()}.jsonl"
            with suppress(FileNotFoundError):
                self.path.rename(aside)
            with suppress(FileNotFoundError):
                self.head_path.rename(aside.with_suffix(".head"))
        return aside

    def _lines(self) -> tuple[list[bytes], bool]:
        """The whole lines, and whether an unfinished one follows them."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return [], False
        except OSError as fault:
            raise PartFailed(f"the ledger of reviews cannot be read: {fault.strerror}") from fault
        if len(data) > _MOST_BYTES:
            raise PartFailed(f"the ledger of reviews is larger than {_MOST_BYTES} bytes")
        *lines, rest = data.split(b"\n")
        return lines, bool(rest)

    def _head(self) -> Head | None:
        try:
            value = json.loads(self.head_path.read_bytes()[:1000])
            return Head(int(value["count"]), str(value["hash"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return Head(-1, "")

    def _note_end(self, last: Entry) -> None:
        """Say beside the ledger which entry is its last."""
        head = json.dumps({"count": last.number, "hash": last.hash}) + "\n"
        write_atomically(self.head_path, head.encode(), mode=0o600)

    def _cut_torn(self) -> None:
        """Take away what a process that was killed had begun to write; nobody was told that it counts."""
        lines, torn = self._lines()
        if torn:
            os.truncate(self.path, sum(len(line) + 1 for line in lines))

    def _write(self, entry: Entry) -> None:
        try:
            descriptor = os.open(self.path, _APPEND, 0o600)
            with os.fdopen(descriptor, "ab", buffering=0) as file:
                file.write(entry.line + b"\n")
                os.fsync(descriptor)
        except OSError as fault:
            raise PartFailed(f"the review could not be written: {fault.strerror}") from fault


def _follow(lines: Sequence[bytes]) -> bool:
    """Whether each line follows the one before it; the lines themselves are not read, since every commit asks this."""
    previous = START
    for number, line in enumerate(lines, 1):
        if not line.startswith(b'{"previous":"%s","v":1,"number":%d,' % (previous.encode(), number)):
            return False
        previous = sha256(line).hexdigest()
    return True


def _ends(lines: Sequence[bytes], head: Head | None) -> bool:
    """Whether the last line is the one that the head names; one more may be there, if a process was killed in between."""
    if head is None:
        return len(lines) <= 1
    if not len(lines) - 1 <= head.number <= len(lines):
        return False
    return head.number == 0 or sha256(lines[head.number - 1]).hexdigest() == head.hash


def _chain_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """What the numbers and hashes tell: an entry that is gone, that stands elsewhere, or that was edited."""
    numbers = {entry.number for entry in entries}
    previous = START
    for at, entry in enumerate(entries, 1):
        if entry.number != at:
            if entry.number > at and at not in numbers:
                yield Fault(at, f"entry {at} was removed")
            else:
                yield Fault(at, f"entries were put in another order: number {entry.number} stands in the place of {at}")
            return
        if entry.previous != previous:
            where = f"entry {at - 1} was edited" if at > 1 else "entry 1 does not begin a ledger"
            yield Fault(max(at - 1, 1), f"{where}: the entry behind it follows another one")
            return
        previous = entry.hash


def _head_faults(entries: Sequence[Entry], head: Head | None) -> Iterator[Fault]:
    """What the file beside the ledger tells of its end."""
    count = len(entries)
    if head is None:
        if (
            count > 1
        ):  # the very first entry may have been written by a process that was killed before it wrote this file
            yield Fault(count, "the file that says where the ledger ends was removed")
    elif head.number < 0:
        yield Fault(count, "the file that says where the ledger ends is damaged")
    elif head.number > count:
        first = count + 1
        gone = f"entry {first} was" if head.number == first else f"entries {first} to {head.number} were"
        yield Fault(first, f"{gone} removed from the end")
    elif head.number and entries[head.number - 1].hash != head.hash:
        yield Fault(head.number, f"entry {head.number} was edited, or another one was put in its place")
    elif head.number + 1 < count:
        yield Fault(head.number + 1, f"entries {head.number + 1} to {count} were not added by Countermark")
    elif head.number + 1 == count:
        said = f"entry {count} was added by a process that was killed meanwhile, or by hand"
        yield Fault(count, said, tampered=False)
