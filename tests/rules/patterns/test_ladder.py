"""Stepping down: what breaks, what still answers, and what people are told of it."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from countermark.change import Change, FileChange
from countermark.config.schema import Limits, Settings
from countermark.content import Content
from countermark.errors import ExitCode, PartFailed
from countermark.project import Project
from countermark.report.findings import as_value
from countermark.report.text import text
from countermark.triage.triage import Triage
from countermark.verdict import Level, Report
from countermark_rules.detectors.patterns import rungs, semgrep
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.ladder import Ladder
from countermark_rules.detectors.patterns.rungs import CORE, EXPERIMENTAL, Rung
from countermark_rules.detectors.patterns.scanning import Bounds, Engine
from countermark_rules.detectors.patterns.semgrep import TooSlow
from countermark_rules.inspect import inspect
from countermark_rules.inspector import Inspector

from .texts import EVAL, python

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

SOURCE = python("a.py", "eval(b)\n")
BOUNDS = Bounds(seconds=60)


def stand_in(folder: Path, script: str) -> Rung:
    """A core that does something else."""
    program = folder / "semgrep-core"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Rung("semgrep-core", lambda call: [str(program), str(call.rules)])


EMPTY = '{"results": [], "errors": [], "paths": {"scanned": []}}'
FAULTS = {
    "not there": ("exec /nonexistent/program", "gave no answer"),
    "silent": ("exit 0", "gave no answer"),
    "usage": ("echo 'unknown option -targets' >&2; exit 2", "gave no answer"),
    "no JSON": ("echo '<html>'", "gave no answer"),
    "another shape": ("echo '[]'", "gave no answer"),
    "finds nothing": (f"echo '{EMPTY}'", "did not find what it is tested with"),
    "killed": ("kill -9 $$", "gave no answer"),
}


@pytest.mark.parametrize(("script", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_the_next_one_answers_and_people_are_told(tmp_path: Path, script: str, said: str) -> None:
    output = Ladder((stand_in(tmp_path, script), CORE)).scan([EVAL], [SOURCE], BOUNDS)

    assert [(one.rule, one.path) for one in output.matches] == [("py.eval", "a.py")]
    [remark] = output.remarks
    assert said in remark
    assert "semgrep-core looked instead" in remark


def test_the_first_one_answers_without_a_word() -> None:
    assert Ladder((CORE, EXPERIMENTAL)).scan([EVAL], [SOURCE], BOUNDS).remarks == ()


def test_where_none_answers_each_is_named(tmp_path: Path) -> None:
    ladder = Ladder((stand_in(tmp_path, "exit 1"), EXPERIMENTAL._replace(program=lambda: tmp_path / "gone")))

    with pytest.raises(
        PartFailed, match=r"semgrep-core gave no answer.*; semgrep scan --experimental cannot be started"
    ):
        ladder.scan([EVAL], [SOURCE], BOUNDS)


@pytest.mark.parametrize("found", [None, "1.100.0", "2.0.0", "0.86.5"])
def test_a_semgrep_of_another_age_is_named_once_nothing_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    import importlib.metadata

    def version(_: str) -> str:
        if found is None:
            raise importlib.metadata.PackageNotFoundError
        return found

    monkeypatch.setattr(importlib.metadata, "version", version)

    with pytest.raises(PartFailed, match=f"semgrep {found} is installed" if found else "semgrep is not installed"):
        Ladder((stand_in(tmp_path, "exit 1"),)).scan([EVAL], [SOURCE], BOUNDS)


def test_a_missing_semgrep_is_a_fault_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semgrep, "find_spec", lambda _: None)

    with pytest.raises(PartFailed, match="reinstall countermark"):
        rungs.CORE.scan([EVAL], [SOURCE], BOUNDS)


def test_one_that_hangs_is_ended_with_all_that_it_started_and_none_is_tried_after_it(tmp_path: Path) -> None:
    written = tmp_path / "child"
    slow = stand_in(tmp_path, f"sleep 300 & echo $! > {written}; wait")

    with pytest.raises(TooSlow, match="took longer than"):
        Ladder((slow, CORE)).scan([EVAL], [SOURCE], Bounds(seconds=2))

    assert gone(int(written.read_text()))


def gone(process_id: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process_id, 0)
            if Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def test_one_that_talks_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semgrep, "_MOST_OUTPUT", 10_000)

    with pytest.raises(PartFailed, match="more to say than can be read"):
        stand_in(tmp_path, "yes").scan([EVAL], [SOURCE], BOUNDS)


def test_a_real_core_that_is_killed_mid_scan_is_no_clean_result(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    waiting = stand_in(tmp_path, f"echo $$ > {pid}; exec sleep 300")

    def kill() -> None:
        while not pid.exists() or not pid.read_text().strip():
            time.sleep(0.01)
        os.kill(int(pid.read_text()), signal.SIGKILL)

    threading.Thread(target=kill).start()
    with pytest.raises(PartFailed, match="gave no answer"):
        waiting.scan([EVAL], [SOURCE], BOUNDS)


def looked(engine: Engine, path: str = "a.py", body: str = "import pickle\npickle.loads(x)\n") -> Report:
    settings = Settings(limits=Limits(file_seconds=60))
    project = Project(settings, Triage(today=date(2026, 1, 1)))
    inspector = Inspector(project, [PatternsDetector(settings, engine=engine)])
    outcome = inspector.outcome([FileChange(path, Content.of_text(body))])
    whole = inspect(Change("/", []), project)
    return evolve(
        whole,
        judged=outcome.judged,
        failures=outcome.failures,
        remarks=outcome.remarks,
        skipped=outcome.skipped,
        files=1,
    )


def test_a_step_down_shows_in_the_report_and_does_not_fail_it(tmp_path: Path) -> None:
    report = looked(Ladder((stand_in(tmp_path, "exit 1"), CORE)))

    assert [item.finding.rule.id for item in report.judged] == ["py/unsafe-deserialization"]
    assert report.failures == ()
    assert "note: patterns: semgrep-core gave no answer" in text(report, fail_on=Level.BLOCK)
    assert [item["part"] for item in as_value(report)["summary"]["remarks"]] == ["patterns"]
    assert report.exit_code(Level.BLOCK) is ExitCode.BLOCKED


def test_no_answer_at_all_is_never_clean(tmp_path: Path) -> None:
    report = looked(Ladder((stand_in(tmp_path, "exit 1"),)))

    assert report.exit_code(Level.BLOCK) is ExitCode.BROKEN
    assert [(failure.part, failure.path) for failure in report.failures] == [("patterns", "a.py")]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param("import pickle\rx = 1 # a\rpickle.loads(x)\r", 3, id="old Mac"),
        pytest.param('import pickle\r\ny = "é😀\u2028" #\rpickle.loads(x)\n', 3, id="mixed"),
        pytest.param("\ufeffimport pickle\npickle.loads(x)\n", 2, id="byte order mark"),
    ],
)
def test_no_line_end_hides_code(body: str, line: int) -> None:
    [item] = looked(CORE, body=body).judged

    assert item.finding.start.line == line
    assert item.finding.excerpt.text.strip() == "pickle.loads(x)"


def test_a_long_file_is_looked_at_to_its_end() -> None:
    body = "import pickle\n" + "value = compute(1)\n" * 20_000 + "pickle.loads(x)\n"

    report = looked(CORE, body=body)

    assert [item.finding.start.line for item in report.judged] == [20_002]
    assert report.failures == ()
    assert report.skipped == ()
