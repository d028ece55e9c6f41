"""What the program sets: modes, resets, character sets, the cursor's style, keyboard protocols,
stacks.

Functions of (terminal, parameters), named by the rows of catalogue.py. What printing depends on is
passed on to Screen; the rest changes the terminal's own state and, where the world must act, adds
an event. Nothing here answers; that is requests.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.vt import charset
from gputerm.vt.events import PaletteChanged
from gputerm.vt.functions import xtwinops
from gputerm.vt.modes import BY_NUMBER, AnsiMode, DecMode

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine

MAX_SGR_STACK = 10  # xterm's limit.

#: DECSCUSR: parameter -> (shape, blinking)
CURSOR_STYLES = {
    1: ("block", True),
    2: ("block", False),
    3: ("underline", True),
    4: ("underline", False),
    5: ("beam", True),
    6: ("beam", False),
}


# Modes.


def set_mode(terminal: Machine, params: Params) -> None:
    """SM"""
    _ansi_modes(terminal, params, on=True)


def reset_mode(terminal: Machine, params: Params) -> None:
    """RM"""
    _ansi_modes(terminal, params, on=False)


def _ansi_modes(terminal: Machine, params: Params, *, on: bool) -> None:
    for param in params:
        number = param[0]
        mode = BY_NUMBER.get((False, number))
        if mode is None:
            terminal.unhandled(f"ANSI mode {number}")
        elif mode.screen:
            setattr(terminal.screen, mode.screen, on)
        elif mode.fixed is None:
            terminal.modes.put(mode, on)


def set_private_mode(terminal: Machine, params: Params) -> None:
    """DECSET"""
    for param in params:
        put_private_mode(terminal, param[0], on=True)


def reset_private_mode(terminal: Machine, params: Params) -> None:
    """DECRST"""
    for param in params:
        put_private_mode(terminal, param[0], on=False)


def put_private_mode(terminal: Machine, number: int, *, on: bool) -> None:
    """One private mode, with what it entails."""
    mode = BY_NUMBER.get((True, number))
    if mode is None:
        terminal.unhandled(f"private mode {number}")
        return
    if terminal.modes.fixed(mode) is not None or mode.level > terminal.level:
        return
    if mode.screen:
        if not terminal.screen.set_private_mode(number, on):
            setattr(terminal.screen, mode.screen, on)
        return
    if mode is DecMode.DECCOLM:
        xtwinops.set_column_mode(terminal, on=on)
        return
    terminal.modes.put(mode, on)
    if mode is DecMode.ATT_BLINK:
        terminal.put_cursor_style(terminal.cursor_shape, on)
    elif mode is DecMode.SAVE_CURSOR:
        terminal.screen.set_private_mode(number, on)
    elif mode is DecMode.SIZE_REPORTS and on:
        terminal.report_size()
    elif mode is DecMode.DECSCNM:
        terminal.changed_all()
    elif mode is DecMode.BELL_URGENT or mode is DecMode.BELL_RAISES:
        terminal.screen.rung = False  # The next bell is another one.


def save_private_modes(terminal: Machine, params: Params) -> None:
    """XTSAVE"""
    for param in params:
        if mode := BY_NUMBER.get((True, param[0])):
            terminal.modes.save(mode)


def restore_private_modes(terminal: Machine, params: Params) -> None:
    """XTRESTORE; a mode that was never saved stays."""
    for param in params:
        mode = BY_NUMBER.get((True, param[0]))
        saved = terminal.modes.saved(mode) if mode else None
        if saved is not None:
            put_private_mode(terminal, param[0], on=saved)


def application_keypad(terminal: Machine, _params: Params) -> None:
    """DECKPAM"""
    terminal.modes.put(DecMode.DECNKM, True)


def numeric_keypad(terminal: Machine, _params: Params) -> None:
    """DECKPNM"""
    terminal.modes.put(DecMode.DECNKM, False)


# Resets and conformance.


def soft_reset(terminal: Machine, _params: Params) -> None:
    """DECSTR — the modes and renditions that programs leave behind, but not the text."""
    terminal.screen.soft_reset()
    for mode in (DecMode.DECCKM, DecMode.DECNKM, DecMode.DECNRCM, AnsiMode.KAM):
        terminal.modes.put(mode, False)
    terminal.keyboard.reset()
    terminal.sgr_stack.clear()
    terminal.checksum_flags = terminal.options.checksum_flags
    reset_cursor_style(terminal)


def reset(terminal: Machine, _params: Params) -> None:
    """RIS — everything as in a new terminal of this size, or of 80 columns after DECCOLM."""
    modes = terminal.modes
    narrow = modes.get_mode(DecMode.DECCOLM) and modes.get_mode(DecMode.ALLOW_80_132)
    terminal.reset()
    if narrow:
        xtwinops.request_size(terminal, None, 80)


def set_conformance_level(terminal: Machine, params: Params) -> None:
    """DECSCL — 61 to 65 and whether replies are 7-bit; resets softly, as the VT220 and xterm do."""
    level = params[0][0] - 60 if params else 0
    if not 1 <= level <= 5:
        return
    soft_reset(terminal, [])
    terminal.set_level(level)
    seven_bit = params[1][0] if len(params) > 1 else 1
    terminal.eight_bit = level > 1 and seven_bit in (0, 2)


def utf_8(terminal: Machine, _params: Params) -> None:
    """DOCS — text is UTF-8, as after power-on. [ISO 2022, xterm ctlseqs]"""
    terminal.screen.utf8 = True


def eight_bit_codes(terminal: Machine, _params: Params) -> None:
    """DOCS — bytes above 7F are C1 controls and what GR holds, at first Latin-1."""
    terminal.screen.utf8 = False


def seven_bit_controls(terminal: Machine, _params: Params) -> None:
    """S7C1T"""
    terminal.eight_bit = False


def eight_bit_controls(terminal: Machine, _params: Params) -> None:
    """S8C1T — replies use C1 controls; level 1 has none."""
    terminal.eight_bit = terminal.level > 1


# Rendition, protection, lines.


def attribute_change_extent(terminal: Machine, params: Params) -> None:
    """DECSACE — 2: DECCARA and DECRARA change a rectangle; 0, 1: the stream between its corners."""
    value = params[0][0] if params else 0
    if value <= 2:
        terminal.attribute_change_is_rectangle = value == 2


def push_rendition(terminal: Machine, _params: Params) -> None:
    """XTPUSHSGR — all of it, whatever parts are named; full, the push is ignored."""
    if len(terminal.sgr_stack) < MAX_SGR_STACK:
        pen = terminal.screen.pen
        terminal.sgr_stack.append((pen.fg, pen.bg, pen.attrs, pen.underline_color))


def pop_rendition(terminal: Machine, _params: Params) -> None:
    """XTPOPSGR"""
    if terminal.sgr_stack:
        fg, bg, attrs, underline_color = terminal.sgr_stack.pop()
        terminal.set_rendition(fg, bg, attrs, underline_color)


def push_colors(terminal: Machine, params: Params) -> None:
    """XTPUSHCOLORS — on top, or in the positions named."""
    for param in params or [[0]]:
        terminal.palette.push(max(param[0], 0))


def pop_colors(terminal: Machine, params: Params) -> None:
    """XTPOPCOLORS"""
    for param in params or [[0]]:
        if terminal.palette.pop(max(param[0], 0)):
            terminal.add(PaletteChanged())


def single_width_line(terminal: Machine, _params: Params) -> None:
    """DECSWL"""
    terminal.screen.set_line_size(0)


def double_width_line(terminal: Machine, _params: Params) -> None:
    """DECDWL"""
    terminal.screen.set_line_size(1)


def double_height_top(terminal: Machine, _params: Params) -> None:
    """DECDHL, top half"""
    terminal.screen.set_line_size(2)


def double_height_bottom(terminal: Machine, _params: Params) -> None:
    """DECDHL, bottom half"""
    terminal.screen.set_line_size(3)


def tab_stop_every_eight(terminal: Machine, params: Params) -> None:
    """DECST8C — CSI ? 5 W"""
    if params and params[0][0] == 5:
        terminal.screen.reset_tab_stops()


# Character sets.


def designate(terminal: Machine, introducer: str, final: str) -> None:
    """SCS — `introducer` says which of G0-G3 and of what size, `final` names the set."""
    size = 94 if introducer in "()*+" else 96
    g = "()*+".find(introducer) if size == 94 else " -./".find(introducer)
    national = terminal.modes.get_mode(DecMode.DECNRCM)
    found = charset.find(size, final, terminal.level, national=national)
    terminal.screen.designate(g, found)


# Cursor style.


def set_cursor_style(terminal: Machine, params: Params) -> None:
    """DECSCUSR — 0 the configured style, 1-6 block, underline, beam, odd ones blinking."""
    value = max(params[0][0], 0) if params else 0
    if value == 0:
        reset_cursor_style(terminal)
    elif value in CURSOR_STYLES:
        terminal.put_cursor_style(*CURSOR_STYLES[value])


def reset_cursor_style(terminal: Machine) -> None:
    options = terminal.options
    terminal.put_cursor_style(options.cursor_shape, options.cursor_blinking)


# Keyboard protocols.


def push_kitty_flags(terminal: Machine, params: Params) -> None:
    """CSI > flags u"""
    terminal.kitty_flags.push(max(params[0][0], 0) if params else 0)


def pop_kitty_flags(terminal: Machine, params: Params) -> None:
    """CSI < count u"""
    terminal.kitty_flags.pop(max(params[0][0], 1) if params else 1)


def set_kitty_flags(terminal: Machine, params: Params) -> None:
    """CSI = flags ; how u"""
    flags = max(params[0][0], 0) if params else 0
    how = params[1][0] if len(params) > 1 and params[1][0] > 0 else 1
    terminal.kitty_flags.set(flags, how)


def set_key_modifiers(terminal: Machine, params: Params) -> None:
    """XTMODKEYS — CSI > 4 ; Pv m sets modifyOtherKeys; without Pv, or without any, resets it."""
    which = params[0][0] if params else -1
    if which in (-1, 4):
        value = params[1][0] if len(params) > 1 else 0
        terminal.keyboard.modify_other_keys = min(max(value, 0), 2)


def set_key_format(terminal: Machine, params: Params) -> None:
    """XTFMTKEYS — CSI > 4 ; Pv f; without Pv, or without any, resets it."""
    which = params[0][0] if params else -1
    if which in (-1, 4):
        value = params[1][0] if len(params) > 1 else 0
        terminal.keyboard.format_other_keys = min(max(value, 0), 1)


def disable_key_modifiers(terminal: Machine, params: Params) -> None:
    """XTMODKEYS — CSI > 4 n"""
    if params and params[0][0] == 4:
        terminal.keyboard.modify_other_keys = 0


# Titles.


def set_title_modes(terminal: Machine, params: Params) -> None:
    """XTSMTITLE — 0, 1: titles arrive, are reported in hexadecimal; 2, 3: as they are."""
    for param in params:
        if param[0] in (0, 2):
            terminal.titles.hexadecimal = param[0] == 0
        elif param[0] in (1, 3):
            terminal.titles.reports_hexadecimal = param[0] == 1


def reset_title_modes(terminal: Machine, params: Params) -> None:
    """XTRMTITLE — back to titles as they are."""
    numbers = {max(param[0], 0) for param in params}
    if not params or 0 in numbers:
        terminal.titles.hexadecimal = False
    if not params or 1 in numbers:
        terminal.titles.reports_hexadecimal = False


def set_status_display(_terminal: Machine, _params: Params) -> None:
    """DECSASD, DECSSDT — there is no status line to select, so output stays on the main display."""


def ignore(_terminal: Machine, _params: Params) -> None:
    """A function that means nothing to a terminal emulator: printer, LEDs."""
