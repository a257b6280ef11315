"""The editor's engine: the same findings as the others, half-typed text repaired, and what happens when its process dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from countermark.change import FileChange
from countermark.config.schema import Limits, Settings
from countermark_rules.detectors.patterns import child as processes
from countermark_rules.detectors.patterns import warm as module
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.packs import PACKS
from countermark_rules.detectors.patterns.rungs import CORE
from countermark_rules.detectors.patterns.scanning import Bounds, Engine, Kind, Output, Source, Within
from countermark_rules.detectors.patterns.warm import Warm
from countermark_rules.engine import examine

from .test_fixtures import fixtures
from .texts import EVAL, python, rule

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no warm engine on Windows")

BOUNDS = Bounds(seconds=100)


class Cold:
    """The cold engine, counting how often it is asked."""

    name = "semgrep-core"

    def __init__(self) -> None:
        self.asked = 0

    def scan(self, rules: Sequence[Any], sources: Sequence[Source], bounds: Bounds) -> Output:
        self.asked += 1
        return CORE.scan(rules, sources, bounds)


@pytest.fixture
def cold() -> Cold:
    return Cold()


@pytest.fixture
def warm(cold: Cold, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warm]:
    monkeypatch.setattr(module, "_PATIENCE", 60.0)  # a busy machine is no reason to step down
    monkeypatch.setattr(module, "_QUICK", 60.0)
    engine = Warm(cold)
    yield engine
    engine.close()


def said(engine: Engine, files: Sequence[FileChange]) -> list[object]:
    limits = Settings(limits=Limits(file_seconds=120)).limits
    return [
        ({(one.rule.id, one.span, one.fixes, one.fingerprint) for one in seen.findings}, seen.failures, seen.skipped)
        for seen in examine(files, [PatternsDetector(Settings(), engine=engine)], limits)
    ]


@pytest.mark.parametrize("pack", PACKS)
def test_every_fixture_gives_the_same_warm_and_cold(pack: str, warm: Warm, cold: Cold) -> None:
    files = fixtures(pack)

    for file, expected in zip(files, said(CORE, files), strict=True):
        assert said(warm, [file]) == [expected], file.path  # one by one, as in an editor: each has rules of its own
    assert cold.asked == 0
    assert len(files) > 2


HALF_TYPED = {
    "python": (
        "def f(x):\n    eval(x)\n    {}\n    return 1\n\ndef g(x):\n    eval(x)\n",
        [
            "foo = bar.",
            "foo =",
            "if x",
            "foo(",
            "x = [1,",
            "import",
            "from a import",
            "def h(",
            "'abc",
            '"""abc',
            "}",
            "@",
        ],
    ),
    "javascript": (
        "function f(x) {{\n  eval(x);\n  {}\n  return 1;\n}}\nfunction g(x) {{\n  eval(x);\n}}\n",
        ["const foo = bar.", "foo =", "if (x", "foo(", "x = [1,", "import", "function h(", "'abc", "}", "const {a"],
    ),
    "yaml": ("a:\n  eval: true\n  {}\n  x: y\nb:\n  eval: true\n", ['foo: "abc', "foo: [", "foo: {a"]),
}
RULES = {"python": EVAL, "javascript": rule("js.eval", ["javascript"], pattern="eval($X)")}
RULES["yaml"] = rule("yaml.eval", ["yaml"], pattern="eval: true")
SUFFIXES = {"python": ".py", "javascript": ".js", "yaml": ".yaml"}


@pytest.mark.parametrize("language", HALF_TYPED)
def test_what_is_half_typed_hides_nothing_beside_it(language: str, warm: Warm, cold: Cold) -> None:
    body, halves = HALF_TYPED[language]
    for half in halves:
        text = body.format(half)
        source = Source("a", text.encode(), (language,), SUFFIXES[language])

        output = warm.scan([RULES[language]], [source], BOUNDS)

        starts = sorted({one.start for one in output.matches})
        assert starts == [at for at in range(len(text)) if text.startswith("eval", at)], half
        assert {one.kind for one in output.troubles} <= {Kind.SYNTAX}
    assert cold.asked == 0


def test_rules_about_functions_and_others_look_each_at_their_own_part_of_a_text(warm: Warm, cold: Cold) -> None:
    text = "def f(x):\n    eval(x)\n\ndef g(y):\n    b(y)\n    eval_not(y)\n"
    source = python("a.py", text)._replace(
        rules=frozenset({"py.eval", "py.name"}), within=(Within("py.eval", (r"\beval\(",)),)
    )

    output = warm.scan([EVAL, rule("py.name", ["python"], pattern="b(...)")], [source], BOUNDS)

    found = sorted((one.rule, one.start) for one in output.matches)
    assert found == [("py.eval", text.index("eval")), ("py.name", text.index("b(y"))]
    assert cold.asked == 0


def test_rules_that_come_later_are_learnt_and_those_of_others_are_not_told(warm: Warm, cold: Cold) -> None:
    other = rule("py.name", ["python"], pattern="b")
    changed = {**EVAL, "pattern": "exec($X)"}
    source = python("a.py", "eval(b)\nexec(b)\n")

    found = [[one.rule for one in warm.scan(rules, [source], BOUNDS).matches] for rules in ([EVAL], [other], [changed])]

    assert found == [["py.eval"], ["py.name", "py.name"], ["py.eval"]]
    assert cold.asked == 0


def test_when_its_process_dies_others_answer_and_that_is_told_once(warm: Warm, cold: Cold) -> None:
    source = python("a.py", "eval(b)\n")
    warm.scan([EVAL], [source], BOUNDS)
    child = warm._child
    assert child is not None
    assert child._process is not None
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()

    outputs = [warm.scan([EVAL], [source], BOUNDS) for _ in range(2)]

    assert [[one.rule for one in output.matches] for output in outputs] == [["py.eval"], ["py.eval"]]
    assert [len(output.remarks) for output in outputs] == [1, 0]
    assert "stopped unexpectedly" in outputs[0].remarks[0]
    assert cold.asked == 2

    warm._rests_until = 0.0
    assert [one.rule for one in warm.scan([EVAL], [source], BOUNDS).matches] == ["py.eval"]
    assert cold.asked == 2


def test_one_that_has_grown_is_replaced_and_nobody_notices(
    warm: Warm, cold: Cold, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = python("a.py", "eval(b)\n")
    warm.scan([EVAL], [source], BOUNDS)
    first = warm._child
    monkeypatch.setattr(processes, "_MOST_GROWTH", -1)

    outputs = [warm.scan([EVAL], [source], BOUNDS) for _ in range(2)]

    assert first is not None
    assert warm._child is not first
    assert [[one.rule for one in output.matches] for output in outputs] == [["py.eval"], ["py.eval"]]
    assert [output.remarks for output in outputs] == [(), ()]
    assert cold.asked == 0


def test_one_that_hangs_is_replaced(warm: Warm, monkeypatch: pytest.MonkeyPatch) -> None:
    source = python("a.py", "eval(b)\n")
    warm.scan([EVAL], [source], BOUNDS)
    child = warm._child
    assert child is not None
    assert child._process is not None
    os.kill(child._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(module, "_PATIENCE", 0.5)

    output = warm.scan([EVAL], [source], BOUNDS)

    assert [one.rule for one in output.matches] == ["py.eval"]
    assert "gave no answer within 0.5 s" in output.remarks[0]
    assert child._process.returncode == -signal.SIGKILL


def test_a_rule_that_it_cannot_use_is_named_by_the_cold_one(warm: Warm, cold: Cold) -> None:
    broken = rule("local.broken", ["python"], pattern="foo(((")

    output = warm.scan([EVAL, broken], [python("a.py", "eval(b)\n")], BOUNDS)

    assert [one.rule for one in output.matches] == ["py.eval"]
    assert cold.asked == 0 or {one.rule for one in output.troubles} == {"local.broken"}


def test_its_folder_is_private_and_goes_with_it(cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    stale, foreign = tmp_path / "countermark-lsp-999999999-x", tmp_path / f"countermark-lsp-{os.getpid()}-mine"
    for folder in (stale, foreign):
        folder.mkdir()
    engine = Warm(cold)
    engine.scan([EVAL], [python("a.py", "eval(b)\n")], BOUNDS)

    [folder] = [one for one in tmp_path.iterdir() if one != foreign]
    assert folder.stat().st_mode & 0o077 == 0
    assert not list(folder.rglob("*.py")), "a text outlived its scan"
    engine.close()

    assert list(tmp_path.iterdir()) == [foreign]
