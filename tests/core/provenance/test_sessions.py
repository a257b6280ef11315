"""Short random sessions of agents and people: what is marked is an agent's, what was approved stays so.

benchmarks/provenance.py plays thousands of longer ones.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from sessions.place import environment
from sessions.play import play


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_lines_keep_their_authors(seed: int, tmp_path: Path) -> None:
    outcome = play(tmp_path / "session", seed, 12, environment(tmp_path / "home"))

    for score in (outcome.staged, outcome.ended, outcome.cloned):
        assert score.precision >= 0.995, (outcome.log, score.wrong)
        assert score.recall >= 0.9, (outcome.log, score.wrong)
    for answers in (outcome.reviewed, outcome.verified):
        assert (answers.again, answers.unread) == ([], []), outcome.log
    assert outcome.staged.written > 10
    assert outcome.verified.looked_at > 0
    shutil.rmtree(tmp_path / "session")
