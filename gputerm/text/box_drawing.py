"""Characters that gputerm draws itself, so that neighbouring cells join at any cell size.

`draw` answers for boxes (here), block elements (block_elements.py) and shapes with slanted edges
(shapes.py). Which arms a box character has, and how heavy, is read from its Unicode name: the name
is the table. [Unicode charts U+2500, U+2580, U+2800, U+1CD00, U+1FB00; Powerline's private use]

A cell's strokes, light and double; every character uses the same rows and columns, so all join:

    ....##....     light and heavy: centred        ...#..#...     double: two light strokes with
    ....##....     in the cell, the odd pixel      ...#..#...     a light gap between them
    ....##....     goes right and down             ...#..#...
"""

import unicodedata
from collections.abc import Callable

import numpy as np

from gputerm.text import block_elements, shapes

Stroke = tuple[int, int]  #: half-open range of rows or columns

_NONE, _LIGHT, _HEAVY, _DOUBLE = range(4)
_WEIGHTS = {"LIGHT": _LIGHT, "SINGLE": _LIGHT, "HEAVY": _HEAVY, "DOUBLE": _DOUBLE}
_DIRECTIONS = {  # of a word in a name: which of (up, down, left, right) it means
    "UP": (0,),
    "DOWN": (1,),
    "LEFT": (2,),
    "RIGHT": (3,),
    "VERTICAL": (0, 1),
    "HORIZONTAL": (2, 3),
}
_DASHES = {"DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}


def draw(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray | None:
    """Coverage uint8[height, width] of a character that is built in; None for any other.

    `thickness` is a light line's, in px.
    """
    for start, stop, drawing in _RANGES:
        if start <= codepoint < stop:
            return drawing(codepoint, width, height, thickness)
    return None


def _draw_lines(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray | None:
    name = unicodedata.name(chr(codepoint)).removeprefix("BOX DRAWINGS ")
    cell = np.zeros((height, width), np.uint8)
    if " DASH " in name:
        _draw_dashes(cell, name, thickness)
    else:
        _draw_arms(cell, arms(name), thickness)
    return cell


def arms(name: str) -> list[int]:
    """The weights of the arms up, down, left and right that a box drawing's name tells.

    'VERTICAL LIGHT AND RIGHT HEAVY' → [1, 1, 0, 2]. A part without a weight has the other's.
    """
    found = [_NONE] * 4
    weight = _NONE
    for part in name.split(" AND "):
        words = part.split()
        weight = next((_WEIGHTS[word] for word in words if word in _WEIGHTS), weight)
        for word in words:
            for direction in _DIRECTIONS.get(word, ()):
                found[direction] = weight
    return found


def strokes(weight: int, length: int, thickness: int) -> list[Stroke]:
    """Where a line of this weight lies across a cell that is `length` px wide (or high)."""
    if weight == _NONE:
        return []
    count = {_LIGHT: 1, _HEAVY: 2, _DOUBLE: 3}[weight]
    thick = min(thickness * count, length) if weight != _DOUBLE else thickness
    if weight == _DOUBLE:
        start = max(0, (length - 3 * thick) // 2)
        return [(start, start + thick), (start + 2 * thick, start + 3 * thick)]
    start = (length - thick) // 2
    return [(start, start + thick)]


def _draw_arms(cell: np.ndarray, weights: list[int], thickness: int) -> None:
    up, down, left, right = weights
    height, width = cell.shape
    rows = {weight: strokes(weight, height, thickness) for weight in range(4)}
    columns = {weight: strokes(weight, width, thickness) for weight in range(4)}
    # Four times the same drawing, of an arm to the right, in a view of the cell that is turned.
    mirrored_rows = {weight: _mirror(found, height) for weight, found in rows.items()}
    mirrored_columns = {weight: _mirror(found, width) for weight, found in columns.items()}
    x, y = width // 2, height // 2
    _draw_arm(cell, right, left, (up, down), rows, columns, x)
    _draw_arm(cell[:, ::-1], left, right, (up, down), rows, mirrored_columns, width - x)
    _draw_arm(cell.T, down, up, (left, right), columns, rows, y)
    _draw_arm(cell.T[:, ::-1], up, down, (left, right), columns, mirrored_rows, height - y)


def _mirror(found: list[Stroke], length: int) -> list[Stroke]:
    return [(length - stop, length - start) for start, stop in reversed(found)]


def _draw_arm(
    view: np.ndarray,
    weight: int,
    opposite: int,
    sides: tuple[int, int],
    along: dict[int, list[Stroke]],
    across: dict[int, list[Stroke]],
    middle: int,
) -> None:
    """Draw an arm from the middle to the far end of the view's second axis.

    `sides` are the weights of the arms at right angles: towards low rows, towards high rows.
    """
    low, high = sides
    cross = across[max(sides)] if _DOUBLE not in sides else across[_DOUBLE]
    for position, (start, stop) in enumerate(along[weight]):
        if not cross:
            begin = middle
        elif weight == _DOUBLE:
            near = low if position == 0 else high
            begin = cross[-1][0] if near == _DOUBLE else cross[0][0]
        else:
            # A T stands on the near rail; a corner and a crossing go through to the far one.
            stands = low == high == _DOUBLE and opposite == _NONE
            begin = cross[-1][0] if stands else cross[0][0]
        view[start:stop, begin:] = 255


def _draw_dashes(cell: np.ndarray, name: str, thickness: int) -> None:
    words = name.split()
    count = next(_DASHES[word] for word in words if word in _DASHES)
    weight = _HEAVY if "HEAVY" in words else _LIGHT
    view = cell if "HORIZONTAL" in words else cell.T
    (start, stop), length = strokes(weight, view.shape[0], thickness)[0], view.shape[1]
    count = max(1, min(count, length // 2))
    gap = max(1, length // (count * 3))
    for dash in range(count):
        # Half a gap on either side of each dash: across the cell's border that makes a whole one.
        first = dash * length // count + gap // 2
        last = (dash + 1) * length // count - (gap - gap // 2)
        view[start:stop, first : max(last, first + 1)] = 255


def _draw_arc(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+256D-2570: a quarter of a circle that goes over into the light lines of the neighbours."""
    column = strokes(_LIGHT, width, thickness)[0][0] + thickness / 2
    row = strokes(_LIGHT, height, thickness)[0][0] + thickness / 2
    opens_right = codepoint in (0x256D, 0x2570)
    opens_down = codepoint in (0x256D, 0x256E)
    return shapes.arc(width, height, (row, column), thickness, down=opens_down, right=opens_right)


Drawing = Callable[[int, int, int, int], np.ndarray | None]
_RANGES: tuple[tuple[int, int, Drawing], ...] = (
    (0x2500, 0x256D, _draw_lines),
    (0x256D, 0x2571, _draw_arc),
    (0x2571, 0x2574, shapes.draw_diagonal),
    (0x2574, 0x2580, _draw_lines),
    (0x2580, 0x25A0, block_elements.draw_block),
    (0x2800, 0x2900, block_elements.draw_braille),
    (0xE0B0, 0xE0C0, shapes.draw_powerline),
    (0x1CD00, 0x1CDE6, block_elements.draw_octant),
    (0x1FB00, 0x1FB3C, block_elements.draw_sextant),
    (0x1FB3C, 0x1FB70, shapes.draw_mosaic),
    (0x1FB70, 0x1FB95, block_elements.draw_legacy),
    (0x1FB9A, 0x1FB9C, shapes.draw_mosaic),
    (0x1FBA0, 0x1FBAF, shapes.draw_diagonal),
)
