"""The screens, driven as a person would."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.widgets import Input, OptionList

from countermark.change import FileChange
from countermark.content import Content
from countermark.errors import PartFailed, UsageError
from countermark.threats.questions import Reply
from countermark.threats.session import Answer
from countermark_cli.commands.threat_model import _work
from countermark_tui.app import ThreatModelApp
from countermark_tui.screens.change import ChangeScreen
from countermark_tui.screens.prompt import Choice, Page, Prompt
from countermark_tui.screens.question import QuestionScreen
from countermark_tui.screens.review import ReviewScreen
from countermark_tui.screens.step import StepScreen
from countermark_tui.work import Work
from tests.support import Repository
from tests.tui.pilot import press, running, settled, shown, words, write
from tests.tui.sample import AFTER, BEFORE, FILES, work

pytestmark = pytest.mark.asyncio


@pytest.fixture
def staged(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Work]:
    """Reads the staged change of a real repository, as the command does."""
    repository.write("app/refunds.py", BEFORE).write("README.md", "# Shop\n").stage().commit()
    repository.write("app/refunds.py", AFTER).stage().write("app/refunds.py", "not what is staged")
    monkeypatch.chdir(repository.path)
    for key, value in repository.env.items():
        monkeypatch.setenv(key, value)
    return lambda: _work((), None, again=False, through="screen")


def files(root: Path) -> dict[str, str]:
    """What is in the folder of the threat model, times and commits made equal."""
    folder = root / ".threatmodel"
    found = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    pattern = r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|(?<=base: )\w{40}|(?<=version: ).*|(?<=hash: ).*"
    return {re.sub(pattern, "…", name): re.sub(pattern, "…", text) for name, text in found.items()}


MODEL = """\
# The threat model of this repository. `countermark threat-model` adds to it; people edit it.
# What you write here, comments included, is kept. Keys of your own go under `extensions`.
assumptions:
  - affects:
      - post-refunds
    id: post-refunds-good-job
    text: Something fails when the protection of POST /refunds is taken away.
    validity: unconfirmed
controls:
  - id: post-refunds-guard
    mitigates:
      - post-refunds-harm
    protects:
      - post-refunds
    statement: a limit
    status: assumed
elements:
  - anchors:
      - fingerprint: a477f1f86a40fd2f85
        line_hint: 14
        path: app/refunds.py
        symbol: POST /refunds
    answered:
      - entry.do-about-it
      - entry.go-wrong
      - entry.good-job
      - entry.working-on
    confirmed_by: human
    description: customers
    detector: py.fastapi.route@1
    id: post-refunds
    kind: process
    origin: inferred
    zone: unknown
schema: countermark/threat-model/1
threats:
  - decision:
      decided_by: human
      rationale: a limit
      status: mitigate
    elements:
      - post-refunds
    id: post-refunds-harm
    statement: Not described yet.
"""


async def test_a_whole_session_by_keys(staged: Callable[[], Work], repository: Repository) -> None:
    async with running(staged) as pilot:
        assert "app/refunds.py:14 adds POST /refunds" in shown(pilot.app)
        assert "+10 -0" in shown(pilot.app)
        await press(pilot, "c 1")
        await write(pilot, "customers")
        await press(pilot, "1 escape 1")
        await write(pilot, "a limit")
        await press(pilot, "4 S")
        await write(pilot, "not today")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "Open (5)" in shown(pilot.app)
        await press(pilot, "ctrl+s")
        assert "Nothing was staged or committed" in shown(pilot.app)
        await press(pilot, "escape")

    result = pilot.app.return_value
    assert result is not None
    assert result.saved is not None
    written = files(repository.path)
    assert written["model.yaml"] == MODEL
    record = written["sessions/…-staged.yaml"]
    for part in (
        "    note: customers\n    question: entry.working-on\n    reply: 'yes'\n    where: app/refunds.py:14\n",
        "decided_by: Ada <ada@example.invalid>\n",
        "scope:\n  base: …\n  kind: staged\n",
        "skipped:\n  - element: httpx-call-in-refund\n    question: flow.working-on\n    reason: not today\n",
        "through: screen\n",
    ):
        assert part in record
    assert repository.git("status", "--short", "--", ".threatmodel").stdout == "?? .threatmodel/\n"
    assert not any(
        (repository.path / ".git/countermark/threat-model/draft.json").read_text().count(word)
        for word in ("customers", "limit")
    )


async def test_a_whole_session_by_mouse(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path), (120, 36)) as pilot:
        await pilot.click("#files", offset=(4, 2))
        await settled(pilot)
        assert "README.md" in str(pilot.app.screen.query_one("#difference").border_title)
        await pilot.click("#start")
        await settled(pilot)
        await pilot.click("#replies", offset=(5, 1))  # no
        await settled(pilot)
        assert "2 of 8" in str(pilot.app.screen.query_one("#card").border_title)
        await pilot.click("#replies", offset=(5, 0))  # yes: how?
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = "a stranger does"
        await pilot.click("#keep")
        await settled(pilot)
        await pilot.click("#queue", offset=(5, 7))
        await settled(pilot)
        assert "5 of 8" in str(pilot.app.screen.query_one("#card").border_title)
        await pilot.click("FooterKey.-last, FooterKey", offset=(1, 0))
        await press(pilot, "r")
        await pilot.click("#--content-tab-tab-open")
        await settled(pilot)
        assert "no answer yet: Can you point at what" in shown(pilot.app)
        await press(pilot, "w escape")

    assert "a stranger does" in (tmp_path / ".threatmodel/model.yaml").read_text()


async def test_an_answer_can_be_changed_noted_and_taken_back(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 4 b")
        assert "(x) 4  Don't know" in shown(pilot.app)
        await press(pilot, "n")
        await write(pilot, "ask Bob")
        assert "Note: ask Bob" in shown(pilot.app)
        await press(pilot, "2 b")
        assert "(x) 2  No" in shown(pilot.app)
        assert "Note: ask Bob" in shown(pilot.app)
        await press(pilot, "s")
        await press(pilot, "enter")  # a reason is required
        assert isinstance(pilot.app.screen, Prompt)
        await write(pilot, "nobody is here")
        await press(pilot, "b")
        assert "Skipped: nobody is here" in shown(pilot.app)
        assert "(x)" not in shown(pilot.app)
        await press(pilot, "b")
        assert isinstance(pilot.app.screen, ChangeScreen)


async def test_what_is_no_element_is_asked_nothing_more(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 3")
        assert "2 of 5" in shown(pilot.app)
        assert "the httpx call in refund()" in shown(pilot.app)
        await press(pilot, "b 1 escape")
        assert "2 of 8" in shown(pilot.app)


async def test_a_session_that_was_killed_is_resumed(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 4")  # and then the power fails

    async with running(lambda: work(tmp_path)) as pilot:
        assert isinstance(pilot.app.screen, Choice)
        assert "holds 2 answers" in words(pilot.app)
        await press(pilot, "r c")
        assert "3 of 8" in shown(pilot.app)
        await press(pilot, "b")
        assert "(x) 4  Don't know" in shown(pilot.app)

    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "f c")
        assert "1 of 8" in shown(pilot.app)

    async with running(lambda: work(tmp_path)) as pilot:
        assert isinstance(pilot.app.screen, ChangeScreen)


async def test_leaving_keeps_the_answers(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 q")

    assert pilot.app.return_value is not None
    assert pilot.app.return_value.waiting == 1
    assert work(tmp_path).draft is not None


async def test_a_draft_that_cannot_be_kept_is_told_once(tmp_path: Path) -> None:
    (tmp_path / ".state").write_text("in the way")

    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 2 2")
        assert len([toast for toast in pilot.app._notifications if "The draft cannot be kept" in toast.message]) == 1
        assert "4 of 8" in shown(pilot.app)


async def test_without_elements_it_says_what_ran_and_claims_nothing(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path, FILES[1]), (100, 30)) as pilot:
        text = words(pilot.app)
        assert "nothing security-notable was found by them" in text
        assert "fastapi.route" in text
        assert "README.md" in text
        assert "no all-clear" in text
        assert not re.search(r"\bsecure\b|\bsafe\b", text)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await press(pilot, "q")


async def test_what_was_answered_before_is_named(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 2 2 2 2 2 2 2 ctrl+s escape")

    async with running(lambda: work(tmp_path), (100, 30)) as pilot:
        text = words(pilot.app)
        assert (
            "was answered in an earlier session and has not changed since: POST /refunds, httpx call in refund()."
            in text
        )
        await press(pilot, "q")

    async with running(lambda: work(tmp_path, again=True)) as pilot:
        await press(pilot, "c")
        assert "1 of 8" in shown(pilot.app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_size_shows_what_is_needed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(lambda: work(tmp_path), size) as pilot:
        for part in ("[1 Change]", "app/refunds.py", "+ import httpx", "Answer 8 questions", "c Continue", "q Quit"):
            assert part in shown(pilot.app)
        await press(pilot, "c")
        for part in (
            "[2 Questions]",
            "0 of 8",
            "Do you know everyone who can start",
            "app/refunds.py:14",
            "1  Yes",
            "4  Don't know",
        ):
            assert part in shown(pilot.app)
        for part in ('14 + @router.post("/refunds")', "n Note", "s Skip", "b Back", "q Quit"):
            assert part in shown(pilot.app)
        await press(pilot, "1")
        assert "Who can start it?" in shown(pilot.app)
        await press(pilot, "escape r")
        for part in ("[3 Review]", "Model", "Open (7)", "elements:", "^s Write"):
            assert part in shown(pilot.app)


@pytest.mark.parametrize("size", [(10, 3), (1, 1), (30, 8)])
async def test_no_size_breaks_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(lambda: work(tmp_path), size) as pilot:
        await press(pilot, "c 2 n escape l l question_mark escape r ctrl+s escape")

    assert (tmp_path / ".threatmodel/model.yaml").exists()


async def test_the_list_can_be_called_where_there_is_no_room_for_it(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c")
        assert not pilot.app.screen.query_one("#queue").display
        await press(pilot, "l")
        assert "[ ] Good job" in shown(pilot.app)
        assert pilot.app.focused is pilot.app.screen.query_one("#queue")
        await press(pilot, "down enter")
        assert "2 of 8" in shown(pilot.app)
        await press(pilot, "l")
        assert not pilot.app.screen.query_one("#queue").display


async def test_nothing_is_told_by_colour_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async with running(lambda: work(tmp_path), (120, 40)) as pilot:
        assert pilot.app.no_color
        await press(pilot, "c 2 4 s")
        await write(pilot, "x")
        text = shown(pilot.app)
        for part in (
            "[x] Working on",
            "[?] Go wrong",
            "[-] Do about it",
            "[ ] Good job",
            "[2 Questions]",
            "14 + @router",
        ):
            assert part in text


HOSTILE = """\
from flask import Flask


@app.route("/a[red]b[/red][@click=app.quit]c[/]\\x1b[2J")
def f():
    return "[link=https://evil.example]\u202egnp.exe\x1b]0;owned\x07[/link]"  # [/]
"""


async def test_hostile_names_and_code_are_only_text(tmp_path: Path) -> None:
    name = "app/[bold]\x1b[31m\u202e[@click=app.bell]x[/].py"
    file = FileChange(name, Content.of_text(HOSTILE))

    async with running(lambda: work(tmp_path, file), (160, 40)) as pilot:
        text = shown(pilot.app)
        assert "app/[bold]\\x1b[31m\\u202e[@click=app.bell]x[/].py" in text
        assert '@app.route("/a[red]b[/red][@click=app.quit]c[/]\\x1b[2J")' in text
        assert "\\u202egnp.exe\\x1b]0;owned\\x07[/link]" in text
        await press(pilot, "c")
        assert "GET /a[red]b[/red][@click=app.quit]c[/]\\x1b[2J" in shown(pilot.app)
        await press(pilot, "4 s")
        await write(pilot, "[@click=app.quit]because[/]")
        await press(pilot, "b")
        assert "Skipped: [@click=app.quit]because[/]" in shown(pilot.app)
        for keys in ("ctrl+p", "escape S escape", "question_mark escape", "r", "right"):
            await press(pilot, keys)
            assert not {"\x1b", "\u202e", "\x07"} & set(shown(pilot.app))
        await press(pilot, "ctrl+s escape")

    for path in (tmp_path / ".threatmodel").rglob("*.yaml"):
        assert not {"\x1b", "\u202e", "\x07"} & set(path.read_text())


async def test_a_change_of_the_model_meanwhile_shows_the_new_outcome_first(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 r")
        (tmp_path / ".threatmodel").mkdir()
        (tmp_path / ".threatmodel/model.yaml").write_text(
            "schema: countermark/threat-model/1\nscope: {title: Shop}  # mine\n"
        )
        await press(pilot, "ctrl+s")
        assert "Not written: .threatmodel/model.yaml has changed meanwhile" in words(pilot.app)
        assert "title: Shop" in shown(pilot.app)
        await press(pilot, "ctrl+s escape")

    assert "scope:\n  title: Shop  # mine\n" in (tmp_path / ".threatmodel/model.yaml").read_text()


async def test_somebody_else_answered_it_all_meanwhile(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c")
        other = work(tmp_path)
        for asked in other.session.queue:
            other.say(asked, Answer(Reply.NO))
        other.save(other.plan())
        await press(pilot, "r")
        assert "nothing to write" in words(pilot.app)
        await press(pilot, "b")
        assert isinstance(pilot.app.screen, ChangeScreen)
        assert "was answered in an earlier session" in words(pilot.app)


async def test_a_model_that_broke_meanwhile_blocks_saving_and_nothing_else(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2")
        (tmp_path / ".threatmodel").mkdir()
        (tmp_path / ".threatmodel/model.yaml").write_text("schema: x\nfoo: 1\n")
        await press(pilot, "r")
        assert "line 1: schema: expected countermark/threat-model/1" in shown(pilot.app)
        assert "line 2: foo: unknown key" in shown(pilot.app)
        await press(pilot, "ctrl+s b")
        assert isinstance(pilot.app.screen, QuestionScreen)


async def test_a_disk_that_refuses_loses_nothing(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c 2 r")
        (tmp_path / ".threatmodel").mkdir()
        (tmp_path / ".threatmodel/sessions").write_text("in the way")
        await press(pilot, "ctrl+s")
        assert "Not written:" in shown(pilot.app)

    assert work(tmp_path).draft is not None


async def test_nothing_answered_is_nothing_to_write(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path)) as pilot:
        await press(pilot, "c r ctrl+s")
        assert "there is nothing to write" in shown(pilot.app)

    assert not (tmp_path / ".threatmodel").exists()


@pytest.mark.parametrize(
    ("fault", "said"),
    [(UsageError("no such range"), "no such range"), (ValueError("a secret"), "unexpected ValueError")],
)
async def test_a_change_that_cannot_be_read_ends_it_with_the_reason(fault: Exception, said: str) -> None:
    def load() -> Work:
        raise fault

    async with ThreatModelApp(load).run_test() as pilot:
        await settled(pilot)

    assert pilot.app.return_value is not None
    assert isinstance(pilot.app.return_value.fault, UsageError | PartFailed)
    assert str(pilot.app.return_value.fault) == said


async def test_a_crash_shows_no_local_variables(tmp_path: Path) -> None:
    app = ThreatModelApp(lambda: work(tmp_path))

    async def crash() -> None:
        async with app.run_test() as pilot:
            app.call_later(lambda: 1 / 0)
            await settled(pilot)

    with pytest.raises(ZeroDivisionError):
        await crash()

    assert app._exit_renderables == []


async def test_the_palette_finds_questions_and_keys(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path), (100, 30)) as pilot:
        await press(pilot, "c ctrl+p")
        await pilot.press(*"rights")
        await pilot.pause(0.5)
        await press(pilot, "escape ctrl+p")
        await pilot.press(*"sends")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        assert "5 of 8" in shown(pilot.app)
        await press(pilot, "ctrl+p")
        await pilot.press(*"reviewr")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_help_tells_every_key_of_the_screen(tmp_path: Path) -> None:
    async with running(lambda: work(tmp_path), (100, 50)) as pilot:
        for keys in ("f1 escape", "c f1 escape", "r f1"):
            await press(pilot, keys)
        assert isinstance(pilot.app.screen, Page)
        assert "Write the model and the session file" in shown(pilot.app)
        assert "Nothing leaves this machine" in shown(pilot.app)


async def test_every_binding_can_be_remapped_and_explains_itself() -> None:
    owners: list[Any] = [ThreatModelApp, StepScreen, ChangeScreen, QuestionScreen, ReviewScreen, Prompt, Choice, Page]
    bindings = [binding for owner in owners for binding in owner.BINDINGS if isinstance(binding, Binding)]

    ids = [binding.id for binding in bindings]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert all(binding.tooltip or binding.description for binding in bindings)


async def test_whole_files_are_shown_without_signs(tmp_path: Path) -> None:
    async with running(
        lambda: work(tmp_path, FileChange("a.py", Content.of_text(AFTER)), compared=False), (100, 40)
    ) as pilot:
        assert "a.py:14 has POST /refunds" in shown(pilot.app)
        assert "14   @router.post" in shown(pilot.app)
        assert pilot.app.screen.query_one("#files", OptionList).option_count == 1
