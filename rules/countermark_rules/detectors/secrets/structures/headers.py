"""Credentials in an Authorization header, wherever somebody wrote one down."""

from __future__ import annotations

import re

from countermark_rules.detectors.secrets.confirm import entropy
from countermark_rules.detectors.secrets.value import basic_password, not_a_secret

from .form import Form, Forms, rule

_BITS = 3.0  # for each character; what a machine draws has more


def _credentials(match: re.Match[str], value: str) -> bool:
    """Basic holds a user and a password in base64; the other schemes something that a machine drew."""
    if match["scheme"].lower() == "basic":
        password = basic_password(value)
        return password is not None and not_a_secret(password) is None
    return any(map(str.isdigit, value)) and entropy(value) >= _BITS


HEADERS = Forms(
    rule(
        "authorization-header",
        "Credentials in an Authorization header",
        "Whoever reads this header can send it too, and is taken for its owner as long as what it holds is valid.",
        "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2",
    ),
    (
        Form(
            r"(?i:authorization)[\"'\\\])]{0,3}\s{0,3}[:=,]{1,2}>?\s{0,3}(?:[bfr]?[\"'`\\]{1,2})?(?P<scheme>(?i:bearer|basic|token|apikey|bot))\s{1,3}(?:token=)?"
            r"(?P<secret>[A-Za-z0-9._~+/-]{8,2000}={0,2})(?![A-Za-z0-9({$<])",
            r"(?i:authorization)[\"'\\\])]{0,3}\s{0,3}[:=,]{1,2}>?\s{0,3}(?:[bfr]?[\"'`\\]{1,2})?(?i:bearer|basic|token|apikey|bot)\s",
            ("authorization",),
            after=2_200,
            holds=_credentials,
        ),
    ),
)
