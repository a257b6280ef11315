"""What rules look for before Semgrep is asked is found in no time, whatever a text holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from countermark_rules.detectors.patterns.packs import PACKS

FIXTURES = Path(__file__).parent
RUNS = ["#", "(", " ", "a", ".", "a ", "a,", "\\"]
# Each line of a rule's own fixture is followed by a run of one character, on which an expression may try all ways to split it up.
SEARCH = """
import re, sys
from pathlib import Path
from countermark_rules.detectors.patterns.bundle import load_pack
folder, pack, *runs = sys.argv[1:]
for rule in load_pack(pack):
    [fixture] = Path(folder).glob(f"{rule.rule.id}.*")
    for run in runs:
        text = fixture.read_text("utf-8").replace("\\n", f"\\n{run * 40}\\n").encode()
        for expression in (*rule.needs, *rule.within):
            print(rule.id, run, flush=True)
            re.search(expression.encode(), text)
print("all searched")
"""


@pytest.mark.parametrize("pack", PACKS)
def test_no_expression_of_a_rule_takes_long(pack: str) -> None:
    command = [sys.executable, "-I", "-c", SEARCH, str(FIXTURES), pack, *RUNS]

    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode()

    assert said.splitlines()[-1] == "all searched"
