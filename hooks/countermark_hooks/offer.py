"""Offer the review on the spot: a commit that stops for nothing but missing reviews, in a terminal where somebody can give them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from countermark.review.person import Refused, refuse_agents, terminal
from countermark.verdict import Level, Report


def offers(report: Report, fail_on: Level) -> bool:
    """Whether nothing but reviews is missing, and a person may be there to give them."""
    failing = [item for item in report.judged if item.verdict.level >= fail_on]
    if report.failures or not failing or any(item.finding.rule.family != "review" for item in failing):
        return False
    return sys.stderr.isatty()  # else a program reads what we say


def taken(environ: Mapping[str, str]) -> bool:
    """Whether the person took the offer, and went through the hunks. The commit is then judged anew."""
    try:
        refuse_agents(environ)
        with terminal() as (source, out):
            out.write("countermark: review them now? [Y/n] ")
            out.flush()
            if source.readline(100).strip().lower() not in {"", "y", "yes"}:
                return False
            # Input and output of a hook are git's own.
            command = [sys.executable, "-I", "-m", "countermark_cli", "review", "--staged"]
            subprocess.run(command, stdin=source, stdout=out, stderr=out, env=dict(environ), check=False)
    except Refused:
        return False
    return True
