"""Where in a file's bytes a secret may end: one pass over all of it for all rules at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache as once
from hashlib import blake2b
from threading import local
from typing import TYPE_CHECKING, Any, Protocol

from countermark.content import Content
from countermark.errors import PartFailed

from . import cache
from .signature import signature

if TYPE_CHECKING:
    from .sought import Sought

# (the search's number, the offset of the byte after what it found)
Hit = tuple[int, int]


class Prefilter(Protocol):
    """Finds every place where a search may have a match, and perhaps more."""

    def hits(self, data: bytes) -> list[Hit]:
        """The hits in some bytes."""
        ...


def scannable(content: Content) -> bytes:
    """The bytes to search: UTF-8, or at least one byte a character where it is neither UTF-8 nor marked; without a byte order mark."""
    data = content.data
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:]
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return content.text.encode("utf-8", "surrogatepass")
    return data


class Hyperscan:
    """All searches as one automaton."""

    def __init__(self, database: Any, new_scratch: Callable[[Any], Any], then: Mapping[int, str]) -> None:
        self._database = database
        self._then = then
        self._new_scratch = new_scratch
        self._local = local()

    def hits(self, data: bytes) -> list[Hit]:
        """The hits, in the order of their ends."""
        found: list[Hit] = []

        def take(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append((number, end))

        if data:
            self._database.scan(data, match_event_handler=take, scratch=self._memory())
        return _followed(found, self._then, data)

    def _memory(self) -> Any:
        """The automaton's working memory, which threads must not share."""
        if not hasattr(self._local, "memory"):
            self._local.memory = self._new_scratch(self._database)
        return self._local.memory


class Plain:
    """The same without Hyperscan, which has no wheel for Windows on ARM: a literal of each search first, then its expression."""

    def __init__(self, chosen: Sequence[tuple[int, Sought]], then: Mapping[int, str]) -> None:
        self._chosen = chosen
        self._then = then

    def hits(self, data: bytes) -> list[Hit]:
        """The hits, search by search."""
        lower = data.lower()
        literals = {literal for _, sought in self._chosen for literal in sought.literals}
        present = {literal for literal in literals if literal.encode() in lower}
        found = [
            (number, match.end())
            for number, sought in self._chosen
            if not present.isdisjoint(sought.literals)
            for match in expression(sought.loose).finditer(data)
        ]
        return _followed(found, self._then, data)


def _followed(hits: Iterable[Hit], then: Mapping[int, str], data: bytes) -> list[Hit]:
    """The hits behind which there is what has to be there."""
    return [hit for hit in hits if hit[0] not in then or expression(then[hit[0]]).match(data, hit[1])]


@once
def expression(loose: str) -> re.Pattern[bytes]:
    """What is looked for in the bytes of a file, compiled."""
    return re.compile(loose.encode(), re.MULTILINE)


@once
def prefilter(*, extra: bool = False, plain: bool = False) -> Prefilter:
    """The prefilter for what is searched in general, or for what is searched only on demand."""
    from .search import bundle

    if not plain:
        try:
            import hyperscan
        except ImportError:
            pass
        else:
            return Hyperscan(_database(hyperscan, extra=extra), hyperscan.Scratch, bundle().then)
    return Plain(tuple(_chosen(extra=extra)), bundle().then)


def _chosen(*, extra: bool) -> Iterator[tuple[int, Sought]]:
    from .search import bundle

    pairs = zip(bundle().searches, bundle().sought, strict=True)
    return ((number, sought) for number, (search, sought) in enumerate(pairs) if search.extra is extra)


def _database(hyperscan: Any, *, extra: bool) -> Any:
    """The automaton, from the cache where one fits this machine: making it takes a second."""
    name = f"secrets-{signature()}-{_machine(hyperscan)}-{'extra' if extra else 'main'}.hs"
    stored = cache.read(name)
    if stored is not None:
        try:
            return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            pass  # another machine's, in spite of its name: make it anew
    database = _compile(hyperscan, list(_chosen(extra=extra)))
    cache.write(name, hyperscan.dumpb(database))
    return database


def _machine(hyperscan: Any) -> str:
    """What a database depends on: the library's version and the CPU's features, as the library itself sees them."""
    smallest = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    smallest.compile(expressions=[b"a"], ids=[0], flags=[0])
    return blake2b(f"{hyperscan.__version__} {smallest.info()!r}".encode(), digest_size=6).hexdigest()


def _compile(hyperscan: Any, chosen: Sequence[tuple[int, Sought]]) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    superset = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_MULTILINE
    try:
        database.compile(
            expressions=[sought.loose.encode() for _, sought in chosen],
            ids=[number for number, _ in chosen],
            flags=[0 if sought.exact else superset for _, sought in chosen],
        )
    except hyperscan.error as fault:
        raise PartFailed(f"the secret rules cannot be compiled: {fault}") from fault
    return database


def compile_fault(loose: str) -> str | None:
    """What Hyperscan has against an expression; None where it has nothing, or is not here."""
    try:
        import hyperscan
    except ImportError:
        return None
    try:
        hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK).compile(expressions=[loose.encode()], ids=[0], flags=[0])
    except hyperscan.error as fault:
        return str(fault)
    return None
