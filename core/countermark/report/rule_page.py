"""Everything that is known of a rule: for `check --explain`, `rules show`, the help in SARIF and the documentation."""

from __future__ import annotations

import textwrap
from typing import Any

from countermark.finding import Likelihood, Rule

from .guide import Guide
from .values import word

_INDENT = "  "


def suppression(rule_id: str) -> str:
    """The comment that answers for a finding in place."""
    return f"countermark: allow {rule_id} until YYYY-MM-DD because ..."


def page(rule: Rule, *, guide: Guide | None = None, width: int = 100) -> str:
    """The page of a rule for a terminal; ``guide`` says what to do beyond the file."""
    measure = [f"severity {word(rule.severity)}", f"confidence {word(rule.confidence)}", *rule.cwe, *_owasp(rule)]
    if not rule.enabled:
        measure.append("off until the settings ask for it")
    sections = [
        f"{rule.id}: {rule.title}\n{', '.join(measure)}",
        f"Why it matters\n{_block(rule.why, width)}",
        f"What to do\n{_block(rule.remedy, width)}",
        "If it is wrong, or accepted for a while\n"
        f"{_INDENT}# {suppression(rule.id)}\n"
        + _block(
            "in a comment on the line or on the line before. For the whole repository, in countermark.toml:", width
        )
        + f'\n{_INDENT}[rules."{rule.id}"]\n{_INDENT}level = "warn"  # or block, review, note, off',
    ]
    if rule.likelihood:
        said = _claimed(rule.likelihood, rule.likelihood.source)
        sections.insert(2, f"How often assistants suggest it\n{_block(said, width)}")
    if guide:
        sections.insert(len(sections) - 1, f"Revoke and rotate\n{_guide(guide, width)}")
    if rule.references:
        sections.append("References\n" + "\n".join(_INDENT + reference for reference in rule.references))
    return "\n\n".join(sections) + "\n"


def markdown(rule: Rule) -> str:
    """The page of a rule in Markdown, below a heading that the caller writes."""
    sections = [
        f"**{rule.title}** (severity {word(rule.severity)}, confidence {word(rule.confidence)})",
        rule.why,
        f"**What to do.** {rule.remedy}",
        *_likelihood(rule),
        f"To answer for one finding: `# {suppression(rule.id)}`",
    ]
    if rule.owasp:
        sections.append(", ".join(_owasp(rule)))
    links = [*(f"[{cwe}]({cwe_link(cwe)})" for cwe in rule.cwe), *(f"<{reference}>" for reference in rule.references)]
    if links:
        sections.append("See " + ", ".join(links))
    return "\n\n".join(sections)


def as_value(rule: Rule) -> dict[str, Any]:
    """A rule as the value that JSON holds."""
    return {
        "id": rule.id,
        "title": rule.title,
        "why": rule.why,
        "remedy": rule.remedy,
        "severity": word(rule.severity),
        "confidence": word(rule.confidence),
        "cwe": list(rule.cwe),
        "references": list(rule.references),
        "enabled": rule.enabled,
        "owasp": list(rule.owasp),
        "likelihood": {"claim": rule.likelihood.claim, "source": rule.likelihood.source} if rule.likelihood else None,
    }


def _owasp(rule: Rule) -> list[str]:
    return [f"OWASP {entry}" for entry in rule.owasp]


def _likelihood(rule: Rule) -> list[str]:
    if rule.likelihood is None:
        return []
    source = rule.likelihood.source
    shown = f"<{source}>" if source.startswith("https://") else source
    return [f"**How often assistants suggest it.** {_claimed(rule.likelihood, shown)}"]


def _claimed(likelihood: Likelihood, source: str) -> str:
    return f"{likelihood.claim.rstrip('.')} ({source})." if source else likelihood.claim


def cwe_link(cwe: str) -> str:
    """Where a weakness is described."""
    return f"https://cwe.mitre.org/data/definitions/{cwe.rpartition('-')[2]}.html"


def _guide(guide: Guide, width: int) -> str:
    widest = max((len(label) for label, _ in guide.facts), default=0)
    facts = [_block(fact, width, f"{_INDENT}{label:<{widest}}  ") for label, fact in guide.facts]
    steps = [_block(f"{step}.", width, f"{_INDENT}{number}. ") for number, step in enumerate(guide.steps, 1)]
    return "\n".join([*facts, *steps])


def _block(text: str, width: int, first: str = _INDENT) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
