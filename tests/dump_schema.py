"""docs/dump.schema.json, and what a document has against it."""

import json
import re
from pathlib import Path

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "dump.schema.json").read_text())


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def violations(value, schema, where="$"):
    """What a validator of the JSON Schema words that our schema uses would object to."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    if "anyOf" in schema and all(any(violations(value, s, where)) for s in schema["anyOf"]):
        yield f"{where}: none of the alternatives"
    if "const" in schema and value != schema["const"]:
        yield f"{where}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: not one of {schema['enum']}"
    kind = schema.get("type")
    if kind and type(value) is not TYPES[kind]:
        yield f"{where}: not of type {kind}"
    elif kind == "integer":
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{where}: out of range"
    elif kind == "string":
        if not re.search(schema.get("pattern", ""), value):
            yield f"{where}: does not match {schema['pattern']}"
    elif kind == "array":
        for index, item in enumerate(value):
            yield from violations(item, schema["items"], f"{where}[{index}]")
    elif kind == "object":
        yield from (f"{where}.{name}: missing" for name in schema["required"] if name not in value)
        for name, member in value.items():
            if name in schema["properties"]:
                yield from violations(member, schema["properties"][name], f"{where}.{name}")
            else:
                yield f"{where}.{name}: unknown"
