"""detect-secrets beside us: our rules run under its own command, and what its plugins find we find too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

from countermark.change import FileChange
from countermark.content import Content
from countermark_rules.detectors.secrets import detect_secrets_plugins, upstream
from countermark_rules.detectors.secrets.confirming import candidates
from countermark_rules.detectors.secrets.prefilter import prefilter, scannable
from countermark_rules.detectors.secrets.provider import load
from countermark_rules.detectors.secrets.samples import positives
from tests.support import fake_aws_key, random_text

PLUGINS = str(Path(detect_secrets_plugins.__file__))
HEX = "0123456789abcdef"
PLUGIN_OF: dict[str, type] = get_mapping_from_secret_type_to_class()
CLASSES = {kind: plugin.__name__ for kind, plugin in PLUGIN_OF.items()}
BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def test_our_rules_run_under_plain_detect_secrets(tmp_path: Path, shared_cache: Path) -> None:
    token = next(token for token in load("grafana"))
    (tmp_path / "app.py").write_text(next(positives(token)).text)
    done = subprocess.run(
        [str(Path(sys.executable).with_name("detect-secrets")), "scan", "-p", PLUGINS, "--all-files", "."],
        cwd=tmp_path, env={**os.environ, "XDG_CACHE_HOME": str(shared_cache)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"{token.title} (secrets/{token.id})" in [
        found["type"] for found in json.loads(done.stdout)["results"]["app.py"]
    ]


def test_every_plugin_of_detect_secrets_has_its_place() -> None:
    assert set(CLASSES.values()) == {plugin.name for plugin in upstream.PLUGINS}


KEY, HEX32, HEX64 = fake_aws_key(), random_text(32, HEX), random_text(64, HEX)
BASE64 = random_text(40, BASE62 + "+/")
FILES = {
    "app.py": f'key = "{KEY}"\npassword = "{HEX32}"\nx = ["{BASE64}", "{HEX64}"]\nif secret == "open sesame": pass\n',
    "app.js": f"const a = {{apiKey: '{BASE64}', db_password: \"{HEX32}\"}};\nif (password === 'letmein-9') {{}}\n",
    "app.go": f'password := "{HEX32}"\ndb_pass = `{HEX32}`\n',
    "app.c": f'char password[64] = "{HEX32}";\n',
    "app.cpp": f'std::string secret("{HEX32}");\nsecret.assign("{BASE64}",17);\n',
    "app.cs": f'var password = @"{HEX32}";\n',
    "app.m": f'NSString *password = @"{HEX32}";\n',
    "app.php": f"$password = '{HEX32}';\n$x = array('api_key' => '{BASE64}');\n",
    "app.tf": f'variable "x" {{\n  password = "{HEX32}"\n}}\n',
    "app.yaml": f"a:\n  password: {HEX32}\n  list:\n    - secret: '{BASE64}'\n    - key: {HEX64}\nsl_token: {HEX64}\n",
    "app.yml": f"api_key: {HEX32} # why\nprivate_key: {BASE64},\ncloudant_pw: {HEX64}\n",
    "app.ini": f"[a]\npassword = {HEX32}\nurl = https://u:{HEX32}@example.com/\n[b]\nkey: {HEX64}\n",
    "app.cfg": f"[a]\nsecret={BASE64}\n; comment\ntoken={HEX64}\n",
    "app.conf": f"passwd: {HEX32}\napikey = {BASE64}\n",
    "app.properties": f"a.password={HEX32}\na.b={BASE64}\n",
    "app.toml": f'[a]\npassword = "{HEX32}"\nb = "{BASE64}"\n',
    ".env": f"A_PASSWORD={HEX32}\nB={BASE64}\nC={HEX64}\n",
    "app.sh": f"export X=1\nif true; then\n  PASSWORD='{HEX32}'\nfi\n",
    "app.txt": f"see 203.0.114.7 and //registry.example/:_authToken={'npm_' + BASE62[:36]}\n",
    "app.xml": f'<a password="{HEX32}" key="{BASE64}"/>\n',
    "app.json": f'{{"password": "{HEX32}", "x": "{BASE64}"}}\n',
    "app.md": f"Use `AKC{BASE62[:20]}` and xoxb-123456789012-{BASE62[:24]}\n",
    "key.pem": "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIE\n",
    "mix.txt": f"{HEX32}-us12 SK{HEX32} sk_live_{BASE62[:24]} SG.{BASE62[:22]}.{BASE62[:43]}\r\n"
    f"123456789:{BASE62[:35]} sq0csp-{BASE62[:43]}\r\n",
}


def theirs(path: Path) -> set[tuple[int, str, str]]:
    """Line, plugin and value of all that detect-secrets' plugins find in a file, no filter in the way."""
    names = {plugin.name for plugin in upstream.PLUGINS}
    config = {"plugins_used": [{"name": name} for name in names], "filters_used": []}
    with transient_settings(config):
        return {(secret.line_number, CLASSES[secret.type], str(secret.secret_value)) for secret in scan_file(str(path))}


def ours(path: Path) -> set[tuple[int, str, str]]:
    """The same of us, with their plugins on and our filters off."""
    file = FileChange(path.name, Content(path.read_bytes()))
    data = scannable(file.after)
    hits = [*prefilter().hits(data), *prefilter(extra=True).hits(data)]
    found = candidates(file, data, hits, filtered=False)
    return {(file.after.position(one.span.start).line, one.source, file.after.slice(one.span)) for one in found}


@pytest.mark.parametrize("name", FILES)
def test_what_detect_secrets_finds_we_find(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], newline="")
    expected = theirs(tmp_path / name)
    assert expected, "a file in which detect-secrets finds nothing tests nothing"
    assert expected - ours(tmp_path / name) == set()


NAMES = ("password", "db_pass", "api_key", "secret", "private_key", "title", "x")
FORMS = {
    "a.py": '{} = "{}"',
    "a.js": "const {} = '{}';",
    "a.go": "{} := `{}`",
    "a.cs": '{} = @"{}";',
    "a.m": '{} = @"{}";',
    "a.php": "${} = '{}';",
    "a.cls": "{}: '{}',",
    "a.tf": '  {} = "{}"',
    "a.json": '{{"{}": "{}"}}',
    "a.xml": '<a {}="{}"/>',
    "a.sh": "export {}='{}'",
    "a.yaml": "{}: {}",
    "a.ini": "{} = {}",
    "a.properties": "{}={}",
    ".env": "{}={}",
    "a.md": 'Set `{}` to "{}".',
}
DRAWS: tuple[Callable[[], str], ...] = (
    lambda: random_text(40, BASE62 + "+/"),
    lambda: random_text(32, HEX),
    lambda: random_text(12, BASE62 + "!@#%-"),
    lambda: f"https://user:{random_text(9, BASE62)}@example.org",
    fake_aws_key,
    lambda: f"SK{random_text(32, HEX)}",
    lambda: f"{random_text(9, '123456789')}:{random_text(35, BASE62)}",
    lambda: f"eyJ{random_text(20, BASE62)}.eyJ{random_text(20, BASE62)}.{random_text(20, BASE62)}",
)


def test_of_a_thousand_values_we_keep_what_detect_secrets_finds(tmp_path: Path) -> None:
    kept = expected = 0
    for name, form in FORMS.items():
        path = tmp_path / name
        if name.endswith(".ini"):
            form = f"[{{}}{random_text(4, HEX)}]\n".format("") + form  # noqa: PLW2901 - a section for each
        path.write_text("\n".join(form.format(f"{key}", draw()) for key in NAMES for draw in DRAWS) + "\n")
        found = theirs(path)
        expected, kept = expected + len(found), kept + len(found & ours(path))
    assert expected > 500
    assert kept >= 0.995 * expected
