"""Every command is carried out once, and its answer is what `gputerm msg schema` says."""

import shlex

import pytest

from gputerm.ipc.client.msg import parse
from gputerm.ipc.client.remote import Remote
from gputerm.ipc.commands import COMMANDS

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}

#: More than the examples of the rows, so that every member of an answer is seen, in a window that
#: runs cat with marks of OSC 133.
MORE = (
    ("create-window", {"command": ["cat"], "option": ["font.size=big"]}),
    ("get-config", {}),
    ("get-text", {"format": "json"}),
    ("blocks", {"text": True}),
    ("search", {"pattern": "marked"}),
    ("wait", {"text": "marked"}),
)


def example(command):
    """The parameters of a row's example, as `gputerm msg` sends them."""
    params = parse(command, shlex.split(command.example))
    local = {parameter.name for parameter in command.parameters if parameter.local}
    return {name: value for name, value in params.items() if name not in local}


def check(value, schema, path="result"):
    """A part of JSON Schema: what the table uses."""
    kinds = schema.get("type")
    if kinds is not None:
        kinds = [kinds] if isinstance(kinds, str) else kinds
        fits = [
            isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
            for kind in kinds
        ]
        assert any(fits), f"{path}: {type(value).__name__}, expected {kinds}"
    if "enum" in schema:
        assert value in schema["enum"], path
    if isinstance(value, dict) and "properties" in schema:
        missing = set(schema.get("required", ())) - set(value)
        assert not missing, f"{path}: without {missing}"
        if schema.get("additionalProperties") is False:
            unknown = set(value) - set(schema["properties"])
            assert not unknown, f"{path}: {unknown} is unknown"
        for name, item in value.items():
            check(item, schema["properties"].get(name, {}), f"{path}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            check(item, schema["items"], f"{path}[{number}]")


def test_every_answer_fits_the_schema(gputerm):
    marks = r"\033]133;A\a\033]133;C;cmdline=x\amarked\n\033]133;D;0\a"
    script = rf"printf '{marks}\033]52;c;eA==\a\033[?1000h'; cat"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_text("marked")
    last = {"close": 1, "quit": 2}
    rows = sorted(COMMANDS, key=lambda command: last.get(command.name, 0))
    with Remote.find(str(terminal.socket)) as remote:
        schema = remote.call("schema")
        assert list(schema["commands"]) == [command.name for command in COMMANDS]
        for name, params in (*MORE, *((row.name, example(row)) for row in rows)):
            known = schema["commands"][name]["params"]["properties"]
            if "window" in known and "match" not in params:
                params = {"window": 1, **params}
            params.pop("match", None)
            check(remote.call(name, **params), schema["commands"][name]["result"], name)
        assert terminal.process.wait(20) == 0


def test_each_command_refuses_what_is_wrong_before_it_acts(gputerm):
    terminal = gputerm("-e", "cat")
    with Remote.find(str(terminal.socket)) as remote:
        for command in COMMANDS:
            with pytest.raises(Exception, match="unknown parameter"):
                remote.call(command.name, nonsense=1)
            if any(parameter.name == "window" for parameter in command.parameters):
                params = {**example(command), "window": 99, "match": None}
                with pytest.raises(Exception, match="there is no window 99"):
                    remote.call(command.name, **params)
                with pytest.raises(Exception, match="no window matches"):
                    remote.call(command.name, **{**params, "window": None, "match": "title:^y$"})
        assert len(remote.call("list")["windows"]) == 1
