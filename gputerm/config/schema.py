"""Every key of the configuration: name, type, default, limits, meaning.

Names, meanings, defaults and limits are Alacritty's, so its files can be used. Only what has an
effect is a key: those that Alacritty has beyond these are in unknown.py. docs/configuration.md is
made from this file. Lengths are pixels at scale 1 unless the key says points.
"""

from __future__ import annotations

from gputerm.config.kinds import (
    ActionName,
    Bool,
    CellColour,
    Choice,
    Colour,
    Environment,
    FilePath,
    Integer,
    KeyName,
    Level,
    ListOf,
    MatchExpression,
    Maybe,
    Names,
    Number,
    SecretText,
    Text,
)
from gputerm.config.toml_table import Nested, Table, setting, table
from gputerm.limits import MAX_COLUMNS, MAX_LINES
from gputerm.policy.privileges import Trust

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, TypeAlias

    from gputerm.actions import Action
    from gputerm.input import bindings

    CellColourValue: TypeAlias = int | Literal["CellForeground", "CellBackground"]

MAX_HISTORY = 1_000_000  # lines; ten times Alacritty's, history is stored compactly
BLINK_PERIODS_AT_LEAST = 2  # a caret that stops before it has blinked looks broken

MAX_PADDING = 3_840  # pixels; on both sides of a window they fill a screen of 8K

SIGNED_BYTE = Integer("pixels", -128, 127)
PIXELS = Integer("pixels", 0, MAX_PADDING)
COLOUR = Colour()
CELL_COLOUR = CellColour()


class GeneralTable(Table):
    import_: tuple[str, ...] = setting(
        default=(),
        kind=ListOf(Text(), "an array of paths"),
        doc="Files read before this one, in order; this one wins. A path may begin with `~/` or be "
        "relative to the file that names it. Imported files may import, five deep.",
    )
    working_directory: str | None = setting(
        default=None,
        kind=Maybe(FilePath()),
        doc="Where programs start; None = where gputerm was started. May begin with `~/`.",
    )
    live_config_reload: bool = setting(
        default=True,
        kind=Bool(),
        doc="Follow this file and its imports as soon as they are saved.",
    )
    ipc_socket: bool = setting(
        default=True, kind=Bool(), doc="Listen for `gputerm msg`. Read at start only."
    )


class DimensionsTable(Table):
    columns: int = setting(
        default=0,
        kind=Integer("columns", 0, MAX_COLUMNS),
        doc="Width of a new window in cells; 0 = gputerm's choice.",
    )
    lines: int = setting(
        default=0,
        kind=Integer("lines", 0, MAX_LINES),
        doc="Height of a new window in cells; 0 = gputerm's choice.",
    )


class PositionTable(Table):
    x: int = setting(
        default=0, kind=Integer("pixels", -(2**31), 2**31 - 1), doc="Left edge on the screen."
    )
    y: int = setting(
        default=0, kind=Integer("pixels", -(2**31), 2**31 - 1), doc="Top edge on the screen."
    )


class PaddingTable(Table):
    x: int = setting(default=0, kind=PIXELS, doc="Blank space left and right of the cells.")
    y: int = setting(default=0, kind=PIXELS, doc="Blank space above and below the cells.")


class ClassTable(Table):
    general: str = setting(
        default="gputerm", kind=Text(), doc="Class of WM_CLASS on X11, app id on Wayland."
    )
    instance: str = setting(default="gputerm", kind=Text(), doc="Instance of WM_CLASS on X11.")


class WindowTable(Table):
    dimensions: DimensionsTable = table(default=DimensionsTable(), doc="Size of a new window.")
    position: PositionTable | None = setting(
        default=None,
        kind=Maybe(Nested(PositionTable)),
        doc="Where a new window appears; None = the window manager's choice. No effect on Wayland.",
    )
    padding: PaddingTable = table(default=PaddingTable(), doc="Blank space around the cells.")
    dynamic_padding: bool = setting(
        default=False,
        kind=Bool(),
        doc="Spread the pixels that make no whole cell evenly over opposite sides.",
    )
    decorations: Literal["Full", "None"] = setting(
        default="Full", kind=Choice("Full", "None"), doc="Borders and title bar. New windows only."
    )
    opacity: float = setting(
        default=1.0,
        kind=Number("a number", 0, 1),
        doc="Opacity of the background in pictures of `gputerm render`; windows are opaque.",
    )
    startup_mode: Literal["Windowed", "Maximized", "Fullscreen"] = setting(
        default="Windowed",
        kind=Choice("Windowed", "Maximized", "Fullscreen"),
        doc="How a new window appears.",
    )
    title: str = setting(default="gputerm", kind=Text(), doc="Title of a new window.")
    dynamic_title: bool = setting(
        default=True, kind=Bool(), doc="Let programs change the title (OSC 0 and OSC 2)."
    )
    class_: ClassTable = table(default=ClassTable(), doc="What window managers call the window.")


class ScrollingTable(Table):
    history: int = setting(
        default=10_000,
        kind=Integer("lines", 0, MAX_HISTORY),
        doc="Lines kept after they have left the screen; 0 = none.",
    )
    multiplier: int = setting(
        default=3,
        kind=Integer("lines", 0, 255),
        doc="Lines for each step of the mouse wheel.",
    )


class NormalFaceTable(Table):
    family: str | None = setting(
        default=None,
        kind=Maybe(Text()),
        doc="Family name, as fontconfig knows it; None = JetBrains Mono, which comes with gputerm.",
    )
    style: str | None = setting(
        default=None, kind=Maybe(Text()), doc='Style name, such as "Regular".'
    )


class FaceTable(Table):
    family: str | None = setting(
        default=None, kind=Maybe(Text()), doc="Family name; None = that of `font.normal`."
    )
    style: str | None = setting(
        default=None, kind=Maybe(Text()), doc="Style name; None = the one that matches the table."
    )


class FontOffsetTable(Table):
    x: int = setting(default=0, kind=SIGNED_BYTE, doc="Added to the width of a cell.")
    y: int = setting(default=0, kind=SIGNED_BYTE, doc="Added to the height of a cell.")


class GlyphOffsetTable(Table):
    x: int = setting(default=0, kind=SIGNED_BYTE, doc="Moves glyphs in their cell; + is right.")
    y: int = setting(default=0, kind=SIGNED_BYTE, doc="Moves glyphs in their cell; + is up.")


class FontTable(Table):
    normal: NormalFaceTable = table(default=NormalFaceTable(), doc="The face of ordinary text.")
    bold: FaceTable = table(default=FaceTable(), doc="The face of bold text.")
    italic: FaceTable = table(default=FaceTable(), doc="The face of italic text.")
    bold_italic: FaceTable = table(
        default=FaceTable(), doc="The face of text both bold and italic."
    )
    size: float = setting(
        default=11.25,
        kind=Number("points", 1, 3999),
        doc="Size of the text; a point is 1/72 inch, and an inch has 96 pixels at scale 1.",
    )
    offset: FontOffsetTable = table(default=FontOffsetTable(), doc="Space between cells.")
    glyph_offset: GlyphOffsetTable = table(
        default=GlyphOffsetTable(), doc="Where glyphs sit in their cell."
    )
    builtin_box_drawing: bool = setting(
        default=True,
        kind=Bool(),
        doc="Draw lines, blocks and Powerline symbols by rule, without gaps, not from the font.",
    )


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
        default="CellBackground", kind=CELL_COLOUR, doc="The character under the cursor."
    )
    cursor: CellColourValue = setting(
        default="CellForeground", kind=CELL_COLOUR, doc="The cursor itself."
    )


class SelectionColoursTable(Table):
    text: CellColourValue = setting(
        default="CellBackground", kind=CELL_COLOUR, doc="Characters of the selection."
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


class FooterBarColoursTable(Table):
    foreground: int | None = setting(
        default=None,
        kind=Maybe(COLOUR),
        doc="Text; None = `colors.primary.background`, if that can be read there.",
    )
    background: int | None = setting(
        default=None, kind=Maybe(COLOUR), doc="Cells; None = `colors.primary.foreground`."
    )


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
    selection: SelectionColoursTable = table(default=SelectionColoursTable(), doc="Selected cells.")
    search: SearchColoursTable = table(default=SearchColoursTable(), doc="What a search has found.")
    footer_bar: FooterBarColoursTable = table(
        default=FooterBarColoursTable(), doc="The search bar."
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


class BellTable(Table):
    duration: int = setting(
        default=0,
        kind=Integer("milliseconds", 0, 65_535),
        doc="How long the window flashes at the bell; 0 = not at all.",
    )


class SelectionTable(Table):
    semantic_escape_chars: str = setting(
        default=",│`|:\"' ()[]{}<>\t",
        kind=Text(),
        doc="Characters that end a word when a double click selects one.",
    )
    save_to_clipboard: bool = setting(
        default=False,
        kind=Bool(),
        doc="A selection goes to the clipboard too, not only to the primary selection.",
    )


class CursorStyleTable(Table, shorthand="shape"):
    shape: Literal["Block", "Underline", "Beam"] = setting(
        default="Block", kind=Choice("Block", "Underline", "Beam"), doc="Shape of the cursor."
    )
    blinking: Literal["Never", "Off", "On", "Always"] = setting(
        default="Off",
        kind=Choice("Never", "Off", "On", "Always"),
        doc="On and Off are where programs start from; Always and Never can't be changed by them.",
    )


class CursorTable(Table):
    style: CursorStyleTable = table(
        default=CursorStyleTable(),
        doc="Until a program asks for another; a bare shape doesn't blink.",
    )
    blink_interval: int = setting(
        default=750,
        kind=Integer("milliseconds", 10, 3_600_000),
        doc="How long the cursor is shown and how long it is hidden while it blinks.",
    )
    blink_timeout: int = setting(
        default=5,
        kind=Integer("seconds", 0, 255),
        doc="Blinking stops this long after the last key; 0 = never. Never before two blinks.",
    )
    unfocused_hollow: bool = setting(
        default=True, kind=Bool(), doc="The cursor of a window without focus is an outline."
    )
    thickness: float = setting(
        default=0.15,
        kind=Number("a number", 0, 1),
        doc="Thickness of beam, underline and outline in widths of a cell; at least one pixel.",
    )

    @property
    def blink_timeout_ms(self) -> int:
        """When blinking stops after the last key, in milliseconds; 0 = never."""
        if self.blink_timeout == 0:
            return 0
        return max(self.blink_timeout * 1000, BLINK_PERIODS_AT_LEAST * self.blink_interval)


class ProgramTable(Table, shorthand="program", whole=True):
    program: str = setting(default="", kind=FilePath(), doc="A path, or a name looked up in $PATH.")
    args: tuple[str, ...] = setting(
        default=(), kind=ListOf(Text(), "an array of texts"), doc="Its arguments."
    )

    def unfit(self) -> str | None:
        return None if self.program else "expected a program"


TRUST = Level(Trust)


class TrustRuleTable(Table, whole=True):
    match: str | None = setting(
        default=None,
        kind=MatchExpression(),
        doc="Which windows, as `gputerm msg --match` has it, by what they are opened with: "
        '`cmd:"^ssh "`, `cwd:^/srv and not env:TRUST=1`.',
    )
    trust: Trust | None = setting(
        default=None, kind=TRUST, doc="How far their programs are trusted."
    )

    def unfit(self) -> str | None:
        if self.match is None or self.trust is None:
            return "expected {match, trust}"
        return None


class TerminalTable(Table):
    shell: ProgramTable | None = setting(
        default=None,
        kind=Maybe(Nested(ProgramTable)),
        doc="What runs when no program is named; None = $SHELL, else the login shell.",
    )
    osc52: Literal["Disabled", "OnlyCopy", "OnlyPaste", "CopyPaste"] = setting(
        default="OnlyCopy",
        kind=Choice("Disabled", "OnlyCopy", "OnlyPaste", "CopyPaste"),
        doc="What programs may do with the clipboard (OSC 52): write it, read it, both, neither. "
        "A Wayland compositor lets no window write it that hasn't had a key press or a click yet.",
    )
    trust: Trust = setting(
        default=Trust.DEFAULT,
        kind=TRUST,
        doc="What programs may do to clipboard, title, notifications and window size; "
        "[docs/ipc.md](ipc.md) has the table.",
    )
    trust_rules: tuple[TrustRuleTable, ...] = setting(
        default=(),
        kind=ListOf(Nested(TrustRuleTable), "an array of {match, trust}"),
        doc="The first one that matches a window decides instead of terminal.trust.",
    )
    ambiguous_width: Literal["Narrow", "Wide"] = setting(
        default="Narrow",
        kind=Choice("Narrow", "Wide"),
        doc="Cells of characters that are wide in East Asian fonts only, such as Greek letters and "
        "box drawing: one, or two. Programs must count the same; text on the screen stays.",
    )
    clusters: Literal["Always", "Requested", "Never"] = setting(
        default="Always",
        kind=Choice("Always", "Requested", "Never"),
        doc="When an emoji sequence or another grapheme cluster is one character: unless a program "
        "resets mode 2027, once a program sets it, or never. Otherwise each code point has its "
        "cells of wcwidth(3). [docs/emoji.md](emoji.md) has what programs make of it.",
    )


class PasteTable(Table):
    confirm: Literal["Never", "Unsafe", "Always"] = setting(
        default="Unsafe",
        kind=Choice("Never", "Unsafe", "Always"),
        doc="Which pastes and drops are shown for confirmation first; Unsafe: those that may do "
        "more than they seem to ([docs/security.md](security.md#pastes)).",
    )


class MouseTable(Table):
    hide_when_typing: bool = setting(
        default=False, kind=Bool(), doc="Hide the pointer at a key until the mouse moves."
    )


MODS = Names(
    {
        "Control": "Control",
        "Shift": "Shift",
        "Alt": "Alt",
        "Option": "Alt",
        "Super": "Super",
        "Command": "Super",
    }
)
BINDING_MODES = Names(
    {name: name for name in ("AppCursor", "AppKeypad", "Alt", "Search", "Vi")}, negatable=True
)


class BindingTable(Table, whole=True):
    """What a key does, in the words that `gputerm.input.bindings` gives a meaning."""

    key: str | int | None = setting(
        default=None,
        kind=KeyName(),
        doc='A character, or the name of a key: "F1", "ArrowUp", "PageUp", "NumpadEnter".',
    )
    mods: tuple[str, ...] = setting(
        default=(), kind=MODS, doc='Modifiers that must be held, and no others: "Control|Shift".'
    )
    mode: tuple[str, ...] = setting(
        default=(),
        kind=BINDING_MODES,
        doc='Modes that must be on, or off after "~": "AppCursor|~Alt".',
    )
    action: Action | None = setting(
        default=None,
        kind=ActionName(),
        doc='What gputerm does: "Copy", "ScrollPageUp"; "None" = nothing; '
        '"ReceiveChar" = the program gets the key.',
    )
    chars: str | None = setting(
        default=None, kind=SecretText(), doc="Sent to the program as it stands."
    )
    command: ProgramTable | None = setting(
        default=None, kind=Nested(ProgramTable), doc="Started beside the terminal."
    )

    def unfit(self) -> str | None:
        if self.key is None:
            return "expected a key"
        if (self.action, self.chars, self.command).count(None) != 2:
            return "expected exactly one of action, chars, command"
        return None

    def parsed(self) -> bindings.Binding:
        """The binding as `input` looks it up; its words are known to have a meaning."""
        from gputerm.input import bindings

        does: bindings.BindingAction
        if self.action is not None:
            does = self.action
        elif self.chars is not None:
            does = bindings.SendChars(self.chars)
        else:
            assert self.command is not None
            does = bindings.RunCommand(self.command.program, self.command.args)
        assert self.key is not None
        return bindings.parse_binding(bindings.parse_key(self.key), self.mods, self.mode, does)


class KeyboardTable(Table):
    bindings: tuple[BindingTable, ...] = setting(
        default=(),
        kind=ListOf(Nested(BindingTable), "an array of bindings"),
        doc="Come before gputerm's own bindings and replace those for the same key, modifiers and "
        "mode.",
    )


class Config(Table):
    """The whole configuration. `gputerm.config.load` makes it from files and overrides."""

    general: GeneralTable = table(default=GeneralTable(), doc="What belongs to no other table.")
    env: Mapping[str, str] = setting(
        default={},
        kind=Environment(),
        doc='Environment variables for programs: `EDITOR = "vim"`.',
    )
    window: WindowTable = table(default=WindowTable(), doc="Windows.")
    scrolling: ScrollingTable = table(default=ScrollingTable(), doc="What has left the screen.")
    font: FontTable = table(default=FontTable(), doc="Faces and their size.")
    colors: ColoursTable = table(
        default=ColoursTable(), doc='Colours are written "#rrggbb" or "0xrrggbb".'
    )
    bell: BellTable = table(default=BellTable(), doc="The bell.")
    selection: SelectionTable = table(default=SelectionTable(), doc="Selecting text.")
    cursor: CursorTable = table(default=CursorTable(), doc="The cursor.")
    terminal: TerminalTable = table(default=TerminalTable(), doc="The program and what it may do.")
    paste: PasteTable = table(default=PasteTable(), doc="What is pasted or dropped on a window.")
    mouse: MouseTable = table(default=MouseTable(), doc="The mouse.")
    keyboard: KeyboardTable = table(default=KeyboardTable(), doc="Keys.")
