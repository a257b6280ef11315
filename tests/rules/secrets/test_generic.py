"""Secrets without a format: what is taken apart, what counts, and that no text makes it slow."""

from __future__ import annotations

import base64
import time

import pytest

from countermark.change import FileChange
from countermark.content import Content
from countermark.finding import Confidence
from countermark_rules.detectors.secrets.detector import SecretsDetector
from countermark_rules.detectors.secrets.generic.assignments import assignments
from tests.support import random_text

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
DRAWN = random_text(32, LETTERS)
PUBLIC_KEY = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + DRAWN.encode() * 2
CHOSEN = "Tr0ub4dor" + "&3x"


def confidences(text: str, path: str = "app.py") -> list[Confidence]:
    detector = SecretsDetector()
    detector.prepare()
    file = FileChange(path, Content.of_text(text))
    return [finding.confidence for finding in detector.detect([file]) if finding.rule.id == "secrets/keyword"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("app.py", 'service_token = "{}"'),
        ("app.py", 'SERVICE_TOKEN: str = "{}"'),
        ("app.py", 'os.environ["SERVICE_SECRET"] = "{}"'),
        ("app.py", 'connect(auth_token="{}")'),
        ("main.go", 'var serviceToken string = "{}"'),
        ("main.c", 'const char token[] = "{}";'),
        ("a.vb", 'Dim token As String = "{}"'),
        ("a.json", '{{"name": "SERVICE_TOKEN", "value": "{}"}}'),
        ("a.yml", "- name: SERVICE_TOKEN\n  value: {}"),
        ("a.plist", "<key>apiKey</key>\n  <string>{}</string>"),
        ("main.go", "serviceToken := `{}`"),
        ("a.js", "const apiKey = '{}';"),
        ("a.js", 'headers: {{"x-api-key": "{}"}}'),
        ("a.php", '$serviceToken .= "{}";'),
        ("a.rb", '"serviceToken" => "{}"'),
        ("a.java", 'System.setProperty("SERVICE_TOKEN", "{}");'),
        ("a.cs", 'client.SetAccessToken("{}");'),
        ("a.xml", '<add key="ServiceToken" value="{}" />'),
        ("a.xml", "<serviceToken>\n    {}\n</serviceToken>"),
        ("run.sh", "export SERVICE_TOKEN={}"),
        ("run.sh", "run --service-token {}"),
        ("Makefile", "SERVICE_TOKEN ?= {}"),
        ("values.yaml", "serviceToken: {}"),
        ("a.json", '{{"config": "SERVICE_TOKEN={}"}}'),
        ("a.py", 'parser.add_argument("--service-token", type=str, default="{}")'),
        ("a.rs", 'let token = String::from("{}");'),
        ("a.rb", "ENV['SERVICE_TOKEN'] ||= '{}'"),
        ("a.py", 'service_token = ["{}"]'),
        ("a.gradle", "storePassword '{}'"),
        ("a.rs", 'const SERVICE_TOKEN: &str = "{}";'),
        ("a.go", 'var serviceToken = []byte("{}")'),
        ("a.cs", 'var serviceToken = Encoding.UTF8.GetBytes("{}");'),
        ("a.java", '@Value("${{service.token:{}}}")'),
        ("a.ini", "mysecret = {}"),
    ],
)
def test_a_drawn_value_is_found_however_it_is_given(path: str, line: str) -> None:
    assert confidences(line.format(DRAWN) + "\n", path) != []
    assert confidences(line.format("service_name") + "\n", path) == []


@pytest.mark.parametrize(
    "line",
    [
        "token = next_token(stream)",
        "token = self.tokens[position]",
        "token = request.headers.get('X-Token')",
        'token_url = "https://login.example.org/oauth2/v1/token"',
        'password_label = "Please enter your Password 1"',
        'TOKEN_KIND = "IDENTIFIER_2"',
        'secret_name = "projects/12/secrets/db-4"',
        'api_key = "YOUR_API_KEY_123"',
        'api_key = "${API_KEY_2}"',
        'sort_key = "created_at_2"',
        'auth = "CRAM-MD5"',
        f'public_key_hash = "{random_text(40, "0123456789abcdef")}"',
        f'checksum_key = "{random_text(64, "0123456789abcdef")}"',
        'password = "********"',
        'keyboard = "qwerty-us-105"',
        "if token == 'NAME_2':",
        'PASSWORD_ENV = "KRB5_PASSWORD"',
        'esxi_password: "@ESXI1_PASSWORD"',
        f'<input name="authenticity_token" type="hidden" value="{DRAWN}" />',
        "path('password', 'lookup/password length=8')",
        "match = r'Vault password script.*returned%s'",
        "password = 'string\\xbd1 4'",
        '"password": "Contrase\u00f1a"',
        "url = 'postgresql://user:pass@host:5432/db'",
        "'Authorization': b'Basic dXNlcjpwYXNzd2Q='",
        f"computeSignature('', 'test_secret') => '{random_text(64, '0123456789abcdef')}'",
        "run --vault-password --vault-id=team2",
        "* ``password``: :setting:`EMAIL_HOST_PASSWORD`",
        "proxy_pass http://127.0.0.1:8000/;",
        "assertTrue('AUTH=CRAM-MD5' in capabilities)",
        'kerberos_auth("user1@domain", "pass")',
        'NextContinuationToken: "1w41l63U0xa8q7smH50vCxyTQqdxo69O3EmK28Bi5PcR"',
        'token = "glpat-' + 'a8Kx3"',
        'secretName = "accountManagerFactoryBean"',
        'password = "test123"',
        'password: "Part1-{{ lookup(2) }}"',
        'TOKEN = r"[a-zA-Z_][a-zA-Z0-9_-]*1"',
        "token_pattern = r'(?u)x1'",
        'options = "Password: =~/.{3,}/"',
        "# set auth=check_user.",
        'PASSWORD_HASHERS = ["PBKDF2PasswordHasher1"]',
        ":param priv_key: the :py:class:`rsa.PrivateKey`",
        "password = 'rest-of-my-password-1'",
        "long_auth = 'username:' + 'password' * 10",
        "secret:'arn:aws:secretsmanager:us-east-1:1234:secret:MyBroker-1a2b3c'",
        "Next page token: eav1OzQB0OM8rLdGXOEsyQWSG",
        "basic = Buffer.from(creds.auth, 'base64')",
        "mock.patch.object(pwd, 'getpwuid', side_effect=KeyError)",
        "'VTInt32Size', '_CFHTTPAuthentication', '_GLKMatrix2', '_GLKMatrix3'",
        "'The key', 'out','packoffset','pass','pixelfragment',",
        "Token: '#ABB2BF',",
        "credentials._private_key_pkcs12 = pkcs12_val",
        "get_credentials=lambda: _raise_exception('x')",
        '"password": "' + base64.b64encode(b"not my real password").decode() + '"',
        '"key": "' + base64.b64encode(PUBLIC_KEY).decode() + '"',
        "image: registry/auth-service:1.2.3-4f5e6d7",
        "AUTH_URL=https://auth0.dev.internal:8443/v2",
        f'foreignKey = "{random_text(30, LETTERS)}"',
        "PublicKeyToken=b77a5c561934e089",
        "secret: !vault |",
        "(exports.Socks5Auth = Socks5Auth = {}));",
        '{"authorization": "<p>The source for which authorization is requested.</p>"}',
        '{"documentation": "Choose the types to pass SCTE35 signals through"}',
        f'wrong_password = "{CHOSEN}"',
        f'fakeToken := "{DRAWN}"',
        f'nonMatchingToken := "{DRAWN}"',
        f'clientRequestToken: "{DRAWN}"',
        "existingSecret: shop-db-7f9c2",
        "'auth': 'negotiate',",
        '"AuthenticationProtocol": "MS-CHAPv3",',
        'new Credential("svc_mail", password)',
        '"httplib-auth>=2.29.0",',
        "Resource: arn:aws:secretsmanager:*:*:secret:s3vpn!7*",
        "X-Amz-Credential=__test__%2F20260513%2Feu-west-1%2Fs3%2Faws4_request",
        'secret = "abcdefghijklmnop123"',
        'api_key = "abc-123-def-456"',
        'refresh_token = "Kx8#q!v7Zr?2mN"',
        'session_token = "a1b2"',
        'telegram_token = "5404:Zb8wu2pnt2i43b__ajrhoxdsidq00epqgtp9"',
        'userPassword = "RFC4519"',
        'password_source = "io.jsonwebtoken:jjwt-jackson-0.11.2"',
        'bind_password = "CN=test1,CN=Users,DC=corp,DC=local"',
        'password = "$([System.IO.Path]::GetRandomFileName())"',
        'dsn = f"dbname={dbname}"',
        'password = "123456"',
        'User.objects.filter(password__startswith="crypt$$1")',
        'auth = "2YotnFZFEjr1zCsicMWpAA"',
        "exports.PLUGIN_AUTH = 0x00080000;",
        "// Multi Factor Authentication: 1-factor password",
    ],
)
def test_what_is_no_secret_is_left_alone(line: str) -> None:
    assert confidences(line + "\n") == []


@pytest.mark.parametrize(
    "value", ["m{{h}o)p${e]" + "n5ob(ody[>-_$#}}", "tYkgOaquqtJD" + "pmauBhJDLWBZ", "kR2{w}>9<" + "[x]mQ(z)7!"]
)
def test_brackets_and_capitals_make_no_template_or_name(value: str) -> None:
    assert confidences(f'db_password = "{value}"\n') != []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("Dockerfile", "ENV DB_PASSWORD {}"),
        ("Dockerfile", "ARG NPM_TOKEN={}"),
        ("a.sh", "kubectl create secret generic x --from-literal=password={}"),
        ("a.sh", "PGPASSWORD={} psql -h db"),
        ("a.sh", "wget --user=app --password={} http://x"),
        ("hosts", "web1 ansible_user=app ansible_password={}"),
        ("a.yml", "ansible_become_pass: {}"),
        ("a.conf", "bind_pw = {}"),
        ("a.md", "Login: app / Password: {}"),
        ("redis.conf", "requirepass {}"),
        ("a.js", 'if ("{}" === password) {{'),
        ("a.py", 'if password == "{}":'),
        ("a.yml", "wachtwoord: {}"),
    ],
)
def test_a_short_password_is_found_however_it_is_given(path: str, line: str) -> None:
    assert confidences(line.format("Kqzrt" + "w12") + "\n", path) != []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.py", 'password = "{}"'),
        ("a.js", "password: '{}',"),
        (".env", "DB_PASSWORD={}"),
        ("a.yml", "  api_token: {}"),
        ("a.properties", "keystore.pass: {}"),
    ],
)
@pytest.mark.parametrize("letters", ["qzkxw" + "jrm", "KqzXw" + "RtYpHv", "qwzkrt" + "-xmpqf"])
def test_letters_that_nobody_can_read_are_a_password(path: str, line: str, letters: str) -> None:
    assert confidences(line.format(letters) + "\n", path) != []
    assert confidences(line.format("sortOrder") + "\n", path) == []


@pytest.mark.parametrize(
    "value",
    [
        "p@ss" + "word",
        "veryPriv" + "@te",
        "Adm1n" + "@2024",
        "v3lvet" + ".Rope",
        "Tundra" + "%58x",
        "MyLit" + "tle$$word",
        "8391" + "7460",
        "qvnx tjzo " + "wplk reud",
    ],
)
def test_a_password_need_not_be_long(value: str) -> None:
    assert confidences(f'db_password = "{value}"\n') != []


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        ("app.conf", "password = {}", True),
        ("app.ini", "db_password={}", True),
        ("app.conf", "password_hint = {}", False),
        ("app.yml", "password: {}", False),  # a description, or a translation
        ("app.py", "password = {}", False),
    ],
)
def test_a_phrase_may_be_a_password_in_settings(path: str, line: str, *, found: bool) -> None:
    assert bool(confidences(line.format('"lantern bridge under snow"') + "\n", path)) is found
    assert confidences(line.format('"ask them for the password"') + "\n", path) == []


@pytest.mark.parametrize(
    ("value", "found"), [("q{{w}z)9p${k]n(t[x>-_$#8m}}", True), ("names[index(a)]", False), ("m.get(a)[b]{c}", False)]
)
def test_brackets_that_cross_are_no_expression(value: str, *, found: bool) -> None:
    assert bool(confidences(f"db_pass := {value}\n", "main.go")) is found


def test_a_person_is_told_why() -> None:
    detector = SecretsDetector()
    detector.prepare()
    [finding] = detector.detect([FileChange("app.py", Content.of_text(f'db_password = "{CHOSEN}"\n'))])

    assert "Judged by the value: " in finding.message
    assert CHOSEN not in repr(finding)


def test_tests_lower_the_confidence() -> None:
    line = f'service_token = "{DRAWN}"\n'

    assert max(confidences(line, "tests/test_app.py"), default=Confidence.LOW) < max(confidences(line, "app.py"))


@pytest.mark.parametrize(
    "piece",
    [
        "token",
        "token=",
        "token = ",
        'token "',
        "token'",
        "a.token:",
        "<token>",
        "key key ",
        "pass-",
        "Bearer ",
        "token: x ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        list(assignments(text))
        return time.process_time() - started

    seconds(2_000)
    assert seconds(64_000) < max(seconds(8_000), 0.001) * 40
