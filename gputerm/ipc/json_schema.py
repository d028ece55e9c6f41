"""JSON schemas of the commands, made of their rows and of the types in results.py.

The types say all that a schema does: TypedDict is an object that has exactly these members,
NotRequired ones may be missing, Literal is an enum, `| None` may be null, and the text of
Annotated is the description. [JSON Schema 2020-12]
"""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints

from gputerm.ipc import results
from gputerm.ipc.command import JSON_TYPES, Command, Parameter
from gputerm.ipc.commands import COMMANDS
from gputerm.ipc.protocol import VERSION

__all__ = ["answer_schema", "answer_type", "protocol_schema", "schema_of"]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object"}


def protocol_schema() -> dict[str, Any]:
    """The protocol described for programs: JSON schemas of each command's parameters and result."""
    return {
        "protocol": VERSION,
        "commands": {command.name: _command(command) for command in COMMANDS},
    }


def answer_schema(command: Command) -> dict[str, Any]:
    """What a command answers."""
    return schema_of(answer_type(command))


def answer_type(command: Command) -> Any:
    """The type that the row names. Raises NameError when results.py hasn't got it."""
    if command.answer == "None":
        return None
    if command.answer not in results.__all__:
        raise NameError(command.answer)
    return getattr(results, command.answer)


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON that is of a type."""
    if kind is None or kind is types.NoneType:
        return {"type": "null"}
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    arguments = get_args(kind)
    origin = get_origin(kind)
    if origin is Annotated:
        return {**schema_of(arguments[0]), "description": arguments[1]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is dict:
        return {"type": "object"}
    if types.NoneType in arguments:  # X | None
        (other,) = (argument for argument in arguments if argument is not types.NoneType)
        return _or_null(schema_of(other))
    return _object(kind)


def _object(kind: Any) -> dict[str, Any]:
    """The schema of a TypedDict."""
    members, required = {}, []
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if get_origin(hint) is NotRequired:
            (hint,) = get_args(hint)
        else:
            required.append(name)
        members[name] = schema_of(hint)
    return {
        "type": "object",
        "properties": members,
        "required": required,
        "additionalProperties": False,
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _command(command: Command) -> dict[str, Any]:
    return {
        "summary": command.summary,
        "params": {
            "type": "object",
            "properties": {
                parameter.name: _parameter(parameter)
                for parameter in command.parameters
                if not parameter.local
            },
            "additionalProperties": False,
        },
        "result": answer_schema(command),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = {
        **JSON_TYPES[parameter.type],
        "description": parameter.help,
        "default": parameter.default,
    }
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    return schema
