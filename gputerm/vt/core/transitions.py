"""The VT500 parser's transitions as rows, after Paul Williams's diagram.

Source: vt100.net/emu/dec_ansi_parser.

TABLE[state << 7 | byte] = next state << 8 | action, for the bytes 00-7F; every pair is filled
exactly once. Two differences from the diagram: ':' is a parameter character (ISO 8613-6), and ESC
inside a string doesn't end it yet, the byte after it decides (ST ends the string, anything else
abandons it). GROUND's text and the bytes from 80 on are the parser's own business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATES = (
    GROUND,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    CSI_ENTRY,
    CSI_PARAM,
    CSI_INTERMEDIATE,
    CSI_IGNORE,
    DCS_ENTRY,
    DCS_PARAM,
    DCS_INTERMEDIATE,
    DCS_IGNORE,
    DCS_PASSTHROUGH,
    OSC_STRING,
    SOS_PM_APC_STRING,
) = range(14)

ACTIONS = (
    IGNORE,
    PRINT,
    EXECUTE,
    CLEAR,  # begin a sequence: no parameters, no intermediates
    COLLECT,  # an intermediate
    PREFIX,  # one of < = > ?
    PARAM,
    ESC_DISPATCH,
    CSI_DISPATCH,
    STRING_START,  # a string of the kind that the byte says
    HOOK,  # the final byte of a DCS: its string starts
    PUT,
    STRING_BEL,  # BEL: ends OSC
    STRING_ESC,  # ESC in a string: the byte after it decides
    ABORT,  # CAN, SUB
) = range(15)

DCS, SOS, OSC, PM, APC = b"PX]^_"  #: kinds of strings, by the byte after ESC that starts them

_C0 = (*range(0x18), 0x19, *range(0x1C, 0x20))  # without CAN, SUB and ESC
_GRAPHIC = range(0x20, 0x7F)
_INTERMEDIATE = range(0x20, 0x30)
_PARAM = (*range(0x30, 0x3C),)  # digits : ;
_PREFIX = range(0x3C, 0x40)
_FINAL = range(0x40, 0x7F)
_STRINGS = (DCS_PASSTHROUGH, DCS_IGNORE, OSC_STRING, SOS_PM_APC_STRING)
_INTRODUCERS = b"PX[]^_"

ROWS = (
    # state, bytes, action, next state
    *((state, (0x18, 0x1A), ABORT, GROUND) for state in STATES),
    *((state, (0x1B,), STRING_ESC if state in _STRINGS else CLEAR, ESCAPE) for state in STATES),
    (GROUND, _C0, EXECUTE, GROUND),
    (GROUND, _GRAPHIC, PRINT, GROUND),
    (GROUND, (0x7F,), IGNORE, GROUND),
    (ESCAPE, _C0, EXECUTE, ESCAPE),
    (ESCAPE, _INTERMEDIATE, COLLECT, ESCAPE_INTERMEDIATE),
    (ESCAPE, [c for c in range(0x30, 0x7F) if c not in _INTRODUCERS], ESC_DISPATCH, GROUND),
    (ESCAPE, b"[", CLEAR, CSI_ENTRY),
    (ESCAPE, b"]", STRING_START, OSC_STRING),
    (ESCAPE, b"P", CLEAR, DCS_ENTRY),
    (ESCAPE, b"X^_", STRING_START, SOS_PM_APC_STRING),
    (ESCAPE, (0x7F,), IGNORE, ESCAPE),
    (ESCAPE_INTERMEDIATE, _C0, EXECUTE, ESCAPE_INTERMEDIATE),
    (ESCAPE_INTERMEDIATE, _INTERMEDIATE, COLLECT, ESCAPE_INTERMEDIATE),
    (ESCAPE_INTERMEDIATE, range(0x30, 0x7F), ESC_DISPATCH, GROUND),
    (ESCAPE_INTERMEDIATE, (0x7F,), IGNORE, ESCAPE_INTERMEDIATE),
    (CSI_ENTRY, _C0, EXECUTE, CSI_ENTRY),
    (CSI_ENTRY, _INTERMEDIATE, COLLECT, CSI_INTERMEDIATE),
    (CSI_ENTRY, _PARAM, PARAM, CSI_PARAM),
    (CSI_ENTRY, _PREFIX, PREFIX, CSI_PARAM),
    (CSI_ENTRY, _FINAL, CSI_DISPATCH, GROUND),
    (CSI_ENTRY, (0x7F,), IGNORE, CSI_ENTRY),
    (CSI_PARAM, _C0, EXECUTE, CSI_PARAM),
    (CSI_PARAM, _INTERMEDIATE, COLLECT, CSI_INTERMEDIATE),
    (CSI_PARAM, _PARAM, PARAM, CSI_PARAM),
    (CSI_PARAM, _PREFIX, IGNORE, CSI_IGNORE),
    (CSI_PARAM, _FINAL, CSI_DISPATCH, GROUND),
    (CSI_PARAM, (0x7F,), IGNORE, CSI_PARAM),
    (CSI_INTERMEDIATE, _C0, EXECUTE, CSI_INTERMEDIATE),
    (CSI_INTERMEDIATE, _INTERMEDIATE, COLLECT, CSI_INTERMEDIATE),
    (CSI_INTERMEDIATE, range(0x30, 0x40), IGNORE, CSI_IGNORE),
    (CSI_INTERMEDIATE, _FINAL, CSI_DISPATCH, GROUND),
    (CSI_INTERMEDIATE, (0x7F,), IGNORE, CSI_INTERMEDIATE),
    (CSI_IGNORE, _C0, EXECUTE, CSI_IGNORE),
    (CSI_IGNORE, (*range(0x20, 0x40), 0x7F), IGNORE, CSI_IGNORE),
    (CSI_IGNORE, _FINAL, IGNORE, GROUND),
    (DCS_ENTRY, (*_C0, 0x7F), IGNORE, DCS_ENTRY),
    (DCS_ENTRY, _INTERMEDIATE, COLLECT, DCS_INTERMEDIATE),
    (DCS_ENTRY, _PARAM, PARAM, DCS_PARAM),
    (DCS_ENTRY, _PREFIX, PREFIX, DCS_PARAM),
    (DCS_ENTRY, _FINAL, HOOK, DCS_PASSTHROUGH),
    (DCS_PARAM, (*_C0, 0x7F), IGNORE, DCS_PARAM),
    (DCS_PARAM, _INTERMEDIATE, COLLECT, DCS_INTERMEDIATE),
    (DCS_PARAM, _PARAM, PARAM, DCS_PARAM),
    (DCS_PARAM, _PREFIX, IGNORE, DCS_IGNORE),
    (DCS_PARAM, _FINAL, HOOK, DCS_PASSTHROUGH),
    (DCS_INTERMEDIATE, (*_C0, 0x7F), IGNORE, DCS_INTERMEDIATE),
    (DCS_INTERMEDIATE, _INTERMEDIATE, COLLECT, DCS_INTERMEDIATE),
    (DCS_INTERMEDIATE, range(0x30, 0x40), IGNORE, DCS_IGNORE),
    (DCS_INTERMEDIATE, _FINAL, HOOK, DCS_PASSTHROUGH),
    (DCS_IGNORE, (*_C0, *range(0x20, 0x80)), IGNORE, DCS_IGNORE),
    (DCS_PASSTHROUGH, (*_C0, *_GRAPHIC), PUT, DCS_PASSTHROUGH),
    (DCS_PASSTHROUGH, (0x7F,), IGNORE, DCS_PASSTHROUGH),
    (OSC_STRING, [c for c in _C0 if c != 0x07], IGNORE, OSC_STRING),
    (OSC_STRING, (0x07,), STRING_BEL, GROUND),
    (OSC_STRING, (*_GRAPHIC, 0x7F), PUT, OSC_STRING),
    (SOS_PM_APC_STRING, (*_C0, 0x7F), IGNORE, SOS_PM_APC_STRING),
    (SOS_PM_APC_STRING, _GRAPHIC, PUT, SOS_PM_APC_STRING),
)


def _fill() -> NDArray[np.uint16]:
    table = np.full(len(STATES) << 7, 0xFFFF, np.uint16)
    for state, codes, action, following in ROWS:
        for code in codes:
            assert table[state << 7 | code] == 0xFFFF, (state, code)
            table[state << 7 | code] = following << 8 | action
    assert not (table == 0xFFFF).any(), np.flatnonzero(table == 0xFFFF)
    return table


TABLE = _fill()
