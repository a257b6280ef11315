"""Text is for a person whose commit was just stopped: what, where, why, what to do; and silence when all is well."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve

from countermark.change import Skipped
from countermark.finding import Lifetime
from countermark.report.text import text
from countermark.verdict import Failure, Judged, Level, Suppressed

from .samples import QUIET, TLS, VALUE, found, full, judged, report, tls


def show(*items: Judged, fail_on: Level = Level.BLOCK, width: int = 80, **more: Any) -> str:
    return text(report(*items, **more), fail_on=fail_on, width=width)


def test_a_leak_is_explained() -> None:
    assert show(judged(evolve(found(), lifetime=Lifetime.LONG), Level.BLOCK)) == (
        """\
settings.py
  1:8  block  Cloud key
     1 │ key = '********'
       │        ^^^^^^^^
    why:  Whoever reads this can act as the key until somebody revokes it.
    do:   Revoke the key, then read it from the environment.
    rule: secrets/cloud-key, long-lived; block by policy.block: a test

countermark: 1 block in 2 files; the check fails
  Fix it and check again. Only if it is wrong, or accepted, answer for it in a comment on its line:
    # countermark: allow secrets/cloud-key until YYYY-MM-DD because ...
  More about a rule: countermark check --explain secrets/cloud-key
"""
    )


def test_a_warning_shows_its_fix_and_what_explains_it() -> None:
    assert show(judged(tls(), Level.WARN)) == (
        """\
client.py
  2:21  warn  Certificate checks are off
     2 │     return get(url, verify=False)
       │                     ^^^^^^^^^^^^
    why:  Anyone on the network path can read this traffic.
    do:   Remove verify=False.
    fix:  Remove verify=False (check what it changes)
    see:  client.py:1 called load
    see:  elsewhere.py called here
    rule: py/tls-verify-off; warn by policy.warn: a test

countermark: 1 warn in 2 files; the check passes
"""
    )


@pytest.mark.parametrize("suppressed", [(), (Suppressed(found(), in_source=True, why="a fake"),)])
def test_nothing_to_say_is_said_by_silence(suppressed: tuple[Suppressed, ...]) -> None:
    assert show(suppressed=suppressed) == ""


def test_what_nobody_looked_at_is_said_even_when_nothing_was_found() -> None:
    many = tuple(Skipped(f"{number}.bin", "binary") for number in range(7))
    said = show(
        skipped=(Skipped("vendor.js", "minified"), *many), failures=(Failure("secrets", "a.py", "took too long"),)
    )
    assert said == (
        """\
not looked at: 8 files
  binary: 0.bin, 1.bin, 2.bin, 3.bin, 4.bin and 2 more
  minified: vendor.js
failed: secrets on a.py: took too long
The result is incomplete: what failed may hide more. `countermark doctor` checks every part.
"""
    )


def test_an_explanation_is_given_once() -> None:
    said = show(judged(found(), Level.BLOCK), judged(found(path="b.py"), Level.BLOCK))
    assert said.count("why:") == said.count("do:") == 1
    assert said.count("rule: secrets/cloud-key") == 2


def test_what_is_no_ones_fault_today_takes_one_line() -> None:
    said = show(
        judged(found(), Level.BLOCK),
        judged(evolve(tls(), touched=False), Level.WARN),
        judged(found("assert admin\n", "assert", rule=QUIET, path="a.py"), Level.NOTE),
    )
    assert "\nclient.py:2:21  warn  Certificate checks are off  py/tls-verify-off\n" in said
    assert "\na.py:1:1  note  Assert in code  py/assert\n" in said
    assert "1 block, 1 warn, 1 note" in said


def test_notes_never_fill_the_screen() -> None:
    notes = [judged(found("assert x\n", "assert", rule=QUIET, path=f"{n}.py"), Level.NOTE) for n in range(30)]
    said = show(*notes)
    assert said.count("py/assert") == 20
    assert "... and 10 more; --format json lists them all" in said


def test_a_note_that_fails_the_check_is_explained() -> None:
    said = show(judged(found("assert x\n", "assert", rule=QUIET), Level.NOTE), fail_on=Level.NOTE)
    assert "do:   Raise." in said
    assert "the check fails" in said


def test_files_come_in_the_order_of_their_worst_finding() -> None:
    said = show(
        judged(found(path="z.py"), Level.BLOCK),
        judged(found(path="a.py"), Level.REVIEW),
        judged(found("verify = 0", "verify", rule=TLS, path="z.py"), Level.WARN),
    )
    assert re.findall(r"^(?:[az]\.py|  1:\S+  \w+)", said, re.MULTILINE) == [
        "z.py",
        "  1:8  block",
        "  1:1  warn",
        "a.py",
        "  1:8  review",
    ]


@pytest.mark.parametrize(
    ("line", "shown", "underlined"),
    [
        (f"\tkey = '{VALUE}'", "    key = '********'", 11),
        (f"名前 = '{VALUE}'", "名前 = '********'", 8),
        (f"e\u0301 = '{VALUE}'", "e\u0301 = '********'", 5),
        (f"\u202ekey = '{VALUE}'", "\\u202ekey = '********'", 13),
        (f"\x1b[2J = '{VALUE}'", "\\x1b[2J = '********'", 11),
    ],
)
def test_the_caret_stands_under_the_finding(line: str, shown: str, underlined: int) -> None:
    lines = show(judged(found(line), Level.BLOCK)).splitlines()
    assert lines[2] == f"     1 │ {shown}"
    assert lines[3] == f"       │ {' ' * underlined}{'^' * 8}"


def test_a_long_line_is_cut_around_the_finding() -> None:
    line = "x" * 100 + f"'{VALUE}'" + "名" * 100
    lines = show(judged(found(line), Level.BLOCK), width=60).splitlines()
    assert lines[2].count("…") == 2
    assert lines[2].index("********") == lines[3].index("^")
    assert len(lines[2]) + lines[2].count("名") <= 60


def test_a_finding_of_several_lines_says_where_it_ends() -> None:
    lines = show(judged(found("get(\n  verify)\n", "get(\n  verify", rule=TLS), Level.BLOCK)).splitlines()
    assert lines[3] == "       │ ^^^^ to line 2"


@pytest.mark.parametrize("width", [40, 72, 120])
def test_prose_is_wrapped_to_the_terminal(width: int) -> None:
    rule = evolve(TLS, why="word " * 80)
    finding = evolve(tls(), rule=rule, message=rule.why)
    prose = show(judged(finding, Level.WARN), width=width).partition("why:")[2].partition("do:")[0]
    assert max(len(line) for line in prose.splitlines()[1:]) in range(width - 6, width + 1)


def test_colour_adds_to_the_words_and_takes_none_away() -> None:
    plain = text(full(), fail_on=Level.BLOCK, width=80)
    coloured = text(full(), fail_on=Level.BLOCK, width=80, colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_an_older_version_is_named_by_its_commit() -> None:
    said = show(judged(evolve(found(), commit="0123456789abcdef"), Level.BLOCK))
    assert said.startswith("settings.py in commit 0123456789ab\n")


def test_no_name_can_steer_the_terminal() -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text(full(), fail_on=Level.BLOCK))


def test_the_hooks_pay_for_no_library() -> None:
    code = "import sys, countermark.report.text; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"rich", "json", "shutil", "xml", "click", "cattrs"} & set(loaded)
