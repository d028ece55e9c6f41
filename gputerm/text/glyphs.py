"""Cells → sprites, by one gather through a table; what isn't in it is drawn and remembered.

    key of a plain cell    23 ITALIC | 22 WIDE | 21 BOLD | 20-0 codepoint   (24 bits)
    table[key]             31 ROOMY | 30 KNOWN | 15-0 sprite                0: never asked

The table is 64 MB of address space of which only the pages in use exist: 4 KB for each 1024
codepoints of a style. Clusters are numbered by each terminal for itself, so they are remembered by
their text. When the atlas is full all of this is forgotten together (`atlas.generation` rises).
"""

import mmap
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

import numpy as np

from gputerm.errors import FontError
from gputerm.text import box_drawing
from gputerm.text.atlas import Atlas
from gputerm.text.contents import can_open
from gputerm.text.face import Bitmap, Face
from gputerm.text.fonts import Fonts
from gputerm.text.metrics import FontOptions, Metrics, cell_metrics, undrawable
from gputerm.text.placing import Draw, Picture, hex_box, place, place_cluster, place_within

# The bits of a cell, as in gputerm.vt.core.cells; text imports nothing of ours and a test compares
# them.
CHAR, ATTRS = 0, 3
CODEPOINT = 0x1FFFFF
TAIL = 1 << 29
WIDE = 1 << 30
CLUSTER = 1 << 31
BOLD = 1 << 0
ITALIC = 1 << 2
HIDDEN = 1 << 8

_STYLE_SHIFT = 21
_WIDE_SHIFT = 8  # WIDE moves into the hole between BOLD and ITALIC
_KEY_BOLD = BOLD << _STYLE_SHIFT
_KEY_ITALIC = ITALIC << _STYLE_SHIFT
_KEY_WIDE = WIDE >> _WIDE_SHIFT
_KEYS = 1 << 24

_KNOWN = 1 << 30
_ROOMY = 1 << 31  #: the sprite after it is a wider drawing, for when the next cell is blank
_SPRITE = 0xFFFF

#: No writing system needs more in one cell; longer ones are made to be a nuisance.
MAX_CLUSTER = 32
_VARIATION_TEXT, _VARIATION_EMOJI = "\ufe0e", "\ufe0f"
_JOINERS = "\u200c\u200d"


class _AtlasFullError(Exception):
    """The atlas took no more; never leaves this module."""


class Glyphs:
    """The glyphs of one FontOptions. Windows that show the same font share one.

    Raises FontError when there is no font to begin with; from then on what can't be had is drawn
    without.
    """

    metrics: Metrics
    atlas: Atlas

    def __init__(self, options: FontOptions) -> None:
        self.options = options
        self.atlas = Atlas()
        self._fonts = Fonts(options)
        line = self._fonts.line_metrics()
        self.metrics = cell_metrics(line, options.offset, options.glyph_offset[1])
        for problem in undrawable(options, line):
            self._fonts.complain(problem)
        self._clusters: dict[tuple[str, int], int] = {}
        try:
            self._table = _empty_table()
        except OSError as error:
            raise FontError(f"no memory for glyphs: {error.strerror}") from None

    @property
    def problems(self) -> list[str]:
        """A line of advice for each font that is not to be had; some are known only later."""
        return self._fonts.problems

    def sprites(self, cells: np.ndarray, cluster_text: Callable[[int], str]) -> np.ndarray:
        """The sprites, uint32[n, columns], of whole rows of cells, uint32[n, columns, 4].

        0 for what shows nothing: blanks, hidden cells, the right half of a wide character. Sprites
        are of the `atlas.generation` after the call, which may have risen during it. When one
        screen has more glyphs than the atlas holds, some cells get 0.
        """
        if self._fonts.fell_short and can_open():
            self._fonts.fell_short = False
            self._forget()  # what was drawn without a font that can be opened now
        try:
            return self._sprites(cells, cluster_text)
        except _AtlasFullError:
            self._forget()
        try:
            return self._sprites(cells, cluster_text)
        except _AtlasFullError:
            return self._sprites(cells, cluster_text, drawing=False)

    def _sprites(
        self, cells: np.ndarray, cluster_text: Callable[[int], str], *, drawing: bool = True
    ) -> np.ndarray:
        char = cells[..., CHAR]
        if not char.size:
            return np.zeros(char.shape, np.uint32)
        # A key press waits for each of these calls, so what no cell has is not looked for in all.
        any_char = int(np.bitwise_or.reduce(char, axis=None))
        any_style = int(np.bitwise_or.reduce(cells[..., ATTRS], axis=None))
        key = char & CODEPOINT if any_char > CODEPOINT else char
        if any_style & (BOLD | ITALIC):
            key = key | (cells[..., ATTRS] & (BOLD | ITALIC)) << _STYLE_SHIFT
        if any_char & WIDE:
            key = key | (char & WIDE) >> _WIDE_SHIFT
        if any_char >= CLUSTER:
            clustered = char >= CLUSTER
            plain_key = np.where(clustered, 0, key)
            found = self._known(plain_key, drawing=drawing)
            found[clustered] = self._known_clusters(key[clustered], cluster_text, drawing=drawing)
        else:
            found = self._known(key, drawing=drawing)

        if np.maximum.reduce(found, axis=None) >= _ROOMY:
            # An icon wider than its cell spreads over the blank that usually follows it.
            seen = char[:, 1:] & (CLUSTER | TAIL | CODEPOINT)
            found[:, :-1] += (found[:, :-1] >> 31) & ((seen == 0) | (seen == 0x20))
        found &= _SPRITE
        if any_style & HIDDEN:
            found[(cells[..., ATTRS] & HIDDEN) != 0] = 0
        return found

    def _known(self, key: np.ndarray, *, drawing: bool) -> np.ndarray:
        """Table values for keys, a fresh array; draws what was never asked for."""
        found = self._table.take(key)
        if drawing and np.count_nonzero(found) < found.size:
            # Not np.unique: its first call imports numpy.ma, 8 ms in front of the first frame.
            for missing in sorted(set(key[found == 0].tolist())):
                self._table[missing] = self._make(missing)
            found = self._table.take(key)
        return found

    def _known_clusters(
        self, keys: np.ndarray, cluster_text: Callable[[int], str], *, drawing: bool
    ) -> np.ndarray:
        """Like `_known`, for keys with a cluster's number in place of the codepoint."""
        numbered = keys.tolist()
        values: dict[int, int] = {}
        for key in set(numbered):
            text, flags = cluster_text(key & CODEPOINT)[:MAX_CLUSTER], key & ~CODEPOINT
            value = self._clusters.get((text, flags))
            if value is None and drawing:
                value = self._clusters[text, flags] = self._make_cluster(text, flags)
            values[key] = value or 0
        return np.array([values[key] for key in numbered], np.uint32)

    def _make(self, key: int) -> int:
        """Draw a codepoint. Raises _AtlasFullError."""
        codepoint, flags = key & CODEPOINT, key & ~CODEPOINT
        if codepoint <= 0x20 or codepoint > 0x10FFFF:
            return _KNOWN
        metrics = self.metrics
        span = 2 if flags & _KEY_WIDE else 1
        if self.options.builtin_box_drawing:
            builtin = box_drawing.draw(
                codepoint, span * metrics.cell_width, metrics.cell_height, metrics.box_thickness
            )
            if builtin is not None:
                return self._add(Picture(builtin, 0, 0))
        character = chr(codepoint)
        return self._make_character(character, flags, emoji=span == 2 and _is_pictograph(codepoint))

    def _make_character(self, character: str, flags: int, *, emoji: bool) -> int:
        codepoint = ord(character)
        category = unicodedata.category(character)
        if category in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"} and codepoint != 0xAD:
            return _KNOWN
        bold, italic = bool(flags & _KEY_BOLD), bool(flags & _KEY_ITALIC)
        span = 2 if flags & _KEY_WIDE else 1
        face = self._fonts.for_text(character, bold=bold, italic=italic, emoji=emoji)
        if face is None:
            return self._add(hex_box(codepoint, self.metrics, span))
        glyph = face.glyph_index(codepoint)
        if self._fonts.is_primary(face) and span == 1 and not _is_icon(codepoint):
            bitmap = face.render(glyph)  # the common case, and the only one that may overhang
            if bitmap is None:
                return _KNOWN
            return self._add(place(bitmap, self.metrics, span, self.options.glyph_offset))
        draw: Draw = lambda scale: face.render(glyph, scale)  # noqa: E731
        return self._add_borrowed(draw, span, spreads=_is_icon(codepoint))

    def _make_cluster(self, text: str, flags: int) -> int:
        """Draw a cluster. Raises _AtlasFullError."""
        span = 2 if flags & _KEY_WIDE else 1
        bare = text.replace(_VARIATION_TEXT, "").replace(_VARIATION_EMOJI, "")
        composed = unicodedata.normalize("NFC", bare)
        if not composed:
            return _KNOWN
        emoji = _VARIATION_TEXT not in text and (
            _VARIATION_EMOJI in text or (span == 2 and _is_pictograph(ord(bare[0])))
        )
        if len(composed) == 1:
            if not emoji and _VARIATION_TEXT not in text:
                return self._known_key(ord(composed) | flags)
            return self._make_character(composed, flags, emoji=emoji)

        bold, italic = bool(flags & _KEY_BOLD), bool(flags & _KEY_ITALIC)
        letters = "".join(character for character in bare if character not in _JOINERS)
        face = self._fonts.for_text(
            letters, bold=bold, italic=italic, emoji=emoji
        ) or self._fonts.for_text(letters[:1], bold=bold, italic=italic, emoji=emoji)
        if face is None:
            return self._add(hex_box(ord(bare[0]), self.metrics, span))
        draw: Draw = lambda scale: _draw_cluster(face, text, scale)  # noqa: E731
        try:
            if self._fonts.is_primary(face) and span == 1:
                bitmap = draw(1.0)
                if bitmap is None:
                    return _KNOWN
                return self._add(place(bitmap, self.metrics, span, self.options.glyph_offset))
            picture = place_cluster(draw, self.metrics, span, self.options.glyph_offset)
            return self._add(picture) if picture is not None else _KNOWN
        except (ImportError, OSError) as error:
            self._fonts.miss_shaper(error)
            return self._make_character(bare[0], flags, emoji=emoji)

    def _known_key(self, key: int) -> int:
        value = int(self._table[key])
        if not value:
            value = self._table[key] = self._make(key)
        return value

    def _add_borrowed(self, draw: Draw, span: int, *, spreads: bool) -> int:
        """Add a glyph that must fit its cells; with `spreads` also as it looks with a cell more."""
        shift = self.options.glyph_offset
        picture = place_within(draw, self.metrics, span, shift)
        if picture is None:
            return _KNOWN
        if not spreads or span == 2:
            return self._add(picture)
        natural = draw(1.0)
        if natural is None or natural.pixels.shape[1] <= self.metrics.cell_width + 1:
            return self._add(picture)
        value = self._add(picture)
        wider = self._place_spread(draw, natural)
        if wider is None or not value & _SPRITE or self._add(wider) != value + 1:
            return value
        return value - _KNOWN + _ROOMY

    def _place_spread(self, draw: Draw, natural: Bitmap) -> Picture | None:
        """An icon at its own size over two cells, starting where its cell starts."""
        room = 2 * self.metrics.cell_width
        if natural.pixels.ndim == 3 or natural.pixels.shape[1] > room:
            return place_within(draw, self.metrics, 2, self.options.glyph_offset)
        left = min(max(0, natural.left), room - natural.pixels.shape[1])
        return place(natural._replace(left=left), self.metrics, 2, self.options.glyph_offset)

    def _add(self, picture: Picture) -> int:
        sprite = self.atlas.add(picture.pixels, picture.left, picture.top)
        if sprite is None:
            raise _AtlasFullError
        return _KNOWN | sprite

    def _forget(self) -> None:
        self.atlas.reset()
        self._clusters.clear()
        try:
            self._table = _empty_table()
        except OSError:
            self._table.fill(0)  # which takes memory for all of it, if there is any


@lru_cache(maxsize=8)
def glyphs_for(options: FontOptions) -> Glyphs:
    """What all windows with these options share. The last few sizes are kept, for zooming."""
    return Glyphs(options)


def _empty_table() -> np.ndarray:
    memory = mmap.mmap(-1, _KEYS * 4)
    if hasattr(memory, "madvise") and hasattr(mmap, "MADV_NOHUGEPAGE"):
        with suppress(OSError):  # a kernel without huge pages has nothing to be advised of
            memory.madvise(mmap.MADV_NOHUGEPAGE)  # else one character could cost 2 MB
    return np.frombuffer(memory, np.uint32)


def _is_pictograph(codepoint: int) -> bool:
    """Whether a *wide* character is an emoji by default: these blocks hold no other wide ones but
    those that are wide by choice, of ambiguous width.

    [UAX #11 makes Emoji_Presentation wide; U+2329 and U+232A are brackets]
    """
    return unicodedata.east_asian_width(chr(codepoint)) != "A" and (
        0x1F000 <= codepoint <= 0x1FAFF
        or (0x231A <= codepoint <= 0x27BF and codepoint not in (0x2329, 0x232A))
        or 0x2B1B <= codepoint <= 0x2B55
    )


def _is_icon(codepoint: int) -> bool:
    """Symbols of patched fonts and pictographs, which are often followed by a space as room.

    Not numbers and letters in circles: in a row of them all are of one size.
    """
    return (
        0xE000 <= codepoint <= 0xF8FF
        or codepoint >= 0xF0000
        or (0x2190 <= codepoint <= 0x2BFF and not _is_enclosed(codepoint))
        or 0x1F000 <= codepoint <= 0x1FAFF
        or (0x2100 <= codepoint <= 0x214F and unicodedata.category(chr(codepoint)) == "So")
    )


def _is_enclosed(codepoint: int) -> bool:
    return 0x2460 <= codepoint <= 0x24FF or 0x2776 <= codepoint <= 0x2793


def _draw_cluster(face: Face, text: str, scale: float) -> Bitmap | None:
    """The glyphs of a cluster drawn over each other; None when none can be drawn.

    Raises ImportError or OSError when there is nothing to shape it with.
    """
    from gputerm.text import shaper  # 16 ms; most sessions never need it

    size_px = face.pixel_size * (scale if face.scalable else 1.0)
    shaped = shaper.shape(face, size_px, text)
    parts = []
    for placed in shaped.glyphs:
        # A mark the face lacks is left out; the face was chosen to have the letter.
        bitmap = face.render(placed.glyph, scale) if placed.glyph else None
        if bitmap is not None and bitmap.pixels.size:
            parts.append((bitmap, bitmap.left + round(placed.x), bitmap.top + round(placed.y)))
    if not parts:
        return None
    left = min(x for _, x, _ in parts)
    top = max(y for _, _, y in parts)
    right = max(x + bitmap.pixels.shape[1] for bitmap, x, _ in parts)
    bottom = min(y - bitmap.pixels.shape[0] for bitmap, _, y in parts)
    colored = any(bitmap.pixels.ndim == 3 for bitmap, _, _ in parts)
    canvas = np.zeros((top - bottom, right - left, 4)[: 3 if colored else 2], np.uint8)
    for bitmap, x, y in parts:
        pixels = bitmap.pixels
        if colored and pixels.ndim == 2:
            pixels = np.repeat(pixels[..., None], 4, axis=2)
        height, width = pixels.shape[:2]
        target = canvas[top - y : top - y + height, x - left : x - left + width]
        np.maximum(target, pixels, out=target)
    return Bitmap(canvas, left, top, shaped.advance)
