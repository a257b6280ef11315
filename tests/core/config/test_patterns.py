"""Patterns that git would drop or misread in silence are faults."""

from __future__ import annotations

import pytest

from countermark.config.patterns import fault


@pytest.mark.parametrize(
    "pattern",
    ["vendor/", "/a", "*.min.js", "**/x/**", "!keep.py", "a/**/b", "[a-z]", "[!a]", "[]a]", "[]-a]", "a\\ ", "\\#a", "\\!a",
     "\\[a", "a b", ".env", "..a", "a.", "[[:alpha:]]", "été/", "[a-]", "..."],
)  # fmt: skip
def test_good_patterns(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "matches nothing"),
        ("!", "matches nothing"),
        ("  ", "matches nothing"),
        ("//", "matches nothing"),
        ("# a", "a comment"),
        (" a", "a space"),
        ("a ", "a space"),
        ("./a", "`.` and `..`"),
        ("a/../b", "`.` and `..`"),
        ("!../b", "`.` and `..`"),
        ("a\\b", "does not part folders"),
        ("a\\", "a `\\` at its end"),
        ("[a", "never closed"),
        ("[]", "never closed"),
        ("a/[!]", "never closed"),
        ("[z-a]", "backwards"),
        ("a\nb", "control or hidden"),
        ("a\u202eb", "control or hidden"),
        ("a" * 1001, "longer than"),
    ],
)
def test_bad_patterns(pattern: str, said: str) -> None:
    assert said in (fault(pattern) or "")
