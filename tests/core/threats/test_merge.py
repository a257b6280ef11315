"""From answers to the model, and how nothing that a person wrote is lost on the way."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.threats.merge import merge
from countermark.threats.model import (
    Anchor,
    Assumption,
    Control,
    ControlStatus,
    Decision,
    DecisionStatus,
    Element,
    ElementKind,
    Model,
    Origin,
    Threat,
    Validity,
)
from countermark.threats.questions import Reply
from countermark.threats.session import Answer, Session
from tests.core.threats.samples import CALL, NO, NONE, ROUTE, UNKNOWN, YES, answered, session


def model_of(held: Session) -> Model:
    """What a session makes of an empty model, or of its own."""
    return merge(held, by="human").model


def test_an_element_that_was_answered_about_goes_into_the_model() -> None:
    (element,) = model_of(answered(session(ROUTE, CALL), WORKING_ON=(YES, "customers"))).elements

    assert element == Element(
        id="get-a",
        kind=ElementKind.PROCESS,
        description="customers",
        origin=Origin.INFERRED,
        detector="py.flask.route@1",
        confirmed_by="human",
        answered=("entry.working-on",),
        anchors=element.anchors,
    )
    assert [(anchor.path, anchor.symbol, anchor.line_hint) for anchor in element.anchors] == [("a.py", "GET /a", 3)]


def test_a_harm_that_is_kept_away_is_a_threat_with_a_control() -> None:
    held = answered(
        session(ROUTE),
        GO_WRONG=(YES, "a stranger reads it"),
        DO_ABOUT_IT=(YES, "login_required"),
        GOOD_JOB=(YES, "test_login"),
    )

    model = model_of(held)

    assert model.threats == (
        Threat(
            id="get-a-harm",
            statement="a stranger reads it",
            elements=("get-a",),
            decision=Decision(DecisionStatus.MITIGATE, rationale="login_required", decided_by="human"),
        ),
    )
    assert model.controls == (
        Control(
            id="get-a-guard",
            statement="login_required",
            mitigates=("get-a-harm",),
            protects=("get-a",),
            status=ControlStatus.ACTIVE,
            evidence=("test_login",),
        ),
    )


def test_a_harm_that_nothing_prevents_stays_open() -> None:
    model = model_of(answered(session(ROUTE), GO_WRONG=(YES, ""), DO_ABOUT_IT=(NO, "")))

    assert model.threats[0].decision == Decision(DecisionStatus.OPEN)
    assert model.threats[0].statement == "Not described yet."
    assert model.controls == ()


def test_a_control_without_a_test_is_only_assumed() -> None:
    model = model_of(answered(session(ROUTE), DO_ABOUT_IT=(YES, "login"), GOOD_JOB=(NO, "")))

    assert (model.controls[0].status, model.controls[0].evidence) == (ControlStatus.ASSUMED, ())


def test_not_knowing_is_an_unconfirmed_assumption() -> None:
    model = model_of(answered(session(ROUTE), GO_WRONG=(UNKNOWN, "Bob may know.")))

    assert model.assumptions == (
        Assumption(
            id="get-a-go-wrong",
            text="Nobody can do harm through GET /a. Bob may know.",
            validity=Validity.UNCONFIRMED,
            affects=("get-a",),
        ),
    )
    assert model.threats == ()


def test_a_later_answer_settles_the_assumption() -> None:
    model = model_of(answered(session(ROUTE), WORKING_ON=(UNKNOWN, ""), GO_WRONG=(UNKNOWN, ""), GOOD_JOB=(UNKNOWN, "")))

    later = answered(
        session(ROUTE, model=model, again=True), WORKING_ON=(YES, ""), GO_WRONG=(YES, "so it can"), GOOD_JOB=(NO, "")
    )

    assert [(item.id, item.validity) for item in model_of(later).assumptions] == [
        ("get-a-go-wrong", Validity.REJECTED),
        ("get-a-good-job", Validity.REJECTED),
        ("get-a-working-on", Validity.CONFIRMED),
    ]


WRITTEN = Model(
    elements=(
        Element(
            id="refunds",
            kind=ElementKind.ACTOR,
            description="ours",
            zone="dmz",
            confirmed_by="Bob",
            anchors=(Anchor("a.py", "GET /a", 1, "old"), Anchor("z.py", "GET /z", 1, "z")),
            extensions={"ticket": 7},
        ),
    ),
    threats=(
        Threat(
            id="refunds-harm",
            statement="as I said",
            elements=("refunds",),
            decision=Decision(
                DecisionStatus.ACCEPT, rationale="cheap", owner="Bob", decided_by="Bob", review_by="2027-01-01"
            ),
            extensions={"note": "mine"},
        ),
    ),
    controls=(Control(id="refunds-guard", statement="my guard", status=ControlStatus.RETIRED, evidence=("mine",)),),
    assumptions=(Assumption(id="refunds-good-job", text="mine", validity=Validity.REJECTED),),
    extensions={"team": "payments"},
)
EVERYTHING = {
    "WORKING_ON": (YES, "new"),
    "GO_WRONG": (YES, "new"),
    "DO_ABOUT_IT": (YES, "new"),
    "GOOD_JOB": (UNKNOWN, "new"),
}


def test_what_a_person_wrote_stays_and_new_words_stand_beside_it() -> None:
    merged = merge(answered(session(ROUTE, model=WRITTEN), **EVERYTHING), by="human")
    model, (written,) = merged.model, WRITTEN.elements

    (element,) = model.elements
    fresh = next(anchor for anchor in element.anchors if anchor.path == "a.py")
    assert element == evolve(
        written,
        description="ours new",
        answered=("entry.do-about-it", "entry.go-wrong", "entry.good-job", "entry.working-on"),
        anchors=(fresh, written.anchors[1]),
    )
    assert fresh.line_hint == 3
    assert model.threats[0] == WRITTEN.threats[0]
    assert (model.threats[1].id, model.threats[1].statement) == ("refunds-harm-2", "new")
    assert {control.id: control.statement for control in model.controls} == {
        "refunds-guard": "my guard",
        "refunds-guard-2": "new",
    }
    assert model.assumptions == WRITTEN.assumptions
    assert model.extensions == {"team": "payments"}
    assert merged.remarks == ("refunds-good-job stays rejected, though this session does not know",)


def test_the_same_answers_again_change_nothing() -> None:
    once = model_of(answered(session(ROUTE, model=WRITTEN), **EVERYTHING))

    assert model_of(answered(session(ROUTE, model=once, again=True), **EVERYTHING)) == once


def test_a_person_decided_otherwise_so_it_is_left_and_told() -> None:
    model = model_of(answered(session(ROUTE), GO_WRONG=(YES, "x"), DO_ABOUT_IT=(YES, "y"), GOOD_JOB=(YES, "z")))

    merged = merge(
        answered(session(ROUTE, model=model, again=True), GO_WRONG=(YES, ""), DO_ABOUT_IT=(NO, "")), by="human"
    )

    assert merged.model.threats == model.threats
    assert merged.remarks == (
        "get-a-harm stays decided as mitigate, though this session points at nothing that does it",
    )

    merged = merge(
        answered(session(ROUTE, model=model, again=True), DO_ABOUT_IT=(YES, ""), GOOD_JOB=(NO, "")), by="human"
    )

    assert merged.model.controls == model.controls
    assert merged.remarks == ("get-a-guard stays active, though this session knows of no test or check for it",)


def test_words_take_the_place_of_none() -> None:
    model = model_of(answered(session(ROUTE), GO_WRONG=(YES, "")))

    again = model_of(answered(session(ROUTE, model=model, again=True), GO_WRONG=(YES, "a stranger reads it")))

    assert [(threat.id, threat.statement) for threat in again.threats] == [("get-a-harm", "a stranger reads it")]


def test_an_element_of_the_model_is_never_dropped() -> None:
    merged = merge(answered(session(ROUTE, model=WRITTEN), WORKING_ON=(NONE, "no")), by="human")

    assert merged.model.elements == WRITTEN.elements
    assert merged.remarks == ("refunds stays in the model, though this session says that it is not applicable",)


def test_a_reason_for_being_out_of_scope_is_not_lost_silently() -> None:
    model = model_of(answered(session(ROUTE), WORKING_ON=(NONE, "only a helper")))

    merged = merge(answered(session(ROUTE.replace("1", "2"), model=model), WORKING_ON=(YES, "all")), by="human")

    assert merged.model.elements[0].out_of_scope == ""
    assert merged.remarks == ("get-a is no longer out of scope; the model said: only a helper",)


ANSWERS = st.builds(Answer, st.none() | st.sampled_from(Reply), st.text(max_size=5), st.text(max_size=3))


@settings(deadline=None)
@given(st.lists(ANSWERS, min_size=8, max_size=8), st.lists(ANSWERS, min_size=8, max_size=8))
def test_no_session_ever_loses_an_item_or_its_words(first: list[Answer], second: list[Answer]) -> None:
    model = WRITTEN
    for answers in (first, second):
        held = session(ROUTE, CALL, model=model, again=True)
        held = held.with_answers({asked.key: answer for asked, answer in zip(held.every, answers, strict=True)})
        after = model_of(held)
        for section in ("elements", "threats", "controls", "invariants", "assumptions"):
            now = {item.id: item for item in getattr(after, section)}
            for item in getattr(model, section):
                assert item.extensions == now[item.id].extensions
                for field in ("statement", "text", "description"):
                    words = getattr(item, field, "")
                    assert words in getattr(now[item.id], field, "") or words == "Not described yet."
        decisions = {threat.id: threat.decision for threat in after.threats}
        assert all(
            decisions[threat.id] == threat.decision
            for threat in model.threats
            if threat.decision.status is not DecisionStatus.OPEN
        )
        model = after
