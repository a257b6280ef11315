"""An organisation's policy: where it comes from, and that a repository can only make it stricter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.config.load import load
from countermark.config.organisation import find, load_file, tighten
from countermark.config.rule_levels import LEVELS, applied, setting_for
from countermark.config.schema import (
    Assisted,
    CredentialPath,
    Credentials,
    Gate,
    Judging,
    Limits,
    Need,
    Organisation,
    OwnToken,
    PathSetting,
    Person,
    Reviewing,
    ReviewPath,
    RuleSetting,
    Secrets,
    Settings,
    Signing,
    Threshold,
)
from countermark.errors import UsageError
from countermark.finding import Confidence, Severity
from countermark.git.repository import discover
from countermark.verdict import Level
from tests.support import Repository, git_environment

from .memory import own

_LEVEL = st.none() | st.sampled_from(LEVELS)
_RULES = st.dictionaries(st.sampled_from(["a/*", "a/x", "a/y", "b/x"]), st.builds(RuleSetting, _LEVEL, _LEVEL))
_THRESHOLD = st.builds(Threshold, st.sampled_from(Severity), st.sampled_from(Confidence))
_PATTERNS = st.lists(st.sampled_from(["a/", "b/", "!c"]), unique=True).map(tuple)
_JUDGING = st.builds(
    Judging,
    fail_on=st.sampled_from(Level),
    block=_THRESHOLD,
    warn=_THRESHOLD,
    untouched=st.sampled_from(Level),
    foreign_markers=st.booleans(),
    longest_suppression=st.none() | st.integers(1, 400),
    ai=st.builds(Assisted, st.integers(0, 3)),
)
_TIME = st.integers(0, 99).map(lambda minutes: timedelta(minutes=minutes))
_CREDENTIALS = st.builds(
    Credentials,
    max_lifetime=st.none() | _TIME,
    expired=st.sampled_from(Level),
    paths=st.lists(st.builds(CredentialPath, _PATTERNS, _TIME), unique=True, max_size=3).map(tuple),
)
_NEED = st.sampled_from(Need)
_BY = st.lists(st.sampled_from(["anyone", "not-the-author", "code-owner", "two-people"]), unique=True).map(tuple)
_REVIEW = st.builds(
    Reviewing,
    gate=st.sampled_from(Gate),
    ai=_NEED,
    suspected=_NEED,
    untracked=_NEED,
    by=_BY,
    signature=st.sampled_from(Signing),
    challenge=st.booleans(),
    editors=st.booleans(),
    trusted_formatting=st.booleans(),
    fastest_lines_per_minute=st.none() | st.integers(1, 99),
    too_fast=_NEED,
    longest_waiver=st.integers(1, 99),
    trailers=st.booleans(),
    paths=st.lists(st.builds(ReviewPath, st.just(("a/",)), ai=_NEED, by=_BY), max_size=2, unique=True).map(tuple),
    people=st.lists(st.builds(Person, st.sampled_from(["a@x", "b@x"])), max_size=2, unique=True).map(tuple),
)
_SETTINGS = st.builds(
    Settings,
    policy=_JUDGING,
    rules=_RULES,
    paths=st.lists(st.builds(PathSetting, _PATTERNS, st.sampled_from(Level)), max_size=3).map(tuple),
    secrets=st.lists(st.builds(OwnToken, st.sampled_from("ab"), st.just("a")), max_size=2).map(tuple).map(Secrets),
    credentials=_CREDENTIALS,
    exclude=_PATTERNS,
    baselines=_PATTERNS,
    review=_REVIEW,
    limits=st.builds(Limits, st.integers(1, 99), st.floats(0.01, 99), st.just(0.0) | st.floats(0, 99)),
    organisation=st.builds(
        Organisation,
        allow=st.lists(st.sampled_from(["baselines", "comments", "exclude", "paths"]), unique=True).map(tuple),
    ),
)


def longest(asked: Settings) -> timedelta:
    time = asked.credentials.max_lifetime
    return timedelta.max if time is None else time


def level_of(rules: dict[str, RuleSetting], rule: str, otherwise: str) -> int:
    found = setting_for(rules, rule)
    return LEVELS.index(applied(found[1] if found else RuleSetting(), otherwise))  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(_SETTINGS, _SETTINGS)
def test_nothing_ever_gets_looser(ours: Settings, theirs: Settings) -> None:
    joined = tighten(ours, theirs).settings

    policy, wanted = joined.policy, ours.policy
    assert policy.fail_on <= wanted.fail_on
    assert policy.untouched >= wanted.untouched
    assert policy.foreign_markers <= wanted.foreign_markers
    assert policy.ai.raise_ >= wanted.ai.raise_
    assert (policy.longest_suppression or 10**9) <= (wanted.longest_suppression or 10**9)
    for name in ("block", "warn"):
        assert getattr(policy, name).severity <= getattr(wanted, name).severity
        assert getattr(policy, name).confidence <= getattr(wanted, name).confidence
    assert longest(joined) <= longest(ours)
    assert joined.credentials.expired >= ours.credentials.expired
    assert {*joined.credentials.paths} == {
        *ours.credentials.paths,
        *theirs.credentials.paths,
    }  # the shortest time counts
    assert {*joined.secrets.tokens} == {*ours.secrets.tokens, *theirs.secrets.tokens}
    review, asked = joined.review, ours.review
    for name in ("gate", "ai", "suspected", "untracked", "signature", "challenge", "too_fast", "trailers"):
        assert getattr(review, name) >= getattr(asked, name)
    for name in ("editors", "trusted_formatting", "longest_waiver"):
        assert getattr(review, name) <= getattr(asked, name)
    assert (review.fastest_lines_per_minute or 10**9) <= (asked.fastest_lines_per_minute or 10**9)
    assert {*review.by} == {*asked.by, *theirs.review.by}
    assert {*review.paths} == {*asked.paths, *theirs.review.paths}  # the strictest counts
    assert review.people == (asked.people or theirs.review.people)
    assert joined.limits.file_bytes >= ours.limits.file_bytes
    assert joined.limits.file_seconds >= ours.limits.file_seconds
    assert (joined.limits.total_seconds or 10**9) >= (ours.limits.total_seconds or 10**9)
    for rule in ("a/x", "a/y", "a/z", "b/x", "c/x"):
        for otherwise in LEVELS:
            assert level_of(joined.rules, rule, otherwise) >= level_of(ours.rules, rule, otherwise)
    allowed = ours.organisation.allow
    assert joined.organisation == ours.organisation
    assert "exclude" in allowed or joined.exclude == ours.exclude
    assert "paths" in allowed or joined.paths == ours.paths
    assert "baselines" in allowed or joined.baselines == ()


@settings(max_examples=150, deadline=None)
@given(_SETTINGS, _SETTINGS)
def test_what_is_joined_stays(ours: Settings, theirs: Settings) -> None:
    joined = tighten(ours, theirs).settings
    again = tighten(ours, joined)
    assert again.settings == joined
    assert again.overridden == ()


@settings(max_examples=150, deadline=None)
@given(_SETTINGS, _SETTINGS)
def test_what_a_repository_asks_for_counts_where_it_is_stricter(ours: Settings, theirs: Settings) -> None:
    tightened = tighten(ours, theirs)
    if tightened.overridden == ():
        assert tightened.settings.policy == theirs.policy
        assert tightened.settings.limits == theirs.limits
        assert tightened.settings.credentials.max_lifetime == theirs.credentials.max_lifetime
        for rule, asked in theirs.rules.items():
            if asked != RuleSetting():
                for otherwise in LEVELS:
                    got = level_of(tightened.settings.rules, rule, otherwise)
                    assert got >= level_of({rule: asked}, rule, otherwise)


def test_every_key_is_covered_by_these_tests() -> None:
    """A key that is new needs a line in test_nothing_ever_gets_looser."""

    def names(table: type[attrs.AttrsInstance]) -> set[str]:
        return {attribute.name for attribute in attrs.fields(table)}

    tables = {"policy", "secrets", "credentials", "review", "limits", "organisation"}
    assert names(Settings) == {"rules", "paths", "exclude", "baselines", *tables}
    assert names(Credentials) == {"max_lifetime", "expired", "paths"}
    assert names(Secrets) == {"tokens"}
    assert names(Judging) == {"fail_on", "block", "warn", "untouched", "foreign_markers", "longest_suppression", "ai"}
    assert names(Assisted) == {"raise_"}
    assert names(Limits) == {"file_bytes", "file_seconds", "total_seconds"}
    assert names(Reviewing) == {
        *("gate", "ai", "suspected", "untracked", "by", "signature", "challenge", "editors", "trusted_formatting"),
        *("fastest_lines_per_minute", "too_fast", "longest_waiver", "trailers", "paths", "people"),
    }
    assert names(RuleSetting) == {"level", "at_least"}


ORGANISATION = """\
policy.fail-on = "warn"
policy.untouched = "note"
policy.block.severity = "critical"
rules."secrets/*".level = "block"
rules."py/a".level = "warn"
exclude = ["vendor/"]
credentials = { max-lifetime = "2h", paths = [{ match = ["a/"], max-lifetime = "0" }] }
limits.total-seconds = 0
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(ORGANISATION)
    return path


@pytest.mark.parametrize(
    ("repository", "overridden"),
    [
        ("", ()),
        ('policy.fail-on = "block"', ("policy.fail-on",)),
        ('policy.fail-on = "note"', ()),
        ('policy.block = { severity = "info" }\npolicy.untouched = "block"', ()),
        ('exclude = ["vendor/"]', ()),
        ('exclude = ["tests/"]', ("exclude",)),
        ('baselines = ["known.jsonl"]', ()),
        ('rules."secrets/x".level = "off"', ('rules."secrets/x"',)),
        ('rules."py/a".level = "review"', ()),
        ('rules."py/*".level = "off"', ('rules."py/*"',)),
        ('rules."other/x".level = "block"', ()),
        ('rules."other/x".level = "warn"', ('rules."other/x"',)),  # where the thresholds would block
        ('rules."other/x".at-least = "warn"', ()),
        ('[[paths]]\nmatch = ["tests/"]\nat-most = "note"', ("paths",)),
        ('credentials = { max-lifetime = "1h", expired = "warn" }', ()),
        (
            'credentials = { max-lifetime = "3h", expired = "note" }',
            ("credentials.max-lifetime", "credentials.expired"),
        ),
        ('credentials.paths = [{ match = ["a/"], max-lifetime = "30d" }]', ()),
        ("limits = { total-seconds = 5, file-bytes = 1 }", ("limits.file-bytes", "limits.total-seconds")),
    ],
)
def test_what_a_repository_does_not_get_is_listed(policy: Path, repository: str, overridden: tuple[str, ...]) -> None:
    organisation = load_file(policy)
    tightened = tighten(organisation, load(own(repository), organisation=organisation))
    assert tightened.overridden == overridden


def test_a_key_that_a_repository_does_not_name_is_the_organisations(policy: Path) -> None:
    organisation = load_file(policy)
    tightened = tighten(organisation, load(own('policy.block.confidence = "low"'), organisation=organisation))
    assert tightened.settings.policy == attrs.evolve(
        organisation.policy, block=Threshold(Severity.CRITICAL, Confidence.LOW)
    )
    assert tightened.settings.exclude == ("vendor/",)


def test_a_repository_may_do_what_it_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('exclude = ["vendor/"]\norganisation.allow = ["exclude", "paths"]')
    organisation = load_file(path)
    asked = load(own('exclude = ["gen/"]\npaths = [{ match = ["x"], at-most = "warn" }]'), organisation=organisation)
    tightened = tighten(organisation, asked)
    assert tightened.overridden == ()
    assert tightened.settings.exclude == ("vendor/", "gen/")
    assert tightened.settings.paths == (PathSetting(("x",), Level.WARN),)
    assert tightened.settings.baselines == ()  # not allowed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file or directory"),
        ("policy = 1", "policy.toml: policy: a table is needed"),
        ("x =", "line 1, column 4"),
        ('organisation.allow = ["all"]', "'all' is not one of baselines, comments, exclude, paths"),
        ("#" * 1_000_001, "larger than"),
    ],
)
def test_a_policy_that_cannot_be_used_is_an_error(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "policy.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=r"policy\.toml") as raised:
        load_file(path)
    assert said in str(raised.value)


def test_a_folder_is_no_policy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no regular file"):
        load_file(tmp_path)


@pytest.mark.parametrize(
    ("variable", "configured", "expected"),
    [
        (None, None, None),
        ("", None, None),
        ("/etc/policy.toml", "/other.toml", "/etc/policy.toml"),
        ("", "/other.toml", "/other.toml"),
        ("~/policy.toml", None, "HOME/policy.toml"),
        (None, "~/policy.toml", "HOME/policy.toml"),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_where_the_policy_is_named(
    tmp_path: Path, home: Path, variable: str | None, configured: str | None, expected: str | None, inside: bool
) -> None:
    made = Repository(tmp_path / "work", home)
    if configured is not None:
        made.git("config", "--global", "countermark.policy", configured)
    environ = git_environment(home) | ({} if variable is None else {"COUNTERMARK_POLICY": variable})
    repository = discover(made.path, environ) if inside else None
    found = find(repository, environ)
    assert found == (None if expected is None else Path(expected.replace("HOME", str(home))))


def test_a_relative_policy_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match="an absolute path is needed"):
        find(None, git_environment(home) | {"COUNTERMARK_POLICY": "policy.toml"})


def test_without_git_nothing_is_configured(home: Path) -> None:
    assert find(None, {"PATH": "/nowhere", "HOME": str(home)}) is None
