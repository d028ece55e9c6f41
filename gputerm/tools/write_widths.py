"""Writes gputerm/vt/core/width_table.py, for `make gen ARGS=UCD`.

Reads the Unicode Character Database (UAX #44) from a directory laid out like the published one, or
fetches the few files it needs into build/. It decides what each code point is worth by itself; how
code points of one cluster add up is gputerm.vt.core.width's matter.

Widths follow what terminals agree on and ucs-detect measures: East_Asian_Width W and F take two
cells (UAX #11), regional indicators two, non-spacing and default-ignorable code points none,
jungseong and jongseong none because they complete a choseong that already has two, everything else
one. Where ambiguous characters are to be wide, those with East_Asian_Width A that would take one
cell take two. Breaks follow UAX #29, extended grapheme clusters.
"""

import binascii
import textwrap
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path

VERSION = "18.0.0"
PUBLISHED = f"https://www.unicode.org/Public/{VERSION}/ucd"
FILES = (
    "DerivedCoreProperties.txt",
    "EastAsianWidth.txt",
    "IndicSyllabicCategory.txt",
    "auxiliary/GraphemeBreakProperty.txt",
    "emoji/emoji-data.txt",
    "emoji/emoji-variation-sequences.txt",
    "extracted/DerivedGeneralCategory.txt",
)
CODEPOINTS = 0x110000
BLOCK = 256

# A break class is all that UAX #29 wants to know of a code point: its Grapheme_Cluster_Break, and
# where the rules look further, its Indic_Conjunct_Break or Extended_Pictographic. The number is the
# position here.
CLASSES = (
    "OTHER",
    "CR",
    "LF",
    "CONTROL",
    "EXTEND",  # with Indic_Conjunct_Break=Extend, which all have but ...
    "EXTEND_ONLY",  # ... U+200C, which ends a conjunct
    "ZWJ",
    "REGIONAL_INDICATOR",
    "PREPEND",
    "SPACING_MARK",
    "L",
    "V",
    "T",
    "LV",
    "LVT",
    "EXT_PICT",
    "CONSONANT",
    "LINKER",  # Indic_Conjunct_Break=Linker among the Extend ...
    "LINKER_LETTER",  # ... and among the others
)
_GCB_CLASS = {
    "Other": "OTHER",
    "CR": "CR",
    "LF": "LF",
    "Control": "CONTROL",
    "Extend": "EXTEND",
    "ZWJ": "ZWJ",
    "Regional_Indicator": "REGIONAL_INDICATOR",
    "Prepend": "PREPEND",
    "SpacingMark": "SPACING_MARK",
    "L": "L",
    "V": "V",
    "T": "T",
    "LV": "LV",
    "LVT": "LVT",
}
WIDTH = 0x03
EMOJI_VARIATION = 0x80
BREAK_BIT = 0x80

# EastAsianWidth.txt: unassigned code points of these ranges default to W.
DEFAULT_WIDE = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FFFD),
    (0x30000, 0x3FFFD),
)
# Vowels and final consonants of Hangul, which complete a syllable that already has two cells. Other
# scripts' letters with Grapheme_Cluster_Break V (Kirat Rai) take a cell of their own.
JUNGSEONG_JONGSEONG = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))

# What a class is to the code point that follows; the classes left out are OTHER to it.
REMEMBERED = {
    "CR": "CR",
    "LF": "START",
    "CONTROL": "START",
    "PREPEND": "PREPEND",
    "REGIONAL_INDICATOR": "REGIONAL_INDICATOR",
    "L": "L",
    "V": "LV",
    "LV": "LV",
    "T": "LVT",
    "LVT": "LVT",
}

State = tuple[str, str, bool]
"""What the automaton remembers: the class before (a value of REMEMBERED, or START or OTHER);
"" | "pict" | "zwj" for how far an emoji sequence has come (GB11); whether a conjunct waits for its
consonant (GB9c)."""


class Database:
    """The files of one UCD directory, as sets of code points."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def rows(self, name: str) -> Iterator[tuple[range, list[str]]]:
        """The data lines of a file: the code points, the other fields."""
        for line in (self.directory / name).read_text(encoding="utf-8").splitlines():
            fields = [field.strip() for field in line.partition("#")[0].split(";")]
            if len(fields) > 1:
                first, _, last = fields[0].partition(" ")[0].partition("..")
                yield range(int(first, 16), int(last or first, 16) + 1), fields[1:]

    def having(self, name: str, *values: str) -> set[int]:
        """The code points whose fields in the file begin with the given values."""
        return {
            codepoint
            for codepoints, fields in self.rows(name)
            if fields[: len(values)] == list(values)
            for codepoint in codepoints
        }


def widths(ucd: Database) -> bytearray:
    """The cells each code point takes when it stands alone: 0, 1 or 2."""
    table = bytearray(b"\x01") * CODEPOINTS
    for first, last in DEFAULT_WIDE:
        table[first : last + 1] = b"\x02" * (last + 1 - first)
    for codepoints, (width, *_) in ucd.rows("EastAsianWidth.txt"):
        for codepoint in codepoints:
            table[codepoint] = 2 if width in ("W", "F") else 1
    for codepoint in ucd.having("auxiliary/GraphemeBreakProperty.txt", "Regional_Indicator"):
        table[codepoint] = 2

    nothing: set[int] = set()
    for category in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp"):
        nothing |= ucd.having("extracted/DerivedGeneralCategory.txt", category)
    nothing |= ucd.having("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    for first, last in JUNGSEONG_JONGSEONG:
        nothing.update(range(first, last + 1))
    # A virama joins consonants and stands under them even where it counts as a spacing mark (Mc).
    for category in ("Virama", "Invisible_Stacker"):
        nothing |= ucd.having("IndicSyllabicCategory.txt", category)
    # Signs that precede digits and stand under them: format characters, but visible.
    nothing -= ucd.having("auxiliary/GraphemeBreakProperty.txt", "Prepend")
    nothing -= {
        0x00AD,  # SOFT HYPHEN shows as a hyphen in every terminal.
        0x115F,  # HANGUL CHOSEONG FILLER stands for the choseong, whose two cells it takes.
    }
    for codepoint in nothing:
        table[codepoint] = 0
    return table


def ambiguous(ucd: Database) -> set[int]:
    """The code points whose width depends on who looks at them: one cell or two."""
    return ucd.having("EastAsianWidth.txt", "A") - {
        0x00AD,  # SOFT HYPHEN is a format character, which no table of wide characters has.
    }


def break_classes(ucd: Database) -> bytearray:
    """The number of each code point's class in CLASSES."""
    number = {name: index for index, name in enumerate(CLASSES)}
    table = bytearray(CODEPOINTS)
    for codepoints, (value, *_) in ucd.rows("auxiliary/GraphemeBreakProperty.txt"):
        for codepoint in codepoints:
            table[codepoint] = number[_GCB_CLASS[value]]

    def refine(codepoints: set[int], pairs: dict[str, str]) -> None:
        """Give code points a finer class; a class that `pairs` doesn't name would be news."""
        for codepoint in codepoints:
            table[codepoint] = number[pairs[CLASSES[table[codepoint]]]]

    conjunct = {
        value: ucd.having("DerivedCoreProperties.txt", "InCB", value)
        for value in ("Consonant", "Linker", "Extend")
    }
    extend = {c for c in range(CODEPOINTS) if table[c] == number["EXTEND"]}
    refine(extend - conjunct["Extend"] - conjunct["Linker"], {"EXTEND": "EXTEND_ONLY"})
    refine(conjunct["Extend"], {"EXTEND": "EXTEND", "ZWJ": "ZWJ"})
    refine(conjunct["Consonant"], {"OTHER": "CONSONANT"})
    refine(conjunct["Linker"], {"EXTEND": "LINKER", "OTHER": "LINKER_LETTER"})
    refine(ucd.having("emoji/emoji-data.txt", "Extended_Pictographic"), {"OTHER": "EXT_PICT"})
    return table


def breaks(state: State, following: str) -> bool:
    """Whether a boundary lies before a code point of class `following`. [UAX #29, table 1c]"""
    before, emoji, linked = state
    if before == "CR" and following == "LF":  # GB3
        return False
    if before in ("START", "CR") or following in ("CONTROL", "CR", "LF"):
        return True  # GB1, GB4, GB5
    if following in ("EXTEND", "EXTEND_ONLY", "LINKER", "ZWJ", "SPACING_MARK"):
        return False  # GB9, GB9a
    joined = (
        (before == "L" and following in ("L", "V", "LV", "LVT"))  # GB6
        or (before == "LV" and following in ("V", "T"))  # GB7
        or (before == "LVT" and following == "T")  # GB8
        or before == "PREPEND"  # GB9b
        or (linked and following == "CONSONANT")  # GB9c
        or (emoji == "zwj" and following == "EXT_PICT")  # GB11
        or (before == "REGIONAL_INDICATOR" and following == "REGIONAL_INDICATOR")  # GB12, GB13
    )
    return not joined


def advance(state: State, following: str) -> State:
    """The state after a code point of class `following`."""
    before, emoji, linked = state
    extends = following in ("EXTEND", "EXTEND_ONLY", "LINKER")
    if following == "EXT_PICT" or (emoji == "pict" and extends):
        emoji = "pict"
    elif emoji == "pict" and following == "ZWJ":
        emoji = "zwj"
    else:
        emoji = ""
    linked = following in ("LINKER", "LINKER_LETTER") or (linked and following in ("EXTEND", "ZWJ"))
    if before == "REGIONAL_INDICATOR" and following == "REGIONAL_INDICATOR":
        following = "OTHER"  # The flag is complete; a third indicator begins the next.
    return REMEMBERED.get(following, "OTHER"), emoji, linked


def automaton() -> bytes:
    """uint8[states * 32], at [state << 5 | class]: the next state, with BREAK_BIT at a boundary."""
    states: list[State] = [("START", "", False)]
    table = bytearray()
    for state in states:  # Grows while it is walked, until no new state turns up.
        for name in CLASSES:
            following = advance(state, name)
            if following not in states:
                states.append(following)
            table.append(states.index(following) | (BREAK_BIT if breaks(state, name) else 0))
        table.extend(bytes(32 - len(CLASSES)))
    assert len(states) < BREAK_BIT
    return bytes(table)


def generate(ucd: Database) -> str:
    """The text of width_table.py."""
    first_line = (
        (ucd.directory / "EastAsianWidth.txt").read_text(encoding="utf-8").partition("\n")[0]
    )
    if VERSION not in first_line:
        raise SystemExit(f"{ucd.directory} holds {first_line!r}, expected version {VERSION}")
    variation = ucd.having("emoji/emoji-variation-sequences.txt", "emoji style")
    entries = bytearray(
        width | (number << 2) | (EMOJI_VARIATION if codepoint in variation else 0)
        for codepoint, width, number in zip(
            range(CODEPOINTS), widths(ucd), break_classes(ucd), strict=True
        )
    )
    wide = bytearray(entries)
    for codepoint in ambiguous(ucd):
        if entries[codepoint] & WIDTH == 1:
            # Two cells whatever a variation selector says.
            wide[codepoint] = entries[codepoint] & ~EMOJI_VARIATION & ~WIDTH | 2
    blocks: dict[tuple[bytes, bytes], int] = {}
    stage1 = b"".join(
        blocks.setdefault(
            (bytes(entries[i : i + BLOCK]), bytes(wide[i : i + BLOCK])), len(blocks)
        ).to_bytes(2, "little")
        for i in range(0, CODEPOINTS, BLOCK)
    )
    return _MODULE.format(
        version=VERSION,
        classes=",\n".join(f'    "{name}"' for name in CLASSES),
        stage1=_literal(stage1),
        stage2=_literal(b"".join(narrow for narrow, _ in blocks)),
        stage2_wide=_literal(b"".join(wide for _, wide in blocks)),
        break_table=_literal(automaton()),
    )


def _literal(data: bytes) -> str:
    text = binascii.b2a_base64(zlib.compress(data, 9), newline=False).decode()
    return "\n".join(f'        b"{line}"' for line in textwrap.wrap(text, 88))


_MODULE = '''\
# Made by `make gen ARGS=UCD` of the Unicode Character Database {version}. Don't edit.
"""Cell width and grapheme break class of every code point, in two stages of 256.

    entry = STAGE2[STAGE1[codepoint >> 8] << 8 | codepoint & 0xFF]
    entry: bits 0-1 cell width, bits 2-6 number in CLASSES, bit 7 EMOJI_VARIATION

STAGE2_WIDE, in place of STAGE2, has two cells for characters of ambiguous width.

BREAK[state << 5 | class] is the next state, with BREAK_BIT when a boundary lies between; text
begins in state 0. How these are used is said in gputerm.vt.core.width.
"""

import zlib
from binascii import a2b_base64

import numpy as np

UNICODE_VERSION = "{version}"
CLASSES = (
{classes},
)


def _decode(text: bytes) -> bytes:
    return zlib.decompress(a2b_base64(text))


#: uint16[0x1100], block number of each 256 code points (little-endian, as is every GPU's host)
STAGE1 = np.frombuffer(
    _decode(
{stage1}
    ),
    dtype=np.uint16,
)
#: uint8[blocks * 256]
STAGE2 = np.frombuffer(
    _decode(
{stage2}
    ),
    dtype=np.uint8,
)
#: uint8[blocks * 256]
STAGE2_WIDE = np.frombuffer(
    _decode(
{stage2_wide}
    ),
    dtype=np.uint8,
)
#: uint8[states * 32]
BREAK = np.frombuffer(
    _decode(
{break_table}
    ),
    dtype=np.uint8,
)
'''


def fetch(directory: Path) -> None:
    """Download what is missing of FILES."""
    for name in FILES:
        target = directory / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with urllib.request.urlopen(f"{PUBLISHED}/{name}") as response:
                target.write_bytes(response.read())


def page(directory: str) -> str:
    """The text of width_table.py, of the database in a directory; "fetch" gets it first."""
    if directory == "fetch":
        folder = Path(__file__).parents[2] / "build" / f"ucd-{VERSION}"
        fetch(folder)
        return generate(Database(folder))
    return generate(Database(Path(directory)))
