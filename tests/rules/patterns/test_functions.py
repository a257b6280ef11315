"""Functions that a rule is not about go, and nothing else moves."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_rules.detectors.patterns.braces import LANGUAGES
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

    less = without_others(data, "python", [[r"sink\b"], ["never"]]).data

    assert (less != data) is gone
    assert (b"def f" not in less) is gone
    assert less.endswith(KEPT.encode())
    assert [len(line) for line in less.split(b"\n")] == [len(line) for line in data.split(b"\n")]
    if gone:
        ast.parse(less)


def test_all_of_what_a_rule_needs_has_to_be_in_one_function() -> None:
    data = b"def f(a):\n    source(a)\n\ndef g(a):\n    sink(a)\n\ndef h(a):\n    sink(source(a))\n"

    less = without_others(data, "python", [["source", "sink"]]).data

    assert [name in less for name in (b"def f", b"def g", b"def h")] == [False, False, True]


SPARED = {
    "javascript": "function kept(a) {\n  sink(a);\n}\n",
    "typescript": "export const kept = async (a: A): Promise<B> => {\n  sink(a);\n};\n",
    "java": "class Kept {\n  void kept(A a) throws B {\n    sink(a);\n  }\n}\n",
    "go": "func kept(a A) (B, error) {\n\tsink(a)\n}\n",
}


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        pytest.param("javascript", "function f(a) { return a }", "function f(a) {", id="a function"),
        pytest.param("javascript", "const f = async (a) => { b(a) };", "const f = async (a) => {", id="an arrow"),
        pytest.param("javascript", "app.get('/', (a) => { b(a) });", "app.get('/', (a) => {", id="an argument"),
        pytest.param("javascript", "class A { x = {}; f(a) { b(a) } }", "class A { x = {}; f(a) {", id="a method"),
        pytest.param(
            "javascript", "if (a) { b(a) } catch (e) { b(e) }", "if (a) { b(a) } catch (e) { b(e) }", id="blocks"
        ),
        pytest.param("javascript", "x = f(a) ? {b: 1} : {c: 1}", "x = f(a) ? {b: 1} : {c: 1}", id="objects"),
        pytest.param(
            "javascript", "function f() { '}'; \"{\"; /[/}]/; // }\n/* } */ b() }", "function f() {", id="texts"
        ),
        pytest.param("javascript", "function f() { `}${a ? `{` : '}'}{` }", "function f() {", id="templates"),
        pytest.param(
            "javascript",
            "x = a / 2; y = '{' / 2; function f() { if (a) /}/.test(b) }",
            "x = a / 2; y = '{' / 2; function f() {",
            id="slashes",
        ),
        pytest.param("javascript", "function f() { sink(a)", "function f() { sink(a)", id="what is half typed"),
        pytest.param("javascript", "function f() { 'a }", "function f() { 'a }", id="an open text"),
        pytest.param(
            "typescript", "f(@Body() a: A): Promise<A[]> { b(a) }", "f(@Body() a: A): Promise<A[]> {", id="a type"
        ),
        pytest.param("typescript", "enum A { B = 1 }", "enum A { B = 1 }", id="an enumeration"),
        pytest.param(
            "java", "class A { int[] a = {1}; A() { b(a); } }", "class A { int[] a = {1}; A() {", id="a constructor"
        ),
        pytest.param(
            "java", 'class A { void f() { a = \'}\'; b = """\n}"""; } }', "class A { void f() {", id="texts of Java"
        ),
        pytest.param(
            "go", "func f(a interface{}) interface{} {\n\tb(a)\n}", "func f(a interface{}) interface{} {", id="Go"
        ),
        pytest.param("go", "func (s *S) f() { a := `}`; b := '}' }", "func (s *S) f() {", id="texts of Go"),
        pytest.param("go", "type S struct {\n\ta int\n}", "type S struct {\n\ta int\n}", id="a structure"),
        pytest.param("rust", "fn f() { a() }", "fn f() { a() }", id="another language"),
    ],
)
def test_bodies_between_braces_go_and_nothing_else(language: str, text: str, left: str) -> None:
    kept = SPARED.get(language, "")
    data = f"{text}\n{kept}".encode()

    less = without_others(data, language, [[r"sink\b"]]).data

    assert [len(line) for line in less.split(b"\n")] == [len(line) for line in data.split(b"\n")]
    shown = less.decode().removesuffix(kept).rstrip(" \n;)}")
    assert shown == left.rstrip(" \n;)}")
    assert (less == data) is (text == left)


@given(
    st.lists(st.sampled_from([*"(){}[]'\"`/\\\n;", "//", "/*", "*/", "${", "=>", "func f", "if ", "a"])).map("".join)
)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_whatever_a_text_holds_nothing_moves(language: str, text: str) -> None:
    less = without_others(text.encode(), language, [["never"]]).data

    assert [len(line) for line in less.split(b"\n")] == [len(line) for line in text.encode().split(b"\n")]
