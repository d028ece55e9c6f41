"""Characters made of rectangles: blocks, quadrants, shades, sextants, octants and braille dots.

Everything is cut at the same eighths, halves and thirds of the cell, so an upper and a lower half
fill it without a gap or an overlap. Shades are flat grey: a dot pattern shimmers and can't join at
every size. All have one signature: (codepoint, width, height, thickness), in px, → coverage
uint8[height, width].
[Unicode charts U+2580, U+2800, U+1CD00, U+1FB00]
"""

import unicodedata

import numpy as np

_SHADES = {"LIGHT SHADE": 64, "MEDIUM SHADE": 128, "DARK SHADE": 192}
_FULL = 255
#: U+2596-259F: quadrants as bits 0 upper left, 1 upper right, 2 lower left, 3 lower right
_QUADRANTS = (4, 8, 1, 13, 9, 7, 11, 2, 6, 14)
#: U+2580-2595 but for shades: edges in eighths (left, top, right, bottom)
_LOWER = {0x2580 + k: (0, 8 - k, 8, 8) for k in range(1, 9)}
_LEFT = {0x2590 - k: (0, 0, k, 8) for k in range(1, 9)}
_RECTANGLES = {
    **_LEFT,
    **_LOWER,
    0x2580: (0, 0, 8, 4),
    0x2590: (4, 0, 8, 8),
    0x2594: (0, 0, 8, 1),
    0x2595: (7, 0, 8, 8),
    **{0x1FB70 + k: (1 + k, 0, 2 + k, 8) for k in range(6)},
    **{0x1FB76 + k: (0, 1 + k, 8, 2 + k) for k in range(6)},
    **{0x1FB82 + k: (0, 0, 8, part) for k, part in enumerate((2, 3, 5, 6, 7))},
    **{0x1FB87 + k: (8 - part, 0, 8, 8) for k, part in enumerate((2, 3, 5, 6, 7))},
}
#: U+1FB7C-1FB81: several eighths
_FRAMES = (
    ((0, 0, 1, 8), (0, 7, 8, 8)),
    ((0, 0, 1, 8), (0, 0, 8, 1)),
    ((7, 0, 8, 8), (0, 0, 8, 1)),
    ((7, 0, 8, 8), (0, 7, 8, 8)),
    ((0, 0, 8, 1), (0, 7, 8, 8)),
    tuple((0, k - 1, 8, k) for k in (1, 3, 5, 8)),
)


def _edge(part: int, parts: int, length: int) -> int:
    """The px where the `part`-th of `parts` ends, counted from the far side as lower blocks are."""
    return length - round((parts - part) * length / parts)


def _eighths(cell: np.ndarray, box: tuple[int, int, int, int], value: int = _FULL) -> None:
    left, top, right, bottom = box
    height, width = cell.shape
    first, last = _edge(top, 8, height), _edge(bottom, 8, height)
    start, stop = _near(left, 8, width), _near(right, 8, width)
    # An eighth of a tiny cell is still to be seen.
    cell[
        min(first, height - 1) : max(last, first + 1), min(start, width - 1) : max(stop, start + 1)
    ] = value


def _near(part: int, parts: int, length: int) -> int:
    """Like _edge, counted from the near side, as left blocks are."""
    return round(part * length / parts)


def draw_block(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+2580-259F."""
    cell = np.zeros((height, width), np.uint8)
    if codepoint >= 0x2596:
        _grid(cell, _QUADRANTS[codepoint - 0x2596], rows=2)
    elif codepoint in _RECTANGLES:
        _eighths(cell, _RECTANGLES[codepoint])
    else:
        cell[:] = _SHADES[unicodedata.name(chr(codepoint))]
    return cell


def draw_legacy(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray | None:
    """U+1FB70-1FB94: single eighths, upper and right eighths, frames, half shades."""
    cell = np.zeros((height, width), np.uint8)
    if codepoint in _RECTANGLES:
        _eighths(cell, _RECTANGLES[codepoint])
        return cell
    if 0x1FB7C <= codepoint <= 0x1FB81:
        for box in _FRAMES[codepoint - 0x1FB7C]:
            _eighths(cell, box)
        return cell
    if codepoint == 0x1FB93:  # unassigned
        return None
    # 'LEFT HALF INVERSE MEDIUM SHADE AND RIGHT HALF BLOCK': flat grey is its own inverse.
    halves = {
        "UPPER": (0, 0, 8, 4),
        "LOWER": (0, 4, 8, 8),
        "LEFT": (0, 0, 4, 8),
        "RIGHT": (4, 0, 8, 8),
    }
    for part in unicodedata.name(chr(codepoint)).split(" AND "):
        value = _SHADES["MEDIUM SHADE"] if part.endswith("SHADE") else _FULL
        _eighths(cell, halves.get(part.split()[0], (0, 0, 8, 8)), value)
    return cell


def draw_sextant(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+1FB00-1FB3B: two columns of three, in binary order without the left and right halves."""
    pattern = codepoint - 0x1FB00 + 1
    pattern += (pattern >= 0b010101) + (pattern >= 0b101010 - 1)
    cell = np.zeros((height, width), np.uint8)
    _grid(cell, pattern, rows=3)
    return cell


def draw_octant(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+1CD00-1CDE5: two columns of four, in binary order without those that exist elsewhere."""
    cell = np.zeros((height, width), np.uint8)
    _grid(cell, _OCTANTS[codepoint - 0x1CD00], rows=4)
    return cell


def _octants() -> list[int]:
    # Left out: quadrants (rows in equal pairs), quarters across the cell, its corners and sides.
    elsewhere = {0x01, 0x02, 0x40, 0x80, 0x03, 0xC0, 0x3F, 0xFC, 0x14, 0x28}
    elsewhere |= {
        upper | upper << 2 | (lower | lower << 2) << 4 for upper in range(4) for lower in range(4)
    }
    return [pattern for pattern in range(256) if pattern not in elsewhere]


_OCTANTS = _octants()


def _grid(cell: np.ndarray, pattern: int, rows: int) -> None:
    """Fill parts of a grid of two columns; bit 0 is upper left, bit 1 upper right, and so on."""
    height, width = cell.shape
    for position in range(rows * 2):
        if pattern >> position & 1:
            row, column = divmod(position, 2)
            top, bottom = _edge(row, rows, height), _edge(row + 1, rows, height)
            cell[top:bottom, _near(column, 2, width) : _near(column + 1, 2, width)] = _FULL


#: U+2800: bit → (row, column) of its dot
_DOTS = ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (3, 0), (3, 1))


def draw_braille(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+2800-28FF: square dots, evenly spaced within the cell and across its borders."""
    cell = np.zeros((height, width), np.uint8)
    size = max(1, min(width // 4, height // 8))
    for bit, (row, column) in enumerate(_DOTS):
        if codepoint >> bit & 1:
            x = round((2 * column + 1) * width / 4 - size / 2)
            y = round((2 * row + 1) * height / 8 - size / 2)
            cell[max(0, y) : y + size, max(0, x) : x + size] = _FULL
    return cell
