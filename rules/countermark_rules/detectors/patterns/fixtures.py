"""Rules against their fixtures: lines marked ``ruleid: ID`` have to be found, lines marked ``ok: ID`` and all others must not be.

A mark is a comment on the line before. A fixture lies beside the file of rules and has its name with another ending; those of our own
packs lie under ``tests/rules/patterns/PACK``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.finding import Finding
from countermark.rule_files import RuleFile
from countermark_rules.engine import examine

from .bundle import PatternRule, compiled, pattern_rule, read_source
from .detector import PatternsDetector
from .own import PACK, checked
from .packs import PACKS
from .scanning import Bounds, Engine, Kind, Source

_MARK = re.compile(r"(ruleid|ok): ?([\w-]+(?: ?, ?[\w-]+)*)")
_SUFFIXES = (".yaml", ".yml")
_OURS = ("rules", "countermark_rules", "detectors", "patterns", "rules")
_FIXTURES = ("tests", "rules", "patterns")


@frozen
class Case:
    """A file of rules and its fixtures; ``pack`` is what the ids begin with."""

    file: Path
    pack: str
    fixtures: tuple[Path, ...]


@frozen
class Tested:
    """What came of one rule: the lines that it missed and those that it should have left alone, by fixture."""

    rule: str
    fixtures: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the rule does what its fixtures say."""
        return not self.missed and not self.wrong


def cases(paths: Sequence[Path]) -> list[Case]:
    """The files of rules that some paths name. Raises UsageError where there is none."""
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UsageError(f"{', '.join(escape(str(path)) for path in paths)}: no files of rules (.yaml or .yml) there")
    return [_case(file) for file in files]


def ours(root: Path) -> Path | None:
    """The folder of our own packs in a checkout of Countermark."""
    folder = root.joinpath(*_OURS)
    return folder if folder.is_dir() else None


def tested(case: Case, engine: Engine) -> list[Tested]:
    """Each rule of a file against its fixtures. Raises UsageError for a rule that cannot be used, PartFailed as the engine."""
    rules = _rules(case)
    refuse_unusable(case.file, rules, engine)
    return [_tested(rule, case.fixtures, engine) for rule in rules]


def refuse_unusable(file: Path, rules: Sequence[PatternRule], engine: Engine) -> None:
    """Ask the engine itself. Raises UsageError that names the rules it cannot use."""
    sources = [
        Source(f"{language}", b"", (language,), ".txt")
        for language in dict.fromkeys(sum((r.languages for r in rules), ()))
    ]
    output = engine.scan([rule.semgrep for rule in rules], sources, Bounds())
    faults = dict.fromkeys(trouble.rule for trouble in output.troubles if trouble.kind is Kind.RULE)
    if faults:
        names = ", ".join(str(name).partition(".")[2] for name in faults)
        raise UsageError(
            f"{escape(_shown(file))}: Semgrep cannot use {names}: a pattern is no code of the rule's language"
        )


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for suffix in _SUFFIXES for file in path.rglob(f"*{suffix}") if not _is_fixture(file))
    elif path.suffix in _SUFFIXES and path.is_file():
        yield path
    else:
        raise UsageError(f"{escape(str(path))}: no file of rules; they end with .yaml or .yml")


def _is_fixture(file: Path) -> bool:
    """`rule.test.yaml` is the fixture of rules about YAML."""
    return file.stem.endswith(".test")


def _case(file: Path) -> Case:
    pack, folder = PACK, file.parent
    parts = file.resolve().parts
    for name in PACKS:
        if parts[-len(_OURS) - 2 : -1] == (*_OURS, name):
            root = Path(*parts[: -len(_OURS) - 2])
            pack, folder = name, root.joinpath(*_FIXTURES, name)
    beside = (one for one in sorted(folder.glob(f"{file.stem}.*")) if one.resolve() != file.resolve())
    fixtures = tuple(one for one in beside if one.suffix not in _SUFFIXES or _is_fixture(one) or pack != PACK)
    return Case(file, pack, fixtures)


def _rules(case: Case) -> list[PatternRule]:
    try:
        data = case.file.read_bytes()
    except OSError as fault:
        raise UsageError(f"{escape(str(case.file))}: {fault.strerror}") from fault
    file = RuleFile(_shown(case.file), data)
    if case.pack == PACK:
        return [pattern_rule(PACK, entry) for entry in checked(file)]
    checked(file)
    return [pattern_rule(case.pack, compiled(case.pack, rule)) for rule in read_source(case.file)]


def _shown(file: Path) -> str:
    """The file's name as seen from the current folder, where it lies below that."""
    here = Path.cwd().resolve()
    return str(file.resolve().relative_to(here)) if file.resolve().is_relative_to(here) else str(file)


def _tested(rule: PatternRule, fixtures: Sequence[Path], engine: Engine) -> Tested:
    missed: list[str] = []
    wrong: list[str] = []
    name = rule.rule.id.partition("/")[2]
    marked = [(fixture, _marks(fixture, name)) for fixture in fixtures]
    for fixture, marks in marked:
        found = {finding.start.line for finding in _found(rule, fixture, engine)}
        expected = {line for kind, line in marks if kind == "ruleid"}
        missed += [f"{fixture.name}:{line}" for line in sorted(expected - found)]
        wrong += [f"{fixture.name}:{line}" for line in sorted(found - expected)]
    return Tested(rule.rule.id, sum(bool(marks) for _, marks in marked), tuple(missed), tuple(wrong))


def _marks(fixture: Path, name: str) -> list[tuple[str, int]]:
    lines = fixture.read_text("utf-8", "replace").split("\n")
    return [
        (kind, number + 2)
        for number, line in enumerate(lines)
        for kind, names in _MARK.findall(line)
        if name in {one.strip() for one in names.split(",")}
    ]


def _found(rule: PatternRule, fixture: Path, engine: Engine) -> list[Finding]:
    file = FileChange(_placed(rule, fixture), Content(fixture.read_bytes()))
    detector = _One(rule, engine)
    [examined] = examine([file], [detector], Settings().limits)
    if examined.failures:
        raise PartFailed(f"{escape(fixture.name)}: {examined.failures[0].message}")
    return list(examined.findings)


def _placed(rule: PatternRule, fixture: Path) -> str:
    """Where a repository would have a fixture: packs are told apart by names and folders."""
    pack = PACKS.get(rule.pack)
    if pack is None or pack.concerns(f"src/{fixture.name}"):
        return f"src/{fixture.name}"
    return pack.example


class _One(PatternsDetector):
    """The detector with a single rule, asked of whatever file: its own list of files is for repositories."""

    def __init__(self, rule: PatternRule, engine: Engine) -> None:
        super().__init__(Settings(), engine=engine)
        self._rule = rule

    def _select(self, file: FileChange) -> Iterator[PatternRule]:  # noqa: ARG002 - see above
        yield self._rule

    def wants(self, file: FileChange) -> bool:  # noqa: ARG002 - see above
        """Always."""
        return True
