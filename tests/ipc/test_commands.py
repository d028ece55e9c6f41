"""The command table: what it accepts, what it refuses, and that it is whole."""

import pytest

from gputerm.ipc import commands, protocol
from gputerm.ipc.commands import COMMANDS, find, validate
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


def test_every_row_is_complete():
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        flags = [flag for parameter in command.parameters for flag in parameter.flags]
        assert len(set(flags)) == len(flags)
        assert not {"-h", "--help"} & set(flags)
        for parameter in command.parameters:
            assert parameter.help
            assert parameter.value or parameter.takes == "none" or not parameter.flags


def test_schema_describes_every_command():
    schema = commands.schema()
    assert schema["protocol"] == protocol.VERSION
    assert list(schema["commands"]) == [command.name for command in COMMANDS]
    properties = schema["commands"]["create-window"]["params"]["properties"]
    assert properties["command"]["items"] == {"type": "string"}
