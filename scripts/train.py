"""Train the classifier of assigned values on samples that are made here, and write its weights.

    .venv/bin/python -I scripts/train.py            # prints how well it does on samples that it was not trained on

No secret and no file of anybody's is used: values are drawn at random or put together from words of Python's own documentation.
The seed is fixed, so the same Python makes the same weights.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from pydoc_data.topics import topics

from countermark_rules.detectors.secrets.generic.assignments import Assignment
from countermark_rules.detectors.secrets.generic.classifier import WEIGHTS, sigmoid
from countermark_rules.detectors.secrets.generic.features import Bigrams, features
from countermark_rules.detectors.secrets.generic.judging import something_else

DRAW = random.Random(20261121)  # noqa: S311 - samples, not secrets
SAMPLES, ROUNDS, RATE, DECAY = 40_000, 12, 0.2, 1e-4

WORDS = sorted({word.lower() for text in topics.values() for word in re.findall(r"[A-Za-z]{3,11}", text)})
PROGRAMS = (
    "app.py",
    "src/main.go",
    "lib/client.js",
    "web/api.ts",
    "Main.java",
    "svc.rb",
    "index.php",
    "a.cs",
    "x.c",
    "x.rs",
    "sample",
    "",
)
SETTINGS = (
    ".env",
    "config.yml",
    "app.properties",
    "settings.ini",
    "deploy.sh",
    "Dockerfile",
    "values.yaml",
    "a.tfvars",
    "c.json",
    "conf.xml",
)
PEOPLE = ("README.md", "docs/guide.rst", "locales/de.json", "messages.po", "index.html")

FAMILIES = {
    "password": [
        "password",
        "passwd",
        "pass",
        "pwd",
        "db_password",
        "dbPassword",
        "DB_PASS",
        "userPassword",
        "admin_password",
        "MYSQL_PASSWORD",
        "passphrase",
        "rootpw",
        "smtp_pass",
    ],
    "secret": [
        "secret",
        "client_secret",
        "clientSecret",
        "SECRET",
        "jwt_secret",
        "app_secret",
        "shared_secret",
        "secret_key",
        "SECRET_KEY",
        "webhook_secret",
        "hmac_secret",
    ],
    "token": [
        "token",
        "auth_token",
        "accessToken",
        "API_TOKEN",
        "bot_token",
        "bearer_token",
        "refresh_token",
        "githubToken",
        "session_token",
        "myServiceToken",
        "x-auth-token",
    ],
    "key": [
        "api_key",
        "apiKey",
        "API_KEY",
        "access_key",
        "private_key",
        "encryption_key",
        "account_key",
        "x-api-key",
        "license_key",
        "master_key",
        "serviceApiKey",
    ],
    "auth": [
        "auth",
        "authorization",
        "Authorization",
        "credentials",
        "auth_header",
        "basic_auth",
        "creds",
        "proxy_auth",
    ],
    "bare": ["key", "KEY", "client_key", "datadog_key", "cacheKey", "keyId"],
}
ABOUT = [
    "password_field",
    "token_url",
    "secret_name",
    "key_path",
    "passwordLabel",
    "token_type",
    "auth_method",
    "api_key_header",
    "passwordHint",
    "tokenExpiry",
    "secretRef",
    "public_key",
    "password_hash",
    "token_length",
    "key_prefix",
    "auth_endpoint",
    "credential_provider",
    "sort_key",
    "primary_key",
    "keyName",
    "TokenKind",
    "authMode",
    "passwordInput",
    "secret_arn",
    "key_id",
    "token_endpoint",
    "auth_callback",
    "password_policy",
    "error_password",
    "passwordResetText",
    "session_key_name",
    "author",
]


def text(alphabet: str, least: int, most: int) -> str:
    return "".join(DRAW.choices(alphabet, k=DRAW.randint(least, most)))


def words(count: int) -> list[str]:
    return DRAW.choices(WORDS, k=count)


LETTERS, DIGITS = string.ascii_letters, string.digits
SYMBOLS = "!@#$%^&*-_+=?."
STRONG = "!@#$%^&*()-_=+[]{}<>:,.?/~|"  # of password generators


def drawn() -> str:
    """What a machine draws."""
    kinds: Sequence[Callable[[], str]] = (
        lambda: text(LETTERS + DIGITS, 16, 64),
        lambda: text(string.ascii_lowercase + DIGITS, 16, 48),
        lambda: text("0123456789abcdef", 24, 64),
        lambda: text("0123456789ABCDEF", 32, 40),
        lambda: text(LETTERS + DIGITS + "-_", 20, 64),
        lambda: text(LETTERS + DIGITS + "+/", 20, 86) + DRAW.choice(("", "=", "==")),
        lambda: text(string.ascii_lowercase, 3, 5) + DRAW.choice("_-.") + text(LETTERS + DIGITS, 20, 40),
        lambda: "-".join(text("0123456789abcdef", size, size) for size in (8, 4, 4, 4, 12)),
        lambda: text(string.ascii_uppercase + DIGITS, 16, 40),
        lambda: text(LETTERS + DIGITS + SYMBOLS, 12, 40),
        lambda: text(LETTERS, 20, 40),
        lambda: text(LETTERS + DIGITS + STRONG, 14, 40),
        lambda: text(string.ascii_lowercase + STRONG, 14, 40),
        lambda: text("0123456789abcdef", (size := DRAW.choice((32, 40, 64))), size),
        lambda: text(LETTERS + DIGITS, 16, 24) + "." + text(LETTERS + DIGITS + "-_", 20, 43),
        lambda: text(string.ascii_lowercase + DIGITS, 10, 16),
        lambda: DRAW.choice(WORDS) + DRAW.choice("-_") + text(LETTERS + DIGITS, 16, 32),
    )
    return DRAW.choice(kinds)()


def chosen() -> str:
    """What a person chooses for a password."""
    word, other = words(2)
    number = text(DIGITS, 1, 4)
    kinds: Sequence[Callable[[], str]] = (
        lambda: word.title() + number + DRAW.choice(SYMBOLS),
        lambda: word + number,
        lambda: word.title() + DRAW.choice(SYMBOLS) + number,
        lambda: word + other + number,
        lambda: word.translate(str.maketrans("aeios", "@3105")) + DRAW.choice(("", number)),
        lambda: word.replace("a", "@").replace("s", "$") + DRAW.choice("!@#$%^&*"),
        lambda: word + DRAW.choice("!@#$%^&*") + other,
        lambda: disguised(word.title()) + DRAW.choice(("", "_", "-", ".")) + other + DRAW.choice(("", number, "!")),
        lambda: word + DRAW.choice("_-. ").strip() + disguised(other.title()) + DRAW.choice(("", "$", number)),
        lambda: DRAW.choice(
            (word + disguised(other.title()), disguised(word.title()) + other.title(), disguised(word) + other)
        ),
        lambda: f"{word}-{other.title()}-{number}",
        lambda: f"{word.title()}-{number}-{other.title()}",
        lambda: f"{word}{DRAW.choice('-_.')}{number}{DRAW.choice('-_.!')}{other.title()}",
        lambda: word.title() + other.title() + DRAW.choice("!@#$%^&*"),
        lambda: text(string.ascii_lowercase + "!@#$%^&*", 6, 12),
        lambda: DRAW.choice(SYMBOLS) + word.title() + number + DRAW.choice(SYMBOLS),
        lambda: text(LETTERS + DIGITS + SYMBOLS, 8, 14),
        lambda: text(LETTERS + DIGITS, 8, 12),
        lambda: text(string.ascii_lowercase, 6, 12),
        lambda: DRAW.choice((str.title, str.upper, str.lower))(text(string.ascii_lowercase, 7, 12)),
        lambda: text(LETTERS, 7, 12),
        lambda: text(string.ascii_lowercase, 4, 7) + DRAW.choice("-_.") + text(string.ascii_lowercase + DIGITS, 4, 7),
        lambda: (
            DRAW.choice(("admin", "root", "test", "pass", "Passw0rd", "qwerty", "letmein", "welcome"))
            + number
            + DRAW.choice(("", "!"))
        ),
    )
    return DRAW.choice(kinds)()


def disguised(word: str) -> str:
    """A word with one or several letters written as what they look like."""
    places = [at for at, char in enumerate(word) if char in "oieasta"]
    changed = DRAW.sample(places, min(len(places), DRAW.randint(1, 3)))
    meant = {"o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"}
    return "".join(meant[char] if at in changed else char for at, char in enumerate(word))


def ordinary() -> str:
    """What programs assign besides secrets."""
    a, b, c = words(3)
    kinds: Sequence[Callable[[], str]] = (
        lambda: DRAW.choice(
            (
                f"{a}_{b}",
                f"{a}-{b}",
                f"{a}{b.title()}",
                f"{a}.{b}",
                a,
                a.title(),
                a.upper(),
                f"{a}:{b}",
                f"{a.title()}{b.title()}{c.title()}",
            )
        ),
        lambda: DRAW.choice(
            (f"{a}_{b}_{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"{a}/{b}/{c}", f"{a.upper()}_{b.upper()}")
        ),
        lambda: " ".join(words(DRAW.randint(2, 8))).capitalize() + DRAW.choice(("", ".", "?", ":")),
        lambda: DRAW.choice(("self.", "config.", "ctx.", "req.body.", "os.environ.", "process.env.")) + f"{a}",
        lambda: f"{a}({b}, {c}[{DRAW.randint(0, 9)}])" + DRAW.choice(("", ";", " + ")),
        lambda: f"<{a} {b}={c}>" + DRAW.choice(("", f"</{a}>", f"{{{{{b}}}}}")),
        lambda: f"{a}.{b}({c}) && !{b}.{a}",
        lambda: f"^[{a[0]}-{b[0]}]+\\d{{{DRAW.randint(1, 9)}}}$",
        lambda: f"{a}({b})" if DRAW.random() < 0.5 else f"get{a.title()}()",
        lambda: f"/{a}/{b}" + DRAW.choice(("", ".pem", ".json", "/")),
        lambda: f"https://{a}.{b}.com/{c}",
        lambda: f"X-{a.title()}-{b.title()}",
        lambda: str(DRAW.randint(0, 99999)),
        lambda: f"{a}{DRAW.randint(1, 3)}",
        lambda: f"v{DRAW.randint(0, 20)}.{DRAW.randint(0, 20)}",
        lambda: f"{a}@{b}.com",
        lambda: f"#{a}-{b} .{c}",
        lambda: f"{a} = %s and {b}",
        lambda: DRAW.choice(
            ("string", "text", "required", "Bearer", "optional", "str", "bytes", "int", "password", "hidden", "basic")
        ),
        lambda: f"[{a}]",
        lambda: f"{a}[{b}]",
        lambda: f"{a},{b},{c}",
        lambda: f"com.{a}.{b}.{c.title()}",
        lambda: f"{a.upper()}{DRAW.randint(1, 256)}-{b.upper()}",
        lambda: (
            DRAW.choice(("test", "my", "fake", "some", "invalid", "wrong", "new")) + DRAW.choice(("-", "_", "")) + a
        ),
        lambda: DRAW.choice(("token", "secret", "key", "pass", "user", "auth")) + DRAW.choice(("-", "_", "")) + a,
        lambda: f"{a}-{DRAW.choice(('token', 'secret', 'key', 'id'))}-{DRAW.randint(1, 12)}",
        lambda: f"{a}{b.title()}{DRAW.randint(1, 9)}{c.title()}",
        lambda: f"{a[:4]}.{b[:5]}{DRAW.randint(1, 64)}.{c}",
        lambda: DRAW.choice(
            ("sha256", "SHA-512", "utf8mb4", "oauth2", "aes-256-gcm", "HS256", "x509", "tls1.2", "base64", "p12")
        ),
        lambda: "".join(word.title() for word in words(DRAW.randint(3, 5))),
        lambda: "-".join(words(DRAW.randint(3, 5))),
        lambda: "_".join(words(DRAW.randint(3, 5))).upper(),
        lambda: f"$.{a}.{b}",
        lambda: f"{a}{DRAW.randint(1, 5)}{DRAW.choice((b, b.title()))}",
        lambda: f"{a}-{b}-{text(string.ascii_lowercase + DIGITS, 2, 5)}",
        lambda: f"{a[:3]}-{b}-{DRAW.randint(1, 3)}-{c}",
        lambda: f"{DRAW.choice(('_', ''))}{a.upper()[:3]}{b.title()}{DRAW.randint(1, 4)}",
        lambda: f"{a[:3]}_{b[:5]}{DRAW.randint(1, 9)}_{c}{DRAW.randint(10, 2000)}_{a}",
        lambda: f"{a.title()}{DRAW.randint(2, 64)}{b.title()}{c.title()}",
        lambda: DRAW.choice((a, f"{a}{b}", f"{a}{b}{c}", f"{a[:4]}{b[:3]}{c[:4]}", f"{a[:5]}{b}", a[:6].upper())),
        lambda: DRAW.choice((a, f"{a}s", f"un{a}", f"{a}{b[:4]}")),
        lambda: "0x" + text("0123456789abcdef", 2, 8),
        lambda: f"2026-0{DRAW.randint(1, 9)}-{DRAW.randint(10, 28)}",
    )
    return DRAW.choice(kinds)()


def digest() -> str:
    """What is random and no secret."""
    return DRAW.choice(
        (
            text("0123456789abcdef", 32, 32),
            text("0123456789abcdef", 40, 40),
            text("0123456789abcdef", 64, 64),
            "-".join(text("0123456789abcdef", size, size) for size in (8, 4, 4, 4, 12)),
            text(DIGITS, 8, 20),
        )
    )


def sample() -> tuple[Assignment, str, bool]:
    """An assignment, the name of its file, and whether it is a secret."""
    if DRAW.random() < 0.42:
        family = DRAW.choice(list(FAMILIES))
        picked = DRAW.random() < {"password": 0.75, "secret": 0.2, "auth": 0.15}.get(family, 0.04)
        value = chosen() if picked else drawn()
        name, secret = DRAW.choice(FAMILIES[family]), True
        if family == "bare" and len(value) < 20:
            value = drawn()
        path = DRAW.choice((*PROGRAMS, *SETTINGS, *SETTINGS, *PEOPLE[:2]))
        quoted = path in PROGRAMS or DRAW.random() < 0.5
        if DRAW.random() < 0.12:
            quoted = False
    elif DRAW.random() < 0.22:
        value, secret, quoted = DRAW.choice((digest, drawn))(), False, True
        name = (
            DRAW.choice(ABOUT)
            if DRAW.random() < 0.7
            else DRAW.choice(("key", "cacheKey", "keyId", "public_key", "etag_key", "sha_key"))
        )
        path = DRAW.choice((*PROGRAMS, *SETTINGS, *PEOPLE))
    else:
        value, secret = ordinary(), False
        name = DRAW.choice([*ABOUT, *(one for family in FAMILIES.values() for one in family)])
        path = DRAW.choice((*PROGRAMS, *SETTINGS, *PEOPLE))
        quoted = DRAW.random() < 0.6
    common = ("=", "=", "=", ":", ":", ":")
    sign = (
        DRAW.choice((*common, *common, "=>", ":=", "(", ",", "space", ">", "=="))
        if secret
        else DRAW.choice((*common, "==", "!=", "==", "(", "(", ",", ",", "space", ">"))
    )
    if something_else(value):  # the classifier never sees it
        return sample()
    return Assignment(name, sign, quoted, value, 0, 0, len(value)), path, secret


def bigrams() -> Bigrams:
    """How readily one letter follows another in the words, by the logarithm of its share, 0 to 9."""
    pairs = Counter(pair for word in WORDS for pair in pairwise(word))
    firsts = Counter(first for word in WORDS for first in word[:-1])
    rows = []
    for first in string.ascii_lowercase:
        shares = [log((pairs[first, second] + 0.1) / (firsts[first] + 2.6)) for second in string.ascii_lowercase]
        rows.append("".join(str(max(0, min(9, round(9 + 1.6 * share)))) for share in shares))
    return tuple(rows)


def train(samples: Sequence[tuple[dict[str, float], bool]]) -> tuple[float, dict[str, float]]:
    """Logistic regression by stochastic gradient descent."""
    weights = dict.fromkeys(samples[0][0], 0.0)
    bias = 0.0
    for done in range(ROUNDS):
        rate = RATE / (1 + done)
        for measured, secret in samples:
            error = secret - sigmoid(bias + sum(weights[name] * value for name, value in measured.items() if value))
            bias += rate * error
            for name, value in measured.items():
                if value:
                    weights[name] += rate * (error * value - DECAY * weights[name])
    return bias, weights


def main() -> None:
    table = bigrams()
    samples = [
        (dict(features(assignment, path, table)), secret)
        for assignment, path, secret in (sample() for _ in range(SAMPLES))
    ]
    held, used = samples[: SAMPLES // 4], samples[SAMPLES // 4 :]
    bias, weights = train(used)
    for limit in (0.3, 0.5, 0.7, 0.9, 0.97):
        told = [
            (sigmoid(bias + sum(weights[name] * value for name, value in measured.items())) >= limit, secret)
            for measured, secret in held
        ]
        secrets = sum(secret for _, secret in told)
        recall = sum(said and secret for said, secret in told) / secrets
        flagged = sum(said and not secret for said, secret in told) / (len(told) - secrets)
        print(f"from {limit}: {recall:.1%} of secrets found, {flagged:.1%} of others flagged")
    learnt = {
        "bias": round(bias, 3),
        "features": {name: round(weight, 3) for name, weight in weights.items()},
        "bigrams": table,
    }
    WEIGHTS.write_text(json.dumps(learnt, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
