"""From a change to a report: what is found, what is excluded, what could not be looked at, with one process and with several."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from countermark.change import Change, FileChange, Skipped, Unreadable
from countermark.config.schema import Limits, RuleSetting, Settings
from countermark.content import Content
from countermark.errors import ExitCode, UsageError
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import Project, load_project
from countermark.verdict import Level, Report
from countermark_rules.inspect import inspect
from tests.support import fake_aws_key, random_text

LEAK = f"key = '{fake_aws_key()}'\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return load_project(WorktreeSnapshot(tmp_path), repository=None, environ={}, today=date(2026, 1, 2))


def change(*entries: FileChange | Skipped | Unreadable) -> Change:
    return Change("/", entries, len(entries))


def file(path: str, text: str) -> FileChange:
    return FileChange(path, Content.of_text(text))


def found(report: Report) -> list[tuple[str, str, Level]]:
    return [(item.finding.path, item.finding.rule.id, item.verdict.level) for item in report.judged]


def test_a_leak_blocks_and_comes_before_what_only_warns(project: Project) -> None:
    unsafe = file("b.py", "import pickle\npickle.loads(data)\n")
    warns = evolve(project, settings=Settings(rules={"py/unsafe-deserialization": RuleSetting("warn")}))

    report = inspect(change(unsafe, file("c.py", LEAK)), warns)

    assert found(report) == [
        ("c.py", "secrets/aws-access-key-id", Level.BLOCK),
        ("b.py", "py/unsafe-deserialization", Level.WARN),
    ]
    assert report.exit_code(Level.BLOCK) is ExitCode.BLOCKED


@pytest.mark.parametrize(
    ("switched_off", "told"),
    [((), "secrets/keyword"), (("secrets/keyword",), "py/hard-coded-password")],
)
def test_a_secret_is_told_once_by_the_rule_that_knows_most(
    project: Project, switched_off: tuple[str, ...], told: str
) -> None:
    text = f'import psycopg\npsycopg.connect(host="db", password="{random_text(16, "abcdefgh0123456789")}")\n'
    settings = Settings(rules={rule: RuleSetting("off") for rule in switched_off})

    report = inspect(change(file("a.py", text)), evolve(project, settings=settings))

    assert [rule for _, rule, _ in found(report)] == [told]


DYING = """
import os, time
from datetime import date
from pathlib import Path
from countermark.change import Change, FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import load_project
from countermark_rules import registry
from countermark_rules.inspect import inspect

class Dying:
    name, batch, rules = "dying", False, ()
    def prepare(self): pass
    def wants(self, file): time.sleep(0.1); return file.path == "30.py"
    def detect(self, files): os.kill(os.getpid(), 9)

registry.DETECTORS = {"dying": lambda settings, today: Dying()}
project = load_project(WorktreeSnapshot(Path.cwd()), repository=None, environ={}, today=date(2026, 1, 2))
files = [FileChange(f"{n}.py", Content(b"x = 1\\n" * 200_000)) for n in range(40)]
report = inspect(Change("/", files, 40), project, jobs=2)
print(report.files, report.failures[0].message)
"""


def test_files_of_a_process_that_died_are_counted(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-I", "-c", DYING], cwd=tmp_path, capture_output=True, text=True, check=True)

    looked_at, message = done.stdout.split(" ", 1)
    assert f"so {40 - int(looked_at)} files were not looked at" in message


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_processes_say_what_one_says(project: Project, jobs: int) -> None:
    filler = "x = 1  # filler\n" * 60_000
    files = [file(f"{n}.py", filler + (LEAK if n % 3 == 0 else "")) for n in range(12)]
    done: list[int] = []

    report = inspect(change(*files), project, jobs=jobs, progress=done.append)

    assert [path for path, _, _ in found(report)] == ["0.py", "3.py", "6.py", "9.py"]
    assert {item.finding.start.line for item in report.judged} == {60_001}
    assert sum(done) == report.files == 12


def test_what_is_not_looked_at_is_said(project: Project) -> None:
    excluding = evolve(project, settings=Settings(exclude=("old/**",)))

    report = inspect(
        change(file("old/a.py", LEAK), Skipped("b", "binary"), Unreadable("c", "no permission")), excluding
    )

    assert report.files == 0
    assert [skipped.path for skipped in report.skipped] == ["old/a.py", "b"]
    assert [(failure.path, failure.message) for failure in report.failures] == [("c", "no permission")]
    assert report.exit_code(Level.BLOCK) is ExitCode.BROKEN


def test_time_that_is_over_is_said(project: Project) -> None:
    hurried = evolve(project, settings=Settings(limits=Limits(total_seconds=1e-9)))

    report = inspect(change(file("a.py", LEAK), file("b.py", LEAK)), hurried)

    assert "2 files were not looked at" in report.failures[0].message
    assert report.exit_code(Level.BLOCK) is ExitCode.BROKEN


def test_a_setting_for_an_unknown_rule_is_refused_with_a_hint(project: Project) -> None:
    wrong = evolve(
        project, settings=Settings(rules={"secrets/aws-acces-key-id": RuleSetting("off"), "x/*": RuleSetting("off")})
    )

    with pytest.raises(UsageError) as refused:
        inspect(change(), wrong)

    assert "did you mean 'secrets/aws-access-key-id'?" in str(refused.value)
    assert 'rules."x/*"' in str(refused.value)


def test_a_suppressed_finding_is_neither_judged_nor_lost(project: Project) -> None:
    comment = "# countermark: allow secrets/aws-access-key-id because it is a fixture\n"

    report = inspect(change(file("a.py", comment + LEAK)), project)

    assert found(report) == []
    assert [suppressed.finding.rule.id for suppressed in report.suppressed] == ["secrets/aws-access-key-id"]
    assert report.suppressed[0].in_source


def test_nothing_written_holds_the_secret(project: Project) -> None:
    secret = fake_aws_key("another")

    report = inspect(change(file("a.py", f"first = '{secret}'; second = '{secret}'  # bad_comment\n")), project)

    assert len(report.judged) == 2
    assert secret not in repr(report)
