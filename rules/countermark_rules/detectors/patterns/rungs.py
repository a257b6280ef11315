"""Three ways to ask Semgrep, from the quickest, which is internal to Semgrep, to its documented command line.

Each call is a process of its own in a private folder that holds nothing but the rules and the texts, under names of ours.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from attrs import frozen

from countermark.errors import PartFailed

from . import ahead, canary
from .answers import read
from .bundle import places
from .functions import without_others
from .pruning import pruned, vocabulary
from .scanning import Bounds, Output, Source
from .semgrep import TooSlow, core, run

Rule = Mapping[str, Any]
_MEMORY = 2_000  # MiB; above that a rule gives up on a file, and says so
_DOCKERFILE = "Dockerfile"
_RULES = "rules.json"
_MANY = 300_000  # bytes, where what the rules cost does not matter any more


@frozen
class Call:
    """What a call is made of: its folder, the rules in it, the files to scan with what they hold, and its bounds."""

    folder: Path
    rules: Path
    files: Mapping[str, Source]
    bounds: Bounds


class Rung(NamedTuple):
    """One way to ask: ``command`` gives the program's arguments, ``program`` the program where the first of them is not it.

    ``apart`` says whether it asks each text only for its own rules, which the files' folders tell it.
    """

    name: str
    command: Callable[[Call], list[str]]
    program: Callable[[], Path] | None = None
    apart: bool = False

    def ahead(self, bounds: Bounds) -> None:
        """Start it before it is known what it will be asked with these bounds, where it can wait for that."""
        if self.apart:
            ahead.begin(bounds, lambda folder: self.command(Call(folder, folder / _RULES, {}, bounds)))

    def scan(self, rules: Sequence[Rule], sources: Sequence[Source], bounds: Bounds) -> Output:
        """See Engine."""
        texts = [part for source in sources for part in parts(source)] if self.apart else sources
        asked, texts = _narrowed(rules, texts) if self.apart else (rules, texts)
        if not asked:
            return Output(())
        if self.apart and (started := ahead.take(bounds)) is not None:
            with started.place:
                call = _written(started.folder, asked, texts, bounds)
                self.command(call)
                try:
                    return read(started.answer(bounds.seconds), call.files)
                except TooSlow:
                    raise
                except PartFailed:
                    pass  # a version that does not wait for its certificates has seen nothing yet
        with tempfile.TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as name:
            call = _written(Path(name).resolve(), asked, texts, bounds)
            output = run(self.command(call), call.folder, bounds.seconds, program=self.program and self.program())
        return read(output, call.files)


@lru_cache(maxsize=8)  # it is asked of a text before the engine is started, and when it is told
def parts(source: Source) -> tuple[Source, ...]:
    """The text, and for rules that look into some of its functions alone, one without the others; none that no rule may match in."""
    return tuple(_parts(source))


def _parts(source: Source) -> Iterator[Source]:
    if not source.within:
        yield source
        return
    where = places(source.within[0].rule, source.data)
    less = without_others(source.data, source.analyzers[0], [one.expressions for one in source.within], where)
    if less.data == source.data:
        yield source
        return
    asked = source.rules - {one.rule for one in source.within if not where.hold(one.expressions, less.kept)}
    for data, rules in ((less.data, asked & source.apart), (source.data, asked - source.apart)):
        if rules:
            yield source._replace(data=data, rules=rules, within=())


def _written(folder: Path, rules: Sequence[Rule], texts: Sequence[Source], bounds: Bounds) -> Call:
    """A call whose rules and texts lie in a folder."""
    files = {str(lay(source, folder / f"{n}")): source for n, source in enumerate((*texts, canary.SOURCE))}
    (folder / _RULES).write_text(json.dumps({"rules": [canary.RULE, *rules]}), "utf-8")
    return Call(folder, folder / _RULES, files, bounds)


def _narrowed(rules: Sequence[Rule], sources: Sequence[Source]) -> tuple[list[Rule], list[Source]]:
    """The rules that may match in a text, as far as they may, each for the folders of those texts alone; and the texts with a rule."""
    few = sum(len(source.data) for source in sources) <= _MANY
    words: dict[tuple[int, ...], frozenset[bytes]] = {}
    left: list[tuple[Rule, tuple[int, ...]]] = []
    for rule in rules:
        numbers = tuple(n for n, source in enumerate(sources) if not source.rules or rule["id"] in source.rules)
        if few and numbers not in words:
            words[numbers] = vocabulary(sources[n].data for n in numbers)
        less = pruned(rule, words[numbers]) if few else rule
        if numbers and less is not None:
            left.append((less, numbers))
    asked = sorted({n for _, numbers in left for n in numbers})
    folders = {n: f"/{folder}/" for folder, n in enumerate(asked)}
    bound = [
        rule if len(numbers) == len(asked) else {**rule, "paths": {"include": [folders[n] for n in numbers]}}
        for rule, numbers in left
    ]
    return bound, [sources[n] for n in asked]


def lay(source: Source, folder: Path) -> Path:
    """Write a text into a new folder under the name that its language asks for."""
    folder.mkdir()
    file = folder / (_DOCKERFILE if "dockerfile" in source.analyzers else f"text{source.suffix}")
    file.write_bytes(source.data)
    return file


def _core(call: Call) -> list[str]:
    targets = call.folder / "targets.json"
    entries = [_code_target(file, how) for file, source in call.files.items() for how in source.analyzers]
    targets.write_text(json.dumps(["Targets", entries]), "utf-8")
    return [
        str(core()),
        *("-rules", str(call.rules), "-targets", str(targets), "-json_nodots", "-j", str(call.bounds.jobs)),
        *("-timeout", f"{call.bounds.rule_seconds:g}", "-timeout_threshold", "3", "-max_memory", str(_MEMORY)),
    ]


def _code_target(file: str, analyzer: str) -> list[object]:
    path = {"fpath": file, "ppath": f"/{Path(file).parent.name}/{Path(file).name}"}
    return ["CodeTarget", {"path": path, "analyzer": analyzer, "products": ["sast"]}]


def _scan(call: Call) -> list[str]:
    """The documented options, for either command line."""
    return [
        *(
            "scan",
            "--config",
            str(call.rules),
            "--json",
            "--metrics",
            "off",
            "--disable-version-check",
            "--disable-nosem",
        ),
        *("--oss-only", "--no-git-ignore", "--no-rewrite-rule-ids", "--skip-unknown-extensions", "--quiet"),
        *("--timeout", f"{max(round(call.bounds.rule_seconds), 1)}", "--timeout-threshold", "3"),
        *("--max-memory", str(_MEMORY), "--max-target-bytes", "0", "--jobs", str(call.bounds.jobs)),
        *call.files,
    ]


def _experimental(call: Call) -> list[str]:
    arguments = _scan(call)
    return ["osemgrep", arguments[0], "--experimental", *arguments[1:]]


def _command_line(call: Call) -> list[str]:
    (call.folder / ".semgrepignore").write_text("", "utf-8")  # else its own list of folders to leave out holds
    return [sys.executable, "-I", "-c", "import sys; from semgrep.main import main; sys.exit(main())", *_scan(call)]


CORE = Rung("semgrep-core", _core, apart=True)
EXPERIMENTAL = Rung("semgrep scan --experimental", _experimental, core)
COMMAND_LINE = Rung("semgrep scan", _command_line)
