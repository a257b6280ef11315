"""What now silences a check: comments, skipped tests, failures that stop nothing, broader `except`; told from the changed lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from countermark.finding import Rule
from countermark_rules.detectors.patterns.packs import analyzer, is_test

from .gates import CHECKS, is_ci
from .losses import Loss
from .rules import CHECK_SILENCED, EXCEPT_BROADENED, FAILURE_IGNORED, TEST_SKIPPED
from .versions import Versions, split

_HASH = r"(?:\#|//|/\*|--|<!--)\s*"
_COMMENTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("python",),
        re.compile(
            r"\#\s*(?:nosec\b|noqa\b(?!:)|noqa:\s*[^#\n]*\bS\d|(?:ruff|flake8):\s*noqa|pylint:\s*(?:disable=all|skip-file)"
            r"|mypy:\s*ignore-errors|type:\s*ignore\s*(?:\#|$)|pyright:\s*(?:basic|ignore\b)|nosemgrep|lgtm\b|codeql\[|NOSONAR)",
        ),
    ),
    **dict.fromkeys(
        ("javascript", "typescript"),
        re.compile(
            r"(?://|/\*|\{/\*)\s*(?:eslint-disable(?:-next-line|-line)?\s*(?:\*/|--|$|(?=.*\b(?:security|no-unsanitized|xss|sonarjs)/"
            r"|.*\bno-(?:eval|implied-eval|new-func|script-url|danger|secrets?)\b|.*react/no-danger))"
            r"|@ts-(?:ignore|nocheck)\b|biome-ignore-all|biome-ignore lint/security|oxlint-disable|tslint:disable|nosemgrep|lgtm\b|codeql\[|NOSONAR)"
        ),
    ),
    "java": re.compile(
        r"@SuppressWarnings\(\s*\{?\s*\"(?:all|java:S\d+|squid:\w+|findsecbugs\S*|security)\"|@SuppressFBWarnings"
        r"|//\s*(?:NOSONAR|nosemgrep|lgtm\b|codeql\[)"
    ),
    "go": re.compile(
        r"//\s*(?:nolint\s*(?://|$)|nolint:[^/\n]*\b(?:gosec|all|errcheck|staticcheck)\b|nosemgrep|lgtm\b|NOSONAR)|#nosec\b"
    ),
    **dict.fromkeys(
        ("bash", "dockerfile", "yaml", "terraform"),
        re.compile(
            rf"{_HASH}(?:shellcheck disable=|hadolint (?:global )?ignore=|(?:checkov|bridgecrew):skip|tfsec:ignore|trivy:ignore|kics-scan"
            r"|nosemgrep|zizmor:\s*ignore|gitleaks:allow)"
        ),
    ),
}
_ALL = re.compile(rf"{_HASH}(?:gitleaks:allow|pragma: allowlist|ggignore)\b")
_NO_COVER = re.compile(r"(?:\#\s*pragma: no cover|istanbul ignore|c8 ignore|v8 ignore)")
_SECURE = re.compile(
    r"(?i)auth|login|permission|password|token|csrf|admin|secur|access|sign|verify|secret|sanitiz|escape|role|session"
)
# Words after the mark, other than rules: "-- the input is a constant", "# nosec B101 - …", "(#123) …".
_REASON = re.compile(r"(?:--|[-–—:(#]|//)\s*[^\W\d]\w*(?:\W+\w+){1,}|\s[a-z]{2,}\s+[a-z]{2,}\s+\w+")
_SKIPS = re.compile(
    r"@pytest\.mark\.(?:skip|xfail)\b|\bpytestmark\s*=\s*pytest\.mark\.(?:skip|xfail)\b|@(?:unittest\.)?skip\b|@(?:unittest\.)?expectedFailure\b"
    r"|^\s*(?:pytest\.skip|self\.skipTest)\(|\b(?:it|test|describe|context)\.(?:skip|todo|fixme)\b|\b(?:xit|xdescribe|xtest|xcontext)\s*\("
    r"|\bt\.Skip(?:f|Now)?\(|^\s*@(?:Disabled|Ignore)\b"
)
_SKIP_REASON = re.compile(r"reason\s*=|raises\s*=|strict\s*=\s*True|\(\s*f?[\"'][^\"']{8,}|//\s*\w+ \w+|#\s*\w+ \w+")
_TESTED = re.compile(r"\bdef test|\b(?:it|test|describe)(?:\.\w+)*\s*\(|\bfunc Test|@Test\b|\bclass Test")
_OPEN = re.compile(
    r"^\s*(?:continue-on-error\s*:\s*[\"']?(?:true|\$\{\{)|allow_failure\s*:\s*(?:true\b|$)|fail_ci_if_error\s*:\s*[\"']?false"
    r"|fail-on-(?:severity|error)\s*:\s*[\"']?(?:false|never)|ignore-unfixed\s*:\s*[\"']?true|exit-code\s*:\s*[\"']?0)"
)
_SET_E = re.compile(r"^\s*set\s+\+(?:e|o\s+errexit)\b")
_NO_VERIFY = re.compile(
    r"\bgit\b[^\n#|;&]*\b(?:commit|push|merge)\b[^\n#|;&]*\s(?:--no-verify|-[a-zA-Z]*n[a-zA-Z]*(?=\s))|\bHUSKY=0\b|^\s*(?:export\s+)?SKIP=\w+\s+git\b|(?<=commit )--no-verify"
)
_TOLERANT = re.compile(
    r"\|\|\s*(?:true|:|exit 0|echo\b)|--exit-zero\b|--passWithNoTests\b|--soft-fail\b|--no-fail\b|\|\|\s*\(?\s*echo"
)
_SCRIPTS = re.compile(
    r"(?:^|/)(?:Makefile|justfile|package\.json|tox\.ini|noxfile\.py|[^/]*\.(?:sh|bash|mk)|\.husky/[^/]+|lefthook\.ya?ml)$"
)
_BROAD = re.compile(
    r"^\s*(?:except\s*:|except\s*\(?\s*(?:[\w.]+\s*,\s*)*(?:Base)?Exception\b[^:]*:)|\bcatch\s*\(\s*(?:final\s+)?(?:Exception|Throwable|RuntimeException)\s+\w+\s*\)"
)
_CATCH = re.compile(r"^\s*except\b[^:]*:|\bcatch\s*\(\s*(?:final\s+)?[\w.| ]+\s+\w+\s*\)")
_RAISES = re.compile(r"^\s*(?:raise|throw)\b|sys\.exit|os\._exit")
_ALIKE = 2  # words that two lines share at least when one replaces the other
_NEAR = 2_000  # characters that are read for that
_BODY = 8  # lines after an `except` in which it may raise again


def silenced(files: Sequence[Versions]) -> Iterator[Loss]:
    """What the changed lines of some files silence; a line that only moved is none."""
    gone = Counter(line.strip() for file in files for _, line in file.removed_lines())
    for file in files:
        if file.file.before is not None and not file.file.gone and file.added:
            yield from _marks(file, gone)
            yield from _broadened(file)


def _marks(file: Versions, gone: Counter[str]) -> Iterator[Loss]:
    """Each new line that silences something and does not replace one that did."""
    how = analyzer(file.path)
    for hunk in file.hunks:
        old = split(file.before.slice(hunk.before))
        first = file.after.line_at(hunk.after.start)
        new = split(file.after.slice(hunk.after))
        used: Counter[Rule] = Counter()
        for number, line in enumerate(new):
            rule = _rule(line, how, file.path)
            if rule is None or gone[line.strip()]:
                continue
            used[rule] += 1
            if used[rule] <= sum(_rule(one, how, file.path) is rule for one in old):
                continue  # it was there, and the line changed
            if (
                rule is TEST_SKIPPED
                and _TESTED.search("\n".join(new[number : number + 4]))
                and not _was_there(file, new[number : number + 4])
            ):
                continue  # a new test that waits
            yield Loss.added(
                rule, file, first + number, _replaced(file, old, line, hunk.before.start), excused=_excused(rule, line)
            )


def _rule(line: str, how: str, path: str) -> Rule | None:
    """What a line does, if anything."""
    comment = _COMMENTS.get(how)
    if comment is not None:
        for found in comment.finditer(line):
            if not _quoted(line, found.start()):
                return CHECK_SILENCED
    if how != "generic" and (found := _ALL.search(line)) and not _quoted(line, found.start()):
        return CHECK_SILENCED
    if (
        (found := _NO_COVER.search(line))
        and not _quoted(line, found.start())
        and _SECURE.search(line[: found.start()])
        and re.search(r"\bdef |\bclass |function|=>", line)
    ):
        return CHECK_SILENCED
    if is_test(path) and (found := _SKIPS.search(line)) and not _quoted(line, found.start()):
        return TEST_SKIPPED
    if line.lstrip().startswith(("#", "//")):
        return None
    if is_ci(path) and _OPEN.search(line):
        return FAILURE_IGNORED
    if is_ci(path) or _SCRIPTS.search(path) or how == "dockerfile":
        if (_TOLERANT.search(line) and CHECKS.search(line)) or _NO_VERIFY.search(line):
            return FAILURE_IGNORED
        if is_ci(path) and _SET_E.search(line):
            return FAILURE_IGNORED
    return None


def _quoted(line: str, at: int) -> bool:
    """Whether a place lies within a text of its line, going by the quotes before it; JSX comments are none."""
    before = re.sub(r"\\.", "", line[:at])
    return any(before.count(mark) % 2 for mark in "\"'`") and not re.search(r"\w'\w", before)


def _was_there(file: Versions, new: Sequence[str]) -> bool:
    """Whether the test that begins in some lines was there before."""
    names = re.findall(
        r"\bdef (test\w*)|\bfunc (Test\w*)|\b(?:it|test|describe)(?:\.\w+)*\s*\(\s*([\"'`][^\"'`]*)|class (Test\w*)|\bvoid (\w+)\(",
        "\n".join(new),
    )
    said = [name for groups in names for name in groups if name]
    return any(name in file.before.text for name in said) if said else True


def _replaced(file: Versions, old: Sequence[str], line: str, start: int) -> int | None:
    """The number of the old line that a new one is most like: the same code before the mark."""
    words = set(re.findall(r"\w+", line))
    rated = [(len(words & set(re.findall(r"\w+", one))), -number) for number, one in enumerate(old) if one.strip()]
    best = max(rated, default=(0, 0))
    return file.before.line_at(start) - best[1] if best[0] >= _ALIKE else None


def _excused(rule: Rule, line: str) -> bool:
    if rule is TEST_SKIPPED:
        return bool(_SKIP_REASON.search(line))
    if rule is CHECK_SILENCED:
        marks = [found for pattern in _COMMENTS.values() if (found := pattern.search(line))]
        return bool(_REASON.search(line, max((found.end() for found in marks), default=0)))
    return bool(re.search(r"#\s*\w+(?:\W+\w+){2,}", line))


def _broadened(file: Versions) -> Iterator[Loss]:
    """An `except` that names errors, and in its place one that catches all and does not raise again."""
    for hunk in file.hunks:
        old = split(file.before.slice(hunk.before))
        new = split(file.after.slice(hunk.after))
        narrow = [number for number, line in enumerate(old) if _CATCH.search(line)]
        catches = [number for number, line in enumerate(new) if _CATCH.search(line)]
        if len(narrow) != len(catches):
            continue
        first_old, first = file.before.line_at(hunk.before.start), file.after.line_at(hunk.after.start)
        for before, now in zip(narrow, catches, strict=True):
            if _BROAD.search(new[now]) and not _BROAD.search(old[before]) and not _raises(file, first + now):
                yield Loss.added(EXCEPT_BROADENED, file, first + now, first_old + before)


def _raises(file: Versions, line: int) -> bool:
    text = split(file.after.text[file.after.line_span(line).end :][:_NEAR])[1 : _BODY + 1]
    head = file.after.slice(file.after.line_span(line))
    deep = len(head) - len(head.lstrip())
    for one in text:
        if one.strip() and len(one) - len(one.lstrip()) <= deep:
            return False
        if _RAISES.search(one):
            return True
    return False
