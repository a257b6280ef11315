"""What a line does that silences a check: a comment, a mark on a test, a failure that stops nothing; and whether it says why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from countermark.finding import Rule
from countermark.lazily import lazy
from countermark_rules.detectors.patterns.packs import analyzer, is_test

from .gates import CHECKS, is_ci
from .rules import CHECK_SILENCED, FAILURE_IGNORED, TEST_SKIPPED

_HASH = r"(?:\#|//|/\*|--|<!--)\s*"
_COMMENTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("python",),
        lazy(
            r"\#\s*(?:nosec\b|noqa\b(?!:)|noqa:\s*[^#\n]*\bS\d|(?:ruff|flake8):\s*noqa|pylint:\s*(?:disable=all|skip-file)"
            r"|mypy:\s*ignore-errors|nosemgrep|lgtm\b|codeql\[|NOSONAR)",
        ),
    ),
    **dict.fromkeys(
        ("javascript", "typescript"),
        lazy(
            r"(?://|/\*|\{/\*)\s*(?:eslint-disable(?:-next-line|-line)?\s*(?:\*/|--|$|(?=.*\b(?:security|no-unsanitized|xss|sonarjs)/"
            r"|.*\bno-(?:eval|implied-eval|new-func|script-url|danger|secrets?)\b|.*react/no-danger))"
            r"|@ts-(?:ignore|nocheck)\b"
            r"|biome-ignore-all|biome-ignore lint/security|oxlint-disable|tslint:disable|nosemgrep|lgtm\b|codeql\[|NOSONAR)"
        ),
    ),
    "java": lazy(
        r"@SuppressWarnings\(\s*\{?\s*\"(?:all|java:S\d+|squid:\w+|findsecbugs\S*|security)\"|@SuppressFBWarnings"
        r"|//\s*(?:NOSONAR|nosemgrep|lgtm\b|codeql\[)"
    ),
    "go": lazy(
        r"//\s*(?:nolint\s*(?://|$)|nolint:[^/\n]*\b(?:gosec|all|errcheck|staticcheck)\b|nosemgrep|lgtm\b|NOSONAR)|#nosec\b"
    ),
    **dict.fromkeys(
        ("bash", "dockerfile", "yaml", "terraform"),
        lazy(
            rf"{_HASH}(?:shellcheck disable=|hadolint (?:global )?ignore=|(?:checkov|bridgecrew):skip"
            r"|tfsec:ignore|trivy:ignore|kics-scan"
            r"|nosemgrep|zizmor:\s*ignore|gitleaks:allow)"
        ),
    ),
}
_ALL = lazy(rf"{_HASH}(?:gitleaks:allow|pragma: allowlist|ggignore)\b")
_NO_COVER = lazy(r"(?:\#\s*pragma: no cover|istanbul ignore|c8 ignore|v8 ignore)")
_SECURE = lazy(
    r"(?i)auth|login|permission|password|token|csrf|admin|secur|access|sign|verify|secret|sanitiz|escape|role|session"
)
# Words after the mark, other than rules: "-- the input is a constant", "# nosec B101 - …", "(#123) …".
_REASON = lazy(r"(?:--|[-\u2013\u2014:(#]|//)\s*[^\W\d]\w*(?:\W+\w+){1,}|\s[a-z]{2,}\s+[a-z]{2,}\s+\w+")
_SKIPS = lazy(
    r"@pytest\.mark\.(?:skip|xfail)\b|\bpytestmark\s*=\s*pytest\.mark\.(?:skip|xfail)\b|@(?:unittest\.)?skip\b|@(?:unittest\.)?expectedFailure\b"
    r"|^\s*(?:pytest\.skip|self\.skipTest)\(|\b(?:it|test|describe|context)\.(?:skip|todo|fixme)\b|\b(?:xit|xdescribe|xtest|xcontext)\s*\("
    r"|\bt\.Skip(?:f|Now)?\(|^\s*@(?:Disabled|Ignore)\b"
)
_SKIP_REASON = lazy(r"reason\s*=|raises\s*=|strict\s*=\s*True|\(\s*f?[\"'][^\"']{8,}|//\s*\w+ \w+|#\s*\w+ \w+")
_DECLARES = lazy(r"\bdef |\bclass |function|=>")
# Types are ignored all the time; on a line that is about access that is a check less.
_TYPES = lazy(r"\#\s*(?:type|pyright):\s*ignore\s*(?:\#|$)")
_OPEN = lazy(
    r"^\s*(?:continue-on-error\s*:\s*[\"']?(?:true|\$\{\{)|allow_failure\s*:\s*(?:true\b|$)|fail_ci_if_error\s*:\s*[\"']?false"
    r"|fail-on-(?:severity|error)\s*:\s*[\"']?(?:false|never)|ignore-unfixed\s*:\s*[\"']?true|exit-code\s*:\s*[\"']?0)"
)
_SET_E = lazy(r"^\s*set\s+\+(?:e|o\s+errexit)\b")
_NO_VERIFY = lazy(
    r"\bgit\b[^\n#|;&]*\b(?:commit|push|merge)\b[^\n#|;&]*\s--no-verify|\bgit\s+commit\b[^\n#|;&]*\s-[a-zA-Z]*n[a-zA-Z]*(?=\s)"
    r"|\bHUSKY=0\b|^\s*(?:export\s+)?SKIP=\w+\s+git\b"
)
_TOLERANT = lazy(
    r"\|\|\s*(?:true|:|exit 0|echo\b)|--exit-zero\b|--passWithNoTests\b|--soft-fail\b|--no-fail\b|\|\|\s*\(?\s*echo"
)
_SCRIPTS = lazy(
    r"(?:^|/)(?:Makefile|justfile|package\.json|tox\.ini|noxfile\.py|[^/]*\.(?:sh|bash|mk)|\.husky/[^/]+|lefthook\.ya?ml)$"
)


def silences(line: str, path: str) -> Rule | None:
    """The rule about what a line does, if it silences anything."""
    if _comments(line, analyzer(path)):
        return CHECK_SILENCED
    if is_test(path) and _outside(_SKIPS, line):
        return TEST_SKIPPED
    if line.lstrip().startswith(("#", "//")):
        return None
    return FAILURE_IGNORED if _ignores(line, path) else None


def _comments(line: str, how: str) -> bool:
    pattern = _COMMENTS.get(how)
    if pattern is not None and _outside(pattern, line):
        return True
    if how != "generic" and _outside(_ALL, line):
        return True
    code = line[: found.start()] if (found := _outside(_NO_COVER, line)) else ""
    if _SECURE.search(code) and _DECLARES.search(code):
        return True
    return bool((found := _outside(_TYPES, line)) and _SECURE.search(line[: found.start()]))


def _ignores(line: str, path: str) -> bool:
    """Whether a check may fail there, or hooks are left out."""
    ci = is_ci(path)
    if ci and (_OPEN.search(line) or _SET_E.search(line)):
        return True
    if not (ci or _SCRIPTS.search(path) or analyzer(path) == "dockerfile"):
        return False
    return bool((_TOLERANT.search(line) and CHECKS.search(line)) or _NO_VERIFY.search(line))


def excused(rule: Rule, line: str) -> bool:
    """Whether a line that silences something says why."""
    if rule is TEST_SKIPPED:
        return bool(_SKIP_REASON.search(line))
    if rule is CHECK_SILENCED:
        marks = [found for pattern in _COMMENTS.values() if (found := pattern.search(line))]
        if not marks and _TYPES.search(line):
            return True  # no check of security, so no more than a note
        return bool(_REASON.search(line, max((found.end() for found in marks), default=0)))
    return bool(re.search(r"#\s*\w+(?:\W+\w+){2,}", line))


def _outside(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The first match that lies in no text of the line."""
    return next((found for found in pattern.finditer(line) if not _quoted(line, found.start())), None)


def _quoted(line: str, at: int) -> bool:
    """Whether a place lies within a text of its line, going by the quotes before it; JSX comments are none."""
    before = re.sub(r"\\.", "", line[:at])
    return any(before.count(mark) % 2 for mark in "\"'`") and not re.search(r"\w'\w", before)
