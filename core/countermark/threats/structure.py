"""From YAML nodes to the model's classes and back. Every fault is collected, with its line and its path, before anything is refused."""

from __future__ import annotations

import re
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import attrs

from countermark.display import escape

from .yaml_reader import Node

_MOST_FAULTS = 50
_Class = TypeVar("_Class")


class Faults:
    """What is wrong with a file, in the order of its lines."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def add(self, node: Node, path: str, why: str) -> None:
        """Record a fault; ``path`` as in ``elements[2].zone``."""
        self._found.append((node.line, f"line {node.line}: {path or 'the file'}: {why}"))

    def lines(self) -> tuple[str, ...]:
        """One line a fault; of very many, the first."""
        lines = [text for _, text in sorted(self._found)]
        more = len(lines) - _MOST_FAULTS
        return (*lines[:_MOST_FAULTS], *([f"and {more} more"] if more > 0 else []))


def build(kind: type[_Class], node: Node, faults: Faults, path: str = "") -> _Class | None:
    """A value of an attrs class from a mapping; None where a fault makes it impossible."""
    if not isinstance(node.value, dict):
        faults.add(node, path, f"expected keys and values, found {_called(node.value)}")
        return None
    fields = {field.name: field for field in attrs.fields(kind)}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, item in node.value.items():
        at = f"{path}.{key}" if path else key
        if key not in fields:
            faults.add(
                item, escape(at), f"unknown key; known are {', '.join(fields)}. What is yours can go under extensions"
            )
        else:
            values[key] = _value(hints[key], item, faults, at)
            _check(fields[key], values[key], item, faults, at)
    missing = [name for name, field in fields.items() if _is_required(field) and name not in values]
    for name in missing:
        faults.add(node, path, f"'{name}' is missing")
    return None if missing else kind(**values)


def _is_required(field: attrs.Attribute[Any]) -> bool:
    return field.default is attrs.NOTHING or "const" in field.metadata


def _value(hint: Any, node: Node, faults: Faults, path: str) -> Any:
    if get_origin(hint) is UnionType:
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return None if node.value is None else _value(inner, node, faults, path)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0], node, faults, path)
    if get_origin(hint) is dict:
        return _free(node, faults, path)
    if attrs.has(hint):
        return build(hint, node, faults, path)
    if issubclass(hint, Enum):
        return _enum(hint, node, faults, path)
    if type(node.value) is not hint:
        faults.add(node, path, f"expected {_NAMES[hint]}, found {_called(node.value)}")
    return node.value


def _tuple(hint: Any, node: Node, faults: Faults, path: str) -> tuple[Any, ...]:
    if not isinstance(node.value, list):
        faults.add(node, path, f"expected a list, found {_called(node.value)}")
        return ()
    return tuple(_value(hint, item, faults, f"{path}[{number}]") for number, item in enumerate(node.value))


def _free(node: Node, faults: Faults, path: str) -> Any:
    if not isinstance(node.value, dict):
        faults.add(node, path, f"expected keys and values, found {_called(node.value)}")
        return {}
    return node.plain


def _enum(hint: type[Enum], node: Node, faults: Faults, path: str) -> Enum | None:
    by_value = {member.value: member for member in hint}
    if isinstance(node.value, str) and node.value in by_value:
        return by_value[node.value]
    faults.add(node, path, f"expected one of {', '.join(by_value)}; found {_called(node.value)}")
    return None


def _check(field: attrs.Attribute[Any], value: Any, node: Node, faults: Faults, path: str) -> None:
    pattern, const = field.metadata.get("pattern"), field.metadata.get("const")
    if pattern and isinstance(value, str) and not re.fullmatch(pattern, value):
        faults.add(node, path, "expected an id of small letters, digits and single dashes")
    if const and isinstance(value, str) and value != const:
        faults.add(node, path, f"expected {const}; found {_called(value)}")


_NAMES: dict[type, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _called(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "keys and values"
    if isinstance(value, str):
        return f"'{escape(value)[:40]}'"
    return f"{value} (put it in quotes if it is text)"


def plain(value: Any) -> Any:
    """The value as lists, mappings and scalars, without what is empty: that is what a file leaves out."""
    if attrs.has(type(value)):
        items = ((field, plain(getattr(value, field.name))) for field in attrs.fields(type(value)))
        return {field.name: item for field, item in items if _is_required(field) or item not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
