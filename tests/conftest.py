from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import Repository


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the run and all its workers: what takes seconds to make is made once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    return folder


# Started in the background a shell has Ctrl-C ignored, and so would have every process that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no fault of the code; tests of time measure it themselves. The same examples each time, so that what passes once
# passes again; `pytest --hypothesis-profile explore` looks for others.
settings.register_profile("countermark", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("countermark")


@pytest.fixture
def home(tmp_path: Path, shared_cache: Path) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / ".cache").symlink_to(shared_cache)
    return folder


@pytest.fixture
def repository(tmp_path: Path, home: Path) -> Repository:
    """An empty repository with pinned settings."""
    return Repository(tmp_path / "work", home)
