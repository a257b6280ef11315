"""A TOML table to settings: strict types, and every fault at once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs

from countermark.display import escape
from countermark.errors import UsageError

from . import durations, texts
from .keys import RULE_KEY, Key, choices, keys
from .schema import Settings

_MOST_FAULTS = 50  # lines that a person would still read
MOST_ENTRIES = 1_000
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_WORD = re.compile(r"[\w.-]{1,16}", re.ASCII)
_ORGANISATION = "only the policy file of an organisation may say this, outside the repository (COUNTERMARK_POLICY)"

_T = TypeVar("_T", bound=attrs.AttrsInstance)


def read(
    table: Any, *, file: str, prefix: str = "", base: Settings | None = None, organisation: bool = False
) -> Settings:
    """The settings of a TOML table; a key that is not there has its value in ``base``.

    ``file`` and ``prefix`` begin the lines of the error, ``organisation`` allows what only an organisation may say.
    Raises UsageError with one line for each fault.
    """
    reader = _Reader(prefix)
    if isinstance(table, dict) and "organisation" in table and not organisation:
        reader.fault("organisation", _ORGANISATION)
        table = {name: value for name, value in table.items() if name != "organisation"}
    settings = reader.table(Settings, table, base or Settings(), "")
    if reader.count:
        more = [f"{file}: {reader.count - _MOST_FAULTS} more"] if reader.count > _MOST_FAULTS else []
        raise UsageError("\n".join([*(f"{file}: {fault}" for fault in reader.faults), *more]))
    return settings


class _Reader:
    """Walks a table beside the classes that describe it. What is faulty keeps its old value, for the walk to go on."""

    def __init__(self, prefix: str) -> None:
        self.faults: list[str] = []
        self.count = 0
        self._prefix = prefix

    def fault(self, path: str, said: str) -> None:
        self.count += 1
        if self.count <= _MOST_FAULTS:
            at = ".".join(part for part in (self._prefix, path) if part)
            self.faults.append(f"{at}: {said}" if at else said)

    def table(self, kind: type[_T], raw: Any, base: _T, path: str) -> _T:
        if not isinstance(raw, dict):
            self.fault(path, f"a table is needed, not {_named(raw)}")
            return base
        known = {key.name: key for key in keys(kind)}
        for name in (name for name in raw if name not in known):
            self.fault(path, _unknown(name, known) if self.count < _MOST_FAULTS else "")
        for key in known.values():
            if key.required and key.name not in raw:
                self.fault(path, f"the key {key.name!r} is missing")
        given = {
            key.attribute: self.value(key, key.type, raw[name], getattr(base, key.attribute), _joined(path, name))
            for name, key in known.items()
            if name in raw
        }
        return attrs.evolve(base, **given)  # type: ignore[misc] # mypy loses that the bound is an attrs class

    def value(self, key: Key, kind: Any, raw: Any, base: Any, path: str) -> Any:
        """A value of one type. ``base`` is what to give in place of a faulty one."""
        if attrs.has(kind):
            return self.table(kind, raw, kind() if base is None else base, path)
        if get_origin(kind) is dict:
            return self._entries(key, get_args(kind)[1], raw, path)
        if get_origin(kind) is tuple:
            return self._list(key, get_args(kind)[0], raw, path)
        if (words := choices(kind)) is not None:
            return self._word(kind, words, raw, base, path)
        return self._scalar(key, kind, raw, base, path)

    def _scalar(self, key: Key, kind: Any, raw: Any, base: Any, path: str) -> Any:
        if kind is str:
            return self._text(key, raw, path)
        if kind is timedelta:
            return self._duration(raw, base, path)
        if kind is not bool:
            return self._number(key, kind, raw, base, path)
        if not isinstance(raw, bool):
            self.fault(path, f"true or false is needed, not {_named(raw)}")
            return base
        return raw

    def _duration(self, raw: Any, base: timedelta | None, path: str) -> timedelta | None:
        time = durations.parse(raw) if isinstance(raw, str) else None
        if time is None:
            self.fault(path, f"a time such as '30m', '1h' or '30d' is needed, not {_shown(raw)}")
            return base
        return time

    def _entries(self, key: Key, kind: Any, raw: Any, path: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.fault(path, f"a table is needed, not {_named(raw)}")
            return {}
        entries = {}
        for name, value in raw.items():
            if RULE_KEY.fullmatch(name) is None:
                self.fault(_joined(path, name), "no rule is called so; a rule is `family/name`, a family `family/*`")
            else:
                entries[name] = self.value(key, kind, value, None, _joined(path, name))
        return entries

    def _list(self, key: Key, kind: Any, raw: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.fault(path, f"a list is needed, not {_named(raw)}")
            return ()
        if len(raw) > MOST_ENTRIES:
            self.fault(path, f"more than {MOST_ENTRIES} entries")
            return ()
        if len(raw) < (key.least or 0):
            self.fault(path, "an empty list matches nothing")
        return tuple(self.value(key, kind, one, None, f"{path}[{at}]") for at, one in enumerate(raw))

    def _word(self, kind: Any, words: tuple[str, ...], raw: Any, base: Any, path: str) -> Any:
        if isinstance(raw, str) and raw in words:
            return kind[raw.upper()] if isinstance(kind, type) and issubclass(kind, Enum) else raw
        self.fault(path, f"{_shown(raw)} is not one of {', '.join(words)}")
        return base

    def _text(self, key: Key, raw: Any, path: str) -> str:
        if not isinstance(raw, str):
            self.fault(path, f"text is needed, not {_named(raw)}")
            return ""
        if said := texts.fault(key.form, raw):
            self.fault(path, said)
        return raw

    def _number(self, key: Key, kind: Any, raw: Any, base: Any, path: str) -> Any:
        whole = kind is int
        if type(raw) is not int and (whole or not isinstance(raw, float) or not math.isfinite(raw)):
            self.fault(path, f"{'a whole number' if whole else 'a number'} is needed, not {_named(raw)}")
        elif key.least is not None and raw < key.least:
            self.fault(path, f"must be at least {key.least}")
        elif key.most is not None and raw > key.most:
            self.fault(path, f"must be at most {key.most}")
        else:
            return kind(raw)
        return base


def _unknown(name: str, known: Mapping[str, Key]) -> str:
    from difflib import get_close_matches  # most files hold no mistake, and a hook has no time

    close = get_close_matches(name[:40].lower().replace("_", "-"), known, n=1)
    return f"unknown key '{escape(name[:40])}'" + (f"; did you mean '{close[0]}'?" if close else "")


def _joined(path: str, name: str) -> str:
    part = name if _BARE.fullmatch(name) else f'"{escape(name)}"'
    return f"{path}.{part[:80]}" if path else part[:80]


def _shown(raw: Any) -> str:
    """A wrong word as it may be shown. Anything longer than a word stays unsaid: it may be a secret in the wrong place."""
    return f"'{raw}'" if isinstance(raw, str) and _SHORT_WORD.fullmatch(raw) else _named(raw)


def _named(raw: Any) -> str:
    """A value's kind, as a person would say it."""
    if isinstance(raw, float) and not math.isfinite(raw):
        return "infinity or nan"
    names = {
        str: "text",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return names.get(cast("type", type(raw)), "a date or time")
