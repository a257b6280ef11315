"""Make the lists of package names that the `dependencies` detector ships, from lists on disk; nothing is asked over the network.

    .venv/bin/python -I scripts/package_names.py --month 2026-11 --pypi pypi.tsv --npm npm.tsv --go go.tsv --maven maven.tsv

The first column of a list is the name; a first line of titles is skipped. How well known a name is comes from PyPI's fourth column
(a rank among the most downloaded, empty for others) and npm's third (downloads a month). The other lists have no rank: all their
names count. The names of crates, gems and actions are few and kept by hand, in scripts/package_names/.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "core"), str(ROOT / "rules")]

from countermark_rules.detectors.dependencies.names import (  # noqa: E402 - the path comes first
    BEST_KNOWN,
    DATA,
    existing_set,
    normal,
    pack,
)

COMMON = 15_000


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--month", required=True, help="when the lists were made, as 2026-11")
    for ecosystem in ("pypi", "npm", "go", "maven"):
        parser.add_argument(f"--{ecosystem}", required=True, type=Path)
    options = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    ranked = {
        "pypi": _column(_rows(options.pypi), 3, most=False),
        "npm": _column(_rows(options.npm), 2, most=True),
        "go": [row[0] for row in _rows(options.go)],
        "maven": [row[0] for row in _rows(options.maven)],
        **{
            path.stem: path.read_text("utf-8").split()
            for path in sorted((ROOT / "scripts" / "package_names").glob("*.txt"))
        },
    }
    for ecosystem, names in ranked.items():
        _write_names(ecosystem, [normal(ecosystem, name) for name in names])
    for ecosystem, path in (("pypi", options.pypi), ("npm", options.npm)):
        (DATA / f"{ecosystem}.set").write_bytes(existing_set(normal(ecosystem, row[0]) for row in _rows(path)))
    (DATA / "listed").write_text(options.month + "\n", "utf-8")


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:] if line]


def _column(rows: Sequence[Sequence[str]], column: int, *, most: bool) -> list[str]:
    """The commonest names, the best known first, by a number in a column: the more the better, or the less."""
    numbered = [(int(row[column]), row[0]) for row in rows if len(row) > column and row[column].isdigit()]
    return [name for _, name in sorted(numbered, reverse=most)[:COMMON]]


def _write_names(ecosystem: str, names: Sequence[str]) -> None:
    text = f"{pack(names[:BEST_KNOWN])}\n\n{pack(names[BEST_KNOWN:])}"
    (DATA / f"{ecosystem}.names").write_bytes(zlib.compress(text.encode(), 9))


if __name__ == "__main__":
    main()
