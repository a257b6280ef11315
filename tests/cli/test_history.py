"""`countermark check --history`: what was published once, who brought it, whether it is still there; and going on after Ctrl-C."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import Repository, fake_aws_key, fake_github_token, is_gone

KEY, TOKEN = fake_aws_key(), fake_github_token()
COMMITS = 1500


def found(repository: Repository, *args: str, code: int = 1) -> list[dict[str, Any]]:
    """The findings in the history, the oldest place first."""
    done = repository.countermark("check", "--format", "json", *(args or ("--history",)))
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    findings: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return sorted(findings, key=lambda finding: (finding["origin"]["date"], finding["path"]))


def told(finding: dict[str, Any]) -> tuple[str, str, bool]:
    """Where a finding comes from."""
    return finding["path"], finding["origin"]["author"], finding["origin"]["in_head"]


def kept(repository: Repository) -> list[Path]:
    """What interrupted runs have left."""
    return list(Path(repository.env["XDG_CACHE_HOME"], "countermark").glob("history-*"))


@pytest.fixture
def lived_in(repository: Repository) -> Repository:
    """Ada brings a key, Bob moves it down, Eve removes it; Bob's token stays, in a file that moves."""
    repository.write("a.py", f"key = '{KEY}'\n").stage().commit("1", "--author=Ada <a@example.invalid>")
    repository.write("a.py", f"first = 1\nkey = '{KEY}'\n").write("b.py", f"token = '{TOKEN}'\n").stage()
    repository.commit("2", "--author=Bob <b@example.invalid>")
    repository.write("a.py", "first = 1\n").stage().commit("3", "--author=Eve <e@example.invalid>")
    repository.git("mv", "b.py", "c.py")
    return repository.write("c.py", f"import os\n\ntoken = '{TOKEN}'\n").stage().commit("4")


def test_each_finding_once_with_who_brought_it_and_whether_it_is_there(lived_in: Repository) -> None:
    findings = found(lived_in)
    assert [told(finding) for finding in findings] == [
        ("a.py", "Ada", False),
        ("b.py", "Bob", True),
        ("c.py", "Ada", True),
    ]
    first = lived_in.git("rev-list", "--max-parents=0", "HEAD").stdout.strip()
    assert findings[0]["commit"] == first
    assert {finding["origin"]["date"] for finding in findings} == {"2026-01-02"}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("HEAD~3", {("a.py", "Ada", False)}),
        ("HEAD~3..HEAD~1", {("b.py", "Bob", True)}),  # the key was there before, and only moves
        ("HEAD~2..HEAD~1", set()),
        ("HEAD~1..", set()),
    ],
)
def test_a_part_tells_what_its_own_commits_brought(
    lived_in: Repository, spec: str, expected: set[tuple[str, str, bool]]
) -> None:
    assert {told(finding) for finding in found(lived_in, "--history", spec, code=bool(expected))} == expected


def test_people_read_who_it_was_and_what_to_do(lived_in: Repository) -> None:
    said = " ".join(lived_in.countermark("check", "--history").stdout.split())
    first = lived_in.git("rev-list", "--max-parents=0", "HEAD").stdout[:12]
    assert f"from: commit {first} by Ada, 2026-01-02; gone from HEAD, but not from the history, so revoke it" in said
    assert "by Bob, 2026-01-02; still in HEAD" in said


def test_names_of_authors_are_shown_escaped(repository: Repository) -> None:
    repository.write("a.py", f"key = '{KEY}'\n").stage().commit("1", "--author=E\x1b[2Jv\u202ee <e@example.invalid>")
    for format_ in ("text", "json", "sarif"):
        said = repository.countermark("check", "--history", "--format", format_).stdout
        assert "2Jv" in said
        assert "\x1b" not in said
        assert "\u202e" not in said


def test_sarif_tells_it_too(lived_in: Repository) -> None:
    [run] = json.loads(lived_in.countermark("check", "--history", "--format", "sarif").stdout)["runs"]
    properties = {result["properties"]["origin"]["in_head"] for result in run["results"]}
    assert properties == {True, False}


def test_only_secrets_are_looked_for(repository: Repository) -> None:
    repository.write("a.py", "import requests\nrequests.get('https://example.com', verify=False)\n").stage().commit()
    assert found(repository, "--history", code=0) == []
    done = repository.countermark("check", "--history", "--only", "py")
    assert (done.returncode, done.stdout) == (2, "")


def test_what_is_suppressed_or_excluded_stays_so(repository: Repository) -> None:
    allowed = f"key = '{KEY}'  # countermark: allow secrets/* because it opens nothing\n"
    repository.write("a.py", allowed).write("skipped/b.py", f"token = '{TOKEN}'\n").stage().commit()
    repository.write("a.py", "pass\n").write("countermark.toml", 'exclude = ["skipped/"]\n').stage().commit()
    assert found(repository, "--history", code=0) == []
    assert len(found(repository, "--history", "--ignore-inline")) == 1


def test_all_processors_find_what_one_finds(long: Repository) -> None:
    reports = [long.countermark("check", "--history", "--format", "json", "--jobs", jobs).stdout for jobs in ("1", "2")]
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["summary"]["files"] == COMMITS


@pytest.fixture
def long(repository: Repository, tmp_path: Path, shared_cache: Path) -> Repository:
    """Commits that each write a new text of 40 kB; every hundredth has a key of its own, which the next one takes away."""
    shutil.copytree(shared_cache, tmp_path / "cache")  # what other tests leave there must not be counted
    repository.env["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    stream: list[bytes] = []
    for number in range(COMMITS):
        key = f"key = '{fake_aws_key(str(number))}'\n" if number % 100 == 0 else ""
        text = (key + f"value_{number} = {number}\n" * 2000).encode()
        stream += [
            b"commit refs/heads/main\ncommitter A <a@example.invalid> %d +0000\ndata 0\n" % (1_700_000_000 + number),
            b"M 100644 inline file.py\ndata %d\n%s\n" % (len(text), text),
        ]
    repository.git("fast-import", "--quiet", input=b"".join(stream))
    return repository


def begin(repository: Repository, jobs: int) -> None:
    """Look at the history, and press Ctrl-C when a part of it is done."""
    code = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "from countermark.changes.history import Past\n"
        "from countermark.config.schema import Settings\n"
        "from countermark.git.repository import discover\n"
        "from countermark.project import Project\n"
        "from countermark.triage.triage import Triage\n"
        "from countermark_rules.history import inspect_history\n"
        "def press(commits): raise KeyboardInterrupt\n"
        "project = Project(Settings(), Triage(today=date.today()))\n"
        "try: inspect_history(Past.of(discover(Path('.'))), project, jobs=int(sys.argv[1]), progress=press)\n"
        "except KeyboardInterrupt: sys.exit(130)\n"
    )
    command = [sys.executable, "-I", "-c", code, str(jobs)]
    done = subprocess.run(command, cwd=repository.path, env=repository.env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def head(state: Path) -> dict[str, Any]:
    """What is written before the ids."""
    value: dict[str, Any] = json.loads(state.read_bytes()[32:].partition(b"\n")[0])
    return value


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_look_is_continued(long: Repository, jobs: int) -> None:
    whole = long.countermark("check", "--history", "--format", "json").stdout
    begin(long, jobs)
    [left] = kept(long)
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    done = head(left)["done"]
    assert 0 < done < COMMITS
    data = left.read_bytes()
    assert not any(fake_aws_key(str(number)).encode() in data for number in range(0, COMMITS, 100))
    begin(long, jobs)
    assert head(left)["done"] > done
    assert long.countermark("check", "--history", "--format", "json").stdout == whole
    assert kept(long) == []


@pytest.mark.parametrize("change", ["settings", "--no-resume", "spoilt"])
def test_another_question_begins_anew(long: Repository, change: str) -> None:
    begin(long, 1)
    [left] = kept(long)
    if change == "settings":
        long.write("countermark.toml", "[limits]\nfile-bytes = 1000\n")
    if change == "spoilt":
        left.write_bytes(left.read_bytes()[:-1] + b"x")
    args = [change] if change.startswith("--") else []
    done = long.countermark("check", "--history", "--format", "json", *args)
    assert json.loads(done.stdout)["summary"]["files"] == (0 if change == "settings" else COMMITS)


STALLING = """#!/bin/sh
case "$*" in
  *" diff-tree --stdin"*) {git} "$@" | (head -c 150000; sleep 60) ;;
  *) exec {git} "$@" ;;
esac
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to a group of processes")
def test_ctrl_c_ends_at_once_and_says_how_to_go_on(long: Repository, tmp_path: Path) -> None:
    """A git that stalls in the middle of its list gives us all the time there is."""
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(STALLING.format(git=shutil.which("git")), "utf-8")
    slow.chmod(0o755)
    environ = {**long.env, "PATH": f"{slow.parent}{os.pathsep}{long.env['PATH']}"}
    command = [sys.executable, "-I", "-m", "countermark_cli", "check", "--history"]
    lines = ["the same command goes on where this one stopped", "interrupted; the result is incomplete"]
    for pause in (1, 2, 4, 8, 16):
        with subprocess.Popen(
            command, cwd=long.path, env=environ, start_new_session=True, stderr=subprocess.PIPE, text=True
        ) as process:
            time.sleep(pause)
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=30)
        assert process.returncode == 130
        assert is_gone(process.pid)
        if kept(long):
            assert [line for line in said.splitlines() if line] == [f"countermark: {line}" for line in lines]
            return
    pytest.fail("nothing was done before the interruption")


def test_a_look_that_ran_out_of_time_is_continued(long: Repository) -> None:
    long.write("countermark.toml", "[limits]\ntotal-seconds = 0.01\n")
    done = long.countermark("check", "--history")
    assert done.returncode == 3
    assert "the same command goes on" in " ".join(done.stdout.split())
    looked = 0
    report: dict[str, Any] = {}
    for _ in range(30):
        report = json.loads(long.countermark("check", "--history", "--format", "json").stdout)
        assert report["summary"]["files"] > looked
        looked = report["summary"]["files"]
        if not report["summary"]["failures"]:
            break
    assert looked == COMMITS
    assert len(report["findings"]) == COMMITS // 100
