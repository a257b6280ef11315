"""How much insecure code is found, and how much else: ours, and beside it other scanners, on labelled samples.

    python benchmarks/patterns_quality.py MANIFEST [--peers] [--details]
    python benchmarks/patterns_quality.py --noise TREE... [--peers]

MANIFEST is .csv or .jsonl with rows of path, language, cwe (one, or several with spaces between) and label (insecure or safe); paths
are relative to it. Any finding of a scanner in a file counts as found; it has the right family when one of its CWEs is in a family
with one of the row's. --noise counts findings per 1,000 lines of maintained code instead, tests left out. With --peers bandit,
codeshield and njsscan are installed from PyPI into a virtual environment of their own.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import venv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.packs import is_test, packs_of
from countermark_rules.engine import examine

_OURS = "countermark"
_PEERS = ("bandit", "codeshield", "njsscan")
_BATCH = 200  # files in one call of our detector
_BLOCKS = frozenset({"HIGH", "CRITICAL", "ERROR"})
# CWEs that name one weakness from different sides: a finding with any of them is about the right thing.
_FAMILIES = (
    "22 23 36 59 73 99 434 641 548 409",
    "74 77 78 88 94 95 96 470 1336 97 98 829",
    "79 80 83 84 86 87 116",
    "89 564 90 643 943 652 91",
    "93 113 117 644 1236",
    "134 20 129 1284 840 841 606 125 190",
    "200 201 209 213 215 489 497 532 212 11",
    "259 321 798 256 257 312 522 523 555 260 261",
    "269 284 285 287 306 602 639 807 862 863 250 266 425",
    "295 297 319 599 757",
    "326 327 328 329 330 331 335 336 337 338 339 340 347 759 760 780 916 1204",
    "352 601 918 441",
    "377 378 379 276 732 281 362 367",
    "384 501 565 613 614 1004 488",
    "390 391 396 397 617 703 754 755 252",
    "400 730 770 789 834 835 1333 405 406 674 185 625 776",
    "502 915 913",
    "611 776 827 112",
    "605 668 1327",
)


@frozen
class Row:
    """A sample: its file, its language, the CWEs that it was made for, and whether it is insecure."""

    path: Path
    language: str
    cwes: frozenset[int]
    insecure: bool


@frozen
class Hit:
    """A finding of a scanner in a file."""

    path: Path
    rule: str
    level: str
    cwes: frozenset[int]


def main() -> int:
    """Scan, and print the tables."""
    arguments = _arguments()
    if arguments.noise:
        files = [file for tree in arguments.noise for file in _sources(tree)]
        _print_noise(files, _scan(files, arguments))
        return 0
    if arguments.manifest is None:
        sys.exit("name a manifest, or trees after --noise")
    rows = list(_rows(arguments.manifest))
    found = _scan([row.path for row in rows], arguments)
    _print_quality(rows, found)
    if arguments.details:
        _print_details(rows, found[_OURS])
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path, nargs="?", metavar="MANIFEST")
    parser.add_argument("--noise", type=Path, nargs="+", metavar="TREE", help="count findings in maintained code")
    parser.add_argument("--peers", action="store_true", help="scan with the other scanners too")
    parser.add_argument("--environment", type=Path, default=_cache(), help="the peers' virtual environment")
    parser.add_argument("--details", action="store_true", help="print what we miss, and what we flag in vain")
    return parser.parse_args()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "countermark-benchmarks", "pattern-peers")


def _rows(manifest: Path) -> Iterator[Row]:
    with manifest.open(encoding="utf-8", newline="") as stream:
        entries: Iterable[Mapping[str, str]] = (
            csv.DictReader(stream) if manifest.suffix == ".csv" else map(json.loads, stream)
        )
        for entry in entries:
            if entry["label"] not in {"insecure", "safe"}:
                sys.exit(f"{manifest}: a label is insecure or safe, not {entry['label']!r}")
            path = (manifest.parent / entry["path"]).resolve()
            yield Row(path, entry["language"], _numbers(entry["cwe"]), entry["label"] == "insecure")


def _numbers(text: object) -> frozenset[int]:
    return frozenset(int(number) for number in re.findall(r"\d+", str(text)))


def _sources(tree: Path) -> Iterator[Path]:
    if not tree.is_dir():
        sys.exit(f"{tree} is no folder")
    for file in sorted(tree.resolve().rglob("*")):
        if file.is_file() and packs_of(file.name) and not is_test(str(file.relative_to(tree.resolve()))):
            yield file


def _scan(files: Sequence[Path], arguments: argparse.Namespace) -> Mapping[str, list[Hit]]:
    found = {_OURS: list(_ours(files))}
    if arguments.peers:
        scripts = _installed(arguments.environment)
        found |= {"bandit": _bandit(scripts, files), "codeshield": _codeshield(scripts, files)}
        found["njsscan"] = _njsscan(scripts, files)
    return found


def _ours(files: Sequence[Path]) -> Iterator[Hit]:
    settings = Settings()
    for begin in range(0, len(files), _BATCH):
        changes = [
            FileChange(str(file).lstrip("/"), Content(file.read_bytes())) for file in files[begin : begin + _BATCH]
        ]
        for examined in examine(changes, [PatternsDetector(settings)], settings.limits):
            for failure in examined.failures:
                print(f"countermark could not look at everything: {failure}", file=sys.stderr)
            for finding in examined.findings:
                cwes = _numbers(" ".join(finding.rule.cwe))
                yield Hit(Path("/", finding.path), finding.rule.id, finding.rule.severity.name, cwes)


def _installed(environment: Path) -> Path:
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    if not scripts.exists():
        venv.create(environment, with_pip=True)
    for peer in _PEERS:
        installed = subprocess.run(
            [scripts / "python", "-m", "pip", "show", "-q", peer], capture_output=True, check=False
        )
        if installed.returncode:
            subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", peer], check=True)
    return scripts


def _bandit(scripts: Path, files: Sequence[Path]) -> list[Hit]:
    hits = []
    for some in _batches(files, {".py"}):
        done = subprocess.run([scripts / "bandit", "-q", "-f", "json", *some], capture_output=True, check=False)
        for result in json.loads(done.stdout)["results"]:
            cwes = _numbers(result["issue_cwe"].get("id", ""))
            hits.append(Hit(Path(result["filename"]), result["test_id"], result["issue_severity"], cwes))
    return hits


_CODESHIELD = """
import asyncio, json, sys
from codeshield.cs import CodeShield
async def look():
    for name in sys.argv[1:]:
        result = await CodeShield.scan_code(open(name, encoding="utf-8", errors="replace").read())
        for issue in result.issues_found or []:
            print(json.dumps([name, issue.pattern_id, str(issue.severity), str(issue.cwe_id)]))
asyncio.run(look())
"""


def _codeshield(scripts: Path, files: Sequence[Path]) -> list[Hit]:
    hits = []
    for some in _batches(files, {".py", ".js", ".ts", ".java"}):
        # Its own scanner is a program beside it.
        environ = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
        command = [str(scripts / "python"), "-c", _CODESHIELD, *map(str, some)]
        done = subprocess.run(command, capture_output=True, text=True, env=environ, check=True)
        for line in done.stdout.splitlines():
            if line.startswith("["):
                name, rule, level, cwe = json.loads(line)
                hits.append(Hit(Path(name), rule, level.rpartition(".")[2].upper(), _numbers(cwe)))
    return hits


def _njsscan(scripts: Path, files: Sequence[Path]) -> list[Hit]:
    hits = []
    for some in _batches(files, {".js", ".ts", ".jsx", ".tsx"}):
        done = subprocess.run([scripts / "njsscan", "--json", *some], capture_output=True, check=False)
        report = json.loads(done.stdout)
        for section in ("nodejs", "templates"):
            for rule, found in report.get(section, {}).items():
                cwes = _numbers(found["metadata"]["cwe"].partition(":")[0])
                level = found["metadata"]["severity"]
                hits += [Hit(Path(place["file_path"]), rule, level, cwes) for place in found.get("files", ())]
    return hits


def _batches(files: Sequence[Path], suffixes: set[str]) -> Iterator[Sequence[str]]:
    chosen = [str(file) for file in files if file.suffix in suffixes]
    for begin in range(0, len(chosen), _BATCH):
        yield chosen[begin : begin + _BATCH]


def _same_family(some: frozenset[int], others: frozenset[int]) -> bool:
    return bool(some & others) or any(some & family and others & family for family in _family_sets())


def _family_sets() -> Sequence[frozenset[int]]:
    return [_numbers(family) for family in _FAMILIES]


def _print_quality(rows: Sequence[Row], found: Mapping[str, Sequence[Hit]]) -> None:
    insecure, safe = [row for row in rows if row.insecure], [row for row in rows if not row.insecure]
    print(f"{len(insecure)} insecure samples, {len(safe)} safe ones")
    print(f"{'':16}{'recall':>10}{'right family':>14}{'false positives':>17}")
    for scanner, hits in found.items():
        by_path = _by_path(hits)
        recall = sum(row.path in by_path for row in insecure)
        right = sum(any(_same_family(row.cwes, hit.cwes) for hit in by_path.get(row.path, ())) for row in insecure)
        wrong = sum(row.path in by_path for row in safe)
        shares = (_percent(recall, insecure), _percent(right, insecure), _percent(wrong, safe))
        print("{:<16}{:>10}{:>14}{:>17}".format(scanner, *shares))


def _print_details(rows: Sequence[Row], hits: Sequence[Hit]) -> None:
    by_path = _by_path(hits)
    for row in rows:
        rules = sorted({hit.rule for hit in by_path.get(row.path, ())})
        if row.insecure != bool(rules):
            cwes = " ".join(f"CWE-{number}" for number in sorted(row.cwes))
            print(f"{'missed' if row.insecure else 'in vain':<8} {row.path.name} {cwes} {', '.join(rules)}")


def _print_noise(files: Sequence[Path], found: Mapping[str, Sequence[Hit]]) -> None:
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    print(f"{lines} lines in {len(files)} files, findings per 1,000 lines")
    for scanner, hits in found.items():
        levels = Counter(hit.level for hit in hits)
        blocking = sum(count for level, count in levels.items() if level in _BLOCKS)
        by_level = ", ".join(f"{level.lower()} {1000 * count / lines:.2f}" for level, count in levels.most_common())
        print(f"{scanner:<16}{1000 * len(hits) / lines:>7.2f} in all, {1000 * blocking / lines:.2f} high ({by_level})")


def _by_path(hits: Iterable[Hit]) -> Mapping[Path, Sequence[Hit]]:
    by_path = defaultdict(list)
    for hit in hits:
        by_path[hit.path.resolve()].append(hit)
    return by_path


def _percent(part: int, rows: Sequence[Row]) -> str:
    return f"{100 * part / len(rows):.1f} %" if rows else "-"


if __name__ == "__main__":
    sys.exit(main())
