"""Python without prose: exactly the comments and docstrings are gone, on code as people write it and on text that is none."""

from __future__ import annotations

import io
import sysconfig
import timeit
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_rules.detectors.patterns.prose import without_prose

THREE = ('"""', "'''")
LIBRARY = Path(sysconfig.get_path("stdlib"))
SILENT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


@pytest.mark.parametrize(
    "name", ["argparse.py", "cmd.py", "heapq.py", "json/decoder.py", "tarfile.py", "textwrap.py", "tokenize.py"]
)
def test_every_token_but_prose_is_kept(name: str) -> None:
    data = (LIBRARY / name).read_bytes()
    code = without_prose(data)

    assert len(code) < len(data)
    assert not any(token.startswith("#") for token in spoken(code))
    assert brief(spoken(code)) == [token for token in brief(spoken(data)) if not token.startswith("#")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a = 1  # eval(x)\n", b"a = 1  \n"),
        (b'"""eval(x)"""\nimport os\n', b"\nimport os\n"),
        (b'def f():\n    """eval(x)"""\n    return 1\n', b"def f():\n    \n    return 1\n"),
        (b'class A:\n    r"""eval(x)"""\n', b"class A:\n    r\n"),
        (b'sql = """SELECT # 1"""\n', b'sql = """SELECT # 1"""\n'),
        (b'a = \'#\'; b = "\\"#"\n', b'a = \'#\'; b = "\\"#"\n'),
        (b'a = {f(): """eval(x)"""}\n', b'a = {f(): """eval(x)"""}\n'),
        (b'def f():  # it\n    """eval(x)""".strip()\n', b'def f():  \n    """eval(x)""".strip()\n'),
        (b'def f():\n    """never closed\n    eval(x)\n', b'def f():\n    """never closed\n    eval(x)\n'),
        (b"it's = 'half'  # typed\n", b"it's = 'half'  # typed\n"),
        (b"", b""),
    ],
)
def test_what_is_prose(data: bytes, code: bytes) -> None:
    assert without_prose(data) == code


@given(st.text(alphabet="#\"'\\\n :)a", max_size=60))
def test_text_of_any_kind_only_loses(text: str) -> None:
    left = iter(text.encode())
    assert all(byte in left for byte in without_prose(text.encode()))


@pytest.mark.parametrize("unit", [b"#", b'"', b"'", b'"""', b"'\\", b"class A:\n", b") -> ", b"a" * 9])
def test_time_grows_with_length_alone(unit: bytes) -> None:
    assert seconds(unit * 200_000) < 60 * max(seconds(unit * 10_000), 0.001)


def seconds(data: bytes) -> float:
    return min(timeit.repeat(lambda: without_prose(data), number=1, repeat=3))


def spoken(data: bytes) -> list[str]:
    return [token.string for token in tokenize.tokenize(io.BytesIO(data).readline) if token.type not in SILENT]


def brief(tokens: list[str]) -> list[str]:
    """Without the strings that may be docstrings."""
    return [token for token in tokens if not token.endswith(THREE)]
