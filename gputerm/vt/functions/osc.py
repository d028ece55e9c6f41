"""Operating system commands: titles, colours, links, clipboard, notifications, marks for the shell.

`dispatch` looks the number up in OSC_COMMANDS; a handler gets the text after the first `;` and the
terminator that the query used, which its answer repeats. Everything has a limit, what exceeds it is
cut or dropped, and control characters never get into an event. Malformed input is ignored.

Sources: xterm ctlseqs; the specifications of OSC 7, 8 (egmontob), 99 and 22 (kitty), 133
(semantic prompts), 633 (VS Code), 3008 (UAPI), 9;4 (ConEmu), 1337 (iTerm2).
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from gputerm.records import Record
from gputerm.vt.core.budget import ITEM
from gputerm.vt.events import (
    ClipboardQuery,
    ClipboardSet,
    Mark,
    Notify,
    PointerShape,
    Progress,
    ProgressState,
    UserVar,
)
from gputerm.vt.functions import osc_color, osc_shell, xtwinops
from gputerm.vt.functions.notification import notification
from gputerm.vt.functions.osc_text import clean, decimal
from gputerm.vt.titles import MAX_TITLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.vt.machine import Machine

MAX_NUMBER = 10_000  # The largest known is 3008.
MAX_CLIPBOARD = 1 << 20  #: bytes
MAX_URI = 2083  # What VTE and Internet Explorer agree on.
MAX_LINK_ID = 250
MAX_PARAMS = 32  #: of a hyperlink; there is one, id
MAX_PATH = 4096
MAX_BODY = 1024
MAX_NAME = 128
MAX_POINTERS = 16

#: CSS cursor names, the vocabulary of OSC 22.
_POINTERS = """
    alias all-scroll cell col-resize context-menu copy crosshair default e-resize ew-resize grab
    grabbing help move n-resize ne-resize nesw-resize no-drop not-allowed ns-resize nw-resize
    nwse-resize pointer progress row-resize s-resize se-resize sw-resize text vertical-text
    w-resize wait zoom-in zoom-out none
"""
POINTERS = frozenset(_POINTERS.split())


def dispatch(terminal: Machine, data: bytes, terminator: bytes) -> None:
    """Runs one OSC string."""
    first, _, rest = data.partition(b";")
    which = decimal(first.decode("latin-1"), MAX_NUMBER)
    command = None if which is None else _BY_NUMBER.get(which)
    if command is None:
        # Only the number: the text may hold anything, a secret for instance.
        terminal.unhandled(f"OSC {'?' if which is None else which}")
        return
    command.run(terminal, rest, terminator)


# Titles.


def _both_titles(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 0"""
    _icon_title(terminal, rest, _terminator)
    _window_title(terminal, rest, _terminator)


def _icon_title(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 1"""
    title = _title(terminal, rest)
    if title is not None:
        xtwinops.set_icon_title(terminal, title)


def _window_title(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 2"""
    title = _title(terminal, rest)
    if title is not None:
        xtwinops.set_window_title(terminal, title)


def _title(terminal: Machine, rest: bytes) -> str | None:
    if terminal.titles.hexadecimal:
        try:
            rest = bytes.fromhex(rest.decode("ascii"))
        except ValueError:
            return None
    return clean(rest, MAX_TITLE).strip()


# Places and links.


def _cwd(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 7 — file://host/path, percent-encoded; kitty-shell-cwd:// is not encoded."""
    scheme, _, where = rest.partition(b"://")
    if scheme not in (b"file", b"kitty-shell-cwd") or len(where) > 3 * MAX_PATH:
        return
    host, slash, path = where.partition(b"/")
    if not slash:
        return
    path = slash + path
    if scheme == b"file":
        from urllib.parse import unquote_to_bytes  # 3 ms that a start needn't wait for

        terminal.spend(path.count(b"%") * ITEM // 10)
        path = unquote_to_bytes(path)
    terminal.set_cwd(clean(host, MAX_NAME), clean(path, MAX_PATH))


def _hyperlink(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 8 — params ; URI; what is too long is no link at all."""
    params, semicolon, uri = rest.partition(b";")
    if not semicolon:
        return
    identifier = b""
    for param in params.split(b":", MAX_PARAMS)[:MAX_PARAMS]:
        key, _, value = param.partition(b"=")
        if key == b"id" and len(value) <= MAX_LINK_ID:
            identifier = value
    if len(uri) > MAX_URI:
        uri = b""
    terminal.screen.set_hyperlink(clean(uri, MAX_URI), clean(identifier, MAX_LINK_ID))


def _pointer(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 22 — a name; `>` pushes names, `<` pops, `=` sets, `?` asks which are known."""
    text = clean(rest, 1024)
    action, names = (text[0], text[1:]) if text[:1] in ("<", ">", "=", "?") else ("=", text)
    stack = terminal.pointers
    given = names.split(",")
    if action == "?":
        _answer_pointer(terminal, given, terminator)
        return
    if action == "<":
        if stack:
            stack.pop()
    else:
        known = next((name for name in given if name in POINTERS), "")
        if action == "=" and stack:
            stack.pop()
        if known or action == ">":
            stack.append(known)
        del stack[:-MAX_POINTERS]
    terminal.add(PointerShape(stack[-1] if stack else ""))


def _answer_pointer(terminal: Machine, names: list[str], terminator: bytes) -> None:
    current = terminal.pointers[-1] if terminal.pointers else ""
    special = {"__current__": current or "0", "__default__": "text", "__grabbed__": "default"}
    answers = [special.get(name) or ("1" if name in POINTERS else "0") for name in names[:64]]
    terminal.answer_osc(f"22;{','.join(answers)}", terminator)


# Clipboard.


def _clipboard(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 52 — selections ; base64, or ? to ask. Anything else than base64 clears. [xterm]"""
    where, semicolon, payload = rest.partition(b";")
    if not semicolon:
        return
    letters = dict.fromkeys(c for c in where.decode("latin-1") if c in "cpqs01234567")
    selection = "".join(letters) or ("" if where else "s0")
    if not selection:
        return
    if payload == b"?":
        terminal.add(ClipboardQuery(selection, terminator))
        return
    if len(payload) > MAX_CLIPBOARD * 4 // 3 + 4:
        return
    terminal.add(ClipboardSet(selection, _base64(payload) or b""))


def _base64(payload: bytes) -> bytes | None:
    """Decoded, padding optional; None when it isn't base64."""
    try:
        return base64.b64decode(payload + b"=" * (-len(payload) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


# Notifications and progress.


def _notify_or_progress(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 9 — a text to show (iTerm2), or 9;4, progress (ConEmu). ConEmu's other numbers run
    programs, wait and the like, and are refused."""
    if match := re.fullmatch(rb"4(?:;(\d*))?(?:;(\d*))?;?", rest):
        state, percent = (digits.decode() or "0" for digits in match.groups(b""))
        if (known := decimal(state, len(ProgressState))) is not None:
            done = decimal(percent, 100)
            done = 100 if done is None else done
            terminal.add(Progress(ProgressState(known), done if known else 0))
    elif rest and not re.match(rb"(?:1[0-2]|[1-9])(?:;|$)", rest):
        terminal.add(Notify("", clean(rest, MAX_BODY)))


def _urxvt_notify(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 777 — notify ; title ; body"""
    kind, _, text = rest.partition(b";")
    title, _, body = text.partition(b";")
    if kind == b"notify" and text:
        terminal.add(Notify(clean(title, MAX_BODY), clean(body, MAX_BODY)))


# iTerm2's collection.


def _iterm(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 1337 — CurrentDir, SetMark and SetUserVar; files, images and the rest are ignored."""
    key, _, value = rest.partition(b"=")
    if key == b"CurrentDir":
        terminal.set_cwd("", clean(value, MAX_PATH))
    elif key == b"SetMark":
        terminal.add(Mark(terminal.cursor_line))
    elif key == b"SetUserVar":
        name, _, encoded = value.partition(b"=")
        decoded = _base64(encoded) if len(encoded) <= 2 * MAX_BODY else None
        if name and decoded is not None:
            terminal.add(UserVar(clean(name, MAX_NAME), clean(decoded, MAX_BODY)))


def _font(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 50 — only CursorShape=0 block, 1 beam, 2 underline (Konsole). Fonts are not the
    program's to change or to ask for."""
    if match := re.fullmatch(rb"CursorShape=([012])", rest):
        shape = ("block", "beam", "underline")[int(match[1])]
        terminal.put_cursor_style(shape, terminal.cursor_blinking)


class OscCommand(Record):
    """One OSC number: what it means, and a payload that shows it."""

    number: int
    means: str
    example: str
    run: Callable[[Machine, bytes, bytes], None]


OSC_COMMANDS: tuple[OscCommand, ...] = (
    OscCommand(0, "window and icon title", "make", _both_titles),
    OscCommand(1, "icon title", "make", _icon_title),
    OscCommand(2, "window title", "make", _window_title),
    OscCommand(4, "palette colours, set or asked", "1;rgb:ff/00/00;2;?", osc_color.indexed),
    OscCommand(5, "special colours, set or asked", "0;#ff8800;1;?", osc_color.special),
    OscCommand(7, "working directory", "file://host/home/me", _cwd),
    OscCommand(8, "hyperlink", "id=1;https://example.org/", _hyperlink),
    OscCommand(9, "notification, or progress as 9;4", "4;1;50", _notify_or_progress),
    *(
        OscCommand(number, f"{what}, set or asked", "?", osc_color.dynamic(number))
        for number, what in osc_color.DYNAMIC_NAMES.items()
    ),
    OscCommand(21, "colours by name, set or asked", "foreground=?;1=#ff0000", osc_color.kitty),
    OscCommand(22, "pointer shape; kept and told when asked, not shown", "crosshair", _pointer),
    OscCommand(50, "cursor shape (CursorShape=)", "CursorShape=1", _font),
    OscCommand(52, "clipboard, set or asked", "c;aGVsbG8=", _clipboard),
    OscCommand(99, "notification, in pieces", "i=1:d=1;done", notification),
    OscCommand(104, "resets palette colours", "1", osc_color.reset_indexed),
    OscCommand(105, "resets special colours", "0", osc_color.reset_special),
    *(
        OscCommand(number + 100, f"resets {what}", "", osc_color.reset_dynamic(number + 100))
        for number, what in osc_color.DYNAMIC_NAMES.items()
    ),
    OscCommand(133, "marks prompt, command, output", "A", osc_shell.semantic_prompt),
    OscCommand(633, "the same, as VS Code's shells send it", "A", osc_shell.vscode),
    OscCommand(777, "notification", "notify;make;done", _urxvt_notify),
    OscCommand(1337, "CurrentDir, SetMark, SetUserVar", "SetUserVar=name=dmFsdWU=", _iterm),
    OscCommand(3008, "nested contexts", "start=1;type=container", osc_shell.context),
)
_BY_NUMBER = {command.number: command for command in OSC_COMMANDS}
