"""One face of a font file at one size: which glyph a character has, and its pixels.

Only FreeType is asked; which file to open is discovery's matter, where pixels go the atlas's.
Faces of bitmap fonts pick the strike nearest to the size; colour strikes are scaled by whoever
places them. [FreeType 2 tutorial and API reference]
"""

import ctypes
from typing import NamedTuple

import numpy as np

from gputerm.errors import FontError
from gputerm.text import ft
from gputerm.text.contents import contents, unreadable
from gputerm.text.discovery import FontFile
from gputerm.text.metrics import LineMetrics

#: Thickening of a synthetic bold face, in em: FreeType's own choice (FT_GlyphSlot_Embolden).
EMBOLDEN = 1 / 24
#: Slant of a synthetic oblique face, about 12 degrees, as FT_GlyphSlot_Oblique.
OBLIQUE = ft.Matrix(0x10000, 0x0366A, 0, 0x10000)
_HINT_TARGETS = (
    ft.LOAD_NO_HINTING,
    ft.LOAD_TARGET_LIGHT,
    ft.LOAD_TARGET_NORMAL,
    ft.LOAD_TARGET_NORMAL,
)
_string_at = ctypes.string_at


class Bitmap(NamedTuple):
    """A drawn glyph; its top left lies `left` px right of the pen, `top` px above the baseline."""

    pixels: np.ndarray  #: coverage uint8[h, w], or premultiplied RGBA uint8[h, w, 4]
    left: int
    top: int
    advance: float  #: px to the next pen position


class Face:
    """An open face. Raises FontError when the file can't be read as a font."""

    pixel_size: float  #: px per em as drawn; a bitmap font's strike may differ from what was asked

    def __init__(self, file: FontFile, size_px: float) -> None:
        self.file = file
        self.contents = contents(file.path)  #: None: mapped
        self.pixel_size = size_px
        self._library = ft.library()
        self._handle = self._open(self._library)
        self._record = ctypes.cast(self._handle, ctypes.POINTER(ft.FaceRecord)).contents
        self.scalable = bool(self._record.face_flags & ft.FACE_FLAG_SCALABLE)
        self.color = bool(self._record.face_flags & ft.FACE_FLAG_COLOR)
        if not self.scalable and self.color and (system := ft.system_library()):
            # The wheel's FreeType knows the strikes but can't decode their PNG.
            self._library.FT_Done_Face(self._handle)
            self._library = system
            self._handle = self._open(system)
            self._record = ctypes.cast(self._handle, ctypes.POINTER(ft.FaceRecord)).contents
        self._slot = self._record.glyph.contents
        self._bitmap = self._slot.bitmap  # a view of the slot: stays right from glyph to glyph
        self._set_size(size_px)
        self._load_flags = self._flags()
        self._load = self._library.FT_Load_Glyph
        self._index = self._library.FT_Get_Char_Index
        self._synthetic = self.scalable and (file.synthetic_bold or file.synthetic_oblique)

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.FT_Done_Face(self._handle)

    def glyph_index(self, codepoint: int) -> int:
        """The glyph of a character; 0 when the face lacks it."""
        return int(self._index(self._handle, codepoint))

    def render(self, glyph: int, scale: float = 1.0) -> Bitmap | None:
        """The glyph's pixels at `scale` times the face's size; None when FreeType can't draw it.

        A blank glyph has pixels of no width or height.
        """
        if scale != 1.0 and self.scalable:
            self._set_size(self.pixel_size * scale)
            try:
                return self.render(glyph)
            finally:
                self._set_size(self.pixel_size)
        if self._synthetic:
            if self._load(self._handle, glyph, self._load_flags & ~ft.LOAD_RENDER):
                return None
            self._synthesize()
        elif self._load(self._handle, glyph, self._load_flags):
            return None
        return self._drawn()

    def line_metrics(self) -> LineMetrics:
        """The face's figures in px, 0 where the font doesn't say."""
        size = self._record.size.contents.metrics
        # FreeType rounds these outwards, so the cell holds every row of an accented capital.
        ascent, descent, height = size.ascender / 64, size.descender / 64, size.height / 64
        unit = size.y_scale / 65536 / 64 if self.scalable else 0.0
        advance = size.max_advance / 64
        zero = self.glyph_index(ord("0"))
        no_bitmap = self._load_flags & ~ft.LOAD_RENDER
        if zero and not self._load(self._handle, zero, no_bitmap):
            # As it is drawn: hinting rounds it to whole pixels. The linear one, 17.99998 for a face
            # of 18, would lose a pixel when the grid is floored.
            advance = self._slot.metrics.hori_advance / 64
        table = self._library.FT_Get_Sfnt_Table(self._handle, ft.SFNT_OS2)
        strike_size = strike_top = 0.0
        if table:
            os2 = ctypes.cast(table, ctypes.POINTER(ft.OS2Prefix)).contents
            strike_size, strike_top = os2.strikeout_size * unit, os2.strikeout_position * unit
        return LineMetrics(
            advance=advance,
            ascent=ascent,
            descent=descent,
            line_height=height,
            underline_position=self._record.underline_position * unit,
            underline_thickness=self._record.underline_thickness * unit,
            strikeout_position=strike_top - strike_size / 2 if strike_top else 0.0,
            strikeout_thickness=strike_size,
        )

    def _open(self, library: ft.Library) -> ctypes.c_void_p:
        handle = ctypes.c_void_p()
        path, index, opened = self.file.path, self.file.index, ctypes.byref(handle)
        if self.contents is not None:
            data = self.contents.data  # which FreeType goes on reading: it lives as long as we do
            error = library.FT_New_Memory_Face(library.handle, data, len(data), index, opened)
        else:
            name = path.encode("utf-8", "surrogateescape")
            error = library.FT_New_Face(library.handle, name, index, opened)
        if error == ft.CANNOT_OPEN_RESOURCE:
            try:
                open(path, "rb").close()
            except OSError as reason:  # which FreeType doesn't say
                raise unreadable(path, reason) from None
        if error:
            raise FontError(f"{path}: not a font FreeType can read (error {error})")
        return handle

    def _set_size(self, size_px: float) -> None:
        if self.scalable:
            self._library.FT_Set_Char_Size(self._handle, 0, round(size_px * 64), 72, 72)
            return
        count = self._record.num_fixed_sizes
        if not count:
            raise FontError(f"{self.file.path}: a font without outlines and bitmaps")
        sizes = [self._record.available_sizes[i].y_ppem / 64 for i in range(count)]
        # A strike that is too large is scaled down well; one too small is never good.
        nearest = min(range(count), key=lambda i: (sizes[i] < size_px, abs(sizes[i] - size_px)))
        self._library.FT_Select_Size(self._handle, nearest)
        self.pixel_size = sizes[nearest]

    def _flags(self) -> int:
        file = self.file
        flags = ft.LOAD_RENDER
        if self.color:
            return flags | ft.LOAD_COLOR
        if self.scalable:
            flags |= ft.LOAD_NO_BITMAP
        if not file.hinting:
            return flags | ft.LOAD_NO_HINTING | (0 if file.antialias else ft.LOAD_TARGET_MONO)
        if file.autohint:
            flags |= ft.LOAD_FORCE_AUTOHINT
        if not file.antialias:
            return flags | ft.LOAD_TARGET_MONO
        return flags | _HINT_TARGETS[min(max(file.hint_style, 0), 3)]

    def _synthesize(self) -> None:
        if self._slot.format != ft.GLYPH_FORMAT_OUTLINE:
            return
        outline = ctypes.byref(self._slot.outline)
        if self.file.synthetic_bold:
            strength = round(self.pixel_size * EMBOLDEN * 64)
            self._library.FT_Outline_EmboldenXY(outline, strength, 0)  # sideways: keep the height
        if self.file.synthetic_oblique:
            self._library.FT_Outline_Transform(outline, ctypes.byref(OBLIQUE))
        mode = ft.RENDER_MODE_NORMAL if self.file.antialias else ft.LOAD_TARGET_MONO >> 16
        self._library.FT_Render_Glyph(ctypes.byref(self._slot), mode)

    def _drawn(self) -> Bitmap | None:
        slot, bitmap = self._slot, self._bitmap
        rows, width, pitch, mode = bitmap.rows, bitmap.width, bitmap.pitch, bitmap.pixel_mode
        advance = slot.advance.x / 64
        if not rows or not width:
            return Bitmap(np.zeros((0, 0), np.uint8), 0, 0, advance)
        data = np.frombuffer(_string_at(bitmap.buffer, rows * pitch), np.uint8).reshape(rows, pitch)
        if mode == ft.PIXEL_MODE_GRAY:
            pixels = data[:, :width]
        elif mode == ft.PIXEL_MODE_BGRA:  # premultiplied already
            pixels = data[:, : width * 4].reshape(rows, width, 4)[..., [2, 1, 0, 3]]
        elif mode == ft.PIXEL_MODE_MONO:
            pixels = np.unpackbits(data, axis=1)[:, :width] * np.uint8(255)
        else:
            return None
        return Bitmap(pixels, slot.bitmap_left, slot.bitmap_top, advance)
