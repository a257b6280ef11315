"""How to take a credential out of use and put another in its place: the general way, and what is different at its provider.

Read from the providers' files when somebody asks for a rule's page, and never before: hooks do not pay for prose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from countermark.report.guide import Guide

from .declaration import Token
from .provider import FOLDER, PAGE, names, read

FIRST = (
    "If strangers may have seen it (a public repository, a package, a log, a chat), revoke it at once and mend afterwards. "
    "Otherwise keep this order, and nothing stops working"
)
LAST = (
    "Take it out of the file: `countermark fix --unsafe` puts a look-up there, where that is plainly right",
    (
        "Take it out of the history if it was pushed (`git filter-repo --replace-text`), and ask for the copies: forks, mirrors, "
        "caches and clones keep it. That is tidying; only revoking protects"
    ),
)
_MADE = "Make a new one with no more rights than it needs, and with an expiry where there is one"
_DEPLOYED = "Deploy it from a secret store or the environment, and watch it work"


@frozen
class Provider:
    """A provider's file for those who have to rotate: its tokens, and the steps that are its own."""

    name: str
    tokens: tuple[Token, ...]
    steps: tuple[str, ...]
    audit: str
    own: Mapping[str, tuple[tuple[str, ...], str]]  # of tokens that differ: steps and audit by the token's id

    def guide(self, token: Token) -> Guide:
        """The page of one of its tokens."""
        steps, audit = self.own.get(token.id, (self.steps, self.audit))
        facts = [("opens", token.opens), ("lives", token.lifetime.value), ("revoke", token.revoke)]
        facts += [("audit", audit)] if audit else []
        facts += [("instead", token.instead)] if token.instead else []
        return Guide(tuple(facts), (FIRST, *(steps or general(token.revoke, audit)), *LAST))


def guide(slug: str) -> Guide | None:
    """The page of the rule ``secrets/<slug>``; None where the rule names no provider, so that its remedy says all there is."""
    sought = f'"{slug}"'.encode()
    for name in names():
        if sought in (FOLDER / f"{name}.toml").read_bytes():
            provider = load(name)
            token = next((token for token in provider.tokens if token.id == slug), None)
            if token is not None:
                return provider.guide(token)
    return None


def providers() -> Iterator[Provider]:
    """Every provider, by the name of its file."""
    return map(load, names())


def load(name: str) -> Provider:
    """A provider's file. Raises ProviderError."""
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    tokens, data = read(text, name), tomllib.loads(text)
    own = {table["id"]: _page(table) for table in data["token"] if not table.keys().isdisjoint(PAGE)}
    return Provider(data["provider"], tokens, *_page(data), own)


def _page(table: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    return tuple(table.get("rotate", ())), table.get("audit", "")


def general(revoke: str, audit: str = "") -> tuple[str, ...]:
    """The steps that are the same everywhere."""
    where = f" ({audit})" if audit else ""
    return (
        _MADE,
        _DEPLOYED,
        f"Revoke the old one: {revoke}",
        f"Look at the provider's log for uses that were not yours, from the day of the commit on{where}",
    )
