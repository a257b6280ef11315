"""Gates that a change takes away: checks in CI, token permissions, thresholds, owners, protection of branches, hooks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from countermark.lazily import lazy

from .losses import Loss
from .rules import (
    CI_GATE_REMOVED,
    CI_PERMISSIONS_REMOVED,
    COVERAGE_LOWERED,
    HOOK_REMOVED,
    OWNER_REMOVED,
    PROTECTION_LOOSENED,
)
from .versions import Versions, split

_CI = lazy(
    r"(?:^|/)(?:\.github/(?:workflows|actions)/.+\.ya?ml|action\.ya?ml|[^/]*\.gitlab-ci\.ya?ml|\.gitlab/.+\.ya?ml|\.travis\.yml|azure-pipelines[^/]*\.ya?ml"
    r"|bitbucket-pipelines\.yml|\.circleci/config\.yml|\.drone\.ya?ml|appveyor\.yml|Jenkinsfile|\.buildkite/.+\.ya?ml|\.woodpecker/.+\.ya?ml|cloudbuild\.ya?ml)$"
)
# What a gate runs, by what it is for: another of its kind in its place is none taken away.
_KINDS: Mapping[str, str] = {
    "tests": r"pytest|tox|nox|unittest|jest|vitest|playwright test|cypress|rspec|phpunit|ctest|manage\.py test|coverage run"
    r"|(?:npm|pnpm|yarn|bun|deno|cargo|go|make|just|hatch|poetry|uv|mvnw?|gradlew?|bazel|task|dotnet|mix|rake|swift|flutter)"
    r"(?:\s+(?:run|-\S+|\w+))*?\s+(?:test|check|verify)\w*",
    "code scanner": r"bandit|semgrep|codeql|gosec|brakeman|sonar\w*|snyk|njsscan|countermark|horusec|bearer|zizmor|actionlint|checkov"
    r"|tfsec|kics|terrascan|spotbugs|eslint-plugin-security",
    "dependency scanner": r"pip-audit|safety (?:check|scan)|(?:npm|pnpm|yarn|cargo|bundler?-?)\s*audit|osv-scanner|trivy|grype"
    r"|dependency-review|govulncheck|dependency-check|cargo deny|docker scout",
    "secret scanner": r"gitleaks|trufflehog|detect-secrets|ggshield|secretlint|git-secrets",
    "linter": r"ruff|flake8|pylint|mypy|pyright|eslint|tslint|biome|golangci-lint|go vet|clippy|shellcheck|hadolint|rubocop|checkstyle"
    r"|tsc\b|pre-commit|prek",
    "coverage": r"codecov|coveralls|--cov-fail-under|coverage report",
}
_TOOLS = {
    kind: lazy(rf"(?<![\w./-])(?:{tools})(?![\w])|uses:[^#\n]*/[\w-]*(?:{tools})", re.IGNORECASE)
    for kind, tools in _KINDS.items()
}
CHECKS = lazy("|".join(f"(?:{one.pattern})" for one in _TOOLS.values()), re.IGNORECASE)
_NO_RUN = lazy(
    r"^\s*(?:#|//|-?\s*name\s*:|\w+\s*:\s*$|(?:key|path|if|needs|id|on|paths|branches|group|with|cache[\w-]*|restore-keys|default|description)\s*:)|\b(?:pip|pipx|npm|apt(?:-get)?|brew|go|cargo|uv|poetry|yarn|pnpm|gem)\s+(?:tool\s+)?(?:install|add|ci|sync|download)\b"
)
_PERMISSIONS = lazy(r"^permissions\s*:", re.MULTILINE)
_ANY_PERMISSIONS = lazy(r"^\s*permissions\s*:", re.MULTILINE)
_JOBS = lazy(r"^jobs\s*:", re.MULTILINE)
_THRESHOLD = lazy(
    r"\b(fail[_-]under|cov-fail-under|minimum_coverage|minCoverage|coverage_threshold|min_coverage|(?:target|threshold)(?=\s*:\s*\d+(?:\.\d+)?%)"
    r"|(?:branches|functions|lines|statements)(?=[\"']?\s*:\s*\d))[\"']?\s*[:=\s]\s*[\"']?(\d+(?:\.\d+)?)"
)
_COVERAGE_FILES = lazy(
    r"(?:^|/)(?:pyproject\.toml|setup\.cfg|tox\.ini|\.coveragerc|pytest\.ini|noxfile\.py|Makefile|package\.json|\.nycrc(?:\.json)?|(?:jest|vitest)\.config\.\w+|\.?codecov\.ya?ml|\.c8rc\.json|build\.gradle(?:\.kts)?|pom\.xml)$"
)
_OWNERS = lazy(r"(?:^|/)CODEOWNERS$")
_PROTECTION = lazy(
    r"(?:^|/)(?:\.github/(?:settings\.ya?ml|rulesets?/[^/]+\.(?:json|ya?ml)|branch-protection\.\w+)|\.gitlab/merge_request_approvals\.ya?ml)$|\.tf$"
)
_STRICT = lazy(
    r"^\s*[\"']?(required_approving_review_count|required_approvals|enforce_admins|dismiss_stale_reviews(?:_on_push)?|require_code_owner_reviews?|require_last_push_approval"
    r"|required_conversation_resolution|required_signatures|require_signed_commits|required_linear_history|strict|required_status_checks|required_pull_request_reviews)[\"']?\s*[:={]\s*([^,\n]*)",
)
_LOOSE = {"true": 1.0, "false": 0.0, "null": 0.0, "": 1.0, "{": 1.0, "[]": 0.0}
_HOOKS = lazy(r"(?:^|/)\.pre-commit-config\.ya?ml$")
_HOOK = lazy(r"^\s*(?:-\s*)?id\s*:\s*[\"']?([\w./-]+)")


def is_ci(path: str) -> bool:
    """Whether a file says what CI runs."""
    return bool(_CI.search(path))


def gates(files: Sequence[Versions]) -> Iterator[Loss]:
    """The gates that are gone or lower."""
    yield from _checks(files)
    for file in files:
        if not file.removed:
            continue
        if "/workflows/" in file.path and not file.file.gone:
            yield from _permissions(file)
        if is_ci(file.path) or _COVERAGE_FILES.search(file.path):
            yield from _lowered(file)
        if _PROTECTION.search(file.path):
            yield from _unprotected(file)
    yield from _owners([file for file in files if _OWNERS.search(file.path)])
    yield from _hooks([file for file in files if _HOOKS.search(file.path)])


def _runs(text: str) -> Counter[str]:
    """How many lines run a tool of each kind."""
    lines = [line for line in text.splitlines() if not _NO_RUN.search(line)]
    return Counter(kind for line in lines for kind, tools in _TOOLS.items() if tools.search(line))


def _checks(files: Sequence[Versions]) -> Iterator[Loss]:
    """A kind of check of which a CI file has none left, unless another file of the change took it over."""
    ci = [file for file in files if is_ci(file.path)]
    if not any(file.removed for file in ci):
        return
    others = [_runs(file.added) for file in files if is_ci(file.path) or file.file.before is None]
    gained: Counter[str] = sum(others, Counter())
    for file in ci:
        if not file.removed:
            continue
        before, after = _runs(file.before.text), _runs(file.after.text)
        for kind in before:
            if after[kind] or gained[kind]:
                continue
            line = next(
                (
                    number
                    for number, line in file.removed_lines()
                    if not _NO_RUN.search(line) and _TOOLS[kind].search(line)
                ),
                None,
            )
            if line is not None:
                yield Loss.removed(CI_GATE_REMOVED, file, line, f"What ran there: {kind}.")


def _permissions(file: Versions) -> Iterator[Loss]:
    if (
        not _PERMISSIONS.search(file.before.text)
        or _ANY_PERMISSIONS.search(file.after.text)
        or not _JOBS.search(file.after.text)
    ):
        return
    for number, line in file.removed_lines():
        if _PERMISSIONS.search(line):
            yield Loss.removed(CI_PERMISSIONS_REMOVED, file, number)


def _lowered(file: Versions) -> Iterator[Loss]:
    """Thresholds that are lower in the new version, by their names and order; one that is gone counts as 0 where its file is left."""
    after: dict[str, list[float]] = {}
    places: dict[str, list[int]] = {}
    for number, line in enumerate(split(file.after.text)):
        for name, value in _THRESHOLD.findall(line):
            after.setdefault(name, []).append(float(value))
            places.setdefault(name, []).append(number)
    seen: Counter[str] = Counter()
    removed = {number for number, _ in file.removed_lines()}
    for number, line in enumerate(split(file.before.text)):
        for name, value in _THRESHOLD.findall(line):
            now = after.get(name, [])
            at = seen[name]
            seen[name] += 1
            if number not in removed or file.file.gone:
                continue
            if at < len(now) and now[at] < float(value):
                yield Loss.added(COVERAGE_LOWERED, file, places[name][at], number)
            elif not now and float(value) > 0:
                yield Loss.removed(COVERAGE_LOWERED, file, number)


def _owners(files: Sequence[Versions]) -> Iterator[Loss]:
    """Patterns that had owners and have none; a pattern that only changed its owners, or its spelling beside them, stays."""
    now = {words[0] for file in files for line in split(file.after.text) if len(words := _words(line)) > 1}
    for file in files:
        for hunk in file.hunks:
            new = {word for line in split(file.after.slice(hunk.after)) for word in _words(line)[1:]}
            first = file.before.line_at(hunk.before.start)
            for number, line in enumerate(split(file.before.slice(hunk.before))):
                words = _words(line)
                if len(words) > 1 and words[0] not in now and new.isdisjoint(words[1:]):
                    yield Loss.removed(OWNER_REMOVED, file, first + number)


def _words(line: str) -> list[str]:
    return line.partition("#")[0].split()


def _unprotected(file: Versions) -> Iterator[Loss]:
    """Settings of a protected branch that ask for less, hunk by hunk; one that only moved stands in another."""
    elsewhere = _asked(file.added)
    for hunk in file.hunks:
        now = {**elsewhere, **_asked(file.after.slice(hunk.after))}
        first = file.before.line_at(hunk.before.start)
        for number, line in enumerate(split(file.before.slice(hunk.before))):
            if any(now.get(name, 0.0) < was for name, was in _asked(line).items()):
                yield Loss.removed(PROTECTION_LOOSENED, file, first + number)


def _asked(text: str) -> dict[str, float]:
    """How strict each setting is."""
    return {found[1]: _strictness(found[2]) for line in split(text) if (found := _STRICT.search(line))}


def _strictness(value: str) -> float:
    bare = value.strip().strip("\"'").lower()
    try:
        return float(bare)
    except ValueError:
        return _LOOSE.get(bare, 1.0)


def _hooks(files: Sequence[Versions]) -> Iterator[Loss]:
    """Hooks that are gone, unless as many new ones came."""
    before, after = (
        Counter(chain.from_iterable(map(_ids, texts)))
        for texts in ([file.before.text for file in files], [file.after.text for file in files])
    )
    if sum((after - before).values()) >= sum((lost := before - after).values()):
        return
    for file in files:
        for number, line in file.removed_lines():
            found = _HOOK.search(line)
            if found and lost[found[1]]:
                lost[found[1]] -= 1
                yield Loss.removed(HOOK_REMOVED, file, number)


def _ids(text: str) -> list[str]:
    return [found[1] for line in text.splitlines() if (found := _HOOK.search(line))]
