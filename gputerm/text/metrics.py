"""What is asked of a font (FontOptions) and what its cells measure (Metrics), in whole pixels.

The rules are Alacritty's, so that the same settings give the same grid: the cell is as wide as the
hinted advance of '0' and as high as the line, or as ascent and descent rounded outwards, both plus
`offset`, floored. [full_metrics in crossfont/src/ft/mod.rs, compute_cell_size in Alacritty]
What can't be drawn is clamped, and `undrawable` says so.
"""

from math import floor

from gputerm.records import Record

POINT_PX = 96 / 72  #: pixels of a point at scale 1
SIZE_RANGE_PT = 1.0, 3999.0  #: what can be asked for; Alacritty's
#: Pixels of an em that are drawn: a picture must fit a page of the atlas, 1,024 pixels a side.
SIZE_RANGE_PX = 1.0, 768.0
MAX_CELL_WIDTH, MAX_CELL_HEIGHT = 511, 1023  #: px; for the same reason, with two cells side by side


class FontSpec(Record):
    """A face by name. None: the default family, and a style matched by weight and slant."""

    family: str | None = None
    style: str | None = None


class FontOptions(Record):
    """Everything that decides how a glyph looks; equal options share one Glyphs."""

    normal: FontSpec = FontSpec()
    bold: FontSpec = FontSpec()  #: family None: normal's
    italic: FontSpec = FontSpec()
    bold_italic: FontSpec = FontSpec()
    size_pt: float = 11.25
    scale: float = 1.0  #: dpi / 96
    offset: tuple[int, int] = (0, 0)  #: px added to the cell's width and height
    glyph_offset: tuple[int, int] = (0, 0)  #: px that glyphs move inside the cell, x right, y up
    builtin_box_drawing: bool = True
    bundled_only: bool = False  #: no installed font is looked for

    @property
    def size_px(self) -> float:
        """Pixels per em, as many as can be drawn."""
        return _within(SIZE_RANGE_PX, self.wanted_px)

    @property
    def wanted_px(self) -> float:
        """Pixels per em as asked for."""
        return _within(SIZE_RANGE_PT, self.size_pt) * POINT_PX * self.scale

    def spec(self, *, bold: bool, italic: bool) -> FontSpec:
        """The spec for a style, its family filled in from `normal`."""
        if not (bold or italic):
            return self.normal
        chosen = (self.bold_italic if italic else self.bold) if bold else self.italic
        return FontSpec(chosen.family or self.normal.family, chosen.style)


class LineMetrics(Record):
    """A face's own figures in px at its size, unrounded; positions go up from the baseline."""

    advance: float  #: of '0'
    ascent: float
    descent: float  #: ≤ 0 for fonts that reach below the baseline
    line_height: float
    underline_position: float  #: centre of the line
    underline_thickness: float
    strikeout_position: float
    strikeout_thickness: float


class Metrics(Record):
    """The cell in px; `*_top` go down from its top edge, and every line lies inside it."""

    cell_width: int
    cell_height: int
    baseline: int  #: rows above it; glyphs stand on this edge
    descent: int  #: cell_height - baseline
    underline_top: int
    underline_thickness: int
    strikeout_top: int
    strikeout_thickness: int
    box_thickness: int  #: a light line of a box; heavy is twice as much


def cell_metrics(
    font: LineMetrics, offset: tuple[int, int] = (0, 0), glyph_offset_y: int = 0
) -> Metrics:
    """The grid that a face gives. `glyph_offset_y` (px, up) moves the strikeout with the glyphs."""
    width = _cell_side(font.advance, offset[0], MAX_CELL_WIDTH)
    height = _cell_side(_natural_height(font), offset[1], MAX_CELL_HEIGHT)
    # The descent stays at the bottom: a line gap and a positive offset.y are space above the text.
    descent = min(height - 1, max(0, round(-font.descent)))
    baseline = height - descent

    # A font without the metric says 0; these shares of the descent look right with most faces.
    underline = max(1, round(font.underline_thickness or -font.descent / 5))
    position = font.underline_position or font.descent / 2
    strikeout = max(1, round(font.strikeout_thickness or underline))
    strike_position = font.strikeout_position or (font.ascent + font.descent) / 2

    def inside(centre: float, thickness: int) -> int:
        return max(0, min(round(baseline - centre - thickness / 2), height - thickness))

    return Metrics(
        cell_width=width,
        cell_height=height,
        baseline=baseline,
        descent=descent,
        underline_top=inside(position, underline),
        underline_thickness=min(underline, height),
        strikeout_top=inside(strike_position + glyph_offset_y, strikeout),
        strikeout_thickness=min(strikeout, height),
        box_thickness=max(1, round(width / 8)),
    )


def undrawable(options: FontOptions, font: LineMetrics) -> list[str]:
    """A line for each of the options that cells of `font` can't follow."""
    lines = []
    if options.size_px != options.wanted_px:
        lines.append(
            f"font.size: {options.size_pt:g} points are {options.wanted_px:.0f} pixels here; "
            f"using {options.size_px:.0f}"
        )
    for axis, offset, natural, side in (
        ("x", options.offset[0], font.advance, "wide"),
        ("y", options.offset[1], _natural_height(font), "high"),
    ):
        if natural >= 1 > natural + offset:
            lines.append(
                f"font.offset.{axis}: {offset} leaves nothing of a cell "
                f"{floor(natural)} pixels {side}; ignored"
            )
    return lines


def _natural_height(font: LineMetrics) -> float:
    return max(font.line_height, font.ascent - font.descent)


def _cell_side(natural: float, offset: int, largest: int) -> int:
    """Whole pixels of a cell; an offset that leaves none is ignored."""
    side = natural + offset
    return min(max(floor(side if side >= 1 else natural), 1), largest)


def _within(limits: tuple[float, float], value: float) -> float:
    return min(max(value, limits[0]), limits[1])
