"""What the configuration says about looks, in the words of render and vt.

Shared by windows and offscreen pictures, so that both show the same.
"""

from __future__ import annotations

from gputerm.config import Config
from gputerm.config.colours import (
    BarColoursTable,
    FirstLabelColoursTable,
    LabelColoursTable,
    PrimaryColoursTable,
)
from gputerm.pane.options import PaneOptions
from gputerm.render.paint import Look, contrast
from gputerm.view import INVERT
from gputerm.view.overlay import SpanColors
from gputerm.view.surfaces import CellColors, SurfaceColors
from gputerm.vt import TerminalOptions, palette
from gputerm.vt.core.cells import COLOR_RGB


def look_of(config: Config, *, translucent: bool = False) -> Look:
    """What the configuration says about painting cells.

    `translucent`: the picture can be seen through, as a window's can't; its background would only
    be darker.
    """
    colors = config.colors
    dim = colors.dim
    return Look(
        opacity=config.window.opacity if translucent else 1.0,
        opaque_colors=not colors.transparent_background_colors,
        bright_foreground=colors.primary.bright_foreground,
        dim_foreground=colors.primary.dim_foreground,
        dim_colors=tuple(getattr(dim, name) for name in _ANSI_NAMES) if dim is not None else None,
        bold_is_bright=colors.draw_bold_text_with_bright_colors,
        hollow_unfocused=config.cursor.unfocused_hollow,
        cursor_thickness=config.cursor.thickness,
    )


_ANSI_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def _palette(config: Config) -> tuple[int, ...]:
    """The configured colours, as vt.palette numbers them."""
    colors = config.colors
    defaults = palette.default_colors()
    defaults[:8] = [getattr(colors.normal, name) for name in _ANSI_NAMES]
    defaults[8:16] = [getattr(colors.bright, name) for name in _ANSI_NAMES]
    for entry in colors.indexed_colors:
        if entry.index is not None and entry.color is not None:
            defaults[entry.index] = entry.color
    defaults[palette.FOREGROUND] = colors.primary.foreground
    defaults[palette.BACKGROUND] = colors.primary.background
    for index, color in (
        (palette.CURSOR, colors.cursor.cursor),
        (palette.CURSOR_TEXT, colors.cursor.text),
        (palette.SELECTION_BACKGROUND, colors.selection.background),
        (palette.SELECTION_FOREGROUND, colors.selection.text),
    ):
        defaults[index] = color if isinstance(color, int) else palette.UNSET
    return tuple(defaults.tolist())


def terminal_options(config: Config, *, test_reports: bool) -> TerminalOptions:
    """What the configuration says about a terminal."""
    style = config.cursor.style
    return TerminalOptions(
        history=config.scrolling.history,
        colors=_palette(config),
        cursor_shape=style.shape.lower(),
        cursor_blinking=style.blinking in ("On", "Always"),
        ambiguous_wide=config.terminal.ambiguous_width == "Wide",
        clusters=config.terminal.clusters.lower(),
        resize_at_once=True,
        test_reports=test_reports,
    )


def pane_options(config: Config) -> PaneOptions:
    """What a pane is configured with."""
    cursor, terminal = config.cursor, config.terminal
    vi = cursor.vi_mode_style
    rules = ((rule.match, rule.trust) for rule in terminal.trust_rules if rule.match and rule.trust)
    return PaneOptions(
        title=config.window.title,
        dynamic_title=config.window.dynamic_title,
        osc52=terminal.osc52,
        word_separators=config.selection.semantic_escape_chars,
        cursor_blinks={"Always": True, "Never": False}.get(cursor.style.blinking),
        vi_cursor_blinks=None if vi is None else vi.blinking in ("On", "Always"),
        blink_interval=cursor.blink_interval / 1000,
        blink_timeout=cursor.blink_timeout_ms / 1000,
        flash=config.bell.duration / 1000,
        trust=terminal.trust,
        trust_rules=tuple(rules),
    )


def vi_cursor(config: Config) -> tuple[str | None, tuple[int, int]]:
    """The shape of vi mode's cursor, None = the terminal's; and the colours of it and the character
    under it, as in the palette."""
    style, colors = config.cursor.vi_mode_style, config.colors.vi_mode_cursor
    pair = (colors.cursor, colors.text)
    ground, text = (color if isinstance(color, int) else palette.UNSET for color in pair)
    return None if style is None else style.shape.lower(), (ground, text)


def selection_colors(config: Config) -> dict[str, int | None]:
    """`fg` and `bg` of the spans that show a selection, as Selection.spans takes them."""
    colors = config.colors.selection
    fg, bg = _span_colors(colors.text, colors.background)
    return {"fg": fg, "bg": bg}


def search_colors(config: Config) -> tuple[SpanColors, SpanColors]:
    """Those of the spans that show matches of a search, and the one in focus."""
    colors = config.colors.search
    matches, focused = colors.matches, colors.focused_match
    return (
        _span_colors(matches.foreground, matches.background),
        _span_colors(focused.foreground, focused.background),
    )


def _span_colors(text: int | str, ground: int | str) -> SpanColors:
    if (text, ground) == ("CellBackground", "CellForeground"):
        return INVERT, INVERT
    return _span_color(text), _span_color(ground)


def surface_colors(config: Config) -> SurfaceColors:
    """What gputerm's own words are coloured with: grounds of the theme, and on each what can be
    read there."""
    colors, primary = config.colors, config.colors.primary
    return SurfaceColors(
        alarm=_readable_on(colors.normal.red),
        notice=_readable_on(colors.normal.blue),
        footer=_bar_colors(colors.footer_bar, primary),
        indicator=_bar_colors(colors.line_indicator, primary),
        label=_label_colors(colors.hints.start, primary),
        label_rest=_label_colors(colors.hints.end, primary),
    )


def _label_colors(
    label: FirstLabelColoursTable | LabelColoursTable, primary: PrimaryColoursTable
) -> CellColors:
    cell = {"CellForeground": primary.foreground, "CellBackground": primary.background}
    text, ground = (
        color if isinstance(color, int) else cell[color]
        for color in (label.foreground, label.background)
    )
    return _readable_on(ground, text)


def _bar_colors(bar: BarColoursTable, primary: PrimaryColoursTable) -> CellColors:
    ground = primary.foreground if bar.background is None else bar.background
    text, ground = _readable_on(ground, primary.background)
    return text if bar.foreground is None else COLOR_RGB | bar.foreground, ground


def _readable_on(ground: int, wanted: int | None = None) -> CellColors:
    """The colour that is wanted, if that can be read there, else whichever of black and white
    stands out more: at 4.58:1 in the worst case, since the two contrasts multiply to 21.
    [WCAG 2.1 1.4.3 asks for 4.5:1]"""
    text = max((0x000000, 0xFFFFFF), key=lambda color: contrast(color, ground))
    if wanted is not None and contrast(wanted, ground) >= 4.5:
        text = wanted
    return COLOR_RGB | text, COLOR_RGB | ground


def _span_color(color: int | str) -> int | None:
    # A span can keep a cell's colour or exchange both, not take one from the other.
    return COLOR_RGB | color if isinstance(color, int) else None
