"""Run detectors over files: one that fails or takes too long is reported and leaves the others their say."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import PurePath

from attrs import define, field, frozen

from countermark.change import FileChange, Skipped
from countermark.config.schema import Limits
from countermark.content import Span
from countermark.errors import CountermarkError
from countermark.finding import Finding
from countermark.placing import place
from countermark.verdict import Failure, Remark

from .detector import Detector, Said, Starting
from .timelimit import OutOfTime, alarm


@frozen
class Examined:
    """What the detectors say of one file, placed, and which of them could not."""

    file: FileChange
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()


@define
class _Notes:
    """What is known of one file so far."""

    findings: list[Finding] = field(factory=list)
    failures: list[Failure] = field(factory=list)
    skipped: list[Skipped] = field(factory=list)
    remarks: list[Remark] = field(factory=list)


def examine(files: Sequence[FileChange], detectors: Sequence[Detector], limits: Limits) -> list[Examined]:
    """The findings in each file. Files are told apart by identity: a range holds several versions of one path."""
    notes: dict[int, _Notes] = defaultdict(_Notes)
    batches = _batches(files)
    at_once = [one for one in detectors if one.batch]
    with alarm() as ring_after, ExitStack() as ended:
        for detector in at_once:
            _begin(detector, batches[0] if len(batches) == 1 else (), limits.file_seconds, ring_after, ended)
        for detector in (one for one in detectors if not one.batch):
            for file in files:
                _run(detector, [file], limits.file_seconds, notes, ring_after)
        for detector in at_once:
            for batch in batches:
                _run(detector, batch, limits.file_seconds * len(batch), notes, ring_after)
    return [_examined(file, notes[id(file)]) for file in files]


def _batches(files: Sequence[FileChange]) -> list[list[FileChange]]:
    """The files in batches that name no path twice, since a batch detector tells files apart by their paths."""
    batches: list[dict[str, FileChange]] = []
    for file in files:
        free = next((batch for batch in batches if file.path not in batch), None)
        if free is None:
            batches.append(free := {})
        free[file.path] = file
    return [list(batch.values()) for batch in batches]


def _begin(
    detector: Detector,
    files: Sequence[FileChange],
    seconds: float,
    ring_after: Callable[[float], None],
    ended: ExitStack,
) -> None:
    """Let a detector start what takes long to start. What goes wrong with that will again when it looks, and is told then."""
    if not files or not isinstance(detector, Starting):
        return
    ended.callback(detector.end)
    with suppress(Exception, OutOfTime):
        try:
            ring_after(seconds * len(files))
            detector.begin([file for file in files if not file.gone])
        finally:
            ring_after(0)


def _run(
    detector: Detector,
    files: Sequence[FileChange],
    seconds: float,
    notes: dict[int, _Notes],
    ring_after: Callable[[float], None],
) -> None:
    """One detector on some files; whatever it does wrong ends here."""
    wanted: list[FileChange] = []
    if not getattr(detector, "wants_gone", False):
        files = [file for file in files if not file.gone]
    try:
        detector.prepare()
        started = time.monotonic()
        try:
            ring_after(seconds)
            wanted = [file for file in files if detector.wants(file)]
            _sort_in(detector.detect(wanted) if wanted else (), wanted, notes)
        finally:
            ring_after(0)
        if time.monotonic() - started > seconds:
            raise OutOfTime  # noqa: TRY301 - where no alarm can ring, a late answer is still reported
    except OutOfTime:
        message = f"took longer than {seconds:g} s (limits.file-seconds), so it was not looked at to the end"
        _fail(detector, wanted or files, message, notes)
    except Exception as error:  # noqa: BLE001 - the border: a broken detector must not hide what the others found
        _fail(detector, wanted or files, _describe(error), notes)


def _sort_in(said: Iterable[Said], files: Sequence[FileChange], notes: dict[int, _Notes]) -> None:
    by_path = {file.path: id(file) for file in files}
    for item in said:
        path = None if isinstance(item, Remark) else item.path
        note = notes[by_path[path]] if path in by_path else notes[id(files[0])]
        match item:
            case Finding():
                note.findings.append(item)
            case Skipped():
                note.skipped.append(item)
            case Failure():
                note.failures.append(item)
            case Remark():
                note.remarks.append(item)


def _fail(detector: Detector, files: Sequence[FileChange], message: str, notes: dict[int, _Notes]) -> None:
    for file in files:
        notes[id(file)].failures.append(Failure(detector.name, file.path, message))


def _describe(error: Exception) -> str:
    """An error's kind and place, without its message: that may quote the file, and so a secret. Our own errors never do."""
    if isinstance(error, CountermarkError):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place_ = f" at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"broke with {type(error).__name__}{place_}"


def _examined(file: FileChange, note: _Notes) -> Examined:
    try:
        findings = place(file, _unique(note.findings))
        return Examined(file, findings, tuple(note.failures), tuple(note.skipped), tuple(note.remarks))
    except Exception as error:  # noqa: BLE001 - a finding with an impossible span must not take the run with it
        return Examined(file, (), (*note.failures, Failure("engine", file.path, _describe(error))))


def _unique(findings: Sequence[Finding]) -> list[Finding]:
    """Each rule once at each place."""
    seen: dict[tuple[str, Span], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.rule.id, finding.span), finding)
    return list(seen.values())
