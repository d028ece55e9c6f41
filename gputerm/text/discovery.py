"""Family and style → a file to open, and which other file has a character the first one lacks.

Asks libfontconfig through ctypes: 6 ms to load and read its caches, where spawning fc-match costs
8 ms for each question. Nothing is asked as long as the bundled family serves, which is the default.
Knows nothing of glyphs; Face opens what is named here. [fontconfig developer's reference]
"""

import ctypes
import os
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_double, c_int, c_void_p
from functools import lru_cache
from typing import Any

from gputerm import paths
from gputerm.records import Record
from gputerm.text.contents import require_descriptors
from gputerm.text.metrics import FontSpec

BUNDLED_FAMILY = "JetBrains Mono"
_BUNDLED_FILE = "JetBrainsMono-{}.ttf"
_STYLE_NAMES = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}
#: Names that stand for whatever the system likes best; any answer to them is right.
GENERIC_FAMILIES = {
    "monospace",
    "mono",
    "sans",
    "sans-serif",
    "serif",
    "system-ui",
    "emoji",
    "math",
}

_WEIGHT_REGULAR, _WEIGHT_MEDIUM, _WEIGHT_BOLD = 80, 100, 200
_SLANT_ROMAN, _SLANT_ITALIC = 0, 100
_MATCH_PATTERN = 0  # FcMatchPattern
#: A sorted list is long on systems with many fonts and its tail adds hardly a character.
MAX_FALLBACK_FONTS = 256


class FontFile(Record):
    """One face of a file, and how the user wants it rasterised. Equal files are opened once."""

    path: str
    index: int = 0  #: face in the file; bits 16-30 pick a named instance of a variable font
    antialias: bool = True
    hinting: bool = True
    hint_style: int = 1  #: 0 none, 1 slight, 2 medium, 3 full
    autohint: bool = False
    synthetic_bold: bool = False
    synthetic_oblique: bool = False


def bundled(*, bold: bool = False, italic: bool = False) -> FontFile:
    """The face that comes with gputerm; drawn alike on every machine.

    Opening it is what fails where the installation lacks it.
    """
    name = _BUNDLED_FILE.format(_STYLE_NAMES[bold, italic])
    try:
        return FontFile(paths.installed("fonts", name))
    except FileNotFoundError:
        return FontFile(os.path.join(paths.PACKAGE, "fonts", name))


class _Matrix(ctypes.Structure):
    _fields_ = (("xx", c_double), ("xy", c_double), ("yx", c_double), ("yy", c_double))


_PROTOTYPES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FcInitLoadConfigAndFonts": (c_void_p, ()),
    "FcConfigSubstitute": (c_int, (c_void_p, c_void_p, c_int)),
    "FcDefaultSubstitute": (None, (c_void_p,)),
    "FcPatternCreate": (c_void_p, ()),
    "FcPatternDestroy": (None, (c_void_p,)),
    "FcPatternAddString": (c_int, (c_void_p, c_char_p, c_char_p)),
    "FcPatternAddInteger": (c_int, (c_void_p, c_char_p, c_int)),
    "FcPatternAddDouble": (c_int, (c_void_p, c_char_p, c_double)),
    "FcPatternAddBool": (c_int, (c_void_p, c_char_p, c_int)),
    "FcPatternGetString": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_char_p))),
    "FcPatternGetInteger": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_int))),
    "FcPatternGetBool": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_int))),
    "FcPatternGetMatrix": (c_int, (c_void_p, c_char_p, c_int, POINTER(POINTER(_Matrix)))),
    "FcPatternGetCharSet": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_void_p))),
    "FcCharSetHasChar": (c_int, (c_void_p, ctypes.c_uint32)),
    "FcFontMatch": (c_void_p, (c_void_p, c_void_p, POINTER(c_int))),
    "FcFontSort": (c_void_p, (c_void_p, c_void_p, c_int, c_void_p, POINTER(c_int))),
    "FcFontRenderPrepare": (c_void_p, (c_void_p, c_void_p, c_void_p)),
}


class _FontSet(ctypes.Structure):
    _fields_ = (("count", c_int), ("capacity", c_int), ("fonts", POINTER(c_void_p)))


class _Pattern:
    """An FcPattern that is read with Python's types. Owns it when `owned`."""

    def __init__(self, library: Any, handle: int, *, owned: bool) -> None:
        self.library = library
        self.handle = handle
        self.owned = owned

    def __del__(self) -> None:
        if self.owned:
            self.library.FcPatternDestroy(self.handle)

    def string(self, name: bytes, position: int = 0) -> str | None:
        value = c_char_p()
        if self.library.FcPatternGetString(self.handle, name, position, byref(value)):
            return None
        return (value.value or b"").decode("utf-8", "surrogateescape")

    def strings(self, name: bytes) -> list[str]:
        found: list[str] = []
        while (value := self.string(name, len(found))) is not None:
            found.append(value)
        return found

    def integer(self, name: bytes, default: int) -> int:
        value = c_int()
        failed = self.library.FcPatternGetInteger(self.handle, name, 0, byref(value))
        return default if failed else value.value

    def boolean(self, name: bytes, default: bool) -> bool:
        value = c_int()
        failed = self.library.FcPatternGetBool(self.handle, name, 0, byref(value))
        return default if failed else bool(value.value)

    def leans(self) -> bool:
        """Fontconfig asks for a slanted drawing of an upright face."""
        value = POINTER(_Matrix)()
        if self.library.FcPatternGetMatrix(self.handle, b"matrix", 0, byref(value)):
            return False
        return bool(value.contents.xy != 0)

    def charset(self) -> int | None:
        value = c_void_p()
        if self.library.FcPatternGetCharSet(self.handle, b"charset", 0, byref(value)):
            return None
        return value.value


class _Fallback(Record):
    pattern: _Pattern
    charset: int  #: FcCharSet pointer, owned by the pattern
    color: bool


class Fontconfig:
    """The system's fonts as they were when the process first asked.

    Raises OSError when there is no libfontconfig.
    """

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL("libfontconfig.so.1")
        for name, (result, arguments) in _PROTOTYPES.items():
            function = getattr(self._library, name)
            function.restype = result
            function.argtypes = arguments
        self._config = self._library.FcInitLoadConfigAndFonts()
        if not self._config:
            raise OSError("fontconfig can't read its configuration")
        self._sorted: dict[tuple[str, bool, bool], tuple[_Pattern, list[_Fallback]]] = {}
        self._prepared: dict[tuple[int, int], FontFile] = {}

    def match(self, spec: FontSpec, *, bold: bool, italic: bool, size_px: float) -> FontFile | None:
        """The installed face nearest to `spec`; None when the family isn't installed."""
        family = spec.family or "monospace"
        query = self._query(family, bold=bold, italic=italic, size_px=size_px, style=spec.style)
        result = c_int()
        handle = self._library.FcFontMatch(self._config, query.handle, byref(result))
        if not handle:  # a system without a single font
            return None
        found = _Pattern(self._library, handle, owned=True)
        names = {name.casefold() for name in found.strings(b"family") + found.strings(b"fullname")}
        if family.casefold() not in names | GENERIC_FAMILIES:
            return None
        # A face picked by its style's name is drawn as it is, whatever style it stands in for.
        named = spec.style is not None
        return self._file(found, bold=bold and not named, italic=italic and not named)

    def fallback(
        self, text: str, family: str, *, bold: bool, italic: bool, size_px: float, color: bool
    ) -> Iterator[FontFile]:
        """Faces that have every character of `text`, best first; those of the wanted colour lead.

        Yields nothing when no installed font has them.
        """
        wanted = [ord(character) for character in text]
        has = self._library.FcCharSetHasChar
        second_choice = []
        query, fonts = self._sort(family, bold=bold, italic=italic, size_px=size_px)
        for font in fonts:
            if all(has(font.charset, codepoint) for codepoint in wanted):
                if font.color == color:
                    yield self._prepare(query, font.pattern, bold=bold, italic=italic)
                else:
                    second_choice.append(font)
        for font in second_choice:
            yield self._prepare(query, font.pattern, bold=bold, italic=italic)

    def _query(
        self, family: str, *, bold: bool, italic: bool, size_px: float, style: str | None = None
    ) -> _Pattern:
        library = self._library
        pattern = _Pattern(library, library.FcPatternCreate(), owned=True)
        library.FcPatternAddString(pattern.handle, b"family", family.encode("utf-8", "replace"))
        library.FcPatternAddDouble(pattern.handle, b"pixelsize", size_px)
        # Named instances of a variable font open like any face; the bare file needs its axes set.
        library.FcPatternAddBool(pattern.handle, b"variable", 0)
        if style is not None:
            library.FcPatternAddString(pattern.handle, b"style", style.encode("utf-8", "replace"))
        else:
            weight = _WEIGHT_BOLD if bold else _WEIGHT_REGULAR
            slant = _SLANT_ITALIC if italic else _SLANT_ROMAN
            library.FcPatternAddInteger(pattern.handle, b"weight", weight)
            library.FcPatternAddInteger(pattern.handle, b"slant", slant)
        library.FcConfigSubstitute(self._config, pattern.handle, _MATCH_PATTERN)
        library.FcDefaultSubstitute(pattern.handle)
        return pattern

    def _sort(
        self, family: str, *, bold: bool, italic: bool, size_px: float
    ) -> tuple[_Pattern, list[_Fallback]]:
        key = family, bold, italic
        if key not in self._sorted:
            query = self._query(family, bold=bold, italic=italic, size_px=size_px)
            trim, result = 1, c_int()  # trim: leave out fonts that add no character to those before
            handle = self._library.FcFontSort(self._config, query.handle, trim, None, byref(result))
            fonts: list[_Fallback] = []
            if handle:
                fontset = ctypes.cast(handle, POINTER(_FontSet)).contents
                # Never destroyed: the set lives as long as this object and owns its patterns.
                for position in range(min(fontset.count, MAX_FALLBACK_FONTS)):
                    pattern = _Pattern(self._library, fontset.fonts[position], owned=False)
                    charset = pattern.charset()
                    if charset is not None and pattern.string(b"file") is not None:
                        color = pattern.boolean(b"color", default=False)
                        fonts.append(_Fallback(pattern, charset, color))
            self._sorted[key] = query, fonts
        return self._sorted[key]

    def _prepare(self, query: _Pattern, font: _Pattern, *, bold: bool, italic: bool) -> FontFile:
        key = query.handle, font.handle
        if key not in self._prepared:  # asked again for every character that this font serves
            handle = self._library.FcFontRenderPrepare(self._config, query.handle, font.handle)
            prepared = _Pattern(self._library, handle, owned=True)
            self._prepared[key] = self._file(prepared, bold=bold, italic=italic)
        return self._prepared[key]

    @staticmethod
    def _file(found: _Pattern, *, bold: bool, italic: bool) -> FontFile:
        weight = found.integer(b"weight", _WEIGHT_REGULAR)
        slant = found.integer(b"slant", _SLANT_ROMAN)
        return FontFile(
            found.string(b"file") or "",
            index=found.integer(b"index", 0) & 0x7FFFFFFF,
            antialias=found.boolean(b"antialias", default=True),
            hinting=found.boolean(b"hinting", default=True),
            hint_style=found.integer(b"hintstyle", 1),
            autohint=found.boolean(b"autohint", default=False),
            # Fontconfig asks for both itself where its 90-synthetic.conf is in use.
            synthetic_bold=found.boolean(b"embolden", default=False)
            or (bold and weight <= _WEIGHT_MEDIUM),
            synthetic_oblique=found.leans() or (italic and slant == _SLANT_ROMAN),
        )


@lru_cache(maxsize=1)
def fontconfig() -> Fontconfig | None:
    """The process's one fontconfig, loaded on first use; None where it isn't installed.

    Raises FontUnavailableError when it can't read its files now.
    """
    require_descriptors()  # Or it would know no fonts for ever.
    try:
        return Fontconfig()
    except OSError:
        return None


def find(
    spec: FontSpec, *, bold: bool, italic: bool, size_px: float
) -> tuple[FontFile, str | None]:
    """The face for a style, and one line for the user when it isn't the one asked for."""
    ours = bundled(bold=bold, italic=italic)
    family = spec.family or BUNDLED_FAMILY
    if spec.style is None and family.casefold() == BUNDLED_FAMILY.casefold():
        return ours, None
    if system := fontconfig():
        wanted = FontSpec(family, spec.style)
        if found := system.match(wanted, bold=bold, italic=italic, size_px=size_px):
            return found, None
        why = "no such font is installed (fc-list shows those that are)"
    else:
        why = "libfontconfig, which finds fonts by name, is not installed"
        if family.casefold() in GENERIC_FAMILIES:
            return ours, None
    return ours, f"font family {family!r}: {why}; using {BUNDLED_FAMILY}"


def stand_ins(*, bold: bool, italic: bool, size_px: float) -> Iterator[FontFile]:
    """Faces for a style whose own can't be opened, best first."""
    yield bundled(bold=bold, italic=italic)
    yield FontFile(bundled().path, synthetic_bold=bold, synthetic_oblique=italic)
    if system := fontconfig():
        wanted = FontSpec("monospace")
        if found := system.match(wanted, bold=bold, italic=italic, size_px=size_px):
            yield found
    for other_bold, other_italic in _STYLE_NAMES:
        yield bundled(bold=other_bold, italic=other_italic)
