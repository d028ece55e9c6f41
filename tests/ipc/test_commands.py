"""The command table: what it accepts, what it refuses, and that it is whole."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pytest

from gputerm.ipc import protocol
from gputerm.ipc.command import validate
from gputerm.ipc.commands import COMMANDS, find
from gputerm.ipc.json_schema import protocol_schema, schema_of
from gputerm.ipc.protocol import Fault


def test_missing_parameters_have_their_defaults():
    params = validate(find("create-window"), {"title": "t", "hold": None})
    assert params["title"] == "t"
    assert params["hold"] is False
    assert params["command"] == []
    assert set(params) == {parameter.name for parameter in find("create-window").parameters}


@pytest.mark.parametrize(
    ("name", "params", "reason"),
    [
        ("create-window", {"hold": 1}, "hold: expected boolean"),
        ("create-window", {"title": ["x"]}, "title: expected string"),
        ("create-window", {"command": "ls"}, "command: expected array of strings"),
        ("create-window", {"command": ["ls", 1]}, "command: expected array of strings"),
        ("create-window", {"command": ["ls", "a\0b"]}, "command: a NUL"),
        ("create-window", {"title": "a\0b"}, "title: a NUL"),
        ("create-window", {"working_directory": "relative"}, "expected absolute path"),
        ("create-window", ["x"], "by name"),
        ("create-window", {"titel": "x"}, "unknown parameter"),
        ("get-config", {"window_id": True}, "expected integer"),
        ("get-config", {"window_id": 1 << 80}, "expected integer"),
        ("config", {}, "one of options, reset or unset"),
        ("config", {"options": ["a=1"], "reset": True}, "one of options, reset or unset"),
    ],
)
def test_wrong_parameters_are_refused_with_their_name(name, params, reason):
    with pytest.raises(Fault, match=reason) as caught:
        validate(find(name), params)
    assert caught.value.code == protocol.INVALID_PARAMS


def test_refusal_does_not_repeat_the_value():
    with pytest.raises(Fault) as caught:
        validate(find("create-window"), {"hold": "hunter2", "hunter2": 1})
    assert "hunter2" not in caught.value.message


def test_unknown_command_has_its_own_code():
    with pytest.raises(Fault) as caught:
        find("explode")
    assert caught.value.code == protocol.METHOD_NOT_FOUND


def test_schema_describes_every_command():
    schema = protocol_schema()
    assert schema["protocol"] == protocol.VERSION
    assert list(schema["commands"]) == [command.name for command in COMMANDS]
    properties = schema["commands"]["create-window"]["params"]["properties"]
    assert properties["command"]["items"] == {"type": "string"}


class Inner(TypedDict):
    kind: Literal["a", "b"] | None
    size: Annotated[float | None, "points"]


class Outer(Inner):
    parts: NotRequired[list[Inner]]
    anything: Any
    rest: dict[str, Any]


def test_a_schema_says_what_the_type_says():
    inner = {
        "kind": {"enum": ["a", "b", None]},
        "size": {"type": ["number", "null"], "description": "points"},
    }
    closed = {"type": "object", "additionalProperties": False}
    part = {**closed, "properties": inner, "required": ["kind", "size"]}
    assert schema_of(Inner) == part
    assert schema_of(Outer) == {
        **closed,
        "properties": {
            **inner,
            "parts": {"type": "array", "items": part},
            "anything": {},
            "rest": {"type": "object"},
        },
        "required": ["kind", "size", "anything", "rest"],
    }
    assert schema_of(None) == {"type": "null"}
