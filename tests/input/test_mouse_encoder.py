"""Mouse reports, from the section "Mouse Tracking" of XTerm Control Sequences."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gputerm.input import (
    Button,
    Mods,
    MouseEvent,
    MouseKind,
    encode_alternate_scroll,
    encode_mouse,
)

PRESS, RELEASE, MOTION = MouseKind.PRESS, MouseKind.RELEASE, MouseKind.MOTION


@dataclass(frozen=True)
class Options:
    tracking: int
    encoding: int = 1006


def at(kind: MouseKind, button: Button, line: int = 4, column: int = 9, **more) -> MouseEvent:
    return MouseEvent(kind, button, line, column, **more)


CLICK = at(PRESS, Button.LEFT)
UP = at(RELEASE, Button.LEFT)
DRAG = at(MOTION, Button.LEFT)
MOVE = at(MOTION, Button.NONE)
WHEEL = at(PRESS, Button.WHEEL_UP)


@pytest.mark.parametrize(
    ("tracking", "reported"),
    [
        (0, []),
        (9, [CLICK]),
        (1000, [CLICK, UP, WHEEL]),
        (1002, [CLICK, UP, DRAG, WHEEL]),
        (1003, [CLICK, UP, DRAG, MOVE, WHEEL]),
    ],
)
def test_which_events_a_mode_reports(tracking, reported):
    events = [CLICK, UP, DRAG, MOVE, WHEEL]
    assert [event for event in events if encode_mouse(event, Options(tracking))] == reported


@pytest.mark.parametrize(
    ("encoding", "event", "sent"),
    [
        (0, CLICK, b"\x1b[M *%"),
        (0, UP, b"\x1b[M#*%"),
        (0, DRAG, b"\x1b[M@*%"),
        (0, MOVE, b"\x1b[MC*%"),
        (0, WHEEL, b"\x1b[M`*%"),
        (1005, CLICK, b"\x1b[M *%"),
        (1005, at(PRESS, Button.BACK), "\x1b[M\xa0*%".encode()),
        (1006, CLICK, b"\x1b[<0;10;5M"),
        (1006, UP, b"\x1b[<0;10;5m"),
        (1006, DRAG, b"\x1b[<32;10;5M"),
        (1006, MOVE, b"\x1b[<35;10;5M"),
        (1015, CLICK, b"\x1b[32;10;5M"),
        (1015, UP, b"\x1b[35;10;5M"),
        (1016, at(PRESS, Button.LEFT, x_px=123, y_px=0), b"\x1b[<0;124;1M"),
    ],
)
def test_encodings(encoding, event, sent):
    assert encode_mouse(event, Options(1003, encoding)) == sent


@pytest.mark.parametrize(
    ("button", "code"),
    [
        (Button.LEFT, 0),
        (Button.MIDDLE, 1),
        (Button.RIGHT, 2),
        (Button.WHEEL_UP, 64),
        (Button.WHEEL_DOWN, 65),
        (Button.WHEEL_LEFT, 66),
        (Button.WHEEL_RIGHT, 67),
        (Button.BACK, 128),
        (Button.FORWARD, 129),
        (Button.EXTRA_10, 130),
        (Button.EXTRA_11, 131),
    ],
)
def test_buttons(button, code):
    assert encode_mouse(at(PRESS, button), Options(1000)) == f"\x1b[<{code};10;5M".encode()


@pytest.mark.parametrize(
    ("mods", "code"),
    [
        (Mods.SHIFT, 4),
        (Mods.ALT, 8),
        (Mods.CTRL, 16),
        (Mods.SHIFT | Mods.ALT | Mods.CTRL, 28),
        (Mods.SUPER | Mods.NUM_LOCK, 0),
    ],
)
def test_modifiers(mods, code):
    assert encode_mouse(CLICK.replace(mods=mods), Options(1000)) == f"\x1b[<{code};10;5M".encode()
    assert encode_mouse(CLICK.replace(mods=mods), Options(9)) == b"\x1b[<0;10;5M"
    released = encode_mouse(UP.replace(mods=mods), Options(1000, 0))
    assert released == bytes((0x1B, 0x5B, 0x4D, 32 + 3 + code, 42, 37))


def test_a_wheel_has_no_release_and_x10_no_wheel():
    assert encode_mouse(at(RELEASE, Button.WHEEL_UP), Options(1003)) == b""
    assert encode_mouse(WHEEL, Options(9)) == b""


def test_a_released_extra_button_is_any_button_in_old_encodings():
    assert encode_mouse(at(RELEASE, Button.BACK), Options(1000, 0)) == b"\x1b[M#*%"
    assert encode_mouse(at(RELEASE, Button.BACK), Options(1000, 1006)) == b"\x1b[<128;10;5m"


def test_motion_is_reported_once_per_cell():
    inside = MOVE.replace(x_px=77)
    assert encode_mouse(MOVE, Options(1003), previous=inside) == b""
    assert encode_mouse(MOVE, Options(1003), previous=MOVE.replace(column=8)) != b""
    assert encode_mouse(MOVE, Options(1003, 1016), previous=inside) != b""
    assert encode_mouse(CLICK, Options(1003), previous=CLICK) != b""


def test_places_that_cannot_be_written_are_not_reported():
    far = CLICK.replace(column=222)
    assert encode_mouse(far, Options(1000, 0)) == b"\x1b[M \xff%"
    assert encode_mouse(far.replace(column=223), Options(1000, 0)) == b""
    assert encode_mouse(far.replace(column=2014), Options(1000, 1005)) == (
        b"\x1b[M " + chr(2047).encode() + b"%"
    )
    assert encode_mouse(far.replace(column=2015), Options(1000, 1005)) == b""
    assert encode_mouse(far.replace(column=9999), Options(1000, 1006)) == b"\x1b[<0;10000;5M"


def test_a_drag_beyond_the_edge_is_on_the_edge():
    outside = DRAG.replace(line=-3, column=-1, x_px=-5, y_px=-1)
    assert encode_mouse(outside, Options(1002)) == b"\x1b[<32;1;1M"
    assert encode_mouse(outside, Options(1002, 1016)) == b"\x1b[<32;1;1M"


def test_alternate_scroll_sends_cursor_keys():
    assert encode_alternate_scroll(Button.WHEEL_UP, 3, app_cursor=True) == b"\x1bOA" * 3
    assert encode_alternate_scroll(Button.WHEEL_DOWN, 1, app_cursor=False) == b"\x1b[B"
    assert encode_alternate_scroll(Button.WHEEL_LEFT, 1, app_cursor=False) == b"\x1b[D"
