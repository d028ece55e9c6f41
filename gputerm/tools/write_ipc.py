"""Writes docs/ipc.md, the page of remote control, for `make gen`.

Commands, parameters, events, codes, limits and the table of trust come from where they are defined;
a test keeps the page and those together.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any

from gputerm.control import scrollback, sending, texts, waits
from gputerm.errors import ExitCode
from gputerm.finding import patterns
from gputerm.input import chords
from gputerm.input.bindings import KEY_NAMES
from gputerm.input.keys import NAMED_KEYS
from gputerm.ipc import protocol
from gputerm.ipc.command import Command, Parameter
from gputerm.ipc.commands import COMMANDS
from gputerm.ipc.event_table import EVENTS
from gputerm.ipc.json_schema import answer_schema
from gputerm.ipc.server import connection, server
from gputerm.policy import match
from gputerm.policy.privileges import GRANTS, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

INTRODUCTION = """\
<!-- Made by `make gen` of gputerm/ipc/commands.py and others. Edit those. -->

# Remote control

A running gputerm listens on a Unix socket. `gputerm msg COMMAND` is its command line, `gputerm.ipc`
its Python library, and the protocol below is for everything else.

```sh
window=$(gputerm msg create-window --hold -e make)    # prints the new window's id
gputerm msg wait --window "$window" --exit            # waits for its end, prints the exit code
gputerm msg get-text --window "$window" scrollback    # what it wrote
gputerm msg close --window "$window"
```

[docs/examples/make-in-a-window.sh](examples/make-in-a-window.sh) is this as a whole script.

`gputerm msg --json COMMAND` prints the answer as JSON, and errors as JSON on standard error.
`gputerm msg --timeout SECONDS COMMAND` waits for the answer no longer; without it that is 30
seconds, and any time for commands that wait or search. `gputerm msg schema` prints everything about
commands as JSON Schema. `gputerm msg completion SHELL` prints completions for bash, zsh or fish;
they know the ids of the windows that are open.

In Python each command is a method with the same name and parameters, an underscore for each dash;
`close` is `close_window`, because `close` hangs up. Answers are dictionaries as below, typed for
mypy and editors. The library needs only Python: no numpy, no display.

```python
from gputerm.ipc import Fault, Remote

with Remote.find() as gputerm:  # as `gputerm msg` finds it; or Remote.find("/path/of/socket")
    window = gputerm.create_window(command=["make"], hold=True)["window_id"]
    code = gputerm.wait(window=window, exit=True)["value"]
    log = gputerm.get_text("scrollback", window=window)["text"]
    try:
        gputerm.close_window(match="title:make")
    except Fault as fault:  # refused: one of the codes below
        print(fault.code, fault.message)
    for event in gputerm.events("title", "bell"):
        print(event["window"], event["event"])
```

What is left out comes from the surroundings, as it does for `gputerm msg`: the directory for a new
window, the window that the program runs in. IpcError means that nobody answered. `AsyncRemote` has
the same methods as coroutines, many at once over one connection:

```python
async with await AsyncRemote.find() as gputerm:
    first, second = await asyncio.gather(gputerm.list(), gputerm.get_config("font.size"))
```
"""

SERVERS = """\
## Which gputerm

1. `--socket PATH`, and no other
2. `$GPUTERM_SOCKET`: the terminal that the caller runs in; when it has ended, the next, and a line
   on standard error says who answers. Commands that change or type into the caller's own window
   are refused then.
3. the sockets of this user for exactly this display in `$XDG_RUNTIME_DIR` (without a private one,
   `/tmp/gputerm-UID`), the one that had the focus last first; sockets of processes that died are
   removed on the way
4. `gputerm.sock` there, where systemd may listen for gputerm

`gputerm --single-instance` opens its window in that process, or starts one. `gputerm --daemon`
opens no window, stays when the last one closes, and prints a line for `eval`:

```sh
eval "$(gputerm --daemon | head -n 1 &)"
```

`gputerm --headless` is such a daemon without a display: its windows are drawn offscreen, by the
same shaders, and all that is below works with them, screenshots too. Programs in them inherit
`$DISPLAY`, if there is one. It is found by its socket, by `$GPUTERM_SOCKET`, or where there is no
display. From Python, `gputerm.ipc.Remote.start(headless=True)` starts one and ends it with the
connection.

With `systemctl --user enable --now gputerm.socket` (the units are in
[systemd/](../systemd)) the first message starts a daemon.
"""

SELECTION = """\
## Which windows

`--window ID` names one by its number (in `gputerm msg list` and, inside, `$GPUTERM_WINDOW_ID`),
`--window focused` the one with the keyboard, `--window self` the one that the caller runs in. With
neither `--window`, `--pane` nor `--match` that is `self`, and outside of gputerm the window focused
last.

A pane is one terminal with its program. Its number is not that of its window: `pane_id` in answers
and events, `$GPUTERM_PANE_ID` inside. `--pane ID` means that pane, or the window in which it is now
where a command is about windows. `self` is the pane of `$GPUTERM_PANE_ID`. A window has one pane;
later versions may give it more, so a script that means a terminal should name its pane.

`--match EXPRESSION` chooses by what windows are:

| Field | Matches |
|---|---|
| `title:REGEX` | the title |
| `cmd:REGEX` | the command line of the window's program or of the one in front |
| `cwd:REGEX` | the directory of the program in front |
| `env:NAME=REGEX` | a variable that the window's program was started with |
| `id:N`, `pid:N` | the window's id; the process id of either program |

Fields are joined by `and`, `or`, `not` and brackets: `cmd:vim and not (title:notes or cwd:/tmp)`.
Values with blanks or brackets are quoted: `title:"two words"`. Commands that act do so on every
window that matches; those that read one take the one focused last. No match is an error.

Regular expressions, here and in `search`, `wait` and the configuration, are written as Python's and
found anywhere unless anchored. RE2 matches them, in a time that grows with the text and never
explodes, so what would need to try again and again is refused: lookaround (`(?=`, `(?!`, `(?<=`,
`(?<!`), references to groups (`\\1`, `(?P=name)`, `(?(1)`), atomic groups. `\\w`, `\\d`, `\\s` and
`\\b` know all of Unicode. Different from Python:

- `\\w` takes combining marks too, so that a word of Hindi or a decomposed é is one word. It takes
  characters that Unicode hasn't assigned yet; `\\w`, `\\W` and `\\S` between brackets don't.
- `\\B` knows ASCII letters only. With `\\b`, `.` stops at line ends even under `(?s)`.
- `$` means the very end, or with `wait --text` the end of each line. A repetition counts to 1,000.
- `\\p{Greek}`, `\\p{Lu}` and `[[:alpha:]]` are understood. `(?x)`, `(?a)` and `\\N{name}` are not.
"""

SECURITY = """\
## Who may

The socket is the user's alone: mode 0600 in a private directory, and both sides check who is at
the other end. Whoever can write to it can run programs as the user; there is no lesser right. Text
that a program writes to its terminal can't reach it: nothing in gputerm is controlled that way.

What programs may do to the world around their cells depends on how far their window is trusted.
The first of these decides:

1. what somebody said of this window: `gputerm msg set-trust LEVEL`, `gputerm msg create-window
   --trust LEVEL`, a key bound to the action `Distrust`
2. the first of `terminal.trust_rules` that matches the window as it was opened
3. `terminal.trust`

```toml
[[terminal.trust_rules]]
match = 'cmd:"^(ssh|telnet) "'   # as in --match
trust = "Untrusted"
```

This is about what is written to the terminal: by a remote shell, by `cat` of some file. A program
that runs as the user on this machine can do without the terminal. An untrusted window has
`[untrusted]` before its title. `gputerm msg audit` lists what programs did and what was refused,
without contents; reports of the window are not listed.
"""

TRUST_NOTES = """- A title that was refused doesn't come back when the window is trusted later.
- A link is opened only by the user, and never by a program; then too at once only addresses of
  `http`, `https`, `mailto` and `ftp`. Before any other, gputerm asks.
- Without `cwd` scripts hear of no directory (the event `cwd`, `cwd` in `blocks`), and what the user
  opens from the window, such as another one, doesn't start where its program is: prompts and tools
  run what some directories tell them to. `list` tells it; that is what the kernel says.
- Without `window-report` the window reports itself at 0,0, not minimised, on a display of its size.
- Free to all, because it stays within the window: colours and the palette (OSC 4, 10 to 19, 21),
  the shape of pointer and cursor, progress, marks of prompts and commands. A script that waits for
  a command or reads a screen takes the program's word for it.
- No reply to a program holds text that somebody chose, so that none can type a command. The title
  is never reported.
"""

ALACRITTY = """\
## Alacritty's messages

The socket also understands `CreateWindow`, `Config` and `GetConfig` as Alacritty's client sends
them, from version 0.10 to 0.17, so `alacritty msg --socket "$GPUTERM_SOCKET" …` works. They are
answered as Alacritty answers: not at all, but for `GetConfig`.
"""


def page() -> str:
    """The text of docs/ipc.md."""
    parts = [
        INTRODUCTION,
        SERVERS,
        SELECTION,
        "## Commands\n",
        *(_command(command) for command in COMMANDS),
        *_keys(),
        *_events(),
        SECURITY,
        _trust(),
        TRUST_NOTES,
        *_protocol(),
        ALACRITTY,
    ]
    return "\n".join(map(_wrapped, "\n".join(parts).split("\n")))


def _wrapped(line: str) -> str:
    """A line of a paragraph or a list as lines of 100 columns; tables and code stay as they are."""
    if line.startswith(("|", "{", "<", "#")):
        return line
    return textwrap.fill(
        line,
        100,
        subsequent_indent="  " * line.startswith("- "),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _command(command: Command) -> str:
    summary = command.summary[0].upper() + command.summary[1:]
    lines = [f"### {command.name}\n", f"{summary}.\n"]
    shown = [p for p in command.parameters if p.flags or p.positional]
    if shown:
        lines.append("| Argument | Parameter | Type | Meaning |\n|---|---|---|---|")
        lines += [_parameter(parameter) for parameter in shown]
        lines.append("")
    if command.one_of:
        names = ", ".join(f"`{name}`" for name in command.one_of)
        lines.append(f"Needs {'exactly one of ' * (len(command.one_of) > 1)}{names}.\n")
    if command.example:
        lines.append(f"For example `gputerm msg {command.name} {command.example}`.\n")
    lines += _answer(answer_schema(command))
    return "\n".join(lines)


def _parameter(parameter: Parameter) -> str:
    value = parameter.value if parameter.takes != "none" else ""
    form = " ".join(part for part in (", ".join(parameter.flags), value) if part)
    name = "" if parameter.local else f"`{parameter.name}`"
    kind = " ".join(f"`{choice}`" for choice in parameter.choices) or _TYPES[parameter.type]
    if parameter.default not in (None, False, []):
        kind += f"; default `{parameter.default}`"
    return f"| `{form}` | {name} | {kind} | {parameter.help} |"


_TYPES = {
    "string": "text",
    "path": "absolute path",
    "boolean": "true or false",
    "integer": "integer",
    "number": "number",
    "strings": "list of text",
    "window": 'id, or "focused"',
    "pane": "id",
}


def _answer(schema: dict[str, Any]) -> list[str]:
    """What a command answers: `{windows: [{id, columns, lines}]}`, and what members mean."""
    if schema.get("type") == "null":
        return ["Answer: null.\n"]
    if "properties" not in schema:
        return [f"Answer: {schema['description']}.\n"]
    meanings = [f"- `{path}`: {meaning}" for path, meaning in _meanings(schema, "")]
    return [f"Answer: `{_inner(schema)}`.\n", *meanings, *[""] * bool(meanings)]


def _meanings(schema: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """The members that are described, by their names with dots between."""
    for name, part in schema.get("properties", {}).items():
        inside = f"{path}.{name}" if path else name
        if "description" in part:
            yield inside, part["description"]
        yield from _meanings(part.get("items", part), inside)


def _inner(schema: dict[str, Any]) -> str:
    if "properties" in schema:
        required = schema.get("required", ())
        names = []
        for name, part in schema["properties"].items():
            inner = _inner(part)
            mark = "" if name in required else "?"
            names.append(f"{name}{mark}{': ' + inner if inner else ''}")
        return "{" + ", ".join(names) + "}"
    if "items" in schema:
        return f"[{_inner(schema['items'])}]" if _inner(schema["items"]) else "[…]"
    return ""


def _keys() -> list[str]:
    names = sorted({name for name in NAMED_KEYS if not re.fullmatch(r"F\d+|Keypad.", name)})
    own = {name.casefold() for name in NAMED_KEYS}
    short = sorted(name for name in (*KEY_NAMES, *chords.SHORT_NAMES) if name not in own)
    modifiers = ", ".join(f"`{name}`" for name in chords.MODIFIERS)
    return [
        "## Keys\n",
        "`send-keys` takes characters and names in any case, with modifiers joined by `+`: `q`, "
        "`Ctrl+c`, `Alt+Shift+Left`, `Ctrl++`. A capital letter is its key with Shift. Modifiers: "
        f"{modifiers}.\n",
        f"Names: `F1` to `F35`, `Keypad0` to `Keypad9`, {_list(names)}; and as in the "
        f"configuration {_list(short)}.\n",
    ]


def _list(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _events() -> list[str]:
    rows = [
        f"| `{name}` | {_list(list(members))} | {meaning} |"
        for name, (members, meaning) in EVENTS.items()
    ]
    return [
        "## Events\n",
        "After `subscribe` the server sends a notification for each event, one a line:\n",
        "```json\n"
        '{"jsonrpc":"2.0","method":"event","params":{"seq":7,"time":1790000000.0,'
        '"event":"title","window":1,"pane_id":1,"title":"vim"}}\n'
        "```\n",
        "`seq` counts all events of the process; the answer to `subscribe` holds that of the last "
        "event before. A gap in what comes without filters means that something is missing. A "
        f"client that leaves {connection.MAX_UNSENT_NOTIFICATIONS >> 20} MiB unread gets a "
        'notification `dropped` with `"reason":"too slow"` and is disconnected.\n',
        "| Event | Members | Meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n",
    ]


def _trust() -> str:
    head = "| Privilege | " + " | ".join(level.value for level in Trust) + " |"
    rows = [
        f"| {privilege.value} | " + " | ".join(grants[level].value for level in Trust) + " |"
        for privilege, grants in GRANTS.items()
    ]
    return "\n".join([head, "|---" * (len(Trust) + 1) + "|", *rows, ""])


def _protocol() -> list[str]:
    codes = re.findall(
        r"^([A-Z_]+) = (-?\d+)(?:  #: (.*))?$", inspect.getsource(protocol), re.MULTILINE
    )
    meaning = {
        protocol.METHOD_NOT_FOUND: "no such command",
        protocol.INVALID_PARAMS: "parameters that don't fit; the message says which",
        protocol.NO_SUCH_WINDOW: "no window or pane has this id, or no window matches",
    }
    last = protocol.ENDED  # larger numbers are limits
    rows = [
        f"| {number} | {text or meaning[number]} |"
        for name, value, text in codes
        if name != "VERSION" and (number := int(value)) <= last
    ]
    limits = (
        ("bytes of a message", f"{protocol.MAX_LINE:,}"),
        ("bytes of unfinished messages of all connections", f"{server.MAX_PARTIAL:,}"),
        ("levels of nesting", f"{protocol.MAX_DEPTH}"),
        ("calls in a batch", f"{protocol.MAX_BATCH}"),
        ("connections", f"{server.MAX_CONNECTIONS}"),
        ("unanswered calls of a connection; more wait", f"{connection.MAX_PENDING}"),
        ("seconds for a line to end", f"{connection.LINE_TIMEOUT_S:g}"),
        ("seconds in which some of an answer must be read", f"{connection.WRITE_TIMEOUT_S:g}"),
        ("rows in one answer of get-text, the newest ones", f"{texts.MAX_PLAIN_ROWS:,}"),
        ("the same with colours", f"{texts.MAX_STYLED_ROWS:,}"),
        ("requests that wait at the same time", f"{waits.MAX_WAITS}"),
        ("windows whose end is remembered", f"{waits.MAX_CLOSED:,}"),
        ("keys of one send-keys", f"{sending.MAX_KEYS:,}"),
        ("bytes that a program may leave unread before it is sent more", f"{sending.MAX_UNREAD:,}"),
        ("matches of one search", f"{scrollback.MAX_MATCHES:,}"),
        ("characters of a match's line in the answer of search", f"{scrollback.MAX_CONTEXT:,}"),
        ("pictures that are being made at the same time", f"{texts.MAX_PICTURES}"),
        ("characters of a match", f"{match.MAX_EXPRESSION:,}"),
        ("characters of a regular expression", f"{patterns.MAX_PATTERN:,}"),
    )
    exit_codes = (
        (ExitCode.OK, "done"),
        (ExitCode.FAILURE, "failed here, such as a picture that can't be written"),
        (ExitCode.USAGE, "the command line can't be understood"),
        (ExitCode.REFUSED, "refused; standard error says why"),
        (ExitCode.IN_VAIN, "waited in vain: code 4 of the protocol"),
        (ExitCode.ENDED, "the window's program has ended, so it can't happen: code 6"),
        (ExitCode.UNAVAILABLE, "no gputerm to talk to, or it went away"),
    )
    return [
        "## Protocol\n",
        f"[JSON-RPC 2.0](https://www.jsonrpc.org/specification), version {protocol.VERSION} of "
        "the commands (`version` tells it). One message a line, UTF-8, ended by LF or the end of "
        "the stream. A connection may carry many calls, batches and notifications; answers come as "
        "they are ready, so calls go by their ids. Parameters go by name. Stricter than JSON: a "
        "key stands once in an object, numbers are finite, surrogates are paired.\n",
        "```json\n"
        '{"jsonrpc":"2.0","id":1,"method":"get-text","params":{"window":1}}\n'
        '{"jsonrpc":"2.0","id":1,"result":{"text":"$ "}}\n'
        "```\n",
        "Every call is answered, by a result or by one of these codes:\n",
        "| Code | Meaning |\n|---|---|\n" + "\n".join(rows) + "\n",
        "| Limit | |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in limits) + "\n",
        "Exit codes of `gputerm msg`:\n",
        "| Code | Meaning |\n|---|---|\n"
        + "\n".join(f"| {int(code)} | {text} |" for code, text in exit_codes)
        + "\n",
        "`create-window --wait` returns the exit code of the program. `--json list` says how "
        "windows that were closed have ended, and `wait --exit` knows it too.\n",
    ]
