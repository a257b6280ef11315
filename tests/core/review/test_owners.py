"""CODEOWNERS as GitHub and GitLab read it."""

from __future__ import annotations

import pytest

from countermark.review.owners import Dialect, Group, find, parse
from tests.core.config.memory import Memory, own

GITHUB = """\
*       @global  # everything
*.js    @js ada@example.invalid
/build/ @ops
docs/*  @docs
apps/   @apps
/apps/github
/one\\ two.txt @blank
!x @never
[Section] @odd
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README", {"@global"}),
        ("a/b.js", {"@js", "ada@example.invalid"}),
        ("build/x/y.js", {"@ops"}),
        ("sub/build/x", {"@global"}),
        ("docs/a.md", {"@docs"}),
        ("docs/b/a.md", {"@global"}),
        ("x/apps/y", {"@apps"}),
        ("apps/github", set()),
        ("one two.txt", {"@blank"}),
    ],
)
def test_githubs_last_line_decides(path: str, owners: set[str]) -> None:
    groups = parse(GITHUB, Dialect.GITHUB).groups(path)

    assert {name for group in groups for name in group.owners} == owners
    assert len(groups) == bool(owners)


GITLAB = """\
* @all
[Docs][2] @docs-a @docs-b
docs/
README.md @readme
^[Maybe]
*.rb @ruby
[Code]
*.rb @code
!legacy/*.rb
[docs]
extra/
"""


@pytest.mark.parametrize(
    ("path", "groups"),
    [
        ("x", {Group(frozenset({"@all"}))}),
        (
            "docs/x",
            {Group(frozenset({"@all"})), Group(frozenset({"@docs-a", "@docs-b"}), 2, "Docs")},
        ),
        ("extra/x", {Group(frozenset({"@all"})), Group(frozenset({"@docs-a", "@docs-b"}), 2, "Docs")}),
        ("README.md", {Group(frozenset({"@all"})), Group(frozenset({"@readme"}), 2, "Docs")}),
        ("a.rb", {Group(frozenset({"@all"})), Group(frozenset({"@code"}), 1, "Code")}),
        ("legacy/a.rb", {Group(frozenset({"@all"}))}),
    ],
)
def test_each_section_of_gitlab_asks_for_its_own(path: str, groups: set[Group]) -> None:
    assert set(parse(GITLAB, Dialect.GITLAB).groups(path)) == groups


@pytest.mark.parametrize(
    ("files", "owner"),
    [
        ({"CODEOWNERS": "* @root"}, "@root"),
        ({"CODEOWNERS": "* @root", ".github/CODEOWNERS": "* @hub"}, "@hub"),
        ({"docs/CODEOWNERS": "[Section] @lab\n*\n"}, "@lab"),
        ({".gitlab/CODEOWNERS": "[Section] @lab\n*\n"}, "@lab"),
    ],
)
def test_where_the_file_lies(files: dict[str, str], owner: str) -> None:
    found = find(Memory(dict(files)))

    assert found is not None
    assert [group.owners for group in found.groups("x")] == [frozenset({owner})]


def test_no_file_names_nobody() -> None:
    assert find(own("")) is None
