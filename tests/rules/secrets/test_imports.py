"""What the detector imports: little when there is nothing to find, and never what could speak to the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCAN = """
import json, sys
from countermark.change import FileChange
from countermark.content import Content
from countermark_rules.detectors.secrets.detector import SecretsDetector
file = FileChange(sys.argv[1], Content(sys.stdin.buffer.read()))
found = [finding.rule.id for finding in SecretsDetector().detect([file])]
print(json.dumps({"found": found, "modules": sorted(sys.modules)}))
"""
KEY = "AK" + "IAZ3MNTUVW4567QRST"
NEVER = {
    "requests",
    "urllib3",
    "yaml",
    "http.client",
    "socket",
    "detect_secrets.core.scan",
    "multiprocessing",
    "tomllib",
}


def scan(path: str, text: str, cache: Path) -> tuple[list[str], set[str]]:
    """What is found in a process of its own, and every module that it has then."""
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-I", "-c", SCAN, path]
    subprocess.run(command, env=environ, input=b"", check=True, capture_output=True)
    done = subprocess.run(command, env=environ, input=text.encode(), check=True, capture_output=True)
    answer = json.loads(done.stdout)
    return answer["found"], set(answer["modules"])


@pytest.fixture
def warm(shared_cache: Path) -> Path:
    """A cache in which everything is made already."""
    scan("a.py", f"key = '{KEY}'", shared_cache)
    return shared_cache


def test_a_clean_file_needs_no_detect_secrets(warm: Path) -> None:
    found, modules = scan("a.py", "x = 1\n" * 100, warm)
    assert found == []
    assert not modules & NEVER
    assert not [
        name
        for name in modules
        if name.startswith(("detect_secrets", "countermark_rules.detectors.secrets.confirming"))
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", f"key = '{KEY}'\npassword = 'Kx8-wr4ng9ler'\n"),
        ("a.yaml", f"a:\n  key: {KEY}\n  password: Kx8-wr4ng9ler\n"),
        ("a.ini", f"[a]\nkey = {KEY}\npassword = Kx8-wr4ng9ler\n"),
    ],
)
def test_findings_need_no_network_library(warm: Path, path: str, text: str) -> None:
    found, modules = scan(path, text, warm)
    assert found == ["secrets/aws-access-key-id", "secrets/keyword"]
    assert not modules & NEVER
    assert not [name for name in modules if name.startswith("detect_secrets")]  # what we loaded is ours alone


def test_detect_secrets_works_as_ever_afterwards(warm: Path) -> None:
    code = (
        "from countermark_rules.detectors.secrets.upstream import plugin, heuristic, module;"
        "plugin('IbmCloudIamDetector'); heuristic('is_sequential_string');"
        "import detect_secrets.core.plugins.util, requests;"  # the deepest first: a package half there would go in a circle
        "from detect_secrets.core.scan import scan_line;"
        "assert module('plugins.base').requests.exceptions is requests.exceptions;"
        f"print(len(list(scan_line(\"key = '{KEY}'\"))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "XDG_CACHE_HOME": str(warm)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0"  # no settings were touched, so no plugin is configured
