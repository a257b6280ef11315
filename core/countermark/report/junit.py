"""JUnit XML, the dialect that CI systems read: a test case a finding, failed where the check fails by it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from countermark.display import escape
from countermark.verdict import Judged, Level, Report, Suppressed

from .values import sentence, word


def junit(report: Report, *, fail_on: Level) -> str:
    """The report as XML, well-formed whatever the files hold: what XML forbids is written as its escape."""
    suite = Element("testsuite", name="countermark")
    for item in report.judged:
        _finding(suite, item, fail_on)
    for suppressed in report.suppressed:
        _suppressed(suite, suppressed)
    for skipped in report.skipped:
        case = _case(suite, skipped.path, "looked at")
        SubElement(case, "skipped", message=sentence(skipped.why))
    for failure in report.failures:
        case = _case(suite, failure.path or failure.part, failure.part)
        SubElement(case, "error", message=sentence(failure.message), type="failure")
    if not len(suite):  # some readers take a suite without tests for a broken run
        _case(suite, "countermark", f"{report.files} files checked")
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))
    root = Element(
        "testsuites", {key: suite.attrib[key] for key in ("tests", "failures", "errors")}, name="countermark"
    )
    root.append(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _finding(suite: Element, item: Judged, fail_on: Level) -> None:
    finding = item.finding
    name = f"{finding.rule.id} at {finding.start.line}:{finding.start.column}"
    case = _case(suite, finding.path, name, file=escape(finding.path), line=str(finding.start.line))
    detail = f"{finding.message}\n{finding.rule.remedy}\n{finding.excerpt.text}\n{item.verdict.reason}"
    body = "\n".join(sentence(line) for line in detail.split("\n"))
    if item.verdict.level >= fail_on:
        SubElement(case, "failure", message=sentence(finding.rule.title), type=word(item.verdict.level)).text = body
    else:
        SubElement(case, "system-out").text = f"{word(item.verdict.level)}: {sentence(finding.rule.title)}\n{body}"


def _suppressed(suite: Element, suppressed: Suppressed) -> None:
    finding = suppressed.finding
    case = _case(suite, finding.path, f"{finding.rule.id} at {finding.start.line}:{finding.start.column}")
    SubElement(case, "skipped", message=sentence(f"suppressed: {suppressed.why}"))


def _case(suite: Element, path: str, name: str, **more: str) -> Element:
    return SubElement(suite, "testcase", {"classname": escape(path), "name": sentence(name), **more})
