"""Secrets that a place gives away: each form is found exactly, and what merely looks like it is left alone."""

from __future__ import annotations

import base64
import json
import time

import pytest

from countermark_rules.detectors.secrets.rules import upstream_rules
from countermark_rules.detectors.secrets.structured import STRUCTURED
from tests.support import random_text

from .looking import look, values

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
DRAWN = random_text(32, LETTERS)
CHOSEN = "W1nter" + "-sun99"
WORD = "winter" + "sunrise"
MIXED = "Tr0ub4dor" + "&3x"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + random_text(900, LETTERS)
SALTED = random_text(22, LETTERS)


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def manifest(*lines: str, kind: str = "Secret") -> str:
    return "\n".join(["apiVersion: v1", f"kind: {kind}", "metadata:", "  name: app", *lines, ""])


# The rule, a file's name, its text with {} for the secret, and the secret.
FOUND = [
    ("password-in-command", "a.sh", "curl -u app:{} https://x.corp", CHOSEN),
    ("password-in-command", "a.sh", "curl -sSu 'app:{}' https://x.corp", CHOSEN),
    ("password-in-command", "a.sh", "curl https://x.corp \\\n  --user app:{} \\\n  -o out", CHOSEN),
    ("password-in-command", "a.sh", 'curl --user "app:{}" https://x.corp', WORD),
    ("password-in-command", "a.sh", "curl --user app:'{}' https://x.corp", CHOSEN),
    ("password-in-command", "a.sh", "sshpass -p {} ssh host", CHOSEN),
    ("password-in-command", "a.sh", "sshpass -p '{}' ssh host", WORD),
    ("password-in-command", "a.sh", "mysqldump -u root -p{} shop > dump.sql", CHOSEN),
    ("password-in-command", "ci.yml", "  - docker login -u app -p {} registry.corp", CHOSEN),
    ("password-in-command", "a.sh", "redis-cli -h cache -a {} ping", CHOSEN),
    ("password-in-command", "a.sh", "echo '{}' | sudo -S reboot", CHOSEN),
    ("password-in-command", "a.sh", "openssl rsa -in key.pem -passin pass:{}", CHOSEN),
    ("password-in-command", "a.sh", "sqlcmd -S db -U sa -P {}", CHOSEN),
    ("password-in-command", "a.sh", "mongodump -u app -p '{}' --out x", CHOSEN),
    ("password-in-command", "a.sh", "sqlplus -s scott/{}@orcl", CHOSEN),
    ("password-in-command", "a.sh", "htpasswd -bc .htpasswd app {}", CHOSEN),
    ("password-in-command", "a.sh", 'echo "app:{}" | sudo chpasswd', CHOSEN),
    ("password-in-command", "a.sh", "echo '{}' | docker login -u app --password-stdin", CHOSEN),
    ("password-in-call", "a.py", 'pymysql.connect("db", "root", "{}", "shop")', MIXED),
    ("password-in-call", "a.ino", 'WiFi.begin("network", "{}");', MIXED),
    ("password-in-call", "a.py", 'requests.get(url, auth=("app", "{}"))', MIXED),
    ("password-in-call", "a.py", 'smtp.login(user, "{}")', MIXED),
    ("password-in-call", "a.cs", 'new NetworkCredential("app", "{}")', MIXED),
    ("password-in-call", "a.go", 'request.SetBasicAuth("app", "{}")', MIXED),
    ("password-in-call", "a.php", "new PDO($dsn, 'app', '{}')", MIXED),
    ("password-in-call", "a.java", 'DriverManager.getConnection(url, "app",\n    "{}")', MIXED),
    ("password-in-call", "a.js", "jwt.sign(payload, '{}')", DRAWN),
    ("password-in-call", "a.ps1", 'ConvertTo-SecureString "{}" -AsPlainText -Force', MIXED),
    ("password-in-connection-string", "web.config", 'connectionString="Server=db;User Id=sa;Pwd={};"', WORD),
    ("password-in-connection-string", "a.cs", 'var c = "Data Source=db;User ID=sa;Password={}";', CHOSEN),
    ("password-in-connection-string", "a.xml", "value=&quot;Server=db;Password={}&quot;", CHOSEN),
    ("password-in-connection-string", "a.properties", "url=jdbc:mysql://db/x?user=app&password={}&useSSL=1", CHOSEN),
    ("password-in-connection-string", "a.java", '"jdbc:sqlserver://db:1433;user=app;password={};"', CHOSEN),
    ("password-in-connection-string", "a.java", '"jdbc:oracle:thin:scott/{}@//db:1521/x"', CHOSEN),
    ("netrc-password", ".netrc", "machine api.corp login app password {}", CHOSEN),
    ("pgpass-password", ".pgpass", "db.corp:5432:*:app:{}", CHOSEN),
    ("docker-registry-login", "config.json", '{{"auths": {{"ghcr.io": {{"auth": "{}"}}}}}}', b64("app:" + MIXED)),
    ("docker-registry-login", "a.tf", 'jsonencode({{\n  "auth" :\n  "{}" }})', b64("app:" + WORD)),
    ("package-index-password", ".pypirc", "[pypi]\nusername = app\npassword = {}\n", WORD),
    ("package-index-password", ".pypirc", "[corp]\nrepository: https://x.corp\nusername: app\npassword: {}", CHOSEN),
    ("password-in-connection-string", "a.go", 'sql.Open("postgres", "host=db user=app password={} dbname=shop")', WORD),
    ("password-in-command", "a.sh", "twine upload -u app -p {} dist/*", CHOSEN),
    ("password-in-sql", "a.sql", "SET PASSWORD FOR 'app'@'%' = PASSWORD('{}');", CHOSEN),
    ("password-in-call", "a.js", "crypto.createHmac('sha256', '{}')", MIXED),
    ("password-in-call", "a.java", 'new SecretKeySpec("{}".getBytes(), "AES")', MIXED),
    ("password-in-call", "a.cs", 'new SymmetricSecurityKey(Encoding.UTF8.GetBytes("{}"))', MIXED),
    ("password-in-call", "a.py", 'hmac.new(b"{}", message)', MIXED),
    ("password-in-call", "a.py", 'smtp.login(user, "{}")', "qzkx wvbj mrtd hpfg"),
    ("signing-key", "a.py", 'Fernet(b"{}")', random_text(43, LETTERS) + "="),
    ("signing-key", "wp-config.php", "define('AUTH_KEY',  '{}');", random_text(60, LETTERS) + " }}$;"),
    ("netrc-password", ".netrc", "machine api.corp\n  login app\n  password {}\n", WORD),
    ("password-in-xml", "nuget.config", '<add key="ClearTextPassword" value="{}" />', WORD),
    ("password-in-xml", "settings.xml", "<username>app</username><password>{}</password>", WORD),
    ("password-in-xml", "settings.xml", "<password>{}</password>", "qzkxw" + "jrmt"),
    ("password-in-xml", "settings.xml", "<password>\n  {}\n</password>", CHOSEN),
    ("password-in-sql", "a.sql", "CREATE USER app IDENTIFIED BY '{}';", WORD),
    ("password-in-sql", "a.sql", "CREATE USER app@'%' IDENTIFIED WITH mysql_native_password BY '{}';", CHOSEN),
    ("password-in-sql", "a.sql", "ALTER ROLE app\n  WITH LOGIN PASSWORD '{}';", WORD),
    ("password-in-sql", "a.sql", "CREATE LOGIN app WITH PASSWORD = N'{}';", CHOSEN),
    ("password-in-terraform-variable", "a.tf", 'variable "x" {{\n  sensitive = true\n  default = "{}"\n}}', CHOSEN),
    ("password-in-terraform-variable", "a.tf", 'variable "db_password" {{\n  default = "{}"\n}}', CHOSEN),
    ("authorization-header", "a.js", "fetch(u, {{headers: {{Authorization: 'Bearer {}'}}}})", DRAWN),
    ("authorization-header", "a.py", 'headers["Authorization"] = f"Token {}"', DRAWN),
    (
        "authorization-header",
        "a.sh",
        '# curl -H "Authorization: Bearer {}" http://x',
        random_text(32, "0123456789abcdef"),
    ),
    ("authorization-header", "a.http", "Authorization: Basic {}", b64(f"app:{CHOSEN}")),
    ("json-web-key", "k.json", '{{"kty": "EC", "crv": "P-256", "d": "{}", "x": "a"}}', random_text(43, LETTERS)),
    ("json-web-key", "k.json", '{{"k": "{}", "kty": "oct"}}', random_text(43, LETTERS)),
    ("private-key-in-base64", "config", "    client-key-data: {}", b64(PEM)),
    ("private-key-in-base64", "a.env", "KEY={}\n", b64(PEM)),
    ("password-hash", ".htpasswd", "app:{}", "$apr1" + f"$hUqkFQ7s${SALTED}"),
    ("password-hash", "shadow", "root:{}:19000:0:99999:7:::", "$6" + f"$salt5${SALTED * 4}"[:90]),
    ("kubernetes-secret", "s.yaml", manifest("data:", "  settings: {}"), b64(CHOSEN)),
    ("kubernetes-secret", "s.yaml", manifest("data:", '  "settings": "{}"'), b64(DRAWN)),
    ("kubernetes-secret", "s.yaml", manifest("stringData:", "  # a comment", "  settings: {}"), CHOSEN),
    ("kubernetes-secret", "s.yaml", manifest("data:", "  .env: |", "    {}"), b64(f"A={DRAWN}")),
]
FOUND_TEXTS = [row[1:] for row in FOUND]
LEFT_ALONE = [
    ("a.sh", "curl -u $USER:$PASSWORD https://x.corp"),
    ("a.sh", 'curl -u "$USER:${PASSWORD}" https://x.corp'),
    ("a.sh", "curl -u user:password https://x.corp"),
    ("a.sh", "curl -u app: https://x.corp"),
    ("a.sh", "curl -u <user>:<password> https://x.corp"),
    ("a.py", "curl_easy_setopt(handle, a:winter1)"),
    ("a.sh", "sshpass -p $PASS ssh host"),
    ("a.sh", 'sshpass -p "$(cat file)" ssh host'),
    ("a.sh", "mysql -u root -p shop"),
    ("a.sh", "mysql -u root -p$MYSQL_PASSWORD shop"),
    ("a.sh", "docker login -u app -p $TOKEN registry.corp"),
    ("a.sh", "docker login -u app --password-stdin"),
    ("a.sh", "redis-cli -a $PASS ping"),
    ("a.sh", "echo done | sudo -S reboot"),
    ("a.sh", 'echo "$PASSWORD" | sudo -S reboot'),
    ("a.sh", "openssl rsa -in key.pem -passin pass:$PASS"),
    ("a.sh", "sqlcmd -S db -U sa -P $PASSWORD"),
    ("a.sh", "mongodump --port 27017 --out x"),
    ("a.sh", "sqlplus /nolog @a.sql"),
    ("a.sh", "htpasswd -c .htpasswd app"),
    ("a.sh", 'echo "app:$PASSWORD" | chpasswd'),
    ("a.sh", 'echo "$TOKEN" | docker login -u app --password-stdin'),
    ("a.py", 'requests.get(url, auth=("app", password))'),
    ("a.py", 'smtp.login(user, "password")'),
    ("a.py", 'smtp.login(user, "with some more text")'),
    ("a.go", 'fmt.Sprintf("host=%s user=%s password=%s dbname=%s", h, u, p, d)'),
    ("a.py", "def connect(host, port=5432, user=None, password=None):"),
    ("a.c", "char *password = NULL, *user = NULL;"),
    ("a.log", "worker:5432:start:pool:<password>"),
    ("config.json", f'{{"auths": {{"ghcr.io": {{"auth": "{b64("app")}"}}}}}}'),
    ("a.json", '{"auth": "oauth2+bearer"}'),
    (".pypirc", "[pypi]\nusername = __token__\npassword = ${PYPI_TOKEN}\n"),
    (".pypirc", "[pypi]\nusername = app\n\n[testpypi]\nusername = app\n"),
    ("a.sh", "twine upload -u __token__ -p $PYPI_TOKEN dist/*"),
    ("a.sql", "UPDATE users SET password = PASSWORD('${password}');"),
    ("a.js", "crypto.createHmac('sha256', secret)"),
    ("a.py", 'Fernet(b"' + "A" * 43 + '=")'),
    ("wp-config.php", "define('AUTH_KEY', 'put your unique phrase here');"),
    ("a.py", 'smtp.login("app@corp.example", password)'),
    ("a.cs", 'new NetworkCredential("app", "")'),
    ("a.go", 'request.SetBasicAuth("app", "<password>")'),
    ("a.php", "new PDO($dsn, 'app', $password)"),
    ("a.java", 'DriverManager.getConnection(url, "app", "${password}")'),
    ("a.js", "jwt.verify(token, 'secret')"),
    ("a.js", "page.login(name, 'button.submit')"),
    ("a.ps1", "ConvertTo-SecureString $password -AsPlainText -Force"),
    ("a.config", 'connectionString="Server=db;User Id=sa;Password=$(DbPassword);"'),
    ("a.config", 'connectionString="Server=db;User Id=sa;Password={0};"'),
    ("a.config", 'connectionString="Server=db;User Id=sa;Password=<your password>;"'),
    ("a.config", 'connectionString="Server=db;Integrated Security=true;"'),
    ("a.py", "os.environ.update(pwd=getcwd)"),
    ("a.java", '"jdbc:mysql://db/x?user=app&password=" + password'),
    ("a.java", '"jdbc:mysql://db/x?user=app&password=${password}"'),
    ("a.java", '"jdbc:oracle:thin:@//db:1521/x"'),
    (".netrc", "machine api.corp login app password <password>"),
    (".netrc", "machine api.corp login app"),
    ("nuget.config", '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />'),
    ("settings.xml", "<username>app</username><password>${env.PASSWORD}</password>"),
    ("strings.xml", "<password>Kennwort</password>"),
    ("strings.xml", "<password>Enterit</password>"),
    ("a.sql", "CREATE USER app IDENTIFIED BY '${password}';"),
    ("a.sql", "CREATE USER app IDENTIFIED BY 'your_password';"),
    ("a.sql", "ALTER ROLE app PASSWORD NULL;"),
    ("a.sql", "-- create users; passwords are 'hashed' later"),
    ("a.tf", 'variable "db_password" {\n  type = string\n  sensitive = true\n}'),
    ("a.tf", 'variable "region" {\n  default = "eu-west-1"\n}'),
    ("a.tf", 'variable "password_policy" {\n  default = "strict-2"\n}'),
    ("a.js", "headers.Authorization = 'Bearer ' + token"),
    ("a.js", "headers.Authorization = `Bearer ${token1}`"),
    ("a.sh", 'curl -H "Authorization: Bearer $TOKEN" http://x'),
    ("a.sh", 'curl -H "Authorization: Bearer <token>" http://x'),
    ("a.http", "Authorization: Basic realm"),
    ("a.http", "Authorization: Basic " + b64("user:password")),
    ("k.json", json.dumps({"kty": "EC", "x": random_text(43, LETTERS), "y": random_text(43, LETTERS)})),
    ("k.json", json.dumps({"d": random_text(43, LETTERS), "name": "not a key"})),
    ("k.json", json.dumps({"kty": "EC", "d": "A" * 43})),
    ("a.pem.b64", b64("-----BEGIN CERTIFICATE-----\n" + random_text(900, LETTERS))),
    ("a.txt", b64("-----BEGIN RSA " + "PRIVATE KEY-----")),
    (".htpasswd", "app:$apr1$salt"),
    ("a.py", "template = 'x:{SHA}...'"),
    ("s.yaml", manifest("data:", "  username: " + b64("app-admin-1"))),
    ("s.yaml", manifest("data:", "  ca.crt: " + b64("-----BEGIN CERTIFICATE-----\n" + random_text(900, LETTERS)))),
    ("s.yaml", manifest("data:", "  settings: <base64 of it>")),
    ("s.yaml", manifest("data:", "  settings: {{ .Values.it | b64enc }}")),
    ("s.yaml", manifest("data:", "  settings: " + b64("changeme"))),
    ("s.yaml", manifest("data:", "  settings: " + b64(CHOSEN), kind="ConfigMap")),
    ("s.yaml", manifest("spec:", "  settings: " + b64(CHOSEN))),
    ("s.yaml", manifest() + "---\n" + manifest("data:", "  settings: " + b64(CHOSEN), kind="ConfigMap")),
]
HOSTILE = [
    "curl ",
    "curl -u ",
    "curl -u a:\\\n",
    "sshpass -p ",
    "mysql a -pa ",
    "docker login a",
    "sqlcmd -P ",
    "sqlplus a/",
    "twine upload -u a ",
    "set password('",
    "host=a user=a password=a ",
    ":5432:a:a:a",
    "htpasswd -b a b ",
    "echo a:b | ",
    "password=;server=a;",
    "?password=a&",
    "jdbc:oracle:thin:a/",
    "machine a login b ",
    "<password>",
    "create user password ",
    "identified with a ",
    'variable "a" { default = ',
    "Authorization: Bearer ",
    '"d":"' + "a1" * 12 + '"',
    "LS0tLS1CRUdJTi",
    "a:$apr1$",
    "kind: Secret\ndata:\n  a: b\n",
    "kind: Secret\ndata:\n",
    "  a: |\n",
]


@pytest.mark.parametrize(("rule", "path", "text", "secret"), FOUND)
def test_each_form_is_found_at_its_place(rule: str, path: str, text: str, secret: str) -> None:
    for ending in ("", "\n", "\r\n"):
        written = text.format(secret) + ending
        found = look(written, path)
        assert [finding.rule.id for finding in found] == [f"secrets/{rule}"], written
        start = written.index(secret)
        assert (found[0].span.start, found[0].span.end) == (start, start + len(secret))


@pytest.mark.parametrize(("path", "text", "secret"), FOUND_TEXTS)
def test_both_prefilters_find_the_same(path: str, text: str, secret: str) -> None:
    assert values(text.format(secret), path, plain=True) == [secret]


@pytest.mark.parametrize(("path", "text", "secret"), FOUND_TEXTS)
def test_every_occurrence_is_found(path: str, text: str, secret: str) -> None:
    between = "\n---\n" if path == "s.yaml" else "\n\n"
    assert values(between.join([text.format(secret)] * 3), path) == [secret] * 3


@pytest.mark.parametrize(("path", "text"), LEFT_ALONE)
def test_what_is_no_secret_is_left_alone(path: str, text: str) -> None:
    assert values(text, path) == []
    assert values(text + "\n", path) == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        for shape in STRUCTURED:
            list(shape.find(text))
        return time.process_time() - started

    seconds(2_000)
    assert seconds(64_000) < max(seconds(8_000), 0.005) * 24


def test_every_rule_has_samples() -> None:
    others = {"private-key", "encrypted-private-key"}  # in test_detector
    assert {rule for rule, *_ in FOUND} | others == {slug for shape in STRUCTURED for slug in shape.rules}
    assert {slug for shape in STRUCTURED for slug in shape.rules} <= upstream_rules().keys()
