"""Every command is carried out once, and its answer is what `gputerm msg schema` says."""

import pytest

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

#: Parameters with which a command works in a window that runs cat with marks of OSC 133.
PARAMS = {
    "create-window": {"command": ["cat"], "option": ["font.size=big"]},
    "config": {"options": ["font.size=9"]},
    "get-config": {},
    "set-font-size": {"size": 10},
    "action": {"actions": ["ScrollToTop"]},
    "resize": {"columns": 60},
    "place": {"size": "60x20"},
    "set-title": {"title": "x"},
    "get-text": {"format": "json"},
    "scroll": {"lines": 1},
    "send-text": {"text": "x"},
    "send-keys": {"keys": ["a"]},
    "wait": {"text": "marked"},
    "blocks": {"text": True},
    "search": {"pattern": "marked"},
    "set-trust": {"level": "default"},
    "close": {"window": 2},
}


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
    marks = r"printf '\033]133;A\a\033]133;C;cmdline=x\amarked\n\033]133;D;0\a\033]52;c;eA==\a'"
    terminal = gputerm("-e", "sh", "-c", f"{marks}; cat")
    terminal.wait_text("marked")
    order = sorted((c.name for c in COMMANDS), key=lambda name: (name == "quit", name == "close"))
    with Remote.find(str(terminal.socket)) as remote:
        schema = remote.call("schema")
        assert list(schema["commands"]) == [command.name for command in COMMANDS]
        for name in order:
            params = dict(PARAMS.get(name, {}))
            if "window" in schema["commands"][name]["params"]["properties"]:
                params.setdefault("window", 1)
            check(remote.call(name, **params), schema["commands"][name]["result"], name)
        assert terminal.process.wait(20) == 0


def test_each_command_refuses_what_is_wrong_before_it_acts(gputerm):
    terminal = gputerm("-e", "cat")
    with Remote.find(str(terminal.socket)) as remote:
        for command in COMMANDS:
            with pytest.raises(Exception, match="unknown parameter"):
                remote.call(command.name, nonsense=1)
            if any(parameter.name == "window" for parameter in command.parameters):
                params = {**PARAMS.get(command.name, {}), "window": 99}
                with pytest.raises(Exception, match="there is no window 99"):
                    remote.call(command.name, **params)
                with pytest.raises(Exception, match="no window matches"):
                    remote.call(command.name, **{**params, "window": None, "match": "title:^y$"})
        assert len(remote.call("list")["windows"]) == 1
