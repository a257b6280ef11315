"""The JSON Schema of our YAML files, from the classes that hold them; editors complete and check with it."""

from __future__ import annotations

from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from .model import SCHEMA, Model

_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def json_schema(kind: type[Any] = Model, name: str = SCHEMA) -> dict[str, Any]:
    """The schema (draft 2020-12) of the threat model file, or of another class."""
    definitions: dict[str, Any] = {}
    root = _object(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    fields = attrs.fields(kind)
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {field.name: _of(hints[field.name], definitions, field.metadata) for field in fields},
        "required": [field.name for field in fields if field.default is attrs.NOTHING or "const" in field.metadata],
        "additionalProperties": False,
    }


def _of(hint: Any, definitions: dict[str, Any], metadata: Any = ()) -> dict[str, Any]:
    if "const" in metadata:
        return {"const": metadata["const"]}
    if get_origin(hint) is not None:
        return _generic(hint, definitions)
    if attrs.has(hint):
        definitions.setdefault(hint.__name__, {})
        definitions[hint.__name__] = definitions[hint.__name__] or _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    pattern = {"pattern": f"^{metadata['pattern']}$"} if "pattern" in metadata else {}
    return {"type": _PLAIN[hint], **pattern}


def _generic(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) is UnionType:
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], definitions)}
    return {"type": "object"}
