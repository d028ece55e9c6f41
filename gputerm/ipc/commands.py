"""The commands of remote control, one row each.

A row is the whole definition: the command line and help of `gputerm msg`, the checks on what comes
in by the socket and `gputerm msg schema` come from it. What a command does is decided in the main
thread. A new command is a new row and its function there; a row stands here only when it works.
`gputerm msg` imports this module at its start, so it stays light.
"""

from __future__ import annotations

from gputerm.ipc.protocol import INVALID_PARAMS, METHOD_NOT_FOUND, VERSION, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["COMMANDS", "Command", "Parameter", "find", "schema", "validate"]

_JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "path": {"type": "string"},  # absolute
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "strings": {"type": "array", "items": {"type": "string"}},
}

#: Our ids and X11's are 32 bits wide; the rest is room.
_MAX_INTEGER = (1 << 63) - 1


class Parameter:
    """One named value of a command.

    `flags` are its spellings on the command line, the last one being the name; none: it is
    positional. `takes` says how many arguments follow a flag: "one", "some" (up to the next option)
    or "rest". `source` names what `gputerm msg` fills in when the user says nothing: "cwd", or an
    environment variable as "$NAME"; without flags too, the user can't set it.
    """

    __slots__ = ("default", "flags", "help", "name", "source", "takes", "type", "value")

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
        source: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.type = type  #: a key of _JSON_TYPES; any parameter may be null = left out
        self.help = help
        self.flags = flags
        self.value = value  #: what the help calls its value
        self.takes = takes if type != "boolean" else "none"
        self.default = default
        self.source = source


class Command:
    """One command: a method of the protocol, a word after `gputerm msg`."""

    __slots__ = ("name", "one_of", "parameters", "result", "summary")

    def __init__(
        self,
        name: str,
        summary: str,
        parameters: tuple[Parameter, ...] = (),
        *,
        result: dict[str, Any],
        one_of: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.result = result  #: JSON schema of the answer
        self.one_of = one_of  #: parameters of which exactly one has to be given


_WINDOW_ID = Parameter(
    "window_id",
    "integer",
    "the window meant; -1 means all, and the base for new ones [default: $GPUTERM_WINDOW_ID]",
    flags=("-w", "--window-id"),
    value="ID",
    source=("$GPUTERM_WINDOW_ID",),
)

_NOTHING = {"type": "null"}

COMMANDS = (
    Command(
        "create-window",
        "open a window in the running process",
        (
            Parameter(
                "working_directory",
                "path",
                "start the program in this directory",
                flags=("--working-directory",),
                value="PATH",
            ),
            Parameter(
                "hold",
                "boolean",
                "keep the window when its program has ended",
                flags=("--hold",),
                default=False,
            ),
            Parameter(
                "title",
                "string",
                "a title that the program can't change",
                flags=("-T", "--title"),
                value="TITLE",
            ),
            Parameter(
                "class",
                "string",
                "window class and instance (X11), or app id (Wayland)",
                flags=("--class",),
                value="GENERAL[,INSTANCE]",
            ),
            Parameter(
                "option",
                "strings",
                "set configuration options for this window",
                flags=("-o", "--option"),
                value="KEY=VALUE…",
                takes="some",
                default=[],
            ),
            Parameter(
                "command",
                "strings",
                "run this program instead of the shell; must be last",
                flags=("-e", "--command"),
                value="PROGRAM [ARG]…",
                takes="rest",
                default=[],
            ),
            Parameter("cwd", "path", "the caller's directory", source=("cwd",)),
            Parameter(
                "activation_token",
                "string",
                "the token with which the desktop lets the new window have the focus",
                source=("$XDG_ACTIVATION_TOKEN", "$DESKTOP_STARTUP_ID"),
            ),
        ),
        result={
            "type": "object",
            "properties": {"window_id": {"type": "integer"}, "pid": {"type": "integer"}},
            "required": ["window_id", "pid"],
        },
    ),
    Command(
        "config",
        "set configuration options while running",
        (
            Parameter("options", "strings", "options to set", value="KEY=VALUE…", default=[]),
            _WINDOW_ID,
            Parameter(
                "reset",
                "boolean",
                "drop all options set so far",
                flags=("-r", "--reset"),
                default=False,
            ),
        ),
        result=_NOTHING,
        one_of=("options", "reset"),
    ),
    Command(
        "get-config",
        "print the configuration in use",
        (_WINDOW_ID,),
        result={"type": "object"},
    ),
    Command(
        "list",
        "list the windows",
        result={
            "type": "object",
            "properties": {"windows": {"type": "array", "items": {"type": "object"}}},
            "required": ["windows"],
        },
    ),
    Command("quit", "close all windows and end the process", result=_NOTHING),
    Command("ping", "wait until the process answers", result=_NOTHING),
    Command(
        "version",
        "print the version of the running process",
        result={
            "type": "object",
            "properties": {"version": {"type": "string"}, "protocol": {"type": "integer"}},
            "required": ["version", "protocol"],
        },
    ),
    Command("schema", "print this protocol as JSON", result={"type": "object"}),
)

_BY_NAME = {command.name: command for command in COMMANDS}


def find(name: str) -> Command:
    """The command of that name. Raises Fault(METHOD_NOT_FOUND)."""
    command = _BY_NAME.get(name)
    if command is None:
        raise Fault(METHOD_NOT_FOUND, "no such command; `schema` lists them")
    return command


def validate(command: Command, params: Any) -> dict[str, Any]:
    """The parameters by name, all of them, defaults filled in. Raises Fault(INVALID_PARAMS)."""
    if params is None:
        params = {}
    if isinstance(params, list):
        raise Fault(INVALID_PARAMS, f"{command.name}: parameters go by name, in an object")
    known = {parameter.name: parameter for parameter in command.parameters}
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
    for parameter in command.parameters:
        values.setdefault(parameter.name, parameter.default)
    return values


def check_choice(command: Command, values: dict[str, Any]) -> None:
    """Exactly one of the alternatives is there. Raises Fault(INVALID_PARAMS)."""
    if command.one_of and sum(bool(values.get(name)) for name in command.one_of) != 1:
        names = " or ".join(command.one_of)
        raise Fault(INVALID_PARAMS, f"{command.name}: needs either {names}")


def schema() -> dict[str, Any]:
    """The protocol described for programs: JSON schemas of each command's parameters and result."""
    return {
        "protocol": VERSION,
        "commands": {
            command.name: {
                "summary": command.summary,
                "params": {
                    "type": "object",
                    "properties": {
                        parameter.name: {
                            **_JSON_TYPES[parameter.type],
                            "description": parameter.help,
                            "default": parameter.default,
                        }
                        for parameter in command.parameters
                    },
                    "additionalProperties": False,
                },
                "result": command.result,
            }
            for command in COMMANDS
        },
    }


def _check_type(command: Command, parameter: Parameter, value: Any) -> None:
    ok = {
        "string": isinstance(value, str),
        "path": isinstance(value, str) and value.startswith("/"),
        "boolean": isinstance(value, bool),
        "integer": isinstance(value, int)
        and not isinstance(value, bool)
        and abs(value) <= _MAX_INTEGER,
        "strings": isinstance(value, list) and all(isinstance(item, str) for item in value),
    }[parameter.type]
    wanted = {"strings": "array of strings", "path": "absolute path"}.get(
        parameter.type, parameter.type
    )
    if not ok:
        raise Fault(INVALID_PARAMS, f"{command.name}: {parameter.name}: expected {wanted}")
    # NUL ends a string for the kernel and X11: what follows would vanish silently.
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and "\0" in text for text in texts):
        raise Fault(INVALID_PARAMS, f"{command.name}: {parameter.name}: a NUL character")
