"""Repairing half-typed text: no line is added or lost, and what can be parsed is left alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_rules.detectors.patterns.halftyped import blanked, repaired, suspects

TEXTS = st.lists(
    st.sampled_from(["x = (", "y = 1", "    z", "def f(", "if a:", "", ")", "'", '"""', "é = [", "\t\\"])
).map("\n".join)


@given(TEXTS)
def test_repaired_python_has_the_same_lines(text: str) -> None:
    before, after = text.encode().split(b"\n"), repaired(text.encode(), "python").split(b"\n")

    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert new == old or (new.strip() == b"pass" and len(new) - len(new.lstrip()) == len(old) - len(old.lstrip()))


@given(TEXTS, st.lists(st.integers(0, 20), min_size=1))
def test_every_suspect_is_a_line(text: str, broken: list[int]) -> None:
    data = text.encode()
    count = data.count(b"\n") + 1
    for line in suspects(data, [min(number, count - 1) for number in broken]):
        assert blanked(data, line).count(b"\n") == count - 1


@pytest.mark.parametrize("text", ["x = 1\n", "def f():\n    return (\n        1)\n", "", "# only\n", "match = 1\n"])
def test_what_can_be_parsed_is_left_alone(text: str) -> None:
    assert repaired(text.encode(), "python") == text.encode()


@pytest.mark.parametrize(
    "half", ["foo = bar.", "foo =", "from a import", "import", "@", "if x", "x = [1,", "foo(1", "'abc", '"""abc']
)
def test_one_half_typed_line_is_given_up_and_no_other(half: str) -> None:
    text = f"import os\n\ndef f(a):\n    {half}\n    return os.path.join(a)\n\nclass A:\n    b = 1\n"

    mended = repaired(text.encode(), "python").decode()

    ast.parse(mended)
    assert mended == text.replace(f"    {half}\n", "    pass\n")


@pytest.mark.parametrize("half", ["foo(bar, [", "if (x", "const s = 'abc", "call({ a: (1 })", "])"])
def test_lines_with_brackets_and_quotes_that_stand_alone_are_given_up(half: str) -> None:
    text = f"function f(a) {{\n  {half}\n  return a;\n}}\n\nclass A {{\n  b() {{ return `}}`; }}\n}}\n"

    assert repaired(text.encode(), "javascript").decode() == text.replace(f"  {half}\n", "\n")


@pytest.mark.parametrize("text", ["function f() { return /[{]/ }\n", "", "(\n" * 9, "x\n" * 3])
def test_brackets_that_come_out_even_or_never_will_are_left_alone(text: str) -> None:
    assert repaired(text.encode(), "javascript") == text.encode()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("function f() {\n  if (x\n  return 1;\n}\n", 1),
        ("a = [\n  1,\n  ')',\n]\nb = {\n", 4),
        ("f(x) // )\n}\n", 1),
    ],
)
def test_a_bracket_that_nothing_closes_is_the_first_suspect(text: str, line: int) -> None:
    assert suspects(text.encode(), [0])[0] == line
