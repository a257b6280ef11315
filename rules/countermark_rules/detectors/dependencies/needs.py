"""What a manifest asks for: packages with where they come from, and indexes. One reader a format, in ``manifests`` and ``tables``."""

from __future__ import annotations

import re
from enum import Enum

from attrs import frozen

from countermark.content import Span
from countermark.lazily import lazy


class Risk(Enum):
    """What is wrong with where a package comes from."""

    UNPINNED = "unpinned"
    EXTRA_INDEX = "extra index"
    PLAIN_HTTP = "plain http"


@frozen
class Need:
    """A package that a manifest or an import names, and the place; ``imported`` says that code names it, whose name may be another."""

    ecosystem: str
    name: str
    span: Span
    imported: bool = False


@frozen
class Source:
    """A place that packages come from, with what is wrong about it."""

    risk: Risk
    what: str
    span: Span


_COMMIT = lazy(r"(?:[@#]|^)[0-9a-f]{7,64}(?![\w.-])")
_HASH = lazy(r"#.*\b(?:sha(?:256|384|512)[=-])|--hash=")
_PLAIN = lazy(r"(?:git\+)?http://(?!localhost\b|127\.|\[::1\]|host\.docker\.internal\b)", re.IGNORECASE)
_GIT = lazy(r"^(?:git\+|git://|git@|hg\+|svn\+|bzr\+|ssh://git@|github:|gitlab:|bitbucket:)|\.git(?:[#@]|$)")


def is_plain(address: str) -> bool:
    """Whether an address is fetched without TLS from another machine."""
    return bool(_PLAIN.match(address))


def is_commit(revision: object) -> bool:
    """Whether a revision of git is a commit, at least the beginning of its hash, and so nothing that moves."""
    return bool(_COMMIT.match(str(revision or "")))


def risks_of(address: str) -> list[Risk]:
    """What is wrong with fetching a package from an address."""
    risks = [Risk.PLAIN_HTTP] if is_plain(address) else []
    git = bool(_GIT.search(address))
    pinned = bool(_COMMIT.search(address) if git else _HASH.search(address))
    if not pinned and (git or address.startswith(("http://", "https://"))):
        risks.append(Risk.UNPINNED)
    return risks
