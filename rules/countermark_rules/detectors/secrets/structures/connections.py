"""Passwords in connection strings: ADO, ODBC, JDBC, and parameters of URLs."""

from __future__ import annotations

import re

from countermark.lazily import lazy

from .form import Form, Forms, drawn, rule

_RULE = rule(
    "password-in-connection-string",
    "Password in a connection string",
    "Whoever reads this connection string can log in to the database with the password in it. In its place: a login that Vault makes "
    "for each program and that ends with its lease (https://developer.hashicorp.com/vault/docs/secrets/databases).",
    "https://learn.microsoft.com/dotnet/framework/data/adonet/protecting-connection-information",
)
_NEAR = 400  # characters
_PART = r"(?:server|data source|host|hostname|driver|user ?id|uid|username|user|initial catalog|database|provider|dsn|port|addr|dbq)"
_NAMED = lazy(r"(?<![\w.])(?:host|hostaddr|port|user|dbname|sslmode)=[\w.%{}$/-]{1,80}(?=[\s\"'`]|\Z)")
_SIBLING = lazy(rf"(?i)(?<![a-z]){_PART}\s?=[^;=\"'\r\n]{{0,120}};|;\s?{_PART}\s?=")


def _beside_others(match: re.Match[str], value: str) -> bool:
    """Whether other parts of a connection string stand in the same line, which semicolons part: a comma parts variables."""
    if value.endswith(","):
        return False
    text = match.string
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _NEAR)
    end = text.find("\n", match.end(), match.end() + _NEAR)
    return _SIBLING.search(text, start, end if end >= 0 else match.end() + _NEAR) is not None


def _beside_names(match: re.Match[str], _: str) -> bool:
    """Whether a host, a user or a database is named in the same text, with spaces between them as no program has them."""
    text = match.string
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _NEAR)
    end = text.find("\n", match.end(), match.end() + _NEAR)
    return len(_NAMED.findall(text, start, end if end >= 0 else match.end() + _NEAR)) > 1


def _in_url(match: re.Match[str], _: str) -> bool:
    start = max(0, match.start() - _NEAR)
    words = match.string[start : match.start()].split()
    return bool(words) and "://" in words[-1]


CONNECTIONS = Forms(
    _RULE,
    (
        Form(
            r"(?<![A-Za-z])(?i:password|pwd)\s{0,2}=\s{0,2}(?P<secret>(?:[^;\"'`<>{}\s&]|&(?!quot;|apos;|lt;|gt;)){3,128})(?=[;\"'`\s&<]|\Z)",
            r"(?i:password|pwd)\s{0,2}=\s{0,2}[^\s;]",
            ("password", "pwd"),
            holds=_beside_others,
        ),
        Form(  # of libpq: host=db user=app password=...
            r"(?<![A-Za-z])password\s?=\s?'?(?P<secret>[^\s\"'`;&<>{}$%\\]{3,128})(?=[\s\"'`]|\Z)",
            r"password\s?=\s?'?[^\s;]",
            ("password",),
            holds=_beside_names,
        ),
        Form(
            r"(?<=[?&;])(?i:password|passwd|pwd)=(?P<secret>[^&;\s\"'`<>#{}\\]{3,128})",
            r"[?&;](?i:password|passwd|pwd)=[^\s&]",
            ("password=", "passwd=", "pwd="),
            before=600,
            holds=_in_url,
        ),
        Form(
            r"(?<=[a-z]://)(?P<secret>[\w-]{16,200}):?(?:x-oauth-basic|x)?@[a-z0-9]",
            r"[a-z]://[\w-]{16,200}(?::(?:x-oauth-basic|x)?)?@",
            ("://",),
            holds=drawn,
        ),
        Form(
            r"jdbc:oracle:(?:thin|oci8?):[\w.$#-]{1,64}/(?P<secret>[^@/\s\"'`]{3,64})@",
            r"jdbc:oracle:(?:thin|oci8?):[\w.$#-]{1,64}/[^@/\s]{3,64}@",
            ("jdbc:oracle:",),
        ),
    ),
)
