"""The TypeScript declaration of the API, written from the shapes that its modules declare: `make types`."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter
from typing_extensions import TypeAliasType, is_typeddict

from server.companies import shapes as companies
from server.documents import shapes as documents
from server.http import shapes as http
from server.http.shapes import Body
from server.identity import shapes as identity
from server.sessions import shapes as sessions
from server.turns import events
from server.turns import shapes as turns

DECLARATION = Path(__file__).parents[1] / "web" / "types.d.ts"
DECLARING = (http, identity, documents, sessions, companies, turns, events)
HEAD = "// The API's events, answers and bodies. Written by `make types` from the server's own shapes: don't edit it by hand.\n"
STRICT = ConfigDict(strict=True, extra="forbid")
"""Nothing may come that a shape doesn't name."""
DESCRIBED = ConfigDict(use_attribute_docstrings=True)
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

Schema = dict[str, Any]


def check(shape: Any, value: Any) -> None:
    """Raise pydantic's ValidationError when a JSON value isn't exactly of a declared shape."""
    _adapter(shape, STRICT).validate_json(json.dumps([value]))


def declaration() -> str:
    """The whole declaration file."""
    declared = [shape for module in DECLARING for _, shape in shapes(module) if shape is not Body]
    adapters = [(str(shape), _mode(shape), _adapter(shape, DESCRIBED)) for shape in declared]
    _, schema = TypeAdapter.json_schemas(adapters, ref_template="{model}")  # type: ignore[arg-type]
    named = {_identifier(name): definition for name, definition in schema["$defs"].items()}
    return "\n".join([HEAD, *(_declared(name, named[name]) for name in sorted(named))])


def _adapter(shape: Any, config: ConfigDict) -> TypeAdapter[Any]:
    # Inside a tuple, because a TypedDict alone takes no configuration from outside.
    return TypeAdapter(tuple[shape], config=config)


def shapes(module: Any) -> list[tuple[str, Any]]:
    """What a module itself declares for the wire, by name."""
    return [
        (name, value)
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (isinstance(value, TypeAliasType) or is_typeddict(value) or _is_model(value))
        and getattr(value, "__module__", None) == module.__name__
    ]


def _mode(shape: Any) -> str:
    """Whether front ends send it or read it: what has a default may be left out of a body, but not of an answer."""
    return "validation" if inspect.isclass(shape) and issubclass(shape, Body) else "serialization"


def _is_model(value: Any) -> bool:
    return inspect.isclass(value) and issubclass(value, BaseModel)


def _declared(name: str, schema: Schema) -> str:
    body = _type(schema)
    kind = f"export interface {name} {body}" if body.startswith("{") else f"export type {name} = {body};"
    return f"{_comment(schema.get('description', ''), '')}{kind}\n"


def _type(schema: Schema, indent: str = "") -> str:
    """A schema as a TypeScript type."""
    if "$ref" in schema:
        return _identifier(schema["$ref"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if parts := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(part, indent) for part in parts))
    if schema.get("type") == "array":
        return _array(schema, indent)
    if schema.get("type") == "object":
        return _fields(schema, indent) if "properties" in schema else _record(schema, indent)
    return SIMPLE.get(schema.get("type", ""), "unknown")


def _array(schema: Schema, indent: str) -> str:
    inner = _type(schema.get("items", {}), indent)
    return f"({inner})[]" if " | " in inner else f"{inner}[]"


def _record(schema: Schema, indent: str) -> str:
    more = schema.get("additionalProperties", True)
    value = _type(more, indent) if isinstance(more, dict) else "unknown"
    keys = _type(schema.get("propertyNames", {}), indent)
    # Not every value of an enumeration needs to be there as a key.
    return f"Record<string, {value}>" if keys in ("unknown", "string") else f"Partial<Record<{keys}, {value}>>"


def _fields(schema: Schema, indent: str) -> str:
    inside, required, lines = indent + "  ", set(schema.get("required", [])), []
    for name, field in schema["properties"].items():
        optional = "" if name in required else "?"
        comment = _comment(field.get("description", ""), inside)
        lines.append(f"{comment}{inside}{name}{optional}: {_type(field, inside)};\n")
    return f"{{\n{''.join(lines)}{indent}}}"


def _comment(text: str, indent: str) -> str:
    """A description as JSDoc."""
    lines = text.replace("*/", "* /").strip().splitlines()
    if not lines:
        return ""
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return "".join([f"{indent}/**\n", *(f"{indent} * {line}".rstrip() + "\n" for line in lines), f"{indent} */\n"])


def _identifier(name: str) -> str:
    return re.sub(r"\W", "", name)


if __name__ == "__main__":
    DECLARATION.write_text(declaration(), encoding="utf-8")
    print(f"{DECLARATION} is up to date.")
