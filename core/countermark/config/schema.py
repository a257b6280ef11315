"""The settings, their meaning and their defaults. Loader, JSON Schema, reference page and template are made from these classes.

A key in TOML is the attribute's name with dashes. Of its metadata, ``help`` is its line in the reference, ``tighten`` names how an
organisation's value and a repository's are joined, so that a repository can only make things stricter (see organisation.py), and
``least``, ``most`` and ``form`` say which values are allowed beyond what the type says (see keys.py).
"""

# ruff: noqa: RUF009 - a field made by a helper is still a field

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum
from typing import Any, Literal

from attrs import Factory, field, frozen

from countermark.finding import Confidence, Severity
from countermark.verdict import Level

RuleLevel = Literal["off", "note", "warn", "review", "block"]
Permission = Literal["baselines", "comments", "exclude", "paths"]
Lives = Literal["long-lived", "short-lived", "unknown"]
Reviewer = Literal["anyone", "not-the-author", "code-owner", "two-people"]

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


class Gate(IntEnum):
    """What stops for a review that is missing. Ordered: each stops all that the one before it does."""

    OFF = 0
    PUSH = 1
    COMMIT = 2


class Need(IntEnum):
    """What lines need. Ordered: a policy compares."""

    NOTHING = 0
    WARN = 1
    REVIEW = 2


class Signing(IntEnum):
    """Whether reviews are signed. Ordered: a policy compares."""

    OFF = 0
    OPTIONAL = 1
    REQUIRED = 2


@frozen
class ReviewPath:
    """``[[review.paths]]``: files that need more; of all entries that match a file, and of `[review]` itself, the strictest counts."""

    match: tuple[str, ...] = _setting("patterns as in .gitignore", default=(), tighten="own", form="patterns", least=1)
    ai: Need = _setting("what lines need that an agent reported", default=Need.NOTHING, tighten="own")
    suspected: Need = _setting("what lines need that look like an agent's", default=Need.NOTHING, tighten="own")
    untracked: Need = _setting(
        "what lines need of which nobody knows who wrote them", default=Need.NOTHING, tighten="own"
    )
    by: tuple[Reviewer, ...] = _setting("who has to review, besides what `review.by` says", default=(), tighten="own")


@frozen
class Person:
    """``[[review.people]]``: the names by which CODEOWNERS calls somebody."""

    mail: str = _setting("the address that the person's commits have", default="", tighten="own")
    owns: tuple[str, ...] = _setting("names and teams, such as `@ada` and `@shop/payments`", default=(), tighten="own")


@frozen
class Reviewing:
    """``[review]``: which lines a person has to answer for, who that may be, and what stops until it is done."""

    gate: Gate = _setting(
        "what stops for a missing review; `commit` stops pushes, too", default=Gate.COMMIT, tighten="higher"
    )
    ai: Need = _setting("what lines need that an agent reported", default=Need.REVIEW, tighten="higher")
    suspected: Need = _setting("what lines need that look like an agent's", default=Need.WARN, tighten="higher")
    untracked: Need = _setting(
        "what lines need of which nobody knows who wrote them", default=Need.NOTHING, tighten="higher"
    )
    by: tuple[Reviewer, ...] = _setting(
        "who has to review; all of it has to hold", default=("anyone",), tighten="union"
    )
    signature: Signing = _setting(
        "whether reviews are signed with the SSH key that git signs with; `required`: others do not count",
        default=Signing.OFF,
        tighten="higher",
    )
    challenge: bool = _setting(
        "have a word typed that is shown on the terminal alone, before the first decision", default=False, tighten="or"
    )
    editors: bool = _setting("reviews that were given in an editor count", default=True, tighten="and")
    trusted_formatting: bool = _setting(
        "a hunk of which a formatter changed the white space alone stays reviewed", default=False, tighten="and"
    )
    fastest_lines_per_minute: int | None = _setting(
        "a hunk that was on screen for less than this asks for was approved too fast",
        default=300,
        tighten="shorter",
        least=1,
        most=1_000_000,
    )
    too_fast: Need = _setting(
        "what becomes of an approval that came too fast; `review`: it does not count",
        default=Need.WARN,
        tighten="higher",
    )
    longest_waiver: int = _setting(
        "the most days that a waiver may last", default=30, tighten="lower", least=1, most=3_650
    )
    trailers: bool = _setting(
        "name agents and reviewers at the end of commit messages, as `Assisted-by` and `Countermarked-by`",
        default=False,
        tighten="or",
    )
    paths: tuple[ReviewPath, ...] = _setting("files that need more", default=(), tighten="union")
    people: tuple[Person, ...] = _setting("how CODEOWNERS calls people", default=(), tighten="people")


@frozen
class OwnToken:
    """``[[secrets.tokens]]``: a kind of credential that the team issues itself, found like those of the providers."""

    id: str = _setting("the rule's name: `secrets/ID`", default="", tighten="own", form="id", least=1)
    regex: str = _setting(
        "what one looks like, in RE2's syntax, which is matched in linear time; a group, where there is one, is the secret",
        default="",
        tighten="own",
        form="regex",
        least=1,
    )
    title: str = _setting("what people call it; made from the id unless said", default="", tighten="own", form="words")
    opens: str = _setting(
        "what it gives access to, as the end of the sentence `it opens …`",
        default="what it was issued for",
        tighten="own",
        form="words",
    )
    severity: Severity = _setting("how much harm a leak does", default=Severity.HIGH, tighten="own")
    confidence: Confidence = _setting("how sure a match is one", default=Confidence.HIGH, tighten="own")
    lifetime: Lives = _setting("how long one works", default="unknown", tighten="own")


@frozen
class Secrets:
    """``[secrets]``: what counts as a secret here, besides what always does."""

    tokens: tuple[OwnToken, ...] = _setting("kinds of credentials of the team's own", default=(), tighten="union")


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
    secrets: Secrets = _setting("what counts as a secret", default=Secrets(), tighten="nested")
    credentials: Credentials = _setting("how long a credential may live", default=Credentials(), tighten="nested")
    review: Reviewing = _setting("who answers for which lines", default=Reviewing(), tighten="nested")
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
