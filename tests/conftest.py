from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Repository


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def repository(tmp_path: Path, home: Path) -> Repository:
    """An empty repository with pinned settings."""
    return Repository(tmp_path / "work", home)
