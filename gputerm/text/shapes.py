"""Built-in characters with slanted or round edges, antialiased.

A shape is a function of a point, sampled on a grid finer than the pixels and averaged. Corners of
the mosaics and of the legacy diagonals are read from the Unicode names. [Unicode chart U+1FB00; the
glyphs at U+E0B0 are Powerline's and Powerline Extra Symbols']
"""

import unicodedata
from itertools import pairwise

import numpy as np

SAMPLES = 8  #: per pixel and axis; 64 levels are more than the eye tells apart on an edge

Point = tuple[float, float]  #: (x, y) as shares of the cell, y down
Points = tuple[np.ndarray, np.ndarray]

_CORNERS: dict[str, Point] = {
    "UPPER LEFT": (0, 0),
    "UPPER CENTRE": (0.5, 0),
    "UPPER RIGHT": (1, 0),
    "UPPER MIDDLE LEFT": (0, 1 / 3),
    "UPPER MIDDLE RIGHT": (1, 1 / 3),
    "MIDDLE LEFT": (0, 0.5),
    "MIDDLE RIGHT": (1, 0.5),
    "LOWER MIDDLE LEFT": (0, 2 / 3),
    "LOWER MIDDLE RIGHT": (1, 2 / 3),
    "LOWER LEFT": (0, 1),
    "LOWER CENTRE": (0.5, 1),
    "LOWER RIGHT": (1, 1),
}


def _points(width: int, height: int) -> Points:
    """x[1, width·S] and y[height·S, 1] of the sample points, in px."""
    x = (np.arange(width * SAMPLES) + 0.5) / SAMPLES
    y = (np.arange(height * SAMPLES) + 0.5) / SAMPLES
    return x[None, :], y[:, None]


def _average(inside: np.ndarray) -> np.ndarray:
    """Coverage uint8[height, width] of a mask bool[height·S, width·S]."""
    height, width = inside.shape[0] // SAMPLES, inside.shape[1] // SAMPLES
    shares = inside.reshape(height, SAMPLES, width, SAMPLES).mean(axis=(1, 3))
    coverage: np.ndarray = np.rint(shares * 255).astype(np.uint8)
    return coverage


def arc(
    width: int, height: int, centre: tuple[float, float], thickness: int, *, down: bool, right: bool
) -> np.ndarray:
    """A quarter circle between the light lines through `centre` (row, column).

    It leaves the cell downwards or upwards, and to the right or left.
    """
    x, y = _points(width, height)
    row, column = centre
    # Turn the cell so that the lines leave right and down; the strokes keep their place in it.
    x, column = (x, column) if right else (width - x, width - column)
    y, row = (y, row) if down else (height - y, height - row)
    radius = min(width - column, height - row)
    across, below = x - column - radius, y - row - radius
    bend = np.abs(np.hypot(across, below) - radius) <= thickness / 2
    curved = (across <= 0) & (below <= 0) & bend
    level = (across > 0) & (np.abs(y - row) <= thickness / 2)
    upright = (below > 0) & (np.abs(x - column) <= thickness / 2)
    return _average(curved | level | upright)


def _segment(
    points: Points, start: Point, stop: Point, size: Point, thickness: float
) -> np.ndarray:
    """The band of `thickness` px around the line through two points, with square ends."""
    x, y = points
    (x0, y0), (x1, y1) = (
        (start[0] * size[0], start[1] * size[1]),
        (stop[0] * size[0], stop[1] * size[1]),
    )
    length = np.hypot(x1 - x0, y1 - y0)
    beside = np.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length
    along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length
    half = thickness / 2
    inside: np.ndarray = (beside <= half) & (along >= -half) & (along <= length + half)
    return inside


_CROSSED = {0x2571: ("/",), 0x2572: ("\\",), 0x2573: ("/", "\\")}
_DIAGONALS: dict[str, tuple[Point, Point]] = {"/": ((1, 0), (0, 1)), "\\": ((0, 0), (1, 1))}


def draw_diagonal(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+2571-2573 from corner to corner, U+1FBA0-1FBAE between the middles of the sides."""
    if codepoint in _CROSSED:
        lines = [_DIAGONALS[stroke] for stroke in _CROSSED[codepoint]]
    else:
        name = unicodedata.name(chr(codepoint)).removeprefix("BOX DRAWINGS LIGHT DIAGONAL ")
        lines = []
        for path in name.replace("DIAMOND", _DIAMOND).split(" AND "):
            corners = [_CORNERS[corner] for corner in path.split(" TO ")]
            lines += pairwise(corners)
    points = _points(width, height)
    drawn = np.zeros((height * SAMPLES, width * SAMPLES), bool)
    for start, stop in lines:
        drawn |= _segment(points, start, stop, (width, height), thickness)
    return _average(drawn)


_DIAMOND = "UPPER CENTRE TO MIDDLE RIGHT TO LOWER CENTRE TO MIDDLE LEFT TO UPPER CENTRE"


def _side(points: Points, start: Point, stop: Point, size: Point, within: Point) -> np.ndarray:
    """The half plane beside the line through two points that holds the point `within`."""
    x, y = points[0] / size[0], points[1] / size[1]
    dx, dy = stop[0] - start[0], stop[1] - start[1]
    sign = (within[0] - start[0]) * dy - (within[1] - start[1]) * dx
    return ((x - start[0]) * dy - (y - start[1]) * dx) * sign >= 0


def draw_mosaic(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+1FB3C-1FB67 one side of a slanted line; U+1FB68-1FB6F, 1FB9A, 1FB9B triangles."""
    points = _points(width, height)
    name = unicodedata.name(chr(codepoint))
    if " BLOCK DIAGONAL " in name:
        corner, _, line = name.partition(" BLOCK DIAGONAL ")
        start, _, stop = line.partition(" TO ")
        size = (width, height)
        return _average(_side(points, _CORNERS[start], _CORNERS[stop], size, _CORNERS[corner]))
    # 'UPPER AND RIGHT AND LOWER TRIANGULAR THREE QUARTERS BLOCK'
    x, y = points[0] / width, points[1] / height
    falling, rising = x - y, x + y - 1
    triangles = {
        "UPPER": (falling >= 0) & (rising <= 0),
        "LOWER": (falling <= 0) & (rising >= 0),
        "LEFT": (falling <= 0) & (rising <= 0),
        "RIGHT": (falling >= 0) & (rising >= 0),
    }
    drawn = np.zeros((height * SAMPLES, width * SAMPLES), bool)
    for word in name.partition(" TRIANGULAR ")[0].split(" AND "):
        drawn |= triangles[word]
    return _average(drawn)


def draw_powerline(codepoint: int, width: int, height: int, thickness: int) -> np.ndarray:
    """U+E0B0-E0BF: arrows, half circles and slants, filled (even) or as a line (odd)."""
    points = _points(width, height)
    size = (width, height)
    x, y = points
    if codepoint >= 0xE0B8:
        corner = ((0, 1), (1, 1), (0, 0), (1, 0))[(codepoint - 0xE0B8) // 2]
        falls = corner in ((0, 1), (1, 0))
        start, stop = _DIAGONALS["\\" if falls else "/"]
        if codepoint & 1:
            return _average(_segment(points, start, stop, size, thickness))
        return _average(_side(points, start, stop, size, corner))
    if codepoint & 2:  # the same, pointing left
        points = x, y = width - x, y
    if codepoint >= 0xE0B4:
        # A half ellipse over the whole height; as a line it is cut out by a smaller one.
        outer = (x / width) ** 2 + (2 * y / height - 1) ** 2 <= 1
        if not codepoint & 1:
            return _average(outer)
        inner_width, inner_height = max(width - thickness, 0.5), max(height - 2 * thickness, 0.5)
        inner = (x / inner_width) ** 2 + ((2 * y - height) / inner_height) ** 2 <= 1
        return _average(outer & ~inner)
    tip = (1.0, 0.5)
    if codepoint & 1:
        upper = _segment(points, (0, 0), tip, size, thickness)
        return _average(upper | _segment(points, (0, 1), tip, size, thickness))
    upper = _side(points, (0, 0), tip, size, (0, 1))
    return _average(upper & _side(points, (0, 1), tip, size, (0, 0)))
