"""What `fix` does to files: which fixes, what they change, and the names that .env.example lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby

from attrs import Factory, define, frozen

from countermark.change import FileChange, Skipped, Unreadable
from countermark.content import Content, Span
from countermark.display import escape
from countermark.edits import apply, compatible
from countermark.finding import Edit, Finding, Fix
from countermark.placing import masked, merged
from countermark.verdict import Report

EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist")
_HEAD = "# What has to be set before this runs. Names only: values belong into .env, which no commit holds.\n"


@define
class Seen:
    """Which content of each file was looked at, by its digest."""

    digests: dict[str, bytes] = Factory(dict)

    def noting(
        self, entries: Iterable[FileChange | Skipped | Unreadable]
    ) -> Iterator[FileChange | Skipped | Unreadable]:
        """The entries, each noted as it passes."""
        for entry in entries:
            if isinstance(entry, FileChange):
                self.digests[entry.path] = _digest(entry.after.data)
            yield entry

    def is_as_seen(self, path: str, data: bytes) -> bool:
        """Whether a file still holds what was looked at."""
        return self.digests.get(path) == _digest(data)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


@frozen
class Wanted:
    """The findings of one file, each with the fix to apply, and every secret that is known of it."""

    path: str
    fixes: tuple[tuple[Finding, Fix], ...]
    secrets: tuple[Span, ...]


@frozen
class Changed:
    """What becomes of a file. ``after`` holds no value that was fixed, unless it stands elsewhere: ``left`` are the lines where."""

    after: Content
    findings: tuple[Finding, ...]
    variables: tuple[str, ...]
    diff: tuple[str, ...]
    left: tuple[int, ...]


def wanted(report: Report, *, unsafe: bool) -> Iterator[Wanted]:
    """What to do in each file."""
    findings = sorted((item.finding for item in report.judged), key=lambda finding: (finding.path, finding.span))
    others = [item.finding for item in report.suppressed]
    for path, group in groupby(findings, key=lambda finding: finding.path):
        here = list(group)
        fixes = [
            (finding, fix)
            for finding in here
            if (fix := next((fix for fix in finding.fixes if fix.safe or unsafe), None)) is not None
        ]
        if fixes:
            known = [*here, *(finding for finding in others if finding.path == path)]
            yield Wanted(path, tuple(fixes), tuple(span for finding in known for span in finding.secrets))


@define
class Variables:
    """Which value each variable stands for, in all files: two values cannot share one."""

    values: dict[str, str] = Factory(dict)

    def takes(self, name: str, value: str) -> bool:
        """Whether a variable stands for this value, or for none yet."""
        return not name or self.values.setdefault(name, value) == value


def changed(content: Content, wanted: Wanted, variables: Variables) -> Changed | None:
    """A file after its fixes; None where none can be applied, or where it cannot be written back as it was read."""
    able = [
        (finding, fix)
        for finding, fix in wanted.fixes
        if not finding.secrets or variables.takes(fix.variable, content.slice(finding.secrets[0]))
    ]
    kept, edits = compatible(fix for _, fix in able)
    after = apply(content, edits) if kept else None
    if after is None:
        return None
    findings = tuple(finding for finding, fix in able if any(fix is one for one in kept))
    return Changed(
        after=after,
        findings=findings,
        variables=tuple(sorted({fix.variable for fix in kept if fix.variable})),
        diff=tuple(_diff(content, edits, merged(wanted.secrets))),
        left=tuple(sorted({line for finding in findings for line in _left(content, finding, after)})),
    )


def _left(before: Content, finding: Finding, after: Content) -> Iterator[int]:
    value = before.slice(finding.secrets[0]) if finding.secrets else ""
    at = after.text.find(value) if value else -1
    if at >= 0:
        yield after.position(at).line


def _diff(content: Content, edits: Sequence[Edit], masks: Sequence[Span]) -> Iterator[str]:
    """The lines that change, every secret masked."""
    for block in _blocks(content, edits):
        first, last = content.line_at(block[0].span.start), content.line_at(block[-1].span.end)
        whole = Span(content.line_span(first).start, content.line_span(last).end)
        parts, at = [], whole.start
        for edit in block:
            parts += [masked(content, Span(at, edit.span.start), masks), edit.replacement]
            at = edit.span.end
        new = "".join([*parts, masked(content, Span(at, whole.end), masks)]).split("\n")
        old = masked(content, whole, masks).split("\n")
        start = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        yield f"@@ line {first + start + 1} @@"
        yield from (f"-{_line(line)}" for line in old[start : len(old) - end])
        yield from (f"+{_line(line)}" for line in new[start : len(new) - end])


def _blocks(content: Content, edits: Sequence[Edit]) -> list[list[Edit]]:
    """The edits, those together that share a line."""
    blocks: list[list[Edit]] = []
    for edit in edits:
        if blocks and content.line_at(blocks[-1][-1].span.end) >= content.line_at(edit.span.start):
            blocks[-1].append(edit)
        else:
            blocks.append([edit])
    return blocks


def _line(line: str) -> str:
    return escape(line.rstrip("\r").expandtabs(4))


def missing(text: str, names: Iterable[str]) -> list[str]:
    """The names that a .env.example does not have yet, in comments neither."""
    return [
        name
        for name in dict.fromkeys(names)
        if not re.search(rf"^[ \t]*#?[ \t]*(?:export[ \t]+)?{re.escape(name)}[ \t]*=", text, re.MULTILINE)
    ]


def with_names(text: str, names: Sequence[str]) -> str:
    """A .env.example with more names, each without a value."""
    end = "\r\n" if "\r\n" in text else "\n"
    head = text if not text or text.endswith("\n") else text + end
    return (head or _HEAD) + "".join(f"{name}={end}" for name in names)
