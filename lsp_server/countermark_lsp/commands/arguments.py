"""What a command is given: one object, whose fields may be anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

_LONGEST = 2000


def text(argument: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    """A text of the argument. Raises JsonRpcInvalidParams where it is no text, or is needed and not there."""
    value = argument.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise JsonRpcInvalidParams(f"{name} has to be a text of at most {_LONGEST} characters")
    return value


def texts(argument: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts of the argument. Raises JsonRpcInvalidParams."""
    values = argument.get(name)
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise JsonRpcInvalidParams(f"{name} has to be a list of texts")
    return values
