"""The lists of names, and what passes for a well-known one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_rules.detectors.dependencies.names import (
    existing_set,
    exists,
    holds,
    known,
    listed,
    normal,
    pack,
    unpack,
)
from countermark_rules.detectors.dependencies.similar import distance, likeness, skeleton

ROOT = Path(__file__).resolve().parents[3]
NAMES = st.sets(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=90), max_size=60)


@given(NAMES)
def test_packed_names_come_back(names: set[str]) -> None:
    assert list(unpack(pack(names))) == sorted(names)


@given(NAMES)
def test_the_set_forgets_no_name(names: set[str]) -> None:
    held = existing_set(names)
    assert all(holds(held, name) for name in names)


def test_the_set_takes_few_others_for_its_own() -> None:
    held = existing_set(f"package-{n}" for n in range(3000))
    assert sum(holds(held, f"invented-{n}") for n in range(3000)) < 3000 / 20


@pytest.mark.parametrize(
    ("ecosystem", "names"),
    [
        ("pypi", ["requests", "numpy", "flask-cors", "python-dateutil"]),
        ("npm", ["react", "lodash", "@types/node", "cross-env"]),
        ("crates", ["serde", "tokio"]),
        ("gems", ["rails", "rspec-core"]),
        ("go", ["github.com/stretchr/testify"]),
        ("maven", ["org.slf4j:slf4j-api"]),
        ("actions", ["actions/checkout"]),
    ],
)
def test_well_known_names_are_known(ecosystem: str, names: list[str]) -> None:
    assert all(exists(ecosystem, name) for name in names)
    assert [likeness(ecosystem, name) for name in names] == [None] * len(names)


def test_lists_have_a_month_and_are_of_the_size_that_is_promised() -> None:
    assert len(listed()) == len("2026-11")
    assert [len(known(ecosystem).common) > 14_000 for ecosystem in ("pypi", "npm")] == [True, True]


@pytest.mark.parametrize(
    ("ecosystem", "name", "taken_for"),
    [
        ("pypi", "reqeusts", "requests"),
        ("pypi", "numpyy", "numpy"),
        ("pypi", "djang0", "django"),
        ("pypi", "r\u0435quests", "requests"),
        ("pypi", "python-dateutils", "python-dateutil"),
        ("pypi", "tensorfolw-x", None),
        ("npm", "crossenv", "cross-env"),
        ("npm", "expresss", "express"),
        ("npm", "lodahs", "lodash"),
        ("crates", "serde-json", "serde_json"),
        ("actions", "action/checkout", "actions/checkout"),
        ("gems", "nokogirl", "nokogiri"),
        ("pypi", "react-router-dom", "react-router-dom"),
        ("npm", "beautifulsoup4", "beautifulsoup4"),
        # Silent: a name of their own, names too short to tell, and another package of the same publisher.
        ("pypi", "countermark-tools", None),
        ("pypi", "six2", None),
        ("npm", "preact", None),
        ("npm", "@acme/button", None),
        ("npm", "@types/nodes", None),
        ("go", "github.com/aws/aws-sdk-go-v2/service/zzz", None),
        ("actions", "actions/checkouts", None),
        ("maven", "org.slf4j:slf4j-apis", None),
        ("maven", "com.acme:billing", None),
        ("crates", "acme-billing", None),
    ],
)
def test_what_a_name_is_taken_for(ecosystem: str, name: str, taken_for: str | None) -> None:
    found = likeness(ecosystem, normal(ecosystem, name))

    assert (found.name if found else None) == taken_for


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("abc", "acb", 1),
        ("kitten", "sitting", 3),
        ("requests", "reqeusts", 1),
        ("ab", "ba", 1),
    ],
)
def test_errors_between_names(one: str, other: str, errors: int) -> None:
    assert distance(one, other) == distance(other, one) == errors


def test_letters_that_look_the_same_make_one_skeleton() -> None:
    assert skeleton("pa\u0443pal") == skeleton("paypal") != skeleton("paypa")


def test_the_script_makes_the_lists_from_lists_on_disk(tmp_path: Path) -> None:
    for name, row in {
        "pypi": "One_Pkg\t1\t2026-01\t7\tx",
        "npm": "two\t1\t900\tx",
        "go": "a.b/c\t1",
        "maven": "g:a\t1",
    }.items():
        (tmp_path / name).write_text(f"titles\n{row}\n", "utf-8")
    lists = [part for name in ("pypi", "npm", "go", "maven") for part in (f"--{name}", str(tmp_path / name))]
    program = (
        "import sys, runpy, pathlib\n"
        f"sys.path[:0] = [{str(ROOT / 'core')!r}, {str(ROOT / 'rules')!r}]\n"
        "from countermark_rules.detectors.dependencies import names\n"
        "names.DATA = pathlib.Path(sys.argv.pop(1))\n"
        f"runpy.run_path({str(ROOT / 'scripts' / 'package_names.py')!r}, run_name='__main__')\n"
        "assert names.known('pypi').common == {'one-pkg'} and names.exists('npm', 'two') and names.listed() == '2026-11'\n"
        "assert 'serde' in names.known('crates').best and names.exists('pypi', 'three') is False\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(tmp_path / "data"), "--month", "2026-11", *lists],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
