"""Whether the pattern rules find the same where functions and patterns that cannot matter are left out, and what that saves.

    python benchmarks/patterns_parity.py FOLDER... [--ending .js] [--most N]

Files below the folders in which a rule about one function may match are looked at twice by semgrep-core, some at a time: as a hook
does, without functions that a rule need not look into and without patterns that name what no text holds, and whole, with whole rules.
Differences are listed, and the processor time of both is told. Files with very long lines, which bundlers write, are left out.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from countermark.change import FileChange
from countermark.config.schema import Limits, Settings
from countermark.content import Content
from countermark_rules.detectors.patterns import rungs
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.rungs import parts
from countermark_rules.detectors.patterns.scanning import Bounds, Kind, Output, Source

_LONGEST_LINE, _LARGEST = 3_000, 300_000  # bytes
_TOGETHER = 4  # files in a call: the more there are, the more of the rules is left


class Pair:
    """An engine that asks twice, and keeps what differs."""

    name = "both"

    def __init__(self) -> None:
        self.differences = 0
        self.took = {"whole": 0.0, "cut": 0.0}
        self.cut = self.files = self.matches = 0

    def scan(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:
        """See Engine."""
        cut = [source for source in sources if source.within and list(parts(source)) != [source]]
        self.files += len(sources)
        self.cut += len(cut)
        if cut:
            whole = [source._replace(within=()) for source in cut]
            self._compare(cut, self._asked("whole", rules, whole, bounds), self._asked("cut", rules, cut, bounds))
        return Output(())

    def _asked(
        self, name: str, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds
    ) -> Output:
        before = _processor_time()
        rungs._MANY = sys.maxsize if name == "cut" else 0  # noqa: SLF001 - of more, all patterns are looked for
        output = rungs.CORE.scan(rules, sources, bounds)
        self.took[name] += _processor_time() - before
        return output

    def _compare(self, sources: Sequence[Source], whole: Output, cut: Output) -> None:
        asked = {source.path: source.rules for source in sources}
        before, after = ({match for match in one.matches if match.rule in asked[match.path]} for one in (whole, cut))
        self.matches += len(before)
        found = [("only whole", one) for one in before - after] + [("only cut", one) for one in after - before]
        differences = [f"{said}: {one.rule} {one.path}:{one.start}-{one.end}" for said, one in found]
        new = _troubles(cut) - _troubles(whole)
        differences += [
            f"only cut: {kind.value} trouble of {rule or 'all rules'} in {path}" for kind, rule, path in new
        ]
        self.differences += len(differences)
        print(*sorted(differences), sep="\n", end="\n" if differences else "", flush=True)


def main() -> int:
    """Print what differs, then the figures; the exit code says whether anything did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--ending", action="append", help="only files whose names end so")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="so many files at most")
    asked = parser.parse_args()
    pair = Pair()
    detector = PatternsDetector(Settings(limits=Limits(file_seconds=60)), engine=pair)
    wanted: list[FileChange] = []
    for file in _files(asked.folder, tuple(asked.ending or ("",))):
        if pair.files + len(wanted) >= asked.most:
            break
        if detector.wants(file):
            wanted.append(file)
        if len(wanted) == _TOGETHER:
            list(detector.detect(wanted))
            wanted.clear()
    list(detector.detect(wanted))
    print(
        f"{pair.differences} differences; {pair.files} files reach the engine, {pair.cut} of them cut; in those {pair.matches} matches"
    )
    print(f"processor time for those: whole {pair.took['whole']:.1f} s, cut {pair.took['cut']:.1f} s")
    return bool(pair.differences)


def _troubles(output: Output) -> set[tuple[Kind, str | None, str | None]]:
    """Without Semgrep's word for it: where all of a text was lost, less may be."""
    return {(one.kind, one.rule, one.path) for one in output.troubles}


def _files(folders: Sequence[Path], endings: tuple[str, ...]) -> Iterator[FileChange]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.name.endswith(endings) and path.is_file() and path.stat().st_size <= _LARGEST:
                data = path.read_bytes()
                if max(map(len, data.split(b"\n"))) <= _LONGEST_LINE:
                    yield FileChange(str(path.relative_to(folder.parent)), Content(data))


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
