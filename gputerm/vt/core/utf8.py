"""UTF-8 byte by byte, as a table, after the well-formed sequences of Unicode 3.9, table 3-7.

TABLE[state << 8 | byte] says all that a byte does, so that a decoder follows it without branches:

    16-31 value | 8-11 next state | 6 CONTINUES | 3 STOPS | 1 ENDS | 0 BROKEN

A byte that cannot go on with what came before is BROKEN: U+FFFD stands for what came before, the
maximal subpart of an ill-formed sequence, and the byte counts as it does in START. With CONTINUES
the value is six more bits of the code point, otherwise its first ones. The code point is complete
when the byte ENDS it, unless it is one of U+0080-U+009F: these are nothing at all, as in xterm and
Alacritty, since text that was encoded twice is full of them. C0 controls and DEL STOP. What a
control does is the parser's business, and so are quicker ways through text that is well-formed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BROKEN = 1 << 0
ENDS = 1 << 1
STOPS = 1 << 3
CONTINUES = 1 << 6

STATES = (
    START,
    LAST,  # one more byte, 80-BF
    C1_OR_LAST,  # after C2
    LAST_TWO,
    LAST_THREE,
    AFTER_E0,  # not what fits into two bytes
    AFTER_ED,  # no surrogates
    AFTER_F0,  # not what fits into three bytes
    AFTER_F4,  # nothing beyond U+10FFFF
) = range(9)

_REPLACEMENT = 0xFFFD

#: First bytes: the value they begin with and the state they lead to.
_LEADS = {
    0xC2: (0x02, C1_OR_LAST),
    **{byte: (byte & 0x1F, LAST) for byte in range(0xC3, 0xE0)},
    **{byte: (byte & 0x0F, LAST_TWO) for byte in range(0xE1, 0xF0)},
    0xE0: (0, AFTER_E0),
    0xED: (0xD, AFTER_ED),
    0xF0: (0, AFTER_F0),
    **{byte: (byte & 0x07, LAST_THREE) for byte in range(0xF1, 0xF4)},
    0xF4: (4, AFTER_F4),
}

#: The bytes that go on after each state, half-open, and the state after them.
_FOLLOWS = {
    LAST: (0x80, 0xC0, START),
    C1_OR_LAST: (0x80, 0xC0, START),
    LAST_TWO: (0x80, 0xC0, LAST),
    LAST_THREE: (0x80, 0xC0, LAST_TWO),
    AFTER_E0: (0xA0, 0xC0, LAST),
    AFTER_ED: (0x80, 0xA0, LAST),
    AFTER_F0: (0x90, 0xC0, LAST_TWO),
    AFTER_F4: (0x80, 0x90, LAST_TWO),
}


def _first(byte: int) -> int:
    """What a byte does when nothing is under way."""
    if byte < 0x20 or byte == 0x7F:
        return STOPS
    if byte < 0x80:
        return byte << 16 | ENDS
    if byte in _LEADS:
        value, state = _LEADS[byte]
        return value << 16 | state << 8
    return _REPLACEMENT << 16 | ENDS


def _fill() -> NDArray[np.uint32]:
    first = np.array([_first(byte) for byte in range(0x100)], np.uint32)
    rows = np.tile(first | BROKEN, (len(STATES), 1))
    rows[START] = first
    bytes_ = np.arange(0x100, dtype=np.uint32)
    for state, (start, stop, following) in _FOLLOWS.items():
        rows[state, start:stop] = (bytes_[start:stop] & 0x3F) << 16 | following << 8 | CONTINUES
        if following == START:
            rows[state, start:stop] |= ENDS
    rows[C1_OR_LAST, 0x80:0xA0] ^= ENDS
    return rows.reshape(-1)


TABLE = _fill()
