"""YAML as we write it: sorted keys, one item of a list per block, no wrapped lines, nothing hidden; people's comments are kept."""

from __future__ import annotations

import re
from typing import Any

import yaml

from countermark.display import escape

from .yaml_reader import scalar

_HIDDEN = re.compile(r"[^\n\x20-\x7e]")


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        return super().increase_indent(flow, False)  # lists are set in from their key

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None
    if any(_is_hidden(char) for char in set(text)) or scalar(text) is not text:
        style = '"'
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write(value: Any) -> str:
    """The text of a file. Reading it again gives the same value."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=10**9, default_flow_style=False
    )
    return _HIDDEN.sub(lambda match: _escaped(match.group()), text)


def _is_hidden(char: str) -> bool:
    return char != "\n" and escape(char) != char


def _escaped(char: str) -> str:
    """A hidden character as YAML writes it; what holds one is in double quotes, see ``_text``."""
    if not _is_hidden(char):
        return char
    return f"\\U{ord(char):08X}"
