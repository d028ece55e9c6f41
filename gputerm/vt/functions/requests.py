"""What the program asks: device attributes, status reports, mode and setting queries.

Functions of (terminal, parameters), named by the rows of catalogue.py. They gather the facts;
report.py words the reply. A request that isn't understood is not answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gputerm.vt import charset, report
from gputerm.vt.core import cells
from gputerm.vt.core.budget import ITEM
from gputerm.vt.functions import rectangles
from gputerm.vt.modes import DecMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine


def _first(params: Params) -> int:
    """The first parameter, 0 when left out."""
    return max(params[0][0], 0) if params else 0


# Who are you?


def primary_device_attributes(terminal: Machine, params: Params) -> None:
    """DA1"""
    if _first(params) == 0:
        terminal.reply(report.primary_device_attributes(terminal.level))


def secondary_device_attributes(terminal: Machine, params: Params) -> None:
    """DA2"""
    if _first(params) == 0:
        terminal.reply(report.secondary_device_attributes(terminal.level))


def tertiary_device_attributes(terminal: Machine, params: Params) -> None:
    """DA3"""
    if _first(params) == 0 and terminal.level >= 4:
        terminal.reply(report.tertiary_device_attributes())


def version(terminal: Machine, params: Params) -> None:
    """XTVERSION"""
    if _first(params) == 0:
        terminal.reply(report.version(terminal.options.name, terminal.options.version))


def terminal_parameters(terminal: Machine, params: Params) -> None:
    """DECREQTPARM — 0 or 1 is answered by 2 or 3: no parity, 8 bits, 38400 baud. [VT100 manual]"""
    if (request := _first(params)) in (0, 1):
        terminal.reply(report.csi("", (request + 2, 1, 1, 128, 128, 1, 0), "x"))


# How are you?


def device_status(terminal: Machine, params: Params) -> None:
    """DSR"""
    match _first(params):
        case 5:
            terminal.reply(report.csi("", (0,), "n"))
        case 6:
            terminal.reply(report.csi("", _cursor_position(terminal), "R"))


def private_device_status(terminal: Machine, params: Params) -> None:
    """DSR with DEC's parameters; those of a level above the selected one are not answered."""
    request = _first(params)
    if request == 6:
        page = (1,) if terminal.level >= 4 else ()
        terminal.reply(report.csi("?", (*_cursor_position(terminal), *page), "R"))
    elif request == 26 and terminal.level >= 2:
        keyboard = (27, 1, 0, 0)[: max(terminal.level, 2)]  # North American, ready, LK401.
        terminal.reply(report.csi("?", keyboard, "n"))
    elif request == 62 and terminal.level >= 4:
        terminal.reply(report.csi("", (0,), "*{"))  # DECMSR: no space for macros.
    elif request == 63 and terminal.level >= 4:
        pid = params[1][0] if len(params) > 1 else 0
        terminal.reply(report.checksum(max(pid, 0), 0))  # DECCKSR: of no macros.
    elif request == 996:
        terminal.reply(report.color_scheme(dark=terminal.palette.dark))
    elif request in _STATUS:
        level, answer = _STATUS[request]
        if terminal.level >= level:
            terminal.reply(report.csi("?", answer, "n"))


#: Parameter -> first level, answer. Printer, user-defined keys, locator and sessions don't exist.
_STATUS = {
    5: (1, (0,)),
    15: (2, (13,)),
    25: (2, (21,)),
    55: (3, (53,)),
    53: (3, (53,)),  # what vttest asks, and xterm before patch 389 answered
    56: (3, (57, 0)),
    75: (4, (70,)),
    85: (4, (83,)),
}


def _cursor_position(terminal: Machine) -> tuple[int, int]:
    """1-based, counted from the margins in origin mode; DECRC may have led outside of them."""
    screen = terminal.screen
    top, left = (screen.top, screen.left) if screen.origin else (0, 0)
    return max(screen.line - top, 0) + 1, max(screen.column - left, 0) + 1


# Modes and settings.


def ansi_mode(terminal: Machine, params: Params) -> None:
    """DECRQM of an ANSI mode"""
    _mode(terminal, params, private=False)


def private_mode(terminal: Machine, params: Params) -> None:
    """DECRQM of a DEC mode"""
    _mode(terminal, params, private=True)


def _mode(terminal: Machine, params: Params, *, private: bool) -> None:
    if terminal.level >= 3:
        number = _first(params)
        value = terminal.modes.report(number, terminal.level, private=private)
        terminal.reply(report.mode_report(number, value, private=private))


def setting(terminal: Machine, request: bytes) -> None:
    """DECRQSS — the setting named by the final of its control function, or a refusal."""
    make = _SETTINGS.get(request)
    terminal.reply(report.setting(make(terminal) if make else None))


def _rendition(terminal: Machine) -> str:
    pen = terminal.screen.pen
    return report.graphic_rendition(pen.fg, pen.bg, pen.attrs, pen.underline_color) + "m"


def _left_right_margins(terminal: Machine) -> str | None:
    if terminal.level < 4:
        return None
    return f"{terminal.screen.left + 1};{terminal.screen.right}s"


def _cursor_style(terminal: Machine) -> str:
    base = {"block": 2, "underline": 4, "beam": 6}[terminal.cursor_shape]
    return f"{base - terminal.cursor_blinking} q"


_SETTINGS: dict[bytes, Callable[[Machine], str | None]] = {
    b"m": _rendition,
    b"r": lambda terminal: f"{terminal.screen.top + 1};{terminal.screen.bottom}r",
    b"s": _left_right_margins,
    b"t": lambda terminal: f"{terminal.lines}t",
    b" q": _cursor_style,
    b'"q': lambda terminal: f'{int(terminal.screen.protected)}"q',
    b'"p': lambda terminal: f'{60 + terminal.level};{0 if terminal.eight_bit else 1}"p',
    b"*x": lambda terminal: f"{2 if terminal.attribute_change_is_rectangle else 0}*x",
    b"*|": lambda terminal: f"{terminal.lines}*|",
    b"$|": lambda terminal: f"{132 if terminal.modes.get_mode(DecMode.DECCOLM) else 80}$|",
    b"$}": lambda terminal: "0$}",
    b"$~": lambda terminal: "0$~",
    b">4m": lambda terminal: f">4;{terminal.keyboard.modify_other_keys}m",
}


def key_modifiers(terminal: Machine, params: Params) -> None:
    """XTQMODKEYS — CSI ? 4 m"""
    if _first(params) == 4:
        value = terminal.keyboard.modify_other_keys
        terminal.reply(report.csi(">", (4, value), "m"))


def key_format(terminal: Machine, params: Params) -> None:
    """XTQFMTKEYS — CSI ? 4 g"""
    if _first(params) == 4:
        terminal.reply(report.csi(">", (4, terminal.keyboard.format_other_keys), "f"))


def kitty_flags(terminal: Machine, _params: Params) -> None:
    """CSI ? u"""
    terminal.reply(report.csi("?", (terminal.kitty_flags.flags,), "u"))


# What is on the screen?


def presentation_state(terminal: Machine, params: Params) -> None:
    """DECRQPSR — 1: the cursor (DECCIR), 2: the tab stops (DECTABSR)."""
    if terminal.level < 3:
        return
    screen = terminal.screen
    if _first(params) == 1:
        sets = [charset.CHARSETS[i] for i in screen.charsets.tolist()]
        terminal.reply(
            report.cursor_information(
                screen.line + 1,
                screen.column + 1,
                screen.pen.attrs,
                (
                    screen.origin,
                    screen.single_shift == 2,
                    screen.single_shift == 3,
                    screen.pending_wrap,
                ),
                (screen.gl, screen.gr),
                [(each.size, each.final) for each in sets],
                protected=screen.protected,
            )
        )
    elif _first(params) == 2:
        terminal.reply(report.tab_stops((np.flatnonzero(screen.tab_stops) + 1).tolist()))


def rectangle_checksum(terminal: Machine, params: Params) -> None:
    """DECRQCRA — only for conformance tests: it lets a program read the screen."""
    if terminal.options.test_reports and terminal.level >= 4:
        total = rectangles.checksum(terminal, params, terminal.checksum_flags)
        terminal.reply(report.checksum(_first(params), total))


def set_checksum_flags(terminal: Machine, params: Params) -> None:
    """XTCHECKSUM"""
    if terminal.options.test_reports:
        terminal.checksum_flags = _first(params) & 0x3F


def rendition_in_rectangle(terminal: Machine, params: Params) -> None:
    """XTREPORTSGR — what all characters of a rectangle share; only for conformance tests, as
    DECRQCRA."""
    rectangle = rectangles.parse(terminal.screen, params)
    if rectangle is None or not terminal.options.test_reports:
        return
    terminal.spend((rectangle.bottom - rectangle.top) * ITEM // 2)
    rows = [
        terminal.screen.grid.row(line)[rectangle.left : rectangle.right]
        for line in range(rectangle.top, rectangle.bottom)
    ]
    part = np.concatenate(rows)
    fg, bg = (
        int(part[0, word]) if (part[:, word] == part[0, word]).all() else cells.COLOR_DEFAULT
        for word in (cells.FG, cells.BG)
    )
    attrs = int(np.bitwise_and.reduce(part[:, cells.ATTRS])) & 0xFFFF
    terminal.reply(report.csi("", (), report.graphic_rendition(fg, bg, attrs) + "m"))


def color_stack(terminal: Machine, _params: Params) -> None:
    """XTREPORTCOLORS — the position stored or pushed last, and how many were pushed at most."""
    terminal.reply(report.csi("?", (terminal.palette.position, terminal.palette.pushed), "#Q"))
