"""JSON as people keep it in settings files, with comments and trailing commas: find a place in the text, change nothing else of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from attrs import define, field, frozen

_SKIP = re.compile(r"(?:[ \t\r\n]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_OTHER = re.compile(r"[-+.\w]+")
_DEEPEST = 60
_INDENT = re.compile(r"\n([ \t]+)\S")


class NotJson(ValueError):  # noqa: N818 - it names what is wrong
    """A text that is no JSON, with the line where that shows."""


@frozen
class Insertion:
    """A text that was put in at an offset."""

    at: int
    text: str


@define
class Node:
    """A value in a text: where it is, and what is in it. ``members`` are an object's, by their keys; ``items`` a list's.

    ``head`` is where its key begins, or where it does itself.
    """

    start: int
    end: int = 0
    head: int = 0
    members: dict[str, Node] | None = None
    items: list[Node] | None = None
    value: Any = None

    @property
    def children(self) -> Sequence[Node]:
        """What is in it, in order."""
        return list(self.members.values()) if self.members is not None else self.items or []


@define
class _Reader:
    text: str
    at: int = field(default=0)

    def skip(self) -> None:
        match = _SKIP.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def fail(self) -> NotJson:
        return NotJson(f"line {self.text.count(chr(10), 0, self.at) + 1}")

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise self.fail()
        self.at = match.end()
        return match[0]

    def peek(self) -> str:
        self.skip()
        return self.text[self.at : self.at + 1]

    def value(self, depth: int = 0) -> Node:
        first = self.peek()
        node = Node(self.at, head=self.at)
        if depth > _DEEPEST:
            raise self.fail()
        if first == "{":
            node.members = {}
            self._inside(node, "}", depth)
        elif first == "[":
            node.items = []
            self._inside(node, "]", depth)
        else:
            node.value = self._scalar(first)
        node.end = self.at
        return node

    def _inside(self, node: Node, close: str, depth: int) -> None:
        self.at += 1
        while self.peek() != close:
            if node.members is not None:
                first, head = self.peek(), self.at
                key = self._scalar(first)
                if self.peek() != ":" or not isinstance(key, str):
                    raise self.fail()
                self.at += 1
                node.members[key] = self.value(depth + 1)
                node.members[key].head = head
            elif node.items is not None:
                node.items.append(self.value(depth + 1))
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != close:
                raise self.fail()
        self.at += 1

    def _scalar(self, first: str) -> Any:
        word = self.take(_STRING if first == '"' else _OTHER)
        try:
            return json.loads(word)
        except ValueError:
            raise self.fail() from None


def parse(text: str) -> Node:
    """The value in a text. Raises NotJson."""
    reader = _Reader(text.removeprefix("\ufeff").rjust(len(text)))
    node = reader.value()
    reader.skip()
    if reader.at != len(reader.text):
        raise reader.fail()
    return node


def append(text: str, keys: Sequence[str], element: Any) -> list[Insertion]:
    """What to put in, one after the other, so that the list at ``keys`` ends with an element; what lacks on the way is made.

    Raises NotJson where the text is none, or where something else than an object or a list stands in the way.
    """
    node = parse(text)
    for depth, key in enumerate(keys):
        if node.members is None:
            raise NotJson(f"`{'.'.join(keys[:depth]) or 'the whole'}` is no object")
        if key not in node.members:
            value: Any = [element]
            for name in reversed(keys[depth + 1 :]):
                value = {name: value}
            return _added(text, node, value, depth, key)
        node = node.members[key]
    if node.items is None:
        raise NotJson(f"`{'.'.join(keys)}` is no list")
    return _added(text, node, element, len(keys))


def _added(text: str, node: Node, value: Any, depth: int, key: str | None = None) -> list[Insertion]:
    """A child at the end of a container, on a line of its own, indented as the file is."""
    found = _INDENT.search(text)
    unit = found[1] if found else "  "
    end = "\r\n" if "\r\n" in text else "\n"
    inner = unit * (depth + 1)
    said = json.dumps(value, indent=unit, ensure_ascii=False).replace("\n", end + inner)
    said = said if key is None else f"{json.dumps(key)}: {said}"
    close = node.end - 1
    last = len(text[:close].rstrip())
    lead = f"{end}{inner}{said}"
    tail = "" if "\n" in text[last:close] else end + unit * depth
    if not node.children:
        return [Insertion(last, lead + tail)]
    before = node.children[-1].end
    comma = [] if _has_comma(text, before, close) else [Insertion(before, ",")]
    return [*comma, Insertion(last + len(comma), lead + tail)]


def _has_comma(text: str, start: int, stop: int) -> bool:
    reader = _Reader(text[:stop], start)
    return reader.peek() == ","


def applied(text: str, insertions: Sequence[Insertion]) -> str:
    """The text with everything put in, in order."""
    for one in insertions:
        text = text[: one.at] + one.text + text[one.at :]
    return text


def taken_back(text: str, insertions: Sequence[Insertion]) -> str | None:
    """The text as it was before; None where something else stands where ours should be."""
    for one in reversed(insertions):
        if text[one.at : one.at + len(one.text)] != one.text:
            return None
        text = text[: one.at] + text[one.at + len(one.text) :]
    return text


def without(text: str, marks: Sequence[str]) -> str:
    """The text without the elements of lists in which a command holds one of these marks, and without what holds nothing else then.

    For a file that was changed since we were put in: comments and everything of others stay as they are.
    """
    while (span := _ours(parse(text), text, marks)) is not None:
        text = text[: span[0]] + text[span[1] :]
    return text


def _ours(node: Node, text: str, marks: Sequence[str]) -> tuple[int, int] | None:
    for at, child in enumerate(node.children):
        if _only_ours(child, marks):
            return _cut(node, at, text)
        if (inner := _ours(child, text, marks)) is not None:
            return inner
    return None


def _only_ours(node: Node, marks: Sequence[str]) -> bool:
    """Whether there are hooks of ours in it and nothing else: in an entry, in the list of an event, in all lists of `hooks`."""
    members = node.members
    if members is None:
        return bool(node.items) and all(_only_ours(item, marks) for item in node.children)
    commands = [members[key].value for key in ("command", "bash") if key in members]
    if commands:
        return all(isinstance(said, str) and any(mark in said for mark in marks) for said in commands)
    inner = [members["hooks"]] if "hooks" in members else list(node.children)
    return bool(inner) and all(_only_ours(one, marks) for one in inner)


def _cut(node: Node, at: int, text: str) -> tuple[int, int]:
    """What to take away with one child: the comma and the space between it and its neighbour."""
    children = node.children
    if at > 0:
        return children[at - 1].end, children[at].end
    if len(children) > 1:
        return children[0].head, children[1].head
    inside = text[children[0].end : node.end - 1]
    return (node.start + 1, node.end - 1) if not inside.strip(", \t\r\n") else (children[0].head, children[0].end)
