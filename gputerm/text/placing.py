"""A drawn glyph → a picture that stays in its cells: shifted, cut, shrunk or centred.

Nothing may leave its row, because rows are repainted one by one. Sideways a glyph of the user's
own font may lean a little into its neighbours (italics do), as may marks around a letter; a
borrowed glyph that is too wide is shrunk, since its font was made for another grid.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gputerm.text.face import Bitmap
from gputerm.text.metrics import Metrics

Draw = Callable[[float], Bitmap | None]  #: draws the glyph at a scale of its face's size

#: A borrowed glyph may be this much wider than its cells before it is shrunk: antialiased edges and
#: side bearings of other fonts are not worth blurring a letter for.
TOLERANCE_PX = 1


class Picture(NamedTuple):
    """Pixels and where their top left goes, in px from the cell's top left corner, y down."""

    pixels: np.ndarray  #: coverage uint8[h, w] or premultiplied RGBA uint8[h, w, 4]
    left: int
    top: int


def place(bitmap: Bitmap, metrics: Metrics, span: int, shift: tuple[int, int] = (0, 0)) -> Picture:
    """Stand a glyph on the baseline, moved by `shift` (px right, px up), and cut what overhangs."""
    left = bitmap.left + shift[0]
    top = metrics.baseline - bitmap.top - shift[1]
    return _cut(bitmap.pixels, left, top, metrics, span)


def place_within(
    draw: Draw, metrics: Metrics, span: int, shift: tuple[int, int] = (0, 0)
) -> Picture | None:
    """A borrowed glyph in `span` cells: shrunk if too wide, centred in two. None: undrawable."""
    bitmap = draw(1.0)
    if bitmap is None:
        return None
    room = span * metrics.cell_width
    if bitmap.pixels.ndim == 3:
        return _fit(bitmap.pixels, metrics, span)
    height, width = bitmap.pixels.shape
    if not height or not width:
        return Picture(bitmap.pixels, 0, 0)
    if width > room + TOLERANCE_PX:
        centre = bitmap.top - height / 2  # above the baseline
        smaller = draw(room / width) or bitmap
        pixels = smaller.pixels
        if pixels.shape[1] > room + TOLERANCE_PX:  # a bitmap font has no smaller size
            pixels = shrink(pixels, max(1, round(pixels.shape[0] * room / pixels.shape[1])), room)
        top = round(centre + pixels.shape[0] / 2)
        left = (room - pixels.shape[1]) // 2
        return place(Bitmap(pixels, left, top, room), metrics, span, shift)
    left = bitmap.left
    if span == 2:  # an em of CJK is seldom as wide as two cells: share the rest between both sides
        left += max(0, round((room - bitmap.advance) / 2))
    left = max(0, min(left, room - width)) if width <= room else (room - width) // 2
    return place(bitmap._replace(left=left), metrics, span, shift)


def place_cluster(
    draw: Draw, metrics: Metrics, span: int, shift: tuple[int, int] = (0, 0)
) -> Picture | None:
    """Letters with marks of a borrowed face, as large as its letters are: what they take of the
    line must fit in `span` cells, but marks may overhang. None: undrawable."""
    bitmap = draw(1.0)
    if bitmap is None or bitmap.pixels.ndim == 3 or not bitmap.pixels.size:
        return place_within(draw, metrics, span, shift)
    room = span * metrics.cell_width
    if bitmap.advance > room + TOLERANCE_PX:
        smaller = draw(room / bitmap.advance)
        if smaller is None or smaller.pixels.shape == bitmap.pixels.shape:  # a bitmap font
            return place_within(draw, metrics, span, shift)
        bitmap = smaller
    left = bitmap.left + round((room - bitmap.advance) / 2)
    return place(bitmap._replace(left=left), metrics, span, shift)


def _fit(pixels: np.ndarray, metrics: Metrics, span: int) -> Picture:
    """A colour picture as large as its cells allow, centred in them."""
    room_width, room_height = span * metrics.cell_width, metrics.cell_height
    height, width = pixels.shape[:2]
    if not height or not width:
        return Picture(pixels, 0, 0)
    scale = min(room_width / width, room_height / height, 1.0)
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    small = shrink(pixels, height, width)
    return Picture(small, (room_width - width) // 2, (room_height - height) // 2)


def shrink(pixels: np.ndarray, height: int, width: int) -> np.ndarray:
    """Average the source area that each pixel covers. uint8[h, w] or uint8[h, w, channels]."""
    if pixels.shape[:2] == (height, width):
        return pixels
    rows = _areas(pixels.shape[0], height)
    columns = _areas(pixels.shape[1], width)
    planes = np.moveaxis(np.atleast_3d(pixels).astype(np.float32), 2, 0)
    averaged = np.moveaxis(rows @ planes @ columns.T, 0, 2)
    small: np.ndarray = np.rint(averaged).astype(np.uint8).reshape(height, width, *pixels.shape[2:])
    return small


def _areas(source: int, target: int) -> np.ndarray:
    """float32[target, source]: each source pixel's share in each target pixel; rows sum to 1."""
    edges = np.arange(target + 1) * (source / target)
    pixel = np.arange(source)
    overlap = np.minimum(edges[1:, None], pixel + 1) - np.maximum(edges[:-1, None], pixel)
    shares: np.ndarray = (np.clip(overlap, 0, 1) * (target / source)).astype(np.float32)
    return shares


def _cut(pixels: np.ndarray, left: int, top: int, metrics: Metrics, span: int) -> Picture:
    """Keep the row, one cell to the left, and one to the right."""
    height, width = pixels.shape[:2]
    if not height or not width:
        return Picture(pixels, 0, 0)
    cell = metrics.cell_width
    above, below = max(0, -top), max(0, top + height - metrics.cell_height)
    before, behind = max(0, -cell - left), max(0, left + width - (span + 1) * cell)
    if above or below or before or behind:
        pixels = pixels[above : max(above, height - below), before : max(before, width - behind)]
    return Picture(pixels, left + before, top + above)


_DIGITS = (  # 3 × 5 pixels, a row in each octal digit, top row first
    *(0o75557, 0o26227, 0o71747, 0o71717, 0o55711, 0o74717, 0o74757, 0o71111),
    *(0o75757, 0o75717, 0o75755, 0o65656, 0o74447, 0o65556, 0o74647, 0o74644),
)


def hex_box(codepoint: int, metrics: Metrics, span: int) -> Picture:
    """What stands for a character no font has: a frame around the codepoint, if there is room."""
    width, height = span * metrics.cell_width, metrics.cell_height
    pixels = np.zeros((height, width), np.uint8)
    top, bottom = height // 20, height - height // 20
    pixels[top:bottom] = 128
    pixels[top + 1 : bottom - 1, 1 : width - 1] = 0
    digits = f"{codepoint:04X}" if codepoint < 0x10000 else f"{codepoint:06X}"
    columns = len(digits) // 2 if span == 2 and width >= 4 * (len(digits) // 2) + 3 else 2
    rows = len(digits) // columns
    inner_width, inner_height = width - 2, bottom - top - 2
    size = min((inner_width + 1) // (4 * columns), (inner_height + 1) // (6 * rows))
    if size < 1:
        return Picture(pixels, 0, 0)
    x0 = 1 + (inner_width - (4 * columns - 1) * size) // 2
    y0 = top + 1 + (inner_height - (6 * rows - 1) * size) // 2
    for position, digit in enumerate(digits):
        bits = _DIGITS[int(digit, 16)]
        pattern = np.array(
            [[bits >> (3 * (4 - row) + 2 - column) & 1 for column in range(3)] for row in range(5)]
        )
        x, y = x0 + position % columns * 4 * size, y0 + position // columns * 6 * size
        block = np.kron(pattern, np.full((size, size), 255)).astype(np.uint8)
        pixels[y : y + 5 * size, x : x + 3 * size] = block
    return Picture(pixels, 0, 0)
