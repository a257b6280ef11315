"""Read objects of a repository through one `git cat-file --batch`, without ever holding one that is too large."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Self, TypeVar

from countermark.errors import CountermarkError, PartFailed

from .dialogue import Dialogue
from .repository import Repository

# So many questions may be under way: their bytes fit the smallest pipe, so git and we never wait for each other.
_UNDER_WAY = 48
_COMMAND = ("cat-file", "--batch")
_HEADER = re.compile(rb"[0-9a-f]{40,64} (blob|tree|commit|tag) (\d+)")
_T = TypeVar("_T")


class TooLarge(CountermarkError):  # noqa: N818 - it names what happened
    """An object has more bytes than the caller wants to hold."""


# What is known of an object: its bytes, that it does not exist, or why it cannot be had.
Blob = bytes | TooLarge | PartFailed | None


class Objects:
    """The objects of one repository. A context manager, which starts git at once; else the first question does.

    One stream at a time.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._dialogue: Dialogue | None = None
        self._asked: deque[bytes] = deque()

    def read(self, spec: str | bytes, *, at_most: int) -> bytes | None:
        """A blob's bytes; None where there is none of that name. Raises TooLarge and PartFailed."""
        if self._asked:  # somebody is in the middle of a stream, whose answers come first
            with Objects(self._repository) as others:
                return others.read(spec, at_most=at_most)
        name = spec.encode("utf-8", "surrogateescape") if isinstance(spec, str) else spec
        if b"\n" in name or not name:
            raise PartFailed("git cannot be asked for a name that holds a line end")
        self._ask([name])
        blob = self._answer(at_most)
        if isinstance(blob, CountermarkError):
            raise blob
        return blob

    def fetch(self, wanted: Iterable[tuple[_T, Sequence[bytes]]], *, at_most: int) -> Iterator[tuple[_T, list[Blob]]]:
        """For each item and its object ids, the item and its blobs, in order; ``wanted`` is read ahead by some items only."""
        source = iter(wanted)
        ahead: deque[tuple[_T, Sequence[bytes]]] = deque()
        try:
            while True:
                if len(self._asked) <= _UNDER_WAY // 2:
                    ahead += self._ask_ahead(source)
                if not ahead:
                    return
                item, oids = ahead.popleft()
                yield item, [self._answer(at_most) for _ in oids]
        finally:
            if self._asked:
                self.close()

    def close(self) -> None:
        """End git; a further question starts it anew."""
        self._asked.clear()
        self._stop()

    def start(self) -> Self:
        """Start git, so that it is ready when the first question comes."""
        self._started()
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask_ahead(self, source: Iterator[tuple[_T, Sequence[bytes]]]) -> list[tuple[_T, Sequence[bytes]]]:
        """Further items of a stream, asked about in one go: each time that git is woken costs more than its answer."""
        items: list[tuple[_T, Sequence[bytes]]] = []
        specs: list[bytes] = []
        while len(self._asked) + len(specs) < _UNDER_WAY and (following := next(source, None)):
            items.append(following)
            specs += following[1]
        self._ask(specs)
        return items

    def _ask(self, specs: Sequence[bytes]) -> None:
        if specs:
            self._started().ask(b"".join(spec + b"\n" for spec in specs))
            self._asked += specs

    def _answer(self, at_most: int) -> Blob:
        self._asked.popleft()
        dialogue = self._started()
        try:
            header = _HEADER.fullmatch(dialogue.line())
            if header is None:
                return None  # "NAME missing", "NAME ambiguous"
            is_blob, size = header[1] == b"blob", int(header[2])
            if size <= at_most:
                data = dialogue.exactly(size + 1)[:-1]
                return data if is_blob else None
            self._start_again()
            return TooLarge(f"larger than {at_most} bytes") if is_blob else None
        except PartFailed as error:  # a broken object ends git
            self._start_again()
            return error

    def _start_again(self) -> None:
        """Drop what git is still writing, and repeat the questions that it has not answered."""
        self._stop()
        dialogue = self._started()
        for spec in self._asked:
            dialogue.ask(spec + b"\n")

    def _started(self) -> Dialogue:
        if self._dialogue is None:
            self._dialogue = Dialogue(self._repository, _COMMAND)
        return self._dialogue

    def _stop(self) -> None:
        if self._dialogue is not None:
            self._dialogue.close()
            self._dialogue = None
