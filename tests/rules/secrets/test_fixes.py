"""The fix: a look-up where a literal was, and nothing where that is not plainly right."""

from __future__ import annotations

import ast
import itertools
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from countermark.change import FileChange, Trait
from countermark.content import Content, Span
from countermark_rules.detectors.patterns.rungs import CORE
from countermark_rules.detectors.patterns.scanning import Bounds, Source
from countermark_rules.detectors.secrets.fixes import Fixer
from countermark_rules.detectors.secrets.replacing.languages import LANGUAGES

VALUE = "Kx8-wr4ng9ler"
WORKFLOW, GITLAB, CIRCLE = ".github/workflows/ci.yml", ".gitlab-ci.yml", ".circleci/config.yml"
AZURE, COMPOSE, SPRING = "azure-pipelines.yml", "docker-compose.yml", "src/main/resources/application.yml"


def fixed(text: str, path: str, slug: str = "acme-api-key", value: str = VALUE) -> str | None:
    """The text after the fix of its secret; None where none is offered."""
    start = text.index(value)
    span = Span(start, start + len(value))
    offered = Fixer(FileChange(path, Content(text.encode())), [span]).fixes(span, slug)
    if not offered:
        return None
    (fix,) = offered
    assert not fix.safe
    assert VALUE not in repr(fix)
    edits = sorted(fix.edits, key=lambda edit: edit.span, reverse=True)
    assert not any(left.span.start < right.span.end for left, right in itertools.pairwise(edits))
    for edit in edits:
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    assert value not in text
    return text


# § stands for the secret.
PROGRAMS = [
    ("a.py", 'import os\napiKey: str = "§"\n', 'import os\napiKey: str = os.environ["API_KEY"]\n'),
    ("a.py", "import os\nconnect(password='§', x=1)\n", 'import os\nconnect(password=os.environ["PASSWORD"], x=1)\n'),
    ("a.py", 'import os\nx = {"db-password": "§"}\n', 'import os\nx = {"db-password": os.environ["DB_PASSWORD"]}\n'),
    ("a.py", 'import os\ncfg["token"] = "§"\n', 'import os\ncfg["token"] = os.environ["TOKEN"]\n'),
    ("a.py", 'import os\ntoken = b"§"\n', 'import os\ntoken = os.environ["TOKEN"].encode()\n'),
    ("a.py", "import os\ntoken = r'§'\n", 'import os\ntoken = os.environ["TOKEN"]\n'),
    ("a.py", 'import os\nkey = """§\n"""\n', 'import os\nkey = os.environ["ACME_API_KEY"]\n'),
    ("a.py", 'import os\nlogin("§")\n', 'import os\nlogin(os.environ["ACME_API_KEY"])\n'),
    ("a.py", 'import os\npwd = "§"\n', 'import os\npwd = os.environ["ACME_API_KEY"]\n'),
    ("a.py", 'import os\nh = f"Bearer §"\n', "import os\nh = f\"Bearer {os.environ['ACME_API_KEY']}\"\n"),
    ("a.py", 'import os\nif token == "§":\n    pass\n', 'import os\nif token == os.environ["TOKEN"]:\n    pass\n'),
    ("a.py", 'import os\nt = os.getenv("ACME", "§")\n', 'import os\nt = os.environ["ACME"]\n'),
    ("a.py", 'import os\nt = os.environ.get("ACME") or "§"\n', 'import os\nt = os.environ["ACME"]\n'),
    ("a.py", 'import os\ntoken = "§".encode()\n', 'import os\ntoken = os.environ["TOKEN"].encode()\n'),
    (
        "a.py",
        'import os\ntoken = "§" if prod else None\n',
        'import os\ntoken = os.environ["TOKEN"] if prod else None\n',
    ),
    ("a.js", "const apiKey = '§';\n", "const apiKey = process.env.API_KEY;\n"),
    ("a.js", "const x = { apiKey: `§` }\n", "const x = { apiKey: process.env.API_KEY }\n"),
    ("a.js", "const h = `Bearer §`;\n", "const h = `Bearer ${process.env.ACME_API_KEY}`;\n"),
    ("a.js", 'const k = process.env.KEY || "§";\n', "const k = process.env.KEY;\n"),
    ("a.js", 'const r = /["`]/;\nconst token = "§";\n', 'const r = /["`]/;\nconst token = process.env.TOKEN;\n'),
    ("a.jsx", 'const e = <Map token="§" zoom="3" />;\n', 'const e = <Map token={process.env.TOKEN} zoom="3" />;\n'),
    ("a.ts", 'const x = { apiKey: "§" };\n', "const x = { apiKey: process.env.API_KEY! };\n"),
    ("a.ts", 'const token: string = "§";\n', "const token: string = process.env.TOKEN!;\n"),
    (
        "a.go",
        'package a\n\nimport (\n\t"fmt"\n)\n\nfunc F() { token := "§"; fmt.Println(token) }\n',
        'package a\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nfunc F() { token := os.Getenv("TOKEN"); fmt.Println(token) }\n',
    ),
    ("a.go", "package a\n\nconst apiKey = `§`\n", 'package a\n\nimport "os"\n\nvar apiKey = os.Getenv("API_KEY")\n'),
    (
        "a.go",
        'package a\n\nimport "os"\n\nvar dbPassword string = "§"\nvar x = os.Args\n',
        'package a\n\nimport "os"\n\nvar dbPassword string = os.Getenv("DB_PASSWORD")\nvar x = os.Args\n',
    ),
    (
        "a.java",
        'class A { static final String TOKEN = "§"; }\n',
        'class A { static final String TOKEN = System.getenv("TOKEN"); }\n',
    ),
    (
        "a.java",
        'class A { Object f(B b) { return b.setApiKey("§"); } }\n',
        'class A { Object f(B b) { return b.setApiKey(System.getenv("API_KEY")); } }\n',
    ),
    (
        "a.java",
        'class A { byte[] k = "§".getBytes(); }\n',
        'class A { byte[] k = System.getenv("ACME_API_KEY").getBytes(); }\n',
    ),
    ("a.kt", 'const val TOKEN = "§"\n', 'val TOKEN = System.getenv("TOKEN")\n'),
    ("a.kt", 'val h = "Bearer §"\n', 'val h = "Bearer ${System.getenv("ACME_API_KEY")}"\n'),
    ("a.kt", 'val t = System.getenv("T") ?: "§"\n', 'val t = System.getenv("T")\n'),
    ("a.rb", "token = '§'\n", 'token = ENV.fetch("TOKEN")\n'),
    ("a.rb", "x = { :api_key => '§' }\n", 'x = { :api_key => ENV.fetch("API_KEY") }\n'),
    ("a.rb", 'h = "Bearer §"\n', 'h = "Bearer #{ENV.fetch("ACME_API_KEY")}"\n'),
    ("a.rb", 't = ENV.fetch("T", "§")\n', 't = ENV.fetch("T")\n'),
    ("a.rb", 't = ENV["T"] || "§"\n', 't = ENV.fetch("T")\n'),
    ("a.php", "<?php\n$apiKey = '§';\n", "<?php\n$apiKey = getenv('API_KEY');\n"),
    ("a.php", "<?php\n$x = ['token' => \"§\"];\n", "<?php\n$x = ['token' => getenv('TOKEN')];\n"),
    ("a.php", "<?php\n$t = env('T', '§');\n", "<?php\n$t = env('T');\n"),
    ("a.php", "<?php\n$t = getenv('T') ?: '§';\n", "<?php\n$t = getenv('T');\n"),
    ("a.php", "<?php\ndefine('API_KEY', '§');\n", "<?php\ndefine('API_KEY', getenv('API_KEY'));\n"),
    (
        "a.cs",
        'class A { private const string Token = "§"; }\n',
        'class A { private static readonly string Token = System.Environment.GetEnvironmentVariable("TOKEN"); }\n',
    ),
    (
        "a.cs",
        'class A { void F() { var dbPassword = @"§"; } }\n',
        'class A { void F() { var dbPassword = System.Environment.GetEnvironmentVariable("DB_PASSWORD"); } }\n',
    ),
    (
        "a.rs",
        'fn main() { let token = "§"; println!("{}", token.len()); }\n',
        'fn main() { let token = &std::env::var("TOKEN").expect("TOKEN is not set"); println!("{}", token.len()); }\n',
    ),
    (
        "a.rs",
        'struct S { k: String }\nfn f() -> S { S { k: "§".to_string() } }\n',
        'struct S { k: String }\nfn f() -> S { S { k: std::env::var("ACME_API_KEY").expect("ACME_API_KEY is not set") } }\n',
    ),
    (
        "a.rs",
        'fn f() -> String { String::from(r#"§"#) }\n',
        'fn f() -> String { String::from(&std::env::var("ACME_API_KEY").expect("ACME_API_KEY is not set")) }\n',
    ),
    ("a.ps1", '$ApiKey = "§"\n', "$ApiKey = $env:API_KEY\n"),
    ("a.ps1", '$h = @{ Authorization = "Bearer §" }\n', '$h = @{ Authorization = "Bearer ${env:ACME_API_KEY}" }\n'),
    ("a.ps1", "Connect-It -Token '§' -Force\n", "Connect-It -Token $env:TOKEN -Force\n"),
    ("a.tf", 'provider "x" {\n  api_key = "§"\n}\n', 'provider "x" {\n  api_key = var.api_key\n}\n'),
    ("a.tf", 'locals {\n  u = "https://u:§@h"\n}\n', 'locals {\n  u = "https://u:${var.acme_api_key}@h"\n}\n'),
    ("a.tf", 'variable "pw" {\n  type    = string\n  default = "§"\n}\n', 'variable "pw" {\n  type    = string\n}\n'),
    ("a.tf", 'variable "pw" { default = "§" }\n', 'variable "pw" { }\n'),
]
SCRIPTS = [
    ("a.sh", "API_KEY=§\n", 'API_KEY="${API_KEY:?}"\n'),
    ("a.sh", "export API_KEY='§'\n", 'export API_KEY="${API_KEY:?}"\n'),
    ("a.sh", 'curl -H "X-Api-Key: §" https://h\n', 'curl -H "X-Api-Key: ${X_API_KEY:?}" https://h\n'),
    ("a.sh", "curl -H 'Authorization: Bearer §' h\n", 'curl -H "Authorization: Bearer ${ACME_API_KEY:?}" h\n'),
    ("a.sh", "login --token § --yes\n", 'login --token "${TOKEN:?}" --yes\n'),
    ("a.sh", "git clone https://x:§@h/r\n", 'git clone https://x:"${ACME_API_KEY:?}"@h/r\n'),
    ("a.sh", 'K="${K:-§}"\n', 'K="${K:?}"\n'),
    ("deploy", "#!/usr/bin/env bash\nTOKEN=§ ./run\n", '#!/usr/bin/env bash\nTOKEN="${TOKEN:?}" ./run\n'),
]
SETTINGS = [
    (WORKFLOW, "env:\n  API_KEY: §\n", "env:\n  API_KEY: ${{ secrets.API_KEY }}\n"),
    (WORKFLOW, "env:\n  GITHUB_TOKEN: '§'\n", "env:\n  GITHUB_TOKEN: '${{ secrets.GH_TOKEN }}'\n"),
    (WORKFLOW, "with: {token: §}\n", 'with: {token: "${{ secrets.TOKEN }}"}\n'),
    (WORKFLOW, "- run: login --token §\n", "- run: login --token ${{ secrets.TOKEN }}\n"),
    (GITLAB, 'variables:\n  API_KEY: "§"\n', 'variables:\n  API_KEY: "$SECRET_API_KEY"\n'),
    (GITLAB, 'script:\n  - login --token "§"\n', 'script:\n  - login --token "$TOKEN"\n'),
    (CIRCLE, "- run: login --token §\n", "- run: login --token $TOKEN\n"),
    (CIRCLE, "auth:\n  username: me\n  password: §\n", "auth:\n  username: me\n  password: $PASSWORD\n"),
    (AZURE, "variables:\n  dbPassword: §\n", "variables:\n  dbPassword: $(DB_PASSWORD)\n"),
    (
        AZURE,
        "variables:\n- name: API_KEY\n  value: '§'\n",
        "variables:\n- name: API_KEY\n  value: '$(SECRET_API_KEY)'\n",
    ),
    (COMPOSE, "environment:\n  PG_PASSWORD: §\n", "environment:\n  PG_PASSWORD: ${PG_PASSWORD:?}\n"),
    (COMPOSE, "environment:\n  - PG_PASSWORD=§\n", "environment:\n  - PG_PASSWORD=${PG_PASSWORD:?}\n"),
    (COMPOSE, "environment:\n  PW: ${PW:-§}\n", "environment:\n  PW: ${PW:?}\n"),
    (SPRING, "spring:\n  password: §\n", "spring:\n  password: ${PASSWORD}\n"),
    (SPRING, "spring:\n  password: ${DB_PW:§}\n", "spring:\n  password: ${DB_PW}\n"),
    ("application.properties", "db.password=§\n", "db.password=${DB_PASSWORD}\n"),
]
REFUSED = [
    ("a.py", 'url = "postgres://u:§@h/x"\n'),
    ("a.py", 'token = "prefix §"\n'),
    ("a.py", 'token = "a" + "§"\n'),
    ("a.py", 'token = ("a"\n  "§")\n'),
    ("a.py", 'token = ("§"\n  "b")\n'),
    ("a.py", 'x = {"§": 1}\n'),
    ("a.py", '# token = "§"\n'),
    ("a.py", '"""\ntoken = "§"\n"""\n'),
    ("a.py", "x = f\"{call('§')}\"\n"),
    ("a.py", 'token = "§\n'),
    ("a.js", '// const token = "§";\n'),
    ("a.js", "const x = sql`a §`;\n"),
    ("a.js", 'const x = `${f("§")}`;\n'),
    ("a.ts", 'enum E { Token = "§" }\n'),
    ("a.ts", 'type T = "§";\n'),
    ("a.go", 'package a\nconst (\n\tx = f(1)\n\ttoken = "§"\n)\n'),
    ("a.go", 'token := "§"\n'),
    ("a.java", '@Value("§") String token;\n'),
    ("a.java", 'class A { String t = "a" + "§"; }\n'),
    ("a.kt", '@Header("§") fun f() {}\n'),
    ("a.rb", 'x = <<EOS\ntoken = "§"\nEOS\n'),
    ("a.php", "<?php\nclass A { private $token = '§'; }\n"),
    ("a.php", "<?php\nclass A { public array $c = ['a' => f(1), 'token' => '§']; }\n"),
    ("a.php", "<?php\nfunction f($token = '§') {}\n"),
    ("a.php", "<?php\nconst TOKEN = '§';\n"),
    ("a.cs", 'void F(string token = "§") {}\n'),
    ("a.cs", '[Key("§")] class A {}\n'),
    ("a.cs", 'void F() { const string token = "§"; }\n'),
    ("a.cs", 'var t = $"Bearer §";\n'),
    ("a.rs", 'const TOKEN: &str = "§";\n'),
    ("a.rs", 'fn f() -> &\'static str { return "§"; }\n'),
    ("a.tf", 'terraform {\n  backend "s3" {\n    secret_key = "§"\n  }\n}\n'),
    ("a.sh", "# TOKEN=§\n"),
    ("a.sh", "cat <<EOF\nTOKEN=§\nEOF\n"),
    ("a.sh", "X='a $b §'\n"),
    ("a.sh", 'X="$(curl -H "T: §")"\n'),
    (WORKFLOW, "# token: §\n"),
    (WORKFLOW, "if: github.token == '§'\n"),
    (GITLAB, "script:\n  - curl -H 'X: §' h\n"),
    (CIRCLE, "environment:\n  TOKEN: §\n"),
    ("k8s/secret.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  token: §\n"),
    ("values.yaml", "token: '§'\n"),
    (".env", "TOKEN=§\n"),
    ("Dockerfile", "ENV TOKEN=§\n"),
    ("messages.properties", "token=§\n"),
    ("a.txt", 'token = "§"\n'),
]


def _filled(text: str) -> str:
    assert text.count("§") == 1
    return text.replace("§", VALUE)


@pytest.mark.parametrize(("path", "before", "after"), [*PROGRAMS, *SCRIPTS, *SETTINGS])
def test_a_value_gives_way_to_a_look_up(path: str, before: str, after: str) -> None:
    assert fixed(_filled(before), path) == after


@pytest.mark.parametrize(("path", "before"), REFUSED)
def test_nothing_is_offered_where_it_would_not_be_right(path: str, before: str) -> None:
    assert fixed(_filled(before), path) is None


_IMPORTS = [
    (
        'import json\n\nimport abc\nimport re\n\ntoken = "§"\n',
        'import json\nimport os\n\nimport abc\nimport re\n\ntoken = os.environ["TOKEN"]\n',
    ),
    ('token = "§"\n', 'import os\n\ntoken = os.environ["TOKEN"]\n'),
    ('"""Doc."""\n\nimport re\ntoken = "§"\n', '"""Doc."""\n\nimport os\nimport re\ntoken = os.environ["TOKEN"]\n'),
    ('import json\nimport re\n\ntoken = "§"\n', 'import json\nimport os\nimport re\n\ntoken = os.environ["TOKEN"]\n'),
    (
        'import abc\nfrom re import sub\n\ntoken = "§"\n',
        'import abc\nimport os\nfrom re import sub\n\ntoken = os.environ["TOKEN"]\n',
    ),
    ('import abc\n\ntoken = "§"\nimport re\n', 'import abc\nimport os\n\ntoken = os.environ["TOKEN"]\nimport re\n'),
    ('token = "§"\nimport re\n', 'import os\n\ntoken = os.environ["TOKEN"]\nimport re\n'),
    ('#!/usr/bin/env python\n\ntoken = "§"\n', '#!/usr/bin/env python\nimport os\n\ntoken = os.environ["TOKEN"]\n'),
    (
        '#!/usr/bin/env python\n"""import this\n\nimport os\n"""\n\ntoken = "§"\n',
        '#!/usr/bin/env python\n"""import this\n\nimport os\n"""\n\nimport os\n\ntoken = os.environ["TOKEN"]\n',
    ),
    (
        '"""Doc."""\nfrom __future__ import (\n    annotations,\n)\n\ntoken = "§"\n',
        '"""Doc."""\nfrom __future__ import (\n    annotations,\n)\n\nimport os\n\ntoken = os.environ["TOKEN"]\n',
    ),
    ('import re, os\ntoken = "§"\n', 'import re, os\ntoken = os.environ["TOKEN"]\n'),
    ('import os.path\ntoken = "§"\n', 'import os.path\ntoken = os.environ["TOKEN"]\n'),
    ('import re\r\ntoken = "§"\r\n', 'import os\r\nimport re\r\ntoken = os.environ["TOKEN"]\r\n'),
    ('def f():\n    import os\n\n\ntoken = "§"\n', None),
]


@pytest.mark.parametrize(("before", "after"), _IMPORTS)
def test_what_a_look_up_needs_is_imported(before: str, after: str | None) -> None:
    made = fixed(_filled(before), "a.py")
    assert after is None or made == after
    assert made is not None
    compiled = compile(made, "a.py", "exec")
    exec(compiled, {"__builtins__": {"__import__": _only_os_knows_the_token}})  # noqa: S102 - the text above


def _only_os_knows_the_token(name: str, *rest: Any) -> object:
    import os
    import types

    os_like = types.SimpleNamespace(environ={"TOKEN": "x"}, path=os.path)
    return os_like if name.startswith("os") else __import__(name, *rest)


# --- what was fixed can still be read -------------------------------------------------------------------------------------------------


def _python(files: list[Path]) -> None:
    for file in files:
        ast.parse(file.read_text())


def _yaml(files: list[Path]) -> None:
    for file in files:
        list(yaml.safe_load_all(file.read_text()))


def _run(*command: str) -> Callable[[list[Path]], None]:
    def check(files: list[Path]) -> None:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not on this machine")
        for file in files:
            done = subprocess.run([*command, file.name], cwd=file.parent, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr + file.read_text()

    return check


def _semgrep(language: str) -> Callable[[list[Path]], None]:
    def check(files: list[Path]) -> None:
        # A pattern without a word of its own, so that every file is parsed.
        rule = {"id": "x", "pattern": "$X", "languages": [language], "message": "x", "severity": "INFO"}
        sources = [Source(str(file), file.read_bytes(), (language,), file.suffix) for file in files]
        output = CORE.scan([rule], sources, Bounds(seconds=120))
        assert output.troubles == (), [Path(trouble.path or "").read_text() for trouble in output.troubles]

    return check


_RUSTC = ("rustc", "--edition=2021", "--crate-type=lib", "--emit=metadata", "-Awarnings")
PARSERS: dict[str, tuple[str, Callable[[list[Path]], None]]] = {
    "python": (".py", _python),
    "node": (".js", _run("node", "--check")),
    "semgrep-jsx": (".jsx", _semgrep("js")),
    "semgrep-ts": (".ts", _semgrep("ts")),
    "semgrep-go": (".go", _semgrep("go")),
    "gofmt": (".go", _run("gofmt", "-e")),
    "semgrep-java": (".java", _semgrep("java")),
    "semgrep-kotlin": (".kt", _semgrep("kotlin")),
    "semgrep-ruby": (".rb", _semgrep("ruby")),
    "ruby": (".rb", _run("ruby", "-c")),
    "semgrep-php": (".php", _semgrep("php")),
    "php": (".php", _run("php", "-l")),
    "semgrep-csharp": (".cs", _semgrep("csharp")),
    "rustc": (".rs", _run(*_RUSTC)),
    "semgrep-terraform": (".tf", _semgrep("terraform")),
    "terraform": (".tf", _run("terraform", "fmt", "-no-color", "-write=false")),
    "bash": (".sh", _run("bash", "-n")),
    "yaml": (".yml", _yaml),
}


@pytest.mark.parametrize("parser", PARSERS)
def test_what_was_fixed_can_be_read(parser: str, tmp_path: Path) -> None:
    suffix, check = PARSERS[parser]
    cases = [(path, before) for path, before, _ in [*PROGRAMS, *SCRIPTS, *SETTINGS] if path.endswith(suffix)]
    assert cases
    for stage in ("before", "after"):
        folder = tmp_path / stage
        folder.mkdir()
        files = []
        for number, (path, before) in enumerate(cases):
            text = _filled(before)
            files.append(folder / f"a{number}{suffix}")
            files[-1].write_text(text if stage == "before" else fixed(text, path) or "")
        check(files)


def test_every_language_is_tried() -> None:
    tried = {PurePosixPath(path).suffix for path, _, _ in PROGRAMS}
    twins = {".pyi": ".py", ".pyw": ".py", ".mjs": ".js", ".cjs": ".js", ".tsx": ".ts", ".mts": ".ts", ".cts": ".ts"}
    twins |= {".kts": ".kt", ".rake": ".rb", ".psm1": ".ps1"}
    assert {twins.get(suffix, suffix) for suffix in LANGUAGES} <= tried


# --- names ----------------------------------------------------------------------------------------------------------------------------


def test_two_values_never_share_a_variable_and_one_value_has_one() -> None:
    first, second = "Ab1" * 6, "Cd2" * 6
    text = f'import os\ntoken = "{first}"\nother["token"] = "{second}"\nx(token="{first}")\n'
    places = [(text.index(first), first), (text.index(second), second), (text.rindex(first), first)]
    spans = [Span(at, at + len(value)) for at, value in places]
    fixer = Fixer(FileChange("a.py", Content(text.encode())), spans)
    assert [fixer.fixes(span, "acme-key")[0].variable for span in spans] == ["TOKEN", "ACME_KEY", "TOKEN"]


def test_no_secret_becomes_a_name() -> None:
    key, value = "abcdefKeyToken", "Cd2" * 6
    text = f'import os\nf("{key}", "{value}")\ng({{"{key}": "{value}"}})\n'
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in (key, value)]
    (fix,) = Fixer(FileChange("a.py", Content(text.encode())), spans).fixes(spans[1], "acme-key")
    assert fix.variable == "ACME_KEY"


@pytest.mark.parametrize("name", ["path", "pwd", "USER", "x", "value", "s3", "a" * 60, "q7Zx81Kd02"])
def test_a_name_that_says_nothing_or_is_taken_gives_way_to_the_rules(name: str) -> None:
    assert fixed(f'import os\n{name} = "{VALUE}"\n', "a.py") == f'import os\n{name} = os.environ["ACME_API_KEY"]\n'


@pytest.mark.parametrize("trait", [Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE])
def test_nothing_is_offered_in_files_that_nobody_writes_here(trait: Trait) -> None:
    text = f'token = "{VALUE}"\n'
    file = FileChange("a.py", Content(text.encode()), traits=frozenset({trait}))
    assert Fixer(file).fixes(Span(9, 9 + len(VALUE))) == ()


@pytest.mark.parametrize("suffix", [*LANGUAGES, ".sh"])
@pytest.mark.parametrize(
    "hostile", ['"\\' * 30_000, "'`\"" * 20_000, "/*" * 30_000, "<<A\n" * 15_000, "([{" * 20_000, '"""\\' * 15_000]
)
def test_hostile_text_takes_no_time(suffix: str, hostile: str) -> None:
    text = f'{hostile}\ntoken = "{VALUE}"\n'
    start = text.index(VALUE)
    began = time.process_time()
    Fixer(FileChange(f"a{suffix}", Content(text.encode()))).fixes(Span(start, start + len(VALUE)))
    assert time.process_time() - began < 2
