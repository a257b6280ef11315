"""The ledger: whole after any crash, and no change to it goes unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.errors import PartFailed
from countermark.review.entry import Decision, Entry, Face, Malformed, from_value, parse
from countermark.review.ledger import Ledger
from tests.support import fake_aws_key

from .sample import entry, hunk

TEXTS = [hunk(f"line {number}") for number in range(5)]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "countermark")
    for text in TEXTS:
        made.append(entry(text))
    return made


def test_entries_follow_each_other(ledger: Ledger) -> None:
    entries, faults = ledger.examine()

    assert faults == ()
    assert [one.number for one in entries] == [1, 2, 3, 4, 5]
    assert [one.previous for one in entries[1:]] == [one.hash for one in entries[:-1]]
    assert [one.hunk for one in entries] == [text.id for text in TEXTS]
    assert [parse(line) for line in ledger.lines()] == list(entries)


def rewritten(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Ledger], None]:
    def apply(ledger: Ledger) -> None:
        lines = ledger.path.read_bytes().split(b"\n")[:-1]
        ledger.path.write_bytes(b"".join(line + b"\n" for line in change(lines)))

    return apply


def edited(line: bytes, **more: Any) -> bytes:
    return evolve(parse(line), **more).line


def forged(lines: list[bytes]) -> list[bytes]:
    """All of it written anew from the third entry on, as one who knows the format would."""
    made, previous = lines[:2], parse(lines[1]).hash
    for line in lines[2:]:
        made.append(evolve(parse(line), previous=previous, decision=Decision.REJECT).line)
        previous = parse(made[-1]).hash
    return made


TAMPERED: dict[str, tuple[Callable[[Ledger], object], str]] = {
    "removed": (rewritten(lambda lines: [*lines[:2], *lines[3:]]), "entry 3 was removed"),
    "first removed": (rewritten(lambda lines: lines[1:]), "entry 1 was removed"),
    "end removed": (rewritten(lambda lines: lines[:3]), "entries 4 to 5 were removed from the end"),
    "last removed": (rewritten(lambda lines: lines[:4]), "entry 5 was removed from the end"),
    "emptied": (rewritten(lambda _: []), "entries 1 to 5 were removed from the end"),
    "swapped": (rewritten(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]), "put in another order"),
    "repeated": (rewritten(lambda lines: [*lines[:2], lines[1], *lines[2:]]), "put in another order"),
    "edited": (rewritten(lambda lines: [*lines[:2], edited(lines[2], mail="eve@x"), *lines[3:]]), "entry 3 was edited"),
    "last edited": (rewritten(lambda lines: [*lines[:4], edited(lines[4], mail="eve@x")]), "entry 5 was edited"),
    "path edited": (
        rewritten(lambda lines: [*lines[:2], lines[2].replace(b"app.py", b"x.py "), *lines[3:]]),
        "entry 3 was edited",
    ),
    "reformatted": (
        rewritten(lambda lines: [*lines[:2], lines[2].replace(b'":"', b'": "', 1), *lines[3:]]),
        "entry 3 was edited",
    ),
    "replaced": (rewritten(lambda lines: [*lines[:2], b"{}", *lines[3:]]), "entry 3 was edited or damaged"),
    "nested": (rewritten(lambda lines: [*lines[:2], b"[" * 100_000, *lines[3:]]), "entry 3 was edited or damaged"),
    "forged": (rewritten(forged), "entry 5 was edited, or another one was put in its place"),
    "no head": (lambda ledger: ledger.head_path.unlink(), "where the ledger ends was removed"),
    "bad head": (lambda ledger: ledger.head_path.write_text("{}"), "where the ledger ends is damaged"),
    "no file": (lambda ledger: ledger.path.unlink(), "entries 1 to 5 were removed from the end"),
    "half": (
        lambda ledger: ledger.path.write_bytes(ledger.path.read_bytes()[: ledger.path.stat().st_size // 2]),
        "removed from the end",
    ),
}


@pytest.mark.parametrize("case", sorted(TAMPERED))
def test_what_was_done_to_it_is_named(ledger: Ledger, case: str) -> None:
    change, said = TAMPERED[case]
    change(ledger)

    _, faults = ledger.examine()
    assert said in faults[0].said
    assert faults[0].tampered
    with pytest.raises(PartFailed, match="not whole"):
        ledger.lines()
    with pytest.raises(PartFailed, match="not whole"):
        ledger.append(entry(TEXTS[0]))


@settings(max_examples=40)
@given(st.data())
def test_no_other_byte_goes_unnoticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    for text in TEXTS[:2]:
        ledger.append(entry(text))
    whole = ledger.path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    ledger.path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])

    assert ledger.examine()[1]
    with pytest.raises(PartFailed):
        ledger.lines()


@pytest.mark.parametrize("size", [1, 40, 300])
def test_a_line_that_was_never_finished_is_taken_away(ledger: Ledger, size: int) -> None:
    """As a process leaves it that was killed in the middle of a write."""
    next_line = evolve(parse(ledger.lines()[-1]), number=6).line
    with ledger.path.open("ab") as file:
        file.write(next_line[:size])

    (fault,) = ledger.examine()[1]
    assert (fault.said, fault.tampered) == ("entry 6 was never finished being written", False)
    ledger.append(entry(TEXTS[0]))
    assert ledger.examine()[1] == ()
    assert len(ledger.lines()) == 6


def test_a_process_killed_before_it_noted_the_end_does_no_harm(ledger: Ledger) -> None:
    head = ledger.head_path.read_bytes()
    ledger.append(entry(TEXTS[0]))
    ledger.head_path.write_bytes(head)

    (fault,) = ledger.examine()[1]
    assert not fault.tampered
    assert len(ledger.lines()) == 6
    ledger.append(entry(TEXTS[1]))
    assert ledger.examine()[1] == ()


def test_a_clock_that_jumps_back_does_not_reorder(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as now:
        now.setattr(time, "time", lambda: 4_000_000_000.0)
        ahead = ledger.append(entry(TEXTS[0]))
    later = ledger.append(entry(TEXTS[0], Decision.REJECT))

    assert (ahead.at, later.at) == (4_000_000_000, 4_000_000_000)
    assert later.number > ahead.number


def test_several_processes_append_at_once(ledger: Ledger) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path; from countermark.review.ledger import Ledger; "
        "from tests.core.review.sample import entry, hunk; "
        "[Ledger(Path(sys.argv[1])).append(entry(hunk(f'{n}'))) for n in range(5)]"
    )
    top = str(Path(__file__).parents[3])
    with ThreadPoolExecutor(3) as pool:
        done = list(
            pool.map(
                lambda _: subprocess.run([sys.executable, "-c", code, str(ledger.folder), top], check=False), range(3)
            )
        )

    assert [one.returncode for one in done] == [0, 0, 0]
    assert ledger.examine()[1] == ()
    assert len(ledger.lines()) == 20


def test_a_broken_ledger_is_put_aside(ledger: Ledger) -> None:
    ledger.path.write_bytes(b"x\n")

    aside = ledger.restart()

    assert aside.read_bytes() == b"x\n"
    assert ledger.append(entry(TEXTS[0])).number == 1
    assert ledger.examine()[1] == ()


def test_no_code_is_kept(tmp_path: Path) -> None:
    secret = fake_aws_key()
    ledger = Ledger(tmp_path)
    ledger.append(entry(hunk(f'KEY = "{secret}"', "more()")))

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in kept
    assert b"more" not in kept


GOOD = entry(TEXTS[0]).value


BAD: tuple[object, ...] = (
    None,
    [],
    {},
    {**GOOD, "v": 2},
    {**GOOD, "hunk": "abc"},
    {**GOOD, "hunk": GOOD["hunk"] + "-0"},
    {**GOOD, "decision": "maybe"},
    {**GOOD, "face": 3},
    {**GOOD, "at": -1},
    {**GOOD, "at": 10**15},
    {**GOOD, "at": True},
    {**GOOD, "seconds": "1"},
    {**GOOD, "seconds": -1},
    {**GOOD, "seconds": float("nan")},
    {**GOOD, "expires": "soon"},
    {**GOOD, "expires": 3},
    {**GOOD, "comment": "x" * 5000},
    {**GOOD, "comment": None},
    {**GOOD, "more": 1},
    {key: value for key, value in GOOD.items() if key != "mail"},
)


@pytest.mark.parametrize("value", BAD, ids=range(len(BAD)))
def test_what_is_no_entry_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        from_value(value)


@given(
    st.builds(
        lambda path, comment, seconds, face: entry(hunk("x", path=path), comment=comment, seconds=seconds, face=face),
        st.text(max_size=20),
        st.text(st.characters(codec=None), max_size=20),
        st.floats(0, 1000),
        st.sampled_from(Face),
    )
)
def test_an_entry_is_the_same_bytes_everywhere(one: Entry) -> None:
    assert parse(one.line) == one
    assert from_value(json.loads(json.dumps(one.value))).line == one.line
