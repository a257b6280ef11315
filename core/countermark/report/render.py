"""One report, seven formats. Each has a module of its own, imported when it is asked for: the hook pays for text alone."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from countermark.errors import UsageError
from countermark.finding import Rule
from countermark.verdict import Level, Report

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown")


def render(
    report: Report,
    format: str,  # noqa: A002 - the name of the option
    *,
    rules: Sequence[Rule],
    fail_on: Level,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """The report in one of FORMATS; empty when there is nothing to say.

    ``rules`` are all that could have spoken; SARIF describes them. ``fail_on`` is the level from which the check fails: formats that
    know only errors and warnings call an error what reaches it. ``colour`` and ``width`` (columns, None asks the terminal) are for
    text.
    """
    match format:
        case "text":
            from .text import text

            return text(report, fail_on=fail_on, colour=colour, width=width)
        case "json":
            from .findings import findings

            return findings(report)
        case "sarif":
            from .sarif import sarif

            return sarif(report, rules=rules, fail_on=fail_on)
        case "gitlab":
            from .gitlab import gitlab

            return gitlab(report)
        case "github" | "junit" | "markdown":
            said: str = getattr(import_module(f".{format}", __package__), format)(report, fail_on=fail_on)
            return said
    raise UsageError(f"no format is called {format}; there are {', '.join(FORMATS)}")
