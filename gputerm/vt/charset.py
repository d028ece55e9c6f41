"""The character sets that SCS can designate, as tables of codepoints.

One row per set: its id (the index in Screen.charset_tables), its designator, the first conformance
level that has it, and whether it is national (then DECNRCM has to be set). Screen maps bytes
through the tables and does the shifts; this module only says what is in them.

Sources: VT220 and VT510 programmer references (NRCS charts, DEC Technical, DEC Supplemental), ISO
8859, JIS X 0201; DEC's Greek, Hebrew, Turkish and Cyrillic sets as in the VT520 manual's charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gputerm.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE = 96  #: codepoints for 0x20-0x7F; a set of 94 keeps space and DEL at the ends
UNDEFINED = 0xFFFD  #: a position that the standard leaves empty


class Charset(Record):
    """A set that can be designated; `final` includes a leading intermediate such as `%5`."""

    name: str
    final: str
    table: str  #: 96 characters
    level: int = 1
    national: bool = False
    size: int = 94  #: 94 or 96: which introducers designate it


_ASCII = "".join(map(chr, range(0x20, 0x80)))
_NATIONAL_POSITIONS = "#@[\\]^_`{|}~"  # ISO 646 leaves these to the nations.


def _national(replacements: str) -> str:
    """ASCII with the twelve national positions, in the order of _NATIONAL_POSITIONS, replaced."""
    return _ASCII.translate(dict(zip(map(ord, _NATIONAL_POSITIONS), replacements, strict=True)))


def _at(position: int, text: str, base: str = _ASCII) -> str:
    """`base` with `text` from code `position` on."""
    start = position - 0x20
    return base[:start] + text + base[start + len(text) :]


def _iso(codec: str) -> str:
    """The right half of an ISO 8859 part."""
    return bytes(range(0xA0, 0x100)).decode(codec, "replace")


def _supplemental(right_half: str) -> str:
    """A DEC supplemental set: 94 characters, `.` where nothing is defined."""
    return " " + right_half.replace(".", chr(UNDEFINED)) + "\x7f"


#: [VT220 Programmer Reference, table 2-4]
_DEC_SPECIAL_GRAPHICS = _at(0x5F, " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")

_DEC_SUPPLEMENTAL_HEAD = "¡¢£.¥.§¤©ª«....°±²³.µ¶·.¹º»¼½.¿"
_DEC_SUPPLEMENTAL = _supplemental(
    _DEC_SUPPLEMENTAL_HEAD + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ.ÑÒÓÔÕÖŒØÙÚÛÜŸ.ßàáâãäåæçèéêëìíîï.ñòóôõöœøùúûüÿ."
)

# Sigma's pieces (0x31-0x37) have no codepoints but the private ones; box-like parts stand in.
_DEC_TECHNICAL = _supplemental(
    "⎷┌─⌠⌡│⎡⎣⎤⎦⎧⎩⎫⎭⎨⎬⎲⎳╲╱⎤⎦⟩....≤≠≥∫∴∝∞÷Δ∇ΦΓ∼≃Θ×Λ⇔⇒≡ΠΨ.Σ..√ΩΞΥ⊂⊃∩∪∧∨¬αβχδεφγηιθκλ.ν∂πψρστ.ƒωξυζ←↑→↓"
)

_CYRILLIC = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ"
_LATIN_SYMBOLS = "¡¢£.¥.§¨©{0}«....°±²³.µ¶·.¹{1}»¼½.¿"

#: The first two are those that Screen designates itself, by these numbers.
CHARSETS: tuple[Charset, ...] = (
    # Ids 0 and 1 are fixed by Screen, which designates these two itself.
    Charset("ASCII", "B", _ASCII),
    Charset("DEC Special Graphics", "0", _DEC_SPECIAL_GRAPHICS),
    Charset("British", "A", _national("£@[\\]^_`{|}~")),
    Charset("Dutch", "4", _national("£¾ĳ½|^_`¨ƒ¼´"), 2, national=True),
    Charset("Finnish", "5", _national("#@ÄÖÅÜ_éäöåü"), 2, national=True),
    Charset("Finnish", "C", _national("#@ÄÖÅÜ_éäöåü"), 2, national=True),
    Charset("French", "R", _national("£à°ç§^_`éùè¨"), 2, national=True),
    Charset("French", "f", _national("£à°ç§^_`éùè¨"), 2, national=True),
    Charset("French Canadian", "Q", _national("#àâçêî_ôéùèû"), 2, national=True),
    Charset("French Canadian", "9", _national("#àâçêî_ôéùèû"), 3, national=True),
    Charset("German", "K", _national("#§ÄÖÜ^_`äöüß"), 2, national=True),
    Charset("Italian", "Y", _national("£§°çé^_ùàòèì"), 2, national=True),
    Charset("Norwegian/Danish", "`", _national("#ÄÆØÅÜ_äæøåü"), 3, national=True),
    Charset("Norwegian/Danish", "E", _national("#ÄÆØÅÜ_äæøåü"), 2, national=True),
    Charset("Norwegian/Danish", "6", _national("#ÄÆØÅÜ_äæøåü"), 2, national=True),
    Charset("Portuguese", "%6", _national("#@ÃÇÕ^_`ãçõ~"), 3, national=True),
    Charset("Spanish", "Z", _national("£§¡Ñ¿^_`°ñç~"), 2, national=True),
    Charset("Swedish", "7", _national("#ÉÄÖÅÜ_éäöåü"), 2, national=True),
    Charset("Swedish", "H", _national("#ÉÄÖÅÜ_éäöåü"), 2, national=True),
    Charset("Swiss", "=", _national("ùàéçêîèôäöüû"), 2, national=True),
    Charset("DEC Supplemental", "%5", _DEC_SUPPLEMENTAL, 2),
    # DEC's user-preferred supplemental set; its factory setting is the one above.
    Charset("user-preferred supplemental", "<", _DEC_SUPPLEMENTAL, 2),
    Charset("DEC Technical", ">", _DEC_TECHNICAL, 3),
    Charset("JIS Roman", "J", _at(0x5C, "¥", _at(0x7E, "‾")), 3),
    Charset(
        "JIS Katakana",
        "I",
        _supplemental("".join(map(chr, range(0xFF61, 0xFFA0))) + "." * 31),
        3,
    ),
    Charset(
        "Greek", '">', _at(0x61, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΧΟΠΡΣΤΥΦΞΨΩ", _at(0x79, "\ufffd\ufffd")), 5, True
    ),
    Charset("Hebrew", "%=", _at(0x60, "אבגדהוזחטיךכלםמןנסעףפץצקרשת"), 5, national=True),
    Charset("Russian", "&5", _at(0x60, "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ"), 5, national=True),
    Charset("Serbo-Croatian", "%3", _national("#ŽŠĐĆČ_žšđćč"), 5, national=True),
    Charset(
        "Turkish", "%2", _at(0x21, "ı", _at(0x26, "ğ", _national("#İŞÖÇÜ_Ğşöçü"))), 5, national=True
    ),
    Charset("DEC Cyrillic", "&4", _supplemental("." * 31 + _CYRILLIC), 5),
    Charset(
        "DEC Greek",
        '"?',
        _supplemental(
            _DEC_SUPPLEMENTAL_HEAD
            + "ϊΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ.ΠΡΣΤΥΦΧΨΩάέήί.ό"
            + "ϋαβγδεζηθικλμνξο.πρστυφχψωςύώ΄."
        ),
        5,
    ),
    Charset(
        "DEC Hebrew",
        '"4',
        _supplemental(
            _LATIN_SYMBOLS.format("×", "÷") + "." * 32 + "אבגדהוזחטיךכלםמןנסעףפץצקרשת...."
        ),
        5,
    ),
    Charset(
        "DEC Turkish",
        "%0",
        _supplemental(
            "¡¢£.¥.§¨©ª«..İ.°±²³.µ¶·.¹º»¼½ı¿"
            "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖŒØÙÚÛÜŸŞßàáâãäåæçèéêëìíîïğñòóôõöœøùúûüÿş"
        ),
        5,
    ),
    Charset("ISO Latin-1", "A", _iso("iso8859-1"), 3, size=96),
    Charset("ISO Latin-2", "B", _iso("iso8859-2"), 5, size=96),
    Charset("ISO Greek", "F", _iso("iso8859-7"), 5, size=96),
    Charset("ISO Hebrew", "H", _iso("iso8859-8"), 5, size=96),
    Charset("ISO Cyrillic", "L", _iso("iso8859-5"), 5, size=96),
    Charset("ISO Latin-5", "M", _iso("iso8859-9"), 5, size=96),
)

_BY_DESIGNATOR = {(charset.size, charset.final): i for i, charset in enumerate(CHARSETS)}

ASCII = 0


def find(size: int, final: str, level: int, *, national: bool) -> int:
    """The id that SCS designates; ASCII for a set that doesn't exist at this level. [VT510 4-5]

    `size` is 94 or 96, `final` the final with a leading intermediate, `national` is DECNRCM.
    """
    i = _BY_DESIGNATOR.get((size, final), ASCII)
    charset = CHARSETS[i]
    if charset.level > level or (charset.national and not national):
        return ASCII
    return i


def tables() -> NDArray[np.uint32]:
    """uint32[len(CHARSETS), 96]: the codepoints of every set."""
    return np.array([[ord(c) for c in charset.table] for charset in CHARSETS], np.uint32)
