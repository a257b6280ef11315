"""Known findings in the files of other tools: detect-secrets' `.secrets.baseline` and gitleaks' `.gitleaksignore`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from countermark.change import FileChange
from countermark.content import Span
from countermark.errors import UsageError
from countermark.finding import Finding

_MOST_BYTES = 50_000_000
_SHA1 = re.compile(r"[0-9a-f]{40}")
_COMMIT = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}):(.+)", re.DOTALL)


@frozen
class Foreign:
    """What other tools' files call known.

    ``hashes`` are pairs of a path and the SHA-1 of a value; ``lines`` are a commit or None, a path and a line from 1. The hashes are
    those of the file; ours are made in memory, compared, and forgotten.
    """

    hashes: frozenset[tuple[str, str]] = frozenset()
    lines: frozenset[tuple[str | None, str, int]] = frozenset()

    def __or__(self, other: Foreign) -> Foreign:
        return Foreign(self.hashes | other.hashes, self.lines | other.lines)

    def knows(self, file: FileChange, finding: Finding) -> str | None:
        """Which tool's file calls this finding known."""
        if finding.rule.family != "secrets":
            return None
        if self.hashes and any((file.path, digest) in self.hashes for digest in _digests(file, finding)):
            return "known to the baseline of detect-secrets"
        commits = {None, finding.commit}
        if any((commit, file.path, finding.start.line) in self.lines for commit in commits):
            return "known to .gitleaksignore"
        return None


def parse_detect_secrets(data: bytes, name: str) -> Foreign:
    """The entries of a `.secrets.baseline`; what an audit there called a true secret is not known, but open.

    Raises UsageError for what detect-secrets would not have written.
    """
    _check_size(data, name)
    try:
        return Foreign(hashes=frozenset(_hashes(json.loads(data))))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{name}: not a baseline of detect-secrets") from None


def parse_gitleaks(data: bytes, name: str) -> Foreign:
    """The entries of a `.gitleaksignore`: `path:rule:line` or `commit:path:rule:line`. Raises UsageError with the line."""
    _check_size(data, name)
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return Foreign(lines=frozenset(_ignored(text, name)))


def _hashes(baseline: Any) -> Iterator[tuple[str, str]]:
    for path, entries in baseline["results"].items():
        for entry in entries:
            digest = entry["hashed_secret"]
            if not _SHA1.fullmatch(digest):
                raise ValueError
            if entry.get("is_secret") is not True:
                yield path.replace("\\", "/").removeprefix("./"), digest


def _ignored(text: str, name: str) -> Iterator[tuple[str | None, str, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        path, rule, at = (["", "", *said.rsplit(":", 2)])[-3:]
        if not path or not rule or not (at.isascii() and at.isdecimal()) or len(at) > 9:  # noqa: PLR2004 - digits of a line
            raise UsageError(f"{name}:{number}: `path:rule:line` or `commit:path:rule:line` is needed")
        committed = _COMMIT.fullmatch(path)
        commit, path = committed.groups() if committed else (None, path)
        yield commit, path.replace("\\", "/"), int(at)


def _digests(file: FileChange, finding: Finding) -> Iterable[str]:
    """The SHA-1 of what the finding is about: its first secret, or all that it marks."""
    for span in {*finding.secrets[:1], Span(finding.span.start, finding.span.end)}:
        value = file.after.slice(span).encode("utf-8", "surrogatepass")
        yield hashlib.sha1(value, usedforsecurity=False).hexdigest()


def _check_size(data: bytes, name: str) -> None:
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name}: larger than {_MOST_BYTES} bytes, so nobody read it")
