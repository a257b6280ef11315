"""Functions that a rule is not about go, and nothing else moves."""

from __future__ import annotations

import ast

import pytest

from countermark_rules.detectors.patterns.functions import without_others

KEPT = "def kept(a):\n    sink(a)\n"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        pytest.param("def f(a):\n    return a\n", True, id="a function"),
        pytest.param("@app.get('/é')\nasync def f(a):\n    '''é\n    '''\n", True, id="decorators and other alphabets"),
        pytest.param("class A:\n    def f(self): return 1\n", True, id="a method on one line"),
        pytest.param("class A:\n    class B:\n        def f(self):\n            pass\n", True, id="a class in a class"),
        pytest.param("def f(a):\n    def g():\n        sink(a)\n    return g\n", False, id="what lies within it"),
        pytest.param("@sink\ndef f(a):\n    return a\n", False, id="in a decorator"),
        pytest.param("x = lambda a: a\nif x:\n    def f(a):\n        return a\n", False, id="beside other statements"),
        pytest.param("def f(:\n    return 1\n", False, id="what cannot be read"),
    ],
)
def test_only_functions_without_what_is_looked_for_go(text: str, gone: bool) -> None:
    data = (text + KEPT).encode()

    less = without_others(data, [r"sink\b", "never"])

    assert (less != data) is gone
    assert (b"def f" not in less) is gone
    assert less.endswith(KEPT.encode())
    assert [len(line) for line in less.split(b"\n")] == [len(line) for line in data.split(b"\n")]
    if gone:
        ast.parse(less)
