"""The `patterns` detector: files to a private folder, one call of Semgrep, matches back to findings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.content import Span
from countermark.finding import Edit, Finding, Fix, Rule
from countermark.verdict import Failure
from countermark_rules.detector import Said

from .bundle import LANGUAGES, PatternRule, load_rules
from .semgrep import Target, scan

# Nobody reviews these line by line, and what is wrong in them is mended elsewhere.
_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
# Errors that are about the file; every other kind is about the engine.
_ABOUT_THE_FILE = frozenset({"PartialParsing", "SyntaxError", "Syntax error", "LexicalError", "Lexical error"})


class PatternsDetector:
    """Insecure code, by the rules of the bundle."""

    name = "patterns"
    batch = True

    def __init__(self, _settings: Settings) -> None:
        self._rules: Mapping[str, PatternRule] = {str(rule.semgrep["id"]): rule for rule in load_rules()}

    @property
    def rules(self) -> Sequence[Rule]:
        """The bundle's rules."""
        return [pattern.rule for pattern in self._rules.values()]

    def prepare(self) -> None:
        """Nothing: the bundle is read when the detector is made, and Semgrep starts when a file needs it."""

    def wants(self, file: FileChange) -> bool:
        """Whether a rule could match: its language, and a word that it cannot do without."""
        return file.commit is None and not file.traits & _NOT_OURS and bool(self._candidates(file))

    def detect(self, files: Sequence[FileChange]) -> Iterable[Said]:
        """One call of Semgrep for all files."""
        rules = {str(rule.semgrep["id"]): rule.semgrep for file in files for rule in self._candidates(file)}
        with tempfile.TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            targets = [_write(file, folder) for file in files]
            output = scan(list(rules.values()), targets, folder, jobs=2 if len(files) > 1 else 1)
        written = {str(target.file): file for target, file in zip(targets, files, strict=True)}
        for result in output.results:
            yield self._finding(written[result["path"]], result)
        for error in output.errors:
            yield _trouble(error, written, files)

    def _candidates(self, file: FileChange) -> list[PatternRule]:
        suffix = PurePosixPath(file.path).suffix
        return [
            rule
            for rule in self._rules.values()
            if suffix in LANGUAGES[rule.language][1] and rule.may_match(file.after.data)
        ]

    def _finding(self, file: FileChange, result: Mapping[str, Any]) -> Finding:
        rule = self._rules[result["check_id"]].rule
        encoded = _encoded(file)
        start, end = (_code_points(encoded, result[key]["offset"]) for key in ("start", "end"))
        span = Span(start, max(start, end))
        replacement = result["extra"].get("fix")
        if replacement is None:
            return Finding.of(rule, file.path, span)
        title = rule.remedy.partition(". ")[0].rstrip(".")
        return Finding.of(rule, file.path, span, fixes=(Fix(title, safe=False, edits=(Edit(span, replacement),)),))


def _write(file: FileChange, folder: Path) -> Target:
    handle, name = tempfile.mkstemp(suffix=PurePosixPath(file.path).suffix, dir=folder)
    with open(handle, "wb") as stream:  # noqa: PTH123 - a descriptor
        stream.write(_encoded(file))
    analyzer = next(analyzer for analyzer, suffixes in LANGUAGES.values() if name.endswith(suffixes))
    return Target(Path(name), analyzer)


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
