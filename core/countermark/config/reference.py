"""The reference page of the settings, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args, get_origin

import attrs

from .keys import Key, choices, keys
from .schema import Settings
from .template import written

_INTRODUCTION = """\
# Settings

They stand in `countermark.toml` at the repository's root, or in `[tool.countermark]` of its `pyproject.toml`. Every key has a
default; an unknown key or a wrong value is an error (exit code 2) that lists all faults at once. Patterns are those of
`.gitignore`. The [JSON Schema](countermark.schema.json) lets an editor complete and check the file.

What is staged is judged by the settings that are staged with it, a commit by the settings of that commit.

## The policy of an organisation

An organisation keeps a file of the same form outside its repositories, and names it by an absolute path in the environment variable
`COUNTERMARK_POLICY` or in git's configuration (`git config --global countermark.policy PATH`); the variable counts first. A file
that is named but missing or faulty is an error. A repository has the organisation's value for every key that it does not set; for the
others the stricter value counts, as the last column says, and `countermark status` lists the keys where the repository asked for less.
"""
_TIGHTEN = {
    "lower": "the lower value counts",
    "higher": "the higher value counts",
    "and": "true only where both say so",
    "or": "true where either says so",
    "people": "the organisation's, where it names any",
    "shorter": "the shorter time counts",
    "longer": "the longer time counts, 0 most of all",
    "union": "both count",
    "own": "",
    "rule": "the stricter level counts",
    "exclude": "the repository's count only with `exclude` in `organisation.allow`",
    "paths": "the repository's count only with `paths` in `organisation.allow`",
    "baselines": "the repository's count only with `baselines` in `organisation.allow`",
}
_NAMES = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    timedelta: "time: `30m`, `1h`, `30d`, or `0`",
}
_RULES_NOTE = """\
A rule's own entry counts before its family's. Of a rule that the organisation does not name, a repository can only raise the level:
its `level` then works as `at-least`.
"""


def reference() -> str:
    """Every key with its type, default, meaning, and what becomes of it under an organisation's policy."""
    return "\n".join([_INTRODUCTION, *_sections(Settings(), "")])


def _sections(defaults: Any, path: str) -> Iterator[str]:
    here = [key for key in keys(type(defaults)) if _inner(key.type) is None]
    if here:
        yield f"## `{path}`\n" if path else "## At the top, before any `[table]`\n"
        yield "| key | values | default | meaning | with an organisation's policy |\n|---|---|---|---|---|"
        yield from (_row(key, getattr(defaults, key.attribute)) for key in here)
        yield ""
    if path.startswith("[rules"):
        yield _RULES_NOTE
    for key in keys(type(defaults)):
        if (inner := _inner(key.type)) is not None:
            given = getattr(defaults, key.attribute)
            yield from _sections(given if attrs.has(key.type) else inner(), _headed(key, path.strip("[]")))


def _row(key: Key, default: Any) -> str:
    shown = "none" if key.required or default is None else f"`{written(default)}`"
    cells = (f"`{key.name}`", _values(key, key.type), shown, key.help, _TIGHTEN[key.tighten])
    return f"| {' | '.join(cells)} |"


def _values(key: Key, kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"list of {_values(key, get_args(kind)[0])}"
    if (words := choices(kind)) is not None:
        return ", ".join(f"`{word}`" for word in words)
    bounds = f", {key.least} to {key.most}" if key.least is not None and key.most is not None else ""
    return _NAMES[kind] + bounds


def _inner(kind: Any) -> type[attrs.AttrsInstance] | None:
    """The class of a key that is a table, or tables."""
    inner = next((one for one in get_args(kind) if attrs.has(one)), kind)
    return inner if attrs.has(inner) else None


def _headed(key: Key, path: str) -> str:
    name = f"{path}.{key.name}" if path else key.name
    if get_origin(key.type) is tuple:
        return f"[[{name}]]"
    return f'[{name}."ID"]' if get_origin(key.type) is dict else f"[{name}]"
