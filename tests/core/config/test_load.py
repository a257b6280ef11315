"""Settings from TOML: strict, with every fault at once, and safe on hostile files."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from countermark.config.load import load
from countermark.config.schema import Judging, Limits, PathSetting, RuleSetting, Settings, Threshold
from countermark.errors import UsageError
from countermark.finding import Confidence, Severity
from countermark.verdict import Level

from .memory import Memory, own

EVERYTHING = """\
exclude = ["vendor/", "!vendor/ours/**/*.py", '[a-z]\\ ']
baselines = [".secrets.baseline"]
policy.fail-on = "warn"
policy.untouched = "block"
policy.foreign-markers = true
policy.longest-suppression = 90
policy.block = { severity = "medium", confidence = "low" }
limits = { file-bytes = 1, file-seconds = 2, total-seconds = 0 }

[rules]
"secrets/*" = { level = "off" }
"py/tls-verify-off" = { at-least = "review" }

[[paths]]
match = ["tests/"]
at-most = "note"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(UsageError) as raised:
        load(own(text))
    return [line.removeprefix("countermark.toml: ") for line in str(raised.value).split("\n")]


def test_every_key_arrives() -> None:
    assert load(own(EVERYTHING)) == Settings(
        policy=Judging(
            fail_on=Level.WARN,
            block=Threshold(Severity.MEDIUM, Confidence.LOW),
            untouched=Level.BLOCK,
            foreign_markers=True,
            longest_suppression=90,
        ),
        rules={"secrets/*": RuleSetting(level="off"), "py/tls-verify-off": RuleSetting(at_least="review")},
        paths=(PathSetting(("tests/",), Level.NOTE),),
        exclude=("vendor/", "!vendor/ours/**/*.py", "[a-z]\\ "),
        baselines=(".secrets.baseline",),
        limits=Limits(1, 2.0, 0),
    )


def test_a_table_keeps_what_it_does_not_name() -> None:
    settings = load(own('[policy.warn]\nseverity = "medium"'))
    assert settings.policy.warn == Threshold(Severity.MEDIUM, Confidence.LOW)
    assert settings.policy.block == Judging().block


@pytest.mark.parametrize("files", [{}, {"countermark.toml": ""}, {"countermark.toml": "# nothing\n"}])
def test_without_settings_there_are_defaults(files: dict[str, str | bytes]) -> None:
    assert load(Memory(files)) == Settings()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('policy.fail-on = "blok"', "policy.fail-on: 'blok' is not one of note, warn, review, block"),
        ('policy.fail-on = "BLOCK"', "policy.fail-on: 'BLOCK' is not one of note, warn, review, block"),
        ("policy.fail-on = 3", "policy.fail-on: a whole number is not one of note, warn, review, block"),
        ('policy.fail_on = "warn"', "policy: unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("polcy = 1", "unknown key 'polcy'; did you mean 'policy'?"),
        ("zzz = 1", "unknown key 'zzz'"),
        ('"a\\nb\\u202e" = 1', "unknown key 'a\\nb\\u202e'"),
        ("policy = 1", "policy: a table is needed, not a whole number"),
        ("policy.block = []", "policy.block: a table is needed, not a list"),
        ("policy.foreign-markers = 1", "policy.foreign-markers: true or false is needed, not a whole number"),
        ('policy.longest-suppression = "5"', "policy.longest-suppression: a whole number is needed, not text"),
        ("policy.longest-suppression = true", "policy.longest-suppression: a whole number is needed, not true or false"),
        ("policy.longest-suppression = 5.0", "policy.longest-suppression: a whole number is needed, not a number"),
        ("policy.longest-suppression = 0", "policy.longest-suppression: must be at least 1"),
        ("limits.file-bytes = -1", "limits.file-bytes: must be at least 1"),
        (f"limits.file-bytes = 0x{'f' * 9000}", "limits.file-bytes: must be at most 1000000000000"),
        ("limits.file-seconds = 0", "limits.file-seconds: must be at least 0.01"),
        ("limits.file-seconds = nan", "limits.file-seconds: a number is needed, not infinity or nan"),
        ("limits.total-seconds = inf", "limits.total-seconds: a number is needed, not infinity or nan"),
        ("limits.total-seconds = 2026-01-02", "limits.total-seconds: a number is needed, not a date or time"),
        ('exclude = "vendor/"', "exclude: a list is needed, not text"),
        ("exclude = [1]", "exclude[0]: text is needed, not a whole number"),
        ('exclude = ["ok", "[a"]', "exclude[1]: a `[` that is never closed"),
        (f"exclude = {['a'] * 1001}", "exclude: more than 1000 entries"),
        ('baselines = ["../x"]', "baselines[0]: a file's path from the repository's root is needed, with `/` between folders"),
        ('baselines = ["/x"]', "baselines[0]: a file's path from the repository's root is needed, with `/` between folders"),
        ('rules.secrets = { level = "off" }', "rules.secrets: no rule is called so; a rule is `family/name`, a family `family/*`"),
        ('rules."a/b" = "off"', 'rules."a/b": a table is needed, not text'),
        ('rules."a/b".level = "high"', "rules.\"a/b\".level: 'high' is not one of off, note, warn, review, block"),
        ("paths = [{}]", "paths[0]: the key 'match' is missing"),
        ("paths = [{ match = [] }]", "paths[0].match: an empty list matches nothing"),
        ("paths = {}", "paths: a list is needed, not a table"),
        ("organisation = {}", "organisation: only the policy file of an organisation may say this, outside the repository"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path(text: str, fault: str) -> None:
    (said,) = faults(text)
    assert said.startswith(fault)


def test_all_faults_come_at_once() -> None:
    text = 'fail = 1\nexclude = [2, ""]\n[policy]\nfail-on = 1\nuntouched = "x"\n[limits]\nfile-bytes = "1"\n[[paths]]\nmatch = 1\n'
    assert [fault.partition(":")[0] for fault in faults(text)] == [
        "unknown key 'fail'",
        "policy.fail-on",
        "policy.untouched",
        "paths[0].match",
        "exclude[0]",
        "exclude[1]",
        "limits.file-bytes",
    ]


def test_of_very_many_faults_the_first_are_shown() -> None:
    said = faults("\n".join(f"k{number} = 1" for number in range(1000)))
    assert len(said) == 51
    assert said[-1] == "950 more"


def test_what_may_be_a_secret_is_not_repeated() -> None:
    word = "x" * 20
    assert word not in "".join(
        faults(f'policy.fail-on = "{word}"\nlimits.file-bytes = "{word}"\nexclude = ["[{word}"]')
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a = \n", "line 1, column 5: Invalid value"),
        ("[policy]\nfail-on = 'warn'\nfail-on = 'note'", "Cannot overwrite a value"),
        (b"a = '\xff'", "line 1: not UTF-8"),
        (b"#\n#\n\xc3(", "line 3: not UTF-8"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "{a = " * 100_000, "nested too deeply"),
        ("a = " + "9" * 100_000, "Exceeds the limit"),
        ("#\n" + "a." * 40 + "b = 1", "line 2: a key of more than 32 parts"),
        ("[" + ' "a" .' * 40 + "b]", "line 1: a key of more than 32 parts"),
        ("#" * 1_000_001, "larger than 1000000 bytes"),
    ],
)
def test_bad_toml_is_one_line(content: str | bytes, fault: str) -> None:
    with pytest.raises(UsageError) as raised:
        load(Memory({"countermark.toml": content}))
    assert str(raised.value).startswith("countermark.toml: ")
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_byte_order_mark_is_no_fault() -> None:
    text = b"\xef\xbb\xbf[policy]\nfail-on = 'warn'"
    assert load(Memory({"countermark.toml": text})).policy.fail_on is Level.WARN


@pytest.mark.parametrize("unit", ["a.", "[a]\n", "'a' . ", '"', "a=1 # ", "[[a.b]]\n", "a" * 99])
def test_no_file_takes_long(unit: str) -> None:
    started = time.process_time()
    with pytest.raises(UsageError):
        load(own("x = 1\n" + unit * (900_000 // len(unit))))
    assert time.process_time() - started < 5


TOOL = '[tool.countermark.policy]\nfail-on = "warn"\n'


@pytest.mark.parametrize("own_file", [None, "", "# all defaults\n"])
def test_pyproject_may_hold_them(own_file: str | None) -> None:
    files: dict[str, str | bytes] = {"pyproject.toml": TOOL}
    if own_file is not None:
        files["countermark.toml"] = own_file
    assert load(Memory(files)).policy.fail_on is Level.WARN


def test_two_places_are_one_too_many() -> None:
    with pytest.raises(UsageError, match=r"both hold settings"):
        load(Memory({"pyproject.toml": TOOL, "countermark.toml": "exclude = []"}))


@pytest.mark.parametrize(
    ("pyproject", "fault"),
    [
        ("[tool.countermark]\nexclud = []", "pyproject.toml: tool.countermark: unknown key 'exclud'; did you mean 'exclude'?"),
        ("tool.countermark = 1", "pyproject.toml: tool.countermark: a table is needed, not a whole number"),
        ("# countermark\na = ", "pyproject.toml: line 2, column 5: Invalid value"),
    ],
)  # fmt: skip
def test_faults_of_pyproject_name_it(pyproject: str, fault: str) -> None:
    with pytest.raises(UsageError) as raised:
        load(Memory({"pyproject.toml": pyproject}))
    assert str(raised.value) == fault


def test_a_pyproject_that_never_names_us_is_not_ours_to_judge() -> None:
    assert load(Memory({"pyproject.toml": "broken = "})) == Settings()
    assert load(Memory({"pyproject.toml": "[tool]\nother = 'countermark'"})) == Settings()


def test_no_settings_file_no_parser() -> None:
    code = (
        "import sys\nfrom countermark.config.load import load\n"
        "class Nothing:\n    def read(self, path): return None\n"
        "load(Nothing())\nprint(sorted({'tomllib', 'cattrs', 'json', 'filelock'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
