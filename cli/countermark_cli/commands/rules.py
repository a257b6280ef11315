"""`countermark rules`: which rules there are, and all that is known of one."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from countermark.finding import Rule
from countermark.report.rule_page import as_value
from countermark.report.values import word
from countermark_cli.rule_ids import complete_rule, explained

SCHEMA = "countermark/rules/1"


@click.group()
def command() -> None:
    """List the rules, or show one."""


@command.command("list")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to show them.")
def list_(format_: str) -> None:
    """List every rule that a finding can name."""
    from countermark_rules.registry import all_rules

    rules = all_rules()
    click.echo(_json(rules) if format_ == "json" else _table(rules))


@command.command("show")
@click.argument("rule_id", metavar="ID", shell_complete=complete_rule)
def show(rule_id: str) -> None:
    """Show why a rule matters, what to do, how to revoke and rotate, and how to answer for a finding."""
    click.echo(explained(rule_id), nl=False)


def _json(rules: Sequence[Rule]) -> str:
    return json.dumps({"schema": SCHEMA, "rules": [as_value(rule) for rule in rules]}, indent=2)


def _table(rules: Sequence[Rule]) -> str:
    widest = max((len(rule.id) for rule in rules), default=0)
    return "\n".join(
        f"{rule.id:<{widest}}  {word(rule.severity):<8}  {rule.title}{'' if rule.enabled else '  (off)'}"
        for rule in rules
    )
