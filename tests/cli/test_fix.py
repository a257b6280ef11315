"""`countermark fix`, the real command on real files: the value is gone, it is shown nowhere, and a second run finds nothing to do."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from countermark.change import FileChange
from countermark.content import Content
from countermark_cli.fixing import Seen, missing, with_names
from tests.support import Repository, fake_aws_key, fake_github_token

TOKEN = fake_github_token()
FILES = {
    "a.py": 'import re\n\nbot_token = "§"\n',
    "a.js": 'const botToken = "§";\n',
    "a.ts": 'export const botToken: string = "§";\n',
    "a.go": 'package a\n\nconst botToken = "§"\n',
    "A.java": 'class A { static final String BOT_TOKEN = "§"; }\n',
    "a.kt": 'const val botToken = "§"\n',
    "a.rb": "bot_token = '§'\n",
    "a.php": "<?php\n$botToken = '§';\n",
    "a.cs": 'class A { public const string BotToken = "§"; }\n',
    "a.rs": 'fn main() { let bot_token = "§"; drop(bot_token.len()); }\n',
    "a.sh": "curl -H 'Authorization: Bearer §' https://api.example.com\n",
    "a.ps1": '$BotToken = "§"\n',
    "a.tf": 'provider "github" {\n  bot_token = "§"\n}\n',
    ".github/workflows/ci.yml": "env:\n  BOT_TOKEN: §\n",
    ".gitlab-ci.yml": "variables:\n  BOT_TOKEN: §\n",
    ".circleci/config.yml": "- run: login --bot-token §\n",
    "azure-pipelines.yml": "variables:\n  BOT_TOKEN: §\n",
    "docker-compose.yml": "environment:\n  BOT_TOKEN: §\n",
    "application.properties": "bot.token=§\n",
}


def fix(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = repository.countermark("fix", *arguments)
    assert TOKEN not in done.stdout + done.stderr
    return done


@pytest.fixture
def leaking(repository: Repository) -> Repository:
    for path, text in FILES.items():
        repository.write(path, text.replace("§", TOKEN))
    return repository


def test_the_value_is_gone_everywhere_and_a_second_run_changes_nothing(leaking: Repository) -> None:
    done = fix(leaking, "--unsafe")
    assert done.returncode == 0, done.stderr
    assert f"{len(FILES)} fixes in {len(FILES)} files" in done.stderr
    texts = {path: (leaking.path / path).read_text() for path in FILES}
    assert [path for path, text in texts.items() if TOKEN in text or "TOKEN" not in text.upper()] == []
    assert (leaking.path / ".env.example").read_text().splitlines()[1:] == [
        "BOT_TOKEN=",
        "GITHUB_PERSONAL_ACCESS_TOKEN_CLASSIC=",
    ]
    ast.parse(texts["a.py"])
    again = fix(leaking, "--unsafe")
    assert (again.returncode, again.stdout) == (0, "")
    assert "0 fixes in 0 files" in again.stderr
    assert {path: (leaking.path / path).read_text() for path in FILES} == texts


@pytest.mark.parametrize("arguments", [(), ("--unsafe", "--dry-run"), ("--dry-run",)])
def test_nothing_is_written_without_being_asked_for(leaking: Repository, arguments: tuple[str, ...]) -> None:
    done = fix(leaking, *arguments)
    assert done.returncode == 0
    assert all((leaking.path / path).read_text() == text.replace("§", TOKEN) for path, text in FILES.items())
    assert not (leaking.path / ".env.example").exists()
    if "--unsafe" in arguments:
        assert '-bot_token = "********"\n+bot_token = os.environ["BOT_TOKEN"]\n' in done.stdout
        assert "nothing was written" in done.stderr
    else:
        assert done.stdout == ""
        assert f"{len(FILES)} findings have a fix that needs --unsafe" in done.stderr


def test_only_what_is_named_is_fixed_and_git_is_left_alone(leaking: Repository) -> None:
    leaking.stage()
    before = leaking.git("ls-files", "--stage").stdout
    assert fix(leaking, "--unsafe", "a.py").returncode == 0
    assert leaking.git("ls-files", "--stage").stdout == before
    assert [line[3:] for line in leaking.git("status", "--porcelain").stdout.splitlines() if line[1] == "M"] == ["a.py"]
    assert TOKEN in (leaking.path / "a.js").read_text()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + f'import os\r\nbot_token = "{TOKEN}"\r\n'.encode(),
        b"\xff\xfe" + f'import os\r\nbot_token = "{TOKEN}"\r\n'.encode("utf-16-le"),
        b'import os\nx = "\xff\xfe"\n' + f'bot_token = "{TOKEN}"'.encode(),
    ],
)
def test_encoding_mark_and_line_ends_stay(repository: Repository, data: bytes) -> None:
    repository.write("a.py", data)
    (repository.path / "a.py").chmod(0o750)
    assert fix(repository, "--unsafe").returncode == 0
    before, after = Content(data), Content((repository.path / "a.py").read_bytes())
    assert after.text == before.text.replace(f'"{TOKEN}"', 'os.environ["BOT_TOKEN"]')
    assert after.data[:2] == data[:2]
    assert (repository.path / "a.py").stat().st_mode & 0o777 == 0o750


def test_two_values_never_share_a_variable_across_files(repository: Repository) -> None:
    other = fake_github_token("other")
    repository.write("a.py", f'bot_token = "{TOKEN}"\n').write("b.py", f'bot_token = "{other}"\n')
    done = fix(repository, "--unsafe")
    assert done.returncode == 3
    assert "b.py cannot be fixed" in done.stderr
    assert TOKEN not in (repository.path / "a.py").read_text()
    assert other in (repository.path / "b.py").read_text()
    assert other not in done.stdout + done.stderr


def test_what_still_holds_the_value_is_said(repository: Repository) -> None:
    repository.write("a.py", f'import os\nbot_token = "{TOKEN}"\n# was {TOKEN}\n')
    done = fix(repository, "--unsafe")
    assert "a.py:3: the value stands here too" in done.stderr
    assert "revoke the values" in done.stderr


def test_secrets_beside_a_fix_stay_hidden(repository: Repository) -> None:
    key = fake_aws_key()
    repository.write("a.py", f'import os\nf(bot_token="{TOKEN}", note="see {key} there")\n')
    done = fix(repository, "--unsafe")
    assert 'note="see ******** there"' in done.stdout
    assert key not in done.stdout + done.stderr


def test_findings_that_somebody_answered_for_are_left_alone(repository: Repository) -> None:
    answer = "{}: allow secrets/* until 2999-01-01 because it is made up".format("countermark")
    text = f'# {answer}\nbot_token = "{TOKEN}"\n'
    repository.write("a.py", text)
    assert "0 fixes" in fix(repository, "--unsafe").stderr
    assert (repository.path / "a.py").read_text() == text


def test_an_example_that_is_there_keeps_what_it_says(repository: Repository) -> None:
    repository.write("a.py", f'bot_token = "{TOKEN}"\n').write("b.py", f'spare_token = "{fake_github_token("b")}"\n')
    repository.write(".env.sample", "# BOT_TOKEN=\r\nOTHER=1")
    assert fix(repository, "--unsafe").returncode == 0
    assert (repository.path / ".env.sample").read_bytes() == b"# BOT_TOKEN=\r\nOTHER=1\r\nSPARE_TOKEN=\r\n"
    assert not (repository.path / ".env.example").exists()


def test_a_file_that_changed_meanwhile_is_known() -> None:
    seen = Seen()
    assert len(list(seen.noting([FileChange("a", Content(b"1"))]))) == 1
    assert seen.is_as_seen("a", b"1")
    assert not seen.is_as_seen("a", b"2")
    assert not seen.is_as_seen("b", b"1")


def test_names_that_are_missing() -> None:
    assert missing("A=1\n#B=\nexport C=\nDD=\n", ["A", "B", "C", "D", "D"]) == ["D"]
    assert with_names("A=1", ["B"]) == "A=1\nB=\n"
    assert with_names("", ["B"]).splitlines()[1:] == ["B="]


def test_a_path_that_does_not_exist_is_an_error(repository: Repository, tmp_path: Path) -> None:
    done = fix(repository, str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
