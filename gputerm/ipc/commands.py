"""The commands of remote control, one row each.

A row is the whole definition: the command line, help and completion of `gputerm msg`, the checks on
what comes in by the socket, `gputerm msg schema` and docs/ipc.md come from it. What a command does
is decided in the main thread (gputerm/control). A new command is a new row and its function there;
a row stands here only when it works. `gputerm msg` imports this module at its start.
"""

from __future__ import annotations

from gputerm.ipc.command import Command, Parameter, check_choice, validate
from gputerm.ipc.protocol import METHOD_NOT_FOUND, VERSION, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["COMMANDS", "Command", "Parameter", "check_choice", "find", "schema", "validate"]

_WINDOW_ID = Parameter(
    "window_id",
    "integer",
    "the window meant; -1 means all, and the base for new ones [default: $GPUTERM_WINDOW_ID]",
    flags=("-w", "--window", "--window-id"),
    value="ID",
    source=("$GPUTERM_WINDOW_ID",),
)

_WINDOW = Parameter(
    "window",
    "window",
    "the window meant: its id, focused, or self [default: self, else the one focused last]",
    flags=("-w", "--window"),
    value="ID",
    source=("$GPUTERM_WINDOW_ID",),
)
_MATCH = Parameter(
    "match",
    "string",
    "the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md",
    flags=("-m", "--match"),
    value="EXPRESSION",
)
_WHICH = (_WINDOW, _MATCH)  # acts on all that match; what reads one window takes the last focused

_STRING = {"type": "string"}
_INTEGER = {"type": "integer"}
_BOOLEAN = {"type": "boolean"}
_NOTHING = {"type": "null"}


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _object(optional: dict[str, Any] | None = None, **required: Any) -> dict[str, Any]:
    """The schema of an object that has exactly these members."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


_WINDOWS = _object(windows=_array(_INTEGER))  # the ids of those that were acted on

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


def schema() -> dict[str, Any]:
    """The protocol described for programs: JSON schemas of each command's parameters and result."""
    return {
        "protocol": VERSION,
        "commands": {command.name: command.schema() for command in COMMANDS},
    }
