"""The providers' files: what a provider issues, read from TOML and checked whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import fields_dict

from countermark.finding import Confidence, Lifetime, Severity

from .declaration import Token
from .notation import FormatError, parse

FOLDER = Path(__file__).with_name("providers")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORT = 3  # characters; a literal below it is found everywhere, so the format needs a keyword
_SHORTEST, _LONG = 2, 24  # unless the format as a whole is long enough to be no accident
_BOUNDARIES = ("alnum", "word", "none")


class ProviderError(ValueError):
    """A provider's file that cannot be used; every fault, one a line."""


_FROM_PROVIDER = ("provider", "docs", "revoke", "instead")
PAGE = ("rotate", "audit")  # what rotation.py reads, when somebody asks: no hook pays for it
_TOKEN_KEYS = frozenset(fields_dict(Token)) - {"provider"} | {*PAGE}
_LISTS = ("format", "keyword", "known", "cwe")
_ACRONYMS = {
    word.lower(): word
    for word in ["API", "CI", "IAM", "ID", "JWT", "OAuth", "PAT", "SAS", "SCIM", "SDK", "SQL", "SSH", "SSO", "URL"]
}


def names() -> tuple[str, ...]:
    """The providers that have a file, in order."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


def load(name: str) -> tuple[Token, ...]:
    """The tokens of one provider's file. Raises ProviderError."""
    return read((FOLDER / f"{name}.toml").read_text("utf-8"), name)


def read(text: str, name: str) -> tuple[Token, ...]:
    """The tokens that a file's text declares. Raises ProviderError with every fault of the file."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ProviderError(f"{name}: {fault}") from None
    faults = [f"{name}: unknown key {key!r}" for key in data.keys() - {*_FROM_PROVIDER, *PAGE, "token"}]
    faults += [f"{name}: {key!r} is missing" for key in ("provider", "docs", "revoke") if not data.get(key)]
    faults += [f"{name}: {fault}" for fault in _page_faults(data)]
    tables = data.get("token", [])
    if not tables:
        faults.append(f"{name}: there is no [[token]]")
    tokens: list[Token] = []
    for table in tables:
        wrong = _faults(table)
        faults += [f"{name}: {table.get('id', '?')}: {fault}" for fault in wrong]
        if not wrong and not faults:
            tokens.append(_token(table, data))
    if faults:
        raise ProviderError("\n".join(faults))
    return tuple(tokens)


def _token(table: Mapping[str, Any], provider: Mapping[str, Any]) -> Token:
    values: dict[str, Any] = {key: provider[key] for key in _FROM_PROVIDER if key in provider}
    values |= {key: value for key, value in table.items() if key not in PAGE}
    values |= {key: _texts(values[key]) for key in _LISTS if key in values}
    for key, kind in (("severity", Severity), ("confidence", Confidence)):
        if key in values:
            values[key] = kind[values[key].upper()]
    if "lifetime" in values:
        values["lifetime"] = Lifetime(values["lifetime"])
    values.setdefault("title", _title(values["id"], values["provider"]))
    values.setdefault("confidence", Confidence.MEDIUM if "keyword" in values else Confidence.HIGH)
    return Token(**values)


def _faults(table: Mapping[str, Any]) -> list[str]:
    faults = [f"unknown key {key!r}" for key in sorted(table.keys() - _TOKEN_KEYS)]
    faults += [f"{key!r} is missing" for key in ("id", "opens", "format") if not table.get(key)]
    if not _ID.fullmatch(str(table.get("id", ""))):
        faults.append("the id must be lower-case words joined by hyphens")
    for key, allowed in (
        ("severity", [item.name.lower() for item in Severity]),
        ("confidence", [item.name.lower() for item in Confidence]),
        ("lifetime", [item.value for item in Lifetime]),
        ("left", list(_BOUNDARIES)),
        ("right", list(_BOUNDARIES)),
    ):
        if key in table and table[key] not in allowed:
            faults.append(f"{key!r} must be one of {', '.join(allowed)}")
    faults += [
        f"{key!r} must be a text or a list of texts" for key in _LISTS if key in table and not _is_texts(table[key])
    ]
    return faults + _page_faults(table) or _format_faults(table)


def _page_faults(table: Mapping[str, Any]) -> list[str]:
    steps = table.get("rotate", ["."])
    good = isinstance(steps, list) and steps and all(isinstance(step, str) and step.strip() for step in steps)
    faults = [] if good else ["'rotate' must be a list of texts"]
    return faults + (
        ["'audit' must be a link"] if not str(table.get("audit", "https://")).startswith("https://") else []
    )


def _format_faults(table: Mapping[str, Any]) -> list[str]:
    faults: list[str] = []
    for text in _texts(table["format"]):
        try:
            node = parse(text)
        except FormatError as fault:
            faults.append(str(fault))
            continue
        literal = min(map(len, node.literals()), default=0)
        if not table.get("keyword") and (literal < _SHORTEST or (literal < _SHORT and node.lengths()[0] < _LONG)):
            faults.append(f"without a literal of {_SHORT} characters the format {text!r} needs a keyword")
    faults += [f"the keyword {word!r} is too short" for word in _texts(table.get("keyword", ())) if len(word) < _SHORT]
    return faults


def _is_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _texts(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _title(id: str, provider: str) -> str:  # noqa: A002 - the name in the file
    slug = re.sub(r"[^a-z0-9]+", "-", provider.lower()).strip("-")
    rest = id.removeprefix(f"{slug}-")
    words = [_ACRONYMS.get(word, word) for word in rest.split("-")]
    return " ".join([provider, *words]) if rest != id else " ".join(words)
