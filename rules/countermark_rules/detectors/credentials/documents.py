"""YAML of a stranger as nodes with places: no tags, no aliases followed, limits on size, depth and number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from attrs import define, field

MOST_CHARACTERS = 1_000_000
_DEEPEST = 60
_MOST_NODES = 100_000
# The C parser where PyYAML was built with it: it is twenty times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnreadError(Exception):
    """A file that is not read to the end, and why."""


@define(eq=False)
class Scalar:
    """A text, and where it is written, quotes included."""

    text: str
    start: int
    end: int


@define(eq=False)
class Listed:
    """A list."""

    items: list[Node] = field(factory=list)


@define(eq=False)
class Mapping:
    """A mapping; keys that are no text are left out."""

    pairs: list[tuple[Scalar, Node]] = field(factory=list)

    def get(self, name: str) -> Node | None:
        """The value of the first key of that name."""
        return next((value for key, value in self.pairs if key.text == name), None)

    def text(self, name: str) -> str:
        """The same as text; empty where there is none."""
        value = self.get(name)
        return value.text if isinstance(value, Scalar) else ""

    def scalars(self) -> Iterator[tuple[Scalar, Scalar]]:
        """The keys whose values are texts, and those."""
        return ((key, value) for key, value in self.pairs if isinstance(value, Scalar))


Node = Scalar | Listed | Mapping


def documents(text: str) -> list[Node]:
    """The documents of a file. An alias is an empty text: what it stands for is looked at where it is written. Raises UnreadError."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadError(f"longer than {MOST_CHARACTERS:,} characters of YAML")
    try:
        return _built(yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, UnicodeError, ValueError):
        raise UnreadError("it is no valid YAML") from None


def nodes(roots: list[Node]) -> Iterator[Node]:
    """Every node, in the order of the text."""
    waiting = roots[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Mapping):
            waiting += [value for _, value in reversed(node.pairs)]
        elif isinstance(node, Listed):
            waiting += reversed(node.items)


def _built(events: Iterator[Any]) -> list[Node]:
    top = Listed()
    stack: list[Node] = [top]
    keys: list[Scalar | None] = [None]  # for each mapping on the stack, the key that waits for its value
    for count, event in enumerate(events):
        if count > _MOST_NODES or len(stack) > _DEEPEST:
            raise UnreadError(f"more than {_MOST_NODES:,} values, or nested deeper than {_DEEPEST} levels")
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            _put(_scalar(event), stack[-1], keys)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            node: Node = Mapping() if isinstance(event, yaml.MappingStartEvent) else Listed()
            _put(node, stack[-1], keys)
            stack.append(node)
            keys.append(None)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
            keys.pop()
    return top.items


def _scalar(event: Any) -> Scalar:
    text = event.value if isinstance(event, yaml.ScalarEvent) else ""
    return Scalar(text, event.start_mark.index, event.end_mark.index)


def _put(node: Node, parent: Node, keys: list[Scalar | None]) -> None:
    if isinstance(parent, Listed):
        parent.items.append(node)
    elif isinstance(parent, Mapping):
        if (key := keys[-1]) is None:
            keys[-1] = node if isinstance(node, Scalar) else Scalar("", 0, 0)
        else:
            parent.pairs.append((key, node))
            keys[-1] = None
