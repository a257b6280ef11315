"""Passwords in files and statements that exist to hold them: .netrc, NuGet and Maven settings, SQL, Terraform variables."""

from __future__ import annotations

import re

from countermark.finding import Severity
from countermark.lazily import lazy
from countermark_rules.detectors.secrets.generic.words import families
from countermark_rules.detectors.secrets.value import reads_like_a_name

from .form import Form, Forms, rule

_TELLS = frozenset({"password", "secret", "token", "key"})
_USER = lazy(r"(?i)</?(?:user(?:name)?|login|account)>")
_SENSITIVE = lazy(r"sensitive\s*=\s*true")
_NEAR = 200  # characters


def _no_label(match: re.Match[str], value: str) -> bool:
    """A word alone may be a text for people, unless nobody could read it or a user's name stands beside it."""
    near = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return not value.isalpha() or not reads_like_a_name(value) or _USER.search(near) is not None


def _sensitive(match: re.Match[str], _: str) -> bool:
    named = families(match["name"])
    return _SENSITIVE.search(match["body"] + match["rest"]) is not None or (
        bool(named & _TELLS) and "about-last" not in named
    )


NETRC = Forms(
    rule(
        "netrc-password",
        "Password in .netrc",
        "Whoever reads this entry can log in to the machine that it names, as you.",
        "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
    ),
    (
        Form(
            r"(?<![\w-])(?:machine\s+[^\s\"']{1,200}|default)\s+login\s+[^\s\"']{1,100}\s+(?:account\s+\S{1,100}\s+)?password\s+(?P<secret>[^\s\"'\\]{3,200})",
            r"login\s+[^\s\"']{1,100}\s+(?:account\s+\S{1,100}\s+)?password\s",
            ("password",),
            before=512,
            multiline=True,
        ),
    ),
)
PGPASS = Forms(
    rule(
        "pgpass-password",
        "Password in .pgpass",
        "Whoever reads this line can log in to the database that it names, as that user.",
        "https://www.postgresql.org/docs/current/libpq-pgpass.html",
    ),
    (
        Form(
            r"(?m)^(?:[\w.*-]{1,200}|\[[0-9A-Fa-f:]{2,45}\]):(?:54\d\d|6432|\*):[\w.*-]{1,64}:[\w.@*-]{1,64}:(?P<secret>[^\s\"'`{}$<>]{3,200})$",
            r":(?:54\d\d|6432|\*):[\w.*-]{1,64}:[\w.@*-]{1,64}:[^\s]{3}",
            (":54", ":6432", ":*"),
        ),
    ),
)
ELEMENTS = Forms(
    rule(
        "password-in-xml",
        "Password in an XML file",
        "Whoever reads this file can log in with the password in it.",
        "https://maven.apache.org/guides/mini/guide-encryption.html",
    ),
    (
        Form(
            r"(?i:<add\s+key=\"cleartextpassword\"\s+value=\")(?P<secret>[^\"\r\n]{3,200})\"",
            r"(?i:cleartextpassword)\"",
            ("cleartextpassword",),
        ),
        Form(
            r"<(?:[\w-]{1,30}:)?(?P<tag>(?i:password|passphrase|passwd))>\s{0,40}(?P<secret>[^<>\s{}$][^<>\s]{2,127})\s{0,40}</",
            r"<(?:[\w-]{1,30}:)?(?i:password|passphrase|passwd)>",
            ("password>", "passphrase>", "passwd>"),
            multiline=True,
            holds=_no_label,
        ),
    ),
)
SQL = Forms(
    rule(
        "password-in-sql",
        "Password in an SQL statement",
        "Whoever reads this statement can log in to the database as that user.",
        "https://www.postgresql.org/docs/current/sql-createrole.html",
        remedy="Change the user's password, then remove this one from the file and from the history. "
        "Let migrations read it from the environment or a secret store, or let users log in by certificates or an identity provider.",
    ),
    (
        Form(
            r"(?i:identified\s+(?:with\s+[\"'`]?\w{1,40}[\"'`]?\s+)?by\s+(?:password\s+)?)\\?(?P<quote>['\"])(?P<secret>[^'\"\\\r\n]{3,128})\\?(?P=quote)",
            r"(?i:identified\s+(?:by|with)\s)",
            ("identified",),
        ),
        Form(
            r"(?i:\b(?:set|update|values)\b[^;\r\n]{0,200}?\bpassword\s{0,3}\(\s{0,3})\\?(?P<quote>['\"])(?P<secret>[^'\"\\\r\n]{3,128})\\?(?P=quote)\s{0,3}\)",
            r"(?i:password\s{0,3}\(\s{0,3}\\?['\"])",
            ("password",),
        ),
        Form(
            r"(?i:(?:create|alter)\s+(?:user|role|login)\s[^;\"]{0,200}?(?:\"[^\"]{0,80}\"[^;\"]{0,200}?)?password\s{0,3}=?\s{0,3}N?)'(?P<secret>[^'\r\n]{3,128})'",
            r"(?i:(?:create|alter)\s+(?:user|role|login)\s)",
            ("user", "role", "login"),
            multiline=True,
        ),
    ),
)
TERRAFORM = Forms(
    rule(
        "password-in-terraform-variable",
        "Secret as the default of a Terraform variable",
        "Whoever reads this file knows the secret that every run uses which is given no other.",
        "https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output",
    ),
    (
        Form(
            r"variable\s+\"(?P<name>[\w-]{1,80})\"\s*\{(?P<body>[^{}]{0,600}?)\bdefault\s*=\s*\"(?P<secret>[^\"\r\n]{3,400})\"(?P<rest>[^{}]{0,600})",
            r"variable\s+\"[\w-]{1,80}\"\s*\{",
            ("variable",),
            after=1_600,
            multiline=True,
            holds=_sensitive,
        ),
    ),
)
HASHES = Forms(
    rule(
        "password-hash",
        "Hash of a password",
        "Whoever reads this hash can try passwords against it as fast as their machines allow, and nobody will notice.",
        "https://httpd.apache.org/docs/2.4/misc/password_encryptions.html",
        severity=Severity.LOW,
    ),
    (
        Form(
            r"(?m)^[\w.@-]{1,64}:(?P<secret>\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}"
            r"|\$[156]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}|\{SHA\}[A-Za-z0-9+/]{27}=)(?=[:\s]|\Z)",
            r":(?:\$(?:apr1|2[aby]|[156])\$|\{SHA\})[./A-Za-z0-9]{2}",
            (":$", ":{sha}"),
        ),
    ),
    chosen=False,
)
