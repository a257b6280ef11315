from __future__ import annotations

from countermark.report.rule_page import markdown, page

from .samples import KEY, QUIET


def test_a_page_says_what_a_person_asks() -> None:
    assert page(KEY, width=80) == (
        """\
secrets/cloud-key: Cloud key
severity critical, confidence high, CWE-798

Why it matters
  Whoever reads this can act as the key until somebody revokes it.

What to do
  Revoke the key, then read it from the environment.

If it is wrong, or accepted for a while
  # countermark: allow secrets/cloud-key until YYYY-MM-DD because ...
  in a comment on the line or on the line before. For the whole repository, in
  countermark.toml:
  [rules."secrets/cloud-key"]
  level = "warn"  # or block, review, note, off

References
  https://example.invalid/keys
"""
    )


def test_a_rule_that_is_off_says_so() -> None:
    assert "off until the settings ask for it" in page(QUIET)
    assert "References" not in page(QUIET)


def test_markdown_links_what_it_names() -> None:
    assert markdown(KEY).endswith(
        "See [CWE-798](https://cwe.mitre.org/data/definitions/798.html), <https://example.invalid/keys>"
    )
