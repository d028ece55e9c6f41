"""Rows of cells → quads: what a row looks like, as arrays. No GL, no memory of earlier frames.

A quad is 20 bytes, one instance of a draw call (shaders/quad.glsl):

    x y width height   int16   canvas pixels, y down
    u v                uint16  glyph, background: top left texel | line: phase, period [px]
    detail             uint16  glyph: atlas layer, 1 on a colour page | background: texels across,
                       × 2     down | line: underline style, thickness [px]
    color              uint32  0xAARRGGBB, straight alpha

Backgrounds are a picture with one texel for each cell, stretched over the rows that have any.
Colours are resolved here rather than in the shader; docs/performance.md says why. The order of
effects is Alacritty's: palette, bright, dim, inverse, cursor.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from gputerm.records import Record
from gputerm.text.metrics import Metrics
from gputerm.vt import palette as p
from gputerm.vt.core import cells as c

Array: TypeAlias = np.ndarray[Any, Any]

QUAD_WORDS = 5  #: uint32 words: x|y, width|height, u|v, layer|detail, color

_BACKGROUND = struct.Struct("=4h4H4x")  #: a quad that shows a part of the picture of cells

_OPAQUE = 0xFF000000
_RGB = 0xFFFFFF

SINGLE, DOUBLE, CURLY, DOTTED, DASHED = range(1, 6)  #: SGR 4:n

_DRAWN = c.BOLD | c.DIM | c.UNDERLINE | c.BLINK | c.INVERSE | c.HIDDEN | c.STRIKE | c.OVERLINE
_LINES = c.UNDERLINE | c.STRIKE | c.OVERLINE

MIN_CURSOR_CONTRAST = 1.5  #: Alacritty's: below it a cursor in the cell's colours can't be found


class Atlas(Protocol):
    """What painting needs of text.Atlas."""

    @property
    def quads(self) -> Array:
        """uint32[sprites, 5]: each glyph as a quad in the top left cell, black."""


class Look(Record):
    """How cells are shown, as the configuration wants it; equal looks paint equal pixels."""

    opacity: float = 1.0  #: of the default background, 0 to 1
    opaque_colors: bool = True  #: backgrounds that a program chose ignore `opacity`
    bold_is_bright: bool = False  #: BOLD moves palette colours 0-7 to 8-15
    bright_foreground: int | None = None  #: of BOLD text in the default colour under bold_is_bright
    dim_foreground: int | None = None  #: of DIM text in the default colour; None: made from it
    dim_colors: tuple[int, ...] | None = None  #: of palette colours 0-7; None: made from them
    hollow_unfocused: bool = True  #: without focus every cursor is an outline
    cursor_thickness: float = 0.15  #: of beam, underline and outline, in cell widths


class Cursor(NamedTuple):
    """The cursor as painted; equal cursors paint equal pixels."""

    row: int
    column: int
    shape: str  #: "block", "beam", "underline" or "hollow"
    wide: bool
    #: it and the character under it, as in the palette; None: as the palette says
    colors: tuple[int, int] | None = None


class Quads(NamedTuple):
    """What a draw call each needs, in drawing order. uint32[n, 5] but for `cells`."""

    cells: Array  #: uint32[n, columns]: premultiplied 0xAARRGGBB of each cell's background
    backgrounds: Array  #: where parts of `cells` go; replaces what is there, as does `over`
    fills: Array  #: straight lines
    lines: Array  #: curly, dotted, dashed underlines
    glyphs: Array
    color_glyphs: Array
    over: Array  #: cursors that are not blocks


class Geometry:
    """Where the grid lies on the canvas, in px."""

    def __init__(self, metrics: Metrics, columns: int, width: int, left: int, top: int) -> None:
        """`width` is the canvas's; (`left`, `top`) the corner of the cell in row 0, column 0."""
        self.metrics = metrics
        self.columns = columns
        self.width = width
        self.left, self.top = left, top
        #: int16[columns]: left edge of each column
        self.column_x = (left + np.arange(columns) * metrics.cell_width).astype(np.int16)

    def row_y(self, rows: Array) -> Array:
        """Top of each row."""
        return self.top + rows * self.metrics.cell_height


class Colors:
    """A palette made ready for looking up many cell words at once."""

    def __init__(self, palette: Array, look: Look, *, reverse: bool) -> None:
        """`palette` is uint32[≥ 260]; `reverse` (DECSCNM) exchanges the two default colours."""
        foreground = int(palette[p.FOREGROUND])
        background = int(palette[p.BACKGROUND])
        if reverse:
            foreground, background = background, foreground
        self.foreground = foreground
        self.background = background
        self.cursor = int(palette[p.CURSOR])
        self.cursor_text = int(palette[p.CURSOR_TEXT])
        # [0:256] what a word without a kind means, as foreground; [256:512] the palette;
        # [512:1024] the same for backgrounds. See `resolve` for how a word becomes the index.
        self._table = np.empty((2, 2, 256), np.uint32)
        self._table[0, 0] = foreground
        self._table[1, 0] = background
        self._table[:, 1] = palette[:256]
        self._flat = self._table.reshape(-1)
        # The same for DIM text. Its bright colours are the ordinary ones, as in Alacritty.
        self._dim = np.concatenate((np.full(256, foreground, np.uint32), palette[:256]))
        self._dim = dimmed(self._dim)
        self._dim[264:272] = palette[:8]
        if look.dim_colors is not None:
            self._dim[256:264] = look.dim_colors
        if look.dim_foreground is not None and not reverse:
            self._dim[:256] = look.dim_foreground
        #: of BOLD text in the default colour, under `bold_is_bright`
        self.bright_foreground = foreground
        if look.bright_foreground is not None and not reverse:
            self.bright_foreground = look.bright_foreground

    def resolve_dim(self, words: Array) -> Array:
        """0xRRGGBB of foreground words uint32[...] under DIM."""
        out: Array = self._dim[(words >> 16) & 0x100 | words & 0xFF]
        rgb = (words & c.COLOR_RGB) != 0
        np.copyto(out, dimmed(words & _RGB), where=rgb)
        return out

    def resolve(self, words: Array) -> Array:
        """0xRRGGBB of colour words uint32[..., 2], the last axis being foreground, background."""
        if not np.count_nonzero(words):  # the usual row
            bare = np.empty(words.shape, np.uint32)
            bare[..., 0] = self.foreground
            bare[..., 1] = self.background
            return bare
        index = (words >> 16) & 0x100  # COLOR_PALETTE's bit
        index |= words & 0xFF
        index[..., 1] += 512
        out: Array = self._flat[index]
        rgb = (words & c.COLOR_RGB) != 0
        np.copyto(out, words & _RGB, where=rgb)
        return out


def dimmed(colors: Array) -> Array:
    """0xRRGGBB at two thirds of the light (SGR 2); Alacritty's factor 0.66."""
    red_blue = ((colors & 0xFF00FF) * 169 >> 8) & 0xFF00FF
    green = ((colors & 0x00FF00) * 169 >> 8) & 0x00FF00
    return red_blue | green


def premultiplied(colors: Any, alpha: int) -> Any:
    """0xAARRGGBB of 0xRRGGBB under one `alpha`, 0 to 255."""
    if alpha == 255:
        return colors | np.uint32(_OPAQUE)
    factor = np.uint32(alpha + (alpha >> 7))  # 255 becomes 256, a shift instead of a division
    red_blue = ((colors & 0xFF00FF) * factor >> 8) & 0xFF00FF
    green = ((colors & 0x00FF00) * factor >> 8) & 0x00FF00
    return red_blue | green | np.uint32(alpha << 24)


def luminance(color: int) -> float:
    """Relative luminance, 0 to 1. [WCAG 2.1, definition of relative luminance]"""
    parts = ((color >> shift & 0xFF) / 255 for shift in (16, 8, 0))
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=64)  # asked for every frame with a block cursor
def contrast(one: int, other: int) -> float:
    """Contrast ratio of two colours, 1 to 21. [WCAG 2.1 1.4.3]"""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def runs(keys: Array) -> tuple[Array, Array, Array, Array]:
    """Equal neighbours in each row of keys[n, columns]: (row, start, stop, key), but for key 0."""
    n, columns = keys.shape
    # A 0 before each row and one after the last keep runs from crossing rows.
    padded = np.zeros((n, columns + 1), keys.dtype)
    padded[:, 1:] = keys
    flat = np.append(padded.reshape(-1), keys.dtype.type(0))
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    values = flat[edges]
    inside = np.flatnonzero(values)
    starts = edges[inside]
    row, start = np.divmod(starts, columns + 1)
    # Each run ends at the next edge: there always is one, the 0 behind its row.
    stop = start + edges[inside + 1] - starts
    return row, start - 1, stop - 1, values[inside]


def quads(count: int) -> Array:
    """Room for `count` quads, not initialised."""
    return np.empty((count, QUAD_WORDS), np.uint32)


def _rectangles(x: Any, y: Any, width: Any, height: Any, color: Any, count: int) -> Array:
    out = quads(count)
    half = out.view(np.int16)
    half[:, 0] = x
    half[:, 1] = y
    half[:, 2] = width
    half[:, 3] = height
    out[:, 2:4] = 0
    out[:, 4] = color
    return out


NO_QUADS = quads(0)


class Painter:
    """Cells to quads under one geometry, look and palette; a change of these needs a new one."""

    def __init__(self, geometry: Geometry, look: Look, colors: Colors) -> None:
        self.geometry = geometry
        self.look = look
        self.colors = colors
        alpha = round(255 * min(max(look.opacity, 0.0), 1.0))
        #: premultiplied 0xAARRGGBB of what lies under everything, padding included
        self.background = int(premultiplied(np.uint32(colors.background), alpha))
        self._chosen_alpha = 255 if look.opaque_colors else alpha

    def paint(
        self,
        rows: Array,
        cells: Array,
        sprites: Array,
        atlas: Atlas,
        *,
        cursor: Cursor | None,
        underline_colors: Array,
        blink_on: bool,
    ) -> Quads:
        """Everything in the viewport rows int[n] whose cells are uint32[n, columns, 4].

        `sprites` uint32[n, columns] are their glyphs in `atlas`; `underline_colors` is indexed by
        EXTRA id. The rows are to be erased to `background` before, over the canvas's whole width.
        """
        words = cells[..., 1:3]
        attributes = cells[..., c.ATTRS]
        present = int(np.bitwise_or.reduce(attributes, axis=None)) if attributes.size else 0
        if present & c.BOLD and self.look.bold_is_bright:
            colors = self._bright(words, attributes)
        else:
            colors = self.colors.resolve(words)
            if present & c.DIM:
                dim = (attributes & c.DIM) != 0
                np.copyto(colors[..., 0], self.colors.resolve_dim(words[..., 0]), where=dim)
        foreground, background = colors[..., 0], colors[..., 1]
        inverse = None
        if present & _DRAWN:
            if present & c.INVERSE:
                inverse = (attributes & c.INVERSE) != 0
                np.copyto(colors, colors[..., ::-1], where=inverse[..., None])
            if present & c.BLINK and not blink_on:
                sprites = np.where(attributes & c.BLINK, np.uint32(0), sprites)
        over = NO_QUADS
        opaque_at: tuple[int, slice] | None = None
        if cursor is not None and (at := (rows == cursor.row).nonzero()[0]).size:
            i = int(at[0])
            span = slice(cursor.column, cursor.column + 1 + cursor.wide)
            ground, text = self._cursor_colors(cursor, colors[i, cursor.column])
            if cursor.shape == "block":
                colors[i, span, 0], colors[i, span, 1] = text, ground
                opaque_at = (i, span)
            else:
                over = self._cursor_outline(cursor, ground)
        y = self.geometry.row_y(rows)
        fills = lines = NO_QUADS
        if present & _LINES:
            fills, lines = self._decorations(
                y, attributes, foreground, underline_colors, blink_on=blink_on
            )
        return Quads(
            *self._backgrounds(rows, y, words, background, inverse, opaque_at),
            fills,
            lines,
            *self._glyphs(y, sprites, foreground, atlas),
            over,
        )

    def _bright(self, words: Array, attributes: Array) -> Array:
        """Colours uint32[..., 2] where BOLD brightens; for colours with a name DIM undoes it."""
        colors, look = self.colors, self.look
        bold, dim = (attributes & c.BOLD) != 0, (attributes & c.DIM) != 0
        foreground = words[..., 0]
        default = foreground == 0
        ordinary = foreground >> 3 == c.COLOR_PALETTE >> 3
        named = foreground >> 4 == c.COLOR_PALETTE >> 4
        brighter = words.copy()
        brighter[..., 0] += (bold & ~dim & ordinary) * np.uint32(8)
        resolved = colors.resolve(brighter)
        seen = resolved[..., 0]
        np.copyto(seen, np.uint32(colors.bright_foreground), where=bold & ~dim & default)
        undone = bold & (named | default if look.bright_foreground is not None else named)
        np.copyto(seen, colors.resolve_dim(foreground), where=dim & ~undone)
        return resolved

    def _backgrounds(
        self,
        rows: Array,
        y: Array,
        words: Array,
        background: Array,
        inverse: Array | None,
        opaque_at: tuple[int, slice] | None,
    ) -> tuple[Array, Array]:
        """The picture of cells, and quads for those of its rows that aren't bare ground."""
        if self.look.opacity < 1:
            # A colour that a program chose hides the desktop even where it equals the default.
            chosen = words[..., 1] != 0
            if inverse is not None:
                chosen |= inverse
            if opaque_at is not None:
                chosen[opaque_at] = True
            picture = premultiplied(background, self._chosen_alpha)
            np.copyto(picture, np.uint32(self.background), where=~chosen)
            if opaque_at is not None:
                picture[opaque_at] = background[opaque_at] | _OPAQUE
        else:
            chosen = background != self.colors.background
            picture = background | np.uint32(_OPAQUE)
        if not np.count_nonzero(chosen):
            return picture, NO_QUADS
        geometry, columns = self.geometry, self.geometry.columns
        width, height = columns * geometry.metrics.cell_width, geometry.metrics.cell_height
        places = chosen.any(axis=1).nonzero()[0].tolist() if len(rows) > 1 else [0]
        tops = y.tolist()
        packed = []
        first = 0
        for i, place in enumerate(places):
            after = places[i + 1] if i + 1 < len(places) else -1
            if after == place + 1 and tops[after] == tops[place] + height:
                continue
            start, count = places[first], i + 1 - first
            packed.append(
                _BACKGROUND.pack(
                    *(geometry.left, tops[start], width, count * height, 0, start, columns, count)
                )
            )
            first = i + 1
        return picture, np.frombuffer(b"".join(packed), np.uint32).reshape(-1, QUAD_WORDS)

    def _glyphs(
        self, y: Array, sprites: Array, foreground: Array, atlas: Atlas
    ) -> tuple[Array, Array]:
        columns = self.geometry.columns
        flat = sprites.reshape(-1)
        index = flat.nonzero()[0]
        if not index.size:
            return NO_QUADS, NO_QUADS
        out = atlas.quads.take(flat.take(index), axis=0)
        top: Any
        if len(y) == 1:
            column, top = index, int(y[0])
        else:
            row, column = np.divmod(index, columns)
            top = y.astype(np.int16).take(row)
        half = out.view(np.int16)
        half[:, 0] += self.geometry.column_x.take(column)
        half[:, 1] += top
        out[:, 4] |= foreground.reshape(-1).take(index)
        colored = half[:, 7]
        if not np.count_nonzero(colored):
            return out, NO_QUADS
        is_color = colored != 0
        return out[~is_color], out[is_color]

    def _decorations(
        self,
        y: Array,
        attributes: Array,
        foreground: Array,
        underline_colors: Array,
        *,
        blink_on: bool,
    ) -> tuple[Array, Array]:
        """Straight lines to fill, and the patterned underlines."""
        metrics, left = self.geometry.metrics, self.geometry.left
        if not blink_on:
            attributes = np.where(attributes & c.BLINK, np.uint32(0), attributes)
        attributes = np.where(attributes & c.HIDDEN, np.uint32(0), attributes)
        straight: list[Array] = []

        def line(keys: Array, top: int, thickness: int) -> None:
            row, start, stop, color = runs(keys)
            if len(row):
                x = left + start * metrics.cell_width
                width = (stop - start) * metrics.cell_width
                straight.append(_rectangles(x, y[row] + top, width, thickness, color, len(row)))

        opaque = foreground | _OPAQUE
        styles = (attributes & c.UNDERLINE) >> c.UNDERLINE_SHIFT
        patterned = NO_QUADS
        if styles.any():
            own = underline_colors.take(attributes >> c.EXTRA_SHIFT, mode="clip")
            color = opaque
            if own.any():
                resolved = self.colors.resolve(np.stack((own, own), axis=-1))[..., 0] | _OPAQUE
                color = np.where(own, resolved, opaque)
            thickness = metrics.underline_thickness
            single = np.where(styles == SINGLE, color, np.uint32(0))
            line(single, metrics.underline_top, thickness)
            if (styles == DOUBLE).any():
                double = np.where(styles == DOUBLE, color, np.uint32(0))
                upper, lower = double_underline_tops(metrics)
                line(double, upper, thickness)
                line(double, lower, thickness)
            if (styles > DOUBLE).any():
                keys = (styles.astype(np.uint64) << 32 | color) * (styles > DOUBLE)
                patterned = self._patterned(y, keys)
        for flag, top, thickness in (
            (c.STRIKE, metrics.strikeout_top, metrics.strikeout_thickness),
            (c.OVERLINE, 0, metrics.underline_thickness),
        ):
            line(np.where(attributes & flag, opaque, np.uint32(0)), top, thickness)
        return np.concatenate(straight) if straight else NO_QUADS, patterned

    def _patterned(self, y: Array, keys: Array) -> Array:
        """Quads of uint64 keys: underline style << 32 | color."""
        metrics, left = self.geometry.metrics, self.geometry.left
        row, start, stop, key = runs(keys)
        style = (key >> np.uint64(32)).astype(np.int64)
        curl_top, curl_height = curl_band(metrics)
        is_curl = style == CURLY
        phase = start * metrics.cell_width
        out = _rectangles(
            left + phase,
            y[row] + np.where(is_curl, curl_top, metrics.underline_top),
            (stop - start) * metrics.cell_width,
            np.where(is_curl, curl_height, metrics.underline_thickness),
            (key & np.uint64(0xFFFFFFFF)).astype(np.uint32),
            len(row),
        )
        half = out.view(np.uint16)
        half[:, 4] = phase
        half[:, 5] = metrics.cell_width
        half[:, 6] = style
        half[:, 7] = metrics.underline_thickness
        return out

    def _cursor_colors(self, cursor: Cursor, cell: Array) -> tuple[int, int]:
        """(cursor, text under it) over a cell of colours (foreground, background)."""
        foreground, background = int(cell[0]), int(cell[1])
        ground, text = cursor.colors or (self.colors.cursor, self.colors.cursor_text)
        if ground == p.UNSET:
            ground = foreground
            if contrast(ground, background) < MIN_CURSOR_CONTRAST:
                return self.colors.foreground, self.colors.background
        return ground, background if text == p.UNSET else text

    def _cursor_outline(self, cursor: Cursor, color: int) -> Array:
        metrics = self.geometry.metrics
        x = int(self.geometry.column_x[cursor.column])
        y = self.geometry.top + cursor.row * metrics.cell_height
        width = metrics.cell_width * (1 + cursor.wide)
        height = metrics.cell_height
        thick = max(1, round(self.look.cursor_thickness * metrics.cell_width))
        parts: Sequence[tuple[int, int, int, int]]
        match cursor.shape:
            case "beam":
                parts = ((x, y, thick, height),)
            case "underline":
                parts = ((x, y + height - thick, width, thick),)
            case _:
                parts = (
                    (x, y, width, thick),
                    (x, y + height - thick, width, thick),
                    (x, y, thick, height),
                    (x + width - thick, y, thick, height),
                )
        boxes = np.array(parts)
        return _rectangles(
            boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], color | _OPAQUE, len(boxes)
        )


def double_underline_tops(metrics: Metrics) -> tuple[int, int]:
    """Tops of the two lines: a line's thickness apart, inside the cell."""
    thickness = metrics.underline_thickness
    upper = max(0, min(metrics.underline_top, metrics.cell_height - 3 * thickness))
    return upper, min(upper + 2 * thickness, metrics.cell_height - thickness)


def curl_band(metrics: Metrics) -> tuple[int, int]:
    """(top, height) of a curly underline: at the bottom of the descent, flat enough that descenders
    stay readable."""
    thickness = metrics.underline_thickness
    height = max(3 * thickness, min(metrics.descent - thickness, metrics.cell_width // 2))
    height = min(height, metrics.cell_height)
    return metrics.cell_height - height, height
