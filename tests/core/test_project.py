"""A project: settings and baselines of one snapshot, under an organisation's policy."""

from __future__ import annotations

import hashlib
import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from countermark.errors import UsageError
from countermark.git.repository import discover
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot, WorktreeSnapshot
from countermark.project import Project, load_project, own_baseline
from countermark.snapshot import Snapshot
from countermark.triage.baseline import Baseline, Entry, render
from countermark.verdict import Level
from tests.core.config.memory import Memory, own
from tests.support import Repository

TODAY = date(2026, 6, 15)
ENTRY = Entry("0123456789abcdef", "secrets/key", "a.py")


def project_of(snapshot: Snapshot, home: Path, *, ignore_inline: bool = False, **environ: str) -> Project:
    environ = {"PATH": "/nowhere", "HOME": str(home), **environ}
    return load_project(snapshot, repository=None, environ=environ, today=TODAY, ignore_inline=ignore_inline)


def test_defaults(home: Path) -> None:
    project = project_of(Memory({}), home)
    assert project.settings.policy.fail_on is Level.BLOCK
    assert project.overridden == ()
    assert (project.triage.today, project.triage.longest) == (TODAY, None)
    assert (project.triage.ignore_inline, project.triage.foreign_markers) == (False, False)
    assert len(project.triage.baseline) == 0


def test_triage_follows_the_policy(home: Path) -> None:
    project = project_of(own("policy = { foreign-markers = true, longest-suppression = 30 }"), home, ignore_inline=True)
    assert (project.triage.ignore_inline, project.triage.foreign_markers, project.triage.longest) == (True, True, 30)


def test_what_is_staged_is_judged_by_what_is_staged(repository: Repository) -> None:
    repository.write("countermark.toml", 'policy.fail-on = "note"').stage().commit()
    repository.write("countermark.toml", 'policy.fail-on = "warn"').stage()
    repository.write("countermark.toml", 'policy.fail-on = "review"')
    repository.write(".countermark/baseline.jsonl", render(Baseline((ENTRY,))))
    found = discover(repository.path, repository.env)
    assert found is not None
    snapshots = (CommitSnapshot(found, "HEAD"), IndexSnapshot(found), WorktreeSnapshot(repository.path))
    projects = [load_project(one, repository=found, environ=repository.env, today=TODAY) for one in snapshots]
    assert [one.settings.policy.fail_on for one in projects] == [Level.NOTE, Level.WARN, Level.REVIEW]
    assert [len(one.triage.baseline) for one in projects] == [0, 0, 1]


DETECT_SECRETS = json.dumps({"results": {"a.py": [{"hashed_secret": hashlib.sha256(b"x").hexdigest()[:40]}]}}, indent=1)


def test_baselines_of_three_kinds_count_together(home: Path) -> None:
    files: dict[str, str | bytes] = {
        "countermark.toml": 'baselines = ["known.jsonl", "absent", ".secrets.baseline", "audit/old", "sub/.gitleaksignore", "more"]',
        "known.jsonl": render(Baseline((ENTRY,))),
        "more": render(Baseline((Entry("f" * 18, "secrets/key", "b.py"), ENTRY))),
        ".secrets.baseline": DETECT_SECRETS.replace("a.py", "b.py"),
        "audit/old": DETECT_SECRETS,
        "sub/.gitleaksignore": "a.py:rule:3\n",
    }
    triage = project_of(Memory(files), home).triage
    assert [entry.path for entry in triage.baseline.entries] == ["a.py", "b.py"]
    assert {path for path, _ in triage.foreign.hashes} == {"a.py", "b.py"}
    assert triage.foreign.lines == {(None, "a.py", 3)}
    forgotten = triage.without_baselines()
    assert (len(forgotten.baseline), forgotten.foreign.lines) == (0, frozenset())


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        (".countermark/baseline.jsonl", "<<<<<<< ours\n", ".countermark/baseline.jsonl:1: a conflict marker"),
        ("countermark.toml", "x = 1", "countermark.toml: unknown key 'x'"),
    ],
)
def test_what_cannot_be_used_is_an_error(home: Path, name: str, content: str, fault: str) -> None:
    with pytest.raises(UsageError) as raised:
        project_of(Memory({name: content}), home)
    assert str(raised.value).startswith(fault)


@pytest.mark.parametrize(
    ("allow", "known", "ignored"),
    [('["baselines", "comments"]', 1, False), ('["comments"]', 0, False), ('["baselines"]', 1, True), ("[]", 0, True)],
)
def test_an_organisation_decides_who_may_answer(home: Path, allow: str, known: int, ignored: bool) -> None:
    policy = home / "policy.toml"
    policy.write_text(f"organisation.allow = {allow}")
    files: dict[str, str | bytes] = {".countermark/baseline.jsonl": render(Baseline((ENTRY,)))}
    project = project_of(Memory(files), home, COUNTERMARK_POLICY=str(policy))
    assert (len(project.triage.baseline), project.triage.ignore_inline) == (known, ignored)
    assert project.overridden == ()


def test_what_a_repository_does_not_get_is_listed(home: Path) -> None:
    policy = home / "policy.toml"
    policy.write_text('policy.fail-on = "warn"\norganisation.allow = []')
    project = project_of(own('policy.fail-on = "block"\nbaselines = ["x"]'), home, COUNTERMARK_POLICY=str(policy))
    assert project.overridden == ("policy.fail-on", "baselines")
    assert project.settings.policy.fail_on is Level.WARN


@pytest.mark.parametrize("policy", ["/nowhere/policy.toml", "policy.toml"])
def test_without_the_organisations_policy_nothing_is_judged(home: Path, policy: str) -> None:
    with pytest.raises(UsageError, match=r"policy\.toml"):
        project_of(Memory({}), home, COUNTERMARK_POLICY=policy)


@pytest.mark.parametrize(
    ("baselines", "expected"),
    [
        ('[".countermark/baseline.jsonl"]', ".countermark/baseline.jsonl"),
        ('[".secrets.baseline", ".gitleaksignore", "known"]', "known"),
        ('[".secrets.baseline"]', None),
        ("[]", None),
    ],
)
def test_which_baseline_is_ours_to_write(home: Path, baselines: str, expected: str | None) -> None:
    assert own_baseline(project_of(own(f"baselines = {baselines}"), home).settings) == expected


def test_a_project_reaches_other_processes(home: Path) -> None:
    project = project_of(Memory({".countermark/baseline.jsonl": render(Baseline((ENTRY,)))}), home)
    # countermark: allow py/unsafe-deserialization because it was made a moment ago
    copy = pickle.loads(pickle.dumps(project))  # noqa: S301 - made a moment ago
    assert len(copy.triage.baseline) == 1
