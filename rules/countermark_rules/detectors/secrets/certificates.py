"""How long the certificate of a private key is valid, where it stands in the same file: a walk through as much DER as that takes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from attrs import frozen

_MOST = 16  # certificates of a file that are read; chains have three
_BEGIN, _PACKED = "-----BEGIN CERTIFICATE-----", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS"  # and the same in base64
_PEM = re.compile(r"-----BEGIN (?P<kind>[A-Z0-9 ]{0,40})-----(?P<body>[^-]{64,20000})-----END ")
_RUN = re.compile(r"[A-Za-z0-9+/]{100,20000}")
_JOINTS = re.compile(r"\\[nrt]|[^A-Za-z0-9+/]")
_SEQUENCE, _INTEGER, _BIT_STRING, _UTC, _GENERALIZED, _VERSION = 0x30, 0x02, 0x03, 0x17, 0x18, 0xA0
_LONG_FORM, _MOST_LENGTH = 0x80, 4  # bytes of a length
_MOST_ITEMS = 32  # of one sequence
_VALIDITY, _KEY = 3, 5  # places in a certificate's body, behind the version
_THIS_CENTURY = 50  # UTCTime has two digits for the year: RFC 5280, 4.1.2.5.1


@frozen
class Validity:
    """From when to when a certificate is valid."""

    begin: datetime
    end: datetime


@frozen
class _Certificate:
    validity: Validity
    public: bytes  # what a private key of the same pair holds too: an RSA modulus, else the public key itself
    is_rsa: bool


class _NotDerError(ValueError):
    """Bytes that are no certificate."""


def validity_beside(key: str, text: str) -> Validity | None:
    """The validity of the certificate that belongs to a private key in PEM, where ``text`` holds it."""
    found = [one for one in map(_certificate, _certificates(text)) if one is not None]
    secret = next((decoded(match["body"]) for match in _PEM.finditer(key)), b"")
    mine = next((one for one in found if one.public in secret), None)
    if mine is None and len(found) == 1 and (not found[0].is_rsa or "ENCRYPTED" in key[:400]):
        mine = found[0]  # such a key does not show which one it belongs to
    return mine.validity if mine else None


def _certificates(text: str) -> Iterator[bytes]:
    for at in _places(_BEGIN, text):
        if match := _PEM.match(text, at):
            yield decoded(match["body"])
    for at in _places(_PACKED, text):
        if (run := _RUN.match(text, at)) and (match := _PEM.match(decoded(run.group()).decode("ascii", "replace"))):
            yield decoded(match["body"])


def _places(sought: str, text: str) -> Iterator[int]:
    at = text.find(sought)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(sought, at + 1)


def decoded(body: str) -> bytes:
    """What base64 holds, whatever white space and escapes stand in it; nothing where it is none."""
    packed = _JOINTS.sub("", body)
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return b""


def _certificate(der: bytes) -> _Certificate | None:
    try:
        [whole] = _items(der, 0, len(der), 1)
        body = _items(der, *_inside(_items(der, *_inside(whole))[0]))
        fields = body[1:] if body and body[0][0] == _VERSION else body
        begin, end = (_time(der, item) for item in _items(der, *_inside(fields[_VALIDITY]), 2))
        public, is_rsa = _public(der, _inside(fields[_KEY]))
        return _Certificate(Validity(begin, end), public, is_rsa)
    except (IndexError, ValueError):
        return None


def _public(der: bytes, extent: tuple[int, int]) -> tuple[bytes, bool]:
    _, key = _items(der, *extent, 2)
    tag, start, end = key
    if tag != _BIT_STRING:
        raise _NotDerError
    start += 1  # the number of unused bits
    if der[start] != _SEQUENCE:
        return der[start:end], False
    [pair] = _items(der, start, end, 1)
    tag, start, end = _items(der, *_inside(pair))[0]
    if tag != _INTEGER:
        raise _NotDerError
    return der[start:end].lstrip(b"\0"), True


def _time(der: bytes, item: tuple[int, int, int]) -> datetime:
    tag, start, end = item
    text = der[start:end].decode("ascii")
    if tag == _UTC:
        text = ("20" if int(text[:2]) < _THIS_CENTURY else "19") + text
    elif tag != _GENERALIZED:
        raise _NotDerError
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _inside(item: tuple[int, int, int]) -> tuple[int, int]:
    tag, start, end = item
    if tag != _SEQUENCE:
        raise _NotDerError
    return start, end


def _items(der: bytes, start: int, end: int, wanted: int | None = None) -> list[tuple[int, int, int]]:
    """The tag and the extent of each item between two places. Raises _NotDerError, also for another number than is wanted."""
    found: list[tuple[int, int, int]] = []
    while start < end and len(found) < _MOST_ITEMS:
        tag, length, start = der[start], der[start + 1], start + 2
        if length >= _LONG_FORM:
            digits = length - _LONG_FORM
            if not 0 < digits <= _MOST_LENGTH:
                raise _NotDerError
            length, start = int.from_bytes(der[start : start + digits], "big"), start + digits
        if start + length > end:
            raise _NotDerError
        found.append((tag, start, start + length))
        start += length
    if wanted not in {None, len(found)}:
        raise _NotDerError
    return found
