"""Whatever a repository calls its files and writes into them, every format stays what it is."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from countermark.change import Skipped
from countermark.finding import Excerpt
from countermark.report.findings import json_schema
from countermark.report.render import FORMATS, render
from countermark.verdict import Failure, Level, Report, Suppressed

from .samples import RULES, VALUE, found, judged, tls

ANY = st.text(st.characters(exclude_categories=()), max_size=12)
# All that a terminal would obey or hide; the line feed ends our own lines.
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
VALIDATOR = Draft202012Validator(json_schema())


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text, path, message, why = draw(ANY), draw(ANY), draw(ANY), draw(ANY)
    leak = evolve(
        found(path=path), message=message, excerpt=Excerpt(text, draw(st.integers(0, 14)), draw(st.integers(0, 14)))
    )
    return Report(
        root="/r",
        files=1,
        judged=(judged(leak, Level.BLOCK), judged(evolve(tls(path), message=message), Level.NOTE)),
        skipped=(Skipped(path, why),),
        failures=(Failure("part", path, message),),
        suppressed=(Suppressed(leak, draw(st.booleans()), why),),
    )


@given(reports(), st.integers(1, 200))
def test_every_format_survives(report: Report, width: int) -> None:
    shown = {
        name: render(report, name, rules=RULES, fail_on=Level.BLOCK, width=width).encode().decode() for name in FORMATS
    }
    assert not _OBEYED.search(shown["text"])
    VALIDATOR.validate(json.loads(shown["json"]))
    assert len(json.loads(shown["sarif"])["runs"][0]["results"]) == 3
    assert len(json.loads(shown["gitlab"])) == 3
    assert len(re.findall(r"^::(error|warning|notice) ", shown["github"], re.MULTILINE)) == 4
    assert len(ET.fromstring(shown["junit"])[0]) == 5  # noqa: S314 - our own text


@given(st.text(st.characters(exclude_categories=()), max_size=30), st.sampled_from(FORMATS))
def test_no_format_shows_the_value(around: str, name: str) -> None:
    report = Report("/r", 1, judged=(judged(found(f"{around}{VALUE}{around}\n"), Level.BLOCK),))
    assert VALUE not in render(report, name, rules=RULES, fail_on=Level.BLOCK)
