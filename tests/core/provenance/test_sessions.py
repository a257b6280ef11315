"""Short random sessions of agents and people: what is marked is an agent's. benchmarks/provenance.py plays thousands of longer ones."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from provenance_sessions import environment, play


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_lines_keep_their_authors(seed: int, tmp_path: Path) -> None:
    outcome = play(tmp_path / "session", seed, 12, environment(tmp_path / "home"))

    for score in (outcome.staged, outcome.ended, outcome.cloned):
        assert score.precision >= 0.995, (outcome.log, score.wrong)
        assert score.recall >= 0.9, (outcome.log, score.wrong)
    assert outcome.staged.written > 10
    shutil.rmtree(tmp_path / "session")
