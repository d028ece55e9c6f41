"""Device control strings: DECRQSS, XTGETTCAP, DECRSPS and the older form of synchronised output.

The parser has collected the string and bounded it; here it is taken apart. Strings that define
things which this terminal hasn't got (sixel, soft fonts, user keys, macros) are swallowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.vt import report
from gputerm.vt.core.budget import ITEM
from gputerm.vt.core.cells import PROTECT_DEC
from gputerm.vt.functions import capabilities, requests, settings
from gputerm.vt.functions.osc_text import decimal
from gputerm.vt.modes import DecMode

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine

MAX_POSITION = 100_000  # Beyond any line or column.
MAX_QUERIES = 256  # neovim asks for about fifty at a time.
_HEX = frozenset(b"0123456789abcdefABCDEF")


def request_setting(terminal: Machine, _params: Params, data: bytes) -> None:
    """DECRQSS — DCS $ q Pt ST"""
    if terminal.level >= 3:
        requests.setting(terminal, data)


def request_capabilities(terminal: Machine, _params: Params, data: bytes) -> None:
    """XTGETTCAP — DCS + q hex ; hex ST; each name is answered by a string of its own.

    An unknown name is refused without repeating it: 0 + r. A known one is repeated, which is safe
    because it is then one of ours.
    """
    for field in data.split(b";", MAX_QUERIES)[:MAX_QUERIES]:
        terminal.spend(ITEM)
        name = _unhex(field)
        value = capabilities.query(name) if name else None
        if name is None or value is None:
            terminal.reply(report.dcs("0+r"))
            continue
        answer = name.encode().hex().upper()
        if value:
            answer += "=" + value.encode("latin-1").hex().upper()
        terminal.reply(report.dcs("1+r" + answer))


def _unhex(field: bytes) -> str | None:
    if len(field) % 2 or not _HEX.issuperset(field):
        return None
    return bytes.fromhex(field.decode()).decode("latin-1")


def restore_presentation_state(terminal: Machine, params: Params, data: bytes) -> None:
    """DECRSPS — puts back what DECRQPSR reported: 1 the cursor (DECCIR), 2 the tab stops."""
    which = params[0][0] if params else 0
    text = data.decode("latin-1")
    if which == 1:
        _restore_cursor(terminal, text)
    elif which == 2:
        _restore_tab_stops(terminal, text)


def _restore_cursor(terminal: Machine, text: str) -> None:
    """DECCIR: all of it or, when any part is malformed, nothing."""
    fields = text.split(";", 9)
    if len(fields) != 10 or not all(field.isascii() for field in fields):
        return
    line, column, page, rendition, protection, flags, gl, gr, sizes, designators = fields
    sets = _parse_designators(designators, sizes)
    numbers = [decimal(field, MAX_POSITION) for field in (line, column, page, gl, gr)]
    masks = [_mask(field) for field in (rendition, protection, flags)]
    if sets is None or None in numbers or None in masks:
        return
    at_line, at_column, _, left_set, right_set = (number or 0 for number in numbers)
    bits, protected, state = (mask or 0 for mask in masks)
    screen = terminal.screen
    if not (at_line and at_column and left_set < 4 and right_set < 4):
        return
    screen.set_private_mode(DecMode.DECOM.number, False)
    for introducer, final in sets:
        settings.designate(terminal, introducer, final)
    screen.select_graphic_rendition(
        [[0]] + [[code] for bit, code in ((1, 1), (2, 4), (4, 5), (8, 7)) if bits & bit]
    )
    screen.protected = bool(protected & 1)
    if screen.protected:
        screen.protect_mode = PROTECT_DEC
    screen.place_cursor(at_line - 1, at_column - 1)
    screen.origin = bool(state & 1)
    screen.shift(left_set, right_set, 2 if state & 2 else 3 if state & 4 else 0)
    screen.pending_wrap = bool(state & 8) and screen.column == screen.right - 1


def _mask(field: str) -> int | None:
    """One character from @ on, whose low four bits count."""
    return ord(field) & 0x0F if len(field) == 1 and field >= "@" else None


def _parse_designators(text: str, sizes: str) -> list[tuple[str, str]] | None:
    """(introducer, final) for G0-G3."""
    mask = _mask(sizes)
    if mask is None:
        return None
    result = []
    for g in range(4):
        length = 2 if text[:1] in ('"', "%", "&") else 1
        final, text = text[:length], text[length:]
        if len(final) != length:
            return None
        ninety_six = mask >> g & 1 and g > 0
        result.append(((" -./" if ninety_six else "()*+")[g], final))
    return None if text else result


def _restore_tab_stops(terminal: Machine, text: str) -> None:
    """DECTABSR"""
    screen = terminal.screen
    stops = [
        decimal(field, MAX_POSITION) for field in text.split("/", screen.columns)[: screen.columns]
    ]
    if None in stops and text:
        return
    screen.tab_stops[:] = 0
    for stop in stops:
        if stop and stop <= screen.columns:
            screen.tab_stops[stop - 1] = 1


def synchronized_output(terminal: Machine, params: Params, _data: bytes) -> None:
    """DCS = 1 s ST and DCS = 2 s ST — the form that came before mode 2026."""
    which = params[0][0] if params else 0
    if which in (1, 2):
        settings.put_private_mode(terminal, DecMode.SYNC.number, on=which == 1)


def swallow(_terminal: Machine, _params: Params, _data: bytes) -> None:
    """Sixel, DECDLD, DECUDK, DECDMAC and the like."""
