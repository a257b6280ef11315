"""Reading YAML of a stranger and writing our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.errors import UsageError
from countermark.threats.yaml_reader import MOST_BYTES, read
from countermark.threats.yaml_writer import write

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_WORDS = (
    "no",
    "yes",
    "on",
    "1e5",
    "1.5",
    "007",
    "2027-02-01",
    "~",
    "null",
    "true",
    "0x1f",
    "1_000",
    "1:30",
    ".inf",
    "1e999",
    "",
)
_SIGNS = ("=", "<<", "a: b", "# x", "- a", "?", "---", "%a", "'", '"', "\ta", "a\n b\n", "a \nb", "\n", " a\nb")
_HIDDEN = ("é\u202e", "\u2028", "\x85", "\ufeff", "\x00", "\x1b")
TRAPS = st.sampled_from([*_WORDS, *_SIGNS, *_HIDDEN])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    TRAPS,
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | TRAPS, inner, max_size=4), max_leaves=15
)


@settings(deadline=None)
@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    text = write(value)

    again = read(text.encode(), "x").plain

    assert again == value
    assert write(again) == text


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x1b[2J", "\x07", "\u2066", "\U000e0041"])
def test_nothing_hidden_is_written(hidden: str) -> None:
    assert hidden not in write({"note": f"a{hidden}b"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: &x 1\nb: *x\n", "m.yaml, line 1: anchors and aliases"),
        (b"a: 1\nb: *x\n", "m.yaml, line 2: anchors and aliases"),
        (b"<<: {a: 1}\na: !!python/object/apply:os.system [x]\n", "m.yaml, line 2: tags (!) are not read"),
        (b"a: !x 1\n", "line 1: tags"),
        (b"!!set {a}\n", "line 1: tags"),
        (b"a: 1\nb:\n  c: 2\n  c: 3\n", "m.yaml, line 4: the key 'c' is there twice"),
        (b"? [a]\n: 1\n", "line 1: a key that is no text"),
        (b"a: 1\n---\nb: 2\n", "more than one document"),
        (b"a: [1\n", "m.yaml, line 2: did not find expected"),
        (b"\xff\xfe\x00", "m.yaml: not UTF-8"),
        (b"a: \x00\n", "m.yaml: no valid YAML"),
        (b"[" * 30 + b"]" * 30, "line 1: nested deeper than 20 levels"),
        (b"[" * 200_000, "line 1: nested deeper than 20 levels"),
        (b"[" + b"a," * 60_000 + b"a]", "line 1: more than 50,000 values"),
        (b"#" * (MOST_BYTES + 1), "m.yaml: larger than 1,000,000 bytes"),
    ],
)
def test_what_is_more_than_plain_values_is_refused(data: bytes, said: str) -> None:
    started = time.process_time()

    with pytest.raises(UsageError) as fault:
        read(data, "m.yaml")

    assert said in str(fault.value)
    assert time.process_time() - started < 5


def test_billion_laughs_are_not_heard() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]" for level in range(1, 30)]

    with pytest.raises(UsageError, match="anchors and aliases"):
        read("\n".join(lines).encode(), "m.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "x").plain == {"a": 1, "b": "x"}
