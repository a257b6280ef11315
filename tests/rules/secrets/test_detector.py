"""What the detector says of whole files: each secret once, at its exact place, and nothing of what only looks like one."""

from __future__ import annotations

import codecs
import time

import pytest

from countermark.change import FileChange, Trait
from countermark.config.schema import RuleSetting, Settings
from countermark.content import Content
from countermark.finding import Confidence, Lifetime
from countermark_rules.detectors.secrets import confirming
from countermark_rules.detectors.secrets.detector import SecretsDetector
from tests.rules.secrets.looking import look, rules, values
from tests.support import fake_aws_key, fake_github_token, random_text

KEY = fake_aws_key()
TOKEN = fake_github_token()
BODY = random_text(64 * 12, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "pem")
DASHES = "-" * 5
PEM = "\n".join(
    [
        f"{DASHES}BEGIN PRIVATE KEY{DASHES}",
        "MII" + BODY[3:64],
        *(BODY[at : at + 64] for at in range(64, 768, 64)),
        f"{DASHES}END PRIVATE KEY{DASHES}",
    ]
)


def test_every_occurrence_is_found() -> None:
    assert values(f"a = '{KEY}'\nb = '{KEY}', '{KEY}'\n" + "x = 1\n" * 500 + f"c = '{KEY}'") == [KEY] * 4


@pytest.mark.parametrize(
    "before",
    ["", "é", "日本語 ", "🔑🔑 ", "\ufeff", "a\r\n\r\n", "a\rb\r", "\x00\x01 ", "\udc80\udcfe ", "\u2028 ", "x\x0cy "],
    ids=["nothing", "accent", "cjk", "emoji", "bom", "crlf", "cr", "nul", "invalid", "separator", "form-feed"],
)
def test_spans_are_exact_whatever_comes_before(before: str) -> None:
    assert values(f"{before}é key = '{KEY}'\r\nß = '{TOKEN}'\r\n") == [KEY, TOKEN]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-8", codecs.BOM_UTF8),
    ],
)
def test_marked_encodings_are_read(encoding: str, mark: bytes) -> None:
    assert values(mark + f"ключ = '{KEY}'\nb = '{TOKEN}'".encode(encoding)) == [KEY, TOKEN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"aws_password = '{KEY}'", ["secrets/aws-access-key-id"]),
        (f'password = "prefix {KEY}"', ["secrets/aws-access-key-id"]),
        (f"secret = '{TOKEN}'", ["secrets/github-personal-access-token-classic"]),
        (f"url = 'https://user:{TOKEN}@github.com/x'", ["secrets/github-personal-access-token-classic"]),
        ("db = 'postgres://app:Kx8-wr4ng!ler@db.internal/x'", ["secrets/basic-auth-url"]),
        ("password = 'Kx8-wr4ng!ler'", ["secrets/keyword"]),
    ],
    ids=["key", "key-in-text", "token", "token-in-url", "url", "keyword"],
)
def test_one_place_is_reported_once_by_the_rule_that_says_most(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "key = 'AKIAIOSFODNN7EXAMPLE'",
        f"key = 'X{KEY}'",
        f"key = '{KEY}X'",
        "key = 'AKIAXXXXXXXXXXXXXXXX'",
        "token = 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
        "password = 'changeme'",
        "password = 'your-password-here'",
        "password = '<password>'",
        "password = '${PASSWORD}'",
        "password = '{{ password }}'",
        "password = os.environ['PASSWORD']",
        "password = get_secret('database/password')",
        "password = 'password'",
        "password_field = 'user.password.label'",
        "password = 'Enter your password'",
        "secret = 'arn:aws:secretsmanager:eu-west-1:1:secret:x'",
        "url = 'postgres://user:password@localhost/db'",
        "url = 'https://user:${TOKEN}@example.com'",
        f"if text.startswith('{DASHES}BEGIN PRIVATE KEY{DASHES}'):",
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", "DB_PASSWORD={}\nDEBUG=1\n"),
        ("app.yaml", "db:\n  password: {} # the database's\n"),
        ("app.yml", "db: {{user: x}}\nsecrets:\n  - api_key: {}\n"),
        ("app.ini", "[db]\nuser = x\npassword = {}\n"),
        ("app.properties", "spring.datasource.password={}\n"),
        ("docker.conf", "passwd: {},\n"),
        ("settings", "# no ending\nuser=x\napi_key={}\n"),
        ("a.js", "const config = {{ apiKey: '{}' }};"),
        ("a.json", '{{"user": "x", "password": "{}"}}'),
        ("a.go", 'password := "{}"'),
        ("a.c", 'char password[25] = "{}";'),
        ("a.tf", 'password = "{}"'),
        ("a.rb", "password => '{}'"),
        ("a.php", "if ($password === '{}') {{"),
    ],
)
def test_values_are_found_as_each_kind_of_file_writes_them(path: str, text: str) -> None:
    assert values(text.format("Kx8-wr4ng9ler"), path) == ["Kx8-wr4ng9ler"]


def test_all_values_of_one_line_are_found() -> None:
    assert values('{"password": "Kx8-wr4ng9ler", "x": 1, "api_key": "Zq91-mm20-Tr"}', "a.json") == [
        "Kx8-wr4ng9ler",
        "Zq91-mm20-Tr",
    ]


def test_a_private_key_is_one_finding_from_head_to_foot() -> None:
    text = f"x = 1\nkey = '''\n{PEM}\n'''\n{PEM}\n"
    assert values(text) == [PEM, PEM]
    assert {finding.confidence for finding in look(text)} == {Confidence.HIGH}


def test_a_private_key_in_a_string_is_found() -> None:
    text = '{"private_key": "' + PEM.replace("\n", "\\n") + '\\n", "x": 1}'
    assert values(text, "account.json") == [PEM.replace("\n", "\\n")]


def test_an_encrypted_key_is_told_apart() -> None:
    assert rules(PEM.replace("PRIVATE", "ENCRYPTED PRIVATE")) == ["secrets/encrypted-private-key"]


@pytest.mark.parametrize("trait", list(Trait))
def test_in_files_that_nobody_writes_only_certain_ones_count(trait: Trait) -> None:
    assert values(f"password = 'Kx8-wr4ng9ler'\nkey = '{KEY}'", traits=[trait]) == [KEY]


def test_a_wrong_checksum_lowers_the_confidence() -> None:
    wrong = TOKEN[:-1] + ("a" if TOKEN[-1] != "a" else "b")
    assert [finding.confidence for finding in look(f"'{TOKEN}' '{wrong}'")] == [Confidence.HIGH, Confidence.LOW]


def test_the_lifetime_is_told_where_the_format_tells() -> None:
    found = look(f"'{KEY}' '{KEY.replace('AK', 'AS', 1)}'")
    assert [finding.lifetime for finding in found] == [Lifetime.LONG, Lifetime.SHORT]


def test_escapes_before_a_token_do_not_hide_it() -> None:
    assert values(f"x = '\\n{KEY}\\n' + '%3D{KEY}' + '\\u003d{KEY}'") == [KEY] * 3


@pytest.mark.parametrize("plain", [False, True])
def test_secrets_are_found_anywhere_in_a_line_of_many_megabytes(plain: bool) -> None:
    filler = "var a=1;" * (60_000 if plain else 3_000_000)
    text = f"{filler}k='{KEY}';{filler}t=\"{TOKEN}\";p={{password:'Kx8-wr4ng9ler'}};{filler}é='{KEY}'"
    begun = time.process_time()
    assert values(text, "bundle.js", plain=plain) == [KEY, TOKEN, "Kx8-wr4ng9ler", KEY]
    assert time.process_time() - begun < 20


def test_a_token_longer_than_a_window_is_found_whole() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    token = "pypi-AgEIcHlwaS5vcmc" + random_text(900, letters)
    filler = "x " * 5_000
    assert values(f"{filler}{token} {filler}") == [token]


def test_a_thousand_lines_without_secrets_take_less_than_a_millisecond() -> None:
    file = FileChange("app.py", Content(b"    result = compute(value, other=None)  # as before\n" * 1_000))
    detector = SecretsDetector()
    list(detector.detect([file]))

    def once() -> float:
        begun = time.process_time()
        list(detector.detect([file]))
        return time.process_time() - begun

    assert min(once() for _ in range(20)) < 0.001


def test_rules_that_are_off_by_default_can_be_asked_for() -> None:
    file = FileChange("a.py", Content(f"server = '203.0.114.7'\nkey = '{KEY}'\n".encode()))
    asked = Settings(rules={"secrets/public-ip": RuleSetting(level="warn")})
    assert [finding.rule.id for finding in SecretsDetector().detect([file])] == ["secrets/aws-access-key-id"]
    assert sorted(finding.rule.id for finding in SecretsDetector(asked).detect([file])) == [
        "secrets/aws-access-key-id",
        "secrets/public-ip",
    ]


def test_every_rule_explains_itself() -> None:
    listed = SecretsDetector().rules
    assert len({rule.id for rule in listed}) == len(listed) > 400
    for rule in listed:
        assert rule.id.startswith("secrets/")
        assert all((rule.title, rule.cwe, rule.references)), rule.id
        assert rule.why[-1] == rule.remedy[-1] == ".", rule.id


def test_a_line_is_judged_anew_where_its_place_changes_the_verdict() -> None:
    text = f"db_password = '{random_text(24, 'abcdefghkmnp23456789', 'again')}'\n"
    generated = [Trait.GENERATED]

    [first], [moved] = look(text), look("x = 1\n" * 40 + text)
    assert (first.confidence, moved.span.start) == (moved.confidence, first.span.start + 240)
    assert [one.confidence < first.confidence for one in look(text, "tests/test_app.py")] == [True]
    assert look(text, traits=generated) == []
    assert len(look(text)) == 1


def test_what_is_remembered_of_lines_holds_no_text() -> None:
    look(f"key = '{KEY}'\n")

    assert KEY not in repr(confirming._KNOWN)
    assert len(confirming._KNOWN) <= confirming._MOST
