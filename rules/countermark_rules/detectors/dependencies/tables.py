"""Manifests that are tables: pyproject.toml, Pipfile, Cargo.toml and package.json; and the names in lock files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from countermark.content import Span
from countermark.lazily import lazy

from .manifests import Found, requirement, sources
from .needs import Need, Risk, Source, is_commit, is_plain

_BLOCK = lazy(r'"(?:dependencies|devDependencies|peerDependencies|optionalDependencies)"\s*:\s*\{([^{}]*)')
_ENTRY = lazy(r'"([^"\s]+)"\s*:\s*"([^"]*)"')
_ALIAS = lazy(r"npm:((?:@[\w.-]+/)?[\w.-]+)")
_SHORT_GIT = lazy(r"[\w.-]+/[\w.-]+(?:#\S*)?$")
_ANY = frozenset({"*", "latest", "x", "next", ""})


class UnreadError(Exception):
    """The file is not what its name says; the text says why, without quoting it."""


def package_json(text: str) -> Iterator[Found]:
    """npm's, pnpm's, Yarn's and Bun's manifest."""
    for block in _BLOCK.finditer(text):
        for entry in _ENTRY.finditer(block[1]):
            yield from _npm(entry, block.start(1))


def _npm(entry: re.Match[str], at: int) -> Iterator[Found]:
    name, wanted = entry.groups()
    if wanted.startswith(("workspace:", "file:", "link:", "portal:", "catalog:")):
        return
    key, span = (Span(at + entry.start(group), at + entry.end(group)) for group in (1, 2))
    alias = _ALIAS.match(wanted)
    yield Need("npm", alias[1], span) if alias else Need("npm", name, key)
    if wanted in _ANY:
        yield Source(Risk.UNPINNED, "any version will do", span)
    elif _SHORT_GIT.match(wanted):
        yield from sources(f"github:{wanted}", span)
    else:
        yield from sources(wanted, span)


def pyproject(text: str) -> Iterator[Found]:
    """Python's pyproject.toml, with what uv, Poetry and PDM add to it."""
    data = _toml(text)
    project, tool = _table(data, "project"), _table(data, "tool")
    groups = {**_table(project, "optional-dependencies"), **_table(data, "dependency-groups")}
    lists = [project.get("dependencies"), _table(data, "build-system").get("requires"), *groups.values()]
    for asked in (one for each in lists if isinstance(each, list) for one in each if isinstance(one, str)):
        yield from _asked(text, asked)
    poetry = _table(tool, "poetry")
    tables = [poetry, *_table(poetry, "group").values()]
    for table in (
        found for one in tables for key in ("dependencies", "dev-dependencies") if (found := _table(one, key))
    ):
        yield from _poetry(text, table)
    yield from _uv(text, _table(tool, "uv"))
    for source in _tables(poetry.get("source")):
        yield from _index(text, source, extra=source.get("priority") in {"supplemental", "secondary"})


def _asked(text: str, asked: str) -> Iterator[Found]:
    if (at := text.find(asked)) >= 0:  # else written with escapes, which no name needs
        yield from requirement(asked, at)


def _poetry(text: str, table: Mapping[str, Any]) -> Iterator[Found]:
    for name, wanted in table.items():
        if name.lower() != "python":
            yield from _entry(text, "pypi", name, wanted)


def _entry(text: str, ecosystem: str, name: str, wanted: object) -> Iterator[Found]:
    """A name and a version, or a name and a table that says where it comes from."""
    if (span := _key(text, name)) is None:
        return
    if not isinstance(wanted, dict):
        yield Need(ecosystem, name, span)
        if wanted == "*":
            yield Source(Risk.UNPINNED, "any version will do", span)
    elif not wanted.keys() & {"path", "workspace"}:
        yield Need(ecosystem, str(wanted.get("package", name)), span)
        yield from _origin(wanted, span)


def _origin(wanted: Mapping[str, Any], span: Span) -> Iterator[Found]:
    if git := str(wanted.get("git", "")):
        if is_plain(git):
            yield Source(Risk.PLAIN_HTTP, "", span)
        if not is_commit(wanted.get("rev") or wanted.get("ref")):
            yield Source(Risk.UNPINNED, "", span)
    elif is_plain(str(wanted.get("url", ""))):
        yield Source(Risk.PLAIN_HTTP, "", span)


def _uv(text: str, uv: Mapping[str, Any]) -> Iterator[Found]:
    for name, wanted in _table(uv, "sources").items():
        if isinstance(wanted, dict) and (span := _key(text, name)):
            yield from _origin(wanted, span)
    loose = uv.get("index-strategy") in {"unsafe-best-match", "unsafe-first-match"}
    if loose and (span := _value(text, str(uv["index-strategy"]))):
        yield Source(Risk.EXTRA_INDEX, "", span)
    for index in _tables(uv.get("index")):
        yield from _index(text, index, extra=False)


def _index(text: str, index: Mapping[str, Any], *, extra: bool) -> Iterator[Found]:
    url = str(index.get("url", ""))
    if (span := _value(text, url)) is None:
        return
    if is_plain(url) or index.get("verify_ssl") is False:
        yield Source(Risk.PLAIN_HTTP, "", span)
    if extra:
        yield Source(Risk.EXTRA_INDEX, "", span)


def pipfile(text: str) -> Iterator[Found]:
    """Pipenv's Pipfile: a package without an index of its own is looked for in all of them."""
    data = _toml(text)
    for number, source in enumerate(_tables(data.get("source"))):
        yield from _index(text, source, extra=number > 0)
    for section in ("packages", "dev-packages"):
        for name, wanted in _table(data, section).items():
            # "*" is what pipenv itself writes: the version is in its lock file.
            yield from (one for one in _entry(text, "pypi", name, wanted if wanted != "*" else ""))


def cargo(text: str) -> Iterator[Found]:
    """Rust's Cargo.toml."""
    data = _toml(text)
    roots = [data, _table(data, "workspace"), *_table(data, "target").values()]
    for root in roots:
        for section in ("dependencies", "dev-dependencies", "build-dependencies"):
            for name, wanted in _table(root, section).items():
                yield from _entry(text, "crates", name, wanted)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise UnreadError("it is no TOML") from None


def _table(table: object, key: str) -> dict[str, Any]:
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, dict) else {}


def _tables(found: object) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _key(text: str, name: str) -> Span | None:
    """Where a key stands, as a key of a table or as a table of its own."""
    quoted = re.escape(name)
    found = re.search(
        rf"(?m)^[ \t]*[\"']?({quoted})[\"']?[ \t]*[=.]|^\[[^\]\n]*dependencies\.[\"']?({quoted})[\"']?\]", text
    )
    return Span(*found.span(found.lastindex or 0)) if found else None


def _value(text: str, value: str) -> Span | None:
    at = text.find(value) if value else -1
    return Span(at, at + len(value)) if at >= 0 else None


TABLES: Mapping[str, Callable[[str], Iterator[Found]]] = {
    "package.json": package_json,
    "pyproject.toml": pyproject,
    "Pipfile": pipfile,
    "Cargo.toml": cargo,
}
_NAME = r'(?m)^name = "([^"\n]+)"'
_LOCKS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("poetry.lock", "uv.lock", "pdm.lock"), ("pypi", _NAME)),
    "Pipfile.lock": ("pypi", r'(?m)^ {8}"([\w.-]+)": \{'),
    "Cargo.lock": ("crates", _NAME),
    "package-lock.json": ("npm", r'"node_modules/(?:[^"]*/node_modules/)?((?:@[^/"]+/)?[^/"]+)"'),
    "pnpm-lock.yaml": ("npm", r"(?m)^ +'?/?((?:@[\w.-]+/)?[\w.-]+)@\d"),
    "yarn.lock": ("npm", r'(?m)^"?((?:@[^@/\s"]+/)?[^@\s",]+)@'),
    "go.sum": ("go", r"(?m)^(\S+) v"),
    "Gemfile.lock": ("gems", r"(?m)^ {4}([\w.-]+) \("),
}


def is_lock(path: str) -> bool:
    """Whether a file is a lock file that is read."""
    return path.rpartition("/")[2] in _LOCKS


def locked(path: str, text: str) -> tuple[str, frozenset[str]]:
    """The ecosystem and the names that a lock file has resolved."""
    ecosystem, pattern = _LOCKS[path.rpartition("/")[2]]
    return ecosystem, frozenset(re.findall(pattern, text))
