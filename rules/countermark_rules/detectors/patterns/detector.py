"""The `patterns` detector: which rules may match which files, one call of the engine, and its answer as findings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from weakref import WeakKeyDictionary

from attrs import evolve

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.content import Span
from countermark.finding import Confidence, Edit, Finding, Fix, Rule
from countermark.rule_files import FOLDER, RuleFile
from countermark.verdict import Failure, Remark
from countermark_rules.detector import Said

from . import ahead
from .bundle import PatternRule, likely, load_rules
from .engines import current
from .ladder import Ladder
from .offsets import Offsets
from .own import Own, read_own
from .packs import PACKS, analyzer, is_test, packs_of, suffix
from .rungs import parts
from .scanning import Bounds, Engine, Kind, Match, Source, Trouble, Within

# Nobody reviews these line by line, and what is wrong in them is mended elsewhere.
_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
_BARE_RETURN = re.compile(rb"\r(?!\n)")
_SHARE = 0.5  # of a file's time that one rule may take
_PLENTY = 30_000  # bytes that are worth a second thread
_SOONER = 0.9  # of the time that the engine allows: what took too long is to be named


class PatternsDetector:
    """Insecure code, by the rules of the packs and the repository's own."""

    name = "patterns"
    batch = True

    def __init__(self, settings: Settings, own: Sequence[RuleFile] = (), engine: Engine | None = None) -> None:
        self._limits = settings.limits
        self._files = own
        self._read: Own | None = None
        self._engine = engine
        self._known: WeakKeyDictionary[FileChange, tuple[PatternRule, ...]] = WeakKeyDictionary()

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules of all packs, and the repository's own."""
        return [pattern.rule for pattern in (*load_rules(), *self._own.rules)]

    @property
    def _own(self) -> Own:
        if self._read is None:
            self._read = read_own(self._files)
        return self._read

    def prepare(self) -> None:
        """Nothing: a pack is read when a file of its kind comes, and Semgrep starts when a rule may match."""

    def wants(self, file: FileChange) -> bool:
        """Whether a rule could match: its language, and a word that it cannot do without."""
        if self._own.faults:
            return True  # rules that cannot be used are told with whatever is looked at
        return bool(self._candidates(file))

    def begin(self, files: Sequence[FileChange]) -> None:
        """Start the engine where it is clear that it will be asked, so that it gets ready while others look."""
        engine = self._engine or current()
        if not isinstance(engine, Ladder) or self._own.faults:
            return
        sources = [_source(_encoded(file), file, found) for file in files if (found := self._candidates(file))]
        if any(map(parts, sorted(sources, key=lambda source: len(source.within)))):  # what is soonest known first
            engine.ahead(self._bounds(sources))

    def end(self) -> None:
        """End it where it was not asked after all."""
        ahead.discard()

    def detect(self, files: Sequence[FileChange]) -> Iterable[Said]:
        """One call of the engine for all files."""
        yield from self._own.faults
        candidates = {file.path: {rule.id: rule for rule in self._candidates(file)} for file in files}
        rules = {id_: rule.semgrep for found in candidates.values() for id_, rule in found.items()}
        if not rules:
            return
        texts = {file.path: (file, Offsets(_encoded(file))) for file in files if candidates[file.path]}
        sources = [_source(text.encoded, file, candidates[path].values()) for path, (file, text) in texts.items()]
        output = (self._engine or current()).scan(list(rules.values()), sources, self._bounds(sources))
        for match in output.matches:
            if (rule := candidates[match.path].get(match.rule)) is not None:  # else one that was asked of other files
                yield _finding(rule, match, texts[match.path][1])
        for trouble in dict.fromkeys(map(_told, output.troubles)):
            yield _said(trouble)
        yield from (Remark(self.name, remark) for remark in output.remarks)

    def _bounds(self, sources: Sequence[Source]) -> Bounds:
        seconds = self._limits.file_seconds
        jobs = 2 if len(sources) > 1 and sum(len(source.data) for source in sources) > _PLENTY else 1
        return Bounds(seconds * len(sources) * _SOONER, seconds * _SHARE, jobs)

    def _candidates(self, file: FileChange) -> tuple[PatternRule, ...]:
        """The rules that may match in a file, remembered while it is at hand."""
        found = self._known.get(file)
        if found is None:
            found = self._known[file] = tuple(self._select(file))
        return found

    def _select(self, file: FileChange) -> Iterable[PatternRule]:
        if file.commit is not None or file.traits & _NOT_OURS or file.path.startswith(FOLDER):
            return
        test, data = is_test(file.path), _encoded(file)
        for pack in packs_of(file.path):
            found = likely(pack, data)
            yield from (rule for rule in found if (rule.tests or not test) and rule.concerns(file.path))
        how = analyzer(file.path)
        yield from (rule for rule in self._own.rules if rule.reads(how) and rule.concerns(file.path))


def _source(encoded: bytes, file: FileChange, rules: Collection[PatternRule]) -> Source:
    """A text and the ways to read it: as what it is, and as plain text where a rule asks for that."""
    how = analyzer(file.path)
    wanted = {language for rule in rules for language in rule.languages}
    analyzers = tuple(one for one in (how, "generic", "regex") if one in wanted)
    within = tuple(Within(rule.id, rule.within, rule.follows) for rule in rules if rule.within)
    return Source(file.path, encoded, analyzers, suffix(file.path), frozenset(rule.id for rule in rules), within)


def _encoded(file: FileChange) -> bytes:
    """The text as UTF-8 with the same places: a character stands for each byte that is none, and every line end is one to Semgrep.

    It knows no bare carriage return, so what follows a comment behind one would be a part of that comment; to Python it is code.
    """
    return _BARE_RETURN.sub(b"\n", file.after.text.encode("utf-8", "replace"))


def _finding(pattern: PatternRule, match: Match, text: Offsets) -> Finding:
    start, end = text.code_points(match.start), text.code_points(match.end)
    span, confidence = Span(start, max(start, end)), _confidence(pattern, match.path)
    # An expression of a fix that did not match leaves the text as it is.
    if match.fix is None or match.fix.encode() == text.encoded[match.start : match.end]:
        return Finding.of(pattern.rule, match.path, span, confidence=confidence)
    title = pattern.rule.remedy.partition(". ")[0].rstrip(".")
    fix = Fix(title, safe=pattern.safe, edits=(Edit(span, match.fix),))
    return Finding.of(pattern.rule, match.path, span, confidence=confidence, fixes=(fix,))


def _confidence(pattern: PatternRule, path: str) -> Confidence:
    """A rule's own, save in tests: what nobody serves or ships is worth a word, and stops no commit."""
    return Confidence.LOW if is_test(path) and pattern.pack in PACKS else pattern.rule.confidence


def _told(trouble: Trouble) -> Trouble:
    """A file that cannot be read to its end is told once, however often that is found out."""
    return evolve(trouble, said="", rule=None) if trouble.kind is Kind.SYNTAX else trouble


def _said(trouble: Trouble) -> Said:
    rule = trouble.rule.replace(".", "/", 1) if trouble.rule else "a rule"
    if trouble.kind is Kind.SYNTAX and trouble.path is not None:
        return Skipped(trouble.path, "in part: Semgrep cannot read all of its syntax")
    said = {
        Kind.TIMEOUT: f"{rule} was given up here (Semgrep: {trouble.said}), so the file was not looked at to the end",
        Kind.RULE: f"{rule} cannot be used (Semgrep: {trouble.said}); `countermark rules test` tells why",
    }
    return Failure("patterns", trouble.path, said.get(trouble.kind, f"Semgrep reports {trouble.said}"))
