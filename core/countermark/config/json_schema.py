"""The JSON Schema (2020-12) of countermark.toml, for editors that complete and check TOML."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Any, get_args, get_origin

import attrs

from . import durations
from .keys import RULE_KEY, Key, choices, keys
from .read import MOST_ENTRIES
from .schema import Settings

_SCALARS = {bool: "boolean", int: "integer", float: "number"}
# No schema can say all that the loader checks of a text; these refuse what is surely wrong.
_TEXTS = {
    "": r"\S",
    "patterns": r"^(?!#)(?!\s)(?=.*[^!/ ])",
    "files": r"^[^/\\]+(/[^/\\]+)*$",
    "id": r"^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$",
    "words": r"^.{0,200}$",
    "regex": r"^.{1,1000}$",
}


def json_schema(*, organisation: bool = False) -> dict[str, Any]:
    """The schema of a repository's settings, or of an organisation's policy file."""
    left_out = () if organisation else ("organisation",)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The policy of an organisation" if organisation else "Settings of Countermark",
        **_table(Settings(), left_out),
    }


def _table(defaults: Any, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    shown = [key for key in keys(type(defaults)) if key.name not in left_out]
    required = [key.name for key in shown if key.required]
    return {
        "type": "object",
        "properties": {key.name: _property(key, getattr(defaults, key.attribute)) for key in shown},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _property(key: Key, default: Any) -> dict[str, Any]:
    # TOML has no null, so there is no default to show where nothing is set; a table's keys show theirs.
    shown = {} if default is None or attrs.has(key.type) else {"default": plain(default)}
    return {"description": key.help, **_value(key, key.type, default), **shown}


def _value(key: Key, kind: Any, default: Any = None) -> dict[str, Any]:
    if attrs.has(kind):
        return _table(kind() if default is None else default)
    if get_origin(kind) is dict:
        entry = _value(key, get_args(kind)[1])
        return {"type": "object", "patternProperties": {f"^{RULE_KEY.pattern}$": entry}, "additionalProperties": False}
    if get_origin(kind) is tuple:
        least = {"minItems": int(key.least)} if key.least else {}
        return {"type": "array", "items": _value(key, get_args(kind)[0]), "maxItems": MOST_ENTRIES, **least}
    return _scalar(key, kind)


def _scalar(key: Key, kind: Any) -> dict[str, Any]:
    if (words := choices(kind)) is not None:
        return {"enum": list(words)}
    if kind is timedelta:
        return {"type": "string", "pattern": f"^({durations.PATTERN})$"}
    if kind is str:
        return {"type": "string", "pattern": _TEXTS[key.form]}
    bounds = {"minimum": key.least, "maximum": key.most}
    return {"type": _SCALARS[kind], **{name: bound for name, bound in bounds.items() if bound is not None}}


def plain(value: Any) -> Any:
    """A setting's value as TOML and JSON write it."""
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, timedelta):
        return durations.written(value)
    if attrs.has(type(value)):
        return {key.name: plain(getattr(value, key.attribute)) for key in keys(type(value))}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value
