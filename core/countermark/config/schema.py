"""The settings, their meaning and their defaults. Loader, JSON Schema, reference page and template are made from these classes.

A key in TOML is the attribute's name with dashes. Of its metadata, ``help`` is its line in the reference, ``tighten`` names how an
organisation's value and a repository's are joined, so that a repository can only make things stricter (see organisation.py), and
``least``, ``most`` and ``form`` say which values are allowed beyond what the type says (see keys.py).
"""

# ruff: noqa: RUF009 - a field made by a helper is still a field

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from attrs import Factory, field, frozen

from countermark.finding import Confidence, Severity
from countermark.verdict import Level

RuleLevel = Literal["off", "note", "warn", "review", "block"]
Permission = Literal["baselines", "comments", "exclude", "paths"]

DAY = 86_400  # seconds


def _setting(help: str, *, default: Any, tighten: str, **more: Any) -> Any:  # noqa: A002 - the name that the reference uses
    return field(default=default, metadata={"help": help, "tighten": tighten, **more})


@frozen
class Threshold:
    """The least severity and confidence that a level asks for."""

    severity: Severity = _setting("the least severity", default=Severity.HIGH, tighten="lower")
    confidence: Confidence = _setting("the least confidence", default=Confidence.MEDIUM, tighten="lower")


@frozen
class Assisted:
    """``[policy.ai]``: lines that an AI is known to have written."""

    raise_: int = _setting(
        "how many levels they are raised: note, warn, review, block; a level that `rules` fixes stays",
        default=0,
        tighten="higher",
        least=0,
        most=3,
    )


@frozen
class Judging:
    """``[policy]``: what findings do to a commit."""

    fail_on: Level = _setting("the level from which a check fails", default=Level.BLOCK, tighten="lower")
    block: Threshold = _setting("what blocks", default=Threshold(), tighten="nested")
    warn: Threshold = _setting(
        "what warns; anything less is a note", default=Threshold(Severity.LOW, Confidence.LOW), tighten="nested"
    )
    untouched: Level = _setting(
        "the highest level for lines that the change did not touch", default=Level.WARN, tighten="higher"
    )
    foreign_markers: bool = _setting(
        "honour `pragma: allowlist secret`, `gitleaks:allow` and `nosemgrep` comments", default=False, tighten="and"
    )
    longest_suppression: int | None = _setting(
        "the most days that an `allow` comment may last; then every one needs an end date",
        default=None,
        tighten="shorter",
        least=1,
        most=36_500,
    )
    ai: Assisted = _setting("lines that an AI is known to have written", default=Assisted(), tighten="nested")


@frozen
class RuleSetting:
    """``[rules."ID"]``: one rule, or a family by ``family/*``; a rule's own entry counts before its family's."""

    level: RuleLevel | None = _setting("the level, whatever the thresholds say", default=None, tighten="rule")
    at_least: RuleLevel | None = _setting(
        "the lowest level, for when the thresholds say less", default=None, tighten="rule"
    )


@frozen
class PathSetting:
    """``[[paths]]``: files that are judged differently; the last entry that matches a file counts."""

    match: tuple[str, ...] = _setting("patterns as in .gitignore", default=(), tighten="own", form="patterns", least=1)
    at_most: Level = _setting("the highest level there", default=Level.BLOCK, tighten="own")


@frozen
class CredentialPath:
    """``[[credentials.paths]]``: files where credentials may live shorter; of all that speak of a file the shortest time counts."""

    match: tuple[str, ...] = _setting("patterns as in .gitignore", default=(), tighten="own", form="patterns", least=1)
    max_lifetime: timedelta = _setting(
        "the longest that a credential may live there", default=timedelta(hours=1), tighten="own"
    )


@frozen
class Credentials:
    """``[credentials]``: how long a credential may live. One whose lifetime is unknown is judged as everything else is."""

    max_lifetime: timedelta | None = _setting(
        "the longest that a credential may live: one that is known to live longer blocks, a shorter-lived one warns; `0` allows none",
        default=None,
        tighten="shorter",
    )
    expired: Level = _setting("the highest level for one that has expired", default=Level.WARN, tighten="higher")
    paths: tuple[CredentialPath, ...] = _setting("files where it may live shorter", default=(), tighten="union")


@frozen
class Limits:
    """``[limits]``: how much to look at, and for how long."""

    file_bytes: int = _setting(
        "the largest file to look at, in bytes", default=5_000_000, tighten="higher", least=1, most=10**12
    )
    file_seconds: float = _setting(
        "the longest time for one file, in seconds", default=10.0, tighten="higher", least=0.01, most=DAY
    )
    total_seconds: float = _setting(
        "the longest time for one run, in seconds; 0 means no end", default=300.0, tighten="longer", least=0, most=DAY
    )


@frozen
class Organisation:
    """``[organisation]``: what an organisation leaves to its repositories; only its own policy file may say it."""

    allow: tuple[Permission, ...] = _setting(
        "what repositories may decide: known findings (`baselines`), `allow` comments (`comments`), files that nobody looks at "
        "(`exclude`), lower levels for some files (`paths`)",
        default=("baselines", "comments"),
        tighten="own",
    )


@frozen
class Settings:
    """The whole of countermark.toml."""

    policy: Judging = _setting("what findings do to a commit", default=Judging(), tighten="nested")
    rules: dict[str, RuleSetting] = _setting("single rules", default=Factory(dict), tighten="rules", form="rules")
    paths: tuple[PathSetting, ...] = _setting("files that are judged differently", default=(), tighten="paths")
    credentials: Credentials = _setting("how long a credential may live", default=Credentials(), tighten="nested")
    exclude: tuple[str, ...] = _setting(
        "files that nobody looks at, as patterns of .gitignore", default=(), tighten="exclude", form="patterns"
    )
    baselines: tuple[str, ...] = _setting(
        "files with findings that are known: our own, .secrets.baseline or .gitleaksignore",
        default=(".countermark/baseline.jsonl",),
        tighten="baselines",
        form="files",
    )
    limits: Limits = _setting("how much to look at, and for how long", default=Limits(), tighten="nested")
    organisation: Organisation = _setting(
        "what an organisation leaves to its repositories", default=Organisation(), tighten="own"
    )
