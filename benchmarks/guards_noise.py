"""How often the guards speak on real histories: every finding, and how many there are per 1,000 changed lines.

``guards_noise.py REPOSITORY... [--last N]``: each of the last N commits of each repository, first parents, is judged as a change.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

from countermark.change import FileChange
from countermark.changes.range import commits
from countermark.config.schema import Limits, Settings
from countermark.display import escape
from countermark.git.repository import Repository, discover
from countermark.verdict import Level
from countermark_rules.detectors.guards.detector import GuardsDetector
from countermark_rules.engine import examine
from countermark_rules.judge import Judge


def changes(repository: Repository, last: int) -> Iterator[tuple[str, list[FileChange]]]:
    """The files of each commit, the oldest first, and its id."""
    listed = repository.git("rev-list", "--first-parent", "--reverse", f"--max-count={last + 1}", "HEAD").decode()
    ids = listed.split()
    for before, after in pairwise(ids):
        change = commits(repository, f"{before}..{after}", Limits())
        entries = chain(change.entries, change.gone)
        yield after, [entry for entry in entries if isinstance(entry, FileChange) and entry.commit is None]


def lines(files: list[FileChange]) -> int:
    """How many lines are new or gone."""
    return sum(
        file.after.slice(hunk.after).count("\n") + (file.before.slice(hunk.before).count("\n") if file.before else 0)
        for file in files
        for hunk in file.hunks
    )


def main() -> None:
    """Print the findings, then the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", nargs="+", type=Path)
    parser.add_argument("--last", type=int, default=200)
    asked = parser.parse_args()
    detector, judge, limits = GuardsDetector(Settings()), Judge(Settings()), Limits(file_seconds=60)
    levels: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    changed = count = 0
    for path in asked.repository:
        repository = discover(path, os.environ)
        if repository is None:
            parser.error(f"{path} is no repository")
        for commit, files in changes(repository, asked.last):
            count, changed = count + 1, changed + lines(files)
            for examined in examine(files, [detector], limits):
                for failure in examined.failures:
                    print("FAILED", failure)
                for finding in examined.findings:
                    verdict = judge.judge(finding)
                    level = (verdict.level if verdict else Level.NOTE).name.lower()
                    levels[level] += 1
                    rules[f"{finding.rule.id} {level}"] += 1
                    was = "; ".join(
                        f"{other.start.line if other.start else '?'} {other.message}" for other in finding.related
                    )
                    print(
                        f"{path.name} {commit[:8]} {level} {finding.rule.id} {escape(finding.path)}:{finding.start.line} {was}"
                    )
    print(f"{count} commits, {changed} changed lines")
    for rule, number in rules.most_common():
        print(f"{number:5} {rule}")
    for level, number in levels.items():
        print(f"{level}: {number}, {1000 * number / max(changed, 1):.3f} per 1,000 changed lines")


if __name__ == "__main__":
    main()
