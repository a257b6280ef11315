"""Carry people's comments from one version of a YAML file to the next. PyYAML drops them, and they are what a person wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import yaml
from attrs import frozen

from .yaml_reader import LOADER, Node, read

_Path = tuple[str, ...]
# A line that ends so is followed by its value: nothing may be written behind it.
_OPENS_BLOCK = re.compile(r"[|>][-+0-9]{0,2}$")


@frozen
class _Comment:
    text: str
    line: int
    alone: bool  # on its own line, not behind a value


def carry(old: str, new: str) -> str:
    """The new text with the comments of the old one, each where the key or the item stands now that it stood at."""
    found = tuple(_comments(old)) if "#" in old else ()
    if not found:
        return new
    before, now = _places(old), _places(new)
    line_of = {path: line for line, path in reversed(now)}
    lines = new.split("\n")
    above: dict[int, list[str]] = defaultdict(list)
    behind: dict[int, str] = {}
    for comment in found:
        line = _target(comment, before, line_of)
        can_follow = line is not None and not comment.alone and line not in behind and _is_whole(lines[line - 1])
        if line is not None and can_follow:
            behind[line] = comment.text
        else:
            above[line or len(lines)].append(comment.text)
    return "\n".join(_merged(lines, above, behind))


def _comments(text: str) -> Iterator[_Comment]:
    """The comments lie between tokens; a ``#`` inside a value is no comment and lies within one."""
    at = 0
    for token in yaml.scan(text, Loader=LOADER):
        yield from _in_gap(text, at, token.start_mark.index)
        at = max(at, token.end_mark.index)
    yield from _in_gap(text, at, len(text))


def _in_gap(text: str, start: int, end: int) -> Iterator[_Comment]:
    for match in re.finditer(r"#[^\n]*", text[start:end]):
        first = start + match.start()
        begin = text.rfind("\n", 0, first) + 1
        yield _Comment(match.group().rstrip(), text.count("\n", 0, first) + 1, not text[begin:first].strip())


def _places(text: str) -> list[tuple[int, _Path]]:
    """Each key and item with its line, in the order of the text, an outer one before what it begins with."""
    return list(_walk(read(text.encode("utf-8", "replace"), "the model"), ()))


def _walk(node: Node, path: _Path) -> Iterator[tuple[int, _Path]]:
    if isinstance(node.value, dict):
        for key, item in node.value.items():
            yield item.line, (*path, key)
            yield from _walk(item, (*path, key))
    elif isinstance(node.value, list):
        for number, item in enumerate(node.value):
            name = _name(item, number)
            yield item.line, (*path, name)
            yield from _walk(item, (*path, name))


def _name(item: Node, number: int) -> str:
    """What tells an item of a list from the others wherever it moves: its id, its own text, or else its place."""
    if isinstance(item.value, dict) and "id" in item.value:
        return f"id={item.value['id'].value}"
    return f"text={item.value}" if isinstance(item.value, str) else f"number={number}"


def _target(comment: _Comment, before: list[tuple[int, _Path]], line_of: dict[_Path, int]) -> int | None:
    """The line of the new text that a comment belongs to; None for the end of the file."""
    if before and comment.line < before[0][0]:
        return 1  # what stands above everything is about the file
    if comment.alone:
        path = next((path for line, path in before if line > comment.line), None)
    else:
        path = next((path for line, path in reversed(before) if line <= comment.line), None)
    while path:
        if path in line_of:
            return line_of[path]
        path = path[:-1]
    return None


def _is_whole(line: str) -> bool:
    """Whether a comment can follow on this line: a value ends on it, or a mapping or list begins below it."""
    return not _OPENS_BLOCK.search(line)


def _merged(lines: list[str], above: dict[int, list[str]], behind: dict[int, str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip())]
        yield from (indent + text for text in above.get(number, ()))
        yield f"{line}  {behind[number]}" if number in behind else line
