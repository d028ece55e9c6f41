"""Every key of the configuration: name, type, default, limits, meaning.

Names, meanings, defaults and limits are Alacritty's, so its files can be used. Only what has an
effect is a key: those that Alacritty has beyond these are in unknown.py. docs/configuration.md is
made from this file. Lengths are pixels at scale 1 unless the key says points.
"""

from __future__ import annotations

from gputerm.config.binding_tables import BindingTable, MouseBindingTable, ProgramTable
from gputerm.config.colours import COLOUR, ColoursTable
from gputerm.config.hint_tables import HintsTable
from gputerm.config.kinds import (
    Bool,
    Choice,
    Environment,
    FilePath,
    Integer,
    Level,
    ListOf,
    MatchExpression,
    Maybe,
    Number,
    Text,
)
from gputerm.config.toml_table import Nested, Table, setting, table
from gputerm.limits import MAX_COLUMNS, MAX_LINES
from gputerm.policy.privileges import Trust

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal


MAX_HISTORY = 1_000_000  # lines; ten times Alacritty's, history is stored compactly
BLINK_PERIODS_AT_LEAST = 2  # a caret that stops before it has blinked looks broken

MAX_PADDING = 3_840  # pixels; on both sides of a window they fill a screen of 8K

SIGNED_BYTE = Integer("pixels", -128, 127)
PIXELS = Integer("pixels", 0, MAX_PADDING)


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
        default="Full",
        kind=Choice("Full", "None", Transparent="Full", Buttonless="Full"),
        doc="Borders and title bar. New windows only. Names that mean something on macOS only are "
        "read as Full.",
    )
    opacity: float = setting(
        default=1.0,
        kind=Number("a number", 0, 1, clamped=True),
        doc="Opacity of the background in pictures of `gputerm render`; windows are opaque.",
    )
    startup_mode: Literal["Windowed", "Maximized", "Fullscreen"] = setting(
        default="Windowed",
        kind=Choice("Windowed", "Maximized", "Fullscreen", SimpleFullscreen="Fullscreen"),
        doc="How a new window appears.",
    )
    title: str = setting(default="gputerm", kind=Text(), doc="Title of a new window.")
    dynamic_title: bool = setting(
        default=True, kind=Bool(), doc="Let programs change the title (OSC 0 and OSC 2)."
    )
    class_: ClassTable = table(default=ClassTable(), doc="What window managers call the window.")
    blur: bool = setting(
        default=False,
        kind=Bool(),
        doc="Blur what is behind a transparent window.",
        has_effect=False,
    )
    decorations_theme_variant: Literal["Dark", "Light"] | None = setting(
        default=None,
        kind=Maybe(Choice("Dark", "Light")),
        doc="Look of the title bar; None = the desktop's.",
        has_effect=False,
    )
    resize_increments: bool = setting(
        default=False,
        kind=Bool(),
        doc="Window managers resize by whole cells.",
        has_effect=False,
    )
    option_as_alt: Literal["OnlyLeft", "OnlyRight", "Both"] | None = setting(
        default=None,
        kind=Maybe(Choice("OnlyLeft", "OnlyRight", "Both")),
        doc="For macOS.",
        has_effect=False,
    )
    level: Literal["Normal", "AlwaysOnTop"] = setting(
        default="Normal",
        kind=Choice("Normal", "AlwaysOnTop"),
        doc="Whether new windows stay above others; on X11.",
    )


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
    command_line: bool = setting(
        default=False,
        kind=Bool(),
        doc="While one scrolls through a command's output its command line stays in the top row "
        "([docs/shells.md](shells.md)).",
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
        kind=Number("points", 1, 3999, clamped=True),
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
    vi_mode_style: CursorStyleTable | None = setting(
        default=None,
        kind=Maybe(Nested(CursorStyleTable)),
        doc="In vi mode; None = as outside of it.",
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


class BellTable(Table):
    duration: int = setting(
        default=0,
        kind=Integer("milliseconds", 0, 65_535),
        doc="How long the window flashes at the bell; 0 = not at all.",
    )
    animation: str = setting(
        default="Linear",
        kind=Choice(
            *("Ease", "EaseOut", "EaseOutSine", "EaseOutQuad", "EaseOutCubic", "EaseOutQuart"),
            *("EaseOutQuint", "EaseOutExpo", "EaseOutCirc", "Linear"),
        ),
        doc="How the flash fades.",
        has_effect=False,
    )
    color: int = setting(
        default=0xFFFFFF, kind=COLOUR, doc="Colour of the flash.", has_effect=False
    )
    command: ProgramTable | None = setting(
        default=None,
        kind=Maybe(Nested(ProgramTable)),
        doc="Started at the bell, ten times a second at most; not for an untrusted window.",
    )


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
    shell_integration: bool = setting(
        default=True,
        kind=Bool(),
        doc="Start bash, zsh and fish so that they mark prompts and commands and tell directory "
        "and title, without touching the user's files ([docs/shells.md](shells.md)). New windows "
        "only.",
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
    bindings: tuple[MouseBindingTable, ...] = setting(
        default=(),
        kind=ListOf(Nested(MouseBindingTable), "an array of bindings"),
        doc="What buttons and the wheel do.",
        has_effect=False,
    )


class DebugTable(Table):
    render_timer: bool = setting(
        default=False, kind=Bool(), doc="Show how long frames take.", has_effect=False
    )
    persistent_logging: bool = setting(
        default=False, kind=Bool(), doc="Keep the log file.", has_effect=False
    )
    log_level: str = setting(
        default="Warn",
        kind=Choice("Off", "Error", "Warn", "Info", "Debug", "Trace"),
        doc="How much is logged; `gputerm -v` and `-q` say it here.",
        has_effect=False,
    )
    renderer: str | None = setting(
        default=None,
        kind=Maybe(Choice("glsl3", "gles2", "gles2pure")),
        doc="Kind of OpenGL.",
        has_effect=False,
    )
    print_events: bool = setting(
        default=False, kind=Bool(), doc="Print all events of windows.", has_effect=False
    )
    highlight_damage: bool = setting(
        default=False, kind=Bool(), doc="Mark what is drawn anew.", has_effect=False
    )
    prefer_egl: bool = setting(default=False, kind=Bool(), doc="Use EGL on X11.", has_effect=False)


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
    hints: HintsTable = table(
        default=HintsTable(), doc="Texts on the screen that something can be done with."
    )
    mouse: MouseTable = table(default=MouseTable(), doc="The mouse.")
    keyboard: KeyboardTable = table(default=KeyboardTable(), doc="Keys.")
    debug: DebugTable = table(default=DebugTable(), doc="For those who look into a terminal.")
