"""What a terminal says back: pure functions from facts to bytes.

Every reply is made here, from numbers and words that this program chose. Nothing that the host sent
is ever returned, except numbers and names that were checked against a closed list first, so no
reply can be made to look like a command typed by the user. All are 7-bit; Terminal shortens the
introducers to C1 when S8C1T asked for it.
"""

import base64
from collections.abc import Iterable, Sequence

from gputerm.vt.core import cells

ST = b"\x1b\\"

#: DA1's extensions, each true of this terminal. [VT510 DA1; 52 by convention of several terminals]
EXTENSIONS = {
    1: "132 columns",
    6: "selective erase",
    9: "national replacement character sets",
    15: "DEC technical characters",
    17: "terminal state interrogation",
    21: "horizontal scrolling",
    22: "colour",
    28: "rectangular editing",
    52: "clipboard writing by OSC 52",
}
_EXTENSIONS_BY_LEVEL = {1: (1,), 2: (1, 6, 9, 15, 22, 52), 3: (1, 6, 9, 15, 17, 22, 52)}

#: DA2's first number by conformance level: VT100, VT220, VT320, VT420, VT520.
_MODEL = {1: 0, 2: 1, 3: 24, 4: 41, 5: 64}
# DA2's second number is taken for xterm's patch level: from 277 on vim uses SGR mouse reports.
_FIRMWARE = 410


def csi(prefix: str, params: Iterable[int], final: str) -> bytes:
    """A CSI sequence with decimal parameters."""
    return f"\x1b[{prefix}{';'.join(map(str, params))}{final}".encode()


def dcs(text: str) -> bytes:
    return b"\x1bP" + text.encode() + ST


def primary_device_attributes(level: int) -> bytes:
    """DA1 at a conformance level."""
    if level == 1:
        return csi("?", (1, 2), "c")  # A VT100 with the advanced video option.
    return csi("?", (60 + level, *_EXTENSIONS_BY_LEVEL.get(level, EXTENSIONS)), "c")


def secondary_device_attributes(level: int) -> bytes:
    return csi(">", (_MODEL[level], _FIRMWARE, 0), "c")


def tertiary_device_attributes() -> bytes:
    """DA3: unit id; all zero, since a number of its own would identify the user."""
    return dcs("!|00000000")


def version(name: str, number: str) -> bytes:
    """XTVERSION"""
    return dcs(f">|{name}({number})")


def mode_report(number: int, value: int, *, private: bool) -> bytes:
    """DECRPM"""
    return csi("?" if private else "", (number, value), "$y")


def setting(text: str | None) -> bytes:
    """DECRPSS: 1 and the setting, or a fixed refusal. [VT510; xterm: 1 is valid]"""
    return dcs("0$r" if text is None else f"1$r{text}")


def checksum(pid: int, value: int) -> bytes:
    """DECCKSR"""
    return dcs(f"{pid}!~{value & 0xFFFF:04X}")


def color(number: int, spec: str, terminator: bytes, index: int | None = None) -> bytes:
    """The answer to OSC 4, 5 (with an index) and 10-19."""
    which = f"{number}" if index is None else f"{number};{index}"
    return f"\x1b]{which};{spec}".encode() + terminator


def osc(text: str, terminator: bytes) -> bytes:
    return b"\x1b]" + text.encode() + terminator


def size_in_band(lines: int, columns: int, height_px: int, width_px: int) -> bytes:
    """Mode 2048's report."""
    return csi("", (48, lines, columns, height_px, width_px), "t")


def color_scheme(*, dark: bool) -> bytes:
    """The answer to CSI ? 996 n, and what mode 2031 reports."""
    return csi("?", (997, 1 if dark else 2), "n")


def cursor_information(
    line: int,
    column: int,
    attrs: int,
    flags: Sequence[bool],
    shifts: tuple[int, int],
    designators: Sequence[tuple[int, str]],
    *,
    protected: bool,
) -> bytes:
    """DECCIR, from 1-based line and column. [VT510]

    `flags` are origin mode, single shift 2, single shift 3, pending wrap; `shifts` the sets in GL
    and GR; `designators` size and final of G0-G3.
    """
    rendition = (
        bool(attrs & cells.BOLD)
        | bool(attrs & cells.UNDERLINE) << 1
        | bool(attrs & cells.BLINK) << 2
        | bool(attrs & cells.INVERSE) << 3
    )
    state = sum(flag << bit for bit, flag in enumerate(flags))
    sizes = sum((size == 96) << i for i, (size, _) in enumerate(designators))
    return dcs(
        f"1$u{line};{column};1;{chr(0x40 + rendition)};{chr(0x40 + protected)};{chr(0x40 + state)};"
        f"{shifts[0]};{shifts[1]};{chr(0x40 + sizes)};{''.join(final for _, final in designators)}"
    )


def tab_stops(columns: Iterable[int]) -> bytes:
    """DECTABSR, from 1-based columns."""
    return dcs("2$u" + "/".join(map(str, columns)))


_ATTRIBUTES = (
    (cells.BOLD, "1"),
    (cells.DIM, "2"),
    (cells.ITALIC, "3"),
    (cells.BLINK, "5"),
    (cells.RAPID_BLINK, "6"),
    (cells.INVERSE, "7"),
    (cells.HIDDEN, "8"),
    (cells.STRIKE, "9"),
    (cells.OVERLINE, "53"),
)


def graphic_rendition(fg: int, bg: int, attrs: int, underline_color: int = 0) -> str:
    """SGR parameters that produce this rendition from any, starting with 0; for DECRPSS."""
    params = ["0"]
    params += [code for bit, code in _ATTRIBUTES if attrs & bit]
    underline = (attrs & cells.UNDERLINE) >> cells.UNDERLINE_SHIFT
    if underline:
        params.append("4" if underline == 1 else f"4:{underline}")
    params += _color_params(fg, 30, 38) + _color_params(bg, 40, 48)
    params += _color_params(underline_color, None, 58)
    return ";".join(params)


def _color_params(word: int, first: int | None, extended: int) -> list[str]:
    """A colour word as SGR parameters; `first` is the code of colour 0 where there is a short
    form."""
    kind = word & cells.COLOR_KIND
    if kind == cells.COLOR_DEFAULT:
        return []
    if kind == cells.COLOR_RGB:
        return [f"{extended}:2::{word >> 16 & 0xFF}:{word >> 8 & 0xFF}:{word & 0xFF}"]
    index = word & 0xFF
    if first is None or index >= 16:
        return [f"{extended}:5:{index}"]
    return [str(first + index if index < 8 else first + 60 + index - 8)]


def clipboard(selection: str, data: bytes, terminator: bytes) -> bytes:
    """The answer to an OSC 52 query."""
    return osc(f"52;{selection};{base64.b64encode(data).decode()}", terminator)
