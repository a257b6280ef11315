"""The text of ``.threatmodel/model.yaml``: checked as a whole when it is read, the same bytes for the same model when written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from countermark.errors import UsageError

from .comments import carry
from .model import SECTIONS, Model, ordered
from .structure import Faults, build, plain
from .yaml_reader import Node, read
from .yaml_writer import write

_HEADER = """\
# The threat model of this repository. `countermark threat-model` adds to it; people edit it.
# What you write here, comments included, is kept. Keys of your own go under `extensions`.
"""


def parse(data: bytes, name: str) -> Model:
    """The model in a file. Raises UsageError with every fault, one per line."""
    node = read(data, name)
    faults = Faults()
    model = build(Model, node, faults)
    if model is None or faults.lines():
        raise UsageError("\n".join(f"{name}, {line}" for line in faults.lines()))
    _check_ids(model, node, faults)
    if faults.lines():
        raise UsageError("\n".join(f"{name}, {line}" for line in faults.lines()))
    return model


def render(model: Model, previous: bytes | None) -> bytes:
    """The file's bytes; ``previous`` is the version whose comments stay."""
    text = write(plain(ordered(model)))
    if previous is None:
        return (_HEADER + text).encode()
    return carry(previous.decode("utf-8-sig").replace("\r\n", "\n"), text).encode()


def _check_ids(model: Model, node: Node, faults: Faults) -> None:
    """Ids are unique in their section, and what refers to one finds it."""
    known = {name: Counter(item.id for item in getattr(model, name)) for name in SECTIONS}
    for section in SECTIONS:
        for item, place, path in _items(model, node, section):
            if known[section][item.id] > 1:
                faults.add(place, f"{path}.id", f"'{item.id}' is there {known[section][item.id]} times; rename one")
            for field in attrs.fields(type(item)):
                targets = field.metadata.get("refers", ())
                for name in getattr(item, field.name) if targets else ():
                    if not any(name in known[target] for target in targets):
                        faults.add(place, f"{path}.{field.name}", f"'{name}' is no id among the {' or '.join(targets)}")


def _items(model: Model, node: Node, section: str) -> Iterator[tuple[Any, Node, str]]:
    nodes = node.value.get(section) if isinstance(node.value, dict) else None
    listed = nodes.value if nodes is not None and isinstance(nodes.value, list) else []
    for number, (item, place) in enumerate(zip(getattr(model, section), listed, strict=True)):
        yield item, place, f"{section}[{number}]"
