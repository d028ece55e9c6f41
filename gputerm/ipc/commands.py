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

__all__ = [
    "COMMANDS",
    "_WINDOWS",
    "Command",
    "Parameter",
    "check_choice",
    "find",
    "schema",
    "validate",
]

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

TRUST_LEVELS = ("trusted", "default", "untrusted")  #: names of trust.Trust

_STRING = {"type": "string"}
_INTEGER = {"type": "integer"}
_NUMBER = {"type": "number"}
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


_PROBLEM = _object(
    severity=_STRING,  # error or warning
    file=_STRING,
    line=_or_null(_INTEGER),
    key=_STRING,
    message=_STRING,
)
_BLOCK = _object(
    {"text": _STRING},
    number=_INTEGER,
    state={"enum": ["typed", "running", "finished", "aborted"]},
    command=_or_null(_STRING),
    cwd=_or_null(_STRING),
    host=_or_null(_STRING),  # of cwd, if the shell said it
    exit_code=_or_null(_INTEGER),
    started_at=_or_null(_NUMBER),  # seconds since the epoch
    finished_at=_or_null(_NUMBER),
    prompt_line=_INTEGER,
    output_line=_or_null(_INTEGER),
    end_line=_or_null(_INTEGER),  # the first one that isn't output
)
_WINDOWS = _object(windows=_array(_INTEGER))  # the ids of those that were acted on
_PLACED = _object(
    id=_INTEGER,
    x=_or_null(_INTEGER),  # pixels; null: nobody knows (Wayland)
    y=_or_null(_INTEGER),
    width=_INTEGER,
    height=_INTEGER,
    columns=_INTEGER,
    lines=_INTEGER,
)
_LISTED = _object(
    id=_INTEGER,
    title=_STRING,
    columns=_INTEGER,
    lines=_INTEGER,
    width=_INTEGER,  # pixels
    height=_INTEGER,
    cwd=_or_null(_STRING),
    command=_array(_STRING),
    pid=_INTEGER,
    tty=_or_null(_STRING),
    foreground={
        **_or_null(_object(pid=_INTEGER, command=_or_null(_array(_STRING)))),
        "description": "who has the terminal now",
    },
    focused=_BOOLEAN,
    trust={"enum": list(TRUST_LEVELS)},
    visible=_BOOLEAN,  # neither hidden nor minimised
    alternate_screen=_BOOLEAN,
    at_prompt=_or_null(_BOOLEAN),  # null: the shell sends no marks
    block=_or_null(_INTEGER),  # number of the command being typed or run
    last_exit_status=_or_null(_INTEGER),
    exit_status=_or_null(_INTEGER),  # of the program, when the window is held
    history=_INTEGER,  # lines above the screen
    lines_back=_INTEGER,  # scrolled
    font_size=_NUMBER,  # points
    opened_at=_NUMBER,  # seconds since the epoch
    x11_id=_or_null(_INTEGER),
)

_CLOSED = _object(
    id=_INTEGER,
    title=_STRING,
    exit_status=_or_null(_INTEGER),  # null: the window was closed before its program ended
    closed_at=_NUMBER,  # seconds since the epoch
)

_SECONDS = _or_null(_NUMBER)
_COST = {
    "uptime": _NUMBER,  # seconds, as all times here
    "bytes_received": _INTEGER,
    "parse_seconds": _NUMBER,
    "frames": _INTEGER,
    "draw_seconds": _NUMBER,
    "key_to_swap": _object(
        count=_INTEGER, mean=_SECONDS, p50=_SECONDS, p90=_SECONDS, p99=_SECONDS, max=_SECONDS
    ),
}

COMMANDS = (
    Command(
        "create-window",
        "control.windows.create_window",
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
                "env",
                "strings",
                "variables that the program starts with",
                flags=("--env",),
                value="NAME=VALUE",
                default=[],
            ),
            Parameter("size", "string", "cells", flags=("--size",), value="COLUMNSxLINES"),
            Parameter(
                "position", "string", "pixels from the top left", flags=("--position",), value="X,Y"
            ),
            Parameter(
                "trust",
                "string",
                "what its program may do, whatever the configuration says",
                flags=("--trust",),
                value="LEVEL",
                choices=TRUST_LEVELS,
            ),
            Parameter(
                "wait",
                "boolean",
                "wait until the program has ended; its exit status is this command's",
                flags=("--wait",),
                default=False,
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
        result=_object(
            {"exit_status": _or_null(_INTEGER)},  # with wait; null: the window was closed before
            window_id=_INTEGER,
            pid=_INTEGER,
            tty=_or_null(_STRING),
            problems=_array(_PROBLEM),
        ),
        shows="window_id",
        slow=True,
    ),
    Command(
        "config",
        "control.configuring.config",
        "set configuration options while running",
        (
            Parameter("options", "strings", "options to set", value="KEY=VALUE…", default=[]),
            _WINDOW_ID,
            _MATCH,
            Parameter(
                "reset",
                "boolean",
                "drop all options set so far",
                flags=("-r", "--reset"),
                default=False,
            ),
            Parameter(
                "unset",
                "strings",
                "drop what was set of this key, such as font.size or font",
                flags=("-u", "--unset"),
                value="KEY",
                default=[],
            ),
        ),
        result=_NOTHING,
        one_of=("options", "reset", "unset"),
    ),
    Command(
        "get-config",
        "control.configuring.get_config",
        "print the configuration in use, or one key of it",
        (
            _WINDOW_ID,
            _MATCH,
            Parameter("key", "string", "such as font.size; else everything", value="KEY"),
        ),
        result={"description": "an object; the value alone when a key was asked for"},
        shows="*",
        reads=True,
    ),
    Command(
        "reload-config",
        "control.configuring.reload_config",
        "read the configuration file again",
        result=_object(problems=_array(_PROBLEM)),
    ),
    Command(
        "set-font-size",
        "control.configuring.set_font_size",
        "make the text larger or smaller until the window closes",
        (
            *_WHICH,
            Parameter("size", "number", "the size in points", value="POINTS"),
            Parameter(
                "by",
                "number",
                "change it by so many points; negative makes it smaller",
                flags=("--by",),
                value="POINTS",
            ),
            Parameter(
                "reset",
                "boolean",
                "return to the configured size",
                flags=("-r", "--reset"),
                default=False,
            ),
        ),
        result=_WINDOWS,
        one_of=("size", "by", "reset"),
    ),
    Command(
        "action",
        "control.configuring.action",
        "do what a key can be bound to",
        (
            *_WHICH,
            Parameter(
                "actions", "strings", "such as ToggleFullscreen, Copy, ScrollToTop", value="ACTION…"
            ),
        ),
        result=_WINDOWS,
        one_of=("actions",),
    ),
    Command(
        "list",
        "control.windows.list_windows",
        "list the windows",
        result=_object(windows=_array(_LISTED), closed=_array(_CLOSED)),
        shows="windows",
        reads=True,
    ),
    Command(
        "close",
        "control.windows.close",
        "close windows and hang up their programs",
        _WHICH,
        result=_WINDOWS,
    ),
    Command(
        "focus",
        "control.windows.focus",
        "show a window in front, also one that is minimised, and give it the keyboard",
        _WHICH,
        result=_WINDOWS,
    ),
    Command(
        "resize",
        "control.windows.resize",
        "give windows another size in cells",
        (
            *_WHICH,
            Parameter("columns", "integer", "the width", flags=("--columns",), value="N"),
            Parameter("lines", "integer", "the height", flags=("--lines",), value="N"),
        ),
        result=_object(
            windows=_array(_object(id=_INTEGER, columns=_INTEGER, lines=_INTEGER)),
        ),
    ),
    Command(
        "place",
        "control.windows.place",
        "move and size windows; one that is maximised or covers the screen becomes a normal one",
        (
            *_WHICH,
            Parameter(
                "position",
                "string",
                "where its top left pixel is on the desktop",
                flags=("--position",),
                value="X,Y",
            ),
            Parameter(
                "size",
                "string",
                "cells, or pixels with px at the end, such as 960x600px",
                flags=("--size",),
                value="WIDTHxHEIGHT",
            ),
        ),
        result=_object(windows=_array(_PLACED)),
    ),
    Command(
        "set-title",
        "control.windows.set_title",
        "fix the title of windows, or leave it to their programs again",
        (*_WHICH, Parameter("title", "string", "the title; none frees it", value="TITLE")),
        result=_WINDOWS,
    ),
    Command(
        "get-text",
        "control.texts.get_text",
        "print what a window shows or has shown",
        (
            *_WHICH,
            Parameter(
                "of",
                "string",
                "screen, scrollback (history and screen), selection, or output of the last command",
                value="PART",
                choices=("screen", "scrollback", "selection", "output"),
                default="screen",
            ),
            Parameter(
                "format",
                "string",
                "plain, ansi, html, or json as in docs/dump.schema.json",
                flags=("-f", "--format"),
                value="FORMAT",
                choices=("plain", "ansi", "html", "json"),
                default="plain",
            ),
            Parameter(
                "lines",
                "integer",
                "only the last rows that hold something",
                flags=("--lines",),
                value="N",
            ),
        ),
        result=_object({"text": _STRING, "document": {"type": "object"}}),
        shows="text",
        reads=True,
    ),
    Command(
        "screenshot",
        "control.texts.screenshot",
        "write the picture of a window, covered or not, as PNG",
        (
            *_WHICH,
            Parameter(
                "file",
                "path",
                'where to write it; "-" is standard output',
                value="FILE",
                local=True,
            ),
        ),
        result=_object(png=_STRING, width=_INTEGER, height=_INTEGER),
        reads=True,
    ),
    Command(
        "scroll",
        "control.texts.scroll",
        "move what windows show of their history",
        (
            *_WHICH,
            Parameter(
                "to",
                "string",
                "top or bottom",
                value="PLACE",
                choices=("top", "bottom"),
            ),
            Parameter(
                "lines",
                "integer",
                "by lines towards the oldest, or the newest if negative",
                flags=("--lines",),
                value="N",
            ),
            Parameter("pages", "integer", "by screens", flags=("--pages",), value="N"),
            Parameter(
                "prompt", "integer", "by prompts of the shell", flags=("--prompt",), value="N"
            ),
            Parameter(
                "line",
                "integer",
                "to a line by its number, as search and blocks give it",
                flags=("--line",),
                value="N",
            ),
        ),
        result=_object(
            windows=_array(_object(id=_INTEGER, line=_INTEGER, lines_back=_INTEGER)),
        ),
        one_of=("to", "lines", "pages", "prompt", "line"),
    ),
    Command(
        "send-text",
        "control.sending.send_text",
        "write text to programs as if it was typed",
        (
            *_WHICH,
            Parameter(
                "text",
                "string",
                'the text; "-" or nothing reads standard input',
                value="TEXT",
                source=("stdin",),
            ),
            Parameter(
                "bracketed_paste",
                "string",
                "send it as a paste: auto, with brackets if the program wants them; or on",
                flags=("--bracketed-paste",),
                value="WHEN",
                choices=("off", "auto", "on"),
                default="off",
            ),
        ),
        result=_WINDOWS,
        types=True,
    ),
    Command(
        "send-keys",
        "control.sending.send_keys",
        "press keys, encoded as each window's program wants them",
        (
            *_WHICH,
            Parameter(
                "keys",
                "strings",
                "such as Enter, Ctrl+c, Alt+Left, F5, x",
                value="KEY…",
                default=[],
            ),
        ),
        result=_WINDOWS,
        types=True,
        one_of=("keys",),
    ),
    Command(
        "wait",
        "control.waiting.wait",
        "wait for a text, for quiet, or for the end of a command or a program",
        (
            *_WHICH,
            Parameter(
                "text",
                "string",
                "until this regular expression matches on the screen",
                flags=("--text",),
                value="REGEX",
            ),
            Parameter(
                "quiet",
                "number",
                "until nothing was written for so long",
                flags=("--quiet",),
                value="SECONDS",
            ),
            Parameter(
                "command",
                "boolean",
                "until the command that runs, is being typed or was sent last has finished "
                "(OSC 133)",
                flags=("--command",),
                default=False,
            ),
            Parameter(
                "block",
                "integer",
                "until the command of this number has finished",
                flags=("--block",),
                value="N",
            ),
            Parameter(
                "exit",
                "boolean",
                "until the window's program has ended",
                flags=("--exit",),
                default=False,
            ),
            Parameter(
                "timeout",
                "number",
                "give up after so long",
                flags=("-t", "--timeout"),
                value="SECONDS",
            ),
        ),
        result=_object(
            window=_INTEGER,
            reason={"enum": ["text", "quiet", "command", "exit"]},
            value={"description": "the text matched, or the exit code; null when there is none"},
        ),
        one_of=("text", "quiet", "command", "block", "exit"),
        shows="value",
        slow=True,
        reads=True,
    ),
    Command(
        "blocks",
        "control.scrollback.blocks",
        "list the commands that were run in a window (OSC 133)",
        (
            *_WHICH,
            Parameter("last", "integer", "only the newest", flags=("-n", "--last"), value="N"),
            Parameter("block", "integer", "only this one", flags=("--block",), value="N"),
            Parameter("text", "boolean", "with what they wrote", flags=("--text",), default=False),
        ),
        result=_object(blocks=_array(_BLOCK)),
        shows="blocks",
        reads=True,
    ),
    Command(
        "search",
        "control.scrollback.search",
        "find a regular expression in the screen and its history",
        (
            *_WHICH,
            Parameter("pattern", "string", "what to find", value="REGEX"),
            Parameter(
                "ignore_case",
                "boolean",
                "capital letters are small ones",
                flags=("-i", "--ignore-case"),
                default=False,
            ),
            Parameter(
                "limit",
                "integer",
                "the newest so many matches",
                flags=("-n", "--limit"),
                value="N",
                default=1000,
            ),
        ),
        result=_object(
            matches=_array(_object(line=_INTEGER, column=_INTEGER, text=_STRING, context=_STRING)),
            more=_BOOLEAN,  # there may be older ones
        ),
        one_of=("pattern",),
        shows="matches",
        slow=True,
        reads=True,
    ),
    Command(
        "subscribe",
        "control.following.subscribe",
        "print what happens to windows, a line of JSON for each event",
        (
            Parameter(
                "events",
                "strings",
                "names of events; none means all; see docs/ipc.md",
                value="EVENT…",
                default=[],
            ),
            Parameter(
                "window", "window", "only of this window", flags=("-w", "--window"), value="ID"
            ),
            _MATCH,
        ),
        result=_object(seq=_INTEGER),  # number of the newest event before
    ),
    Command(
        "audit",
        "control.following.audit",
        "list what programs did beyond their cells, or tried: clipboard, title, links …",
        (
            Parameter(
                "window", "window", "only of this window", flags=("-w", "--window"), value="ID"
            ),
            _MATCH,
            Parameter("last", "integer", "only the newest", flags=("-n", "--last"), value="N"),
        ),
        result=_object(
            records=_array(
                _object(
                    time=_NUMBER, window=_INTEGER, what=_STRING, allowed=_BOOLEAN, size=_INTEGER
                )
            )
        ),
        shows="records",
        reads=True,
    ),
    Command(
        "set-trust",
        "control.following.set_trust",
        "say what the programs of windows may do; see docs/ipc.md",
        (
            *_WHICH,
            Parameter(
                "level",
                "string",
                "trusted, default or untrusted",
                value="LEVEL",
                choices=TRUST_LEVELS,
            ),
        ),
        result=_WINDOWS,
        one_of=("level",),
    ),
    Command(
        "statistics",
        "control.measuring.statistics",
        "print what windows have received and drawn, and what that took",
        (
            Parameter("window", "window", "only this window", flags=("-w", "--window"), value="ID"),
            _MATCH,
        ),
        result=_object(
            process=_object(  # with windows that are closed
                pid=_INTEGER,
                memory=_or_null(_INTEGER),  # bytes that are resident; null: the system doesn't say
                **_COST,
            ),
            windows=_array(_object(id=_INTEGER, **_COST)),
        ),
        shows="*",
        reads=True,
    ),
    Command(
        "quit", "control.windows.quit_all", "close all windows and end the process", result=_NOTHING
    ),
    Command(
        "ping",
        "control.windows.ping",
        "wait until the process answers",
        result=_NOTHING,
        reads=True,
    ),
    Command(
        "version",
        "",
        "print the version of the running process",
        result=_object(version=_STRING, protocol=_INTEGER),
        shows="version",
    ),
    Command("schema", "", "print this protocol as JSON", result={"type": "object"}, shows="*"),
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
