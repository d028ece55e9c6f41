"""The few FreeType structures and functions that Face needs, bound with ctypes.

Not freetype-py's own module: importing that takes 16 ms, most of it for enums nobody here reads,
and a window has 110 ms in all. Its wheel brings the library, which is loaded from there so that
every machine draws the same pixels; the system's library stands in where the wheel has none.
`system_library` is for bitmap fonts: the wheel's build can't read PNG strikes (CBDT, sbix).
[FreeType 2 API reference: ft2-face_creation, ft2-glyph_retrieval, ft2-sizing_and_scaling]
"""

import ctypes
import os
import sys
from contextlib import suppress
from ctypes import POINTER, Structure, c_char_p, c_int, c_long, c_short, c_uint, c_ushort, c_void_p
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

FACE_FLAG_SCALABLE = 1 << 0
FACE_FLAG_COLOR = 1 << 14

LOAD_NO_HINTING = 1 << 1
LOAD_RENDER = 1 << 2
LOAD_NO_BITMAP = 1 << 3
LOAD_FORCE_AUTOHINT = 1 << 5
LOAD_COLOR = 1 << 20
RENDER_MODE_NORMAL = 0
LOAD_TARGET_NORMAL = 0 << 16
LOAD_TARGET_LIGHT = 1 << 16
LOAD_TARGET_MONO = 2 << 16

PIXEL_MODE_MONO = 1
PIXEL_MODE_GRAY = 2
PIXEL_MODE_BGRA = 7
GLYPH_FORMAT_OUTLINE = int.from_bytes(b"outl", "big")

_BUNDLED_NAME = "libfreetype.so"
_SYSTEM_NAME = "libfreetype.so.6"

CANNOT_OPEN_RESOURCE = 1  #: FT_Err_Cannot_Open_Resource

SFNT_OS2 = 2  #: FT_Get_Sfnt_Table's number of the OS/2 table


class Vector(Structure):
    _fields_ = (("x", c_long), ("y", c_long))


class Matrix(Structure):
    _fields_ = (("xx", c_long), ("xy", c_long), ("yx", c_long), ("yy", c_long))  # 16.16


class _Generic(Structure):
    _fields_ = (("data", c_void_p), ("finalizer", c_void_p))


class _BBox(Structure):
    _fields_ = (("x_min", c_long), ("y_min", c_long), ("x_max", c_long), ("y_max", c_long))


class BitmapSize(Structure):
    _fields_ = (
        ("height", c_short),
        ("width", c_short),
        ("size", c_long),
        ("x_ppem", c_long),
        ("y_ppem", c_long),
    )


class Bitmap(Structure):
    _fields_ = (
        ("rows", c_uint),
        ("width", c_uint),
        ("pitch", c_int),
        ("buffer", c_void_p),
        ("num_grays", c_ushort),
        ("pixel_mode", ctypes.c_ubyte),
        ("palette_mode", ctypes.c_ubyte),
        ("palette", c_void_p),
    )


class _Outline(Structure):
    _fields_ = (
        ("n_contours", c_short),
        ("n_points", c_short),
        ("points", c_void_p),
        ("tags", c_void_p),
        ("contours", c_void_p),
        ("flags", c_int),
    )


class _GlyphMetrics(Structure):
    _fields_ = tuple(
        (name, c_long)
        for name in (
            *("width", "height", "hori_bearing_x", "hori_bearing_y", "hori_advance"),
            *("vert_bearing_x", "vert_bearing_y", "vert_advance"),
        )
    )


class GlyphSlot(Structure):
    _fields_ = (
        ("library", c_void_p),
        ("face", c_void_p),
        ("next", c_void_p),
        ("glyph_index", c_uint),
        ("generic", _Generic),
        ("metrics", _GlyphMetrics),
        ("linear_hori_advance", c_long),
        ("linear_vert_advance", c_long),
        ("advance", Vector),
        ("format", c_int),
        ("bitmap", Bitmap),
        ("bitmap_left", c_int),
        ("bitmap_top", c_int),
        ("outline", _Outline),
    )  # what follows is not read, and FreeType allocates it


class SizeMetrics(Structure):
    _fields_ = (
        ("x_ppem", c_ushort),
        ("y_ppem", c_ushort),
        ("x_scale", c_long),  # 16.16, font units → 26.6 px
        ("y_scale", c_long),
        ("ascender", c_long),  # 26.6 px, like the rest
        ("descender", c_long),
        ("height", c_long),
        ("max_advance", c_long),
    )


class _Size(Structure):
    _fields_ = (("face", c_void_p), ("generic", _Generic), ("metrics", SizeMetrics))


class FaceRecord(Structure):
    _fields_ = (
        ("num_faces", c_long),
        ("face_index", c_long),
        ("face_flags", c_long),
        ("style_flags", c_long),
        ("num_glyphs", c_long),
        ("family_name", c_char_p),
        ("style_name", c_char_p),
        ("num_fixed_sizes", c_int),
        ("available_sizes", POINTER(BitmapSize)),
        ("num_charmaps", c_int),
        ("charmaps", c_void_p),
        ("generic", _Generic),
        ("bbox", _BBox),
        ("units_per_em", c_ushort),
        ("ascender", c_short),
        ("descender", c_short),
        ("height", c_short),
        ("max_advance_width", c_short),
        ("max_advance_height", c_short),
        ("underline_position", c_short),  # font units, centre of the line, up
        ("underline_thickness", c_short),
        ("glyph", POINTER(GlyphSlot)),
        ("size", POINTER(_Size)),
    )


class OS2Prefix(Structure):
    """The OS/2 table up to the strikeout metrics, as FT_Get_Sfnt_Table hands it out."""

    _fields_ = (
        ("version", c_ushort),
        ("x_avg_char_width", c_short),
        ("weight_class", c_ushort),
        ("width_class", c_ushort),
        ("fs_type", c_ushort),
        *((f"script_{number}", c_short) for number in range(8)),
        ("strikeout_size", c_short),  # font units
        ("strikeout_position", c_short),
    )


_PROTOTYPES = {
    "FT_Init_FreeType": (c_void_p,),
    "FT_New_Face": (c_void_p, c_char_p, c_long, c_void_p),
    "FT_New_Memory_Face": (c_void_p, c_char_p, c_long, c_long, c_void_p),
    "FT_Done_Face": (c_void_p,),
    "FT_Set_Char_Size": (c_void_p, c_long, c_long, c_uint, c_uint),
    "FT_Select_Size": (c_void_p, c_int),
    "FT_Get_Char_Index": (c_void_p, ctypes.c_ulong),
    "FT_Load_Glyph": (c_void_p, c_uint, c_int),
    "FT_Render_Glyph": (c_void_p, c_int),
    "FT_Outline_EmboldenXY": (c_void_p, c_long, c_long),
    "FT_Outline_Transform": (c_void_p, c_void_p),
    "FT_Get_Sfnt_Table": (c_void_p, c_int),
}


class Library:
    """One FreeType library object. Functions are attributes with their C names.

    Raises OSError when `path` can't be loaded or initialised.
    """

    handle: c_void_p

    def __init__(self, path: str) -> None:
        library = ctypes.CDLL(path)
        for name, arguments in _PROTOTYPES.items():
            function = getattr(library, name)
            function.argtypes = arguments
            function.restype = c_int
            setattr(self, name, function)
        self.FT_Get_Char_Index.restype = c_uint
        self.FT_Get_Sfnt_Table.restype = c_void_p
        self.handle = c_void_p()
        if error := self.FT_Init_FreeType(ctypes.byref(self.handle)):
            raise OSError(f"FreeType does not start: error {error}")

    def __getattr__(self, name: str) -> Any:  # for the type checker; setattr above makes them real
        raise AttributeError(name)


@lru_cache(maxsize=1)
def library() -> Library:
    """The wheel's FreeType, else the system's. Raises OSError when there is neither."""
    spec = find_spec("freetype")  # finds the folder without running the package
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        bundled = os.path.join(folder, _BUNDLED_NAME)
        if os.path.exists(bundled):
            return Library(bundled)
    return Library(_SYSTEM_NAME)


@lru_cache(maxsize=1)
def system_library() -> Library | None:
    """The system's FreeType, which reads PNG strikes; None where it isn't found."""
    import sysconfig  # 1 ms that only users of bitmap fonts pay

    # By its path: the wheel's library has the same name inside, so a search by name finds that one.
    multiarch = sysconfig.get_config_var("MULTIARCH") or "."
    for folder in (f"/usr/lib/{multiarch}", "/usr/lib64", "/usr/lib", f"{sys.prefix}/lib"):
        path = os.path.join(folder, _SYSTEM_NAME)
        if os.path.exists(path):
            with suppress(OSError):  # e.g. of another architecture
                return Library(path)
    return None
