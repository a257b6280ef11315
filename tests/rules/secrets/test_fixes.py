"""The fix: a look-up in the environment where a literal was, and nothing where that is not plainly right."""

from __future__ import annotations

import pytest

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark_rules.detectors.secrets.fixes import fixes

VALUE = "Kx8-wr4ng9ler"


def fixed(text: str, path: str) -> str | None:
    """The text after the fix of its secret; None where none is offered."""
    start = text.index(VALUE)
    offered = fixes(FileChange(path, Content(text.encode())), Span(start, start + len(VALUE)))
    if not offered:
        return None
    (fix,) = offered
    assert not fix.safe
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.py", 'api_key = "{}"\n', 'import os\napi_key = os.environ["API_KEY"]\n'),
        ("a.py", 'import os\napiKey: str = "{}"\n', 'import os\napiKey: str = os.environ["API_KEY"]\n'),
        (
            "a.py",
            "import os\nconnect(password='{}', x=1)\n",
            'import os\nconnect(password=os.environ["PASSWORD"], x=1)\n',
        ),
        ("a.py", 'import os\nx = {{"db-password": "{}"}}\n', None),
        (
            "a.py",
            'import os\nx = {{"db_password": "{}"}}\n',
            'import os\nx = {{"db_password": os.environ["DB_PASSWORD"]}}\n',
        ),
        ("a.py", 'import os\ncfg["token"] = "{}"\n', 'import os\ncfg["token"] = os.environ["TOKEN"]\n'),
        (
            "a.py",
            '"""Doc."""\n\nimport re\ntoken = "{}"\n',
            '"""Doc."""\n\nimport os\nimport re\ntoken = os.environ["TOKEN"]\n',
        ),
        ("a.js", "const apiKey = '{}';\n", "const apiKey = process.env.API_KEY;\n"),
        ("a.ts", 'const x = {{ apiKey: "{}" }};\n', "const x = {{ apiKey: process.env.API_KEY }};\n"),
        ("a.ts", 'const token: string = "{}";\n', "const token: string = process.env.TOKEN;\n"),
        ("a.py", 'url = "postgres://u:{}@h/x"\n', None),
        ("a.py", 'f("{}")\n', None),
        ("a.py", 'token = "prefix {}"\n', None),
        ("a.py", 'token = f"{}"\n', None),
        ("a.py", 'token = "a" + "{}"\n', None),
        ("a.yaml", "token: '{}'\n", None),
        ("a.txt", 'token = "{}"\n', None),
    ],
)
def test_fixes(path: str, before: str, after: str | None) -> None:
    assert fixed(before.format(VALUE), path) == (after if after is None else after.format())


def test_the_fix_never_holds_the_value() -> None:
    text = f'key = "{VALUE}"'
    assert VALUE not in repr(fixes(FileChange("a.py", Content(text.encode())), Span(7, 7 + len(VALUE))))
