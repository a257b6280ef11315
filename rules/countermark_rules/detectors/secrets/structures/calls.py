"""Passwords that a program hands to a function by their place alone: no name says what they are."""

from __future__ import annotations

import re

from countermark_rules.detectors.secrets.generic.assignments import Assignment
from countermark_rules.detectors.secrets.generic.classifier import likelihood

from .form import Form, Forms, rule

_RULE = rule(
    "password-in-call",
    "Password in a call",
    "Whoever reads this call can log in with the password in it.",
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
)
_GIVEN = r"(?:\"(?P<secret_d>[^\"\\\r\n]{4,200})\"|'(?P<secret_s>[^'\\\r\n]{4,200})')"
_ARGUMENT = r"\s{0,8}(?:[@$]?\"[^\"\r\n]{0,200}\"|'[^'\r\n]{0,200}'|[\w$.\->:\[\]]{1,80})\s{0,8},\s{0,8}"
# The same for the bytes behind the opening, so that the text around a call without a password in it is never looked at.
_LITERAL = r"[\"'][^\"'\r\n]{4}"
_BEFORE = r"\s{0,8}(?:[@$]?\"[^\"\r\n]{0,800}\"|'[^'\r\n]{0,800}'|[\w$.\->:\[\]\x80-\xff]{1,320})\s{0,8},\s{0,8}"
_PAIRS = (
    r"NetworkCredential|(?:Http|HTTP)(?:Basic|Digest)Auth|[sS]et_?[bB]asic_?[aA]uth|[bB]asic_?[aA]uth|"
    r"UsernamePasswordCredentials|UsernamePasswordAuthenticationToken|PasswordAuthentication|WiFi\.begin|"
    r"(?:cx_Oracle|oracledb)\.connect"
)
_LOGINS = r"\.(?:login|log_in|sign_in|signIn|authenticate)"
_CONNECTS = (
    r"mysqli?_p?connect|new\s+\\?mysqli|new\s+\\?PDO|DriverManager\.getConnection|odbc_p?connect|create_?[cC]onnection|"
    r"(?:pymysql|MySQLdb|mysql\.connector|psycopg2?|pymssql|vertica_python)\.connect|DBI\s?->\s?connect"
)
_SIGNS = r"\b[jJ][wW][tT]\.(?:sign|verify|encode|decode)"
_CIPHERS = r"\bcreate(?:Hmac|Cipheriv|Decipheriv)"
_KEYED = r"new\s+SecretKeySpec|SymmetricSecurityKey|hmacShaKeyFor|\bhmac\.new"
_BYTES = r"\s{0,8}(?:(?:[\w.]{1,40}\.)?(?:GetBytes|BASE64\.decode)\(\s{0,8})?b?"


def likely(_: re.Match[str], value: str) -> bool:
    """Whether a value would be taken for a password where it was called one."""
    return likelihood(Assignment("password", "=", True, value, 0, 0, len(value)), "").confidence is not None


def _form(called: str, arguments: int, *literals: str) -> Form:
    """A function, and how many arguments stand before the password."""
    opening = rf"(?:{called})\s?\("
    return Form(
        rf"{opening}{_ARGUMENT * arguments}{_GIVEN}\s{{0,8}}[,)\]]",
        opening,
        literals,
        before=128,
        after=1_024,
        multiline=True,
        holds=likely,
        then=_BEFORE * arguments + _LITERAL,
    )


CALLS = Forms(
    _RULE,
    (
        _form(_PAIRS, 1, "credential", "auth", "wifi", "oracle"),
        _form(_LOGINS, 1, ".log", ".sign", ".authenticate"),
        _form(_CONNECTS, 2, "connect", "new"),
        _form(_SIGNS, 1, "jwt."),
        _form(_CIPHERS, 1, "create"),
        Form(
            rf"(?:{_KEYED})\s?\({_BYTES}{_GIVEN}",
            rf"(?:{_KEYED})\s?\(",
            ("secretkeyspec", "symmetricsecuritykey", "hmacshakeyfor", "hmac.new"),
            before=128,
            multiline=True,
            holds=likely,
            then=_BYTES + _LITERAL,
        ),
        Form(
            rf"\bauth\s?=\s?\({_ARGUMENT}{_GIVEN}\s{{0,8}},?\s{{0,8}}\)",
            r"auth\s?=\s?\(",
            ("auth",),
            multiline=True,
            holds=likely,
            then=_BEFORE + _LITERAL,
        ),
        Form(
            rf"(?i:ConvertTo-SecureString)\s+(?:-(?i:string)\s+)?{_GIVEN}\s",
            r"(?i:ConvertTo-SecureString)\s",
            ("convertto-securestring",),
            before=128,
            holds=likely,
            then=rf"\s{{0,40}}(?:-(?i:string)\s{{1,40}})?{_LITERAL}",
        ),
    ),
)
