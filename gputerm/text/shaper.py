"""A cluster of several codepoints → the glyphs that draw it and where each stands.

For what one codepoint's glyph can't show: marks above letters, flags, joined emoji, syllables.
The library costs 16 ms to load, so this module is imported by the first cluster that needs it.
The unit is a run of text in one face, so ligatures across cells can come through here too.
[harfbuzz.github.io; OpenType GSUB, GPOS]
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz  # type: ignore[import-untyped]

from gputerm.text.contents import Contents
from gputerm.text.face import Face

_MARKS = {"Mn", "Me"}  #: general categories of what takes no room of its own


class PlacedGlyph(NamedTuple):
    """A glyph of the face, px from the run's start on the baseline, x right, y up."""

    glyph: int
    x: float
    y: float


class Shaped(NamedTuple):
    glyphs: list[PlacedGlyph]
    advance: float  #: px from the start to where the next run would start


@lru_cache(maxsize=32)
def _font(path: str, index: int, contents: Contents | None) -> uharfbuzz.Font:
    """`contents` is None where the file may be mapped."""
    blob = uharfbuzz.Blob(contents.data) if contents else uharfbuzz.Blob.from_file_path(path)
    return uharfbuzz.Font(uharfbuzz.Face(blob, index & 0xFFFF))


def shape(face: Face, size_px: float, text: str) -> Shaped:
    """The glyphs of `text` from `face`, for an em of `size_px`.

    Glyphs come in visual order, left to right. Glyph 0 stands for what the face lacks. Raises
    OSError when the face's file can't be opened again.
    """
    try:
        font = _font(face.file.path, face.file.index, face.contents)
    except uharfbuzz.HarfBuzzError as error:
        raise OSError(str(error)) from None
    units = size_px * 64
    font.scale = (round(units), round(units))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(font, buffer, {"liga": False, "clig": False})
    # Not by `info.cluster`: where marks change places they belong to the letter's cluster.
    marks = {font.get_nominal_glyph(ord(c)) for c in text if unicodedata.category(c) in _MARKS}
    letter_x = letter_advance = pen_x = pen_y = 0
    placed: list[PlacedGlyph] = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if placed and info.codepoint in marks and _stands_alone(font, info.codepoint, position):
            # Some monospaced fonts draw marks in a cell of their own and don't say where to put
            # them (DejaVu Sans Mono, Nimbus Mono): they belong in the middle of the letter's cell.
            middle = letter_x + (letter_advance - _middle_doubled(font, info.codepoint)) / 2
            placed.append(PlacedGlyph(info.codepoint, middle / 64, pen_y / 64))
            continue
        x, y = pen_x + position.x_offset, pen_y + position.y_offset
        placed.append(PlacedGlyph(info.codepoint, x / 64, y / 64))
        if position.x_advance > 0:
            letter_x, letter_advance = pen_x, position.x_advance
        pen_x += position.x_advance
        pen_y += position.y_advance
    return Shaped(placed, pen_x / 64)


def _stands_alone(font: uharfbuzz.Font, glyph: int, position: uharfbuzz.GlyphPosition) -> bool:
    """Whether a mark would be drawn behind its letter instead of over it."""
    if position.x_advance > 0:
        return True
    extents = font.get_glyph_extents(glyph)
    return position.x_offset == 0 and extents is not None and extents.x_bearing >= 0


def _middle_doubled(font: uharfbuzz.Font, glyph: int) -> int:
    """Twice the way from the glyph's origin to the middle of its ink."""
    extents = font.get_glyph_extents(glyph)
    return 2 * extents.x_bearing + extents.width if extents is not None else 0
