"""The `patterns` detector: files to a private folder, one call of Semgrep, matches back to findings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.content import Span
from countermark.finding import Edit, Finding, Fix, Rule
from countermark.verdict import Failure
from countermark_rules.detector import Said

from .bundle import PatternRule, load_pack, load_rules
from .packs import analyzer, is_test, packs_of
from .semgrep import Target, scan

# Nobody reviews these line by line, and what is wrong in them is mended elsewhere.
_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
# Errors that are about the file; every other kind is about the engine.
_ABOUT_THE_FILE = frozenset({"PartialParsing", "SyntaxError", "Syntax error", "LexicalError", "Lexical error"})


class PatternsDetector:
    """Insecure code, by the rules of the packs."""

    name = "patterns"
    batch = True

    def __init__(self, _settings: Settings) -> None:
        pass

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules of all packs."""
        return [pattern.rule for pattern in load_rules()]

    def prepare(self) -> None:
        """Nothing: a pack is read when a file of its kind comes, and Semgrep starts when a rule may match."""

    def wants(self, file: FileChange) -> bool:
        """Whether a rule could match: its language, and a word that it cannot do without."""
        return file.commit is None and not file.traits & _NOT_OURS and bool(self._candidates(file))

    def detect(self, files: Sequence[FileChange]) -> Iterable[Said]:
        """One call of Semgrep for all files."""
        candidates = {file.path: {str(rule.semgrep["id"]): rule for rule in self._candidates(file)} for file in files}
        rules = {id_: rule.semgrep for found in candidates.values() for id_, rule in found.items()}
        with tempfile.TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            written = {str(_write(file, folder)): file for file in files}
            targets = [
                Target(Path(place), how)
                for place, file in written.items()
                for how in _readings(file, candidates[file.path].values())
            ]
            output = scan(list(rules.values()), targets, folder, jobs=2 if len(files) > 1 else 1)
        for result in output.results:
            file = written[result["path"]]
            if (pattern := candidates[file.path].get(result["check_id"])) is not None:  # else of a pack of other files
                yield _finding(file, pattern, result)
        for error in output.errors:
            yield _trouble(error, written, files)

    def _candidates(self, file: FileChange) -> list[PatternRule]:
        test = is_test(file.path)
        return [
            rule
            for pack in packs_of(file.path)
            for rule in load_pack(pack)
            if (rule.tests or not test) and rule.may_match(file.after.data)
        ]


def _finding(file: FileChange, pattern: PatternRule, result: Mapping[str, Any]) -> Finding:
    encoded = _encoded(file)
    start, end = (_code_points(encoded, result[key]["offset"]) for key in ("start", "end"))
    span = Span(start, max(start, end))
    replacement = result["extra"].get("fix")
    if replacement in {
        None,
        file.after.text[span.start : span.end],
    }:  # an expression that did not match leaves the text as it is
        return Finding.of(pattern.rule, file.path, span)
    title = pattern.rule.remedy.partition(". ")[0].rstrip(".")
    return Finding.of(
        pattern.rule, file.path, span, fixes=(Fix(title, safe=pattern.safe, edits=(Edit(span, replacement),)),)
    )


def _write(file: FileChange, folder: Path) -> Path:
    """The text in a file whose name is ours: what a repository calls it may be anything."""
    handle, name = tempfile.mkstemp(dir=folder)
    with open(handle, "wb") as stream:  # noqa: PTH123 - a descriptor
        stream.write(_encoded(file))
    return Path(name)


def _readings(file: FileChange, rules: Iterable[PatternRule]) -> list[str]:
    """The ways in which Semgrep has to read a file: as what it is, and as plain text where a rule asks for that."""
    wanted = {language for rule in rules for language in rule.languages}
    return [analyzer(file.path), *sorted(wanted & {"generic", "regex"})]


def _encoded(file: FileChange) -> bytes:
    """The text as UTF-8; a character stands for each byte that is none, so that places stay right."""
    return file.after.text.encode("utf-8", "replace")


def _code_points(encoded: bytes, offset: int) -> int:
    return len(encoded[:offset].decode("utf-8", "ignore"))


def _trouble(error: Mapping[str, Any], written: Mapping[str, FileChange], files: Sequence[FileChange]) -> Said:
    """An error of Semgrep's, without its message, which may quote the file."""
    said = error["error_type"]
    kind = str(said[0] if isinstance(said, list) else said)
    path = (error.get("location") or {}).get("path", "")
    file = written.get(path)
    if kind in _ABOUT_THE_FILE and file is not None:
        return Skipped(file.path, "in part: Semgrep cannot read all of its syntax")
    return Failure("patterns", file.path if file else files[0].path, f"Semgrep reports {kind}")
