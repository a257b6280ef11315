"""How models, sessions and drafts get to the disk: whole, once, and nowhere else."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from attrs import evolve

from countermark.errors import PartFailed, UsageError
from countermark.git.repository import discover
from countermark.threats import scope
from countermark.threats.draft import Drafts
from countermark.threats.model_file import parse
from countermark.threats.session import Answer, Session
from countermark.threats.store import MODEL, ModelChanged, Store
from tests.core.threats.samples import CALL, HOW, NONE, ROUTE, UNKNOWN, YES, answered, session
from tests.support import Repository

SESSION = ".threatmodel/sessions/20260102T120000Z-staged.yaml"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of a folder of its own."""
    (tmp_path / "work").mkdir()
    return Store(tmp_path / "work", tmp_path / "state")


def save(store: Store, held: Session) -> Session:
    """Save a session and give it back on the model that it was saved to."""
    held, plan = store.plan(held, HOW)
    store.save(plan)
    return held


def test_the_model_and_a_record_are_written(store: Store) -> None:
    save(
        store,
        answered(session(ROUTE), WORKING_ON=(YES, "all"), GO_WRONG=(UNKNOWN, "")).skip_element(
            session(ROUTE).elements[0], "later"
        ),
    )

    assert sorted(path.relative_to(store.root).as_posix() for path in store.root.rglob("*") if path.is_file()) == [
        MODEL,
        SESSION,
    ]
    assert [item.id for item in store.load().elements] == ["get-a"]
    text = (store.root / SESSION).read_text()
    assert text.startswith("# One threat modelling session, as it was.")
    for expected in (
        "schema: countermark/threat-session/1\n",
        "decided_by: Ada <ada@example.invalid>\n",
        "started: '2026-01-02T12:00:00Z'\n",
        "through: screen\n",
        "scope:\n  kind: staged\n",
        "    question: entry.good-job\n    reason: later\n",
        "    reply: don't know\n    where: a.py:3\n",
        "  - py.flask.route@1\n",
    ):
        assert expected in text


def test_a_session_file_is_never_written_twice(store: Store) -> None:
    save(store, answered(session(ROUTE), WORKING_ON=(YES, "")))
    first = (store.root / SESSION).read_bytes()

    save(store, answered(session(CALL, model=store.load()), WORKING_ON=(YES, "")))

    assert (store.root / SESSION).read_bytes() == first
    assert (store.root / SESSION.replace("staged", "staged-2")).exists()


def test_a_model_that_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    held, plan = store.plan(answered(session(ROUTE), WORKING_ON=(YES, "")), HOW)
    save(store, answered(session(CALL), WORKING_ON=(YES, "")))

    with pytest.raises(ModelChanged):
        store.save(plan)

    assert [item.id for item in store.load().elements] == ["requests-call-in-g"]
    save(store, held)
    assert [item.id for item in store.load().elements] == ["get-a", "requests-call-in-g"]


def test_a_plan_is_saved_once(store: Store) -> None:
    _, plan = store.plan(answered(session(ROUTE), WORKING_ON=(YES, "")), HOW)
    store.save(plan)

    with pytest.raises(ModelChanged):
        store.save(evolve(plan, previous=plan.model))


def test_a_broken_model_is_told_with_all_its_faults(store: Store) -> None:
    (store.root / ".threatmodel").mkdir()
    (store.root / MODEL).write_text("schema: x\nelements: 3\n")

    with pytest.raises(UsageError) as fault:
        store.load()

    assert len(str(fault.value).splitlines()) == 2


@pytest.mark.parametrize("link", [".threatmodel", ".threatmodel/sessions", MODEL])
def test_links_are_not_followed(store: Store, tmp_path: Path, link: str) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir() if link != MODEL else target.write_text("schema: countermark/threat-model/1\n")
    (store.root / link).parent.mkdir(parents=True, exist_ok=True)
    (store.root / link).symlink_to(target)

    with pytest.raises(UsageError, match="symbolic link"):
        save(store, answered(session(ROUTE), WORKING_ON=(YES, "")))

    assert target.is_file() or list(target.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs there")
def test_a_fifo_is_not_waited_for(store: Store) -> None:
    (store.root / ".threatmodel").mkdir()
    os.mkfifo(store.root / MODEL)

    with pytest.raises(UsageError, match="no regular file"):
        store.load()


def test_a_huge_model_is_refused(store: Store) -> None:
    (store.root / ".threatmodel").mkdir()
    with (store.root / MODEL).open("wb") as file:
        file.truncate(3_000_000_000)

    with pytest.raises(UsageError, match="larger than"):
        store.load()


def test_a_file_in_the_way_is_told(store: Store) -> None:
    (store.root / ".threatmodel").mkdir()
    (store.root / ".threatmodel" / "sessions").write_text("in the way")

    with pytest.raises(PartFailed, match="could not be written"):
        save(store, answered(session(ROUTE), WORKING_ON=(YES, "")))

    assert not (store.root / MODEL).exists()


def test_a_draft_brings_answers_back_for_the_same_code_only(store: Store) -> None:
    drafts = Drafts.of(store)
    held = answered(session(ROUTE, CALL), WORKING_ON=(YES, "all\nof them"), GO_WRONG=(UNKNOWN, ""))
    held = held.skip_element(held.elements[1], "later")
    drafts.keep(held)

    assert drafts.restore(session(ROUTE, CALL)).answers == held.answers
    assert drafts.restore(session("\n\n" + ROUTE)).settled == 2
    assert drafts.restore(session(ROUTE.replace("1", "2"))).answers == {}


def test_drafts_are_for_the_user_alone(store: Store) -> None:
    Drafts.of(store).keep(answered(session(ROUTE), WORKING_ON=(YES, "")))

    assert stat.S_IMODE((store.state / "draft.json").stat().st_mode) == 0o600


def test_drafts_about_other_code_stay(store: Store) -> None:
    drafts = Drafts.of(store)
    drafts.keep(answered(session(ROUTE), WORKING_ON=(YES, "")))
    drafts.keep(answered(session(CALL), WORKING_ON=(YES, "")))
    drafts.forget(session(CALL))

    assert drafts.restore(session(ROUTE)).settled == 1
    assert drafts.restore(session(CALL)).settled == 0


def test_what_was_called_no_element_is_in_the_draft_too(store: Store) -> None:
    drafts = Drafts.of(store)
    drafts.keep(answered(session(ROUTE), WORKING_ON=(NONE, "")))

    assert len(drafts.restore(session(ROUTE)).queue) == 1
    drafts.forget(answered(session(ROUTE), WORKING_ON=(NONE, "")))
    assert drafts.restore(session(ROUTE)).answers == {}


@pytest.mark.parametrize(
    "data", ["", "{", "[]", '{"answers": [{"path": 1}]}', '{"answers": [1]}', '{"answers": [{"x": "y"}]}', "[" * 99999]
)
def test_a_damaged_draft_is_no_draft(store: Store, data: str) -> None:
    store.state.mkdir()
    (store.state / "draft.json").write_text(data)
    drafts = Drafts.of(store)

    assert drafts.restore(session(ROUTE)).answers == {}
    drafts.keep(answered(session(ROUTE), WORKING_ON=(YES, "")))
    assert json.loads((store.state / "draft.json").read_text())["answers"][0]["reply"] == "yes"


def test_a_repository_keeps_drafts_in_its_git_dir(repository: Repository) -> None:
    found = discover(repository.path, repository.env)

    store = Store.of(repository.path, found)

    assert store.root == repository.path.resolve()
    assert store.state == repository.path.resolve() / ".git" / "countermark" / "threat-model"


def test_a_linked_worktree_has_drafts_of_its_own(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.txt", "a").stage().commit()
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))

    store = Store.of(tmp_path / "linked", discover(tmp_path / "linked", repository.env))

    assert store.root == (tmp_path / "linked").resolve()
    assert store.state.parts[-5:] == (".git", "worktrees", "linked", "countermark", "threat-model")


def test_a_folder_without_git_keeps_drafts_with_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))

    store = Store.of(tmp_path, None)

    assert store.root == tmp_path
    assert store.state.is_relative_to(tmp_path)
    assert not store.state.exists()


def test_scopes_name_commits_and_people(repository: Repository) -> None:
    found = discover(repository.path, repository.env)
    assert found is not None
    assert scope.staged(found) == scope.Scope("staged")

    repository.commit("one").commit("two")
    one, two = (repository.git("rev-parse", name).stdout.strip() for name in ("HEAD~1", "HEAD"))

    assert scope.staged(found) == scope.Scope("staged", base=two)
    assert scope.commits(found, "HEAD~1..") == scope.Scope("range", "HEAD~1..", one, two)
    assert scope.author(found) == "Ada <ada@example.invalid>"
    assert scope.author(None) == "unknown"


def test_the_record_is_strictly_valid(store: Store) -> None:
    import jsonschema

    from countermark.threats.json_schema import json_schema
    from countermark.threats.record import SCHEMA, Record
    from countermark.threats.yaml_reader import read

    held = answered(session(ROUTE), WORKING_ON=(YES, ""), GO_WRONG=(UNKNOWN, ""))
    held = held.with_answer(held.queue[2], Answer(skipped="later"))
    _, plan = store.plan(held, HOW)

    jsonschema.validate(read(plan.session, "x").plain, json_schema(Record, SCHEMA))
    assert parse(plan.model, "x").elements[0].id == "get-a"
