"""Commands that type: text as it stands or as a paste, and keys by name."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from gputerm.control.choosing import acted_on, windows_meant
from gputerm.input import KeyKind, encode_paste
from gputerm.input.chords import ChordError, parse_chord
from gputerm.ipc.protocol import ENDED, FAILED, INVALID_PARAMS, Fault

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request, Window
    from gputerm.ipc import results

MAX_KEYS = 10_000  #: of one request
MAX_UNREAD = 8 << 20  #: bytes that a program may leave unread before more is refused
_KEYS = 20  #: pressed between two looks at the clock


def send_text(context: Context, request: Request) -> results.Windows:
    """Write text to programs as if typed, or pasted."""
    text, brackets = request.params["text"] or "", request.params["bracketed_paste"]
    chosen = windows_meant(context, request)
    for window in chosen:
        check_reads(window)
    for window in chosen:
        pane = window.pane
        if brackets == "off":
            data = text.encode()
        else:
            wanted = brackets == "on" or pane.terminal.bracketed_paste
            data = encode_paste(text, wanted)
        if data and not pane.typing.send(data):
            raise _does_not_read(window)
        context.waits.typed(window)
    return acted_on(chosen)


def send_keys(context: Context, request: Request) -> Generator[None, None, results.Windows]:
    """Press and release keys, encoded as each window's program wants them; bindings don't act."""
    keys = request.params["keys"]
    if len(keys) > MAX_KEYS:
        raise Fault(INVALID_PARAMS, f"send-keys: more than {MAX_KEYS:,} keys")
    chosen = windows_meant(context, request)
    for window in chosen:
        check_reads(window)
    events = []
    for number, name in enumerate(keys, 1):
        # A fault names the key only by its place: keys are what somebody types.
        try:
            events.append(parse_chord(name))
        except ChordError as error:
            raise Fault(INVALID_PARAMS, f"send-keys: key {number}: {error}") from None
        if number % _KEYS == 0:
            yield
    for window in chosen:
        context.waits.typed(window)
        for start in range(0, len(events), _KEYS):
            check_reads(window)
            for press in events[start : start + _KEYS]:
                window.pane.typing.key(press)
                window.pane.typing.key(press.replace(kind=KeyKind.RELEASE, text=""))
            yield
    return acted_on(chosen)


def check_reads(window: Window) -> None:
    """Raises Fault when the program has ended, or leaves too much unread."""
    if window.pane.exit_status is not None:
        raise Fault(ENDED, f"window {window.number}: its program has ended")
    if window.pane.far_end.unwritten > MAX_UNREAD:
        raise _does_not_read(window)


def _does_not_read(window: Window) -> Fault:
    return Fault(FAILED, f"window {window.number}: its program doesn't read")
