"""A repository's own rules: what is accepted, what is refused and in which words, and what becomes of them in a check."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.errors import UsageError
from countermark.finding import Severity
from countermark.rule_files import RuleFile
from countermark_rules.detectors.patterns.own import checked, read_own
from tests.support import Repository

NAME = ".countermark/rules/team.yaml"
RULE = """\
rules:
  - id: no-print
    languages: [python]
    severity: WARNING
    message: Printing loses the level and the time.
    pattern: print(...)
"""


def refused(text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        checked(RuleFile(NAME, text.encode() if isinstance(text, str) else text))
    return str(caught.value)


def replaced(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new)


FAULTS = {
    "no YAML": ("rules: [\n", "team.yaml, line 2: did not find expected"),
    "not UTF-8": (b"rules: \xff", "team.yaml: not UTF-8"),
    "empty": ("", "line 1: a list called `rules` is needed"),
    "a list": ("- a\n", "line 1: a list called `rules` is needed"),
    "no rules": ("rules: []\n", "a list called `rules` is needed"),
    "a word": ("rules: [a]\n", "line 1: a rule is a table"),
    "aliases": ("rules: &a\n- *a\n", "anchors and aliases"),
    "a tag": ("rules: !!python/object/apply:os.system [id]\n", "tags (!) are not read"),
    "twice the key": (RULE + "    message: again\n", "line 7: the key 'message' is there twice"),
    "no message": (
        replaced("    message: Printing loses the level and the time.\n", ""),
        "line 2: the rule lacks message",
    ),
    "an id": (replaced("no-print", "no/print"), "line 2: an id is made of letters"),
    "severity": (replaced("WARNING", "warn"), "line 4: severity is one of ERROR, WARNING, INFO"),
    "languages": (replaced("[python]", "python"), "line 3: languages is a list of names"),
    "a language": (replaced("[python]", "[cobol]"), "line 3: the language cobol is not looked at; there are bash, c,"),
    "no pattern": (replaced("    pattern: print(...)\n", ""), "line 2: the rule has no pattern"),
    "half a taint rule": (replaced("pattern: print(...)", "mode: taint"), "needs pattern-sources and pattern-sinks"),
    "a paid mode": (replaced("pattern: print(...)", "mode: secrets"), "line 6: mode is search or taint"),
    "paths": (RULE + "    paths: [src/]\n", "line 7: paths holds include and exclude"),
    "confidence": (RULE + "    metadata: {confidence: sure}\n", "line 7: metadata.confidence is one of low"),
    "references": (RULE + "    metadata: {references: 1}\n", "line 7: metadata.references is a list of texts"),
    "metadata": (RULE + "    metadata: high\n", "line 7: metadata is a table"),
    "two of a name": (RULE + RULE.removeprefix("rules:\n"), "two rules are called no-print"),
    "too large": ("#" * 300_000, "larger than 256,000 bytes"),
    "too many": ("rules:\n" + "- a\n" * 201, "201 rules, and at most 200"),
    "too deep": ("rules: " + "[" * 100 + "]" * 100, "nested deeper than"),
    "an escape": (replaced("[python]", '["\\e[31m"]'), "the language \\x1b[31m is not looked at"),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_with_its_line(text: str | bytes, said: str) -> None:
    message = refused(text)

    assert said in message
    assert all(line.startswith(NAME) for line in message.splitlines())


def test_all_faults_of_a_file_are_named_at_once() -> None:
    assert (
        len(refused(replaced("WARNING", "x").replace("[python]", "[cobol]").replace("no-print", "a/b")).splitlines())
        == 3
    )


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"rules:\n  - {text}".encode()))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    own = read_own([RuleFile(NAME, data)])

    assert own.rules or own.faults


@pytest.mark.parametrize(
    ("change", "severity"),
    [
        ("ERROR", Severity.HIGH),
        ("WARNING", Severity.MEDIUM),
        ("INFO", Severity.INFO),
        (
            "WARNING\n    metadata: {severity: critical, confidence: high, cwe: 'CWE-89: SQL', paths: []}",
            Severity.CRITICAL,
        ),
    ],
)
def test_a_rule_is_judged_by_its_severity(change: str, severity: Severity) -> None:
    [found] = read_own([RuleFile(NAME, replaced("WARNING", change).encode())]).rules

    assert (found.rule.id, found.rule.severity) == ("local/no-print", severity)
    assert found.rule.cwe == (("CWE-89",) if "cwe" in change else ())


def test_one_faulty_file_leaves_the_others_their_rules() -> None:
    own = read_own(
        [RuleFile("a.yaml", b"rules: 1"), RuleFile("b.yaml", RULE.encode()), RuleFile("c.yaml", RULE.encode())]
    )

    assert [rule.rule.id for rule in own.rules] == ["local/no-print"]
    assert [fault.path for fault in own.faults] == ["a.yaml", "c.yaml"]


def checked_by(repository: Repository, *arguments: str) -> tuple[int, dict]:
    done = repository.countermark("check", "--format", "json", "--only", "local", *arguments)
    return done.returncode, json.loads(done.stdout) if done.stdout else {"stderr": done.stderr}


def test_what_is_staged_is_judged_by_the_rules_that_are_staged(repository: Repository) -> None:
    repository.write(NAME, replaced("WARNING", "ERROR")).write("a.py", "print(1)\n").write(
        "b/a.rb", "eval(x)\n"
    ).stage()
    repository.write(NAME, replaced("print(...)", "nothing(...)"))

    code, staged = checked_by(repository, "--staged")
    _, worktree = checked_by(repository)

    assert [(one["rule"], one["path"], one["verdict"]) for one in staged["findings"]] == [
        ("local/no-print", "a.py", "block")
    ]
    assert code == 1
    assert worktree["findings"] == []

    repository.commit().write(NAME, None).write("a.py", "print(2)\n").stage().commit("again")
    assert checked_by(repository, "--range", "HEAD~1..HEAD")[1]["findings"] == []


def test_a_faulty_rule_is_never_silence(repository: Repository) -> None:
    repository.write(NAME, replaced("[python]", "[cobol]")).write("a.py", "x = 1\n").stage()

    code, report = checked_by(repository, "--staged")

    assert code == 3
    assert [failure["path"] for failure in report["summary"]["failures"]] == [NAME]


def test_a_rule_that_semgrep_cannot_use_is_never_silence(repository: Repository) -> None:
    repository.write(NAME, replaced("print(...)", "print(((")).write("a.py", "print(1)\n").stage()

    code, report = checked_by(repository, "--staged")

    assert code == 3
    assert "local/no-print cannot be used" in report["summary"]["failures"][0]["message"]


def test_paths_levels_and_the_list(repository: Repository) -> None:
    where = RULE + "    paths: {include: [src/], exclude: ['*_test.py']}\n"
    repository.write(NAME, where).write("countermark.toml", '[rules."local/*"]\nlevel = "note"\n')
    for path in ("src/a.py", "src/a_test.py", "other/a.py", ".countermark/rules/team.py"):
        repository.write(path, "print(1)\n")

    _, report = checked_by(repository)
    listed = repository.countermark("rules", "list").stdout

    assert [(one["path"], one["verdict"]) for one in report["findings"]] == [("src/a.py", "note")]
    assert "local/no-print" in listed
    assert "no-print: No print" in repository.countermark("check", "--explain", "local/no-print").stdout
