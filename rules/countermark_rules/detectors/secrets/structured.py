"""Secrets that span lines or need more than an expression: private keys here, the others in structures/."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from countermark.finding import Confidence, Lifetime, Rule, Severity
from countermark.lazily import lazy

from .confirm import Found
from .sought import Search, Sought
from .structures.calls import CALLS
from .structures.commands import COMMANDS
from .structures.connections import CONNECTIONS
from .structures.files import ELEMENTS, HASHES, NETRC, PGPASS, SQL, TERRAFORM
from .structures.headers import HEADERS
from .structures.keys import ENCODED, SIGNING, WEB_KEYS
from .structures.kubernetes import KubernetesSecrets
from .structures.registries import DOCKER, PYPIRC

_REACH = 20_000  # bytes; a 16,384 bit RSA key is 13,000
_LEAST = 48  # characters of base64; the shortest key in PEM, Ed25519's, has 64
_BEGIN = lazy(r"-----BEGIN (?P<kind>(?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY(?P<block> BLOCK)?-----")
_END = lazy(r"-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_BODY = lazy(r"""(?:[A-Za-z0-9+/=\s\\"',;+]|(?:Proc-Type|DEK-Info|Version|Comment|Hash):[^\r\n\\]{0,80})*""")
_JOINTS = lazy(r"""\\[nrt]|[\s\\"',;]|(?:Proc-Type|DEK-Info|Version|Comment|Hash):[^\r\n\\]{0,80}""")
_PUTTY = lazy(r"PuTTY-User-Key-File-[123]: (?s:.){0,8000}?Private-Lines: \d+\s+(?:[A-Za-z0-9+/=]+\s*){1,200}")
_STARTS = (b"\x30", b"openssh-key-v1\0")  # DER's SEQUENCE, or OpenSSH's own


class Structured(Protocol):
    """A secret that needs code."""

    @property
    def chosen(self) -> bool:
        """Whether people choose its values, so that they are judged as passwords."""
        ...

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Its rules by their ids without the family; no other structure has them."""
        ...

    def searches(self) -> tuple[tuple[Search, Sought], ...]:
        """What the prefilter looks for."""
        ...

    def find(self, text: str) -> Iterator[Found]:
        """Every one in a text."""
        ...


_REMEDY = (
    "Take the key out of use where its public half is trusted (authorized_keys, certificates, the provider's console), make a new one, "
    "then remove this one from the file and from the history. Keep keys in an agent, a hardware token or a secret store."
)

_IN_ITS_PLACE = (
    "In its place: for hosts, short-lived SSH certificates "
    "(https://developer.hashicorp.com/vault/docs/secrets/ssh/signed-ssh-certificates); "
    "for services, certificates that are renewed by the day (https://smallstep.com/docs/step-ca/renewal/)."
)


def _rule(id: str, title: str, why: str, severity: Severity) -> Rule:  # noqa: A002 - the name that rules have
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html",)
    return Rule(f"secrets/{id}", title, why, _REMEDY, severity, Confidence.HIGH, ("CWE-321", "CWE-798"), references)


class PrivateKeys:
    """PEM, OpenSSH and PGP private keys, in a file of their own or within a string, and PuTTY's."""

    chosen = False
    rules: Mapping[str, Rule] = {
        "private-key": _rule(
            "private-key",
            "Private key",
            "Whoever reads this key can pose as its owner: log in as them, sign as them, or decrypt what was sent to them. "
            f"{_IN_ITS_PLACE}",
            Severity.CRITICAL,
        ),
        "encrypted-private-key": _rule(
            "encrypted-private-key",
            "Private key under a passphrase",
            "Only a passphrase protects this key, and whoever has the file can try as many as they like. "
            f"Then they can pose as its owner. {_IN_ITS_PLACE}",
            Severity.MEDIUM,
        ),
    }

    def searches(self) -> tuple[tuple[Search, Sought], ...]:
        """What the prefilter looks for; one begins within 20,000 bytes before its end, so the window is cut around its head."""
        pem = Search("private-key", "structured", 128, _REACH, multiline=True)
        putty = Search("private-key", "structured", 64, _REACH, multiline=True)
        return (
            (pem, Sought(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY", ("private key",))),
            (putty, Sought(r"PuTTY-User-Key-File-[123]: ", ("putty-user-key-file-",))),
        )

    def find(self, text: str) -> Iterator[Found]:
        """Every private key in a text. A header alone is none: programs compare with it."""
        for head in _BEGIN.finditer(text):
            end = _END.search(text, head.end(), head.end() + _REACH)
            body_end = end.start() if end else _body_end(text, head.end())
            following = _BEGIN.search(text, head.end(), body_end)
            if following:
                continue
            yield from _pem(text, head, body_end, end.end() if end else body_end)
        for match in _PUTTY.finditer(text):
            encrypted = not re.search(r"Encryption: none", match.group())
            yield Found(match.start(), match.end(), rule="encrypted-private-key" if encrypted else "private-key")


def _body_end(text: str, start: int) -> int:
    match = _BODY.match(text, start, start + _REACH)
    return match.end() if match else start


def _pem(text: str, head: re.Match[str], body_end: int, end: int) -> Iterator[Found]:
    body = text[head.end() : body_end]
    packed = _JOINTS.sub("", body)
    if len(packed) < _LEAST or len(set(packed)) < 10 or "..." in packed:  # noqa: PLR2004 - fewer different ones are a placeholder
        return
    encrypted = "ENCRYPTED" in head["kind"] or "Proc-Type: 4,ENCRYPTED" in body or b"bcrypt" in _decoded(packed)
    genuine = head["block"] or _decoded(packed).startswith(_STARTS) or "DEK-Info" in body
    yield Found(
        head.start(),
        end,
        rule="encrypted-private-key" if encrypted else "private-key",
        confidence=Confidence.HIGH if genuine else Confidence.MEDIUM,
    )


def _decoded(packed: str) -> bytes:
    text = re.match(r"[A-Za-z0-9+/]*", packed)
    whole = text.group()[: len(text.group()) // 4 * 4] if text else ""
    try:
        return base64.b64decode(whole)
    except binascii.Error:
        return b""


STRUCTURED: tuple[Structured, ...] = (
    PrivateKeys(),
    KubernetesSecrets(),
    CALLS,
    COMMANDS,
    CONNECTIONS,
    DOCKER,
    ELEMENTS,
    ENCODED,
    HASHES,
    HEADERS,
    NETRC,
    PGPASS,
    PYPIRC,
    SIGNING,
    SQL,
    TERRAFORM,
    WEB_KEYS,
)
# Whatever these find works until somebody changes it; a header may hold what expires within the hour.
LIFETIMES: Mapping[str, Lifetime] = {
    slug: Lifetime.LONG
    for shape in STRUCTURED
    for slug in shape.rules
    if slug not in {"authorization-header", "kubernetes-secret"}
}
