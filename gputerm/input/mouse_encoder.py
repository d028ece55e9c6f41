"""Mouse events to the reports a program asked for. [XTerm Control Sequences, "Mouse Tracking"]

Which events are reported is the tracking mode's matter, how they are written the encoding's.
Nothing is kept here: the caller passes the event it reported last, so that motion inside one cell
(with mode 1016, on one pixel) is reported once.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol

from gputerm.input.keys import Mods
from gputerm.records import Record


class MouseKind(IntEnum):
    """What the mouse did."""

    PRESS = 1  #: also each step of a wheel
    RELEASE = 2
    MOTION = 3


class Button(IntEnum):
    """X11's button numbers, 4–7 being the wheels; 8–11 have no fixed meaning beyond these two."""

    NONE = 0  #: motion with no button held
    LEFT = 1
    MIDDLE = 2
    RIGHT = 3
    WHEEL_UP = 4
    WHEEL_DOWN = 5
    WHEEL_LEFT = 6
    WHEEL_RIGHT = 7
    BACK = 8
    FORWARD = 9
    EXTRA_10 = 10
    EXTRA_11 = 11


class MouseEvent(Record):
    """A button changed, a wheel turned by one step, or the pointer moved."""

    kind: MouseKind
    button: Button  #: for motion the lowest button held
    line: int  #: of the screen, 0 = top
    column: int
    x_px: int = 0  #: from the left edge of column 0
    y_px: int = 0  #: from the top edge of line 0
    mods: Mods = Mods.NONE


class MouseOptions(Protocol):
    """What the program in the terminal has set; answered by Terminal."""

    @property
    def tracking(self) -> int:
        """0 (none), 9 (X10), 1000 (buttons), 1002 (and drags) or 1003 (and all motion)."""

    @property
    def encoding(self) -> int:
        """0 (bytes), 1005 (UTF-8), 1006 (SGR), 1015 (urxvt) or 1016 (SGR in pixels)."""


_WHEELS = range(Button.WHEEL_UP, Button.WHEEL_RIGHT + 1)
_MOTION = 32
_RELEASE = 3  #: in encodings that cannot say which button came up
_BYTE_LIMIT = 223  # 255 - 32: xterm sends NUL beyond, which no program expects.
_UTF8_LIMIT = 2015  # 2047 - 32: two bytes of UTF-8.


def encode_mouse(
    event: MouseEvent, options: MouseOptions, previous: MouseEvent | None = None
) -> bytes:
    """The report of `event`; empty when the program did not ask for it or it cannot be written.

    `previous` is the event reported last: motion that did not leave its place is not reported.
    """
    if not _wanted(event, options.tracking):
        return b""
    place = _place(event, options.encoding)
    if event.kind is MouseKind.MOTION and previous and place == _place(previous, options.encoding):
        return b""
    x, y = place
    if options.encoding in (1006, 1016):
        final = "m" if event.kind is MouseKind.RELEASE else "M"
        return f"\x1b[<{_code(event, options.tracking)};{x};{y}{final}".encode()

    if event.kind is MouseKind.RELEASE:
        code = 32 + (_code(event, options.tracking) & ~0b11000011 | _RELEASE)
    else:
        code = 32 + _code(event, options.tracking)
    if options.encoding == 1015:
        return f"\x1b[{code};{x};{y}M".encode()
    if options.encoding == 1005:
        if max(x, y) > _UTF8_LIMIT:
            return b""
        return b"\x1b[M" + "".join(map(chr, (code, 32 + x, 32 + y))).encode()
    if max(x, y) > _BYTE_LIMIT:
        return b""
    return b"\x1b[M" + bytes((code, 32 + x, 32 + y))


def encode_alternate_scroll(button: Button, count: int, *, app_cursor: bool) -> bytes:
    """`count` cursor keys for a wheel turned over the alternate screen, when mode 1007 is set."""
    final = {
        Button.WHEEL_UP: b"A",
        Button.WHEEL_DOWN: b"B",
        Button.WHEEL_RIGHT: b"C",
        Button.WHEEL_LEFT: b"D",
    }[button]
    return ((b"\x1bO" if app_cursor else b"\x1b[") + final) * count


def _wanted(event: MouseEvent, tracking: int) -> bool:
    if event.kind is MouseKind.MOTION:
        return tracking == 1003 or (tracking == 1002 and event.button is not Button.NONE)
    if event.button is Button.NONE:
        return False
    if tracking == 9:
        return event.kind is MouseKind.PRESS and event.button <= Button.RIGHT
    if event.kind is MouseKind.RELEASE and event.button in _WHEELS:
        return False
    return tracking in (1000, 1002, 1003)


def _code(event: MouseEvent, tracking: int) -> int:
    """Button, motion and modifiers in one number, before 32 is added."""
    if event.button is Button.NONE:
        code = 3
    elif event.button <= Button.RIGHT:
        code = event.button - Button.LEFT
    elif event.button in _WHEELS:
        code = 64 + event.button - Button.WHEEL_UP
    else:
        code = 128 + event.button - Button.BACK
    if event.kind is MouseKind.MOTION:
        code += _MOTION
    if tracking == 9:
        return code  # X10 knew no modifiers.
    mods = event.mods
    return (
        code + 4 * bool(mods & Mods.SHIFT) + 8 * bool(mods & Mods.ALT) + 16 * bool(mods & Mods.CTRL)
    )


def _place(event: MouseEvent, encoding: int) -> tuple[int, int]:
    """x and y from 1; a drag beyond the left or top edge is reported on the edge."""
    if encoding == 1016:
        return max(event.x_px, 0) + 1, max(event.y_px, 0) + 1
    return max(event.column, 0) + 1, max(event.line, 0) + 1
