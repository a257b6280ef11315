"""Rules by their ids, as people type them."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

import click

from countermark.config.load import load
from countermark.errors import UsageError
from countermark.finding import Rule
from countermark.git.repository import discover
from countermark.git.snapshots import WorktreeSnapshot
from countermark.report.rule_page import page
from countermark.report.terminal import columns
from countermark.rule_files import RuleFile, read_rule_files


def find_rule(rule_id: str) -> Rule:
    """The rule of that id. Raises UsageError that names those which look like it."""
    rules = {rule.id: rule for rule in rules_here()}
    if rule_id in rules:
        return rules[rule_id]
    names = {rule.partition("/")[2]: rule for rule in rules}  # people forget the family
    close = [names.get(match, match) for match in get_close_matches(rule_id, [*rules, *names], n=3)]
    hint = f"did you mean {' or '.join(dict.fromkeys(close))}?" if close else "`countermark rules list` shows them all"
    raise UsageError(f"there is no rule {rule_id}; {hint}")


def root_here() -> Path:
    """The worktree around the current folder, or the folder itself."""
    repository = discover(Path.cwd(), os.environ)
    return repository.worktree if repository and repository.worktree else Path.cwd()


def own_files() -> tuple[RuleFile, ...]:
    """The files of rules of the repository around the current folder."""
    return read_rule_files(WorktreeSnapshot(root_here()))


def rules_here() -> tuple[Rule, ...]:
    """Every rule, with those that the repository around the current folder describes. Raises UsageError for faulty settings."""
    from countermark_rules.registry import all_rules

    return all_rules(load(WorktreeSnapshot(root_here())), own_files())


def explained(rule_id: str) -> str:
    """The page of a rule for this terminal. Raises UsageError as `find_rule`."""
    from countermark_rules.registry import guide

    rule = find_rule(rule_id)
    return page(rule, guide=guide(rule.id), width=min(columns(), 100))


def find_families(said: str | None) -> tuple[str, ...]:
    """The families that a list with commas names. Raises UsageError for one that does not exist."""
    from countermark_rules.registry import DETECTORS, PACKS, families

    if said is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in said.split(",")))
    if set(names) <= DETECTORS.keys() - PACKS:
        return names  # without making all the rules that there are
    known = families()
    if unknown := next((name for name in names if name not in known), None):
        raise UsageError(f"there is no family of rules {unknown!r}; there are {', '.join(known)}")
    return names


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 - click's signature
    """The ids that begin with what is typed, for the Tab key."""
    return [rule.id for rule in rules_here() if rule.id.startswith(incomplete)]
