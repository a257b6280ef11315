"""YAML of a stranger: plain values with their lines, within limits, and nothing that YAML can do besides.

No tags, no anchors and aliases (a few lines of them can stand for gigabytes), no second document, no key twice. Plain scalars mean
what YAML 1.2 says: ``no`` is a word and 2027-02-01 is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

import yaml
from attrs import evolve, frozen

from countermark.display import escape
from countermark.errors import UsageError

MOST_BYTES = 1_000_000
_DEEPEST = 20
_MOST_VALUES = 50_000
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
# The C parser where PyYAML was built with it: seconds instead of minutes for a file at the limit.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen(eq=False)
class Node:
    """A value and the line, from 1, on which it begins; the values inside lists and mappings are nodes."""

    line: int
    value: bool | int | float | str | list[Node] | dict[str, Node] | None

    @property
    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, list):
            return [item.plain for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain for key, item in self.value.items()}
        return self.value


def read(data: bytes, name: str) -> Node:
    """The one document of a file. Raises UsageError, which names the file and the line."""
    if len(data) > MOST_BYTES:
        raise UsageError(f"{name}: larger than {MOST_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(f"{name}: not UTF-8 (byte {fault.start})") from None
    try:
        return _Reader(text, name).document()
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise UsageError(f"{name}, line {line}: {escape(fault.problem or 'no valid YAML')}") from None
    except (yaml.YAMLError, UnicodeError, ValueError) as fault:
        raise UsageError(f"{name}: no valid YAML: {escape(str(fault).partition(chr(10))[0])}") from None


def scalar(text: str) -> bool | int | float | str | None:
    """What a plain scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and not text.lstrip("+-").isdigit() and isfinite(float(text)):
        return float(text)
    return text


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        self._name = name
        self._count = 0

    def document(self) -> Node:
        node = Node(1, None)
        seen = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._refuse(event, "more than one document")
                seen = True
                node = self._node(next(self._events), 0)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        line = event.start_mark.line + 1
        self._count += 1
        if self._count > _MOST_VALUES:
            self._refuse(event, f"more than {_MOST_VALUES:,} values")
        if depth > _DEEPEST:
            self._refuse(event, f"nested deeper than {_DEEPEST} levels")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(event, "anchors and aliases (& and *) are not read; write the value out")
        if event.tag is not None and event.tag != "!":
            self._refuse(event, "tags (!) are not read; write the value without one")
        if isinstance(event, yaml.ScalarEvent):
            return Node(line, self._scalar(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(line, list(self._items(depth)))
        return Node(line, self._mapping(depth))

    def _scalar(self, event: yaml.ScalarEvent) -> bool | int | float | str | None:
        text: str = event.value
        if any("\ud800" <= char <= "\udfff" for char in text):
            self._refuse(event, "a character that is none (a lone surrogate)")
        return scalar(text) if event.implicit[0] and event.tag is None else text

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if isinstance(key.value, list | dict):
                self._refuse(event, "a key that is no text")
            name = event.value
            if name in found:
                self._refuse(event, f"the key '{escape(name)}' is there twice")
            found[name] = evolve(self._node(next(self._events), depth + 1), line=key.line)
        return found

    def _refuse(self, event: Any, why: str) -> NoReturn:
        raise UsageError(f"{self._name}, line {event.start_mark.line + 1}: {why}")
