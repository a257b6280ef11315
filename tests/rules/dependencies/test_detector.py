"""The dependencies detector over manifests, code and settings: what it finds, and what it must leave alone."""

from __future__ import annotations

import pytest

from countermark.change import FileChange, Trait
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Confidence, Finding, Severity
from countermark_rules.detectors.dependencies.detector import DependenciesDetector
from countermark_rules.engine import Examined, examine

COMMIT = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
UNKNOWN, ALIKE, UNPINNED, EXTRA, HTTP = (
    f"deps/{name}" for name in ("unknown-package", "look-alike", "unpinned-source", "extra-index", "plain-http-index")
)
# Seven words in a row that nobody has registered; a colleague's package would be called so.
NOBODY = "acme-ledger-of-green-umbrellas"
MODULE = NOBODY.replace("-", "_")


def change(path: str, text: str, before: str | None = None, **fields: object) -> FileChange:
    return FileChange(path, Content.of_text(text), None if before is None else Content.of_text(before), **fields)  # type: ignore[arg-type]


def look(*files: FileChange) -> list[Examined]:
    examined = examine(files, [DependenciesDetector()], Settings().limits)
    assert not [failure for one in examined for failure in one.failures]
    return examined


def found(*files: FileChange) -> list[Finding]:
    return [finding for one in look(*files) for finding in one.findings]


def said(*files: FileChange) -> list[tuple[str, str]]:
    """Each rule with the text that it points at."""
    return [
        (finding.rule.id, one.file.after.slice(finding.span))
        for one in look(*files)
        for finding in sorted(one.findings, key=lambda each: each.span)
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("requirements.txt", f"requests==2.32.3\n{NOBODY}>=1\n", [(UNKNOWN, NOBODY)]),
        ("requirements/dev.txt", "reqeusts  # a comment\n", [(ALIKE, "reqeusts")]),
        ("requirements.txt", "flask[async]~=3.0 ; python_version>'3.9'\nr\u0435quests\n", [(ALIKE, "r\u0435quests")]),
        (
            "requirements.txt",
            "-e git+https://github.com/a/b@main#egg=b\n",
            [(UNPINNED, "git+https://github.com/a/b@main#egg=b")],
        ),
        ("requirements.txt", "requests @ https://x.example/r.whl\n", [(UNPINNED, "https://x.example/r.whl")]),
        (
            "requirements.txt",
            "git+http://x.example/a/b.git\n",
            [(HTTP, "git+http://x.example/a/b.git"), (UNPINNED, "git+http://x.example/a/b.git")],
        ),
        ("requirements.txt", "--extra-index-url https://pypi.acme.example/\n", [(EXTRA, "https://pypi.acme.example/")]),
        (
            "requirements.txt",
            "-i http://pypi.acme.example/\n--trusted-host pypi.acme.example\n",
            [(HTTP, "http://pypi.acme.example/"), (HTTP, "pypi.acme.example")],
        ),
        (
            "pip.conf",
            "[global]\nextra-index-url = https://pypi.acme.example/\n",
            [(EXTRA, "https://pypi.acme.example/")],
        ),
        ("setup.cfg", f"[options]\ninstall_requires =\n    requests\n    {NOBODY}\n", [(UNKNOWN, NOBODY)]),
        ("pyproject.toml", f'[project]\ndependencies = ["requests>=2", "{NOBODY}"]\n', [(UNKNOWN, NOBODY)]),
        ("pyproject.toml", '[dependency-groups]\ndev = ["numpyy", { include-group = "x" }]\n', [(ALIKE, "numpyy")]),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.12"\nrequests = { git = "https://x.example/r.git" }\n',
            [(UNPINNED, "requests")],
        ),
        (
            "pyproject.toml",
            '[tool.uv.sources]\nrequests = { git = "https://x.example/r.git", branch = "main" }\n',
            [(UNPINNED, "requests")],
        ),
        ("pyproject.toml", '[tool.uv]\nindex-strategy = "unsafe-best-match"\n', [(EXTRA, "unsafe-best-match")]),
        (
            "pyproject.toml",
            '[[tool.uv.index]]\nurl = "http://pypi.acme.example/"\n',
            [(HTTP, "http://pypi.acme.example/")],
        ),
        ("Pipfile", f'[packages]\nrequests = "*"\n{NOBODY} = "*"\n', [(UNKNOWN, NOBODY)]),
        ("package.json", f'{{"dependencies": {{"react": "^19.0.0", "{NOBODY}": "1.0.0"}}}}', [(UNKNOWN, NOBODY)]),
        ("package.json", '{"devDependencies": {"crossenv": "1.0.0"}}', [(ALIKE, "crossenv")]),
        (
            "package.json",
            '{"dependencies": {"react": "facebook/react#main", "lodash": "*"}}',
            [(UNPINNED, "facebook/react#main"), (UNPINNED, "*")],
        ),
        ("package.json", f'{{"dependencies": {{"react": "npm:{NOBODY}@1.0.0"}}}}', [(UNKNOWN, f"npm:{NOBODY}@1.0.0")]),
        (
            ".npmrc",
            "registry=http://npm.acme.example/\nstrict-ssl=false\n",
            [(HTTP, "http://npm.acme.example/"), (HTTP, "strict-ssl=false")],
        ),
        ("Cargo.toml", '[dependencies]\nserde-json = "1"\n', [(ALIKE, "serde-json")]),
        (
            "Cargo.toml",
            '[dependencies.serde]\ngit = "https://github.com/serde-rs/serde"\nbranch = "master"\n',
            [(UNPINNED, "serde")],
        ),
        (
            "go.mod",
            "module a.example/b\n\nrequire (\n\tgithub.com/strechr/testify v1.9.0\n)\n",
            [(ALIKE, "github.com/strechr/testify")],
        ),
        (
            "Gemfile",
            'source "https://rubygems.org"\nsource "https://gems.acme.example"\ngem "nokogirl"\n',
            [(EXTRA, "https://gems.acme.example"), (ALIKE, "nokogirl")],
        ),
        ("Gemfile", 'gem "rails", git: "https://github.com/rails/rails", branch: "main"\n', [(UNPINNED, "rails")]),
        (
            "pom.xml",
            "<repository><id>a</id><url>http://maven.acme.example/</url></repository>",
            [(HTTP, "http://maven.acme.example/")],
        ),
        (
            "pom.xml",
            "<dependency><groupId>org.sl4fj</groupId><artifactId>slf4j-api</artifactId><version>LATEST</version></dependency>",
            [(ALIKE, "org.sl4fj</groupId><artifactId>slf4j-api"), (UNPINNED, "LATEST")],
        ),
        (
            "build.gradle",
            "repositories { maven { url 'http://maven.acme.example/' } }\n  implementation 'org.slf4j:slf4j-api:2.+'\n",
            [(HTTP, "http://maven.acme.example/"), (UNPINNED, "2.+")],
        ),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - uses: action/checkout@v4\n",
            [(ALIKE, "action/checkout")],
        ),
        (
            "Dockerfile",
            "FROM a:1\nRUN pip install --extra-index-url https://pypi.acme.example/ x\n",
            [(EXTRA, "https://pypi.acme.example/")],
        ),
        ("app/a.py", f"import os\nimport {MODULE}.core\n", [(UNKNOWN, MODULE)]),
        (
            "app/a.py",
            f"def f():\n    from {MODULE} import x\n    import json, {MODULE}2 as y\n",
            [(UNKNOWN, MODULE), (UNKNOWN, f"{MODULE}2")],
        ),
        ("app/half.py", f"from {MODULE} import (\n", [(UNKNOWN, MODULE)]),
        ("src/a.ts", f'import {{ x }} from "{NOBODY}/deep";\nconst y = require("fs");\n', [(UNKNOWN, NOBODY)]),
        (
            "src/a.js",
            f"const a = require('{NOBODY}');\nexport * from '{NOBODY}-2';\nawait import('{NOBODY}-4');\n",
            [(UNKNOWN, NOBODY), (UNKNOWN, f"{NOBODY}-2"), (UNKNOWN, f"{NOBODY}-4")],
        ),
    ],
)
def test_it_finds(path: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(change(path, text)) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "requirements.txt",
            "requests==2.32.3 --hash=sha256:ab\n# reqeusts\nnumpy\n\n-r other.txt\n-c constraints.txt\n./local\n",
        ),
        ("requirements.txt", f"requests @ git+https://github.com/psf/requests@{COMMIT}\n"),
        ("requirements.txt", f"requests @ https://x.example/r.whl#sha256={COMMIT}{COMMIT[:24]}\n"),
        ("requirements.txt", "--index-url https://pypi.acme.example/\n-i http://localhost:3141/\n"),
        ("setup.cfg", f"[metadata]\nname = {NOBODY}\n[options]\ninstall_requires =\n    requests>=2\n"),
        (
            "pyproject.toml",
            f'[project]\nname = "{NOBODY}"\ndependencies = ["requests>=2"]\n[tool.other]\nx = ["{NOBODY}"]\n',
        ),
        (
            "pyproject.toml",
            f'[tool.poetry.dependencies]\nrequests = {{ git = "https://x.example/r.git", rev = "{COMMIT}" }}\n',
        ),
        ("pyproject.toml", f'[tool.poetry.dependencies]\n{NOBODY} = {{ path = "../x" }}\n'),
        ("pyproject.toml", '[[tool.uv.index]]\nname = "acme"\nurl = "https://pypi.acme.example/"\nexplicit = true\n'),
        ("Pipfile", '[[source]]\nurl = "https://pypi.org/simple"\n[packages]\nrequests = "*"\n'),
        (
            "package.json",
            f'{{"name": "{NOBODY}", "scripts": {{"{NOBODY}": "x"}}, "dependencies": {{"react": "^19.0.0"}}}}',
        ),
        (
            "package.json",
            f'{{"dependencies": {{"{NOBODY}": "workspace:*", "react": "github:facebook/react#{COMMIT}"}}}}',
        ),
        (".npmrc", "registry=https://npm.acme.example/\n@acme:registry=https://npm.acme.example/\nstrict-ssl=true\n"),
        (
            "Cargo.toml",
            f'[package]\nname = "{NOBODY}"\n[dependencies]\nserde = "1"\nacme-own = {{ path = "../own" }}\n',
        ),
        (
            "Cargo.toml",
            f'[dependencies]\nserde = {{ git = "https://github.com/serde-rs/serde", rev = "{COMMIT[:10]}" }}\n',
        ),
        (
            "go.mod",
            "module a.example/b\n\ngo 1.26\n\nrequire github.com/stretchr/testify v1.9.0\nrequire a.example/own v0.1.0\n",
        ),
        (
            "Gemfile",
            f'source "https://rubygems.org"\ngem "rails", "~> 8.0"\ngem "rake", git: "https://x.example/r", ref: "{COMMIT}"\n',
        ),
        (
            "pom.xml",
            "<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.1</version></dependency>",
        ),
        ("pom.xml", '<project xmlns="http://maven.apache.org/POM/4.0.0"><url>http://acme.example/</url></project>'),
        ("build.gradle.kts", 'dependencies { }\n    implementation("org.slf4j:slf4j-api:2.0.1")\n'),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - uses: ./local\n",
        ),
        (
            "Dockerfile",
            "FROM a:1\n# RUN pip install --extra-index-url https://pypi.acme.example/ x\nRUN curl -i http://x.example/\n",
        ),
        (
            "app/a.py",
            "import os, sys\nfrom . import views\nfrom .models import User\nimport numpy as np\nimport yaml\n",
        ),
        ("app/a.py", f'"""\nimport {MODULE}\n"""\nx = 1\n'),
        (f"{MODULE}/a.py", f"from {MODULE}.models import User\n"),
        (
            "src/a.ts",
            "import x from './x';\nimport y from '@/y';\nimport z from '~/z';\nimport fs from 'node:fs';\nimport React from 'react';\n",
        ),
        ("src/a.js", f"const text = \"words from '{NOBODY}'\";\nArray.from('{NOBODY}');\n"),
        ("src/a.js", "import 'virtual:thing';\nimport s from '#internal/x';\nrequire(name);\n"),
        ("notes.txt", f"{NOBODY}\nreqeusts\n"),
    ],
)
def test_it_leaves_alone(path: str, text: str) -> None:
    assert said(change(path, text)) == []


@pytest.mark.parametrize(
    "other",
    [
        change(f"lib/{MODULE}.py", "x = 1\n"),
        change(f"{MODULE}/__init__.py", ""),
        change("uv.lock", f'[[package]]\nname = "{NOBODY}"\nversion = "1"\n', traits=frozenset({Trait.LOCKFILE})),
        change("requirements.txt", f"requests\n{NOBODY}\n", f"{NOBODY}\n"),
    ],
    ids=lambda file: str(file.path),
)
def test_what_the_change_answers_for_is_no_finding(other: FileChange) -> None:
    code = change("app/a.py", f"import {MODULE}\n")

    assert said(code, other) == []
    assert said(code) == [(UNKNOWN, MODULE)]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("requirements.txt", f"{NOBODY}\n", "requests\n"),
        ("package.json", f'{{"dependencies": {{\n"{NOBODY}": "1",\n', '"react": "1"}}\n'),
        ("app/a.py", f"import {MODULE}\n", "import json\n"),
    ],
)
def test_only_new_lines_are_judged(path: str, old: str, new: str) -> None:
    assert said(change(path, old + new, old)) == []
    assert [rule for rule, _ in said(change(path, old + new, new))] == [UNKNOWN]


def test_an_import_that_only_moved_is_not_new() -> None:
    assert said(change("app/a.py", f"import {MODULE}\n\nx = 1\n", f"x = 1\nimport {MODULE}\n")) == []


def test_a_name_in_a_manifest_weighs_more_than_one_in_code() -> None:
    [manifest] = found(change("requirements.txt", f"{NOBODY}\n"))
    [code] = found(change("a.py", f"import {MODULE}\n"))

    assert (manifest.severity, manifest.confidence) == (Severity.MEDIUM, Confidence.LOW)
    assert code.severity == Severity.LOW


def test_a_near_name_that_exists_is_less_sure_than_one_that_does_not() -> None:
    [exists, invented] = found(change("package.json", '{"dependencies": {"expresss": "1.0.0",\n"lodahs": "1.0.0"}}'))

    assert (exists.confidence, invented.confidence) == (Confidence.MEDIUM, Confidence.HIGH)
    assert "'lodash'" in invented.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[project\n"),
        ("Cargo.toml", "a = " + "[" * 50_000),
        ("Pipfile", "\x00"),
    ],
)
def test_a_manifest_that_is_none_is_named_as_such(path: str, text: str) -> None:
    [examined] = look(change(path, text))

    assert [skipped.path for skipped in examined.skipped] == [path]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "import " + "a, " * 50_000 + "\n"),
        ("a.py", "x = " + "(" * 50_000),
        ("a.js", "import " * 50_000),
        ("a.js", "from '" * 50_000),
        ("requirements.txt", "-" * 300_000 + "\n" + "a" * 300_000),
        ("package.json", '{"dependencies": {' * 20_000),
        ("pom.xml", "<repository>" * 30_000),
        ("pom.xml", "<dependency><groupId>" * 20_000),
        ("setup.cfg", "install_requires =\n" * 20_000),
        ("build.gradle", "implementation 'a" * 30_000),
        ("go.mod", "require " * 50_000),
        ("Gemfile", "gem 'a'" * 30_000),
    ],
    ids=range(12),
)
def test_hostile_text_is_read_within_its_time(path: str, text: str) -> None:
    look(change(path, text))  # a failure to answer in time would be reported, and is looked for


@pytest.mark.parametrize("trait", [Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED])
def test_what_nobody_wrote_here_is_not_looked_at(trait: Trait) -> None:
    assert said(change("requirements.txt", "reqeusts\n", traits=frozenset({trait}))) == []


def test_a_hostile_name_is_shown_escaped() -> None:
    [finding] = found(change("requirements.txt", "req\u200buests\n"))

    assert finding.rule.id == ALIKE
    assert "\u200b" not in finding.message
