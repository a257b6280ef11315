"""The engine: what one detector does wrong is reported, and the others still have their say."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import pytest
from attrs import evolve, frozen

from countermark.change import FileChange
from countermark.config.schema import Limits
from countermark.content import Content, Span
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark_rules.engine import Examined, examine

RULE = Rule("test/word", "A word", "Somebody could read it.", "Take it out.", Severity.HIGH, Confidence.HIGH)


@frozen
class Words:
    """Reports every `secret` in a file, or does what a broken detector would."""

    act: Callable[[FileChange], Iterable[Finding]]
    batch: bool = False
    name: str = "test"
    rules: Sequence[Rule] = (RULE,)

    def prepare(self) -> None:
        if self.act is crash:
            time.sleep(0.3)  # at first use; longer than a file may take

    def wants(self, file: FileChange) -> bool:
        return not file.path.endswith(".skip")

    def detect(self, files: Sequence[FileChange]) -> Iterable[Finding]:
        for file in files:
            yield from self.act(file)


def found(file: FileChange) -> Iterable[Finding]:
    for match in re.finditer("secret", file.after.text):
        yield Finding.of(RULE, file.path, Span(*match.span()))


def crash(file: FileChange) -> Iterable[Finding]:
    raise ValueError(file.after.text)


def partly(file: FileChange) -> Iterable[Finding]:
    yield from found(file)
    raise RecursionError


def endless(_file: FileChange) -> Iterable[Finding]:
    re.match(r"(a|aa)+$", "a" * 60 + "b")
    return ()


def swallow(_file: FileChange) -> Iterable[Finding]:
    while True:
        with suppress(Exception):
            time.sleep(5)


def outside(file: FileChange) -> Iterable[Finding]:
    yield Finding.of(RULE, file.path, Span(10_000, 10_001))


def file(text: str, path: str = "a.txt") -> FileChange:
    return FileChange(path, Content.of_text(text))


def look(*detectors: Words, files: Sequence[FileChange] = (), seconds: float = 5) -> list[Examined]:
    return examine(files or [file("a secret")], detectors, evolve(Limits(), file_seconds=seconds))


@pytest.mark.parametrize(
    ("act", "says", "still"),
    [
        (crash, r"^broke with ValueError at test_engine\.py:\d+$", 1),
        (partly, r"^broke with RecursionError", 1),
        (endless, r"^took longer than 0\.2 s", 1),
        (swallow, r"^took longer than 0\.2 s", 1),
    ],
)
@pytest.mark.parametrize("batch", [False, True])
def test_a_broken_detector_is_reported_and_hides_nothing(
    act: Callable[[FileChange], Iterable[Finding]], says: str, still: int, batch: bool
) -> None:
    started = time.monotonic()

    [examined] = look(Words(act, batch, "bad"), Words(found), seconds=0.2)

    assert [(failure.part, failure.path) for failure in examined.failures] == [("bad", "a.txt")]
    assert re.search(says, examined.failures[0].message)
    assert "secret" not in examined.failures[0].message
    assert len(examined.findings) == still
    assert time.monotonic() - started < 4


def test_a_finding_outside_the_text_is_the_detectors_fault() -> None:
    [examined] = look(Words(outside))

    assert examined.findings == ()
    assert examined.failures[0].part == "engine"


def test_files_are_told_apart_even_under_one_path() -> None:
    versions = [file("secret"), file("nothing"), file("secret secret")]

    for batch in (False, True):
        counts = [len(examined.findings) for examined in look(Words(found, batch), files=versions)]
        assert counts == [1, 0, 2]


def test_what_nobody_wants_is_looked_at_by_nobody() -> None:
    [examined] = look(Words(crash), files=[file("secret", "a.skip")])

    assert examined.failures == ()


def test_one_rule_reports_one_place_once() -> None:
    [examined] = look(Words(found), Words(found))

    assert [(finding.start.line, finding.start.column) for finding in examined.findings] == [(1, 3)]


def test_the_alarm_is_put_back() -> None:
    look(Words(found), seconds=0.05)
    time.sleep(0.1)  # a forgotten alarm would end the process here


class Slow(Words):
    """Starts something, and notes what happens when."""

    def begin(self, files: Sequence[FileChange]) -> None:
        EVENTS.append(f"begin {' '.join(file.path for file in files)}")
        self.act(files[0])

    def end(self) -> None:
        EVENTS.append("end")


EVENTS: list[str] = []


@pytest.mark.parametrize("broken", [found, crash, endless])
def test_what_takes_long_to_start_is_started_first(broken: Callable[[FileChange], Iterable[Finding]]) -> None:
    """Whatever goes wrong with that, the others have their say, and what was started is ended."""
    EVENTS.clear()

    def looked(file: FileChange) -> Iterable[Finding]:
        EVENTS.append(f"look {file.path}")
        return found(file)

    files = [file("secret", "a.py"), file("", "b.py")]
    seen = examine(files, [Words(looked), Slow(broken, batch=True)], evolve(Limits(), file_seconds=0.2))

    assert EVENTS == ["begin a.py b.py", "look a.py", "look b.py", "end"]
    assert [len(one.findings) for one in seen] == [1, 0]


def test_several_versions_of_a_path_start_nothing() -> None:
    EVENTS.clear()

    examine([file("x"), file("y")], [Slow(found, batch=True)], Limits())

    assert EVENTS == []
