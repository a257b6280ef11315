from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.demo import cloud_key, environment, main

from countermark.review.agents import by_parents

from .markdown import ROOT

pytestmark = pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused")


def _demo(tmp_path: Path, cache: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(ROOT / "scripts" / "demo.py")],
        env=os.environ | {"TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(cache)} | environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_commit_is_refused_explained_mended_and_passes(tmp_path: Path, shared_cache: Path) -> None:
    done = _demo(tmp_path, shared_cache)
    assert done.returncode == 0, done.stdout + done.stderr
    refusal, repaired = done.stdout.split("The fix:")
    assert "secrets/" in done.stderr + refusal
    assert "ledger/export.py" in done.stderr + refusal
    assert "Upload the ledger each month" in repaired
    assert "only a person can answer for a hunk" in repaired
    assert "1 of 1 hunk answered for, in 1 commit" in done.stdout + done.stderr
    assert not any(part in done.stdout + done.stderr for part in cloud_key())
    assert not list(tmp_path.iterdir())


def test_keep_leaves_the_repository(tmp_path: Path, shared_cache: Path) -> None:
    assert _demo(tmp_path, shared_cache, KEEP="1").returncode == 0
    assert len(list(tmp_path.glob("countermark-demo-*/ledger/.git"))) == 1


def test_a_tool_that_lets_everything_pass_fails_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    idle = tmp_path / "bin" / "countermark"
    idle.parent.mkdir()
    idle.write_text("#!/bin/sh\n: > countermark.toml\n")
    idle.chmod(0o755)
    idle_first = {"PATH": f"{idle.parent}{os.pathsep}{os.environ['PATH']}"}
    monkeypatch.setattr("scripts.demo.environment", lambda home: environment(home) | idle_first)
    assert main() == 1
    assert "this did not happen: the hook refuses the commit" in capsys.readouterr().err
