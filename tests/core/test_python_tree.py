"""One tree for all who want it, and a reason where there is none."""

from __future__ import annotations

import ast

import pytest

from countermark.python_tree import NotPython, tree


def test_who_asks_again_gets_the_same_tree() -> None:
    text = "def f(a):\n    return '\\d', a\n"  # with an escape that the compiler warns about

    assert tree(text) is tree(str(text.encode(), "utf-8"))
    assert ast.dump(tree(text)) == ast.dump(ast.parse(text.replace("\\d", "\\\\d")))


def test_a_large_one_is_not_kept() -> None:
    text = "a = 1\n" * 20_000

    assert tree(text) is not tree(text)


@pytest.mark.parametrize(
    ("text", "line", "deep"),
    [("a = 1\nb = (\n", 2, False), ("a\0", None, False), ("x = " + "-" * 100_000 + "1\n", None, True)],
    ids=["no Python", "a null byte", "deep"],
)
def test_what_cannot_be_read_says_why(text: str, line: int | None, deep: bool) -> None:
    with pytest.raises(NotPython) as fault:
        tree(text)

    assert (fault.value.line, fault.value.is_deep) == (line, deep)
