"""What a session asks, what it does not ask again, and what stays open."""

from __future__ import annotations

import pytest
from attrs import evolve

from countermark.threats.elements import Trigger
from countermark.threats.merge import merge
from countermark.threats.questions import QUESTIONS, Stage, pack_hash
from countermark.threats.session import Answer
from tests.core.threats.samples import CALL, NONE, ROUTE, UNKNOWN, YES, answered, session


def test_four_questions_are_asked_about_each_element_entry_points_first() -> None:
    held = session(CALL, ROUTE)

    assert [asked.key for asked in held.queue] == [
        "get-a/entry.working-on",
        "get-a/entry.go-wrong",
        "get-a/entry.do-about-it",
        "get-a/entry.good-job",
        "requests-call-in-g/flow.working-on",
        "requests-call-in-g/flow.go-wrong",
        "requests-call-in-g/flow.do-about-it",
        "requests-call-in-g/flow.good-job",
    ]
    assert held.queue[0].why == "asked because b.py:3 adds GET /a"
    assert held.queue[0].text == "Do you know everyone who can start GET /a?"


def test_each_kind_of_element_has_all_four_questions_with_stable_ids() -> None:
    assert [question.id for question in QUESTIONS] == [
        f"{trigger.value}.{name}"
        for trigger in Trigger
        for name in ("working-on", "go-wrong", "do-about-it", "good-job")
    ]
    assert all(
        question.stage in Stage and "{it}" in question.text and "{it}" in question.assumes for question in QUESTIONS
    )
    assert pack_hash() == pack_hash()


def test_what_is_no_element_is_asked_nothing_more() -> None:
    held = answered(session(ROUTE, CALL), WORKING_ON=(NONE, ""))

    assert [asked.key for asked in held.queue][:2] == ["get-a/entry.working-on", "requests-call-in-g/flow.working-on"]
    assert len(held.queue) == 5


def test_progress_counts_replies_and_skips() -> None:
    held = answered(session(ROUTE, CALL), WORKING_ON=(YES, ""), GO_WRONG=(UNKNOWN, ""))
    held = held.skip_element(held.elements[1], "not mine")

    assert (held.settled, len(held.unsettled), len(held.open)) == (6, 2, 7)
    assert [asked.key for asked in held.unsettled] == ["get-a/entry.do-about-it", "get-a/entry.good-job"]


def test_a_note_alone_settles_nothing() -> None:
    held = session(ROUTE)
    held = held.with_answer(held.queue[0], Answer(note="hm"))

    assert held.settled == 0
    assert not held.worth_saving


def test_skipping_an_element_keeps_its_answers() -> None:
    held = answered(session(ROUTE), WORKING_ON=(YES, "all"))
    held = held.skip_element(held.elements[0], "later")

    assert held.answer(held.queue[0]) == Answer(YES, "all")
    assert held.answer(held.queue[1]) == Answer(skipped="later")


ALL = {"WORKING_ON": (YES, ""), "GO_WRONG": (UNKNOWN, ""), "DO_ABOUT_IT": (YES, ""), "GOOD_JOB": (YES, "")}


def test_what_was_answered_is_not_asked_again_while_the_code_is_the_same() -> None:
    model = merge(answered(session(ROUTE), **ALL), by="human").model

    moved = "# moved down\n\n" + ROUTE
    changed = ROUTE.replace("return 1", "return 2")

    assert [element.id for element in session(moved, model=model).known] == ["get-a"]
    assert session(moved, model=model).queue == ()
    assert len(session(moved, model=model, again=True).queue) == 4
    assert len(session(changed, model=model).queue) == 4


def test_skipped_questions_are_asked_again() -> None:
    held = answered(session(ROUTE), WORKING_ON=(YES, ""))
    model = merge(held.skip_element(held.elements[0], "later"), by="human").model

    assert [asked.question.stage for asked in session(ROUTE, model=model).queue] == list(Stage)[1:]


def test_what_was_called_no_element_is_not_asked_again() -> None:
    model = merge(answered(session(ROUTE), WORKING_ON=(NONE, "a test helper")), by="human").model

    assert model.elements[0].out_of_scope == "a test helper"
    assert session(ROUTE, model=model).queue == ()
    assert len(session(ROUTE.replace("1", "2"), model=model).queue) == 4


def test_a_known_element_keeps_its_name_wherever_the_code_goes() -> None:
    model = merge(answered(session("x = 1\n", ROUTE), **ALL), by="human").model  # it is in b.py
    (known,) = model.elements

    renamed = evolve(model, elements=(evolve(known, id="refunds"),))

    assert [element.id for element in session(ROUTE, model=renamed).elements] == ["refunds"]  # and now in a.py
    assert [element.id for element in session(ROUTE, ROUTE, model=renamed).elements] == ["get-a-a", "refunds"]


def test_new_elements_never_take_a_name_of_the_model() -> None:
    model = merge(answered(session(ROUTE), **ALL), by="human").model
    other = ROUTE.replace("'/a'", "'/A'")

    assert [element.id for element in session("", other, model=model).elements] == ["get-a-2"]


@pytest.mark.parametrize("known", [True, False])
def test_a_session_moves_to_another_version_of_the_model(known: bool) -> None:
    held = answered(session(ROUTE), **ALL)
    model = merge(held, by="human").model if known else session("").model

    moved = held.on(model)

    assert len(moved.queue) == 4
    assert dict(moved.answers) == dict(held.answers)
    assert moved.model is model


def test_what_two_people_answer_at_once_is_both_kept() -> None:
    model = merge(answered(session(ROUTE), **ALL), by="human").model
    second = answered(session(ROUTE), GO_WRONG=(YES, "I see how"))

    moved = second.on(model)

    assert [asked.question.stage for asked in moved.queue] == [Stage.GO_WRONG]
    assert merge(moved, by="human").model.threats[0].statement == "I see how"
