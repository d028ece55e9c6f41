"""The keys below `colors`: what schema.py is for the others."""

from __future__ import annotations

from gputerm.config.kinds import Bool, CellColour, Colour, Integer, ListOf, Maybe
from gputerm.config.toml_table import Nested, Table, setting, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    CellColourValue: TypeAlias = int | Literal["CellForeground", "CellBackground"]

COLOUR = Colour()
CELL_COLOUR = CellColour()


class PrimaryColoursTable(Table):
    foreground: int = setting(
        default=0xD8D8D8, kind=COLOUR, doc="Text without a colour of its own."
    )
    background: int = setting(
        default=0x181818, kind=COLOUR, doc="Cells without a colour of their own."
    )
    dim_foreground: int | None = setting(
        default=None, kind=Maybe(COLOUR), doc="Dim text; None = two thirds of `foreground`."
    )
    bright_foreground: int | None = setting(
        default=None,
        kind=Maybe(COLOUR),
        doc="Bold text under `draw_bold_text_with_bright_colors`; None = `foreground`.",
    )


class CursorColoursTable(Table):
    text: CellColourValue = setting(
        default="CellBackground",
        kind=CELL_COLOUR,
        doc="The character under the cursor.",
        aliases=("foreground",),
    )
    cursor: CellColourValue = setting(
        default="CellForeground",
        kind=CELL_COLOUR,
        doc="The cursor itself.",
        aliases=("background",),
    )


class BarColoursTable(Table):
    foreground: int | None = setting(
        default=None,
        kind=Maybe(COLOUR),
        doc="Text; None = `colors.primary.background`, if that can be read there.",
    )
    background: int | None = setting(
        default=None, kind=Maybe(COLOUR), doc="Cells; None = `colors.primary.foreground`."
    )


class ViModeCursorColoursTable(Table):
    text: CellColourValue = setting(
        default="CellBackground", kind=CELL_COLOUR, doc="The character under it."
    )
    cursor: CellColourValue = setting(
        default="CellForeground", kind=CELL_COLOUR, doc="The cursor itself."
    )


class SelectionColoursTable(Table):
    text: CellColourValue = setting(
        default="CellBackground",
        kind=CELL_COLOUR,
        doc="Characters of the selection.",
        aliases=("foreground",),
    )
    background: CellColourValue = setting(
        default="CellForeground", kind=CELL_COLOUR, doc="Cells of the selection."
    )


class MatchColoursTable(Table):
    foreground: CellColourValue = setting(
        default=0x181818, kind=CELL_COLOUR, doc="Characters of a match."
    )
    background: CellColourValue = setting(
        default=0xAC4242, kind=CELL_COLOUR, doc="Cells of a match."
    )


class FocusedMatchColoursTable(Table):
    foreground: CellColourValue = setting(
        default=0x181818, kind=CELL_COLOUR, doc="Characters of the match in focus."
    )
    background: CellColourValue = setting(
        default=0xF4BF75, kind=CELL_COLOUR, doc="Cells of the match in focus."
    )


class SearchColoursTable(Table):
    matches: MatchColoursTable = table(default=MatchColoursTable(), doc="All matches.")
    focused_match: FocusedMatchColoursTable = table(
        default=FocusedMatchColoursTable(), doc="The match that a search has come to."
    )


class FirstLabelColoursTable(Table):
    foreground: CellColourValue = setting(default=0x181818, kind=CELL_COLOUR, doc="The character.")
    background: CellColourValue = setting(default=0xF4BF75, kind=CELL_COLOUR, doc="Its cell.")


class LabelColoursTable(Table):
    foreground: CellColourValue = setting(default=0x181818, kind=CELL_COLOUR, doc="Characters.")
    background: CellColourValue = setting(default=0xAC4242, kind=CELL_COLOUR, doc="Their cells.")


class HintsColoursTable(Table):
    start: FirstLabelColoursTable = table(
        default=FirstLabelColoursTable(), doc="The first character of a label."
    )
    end: LabelColoursTable = table(default=LabelColoursTable(), doc="The others.")


class NormalColoursTable(Table):
    black: int = setting(default=0x181818, kind=COLOUR, doc="Palette index 0.")
    red: int = setting(default=0xAC4242, kind=COLOUR, doc="Palette index 1.")
    green: int = setting(default=0x90A959, kind=COLOUR, doc="Palette index 2.")
    yellow: int = setting(default=0xF4BF75, kind=COLOUR, doc="Palette index 3.")
    blue: int = setting(default=0x6A9FB5, kind=COLOUR, doc="Palette index 4.")
    magenta: int = setting(default=0xAA759F, kind=COLOUR, doc="Palette index 5.")
    cyan: int = setting(default=0x75B5AA, kind=COLOUR, doc="Palette index 6.")
    white: int = setting(default=0xD8D8D8, kind=COLOUR, doc="Palette index 7.")


class BrightColoursTable(Table):
    black: int = setting(default=0x6B6B6B, kind=COLOUR, doc="Palette index 8.")
    red: int = setting(default=0xC55555, kind=COLOUR, doc="Palette index 9.")
    green: int = setting(default=0xAAC474, kind=COLOUR, doc="Palette index 10.")
    yellow: int = setting(default=0xFECA88, kind=COLOUR, doc="Palette index 11.")
    blue: int = setting(default=0x82B8C8, kind=COLOUR, doc="Palette index 12.")
    magenta: int = setting(default=0xC28CB8, kind=COLOUR, doc="Palette index 13.")
    cyan: int = setting(default=0x93D3C3, kind=COLOUR, doc="Palette index 14.")
    white: int = setting(default=0xF8F8F8, kind=COLOUR, doc="Palette index 15.")


class DimColoursTable(Table):
    black: int = setting(default=0x0F0F0F, kind=COLOUR, doc="Dim text of palette index 0.")
    red: int = setting(default=0x712B2B, kind=COLOUR, doc="Dim text of palette index 1.")
    green: int = setting(default=0x5F6F3A, kind=COLOUR, doc="Dim text of palette index 2.")
    yellow: int = setting(default=0xA17E4D, kind=COLOUR, doc="Dim text of palette index 3.")
    blue: int = setting(default=0x456877, kind=COLOUR, doc="Dim text of palette index 4.")
    magenta: int = setting(default=0x704D68, kind=COLOUR, doc="Dim text of palette index 5.")
    cyan: int = setting(default=0x4D7770, kind=COLOUR, doc="Dim text of palette index 6.")
    white: int = setting(default=0x8E8E8E, kind=COLOUR, doc="Dim text of palette index 7.")


class IndexedColourTable(Table, whole=True):
    index: int | None = setting(
        default=None, kind=Integer("an index", 16, 255), doc="Palette index in the cube or ramp."
    )
    color: int | None = setting(default=None, kind=COLOUR, doc="Its colour.")

    def unfit(self) -> str | None:
        if self.index is None or self.color is None:
            return "expected {index, color}"
        return None


class ColoursTable(Table):
    primary: PrimaryColoursTable = table(
        default=PrimaryColoursTable(), doc="Where no colour is asked for."
    )
    cursor: CursorColoursTable = table(default=CursorColoursTable(), doc="The cursor.")
    vi_mode_cursor: ViModeCursorColoursTable = table(
        default=ViModeCursorColoursTable(), doc="The cursor of vi mode."
    )
    line_indicator: BarColoursTable = table(
        default=BarColoursTable(), doc="How far up the cursor of vi mode is, at the top right."
    )
    selection: SelectionColoursTable = table(default=SelectionColoursTable(), doc="Selected cells.")
    search: SearchColoursTable = table(default=SearchColoursTable(), doc="What a search has found.")
    hints: HintsColoursTable = table(
        default=HintsColoursTable(), doc="Labels of hints; see `hints`."
    )
    footer_bar: BarColoursTable = table(
        default=BarColoursTable(), doc="The search bar, and where a link leads."
    )
    normal: NormalColoursTable = table(
        default=NormalColoursTable(), doc="The eight ordinary colours."
    )
    bright: BrightColoursTable = table(
        default=BrightColoursTable(), doc="The eight bright colours."
    )
    dim: DimColoursTable | None = setting(
        default=None,
        kind=Maybe(Nested(DimColoursTable)),
        doc="The eight colours of dim text; None = two thirds of `colors.normal`. Dim text in a "
        "bright colour takes the ordinary one.",
    )
    indexed_colors: tuple[IndexedColourTable, ...] = setting(
        default=(),
        kind=ListOf(Nested(IndexedColourTable), "an array of {index, color}"),
        doc="Other colours for palette indices 16 to 255; a later entry wins.",
    )
    transparent_background_colors: bool = setting(
        default=False,
        kind=Bool(),
        doc="Apply `window.opacity` to every cell, not only to those without a background colour.",
    )
    draw_bold_text_with_bright_colors: bool = setting(
        default=False, kind=Bool(), doc="Bold text in an ordinary colour takes the bright one."
    )
