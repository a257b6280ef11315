"""How long credentials live, as it is decoded from tokens, signed addresses and certificates that are made here."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from countermark.finding import Lifetime
from countermark_rules.detectors.secrets.certificates import validity_beside
from countermark_rules.detectors.secrets.lifetimes import Life, lifetime
from countermark_rules.detectors.secrets.search import bundle
from tests.support import random_text

LONG, SHORT, EXPIRED, UNKNOWN = Lifetime.LONG, Lifetime.SHORT, Lifetime.EXPIRED, Lifetime.UNKNOWN
TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def encoded(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def jwt(claims: object) -> str:
    return f"{encoded({'alg': 'HS256', 'typ': 'JWT'})}.{encoded(claims)}.{random_text(43)}"


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def kind(life: Life) -> tuple[Lifetime, date | None]:
    return life.kind, life.until


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("aws-access-key-id", LONG),
        ("aws-temporary-access-key-id", SHORT),
        ("github-personal-access-token-classic", LONG),
        ("github-fine-grained-personal-access-token", LONG),
        ("github-oauth-access-token", LONG),
        ("github-app-installation-token", SHORT),
        ("github-app-user-token", SHORT),
        ("gitlab-personal-access-token", LONG),
        ("gitlab-ci-job-token", SHORT),
        ("slack-bot-token", LONG),
        ("google-oauth-access-token", SHORT),
        ("google-api-key", LONG),
        ("openai-api-key", LONG),
        ("anthropic-api-key", LONG),
        ("huggingface-access-token", LONG),
        ("vault-service-token", UNKNOWN),
        ("vault-batch-token", SHORT),
        ("databricks-personal-access-token", LONG),
        ("salesforce-access-token", SHORT),
        ("private-key", LONG),
        ("keyword", UNKNOWN),
    ],
)
def test_the_kind_of_credential_tells(slug: str, expected: Lifetime) -> None:
    assert lifetime(slug, random_text(40), now=TODAY) == Life(expected)


def test_what_to_use_in_its_place_is_documented_somewhere() -> None:
    named = [token.instead for token in bundle().tokens() if token.instead]
    assert len(named) > 80
    assert [words for words in named if not re.fullmatch(r".+[^.] \(https://[^ ()]+\)", words)] == []


def test_every_provider_says_how_long_its_tokens_live() -> None:
    silent = {token.id for token in bundle().tokens() if token.lifetime is UNKNOWN}
    assert len(silent) < 12, silent


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"exp": seconds(NOON + HOUR), "iat": seconds(NOON)}, (SHORT, date(2026, 11, 21))),
        ({"exp": seconds(NOON + HOUR)}, (SHORT, date(2026, 11, 21))),
        ({"exp": seconds(NOON + HOUR) + 0.5, "iat": seconds(NOON) + 0.5}, (SHORT, date(2026, 11, 21))),
        ({"exp": seconds(NOON + DAY), "iat": seconds(NOON)}, (SHORT, date(2026, 11, 22))),
        ({"exp": seconds(NOON + HOUR), "iat": seconds(NOON - 30 * DAY)}, (LONG, date(2026, 11, 21))),
        ({"exp": seconds(NOON + HOUR), "nbf": seconds(NOON - 30 * DAY)}, (LONG, date(2026, 11, 21))),
        ({"exp": seconds(NOON + 400 * DAY)}, (LONG, date(2027, 12, 26))),
        ({"exp": seconds(NOON - 2 * DAY), "iat": seconds(NOON - 3 * DAY)}, (EXPIRED, date(2026, 11, 19))),
        ({"exp": seconds(NOON - DAY)}, (SHORT, date(2026, 11, 20))),  # not over yet somewhere on Earth
        ({"exp": 0}, (EXPIRED, date(1970, 1, 1))),
        ({"exp": seconds(NOON) * 1000}, (LONG, date.max)),  # milliseconds, as no library reads them
        ({"exp": 10**4000}, (LONG, date.max)),
        ({"exp": seconds(NOON + HOUR), "iat": seconds(NOON + 9 * DAY)}, (SHORT, date(2026, 11, 21))),
        ({"sub": "x"}, (LONG, None)),
        ({"exp": None}, (LONG, None)),
        ({"exp": "tomorrow"}, (LONG, None)),
        ({"exp": True}, (LONG, None)),
        ({"exp": -5}, (LONG, None)),
        ({"iss": "kubernetes/serviceaccount", "sub": "system:serviceaccount:a:b"}, (LONG, None)),
        ({"iss": "https://kubernetes.default.svc", "exp": seconds(NOON + HOUR)}, (SHORT, date(2026, 11, 21))),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Bearer {}", "session={}; path=/"])
def test_a_json_web_token_is_read(claims: dict[str, Any], around: str, expected: tuple[Lifetime, date | None]) -> None:
    assert kind(lifetime("json-web-token", around.format(jwt(claims)), now=TODAY)) == expected


@pytest.mark.parametrize(
    "value",
    [
        jwt([1]),
        jwt("[" * 6000),
        jwt("no json"),
        jwt(""),
        f"{encoded({'alg': 'dir', 'enc': 'A256GCM'})}.{random_text(20)}.{random_text(16)}.{random_text(40)}.{random_text(22)}",
        "eyJ" * 5000,
        "eyJ." * 5000,
    ],
    ids=["list", "deep", "text", "empty", "encrypted", "long", "dots"],
)
def test_what_is_no_readable_token_tells_nothing(value: str) -> None:
    assert lifetime("json-web-token", value, now=TODAY) == Life(UNKNOWN)


def test_the_reason_says_the_day_and_how_long() -> None:
    expired = lifetime("x", jwt({"exp": seconds(NOON - 9 * DAY)}), now=TODAY)
    long = lifetime("x", jwt({"exp": seconds(NOON + 9 * DAY), "iat": seconds(NOON - DAY)}), now=TODAY)
    assert expired.why == "It expired on 2026-11-12."
    assert (long.why, long.lasts) == ("It is valid until 2026-11-30, 10 days in all.", 10 * DAY)


AMAZON = "https://b.s3.amazonaws.com/k?X-Amz-Credential={key}%2F20261121%2Feu%2Fs3&X-Amz-Date={date}&X-Amz-Expires={span}&X-Amz-Signature={sig}"
GOOGLE = "https://storage.googleapis.com/b/k?X-Goog-Date={date}&X-Goog-Expires={span}&X-Goog-Signature={sig}"
AZURE = "https://a.blob.core.windows.net/c/b?sv=2022-11-02&st={st}&se={se}&sr=b&sp=r&sig={sig}"
SIGNATURE = random_text(43)
KEY = "AK" + "IA" + random_text(16)


@pytest.mark.parametrize(
    ("address", "found", "expected"),
    [
        (AMAZON.format(key=KEY, date="20261121T110000Z", span=3600, sig=SIGNATURE), SIGNATURE, (SHORT, 21)),
        (AMAZON.format(key=KEY, date="20261121T110000Z", span=3600, sig=SIGNATURE), KEY, (SHORT, 21)),
        (AMAZON.format(key=KEY, date="20261121T110000Z", span=604800, sig=SIGNATURE), SIGNATURE, (LONG, 28)),
        (AMAZON.format(key=KEY, date="20261101T110000Z", span=3600, sig=SIGNATURE), KEY, (EXPIRED, 1)),
        (AMAZON.format(key=KEY, date="20261132T110000Z", span=3600, sig=SIGNATURE), KEY, (LONG, None)),
        (AMAZON.format(key=KEY, date="99991231T110000Z", span=999999999, sig=SIGNATURE), KEY, (LONG, None)),
        (GOOGLE.format(date="20261121T110000Z", span=900, sig=SIGNATURE), SIGNATURE, (SHORT, 21)),
        (GOOGLE.format(date="20261110T110000Z", span=900, sig=SIGNATURE), SIGNATURE, (EXPIRED, 10)),
        (AZURE.format(st="2026-11-21T10:00Z", se="2026-11-21T11:00:00Z", sig=SIGNATURE), SIGNATURE, (SHORT, 21)),
        (AZURE.format(st="", se="2026-11-21T11%3A00%3A00.0000000Z", sig=SIGNATURE), SIGNATURE, (SHORT, 21)),
        (AZURE.format(st="2026-11-01", se="2026-11-28", sig=SIGNATURE), SIGNATURE, (LONG, 28)),
        (AZURE.format(st="", se="2026-11-02", sig=SIGNATURE), SIGNATURE, (EXPIRED, 2)),
        (AZURE.format(st="", se="soon", sig=SIGNATURE), SIGNATURE, (UNKNOWN, None)),
        (f"SharedAccessSignature sr=a%2Fb&sig={SIGNATURE}&se={seconds(NOON + HOUR)}&skn=x", SIGNATURE, (SHORT, 21)),
        (f"https://d.cloudfront.net/k?Expires={seconds(NOON - 9 * DAY)}&Signature={SIGNATURE}", SIGNATURE, (EXPIRED, 12)),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["{}", "curl '{}' -o x", '<a href="{}">', "see=?se=2019-01-01 {} sig=x&se=2019-01-01"]
)
@pytest.mark.parametrize("ampersand", ["&", "&amp;", "\\u0026"])
def test_a_signed_address_is_read(
    address: str, found: str, around: str, ampersand: str, expected: tuple[Lifetime, int | None]
) -> None:
    text = around.format(address.replace("&", ampersand))
    slug = "aws-access-key-id" if found == KEY else "azure-sas-signature"
    life = lifetime(slug, found, now=TODAY, text=text, at=text.index(found))
    assert (life.kind, life.until.day if life.until else None) == expected


def test_only_what_signs_an_address_lives_as_long_as_it() -> None:
    text = f"token={KEY}&se=2019-01-01&sig=x"
    assert lifetime("aws-access-key-id", KEY, now=TODAY, text=text, at=6) == Life(LONG)


def test_an_address_of_megabytes_takes_no_time() -> None:
    text = "https://x?" + "&a=" * 1_000_000 + f"sig={SIGNATURE}" + "&se=2019-01-01" * 100_000
    assert lifetime("azure-sas-signature", SIGNATURE, now=TODAY, text=text, at=text.index("sig=") + 4).kind is EXPIRED


AnyKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def certificate(key: AnyKey, begin: datetime, end: datetime) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "example.invalid")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(end)
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def pem(key: AnyKey, form: PrivateFormat = PrivateFormat.PKCS8, passphrase: bytes | None = None) -> str:
    sealed = serialization.BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, form, sealed).decode()


RSA = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it protects nothing
EC, OTHER_EC = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
PAST = (datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
HOURS = (NOON - HOUR, NOON + HOUR)
YEARS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2056, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("key", "certificates", "expected"),
    [
        (pem(RSA), certificate(RSA, *PAST), EXPIRED),
        (pem(RSA, PrivateFormat.TraditionalOpenSSL), certificate(RSA, *HOURS), SHORT),
        (pem(RSA), certificate(RSA, *YEARS), LONG),
        (pem(EC), certificate(EC, *PAST), EXPIRED),
        (pem(EC, PrivateFormat.TraditionalOpenSSL), certificate(EC, *PAST), EXPIRED),
        (pem(ED), certificate(ED, *PAST), EXPIRED),
        (pem(EC), certificate(RSA, *YEARS) + certificate(EC, *PAST), EXPIRED),
        (pem(EC), certificate(EC, *PAST) + certificate(RSA, *YEARS), EXPIRED),
        (pem(RSA, passphrase=b"x"), certificate(RSA, *PAST), EXPIRED),
        (pem(ED), certificate(ED, *PAST) + certificate(RSA, *PAST), LONG),  # which of them, nobody knows
        (pem(RSA), certificate(EC, *PAST).replace("M", "A", 1), LONG),
        (pem(EC), certificate(RSA, *PAST), LONG),
        (pem(RSA), "", LONG),
        (pem(RSA), "-----BEGIN CERTIFICATE-----\n" * 2000, LONG),
    ],
)
@pytest.mark.parametrize("escaped", [False, True])
def test_a_private_key_lives_as_long_as_its_certificate(
    key: str, certificates: str, escaped: bool, expected: Lifetime
) -> None:
    text = certificates + key
    if escaped:
        text, key = text.replace("\n", "\\n"), key.replace("\n", "\\n")
    slug = "encrypted-private-key" if "ENCRYPTED" in key else "private-key"
    assert lifetime(slug, key, now=TODAY, text=text, at=text.index(key)).kind is expected


def test_what_kubernetes_packs_is_unpacked() -> None:
    def packed(text: str) -> str:
        return base64.b64encode(text.encode()).decode()

    key, token = packed(pem(EC)), packed(jwt({"iss": "kubernetes/serviceaccount"}))
    text = f"ca: {packed(certificate(RSA, *YEARS))}\ncert: {packed(certificate(EC, *PAST))}\nclient-key-data: {key}\n"
    assert lifetime("x", key, now=TODAY, text=text, at=text.index(key)).kind is EXPIRED
    assert lifetime("kubernetes-secret", token, now=TODAY).kind is LONG


@given(st.binary(max_size=300), st.integers(0, 5000), st.integers(0, 255))
def test_no_bytes_break_the_reader(tail: bytes, place: int, byte: int) -> None:
    der = bytearray(base64.b64decode("".join(certificate(EC, *PAST).splitlines()[1:-1])))
    der[place % len(der)] = byte
    for data in (bytes(der), bytes(der[: place % len(der)]) + tail):
        body = base64.b64encode(data).decode()
        validity_beside(pem(EC), f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")


@given(st.text(), st.text(max_size=60), st.dates())
def test_no_text_breaks_the_decoders(value: str, around: str, now: date) -> None:
    text = f"{around}&sig={value}&{around}"
    assert lifetime("azure-sas-signature", value, now=now, text=text, at=len(around) + 5).kind in Lifetime
    claims = base64.urlsafe_b64encode(value.encode("utf-8", "surrogatepass")).decode()
    assert lifetime("json-web-token", f"{encoded({'a': 1})}.{claims}.x", now=now).kind in Lifetime
