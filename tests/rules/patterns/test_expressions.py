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
# The words of a rule over and over, in one line of 40,000 bytes: an expression that tries each of them as a beginning, and from each
# looks through the rest, takes seconds for what takes milliseconds.
REPEAT = """
import re, sys, time
from pathlib import Path
from countermark_rules.detectors.patterns.bundle import load_pack
folder, pack = sys.argv[1:]
for rule in load_pack(pack):
    [fixture] = Path(folder).glob(f"{rule.rule.id}.*")
    words = {*re.findall(rb"\\w+\\W?", fixture.read_bytes())[:12], *rule.anchors}
    for expression in {*rule.needs, *rule.within}:
        for word in words:
            text = word * (40_000 // len(word))
            started = time.process_time()
            re.search(expression.encode(), text)
            if time.process_time() - started > 0.7:
                print(rule.id, expression, word)
"""


@pytest.mark.parametrize("pack", PACKS)
def test_no_expression_of_a_rule_takes_long(pack: str) -> None:
    command = [sys.executable, "-I", "-c", SEARCH, str(FIXTURES), pack, *RUNS]

    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode()

    assert said.splitlines()[-1] == "all searched"


@pytest.mark.parametrize("pack", PACKS)
def test_no_expression_looks_through_the_rest_again_and_again(pack: str) -> None:
    command = [sys.executable, "-I", "-c", REPEAT, str(FIXTURES), pack]

    said = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True).stdout

    assert said == ""
