"""The commands of remote control, one row each.

A row is the whole definition: the command line, help, completion and output of `gputerm msg`, the
Python library, the checks on what comes in by the socket, `gputerm msg schema` and docs/ipc.md come
from it. Its `function` does it and returns its `answer`, a type of results.py. So a new command is
a row, a function and `make gen`; a test says what a row lacks (gputerm/tools/check_rows.py).
`gputerm msg` imports this module at its start.
"""

from __future__ import annotations

from gputerm.arguments import Option
from gputerm.ipc.command import Command, Parameter
from gputerm.ipc.protocol import METHOD_NOT_FOUND, Fault

__all__ = ["COMMANDS", "COMMAND_OPTIONS", "MSG_OPTIONS", "find"]

_PANE = Parameter(
    "pane",
    "pane",
    "the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]",
    "-p, --pane ID",
    source=("$GPUTERM_PANE_ID",),
    completes="panes",
)
_WINDOW = Parameter(
    "window",
    "window",
    "the window meant: its id, focused, or self [default: self, else the one focused last]",
    "-w, --window ID",
)
_WINDOW_ID = Parameter(
    "window_id",
    "integer",
    "the window meant; -1 means all, and the base for new ones [default: self, else all]",
    "-w, --window, --window-id ID",
    completes="windows",
)
_MATCH = Parameter(
    "match",
    "string",
    "the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md",
    "-m, --match EXPRESSION",
)
# Acts on all that match; what reads one window takes the last focused.
_WHICH = (_WINDOW, _PANE, _MATCH)
_WHICH_OR_ALL = (_WINDOW_ID, _PANE, _MATCH)
_ONLY = (
    Parameter("window", "window", "only of this window", "-w, --window ID"),
    Parameter("pane", "pane", "only of this pane", "-p, --pane ID", completes="panes"),
    _MATCH,
)

MOUSE_INPUTS = (
    *("click", "double-click", "press", "drag", "release", "move"),
    *("wheel-up", "wheel-down", "wheel-left", "wheel-right"),
)

#: Values of policy.privileges.Trust, which takes 10 ms to import with enum; a test compares them.
TRUST_LEVELS = ("trusted", "default", "untrusted")

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
                "--working-directory PATH",
                completes="directories",
            ),
            Parameter("hold", "boolean", "keep the window when its program has ended", "--hold"),
            Parameter(
                "title", "string", "a title that the program can't change", "-T, --title TITLE"
            ),
            Parameter(
                "class",
                "string",
                "window class and instance (X11), or app id (Wayland)",
                "--class GENERAL[,INSTANCE]",
            ),
            Parameter(
                "option",
                "strings",
                "set configuration options for this window",
                "-o, --option KEY=VALUE…",
                takes="some",
            ),
            Parameter(
                "env", "strings", "variables that the program starts with", "--env NAME=VALUE"
            ),
            Parameter("size", "string", "cells", "--size COLUMNSxLINES"),
            Parameter("position", "string", "pixels from the top left", "--position X,Y"),
            Parameter(
                "trust",
                "string",
                "what its program may do, whatever the configuration says",
                "--trust LEVEL",
                choices=TRUST_LEVELS,
            ),
            Parameter(
                "wait",
                "boolean",
                "wait until the program has ended; its exit status is this command's",
                "--wait",
            ),
            Parameter(
                "command",
                "strings",
                "run this program instead of the shell; must be last",
                "-e, --command PROGRAM [ARG]…",
                takes="rest",
            ),
            Parameter("cwd", "path", "the caller's directory", source=("cwd",)),
            Parameter(
                "activation_token",
                "string",
                "the token with which the desktop lets the new window have the focus",
                source=("$XDG_ACTIVATION_TOKEN", "$DESKTOP_STARTUP_ID"),
            ),
        ),
        answer="Created",
        waits="wait",
        shows="window_id",
        exits_with="exit_status",
        example="--hold -e ls -l",
    ),
    Command(
        "config",
        "control.configuring.config",
        "set configuration options while running",
        (
            Parameter("options", "strings", "options to set", "KEY=VALUE…"),
            *_WHICH_OR_ALL,
            Parameter("reset", "boolean", "drop all options set so far", "-r, --reset"),
            Parameter(
                "unset",
                "strings",
                "drop what was set of this key, such as font.size or font",
                "-u, --unset KEY",
                completes="keys",
            ),
        ),
        one_of=("options", "reset", "unset"),
        example="font.size=9",
    ),
    Command(
        "get-config",
        "control.configuring.get_config",
        "print the configuration in use, or one key of it",
        (
            *_WHICH_OR_ALL,
            Parameter(
                "key", "string", "such as font.size; else everything", "KEY", completes="keys"
            ),
        ),
        answer="ConfigValue",
        shows="*",
        reads=True,
        example="font.size",
    ),
    Command(
        "reload-config",
        "control.configuring.reload_config",
        "read the configuration file again",
        answer="Reloaded",
    ),
    Command(
        "set-font-size",
        "control.configuring.set_font_size",
        "make the text larger or smaller until the window closes",
        (
            *_WHICH,
            Parameter("size", "number", "the size in points", "POINTS"),
            Parameter(
                "by",
                "number",
                "change it by so many points; negative makes it smaller",
                "--by POINTS",
            ),
            Parameter("reset", "boolean", "return to the configured size", "-r, --reset"),
        ),
        answer="Windows",
        one_of=("size", "by", "reset"),
        example="--by 2",
    ),
    Command(
        "action",
        "control.configuring.action",
        "do what a key can be bound to",
        (
            *_WHICH,
            Parameter(
                "actions",
                "strings",
                "such as ToggleFullscreen, Copy, ScrollToTop",
                "ACTION…",
                completes="actions",
            ),
        ),
        answer="Windows",
        one_of=("actions",),
        example="ScrollToTop",
    ),
    Command(
        "list",
        "control.windows.list_windows",
        "list the windows",
        answer="Listed",
        shows="windows",
        columns=("ID", "PANE", "SIZE", "PID", "TTY", "STATE", "COMMAND", "DIRECTORY", "TITLE"),
        reads=True,
    ),
    Command(
        "close",
        "control.windows.close",
        "close windows and hang up their programs",
        _WHICH,
        answer="Windows",
        example="--window 2",
        method="close_window",  # `close` hangs up
    ),
    Command(
        "focus",
        "control.windows.focus",
        "show a window in front, also one that is minimised, and give it the keyboard",
        _WHICH,
        answer="Windows",
        example="--match title:notes",
    ),
    Command(
        "resize",
        "control.windows.resize",
        "give windows another size in cells",
        (
            *_WHICH,
            Parameter("columns", "integer", "the width", "--columns N"),
            Parameter("lines", "integer", "the height", "--lines N"),
        ),
        answer="Resized",
        example="--columns 60",
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
                "--position X,Y",
            ),
            Parameter(
                "size",
                "string",
                "cells, or pixels with px at the end, such as 960x600px",
                "--size WIDTHxHEIGHT",
            ),
        ),
        answer="Placed",
        example="--size 960x600px",
    ),
    Command(
        "set-title",
        "control.windows.set_title",
        "fix the title of windows, or leave it to their programs again",
        (*_WHICH, Parameter("title", "string", "the title; none frees it", "TITLE")),
        answer="Windows",
        example="notes",
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
                "PART",
                choices=("screen", "scrollback", "selection", "output"),
                default="screen",
            ),
            Parameter(
                "format",
                "string",
                "plain, ansi, html, or json as in docs/dump.schema.json",
                "-f, --format FORMAT",
                choices=("plain", "ansi", "html", "json"),
                default="plain",
            ),
            Parameter("lines", "integer", "only the last rows that hold something", "--lines N"),
        ),
        answer="Text",
        shows="text",
        reads=True,
        example="scrollback --lines 20",
    ),
    Command(
        "screenshot",
        "control.texts.screenshot",
        "write the picture of a window, covered or not, as PNG",
        (
            *_WHICH,
            Parameter(
                "file", "path", 'where to write it; "-" is standard output', "FILE", local=True
            ),
        ),
        answer="Screenshot",
        writes="png",
        reads=True,
        example="window.png",
    ),
    Command(
        "scroll",
        "control.texts.scroll",
        "move what windows show of their history",
        (
            *_WHICH,
            Parameter("to", "string", "top or bottom", "PLACE", choices=("top", "bottom")),
            Parameter(
                "lines",
                "integer",
                "by lines towards the oldest, or the newest if negative",
                "--lines N",
            ),
            Parameter("pages", "integer", "by screens", "--pages N"),
            Parameter("prompt", "integer", "by prompts of the shell", "--prompt N"),
            Parameter(
                "line",
                "integer",
                "to a line by its number, as search and blocks give it",
                "--line N",
            ),
        ),
        answer="Scrolled",
        one_of=("to", "lines", "pages", "prompt", "line"),
        example="--pages 1",
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
                "TEXT",
                source=("stdin",),
            ),
            Parameter(
                "bracketed_paste",
                "string",
                "send it as a paste: auto, with brackets if the program wants them; or on",
                "--bracketed-paste WHEN",
                choices=("off", "auto", "on"),
                default="off",
            ),
        ),
        answer="Windows",
        types=True,
        example="'git status'",
    ),
    Command(
        "send-keys",
        "control.sending.send_keys",
        "press keys, encoded as each window's program wants them",
        (
            *_WHICH,
            Parameter("keys", "strings", "such as Enter, Ctrl+c, Alt+Left, F5, x", "KEY…"),
        ),
        answer="Windows",
        types=True,
        one_of=("keys",),
        example="Up Enter",
    ),
    Command(
        "send-mouse",
        "control.pointing.send_mouse",
        "click, drag or turn the wheel, as each window's program wants it",
        (
            *_WHICH,
            Parameter(
                "what",
                "string",
                "click, double-click, press, drag, release, move or a turn of the wheel",
                "WHAT",
                choices=MOUSE_INPUTS,
            ),
            Parameter("line", "integer", "of the screen, 0 = top", "--line N", default=0),
            Parameter("column", "integer", "0 = the leftmost", "--column N", default=0),
            Parameter(
                "button",
                "string",
                "left, middle or right",
                "--button BUTTON",
                choices=("left", "middle", "right"),
                default="left",
            ),
            Parameter("mods", "string", "held meanwhile, such as Ctrl+Shift", "--mods MODIFIERS"),
        ),
        answer="Windows",
        types=True,
        one_of=("what",),
        example="click --line 3 --column 10",
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
                "--text REGEX",
            ),
            Parameter(
                "quiet", "number", "until nothing was written for so long", "--quiet SECONDS"
            ),
            Parameter(
                "command",
                "boolean",
                "until the command that runs, is being typed or was sent last has finished "
                "(OSC 133)",
                "--command",
            ),
            Parameter(
                "block", "integer", "until the command of this number has finished", "--block N"
            ),
            Parameter("exit", "boolean", "until the window's program has ended", "--exit"),
            Parameter("timeout", "number", "give up after so long", "-t, --timeout SECONDS"),
        ),
        answer="Waited",
        one_of=("text", "quiet", "command", "block", "exit"),
        shows="value",
        waits=True,
        reads=True,
        example="--quiet 0.5",
    ),
    Command(
        "blocks",
        "control.scrollback.blocks",
        "list the commands that were run in a window (OSC 133)",
        (
            *_WHICH,
            Parameter("last", "integer", "only the newest", "-n, --last N"),
            Parameter("block", "integer", "only this one", "--block N"),
            Parameter("text", "boolean", "with what they wrote", "--text"),
        ),
        answer="Blocks",
        shows="blocks",
        columns=("NUMBER", "STATE", "EXIT", "SECONDS", "COMMAND"),
        reads=True,
        example="--last 5",
    ),
    Command(
        "search",
        "control.scrollback.search",
        "find a regular expression in the screen and its history",
        (
            *_WHICH,
            Parameter("pattern", "string", "what to find", "REGEX"),
            Parameter(
                "ignore_case", "boolean", "capital letters are small ones", "-i, --ignore-case"
            ),
            Parameter(
                "limit", "integer", "the newest so many matches", "-n, --limit N", default=1000
            ),
        ),
        answer="Matches",
        one_of=("pattern",),
        shows="matches",
        columns=("LINE", "CONTEXT"),
        waits=True,
        reads=True,
        example="-i error",
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
                "EVENT…",
                completes="events",
            ),
            *_ONLY,
        ),
        answer="Subscribed",
        follows=True,
        example="title bell",
    ),
    Command(
        "audit",
        "control.following.list_audit",
        "list what programs did beyond their cells, or tried: clipboard, title, links …",
        (*_ONLY, Parameter("last", "integer", "only the newest", "-n, --last N")),
        answer="Audited",
        shows="records",
        columns=("TIME", "WINDOW", "WHAT", "ANSWER", "SIZE"),
        reads=True,
        example="--last 10",
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
                "LEVEL",
                choices=TRUST_LEVELS,
            ),
        ),
        answer="Windows",
        one_of=("level",),
        example="untrusted",
    ),
    Command(
        "statistics",
        "control.measuring.statistics",
        "print what windows have received and drawn, and what that took",
        _ONLY,
        answer="Costs",
        shows="*",
        columns=(
            *("WINDOW", "UPTIME", "RECEIVED", "PARSING", "FRAMES", "DRAWING"),
            *("KEYS", "MEAN", "P50", "P90", "P99", "MAX"),
        ),
        reads=True,
    ),
    Command("quit", "control.windows.quit_all", "close all windows and end the process"),
    Command("ping", "control.windows.ping", "wait until the process answers", reads=True),
    Command(
        "version",
        "ipc.server.about.version",
        "print the version of the running process",
        answer="Version",
        shows="version",
    ),
    Command(
        "schema",
        "ipc.server.about.schema",
        "print this protocol as JSON",
        answer="Schema",
        shows="*",
    ),
)

#: Of `gputerm msg` itself, before the command.
MSG_OPTIONS = (
    Option("-s, --socket PATH", "talk to this socket, not $GPUTERM_SOCKET or the last used"),
    Option("--timeout SECONDS", "wait for the answer no longer"),
    Option("--json", "print results and errors as JSON"),
    Option("-h, --help", "print this help, or that of a command"),
)
#: Of `gputerm msg` with any command, behind it.
COMMAND_OPTIONS = (
    Option("--json", "print the result and errors as JSON"),
    Option("-h, --help", "print this help"),
)

_BY_NAME = {command.name: command for command in COMMANDS}


def find(name: str) -> Command:
    """The command of that name. Raises Fault(METHOD_NOT_FOUND)."""
    command = _BY_NAME.get(name)
    if command is None:
        raise Fault(METHOD_NOT_FOUND, "no such command; `schema` lists them")
    return command
