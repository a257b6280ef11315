"""Authors go along with lines, and no line gets an author that no line like it had."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.provenance.carry import carry
from countermark.provenance.lines import from_hex, hashes, squeezed, to_hex, weight
from countermark.provenance.model import NOBODY, Author, State

AI, ADA = Author(State.AI, "robot"), Author(State.HUMAN)
LETTERS = {"a": AI, "h": ADA, "u": NOBODY}


def carried(old: list[str], authors: str, new: list[str]) -> str:
    """A letter for each new line, a dot for one that is not an old one."""
    found = carry(old, [LETTERS[letter] for letter in authors], new)
    return "".join("." if one is None else one.state.value[0] for one in found)


@pytest.mark.parametrize(
    ("old", "authors", "new", "expected"),
    [
        (["one", "two", "three"], "aha", ["one", "new", "two", "three"], "a.ha"),
        (["first_long_line = 1", "second_line = 2"], "ah", ["second_line = 2", "first_long_line = 1"], "ha"),
        (["f(a, b)"], "a", ["f( a,b )"], "a"),
        (["x = 'text'"], "a", ['x = "text"'], "a"),
        (["call(first, second)"], "a", ["call(", "    first,", "    second,", ")"], "aaaa"),
        (["call(", "    first,", "    second,", ")"], "aaaa", ["call(first, second)"], "a"),
        (["call(", "    first,", "    second,", ")"], "ahaa", ["call(first, second)"], "u"),
        (["}", "else:"], "aa", ["one", "}", "two"], ".a."),
        (["}"], "a", ["something_else = 1", "other_thing = 2"], ".."),
        (["value = 1"], "a", ["value = 2"], "."),
        ([], "", ["new"], "."),
        (["old"], "a", [], ""),
    ],
)
def test_lines_keep_their_authors(old: list[str], authors: str, new: list[str], expected: str) -> None:
    assert carried(old, authors, new) == expected


lines = st.lists(
    st.sampled_from(["one_line = 1", "two_line = 2", "three_line = 3", "}", "", "  }", "else:"]), max_size=12
)


@given(old=lines, new=lines, data=st.data())
def test_no_line_gets_an_author_that_none_like_it_had(old: list[str], new: list[str], data: st.DataObject) -> None:
    authors = data.draw(st.lists(st.sampled_from([AI, ADA]), min_size=len(old), max_size=len(old)))
    found = carry(old, authors, new)

    assert len(found) == len(new)
    if "".join(old).replace(" ", "") != "".join(new).replace(" ", ""):
        known = {(squeezed(line), author) for line, author in zip(old, authors, strict=True)}
        text = {squeezed(line) for line in old}
        for line, author in zip(new, found, strict=True):
            assert author in {None, NOBODY} or (squeezed(line), author) in known or squeezed(line) not in text


@given(lines)
def test_what_did_not_change_keeps_its_authors(same: list[str]) -> None:
    authors = [AI if number % 2 else ADA for number in range(len(same))]

    assert carry(same, authors, same) == authors


@given(st.lists(st.text(max_size=20)))
def test_hashes_come_back(texts: list[str]) -> None:
    assert from_hex(to_hex(hashes(texts))) == hashes(texts)
    assert all(value < 2**32 for value in hashes(texts))


@pytest.mark.parametrize("text", ["}", "", "else:", "  )", "end", "pass"])
def test_common_lines_have_no_weight(text: str) -> None:
    assert weight(text) == 0
