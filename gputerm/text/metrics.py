"""What is asked of a font (FontOptions) and what its cells measure (Metrics), in whole pixels.

The rules are Alacritty's, so that the same settings give the same grid: the cell is as wide as the
advance of '0' and as high as the line, both plus `offset`, floored; never below one pixel.
"""

from math import floor

from gputerm.records import Record

POINT_PX = 96 / 72  #: pixels of a point at scale 1
SIZE_RANGE_PT = (
    1.0,
    3999.0,
)  #: FreeType's 16-bit ppem at scale 1 ends the range; Alacritty clamps to the same


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

    @property
    def size_px(self) -> float:
        """Pixels per em."""
        smallest, largest = SIZE_RANGE_PT
        return min(max(self.size_pt, smallest), largest) * POINT_PX * self.scale

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
    width = max(1, floor(font.advance + offset[0]))
    height = max(1, floor(max(font.line_height, font.ascent - font.descent) + offset[1]))
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
