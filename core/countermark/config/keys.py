"""The settings' classes as a list of keys: what loader, JSON Schema, reference and template are made from."""

from __future__ import annotations

import re
from collections.abc import Hashable
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

import attrs

# `family/name` or `family/*`, as in [rules."secrets/*"].
RULE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*/(?:\*|[A-Za-z0-9][A-Za-z0-9_.-]*)")


@attrs.frozen
class Key:
    """One key. ``least`` and ``most`` bound a number, ``least`` also the length of a list or a text.

    ``form`` says what a text, the texts of a list or the keys of a table are (see texts.py); nothing where that does not matter.
    """

    name: str
    attribute: str
    type: Any  # without its None, which TOML cannot say
    help: str
    tighten: str
    least: float | None
    most: float | None
    form: str

    @property
    def required(self) -> bool:
        """Whether the key must be there: a list or a text that may not be empty has no sensible default."""
        return bool(self.least) and (self.type is str or get_origin(self.type) is tuple)


def keys(table: type[Any]) -> tuple[Key, ...]:
    """The keys of one table, in the order of its class."""
    return _keys(cast("Hashable", table))  # mypy takes a class of unknown kind for unhashable


@cache
def _keys(table: Any) -> tuple[Key, ...]:
    hints = get_type_hints(table)
    return tuple(_key(attribute, hints[attribute.name]) for attribute in attrs.fields(table))


def choices(kind: Any) -> tuple[str, ...] | None:
    """The words that a type allows, or None where it is not made of words."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(member.name.lower() for member in kind)
    return None


def _key(attribute: attrs.Attribute[Any], hint: Any) -> Key:
    arguments = get_args(hint)
    told = attribute.metadata
    return Key(
        name=attribute.name.rstrip("_").replace("_", "-"),  # `raise_`, since Python keeps `raise` for itself
        attribute=attribute.name,
        type=next(one for one in arguments if one is not NoneType) if NoneType in arguments else hint,
        help=told["help"],
        tighten=told["tighten"],
        least=told.get("least"),
        most=told.get("most"),
        form=told.get("form", ""),
    )
