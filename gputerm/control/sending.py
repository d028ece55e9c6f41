"""Commands that type: text as it stands or as a paste, and keys by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.control.base import Command, windows_of
from gputerm.control.chords import parse_chord
from gputerm.input import KeyKind, encode_paste
from gputerm.ipc.protocol import FAILED, Fault

if TYPE_CHECKING:
    from gputerm.control import Control
    from gputerm.ipc.server import Request

MAX_KEYS = 10_000  #: of one request


def send_text(control: Control, request: Request) -> dict[str, Any]:
    """Write text to programs as if typed, or pasted."""
    text, brackets = request.params["text"] or "", request.params["bracketed_paste"]
    chosen = windows_of(control, request)
    for window in chosen:
        session = window.session
        if brackets == "off":
            data = text.encode()
        else:
            wanted = brackets == "on" or session.terminal.bracketed_paste
            data = encode_paste(text, wanted)
        if data and not session.send(data):
            raise Fault(FAILED, f"window {window.number}: its program doesn't read")
        window.pacer.damage()
    return {"windows": [window.number for window in chosen]}


def send_keys(control: Control, request: Request) -> dict[str, Any]:
    """Press and release keys, encoded as each window's program wants them; bindings don't act."""
    # A fault names the key only by its place: keys are what somebody types.
    events = [
        parse_chord(name, f"key {number}") for number, name in enumerate(request.params["keys"], 1)
    ]
    chosen = windows_of(control, request)
    for window in chosen:
        for press in events:
            window.session.key(press)
            window.session.key(press.replace(kind=KeyKind.RELEASE, text=""))
        window.pacer.damage()
    return {"windows": [window.number for window in chosen]}


COMMANDS: dict[str, Command] = {"send-text": send_text, "send-keys": send_keys}
