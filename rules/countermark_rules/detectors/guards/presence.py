"""Guards that Semgrep sees: who may have lost one, and one call of the engine for both versions of all files that matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from countermark.config.schema import Limits
from countermark.content import Span
from countermark.verdict import Failure, Remark
from countermark_rules.detectors.patterns.engines import current
from countermark_rules.detectors.patterns.offsets import Offsets
from countermark_rules.detectors.patterns.packs import analyzer, is_test, suffix
from countermark_rules.detectors.patterns.scanning import Bounds, Engine, Kind, Output, Source

from .bundle import FAMILY, Presence, presences
from .vanished import Occurrence, Vanished, vanished
from .versions import Versions

_BARE_RETURN = re.compile(rb"\r(?!\n)")
_SHARE, _SOONER = 0.5, 0.9  # as the patterns have it: of a file's time for one rule; of all time that the engine gets
_LANGUAGES = frozenset({"python", "javascript", "typescript", "java", "go"})  # of the rules, known without reading them
_OLD, _NEW = "\0before", "\0after"  # no path of a repository holds a NUL


@frozen
class Lost:
    """What vanished, and what could not be looked at."""

    guards: tuple[Vanished, ...] = ()
    troubles: tuple[Failure | Remark, ...] = ()


def suspected(file: Versions) -> tuple[Presence, ...]:
    """The guards that a file may have lost: one of their words stands in a line that is no more."""
    how = analyzer(file.old_path)
    if how not in _LANGUAGES or not file.removed or is_test(file.old_path):
        return ()
    removed = _encoded(file.removed)
    return tuple(one for one in presences() if one.pattern.reads(how) and _may_match(one, removed))


def _may_match(presence: Presence, data: bytes) -> bool:
    """Whether a text holds a word of a guard, and what else it cannot do without."""
    return any(word in data for word in presence.pattern.anchors) and presence.pattern.needed(data)


def lost(files: Sequence[Versions], limits: Limits, engine: Engine | None = None) -> Lost:
    """What vanished from some files. The engine starts when a file may have lost something."""
    suspects = {file.path: suspected(file) for file in files}
    rules = {one.id: one for found in suspects.values() for one in found}
    if not rules:
        return Lost()
    kinds = {one.rule.id for one in rules.values()}
    known = {one.id: one for one in presences() if one.rule.id in kinds}
    chosen = [file for file in files if suspects[file.path] or _may_have_got(file, known)]
    texts: dict[str, tuple[Versions, Offsets]] = {}
    sources = [source for file in chosen for source in _sources(file, texts)]
    seconds = limits.file_seconds
    bounds = Bounds(seconds * max(len(chosen), 1) * _SOONER, seconds * _SHARE)
    semgrep = [one.pattern.semgrep for one in known.values()]
    output = (engine or current()).scan(semgrep, sources, bounds)
    before, after = ([*_occurrences(output, texts, known, version)] for version in (_OLD, _NEW))
    return Lost(tuple(vanished(before, after, files)), tuple(_troubles(output)))


def _may_have_got(file: Versions, known: Mapping[str, Presence]) -> bool:
    """Whether a guard may have moved into a file."""
    how, added = analyzer(file.path), _encoded(file.added)
    return any(one.pattern.reads(how) and _may_match(one, added) for one in known.values())


def _sources(file: Versions, texts: dict[str, tuple[Versions, Offsets]]) -> Iterator[Source]:
    for version, content, path in ((_OLD, file.before, file.old_path), (_NEW, file.after, file.path)):
        if content.data:
            encoded = _encoded(content.text)
            name = f"{file.path}{version}"
            texts[name] = (file, Offsets(encoded))
            yield Source(name, encoded, (analyzer(path),), suffix(path))


def _occurrences(
    output: Output, texts: Mapping[str, tuple[Versions, Offsets]], known: Mapping[str, Presence], version: str
) -> Iterator[Occurrence]:
    seen: set[tuple[str, str, Span]] = set()
    for match in output.matches:
        presence = known.get(match.rule)
        if presence is None or not match.path.endswith(version):
            continue
        file, text = texts[match.path]
        span = Span(text.code_points(match.start), text.code_points(match.end))
        if (key := (presence.rule.id, match.path, span)) not in seen:
            seen.add(key)
            yield Occurrence.of(presence, file, span, old=version == _OLD)


def _troubles(output: Output) -> Iterator[Failure | Remark]:
    """What broke; that a text cannot be read to its end is said by the patterns, which read the same one."""
    for trouble in dict.fromkeys(output.troubles):
        if trouble.kind is not Kind.SYNTAX:
            path = trouble.path.partition("\0")[0] if trouble.path else None
            yield Failure(FAMILY, path, f"not compared to the end (Semgrep: {trouble.said})")
    yield from (Remark(FAMILY, remark) for remark in output.remarks)


def _encoded(text: str) -> bytes:
    """As the patterns have it: one character for each byte that is none, and every line end one to Semgrep."""
    return _BARE_RETURN.sub(b"\n", text.encode("utf-8", "replace"))
