"""What is known of each open document, tier by tier, moved along with every edit until it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from countermark.verdict import Failure, Judged, Report

from .job import Answer, Part
from .shifting import LineEdit, shifted
from .snapshot import Snapshot

_MOST_EDITS = 600  # that are remembered of a document for looks that are under way


@frozen
class Scan:
    """A text, and all that is known of it."""

    snapshot: Snapshot
    answer: Answer

    @property
    def report(self) -> Report:
        """What was found, and what could not be looked at."""
        return self.answer.report


@define
class _Document:
    """``answers`` are as of the edit with that number; ``edits`` are those since the oldest of them, the first is ``begin``."""

    answers: dict[Part, tuple[int, Answer]] = field(factory=dict)
    edits: list[LineEdit] = field(factory=list)
    begin: int = 0

    @property
    def now(self) -> int:
        """The number of the next edit."""
        return self.begin + len(self.edits)

    def since(self, number: int) -> list[LineEdit]:
        """The edits from a number on."""
        return self.edits[number - self.begin :]

    def settle(self) -> None:
        """Bring all answers up to now."""
        for part, (at, answer) in self.answers.items():
            self.answers[part] = (self.now, shifted(answer, self.since(at)))


class Store:
    """Every open document's findings."""

    def __init__(self) -> None:
        self._documents: dict[str, _Document] = {}

    def edited(self, uri: str, edits: Iterable[LineEdit]) -> None:
        """The document changed."""
        known = self._documents.setdefault(uri, _Document())
        known.edits += edits
        if len(known.edits) > _MOST_EDITS:
            known.settle()
            known.begin, known.edits = known.now - _MOST_EDITS // 2, known.edits[-(_MOST_EDITS // 2) :]

    def now(self, uri: str) -> int:
        """A number for the text as it is, to be given with what is found in it."""
        return self._documents.setdefault(uri, _Document()).now

    def put(self, uri: str, part: Part, at: int, answer: Answer) -> None:
        """Keep what was found in the text that had this number. Findings stay where a process was lost before it found any."""
        known = self._documents.setdefault(uri, _Document())
        if at < known.begin:
            return  # too many edits ago; another look is under way
        before = known.answers.get(part)
        if before is not None and _lost(answer):
            old = shifted(before[1], known.since(before[0]))
            answer, at = evolve(old, report=evolve(old.report, failures=answer.report.failures)), known.now
        known.answers[part] = (at, answer)

    def scan(self, snapshot: Snapshot) -> Scan | None:
        """All that is known of a text as it is now; None before anybody looked."""
        known = self._documents.get(snapshot.uri)
        if known is None or Part.FAST not in known.answers:
            return None
        known.settle()
        slow = known.answers.get(Part.SLOW)
        return Scan(snapshot, _merged(known.answers[Part.FAST][1], *([slow[1]] if slow else [])))

    def forget(self, uri: str) -> None:
        """The document was closed."""
        self._documents.pop(uri, None)


def _lost(answer: Answer) -> bool:
    return not answer.report.files and any(failure.part == "engine" for failure in answer.report.failures)


def _merged(fast: Answer, *others: Answer) -> Answer:
    """The tiers together; what both say of the comments in a text is said once.

    The fast one alone tells of marks and of the settings: it is the first to know that they were mended.
    """
    reports = [fast.report, *(other.report for other in others)]
    found = {_place(item): item for report in reports for item in report.judged}
    report = Report(
        root=fast.report.root,
        files=max(report.files for report in reports),
        skipped=tuple(dict.fromkeys(one for report in reports for one in report.skipped)),
        failures=tuple(dict.fromkeys((*fast.report.failures, *(one for other in others for one in _own(other))))),
        judged=tuple(sorted(found.values(), key=_by_risk)),
        suppressed=tuple(one for report in reports for one in report.suppressed),
        remarks=tuple(dict.fromkeys(one for report in reports for one in report.remarks)),
    )
    return evolve(fast, report=report)


def _own(other: Answer) -> Iterator[Failure]:
    return (failure for failure in other.report.failures if failure.part != "settings")


def _place(item: Judged) -> tuple[object, ...]:
    finding = item.finding
    return finding.rule.id, finding.start, finding.end


def _by_risk(item: Judged) -> tuple[int, ...]:
    finding = item.finding
    return (-item.verdict.level, -finding.severity, -finding.confidence, finding.start.line, finding.start.column)
