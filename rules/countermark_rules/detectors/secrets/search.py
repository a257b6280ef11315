"""What the prefilter searches for: every token format, our structured formats, and detect-secrets' own plugins, as one numbered list."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache as once
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from countermark import __version__
from countermark.finding import Confidence, Lifetime, Severity

from . import cache
from .provider import FOLDER, Token

_FORMAT = 1  # of the cached list
_LONG = 4_096  # bytes that a token without an upper limit may have


@frozen
class Search:
    """One thing to search for.

    ``id`` is the rule's, without its family. ``source`` says who confirms a hit: ``token``, ``structured``, or a class of detect-secrets.
    ``loose`` is for Hyperscan, in bytes; ``exact`` False means it is only a superset. ``literals`` are lower case, one is in every match.
    A match lies within ``before`` bytes before a hit's end and ``after`` bytes after it, and on that line unless ``multiline``.
    ``extra`` is what is searched only when somebody asks for it.
    """

    id: str
    source: str
    loose: str
    literals: tuple[str, ...]
    before: int
    after: int
    exact: bool = True
    multiline: bool = False
    extra: bool = False


@frozen
class Bundle:
    """Everything to search for, and the declarations of the tokens among it."""

    searches: tuple[Search, ...]
    tokens: Mapping[str, Token]


@once
def bundle() -> Bundle:
    """The compiled list, from the cache where it is there."""
    name = f"secrets-{signature()}.json"
    stored = cache.read(name)
    if stored is not None:
        return _parse(stored)
    made = build()
    cache.write(name, _serialize(made))
    return made


@once
def signature() -> str:
    """Changes whenever what the list is made from does: a look at names, sizes and times, since reading 300 files would cost too much."""
    here = FOLDER.parent
    digest = blake2b(f"{_FORMAT} {__version__} {here}".encode("utf-8", "surrogateescape"), digest_size=10)
    spec = find_spec("detect_secrets")
    upstream = [Path(spec.origin).with_name("plugins")] if spec and spec.origin else []
    for place in (here, FOLDER, *upstream):
        with os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".toml")):
                    status = entry.stat()
                    digest.update(
                        f"{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "surrogateescape")
                    )
    return digest.hexdigest()


def build() -> Bundle:
    """Read every declaration and compile it."""
    from .provider import load, names
    from .structured import STRUCTURED
    from .upstream import searches as upstream

    tokens = {token.id: token for name in names() for token in load(name)}
    own = [_search(token) for token in tokens.values()]
    structured = [found for shape in STRUCTURED for found in shape.searches()]
    covered = {search.id for search in (*own, *structured)}
    return Bundle((*own, *structured, *upstream(covered)), tokens)


def _search(token: Token) -> Search:
    from .notation import parse
    from .patterns import pattern

    compiled = pattern(token)
    mosts = [parse(text).lengths()[1] for text in token.format]
    longest = max(most if most is not None else _LONG for most in mosts)
    room = longest + (token.within + 200 + 120 * token.lines if token.keyword else 64)
    return Search(
        id=token.id,
        source="token",
        loose=compiled.loose,
        literals=compiled.literals,
        before=room,
        after=longest + 64,
        multiline=token.lines > 0,
        extra=not token.enabled,
    )


def _serialize(made: Bundle) -> bytes:
    tokens = [asdict(token, value_serializer=_plain) for token in made.tokens.values()]
    return json.dumps({"searches": [asdict(search) for search in made.searches], "tokens": tokens}).encode()


def _plain(_: object, __: object, value: object) -> object:
    """Enumerations by what JSON can hold."""
    return value.value if isinstance(value, Severity | Confidence | Lifetime) else value


def _parse(data: bytes) -> Bundle:
    loaded = json.loads(data)
    tokens = [_token(values) for values in loaded["tokens"]]
    return Bundle(
        tuple(_tuples(Search, values) for values in loaded["searches"]), {token.id: token for token in tokens}
    )


def _token(values: dict[str, Any]) -> Token:
    values["severity"] = Severity(values["severity"])
    values["confidence"] = Confidence(values["confidence"])
    values["lifetime"] = Lifetime(values["lifetime"])
    token = _tuples(Token, values)
    assert isinstance(token, Token)  # noqa: S101 - for the type checker
    return token


def _tuples(kind: type[Any], values: Mapping[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
