"""One command of remote control as a value: its parameters, checks and description.

A row of commands.py is made of these. `gputerm msg` imports this at its start, so it stays light.
"""

from __future__ import annotations

from gputerm.ipc.protocol import INVALID_PARAMS, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Command", "Parameter", "check_choice", "validate"]

_JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "path": {"type": "string"},  # absolute
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "window": {"type": ["integer", "string"]},  # an id, or "focused"
}

#: Our ids and X11's are 32 bits wide; the rest is room.
_MAX_INTEGER = (1 << 63) - 1


class Parameter:
    """One named value of a command.

    `flags` are its spellings on the command line, the last one being the name; none: it is
    positional. `takes` says how many arguments follow a flag: "one", "some" (up to the next option)
    or "rest". `source` names what `gputerm msg` and the client library fill in when the user says
    nothing: "cwd", an environment variable as "$NAME", or "stdin" (only `msg`, also for the value
    "-"); without flags too, the command line can't set it. `local`: it is for `gputerm msg` itself,
    and the server knows nothing of it.
    """

    __slots__ = (
        "choices",
        "default",
        "flags",
        "help",
        "local",
        "name",
        "source",
        "takes",
        "type",
        "value",
    )

    def __init__(
        self,
        name: str,
        type: str,
        help: str,
        *,
        flags: tuple[str, ...] = (),
        value: str = "",
        takes: str = "one",
        default: Any = None,
        choices: tuple[str, ...] = (),
        source: tuple[str, ...] = (),
        local: bool = False,
    ) -> None:
        self.name = name
        self.type = type  #: a key of _JSON_TYPES; any parameter may be null = left out
        self.help = help
        self.flags = flags
        self.value = value  #: what the help calls its value
        self.takes = takes if type != "boolean" else "none"
        self.default = default
        self.choices = choices  #: all that a string may be; empty = anything
        self.source = source
        self.local = local

    @property
    def positional(self) -> bool:
        """Whether the command line gives it without a flag."""
        return not self.flags and bool(self.value)

    def schema(self) -> dict[str, Any]:
        """What JSON fits."""
        schema = {
            **_JSON_TYPES[self.type],
            "description": self.help,
            "default": self.default,
        }
        if self.choices:
            schema["enum"] = list(self.choices)
        return schema


class Command:
    """One command: a method of the protocol, a word after `gputerm msg`."""

    __slots__ = (
        "function",
        "name",
        "one_of",
        "parameters",
        "reads",
        "result",
        "shows",
        "slow",
        "summary",
        "types",
    )

    def __init__(
        self,
        name: str,
        function: str,
        summary: str,
        parameters: tuple[Parameter, ...] = (),
        *,
        result: dict[str, Any],
        one_of: tuple[str, ...] = (),
        shows: str = "",
        slow: bool = False,
        reads: bool = False,
        types: bool = False,
    ) -> None:
        self.name = name
        self.function = function  #: what it does: "room.module.name"; "" = the server answers
        self.summary = summary
        self.parameters = parameters
        self.result = result  #: JSON schema of the answer
        self.one_of = one_of  #: parameters of which exactly one has to be given
        self.shows = shows  #: the part of the answer that people see; "*" = all, "" = nothing
        self.slow = slow  #: the answer may take any time
        self.reads = reads  #: it changes nothing and types nothing
        self.types = types  #: it types: what its sender asks next comes after it

    def is_slow(self, values: dict[str, Any]) -> bool:
        """Whether the answer to these parameters may take any time."""
        # A new window is there at once, but for the end of its program.
        return bool(values.get("wait")) if self.name == "create-window" else self.slow

    def schema(self) -> dict[str, Any]:
        """JSON schemas of the parameters and the result."""
        return {
            "summary": self.summary,
            "params": {
                "type": "object",
                "properties": {
                    parameter.name: parameter.schema()
                    for parameter in self.parameters
                    if not parameter.local
                },
                "additionalProperties": False,
            },
            "result": self.result,
        }


def validate(command: Command, params: Any) -> dict[str, Any]:
    """The parameters by name, all of them, defaults filled in. Raises Fault(INVALID_PARAMS)."""
    if params is None:
        params = {}
    if isinstance(params, list):
        raise Fault(INVALID_PARAMS, f"{command.name}: parameters go by name, in an object")
    known = {parameter.name: parameter for parameter in command.parameters if not parameter.local}
    values = {}
    for name, value in params.items():
        parameter = known.get(name)
        if parameter is None:
            names = ", ".join(known) or "none"
            raise Fault(INVALID_PARAMS, f"{command.name}: an unknown parameter (known: {names})")
        if value is not None:
            _check_type(command, parameter, value)
            values[name] = value
    check_choice(command, values)
    for name, parameter in known.items():
        values.setdefault(name, parameter.default)
    return values


def check_choice(command: Command, values: dict[str, Any]) -> None:
    """Exactly one of the alternatives is there. Raises Fault(INVALID_PARAMS)."""
    if not command.one_of:
        return
    given = [name for name in command.one_of if not _says_nothing(values.get(name))]
    if len(given) != 1:
        *names, last = command.one_of
        either = "either " if len(names) == 1 else "one of " if names else ""
        choice = f"{', '.join(names)} or {last}" if names else last
        raise Fault(INVALID_PARAMS, f"{command.name}: needs {either}{choice}")


def _says_nothing(value: Any) -> bool:
    """What a caller leaves out; 0 says something."""
    return value is None or value is False or value == []


def _check_type(command: Command, parameter: Parameter, value: Any) -> None:
    def refuse(why: str) -> Fault:
        return Fault(INVALID_PARAMS, f"{command.name}: {parameter.name}: {why}")

    number = isinstance(value, int | float) and not isinstance(value, bool)
    integer = isinstance(value, int) and number and abs(value) <= _MAX_INTEGER
    ok = {
        "string": isinstance(value, str),
        "path": isinstance(value, str) and value.startswith("/"),
        "boolean": isinstance(value, bool),
        "integer": integer,
        "number": number and abs(value) <= _MAX_INTEGER,
        "strings": isinstance(value, list) and all(isinstance(item, str) for item in value),
        "window": integer or value == "focused",
    }[parameter.type]
    wanted = {
        "strings": "array of strings",
        "path": "absolute path",
        "window": 'a window id or "focused"',
    }
    if not ok:
        raise refuse(f"expected {wanted.get(parameter.type, parameter.type)}")
    if parameter.choices and value not in parameter.choices:
        raise refuse(f"expected one of {', '.join(parameter.choices)}")
    # NUL ends a string for the kernel and X11: what follows would vanish silently.
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and "\0" in text for text in texts):
        raise refuse("a NUL character")
