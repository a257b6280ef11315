"""A commented countermark.toml: every key with its meaning, and set where it differs from the default."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from typing import Any, get_args, get_origin

import attrs

from countermark.verdict import Level

from . import durations
from .keys import Key, choices, keys
from .schema import CredentialPath, OwnToken, PathSetting, Person, ReviewPath, RuleSetting, Settings

_HEAD = """\
# The policy of this repository. Lines that begin with "# " and hold a key show its default; remove the "# " to change it.
# A misspelt key is an error, so nothing here is ignored in silence.
"""
# Tables with names or entries of their own have no default to show, so they show an example.
_EXAMPLES: dict[str, Any] = {
    "rules": {"secrets/*": RuleSetting(level="block")},
    "paths": (PathSetting(match=("docs/examples/",), at_most=Level.WARN),),
    "secrets.tokens": (OwnToken(id="acme-deploy-token", regex=r"\bacme_[0-9a-f]{32}\b"),),
    "credentials.paths": (CredentialPath(match=("deploy/",), max_lifetime=timedelta(minutes=15)),),
    "review.paths": (ReviewPath(match=("payments/",), by=("code-owner", "two-people")),),
    "review.people": (Person(mail="ada@example.invalid", owns=("@ada", "@shop/payments")),),
}
_LEFT_OUT = ("organisation",)


def template(settings: Settings | None = None) -> str:
    """The text of a settings file that says the same as ``settings``, or nothing but defaults."""
    settings = settings or Settings()
    plain = [key for key in keys(Settings) if not _is_table(key) and key.name not in _LEFT_OUT]
    tables = [key for key in keys(Settings) if _is_table(key) and key.name not in _LEFT_OUT]
    lines = [
        line
        for key in plain
        for line in _entry(key, getattr(settings, key.attribute), getattr(Settings(), key.attribute))
    ]
    for key in tables:
        lines += _section(key.name, key, getattr(settings, key.attribute), getattr(Settings(), key.attribute))
    return _HEAD + "\n" + "\n".join(lines) + "\n"


def written(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Enum):
        return written(value.name.lower())
    if isinstance(value, timedelta):
        return written(durations.written(value))
    if isinstance(value, tuple):
        return f"[{', '.join(written(one) for one in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    # TOML's basic strings are JSON's, save that JSON lets a DEL stand as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") if isinstance(value, str) else f"{value}"


def _section(path: str, key: Key, value: Any, default: Any) -> Iterator[str]:
    yield ""
    if path not in _EXAMPLES:
        yield from _table(path, value, default, key.help)
        return
    live = bool(value)
    lines = [f"# {key.help}", *_entries(path, value or _EXAMPLES[path])]
    yield lines[0]
    yield from (line if live else f"# {line}" for line in lines[1:])


def _entries(name: str, value: Any) -> Iterator[str]:
    """Tables of a list or of a mapping, without comments."""
    for at, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield f"[{name}.{written(at)}]" if isinstance(value, dict) else f"[[{name}]]"
        for key in keys(type(one)):
            if (said := getattr(one, key.attribute)) is not None:
                yield f"{key.name} = {written(said)}"


def _table(path: str, value: Any, default: Any, said: str) -> Iterator[str]:
    yield f"[{path}] # {said}"
    inner = [key for key in keys(type(value)) if _is_table(key)]
    for key in keys(type(value)):
        if key not in inner:
            yield from _entry(key, getattr(value, key.attribute), getattr(default, key.attribute))
    for key in inner:
        yield from _section(f"{path}.{key.name}", key, getattr(value, key.attribute), getattr(default, key.attribute))


def _entry(key: Key, value: Any, default: Any) -> Iterator[str]:
    """One key in one line: its value, and what it means."""
    words = f" ({', '.join(choices(key.type) or ())})" if choices(key.type) else ""
    mark = "" if value != default else "# "
    example = timedelta(hours=1) if key.type is timedelta else 30
    shown = written(example if value is None else value)
    none = "; not set" if value is None else ""
    yield f"{mark}{key.name} = {shown} # {key.help}{words}{none}"


def _is_table(key: Key) -> bool:
    return attrs.has(key.type) or (get_origin(key.type) in {dict, tuple} and any(map(attrs.has, get_args(key.type))))
