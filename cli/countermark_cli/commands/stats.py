"""`countermark stats`: how deep agents took part in a range of commits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import click

from countermark.display import escape
from countermark.provenance.stats import Count, Stats, stats
from countermark_cli.authorship import own_reviews
from countermark_cli.here import repository_here

SCHEMA = "countermark/stats/1"
_MOST_ROWS = 10
_WIDTH, _NAME = 40, 32


@click.command()
@click.argument("spec", metavar="RANGE")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(spec: str, *, style: str) -> None:
    """Show which share of the lines that the commits of RANGE (A..B) add is an agent's, and of how much of that somebody answered."""
    repository = repository_here()
    found = stats(repository, spec, own_reviews(repository))
    if style == "json":
        click.echo(json.dumps({"schema": SCHEMA, "range": spec, **found.as_value()}))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Stats) -> Iterator[str]:
    total = found.total
    yield f"{found.commits} commits add {total.lines} lines: {_said(total)}"
    parts = (("path", found.by_path), ("author", found.by_author), ("agent", found.by_agent))
    for name, part in parts:
        yield from _table(name, part)
    if total.lines:
        yield ""
        yield f"over time, each # a part of {max(count.lines for count in found.over_time.values())} lines (# an agent's, . others)"
        yield from _plot(found.over_time)


def _said(count: Count) -> str:
    parts = [f"{count.share:.0%} by agents"]
    if count.suspected:
        parts.append(f"{count.suspected / count.lines:.0%} suspected")
    if count.ai:
        parts.append(f"{count.reviewed_share:.0%} of the agents' lines reviewed")
    return ", ".join(parts)


def _table(name: str, part: Mapping[str, Count]) -> Iterator[str]:
    if not part:
        return
    yield ""
    yield f"{'by ' + name:<{_NAME}} {'lines':>7} {'AI':>6} {'reviewed':>9}"
    for key, count in list(part.items())[:_MOST_ROWS]:
        reviewed = f"{count.reviewed_share:.0%}" if count.ai else "-"
        yield f"{_cut(escape(key)):<{_NAME}} {count.lines:>7} {count.share:>6.0%} {reviewed:>9}"
    if len(part) > _MOST_ROWS:
        yield f"... and {len(part) - _MOST_ROWS} more; --format json lists them all"


def _plot(over_time: Mapping[str, Count]) -> Iterator[str]:
    most = max(count.lines for count in over_time.values())
    for day, count in over_time.items():
        ai = round(_WIDTH * count.ai / most)
        others = round(_WIDTH * count.lines / most) - ai
        yield f"{day}  {'#' * ai}{'.' * others}".rstrip()


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else "..." + name[3 - _NAME :]
