"""What the configuration says about sizes: fonts, cells, padding, windows. All in pixels but for
cells; needs no terminal and no GL, so that a program can be started before those are imported.
"""

from typing import NamedTuple

from gputerm.config import Config
from gputerm.errors import FontError
from gputerm.limits import MAX_COLUMNS, MAX_LINES, MAX_SIDE_PX
from gputerm.text import FontOptions, FontSpec, Metrics, glyphs_for

DEFAULT_COLUMNS, DEFAULT_LINES = 80, 24
MIN_COLUMNS, MIN_LINES = 2, 1


class Layout(NamedTuple):
    """How a window of some pixels is filled with cells."""

    lines: int
    columns: int
    padding: tuple[int, int]  #: left and top, in pixels


def layout(config: Config, metrics: Metrics, scale: float, width: int, height: int) -> Layout:
    """Whole cells inside the configured padding; what is left over is padding too.

    Of a window that is too small for both, the padding gives way to the smallest grid.
    """
    dynamic = config.window.dynamic_padding
    left, top = padding_px(config, scale)
    columns, left = _fill(
        width, metrics.cell_width, left, (MIN_COLUMNS, MAX_COLUMNS), dynamic=dynamic
    )
    lines, top = _fill(height, metrics.cell_height, top, (MIN_LINES, MAX_LINES), dynamic=dynamic)
    return Layout(lines, columns, (left, top))


def _fill(
    side: int, cell: int, padding: int, limits: tuple[int, int], *, dynamic: bool
) -> tuple[int, int]:
    """(cells, padding before them) of one side of a window, in pixels."""
    fewest, most = limits
    side = min(side, MAX_SIDE_PX)
    padding = max(min(padding, (side - fewest * cell) // 2), 0)
    cells = min(max((side - 2 * padding) // cell, fewest), most)
    if dynamic:
        padding = max((side - cells * cell) // 2, 0)
    return cells, padding


def grid_size(config: Config) -> tuple[int, int]:
    """(lines, columns) of a new window."""
    dimensions = config.window.dimensions
    return (
        max(dimensions.lines, MIN_LINES) if dimensions.lines else DEFAULT_LINES,
        max(dimensions.columns, MIN_COLUMNS) if dimensions.columns else DEFAULT_COLUMNS,
    )


def window_size(
    config: Config, metrics: Metrics, scale: float, lines: int, columns: int
) -> tuple[int, int]:
    """(width, height) in pixels of a window with so many cells."""
    left, top = padding_px(config, scale)
    return columns * metrics.cell_width + 2 * left, lines * metrics.cell_height + 2 * top


def padding_px(config: Config, scale: float) -> tuple[int, int]:
    """window.padding (x, y) in pixels of a display with this scale."""
    padding = config.window.padding
    return int(padding.x * scale), int(padding.y * scale)


def font_options(config: Config, scale: float, size_pt: float | None = None) -> FontOptions:
    """The fonts to draw with; `size_pt` overrides font.size."""
    font = config.font
    return FontOptions(
        normal=FontSpec(font.normal.family, font.normal.style),
        bold=FontSpec(font.bold.family, font.bold.style),
        italic=FontSpec(font.italic.family, font.italic.style),
        bold_italic=FontSpec(font.bold_italic.family, font.bold_italic.style),
        size_pt=font.size if size_pt is None else size_pt,
        scale=scale,
        offset=(font.offset.x, font.offset.y),
        glyph_offset=(font.glyph_offset.x, font.glyph_offset.y),
        builtin_box_drawing=font.builtin_box_drawing,
    )


def font_problems(config: Config, scale: float = 1.0) -> list[str]:
    """A line for each font that can't be had and each size that can't be drawn."""
    try:
        return glyphs_for(font_options(config, scale)).problems
    except FontError as error:
        return [str(error)]
