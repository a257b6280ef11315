"""What the requirement files promise: all that is asked for, pinned and hashed, and nothing about where it came from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .markdown import ROOT

KINDS = ("user", "test", "ci", "dev")
GROUPS = {"user": ("install",), "test": ("install", "test"), "ci": ("ci",), "dev": ("dev",)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_PIN = re.compile(r"^(?P<name>\S+?)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def _lines(kind: str) -> list[str]:
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def _pins(kind: str) -> dict[str, set[str]]:
    """The versions of each package; several where markers choose one."""
    pins: dict[str, set[str]] = {}
    for line in _lines(kind):
        if match := _PIN.match(line):
            pins.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return pins


def _asked(kind: str) -> Iterator[Requirement]:
    yield from map(Requirement, PROJECT["project"]["dependencies"])
    waiting = list(GROUPS[kind])
    while waiting:
        for entry in PROJECT["dependency-groups"][waiting.pop()]:
            if isinstance(entry, str):
                yield Requirement(entry)
            else:
                waiting.append(entry["include-group"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_is_a_pin_or_its_hash(kind: str) -> None:
    lines = _lines(kind)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert _PIN.match(line) or _HASH.match(line), line
        assert not _PIN.match(line) or _HASH.match(following), f"no hash: {line}"


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_says_where_packages_come_from(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|file:", text)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_asked_for_is_pinned_as_asked(kind: str) -> None:
    pins = _pins(kind)
    for wanted in _asked(kind):
        versions = pins.get(canonicalize_name(wanted.name), set())
        assert versions, f"{wanted.name} is missing: run scripts/lock"
        for version in versions:
            assert wanted.specifier.contains(version, prereleases=True), f"{wanted} but {version}: run scripts/lock"


def test_the_smaller_files_are_parts_of_the_larger() -> None:
    user, test, ci, dev = (_pins(kind).items() for kind in KINDS)
    assert user <= test <= ci <= dev
