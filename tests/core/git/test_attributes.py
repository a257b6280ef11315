"""What .gitattributes says of files, in the index, the worktree or a commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.change import Trait
from countermark.git.attributes import Attributes
from tests.core.opened import opened
from tests.support import Repository

RULES = """\
*.gen linguist-generated
*.yes linguist-generated=true linguist-vendored
*.no -linguist-generated linguist-vendored=false
*.odd linguist-generated=perhaps
"""
GENERATED, VENDORED = Trait.GENERATED, Trait.VENDORED


def test_what_is_said_and_what_is_not(repository: Repository) -> None:
    repository.write(".gitattributes", RULES).write("sub/.gitattributes", "*.gen !linguist-generated\n").stage()
    paths = [
        "a.gen",
        "a.yes",
        "a.no",
        "a.odd",
        "a.txt",
        "sub/a.gen",
        "new\nline.gen",
        "-dash.gen",
        "\udcff.gen",
        "é.gen",
    ]
    with Attributes(opened(repository), cached=True) as attributes:
        assert attributes.read(paths) == {
            "a.gen": {GENERATED: True},
            "a.yes": {GENERATED: True, VENDORED: True},
            "a.no": {GENERATED: False, VENDORED: False},
            "new\nline.gen": {GENERATED: True},
            "-dash.gen": {GENERATED: True},
            "\udcff.gen": {GENERATED: True},
            "é.gen": {GENERATED: True},
        }
        assert attributes.read([]) == {}


@pytest.mark.parametrize(("cached", "generated"), [(True, ["staged"]), (False, ["worktree"])])
def test_each_version_speaks_for_itself(repository: Repository, cached: bool, generated: list[str]) -> None:
    repository.write(".gitattributes", "committed linguist-generated\n").stage().commit()
    repository.write(".gitattributes", "staged linguist-generated\n").stage()
    repository.write(".gitattributes", "worktree linguist-generated\n")
    with Attributes(opened(repository), cached=cached) as attributes:
        assert list(attributes.read(["committed", "staged", "worktree"])) == generated
    with Attributes.of_tree(opened(repository), "HEAD") as attributes:
        assert list(attributes.read(["committed", "staged", "worktree"])) == ["committed"]


def test_reading_a_commit_leaves_nothing_behind(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    repository.git("config", "core.splitIndex", "true")
    repository.write(".gitattributes", RULES).stage().commit()
    before = sorted(repository.path.rglob("*"))
    with Attributes.of_tree(opened(repository), "HEAD") as attributes:
        assert attributes.read(["a.gen"])
    assert (sorted(repository.path.rglob("*")), list(temporary.iterdir())) == (before, [])


def test_the_machines_own_attributes_do_not_count(repository: Repository, home: Path) -> None:
    (home / "attributes").write_text("* linguist-generated\n")
    (home / ".gitconfig").write_text(f"[core]\n\tattributesFile = {home / 'attributes'}\n")
    with Attributes(opened(repository), cached=True) as attributes:
        assert attributes.read(["a"]) == {}


def test_many_long_names_pass_through_small_pipes(repository: Repository) -> None:
    repository.write(".gitattributes", RULES).stage()
    paths = [f"{'folder/' * 100}{number}.gen" for number in range(3000)] + ["x" * 20_000 + ".gen"]
    with Attributes(opened(repository), cached=True) as attributes:
        assert len(attributes.read(paths)) == len(paths)
