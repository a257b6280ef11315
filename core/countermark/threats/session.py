"""One session: what is asked, what was answered, and what stays open. Values and functions only; faces keep the current one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import define, evolve, field, frozen

from .elements import Element, Found
from .matching import Matcher
from .model import Model
from .questions import QUESTIONS, Question, Reply, Stage
from .scope import Scope


@frozen
class Answer:
    """What a person said to one question: a reply, or the reason for skipping it; and a note with either, or before both."""

    reply: Reply | None = None
    note: str = ""
    skipped: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked: replied or skipped."""
        return self.reply is not None or bool(self.skipped)


@frozen
class Asked:
    """A question about one element."""

    element: Element
    question: Question

    @property
    def key(self) -> str:
        """What names it in a session."""
        return f"{self.element.id}/{self.question.id}"

    @property
    def text(self) -> str:
        """The question in full."""
        return self.question.text.replace("{it}", self.element.name)

    @property
    def assumes(self) -> str:
        """What is taken for granted while nobody knows."""
        return self.question.assumes.replace("{it}", self.element.name)

    @property
    def why(self) -> str:
        """Why it is asked."""
        return f"asked because {self.element.why}"

    def wants_note(self, answer: Answer) -> bool:
        """Whether a few words would make this answer useful to a later reader."""
        return not answer.note and answer.reply is self.question.note_on and bool(self.question.note)


@define(frozen=True, eq=False)
class Session:
    """A session as it stands. ``model`` is the model file's content when it began; ``again`` asks what was answered before, too."""

    scope: Scope
    found: Found
    model: Model
    again: bool = False
    answers: Mapping[str, Answer] = field(factory=dict)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.model)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """What was found, under the names that the model knows it by."""
        return self._matcher.recognise(self.found.elements)

    @cached_property
    def known(self) -> tuple[Element, ...]:
        """Elements about which everything was answered before and whose code is the same."""
        return tuple(element for element in self.elements if not self._asked_about(element))

    @cached_property
    def every(self) -> tuple[Asked, ...]:
        """All questions that may be asked, in order."""
        return tuple(asked for element in self.elements for asked in self._asked_about(element))

    @cached_property
    def queue(self) -> tuple[Asked, ...]:
        """The questions of this session, in order. What turned out to be no element is asked nothing more."""
        dropped = {element.id for element in self.elements if self.is_dropped(element)}
        return tuple(
            asked for asked in self.every if asked.question.stage is Stage.WORKING_ON or asked.element.id not in dropped
        )

    @cached_property
    def by_key(self) -> Mapping[str, Asked]:
        """The questions by their keys."""
        return {asked.key: asked for asked in self.queue}

    def answer(self, asked: Asked) -> Answer:
        """What was said to a question so far."""
        return self.answers.get(asked.key, Answer())

    def with_answer(self, asked: Asked, answer: Answer) -> Session:
        """The session with one answer more, or another one."""
        return self.with_answers({**self.answers, asked.key: answer})

    def with_answers(self, answers: Mapping[str, Answer]) -> Session:
        """The session with these answers and no others."""
        return evolve(self, answers=answers)

    def skip_element(self, element: Element, reason: str) -> Session:
        """The session with every open question about an element skipped."""
        skipped = {
            asked.key: evolve(self.answer(asked), skipped=reason)
            for asked in self.queue
            if asked.element.id == element.id and not self.answer(asked).settled
        }
        return self.with_answers({**self.answers, **skipped})

    def on(self, model: Model) -> Session:
        """The same session on another version of the model, which may know elements by other names."""
        moved = evolve(self, model=model, answers={})
        names = {old.id: new.id for old, new in zip(self.elements, moved.elements, strict=True)}
        answers = {
            f"{names[element]}/{question}": self.answers[f"{element}/{question}"]
            for element, question in map(_split, self.answers)
        }
        return moved.with_answers(answers)

    def is_dropped(self, element: Element) -> bool:
        """Whether a person said that this is no entry point or call at all."""
        return any(
            self.answers.get(f"{element.id}/{question.id}", Answer()).reply is Reply.NOT_APPLICABLE
            for question in QUESTIONS
            if question.trigger is element.trigger and question.stage is Stage.WORKING_ON
        )

    @property
    def settled(self) -> int:
        """How many questions are replied to or skipped."""
        return sum(self.answer(asked).settled for asked in self.queue)

    @property
    def unsettled(self) -> tuple[Asked, ...]:
        """Questions that nobody has dealt with yet."""
        return tuple(asked for asked in self.queue if not self.answer(asked).settled)

    @property
    def open(self) -> tuple[Asked, ...]:
        """What nobody knows: unanswered, skipped, or answered with "don't know"."""
        return tuple(asked for asked in self.queue if self.answer(asked).reply in {None, Reply.UNKNOWN})

    @property
    def worth_saving(self) -> bool:
        """Whether anything was said."""
        return any(self.answer(asked).settled for asked in self.queue)

    def _asked_about(self, element: Element) -> tuple[Asked, ...]:
        done = frozenset() if self.again else self._matcher.answered(element)
        return tuple(
            Asked(element, question)
            for question in QUESTIONS
            if question.trigger is element.trigger
            and (question.id not in done or f"{element.id}/{question.id}" in self.answers)
        )


def _split(key: str) -> tuple[str, str]:
    element, _, question = key.partition("/")
    return element, question
