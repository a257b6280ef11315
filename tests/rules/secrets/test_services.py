"""Keys that only the name of a service before them gives away."""

from __future__ import annotations

import base64
import uuid

import pytest

from countermark_rules.detectors.secrets.generic.services import names
from tests.support import random_text

from .looking import look, values

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
HEX = random_text(32, "0123456789abcdef")
DRAWN = random_text(32, LETTERS)
IDENTIFIER = str(uuid.UUID(random_text(32, "0123456789abcdef", "identifier"), version=4))


@pytest.mark.parametrize(
    "line",
    [
        "abyssale = '{}'",
        "abyssale: {}",
        "ABYSSALE_KEY={}",
        "'abyssale' => '{}',",
        'client = Abyssale("{}")',
        'myAbyssaleKey: "{}"',
        "https://api.abyssale.com/v2/items?key={}",
        "x-abyssale-key: {}",
        'curl https://api.abyssale.com/v1 -H "X-Custom: {}"',
    ],
)
def test_a_drawn_value_behind_a_services_name_is_found(line: str) -> None:
    assert values(line.format(DRAWN) + "\n", "sample.txt") == [DRAWN]


@pytest.mark.parametrize("line", ["abyssale = '{}'", "abyssale: {}", 'client = Abyssale("{}")'])
@pytest.mark.parametrize("value", [HEX, IDENTIFIER])
def test_digits_count_where_they_are_given_to_the_name(line: str, value: str) -> None:
    assert values(line.format(value) + "\n", "sample.txt") == [value]


@pytest.mark.parametrize(
    "line",
    [
        f"abyssale_commit = '{random_text(40, '0123456789abcdef')}'",
        f"abyssale@sha256:{random_text(64, '0123456789abcdef')}",
        f'"abyssale-1.2.tgz", "integrity": "sha512-{random_text(60, LETTERS)}"',
        f"import abyssale  # {random_text(40, '0123456789abcdef')}",
        f"https://cdn.abyssale.com/assets/{DRAWN}/logo.png",
        f"abyssale_account_id = '{IDENTIFIER}'",
        "abyssale = 'ImportantConfigurationManager2'",
        "abyssale = create_client_with_defaults_2",
        "abyssale = 'YOUR_ABYSSALE_API_KEY_1234'",
        f"superabyssaleish = '{DRAWN}'",
        f"https://images.abyssale.com/photo?ixid={DRAWN}",
        f"{{'iss': 'https://abyssale.com/', 'sub': '{DRAWN}'}}",
        f"ABYSSALE_PUBLIC_KEY = '{DRAWN}'",
        'abyssale("path", d="M13.778 13.778h-2.374V9.734c0-1.109-.421-1.729-1.299-1.729")',
        "abyssale?config=" + base64.b64encode(b'{"command": "npx", "args": ["-y", "abyssale"]}').decode(),
    ],
)
def test_what_is_no_key_is_left_alone(line: str) -> None:
    assert look(line + "\n", "app.py") == []


def test_names_are_words_in_order_and_once() -> None:
    assert list(names()) == sorted(set(names()))
    assert all(name.isalnum() and name == name.lower() and len(name) > 3 for name in names())
