"""Every provider's file: each token is found in its samples, and in none of the near misses."""

from __future__ import annotations

import pytest

from countermark_rules.detectors.secrets.declaration import Token
from countermark_rules.detectors.secrets.provider import ProviderError, load, names, read
from countermark_rules.detectors.secrets.samples import near_misses, positives
from countermark_rules.detectors.secrets.selftest import check

TOKENS = [pytest.param(token, id=f"{name}:{token.id}") for name in names() for token in load(name)]
FILE = 'provider = "X"\ndocs = "https://x.example"\nrevoke = "https://x.example"\n'


@pytest.mark.parametrize("token", TOKENS)
def test_samples_agree_with_the_rule(token: Token) -> None:
    assert list(check(token, seeds=2)) == []
    assert sum(1 for _ in near_misses(token)) >= sum(1 for _ in positives(token))


def test_ids_are_unique_and_begin_with_the_provider() -> None:
    ids = [token.id for name in names() for token in load(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", "there is no [[token]]"),
        ('[[token]]\nid="x"\nopens="y"\nformat="ab {hex 3}"', "needs a keyword"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc {hexx 3}"', "no class is named 'hexx'"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc {hex}"', "needs a length"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc ({hex 3}"', "')' is missing"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc {crc32-base62 6}"', "needs a class before it"),
        ('[[token]]\nid="X y"\nopens="y"\nformat="abc {hex 3}"', "lower-case words"),
        ('[[token]]\nid="x"\nformat="abc {hex 3}"', "'opens' is missing"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc {hex 3}"\nlifetime="ever"', "'lifetime' must be one of"),
        ('[[token]]\nid="x"\nopens="y"\nformat="abc {hex 3}"\ncolour="red"', "unknown key 'colour'"),
        ("[[token]", "x: "),
    ],
)
def test_a_wrong_file_says_what_is_wrong(table: str, fault: str) -> None:
    with pytest.raises(ProviderError) as raised:
        read(FILE + table, "x")
    assert fault in str(raised.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ProviderError) as raised:
        read('[[token]]\nid="x"\nopens="y"\nformat="abc {hex 3}"\nleft="up"\nlifetime="ever"', "x")
    assert len(str(raised.value).splitlines()) == 5
