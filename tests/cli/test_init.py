"""`countermark init`: ready in one step, twice without harm, and over nothing that was there."""

from __future__ import annotations

import pytest

from countermark_hooks.script import CHECKED, read_mark
from tests.support import Repository, fake_aws_key

LEAK = f"key = '{fake_aws_key()}'\n"
BASELINE = ".countermark/baseline.jsonl"


def installed(repository: Repository) -> bool:
    return all(read_mark(repository.path / ".git/hooks" / hook) for hook in CHECKED)


def test_everything_at_once(repository: Repository) -> None:
    repository.write("old.py", LEAK).stage().commit()

    done = repository.countermark("init", "--yes")

    assert (done.returncode, done.stderr) == (0, "")
    assert "countermark.toml" in done.stdout
    assert "1 finding recorded" in done.stdout
    assert installed(repository)
    assert len((repository.path / BASELINE).read_text().splitlines()) == 1
    assert fake_aws_key() not in done.stdout + (repository.path / BASELINE).read_text()
    assert repository.stage().git("commit", "-q", "-m", "countermark", check=False).returncode == 0
    repository.write("new.py", f"key = '{fake_aws_key('new')}'\n").stage()
    assert repository.git("commit", "-m", "leak", check=False).returncode == 1


def test_twice_changes_nothing(repository: Repository) -> None:
    repository.write("old.py", LEAK).stage().commit()
    repository.countermark("init", "--yes")
    repository.stage()
    was = repository.git("write-tree").stdout

    again = repository.countermark("init", "--yes")

    assert again.returncode == 0
    assert [line.partition(":")[0] for line in again.stdout.splitlines()] == ["policy", "hooks", "baseline"]
    assert repository.stage().git("write-tree").stdout == was


@pytest.mark.parametrize(
    ("name", "text"),
    [("countermark.toml", "exclude = ['docs/']\n"), ("pyproject.toml", "[tool.countermark]\nexclude = ['docs/']\n")],
)
def test_settings_that_are_there_stay(name: str, text: str, repository: Repository) -> None:
    repository.write(name, text)

    done = repository.countermark("init", "--yes")

    assert done.returncode == 0
    assert (repository.path / name).read_text() == text
    assert (name == "countermark.toml") is (repository.path / "countermark.toml").exists()


def test_a_link_to_nowhere_is_something_that_is_there(repository: Repository) -> None:
    (repository.path / "countermark.toml").symlink_to("nowhere")

    repository.countermark("init", "--yes")

    assert (repository.path / "countermark.toml").is_symlink()


def test_faulty_settings_are_named_and_kept(repository: Repository) -> None:
    repository.write("countermark.toml", "nonsense = 1\n")

    done = repository.countermark("init", "--yes")

    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert (repository.path / "countermark.toml").read_text() == "nonsense = 1\n"


def test_answers_are_taken(repository: Repository) -> None:
    repository.write("old.py", LEAK).stage().commit()

    done = repository.countermark("init", input="critical\nn\nn\n")

    assert done.returncode == 0
    assert 'severity = "critical"' in (repository.path / "countermark.toml").read_text()
    assert not installed(repository)
    assert not (repository.path / BASELINE).exists()


def test_what_other_scanners_know_is_taken_over(repository: Repository) -> None:
    repository.write(".gitleaksignore", "# none\n")

    assert repository.countermark("init", "--yes").returncode == 0

    assert f'baselines = ["{BASELINE}", ".gitleaksignore"]' in (repository.path / "countermark.toml").read_text()


def test_nobody_to_ask(repository: Repository) -> None:
    done = repository.countermark("init", input="")

    assert done.returncode != 0
    assert not (repository.path / "countermark.toml").exists()


def test_what_is_written_can_be_read(repository: Repository) -> None:
    repository.countermark("init", "--yes")

    assert repository.countermark("check").returncode == 0
