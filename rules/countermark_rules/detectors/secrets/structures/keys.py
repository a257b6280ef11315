"""Keys in JSON Web Key form, and private keys that are written in base64 once more."""

from __future__ import annotations

import base64
import re

from countermark.finding import Severity
from countermark.lazily import lazy
from countermark_rules.detectors.secrets.confirm import entropy

from .form import Form, Forms, rule

_REACH = 3_000  # characters; an RSA key of 4,096 bits with all its members has about as many
_KIND = lazy(r"kty\\?\"\s*:\s*\\?\"(?P<kind>\w{2,3})")
_BITS = 3.3  # for each character
_KEYS = (
    "Take the key out of use where its public half is trusted, make a new one, then remove this one from the file and from the "
    "history. Keep keys in a secret store or a key management service."
)


def _is_private(match: re.Match[str], value: str) -> bool:
    """Whether the key is of a kind that has such a member: `k` is the whole of a symmetric key."""
    text = match.string
    first = max(0, match.start() - _REACH)
    start = max(first, text.rfind("{", first, match.start()))
    end = text.find("}", match.end(), match.end() + _REACH)
    kind = _KIND.match(text, max(text.find("kty", start, end if end >= 0 else match.end() + _REACH), 0))
    return kind is not None and (kind["kind"] == "oct") == (match["member"] == "k") and entropy(value) >= _BITS


def _has_bits(_: re.Match[str], value: str) -> bool:
    return entropy(value) >= _BITS


def _is_key(_: re.Match[str], value: str) -> bool:
    try:
        return b"PRIVATE KEY" in base64.b64decode(value[:80])
    except ValueError:  # no base64
        return False


WEB_KEYS = Forms(
    rule(
        "json-web-key",
        "Private key in JSON Web Key form",
        "Whoever reads this key can pose as its owner: sign tokens that are trusted, or decrypt what was sent to them.",
        "https://www.rfc-editor.org/rfc/rfc7517",
        severity=Severity.CRITICAL,
        remedy=_KEYS,
    ),
    (
        Form(
            r"\\?\"(?P<member>[dk])\\?\"\s*:\s*\\?\"(?P<secret>[A-Za-z0-9_-]{20,1400})\\?\"",
            r"\"[dk]\\?\"\s*:\s*\\?\"[A-Za-z0-9_-]{20}",
            ('"d', '"k'),
            before=_REACH,
            after=_REACH,
            multiline=True,
            holds=_is_private,
        ),
    ),
    chosen=False,
)
SIGNING = Forms(
    rule(
        "signing-key",
        "Key that signs or encrypts",
        "Whoever reads this key can forge what it signs, such as sessions and cookies, or read what it encrypts.",
        "https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html",
        remedy="Make a new key; sessions that the old one signed end, and what it encrypted has to be encrypted anew. "
        "Read the new one from the environment or a secret store.",
    ),
    (
        Form(
            r"\bFernet\(\s{0,8}b?[\"'](?P<secret>[A-Za-z0-9_-]{43}=)[\"']\s{0,8}\)",
            r"Fernet\(",
            ("fernet(",),
            holds=_has_bits,
        ),
        Form(  # of WordPress: https://developer.wordpress.org/advanced-administration/security/security-keys/
            r"define\(\s{0,8}'(?:(?:SECURE_)?AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)'\s{0,8},\s{0,20}(?:'(?P<secret_s>[^'\r\n]{40,100})'|\"(?P<secret_d>[^\"\r\n]{40,100})\")",
            r"(?:AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)'",
            ("auth_key'", "auth_salt'", "logged_in_key'", "logged_in_salt'", "nonce_key'", "nonce_salt'"),
            holds=_has_bits,
        ),
    ),
    chosen=False,
)
ENCODED = Forms(
    rule(
        "private-key-in-base64",
        "Private key in base64",
        "Whoever decodes this has the key and can pose as its owner: log in as them, sign as them, or decrypt what was sent to them.",
        "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
        severity=Severity.CRITICAL,
        remedy=_KEYS,
    ),
    (
        Form(
            r"(?P<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{100,20000}={0,2})",
            r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{100}",
            ("ls0tls1crudjti",),
            before=128,
            after=20_000,
            multiline=True,
            holds=_is_key,
        ),
    ),
    chosen=False,
)
