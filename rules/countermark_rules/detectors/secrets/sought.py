"""One thing to search for, and how the prefilter knows it."""

from __future__ import annotations

from attrs import frozen


@frozen
class Search:
    """One thing to search for.

    ``id`` is the rule's, without its family. ``source`` says who confirms a hit: ``token``, ``structured``, or a class of
    detect-secrets. A match lies within ``before`` bytes before a hit's end and ``after`` bytes after it, and on that line unless
    ``multiline``. ``extra`` is what is searched only when somebody asks for it.
    """

    id: str
    source: str
    before: int
    after: int
    multiline: bool = False
    extra: bool = False


@frozen
class Sought:
    """How the prefilter knows one thing.

    ``loose`` is an expression for Hyperscan, over bytes; it may match more than is meant, and where ``exact`` is False Hyperscan
    may add to that. ``literals`` are in lower case; every match holds at least one. ``then`` has to match the bytes after a hit, where
    there is one: words are compiled in no time, words with all that may follow them in seconds.
    """

    loose: str
    literals: tuple[str, ...]
    exact: bool = True
    then: str = ""
