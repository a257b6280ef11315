"""What a file is besides its language: generated, vendored, minified, a lock file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from countermark.change import Trait
from countermark.content import Content

_NOTHING_KNOWN: Mapping[Trait, bool] = {}
_HEADER = 2048  # bytes in which a generator says that it wrote the file
_GENERATED = re.compile(
    rb"@generated\b|<auto-?generated|\bdo not edit\b|\b(?:auto-?generated|generated (?:automatically|by)|code generated)\b"
)
_GENERATED_NAMES = re.compile(
    r"\.(?:js|css|mjs)\.map$|_pb2(?:_grpc)?\.pyi?$|\.pb\.(?:go|cc|h)$|\.g\.dart$|\.designer\.cs$", re.IGNORECASE
)
_VENDORED = re.compile(
    r"(?:^|/)(?:node_modules|bower_components|jspm_packages|vendor|vendors|third[-_]?party|site-packages|Pods|Carthage"
    r"|\.yarn/(?:releases|plugins|sdks))/"
)
_MINIFIED_NAMES = re.compile(r"[.-]min\.(?:[cm]?js|css)$", re.IGNORECASE)
_MINIFIABLE = re.compile(r"\.(?:[cm]?js|css)$", re.IGNORECASE)
_MINIFIED_LINE = 300  # bytes of an average line; by hand nobody writes half of that
_LOCKFILES = frozenset(
    """
    .terraform.lock.hcl bun.lock Cargo.lock Cartfile.resolved composer.lock conda-lock.yml deno.lock flake.lock Gemfile.lock go.sum
    gradle.lockfile mix.lock npm-shrinkwrap.json Package.resolved package-lock.json packages.lock.json pdm.lock Pipfile.lock
    pixi.lock pnpm-lock.yaml Podfile.lock poetry.lock pubspec.lock uv.lock yarn.lock
    """.split()
)


def traits(path: str, content: Content, attributes: Mapping[Trait, bool] = _NOTHING_KNOWN) -> frozenset[Trait]:
    """The traits of a file. What .gitattributes says, yes or no, outweighs what its name and its text look like."""
    found = {trait for trait, holds in _guesses(path, content) if holds}
    said = {trait for trait, holds in attributes.items() if holds}
    return frozenset(found - attributes.keys() | said)


def _guesses(path: str, content: Content) -> tuple[tuple[Trait, bool], ...]:
    return (
        (Trait.GENERATED, bool(_GENERATED_NAMES.search(path)) or _says_generated(content.data[:_HEADER].lower())),
        (Trait.VENDORED, bool(_VENDORED.search(path))),
        (Trait.MINIFIED, _minified(path, content.data)),
        (Trait.LOCKFILE, path.rpartition("/")[2] in _LOCKFILES),
    )


def _says_generated(header: bytes) -> bool:
    return (b"generated" in header or b"do not edit" in header) and bool(_GENERATED.search(header))


def _minified(path: str, data: bytes) -> bool:
    if not _MINIFIABLE.search(path):
        return False
    return bool(_MINIFIED_NAMES.search(path)) or len(data) > _MINIFIED_LINE * (data.count(b"\n") + 1)
