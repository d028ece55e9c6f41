"""How many cells text takes, and where one cluster ends and the next begins.

The plain reference: one code point at a time over the tables of width_table.py, which the compiled
screen reads as well. It holds no grid and knows no modes; the screen decides what to do with a
cluster that grew.

Clusters are extended grapheme clusters [UAX #29]. A cluster takes as many cells as its code points
together, but at most two, and a variation selector has the last word. So a flag of two regional
indicators, a family joined by ZWJ and a syllable of three jamo take two cells; a letter with
accents takes one; a consonant with a spacing vowel sign takes two, as ucs-detect counts.

Characters of ambiguous width (UAX #11), such as Greek letters and lines of boxes, take one cell, or
two with `wide`; then no variation selector changes them.
"""

import itertools
from collections.abc import Iterator

from gputerm.vt.core.width_table import BREAK, CLASSES, STAGE1, STAGE2, STAGE2_WIDE

__all__ = [
    "BREAK_BIT",
    "EMOJI_VARIATION",
    "cell_width",
    "cluster_width",
    "entry",
    "graphemes",
    "joined_width",
    "string_width",
]

WIDTH = 0x03  #: entry bits: cells of the code point alone
CLASS_SHIFT = 2  #: entry bits 2-6: break class, a number in width_table.CLASSES
CLASS = 0x1F
REGIONAL_INDICATOR = CLASSES.index("REGIONAL_INDICATOR")
EMOJI_VARIATION = 0x80  #: entry bit: VS15 and VS16 choose its presentation
BREAK_BIT = 0x80  #: in BREAK: a boundary lies before this code point
STATE = 0x7F  #: in BREAK: the next state

TEXT_PRESENTATION = 0xFE0E  #: VARIATION SELECTOR-15
EMOJI_PRESENTATION = 0xFE0F  #: VARIATION SELECTOR-16


def entry(codepoint: int, *, wide: bool = False) -> int:
    """All the table knows of a code point: WIDTH, CLASS, EMOJI_VARIATION."""
    stage2 = STAGE2_WIDE if wide else STAGE2
    return int(stage2[int(STAGE1[codepoint >> 8]) << 8 | codepoint & 0xFF])


def cell_width(codepoint: int, *, wide: bool = False) -> int:
    """Cells of a code point that stands alone: 0, 1 or 2."""
    return entry(codepoint, wide=wide) & WIDTH


def joined_width(width: int, previous: int, codepoint: int, *, wide: bool = False) -> int:
    """Cells of a cluster of `width` cells, whose last code point is `previous`, after one more."""
    if codepoint == EMOJI_PRESENTATION:
        return 2 if entry(previous, wide=wide) & EMOJI_VARIATION else width
    if codepoint == TEXT_PRESENTATION:
        return 1 if entry(previous, wide=wide) & EMOJI_VARIATION else width
    return min(width + cell_width(codepoint, wide=wide), 2)


def graphemes(text: str) -> Iterator[str]:
    """The extended grapheme clusters of a text, in order. [UAX #29]"""
    start = 0
    state = 0
    for position, character in enumerate(text):
        klass = entry(ord(character)) >> CLASS_SHIFT & CLASS
        following = int(BREAK[state << 5 | klass])
        if following & BREAK_BIT and position > start:
            yield text[start:position]
            start = position
        state = following & ~BREAK_BIT
    if start < len(text):
        yield text[start:]


def cluster_width(cluster: str, *, wide: bool = False) -> int:
    """Cells of one grapheme cluster: 0, 1 or 2."""
    width = cell_width(ord(cluster[0]), wide=wide)
    for previous, codepoint in itertools.pairwise(cluster):
        width = joined_width(width, ord(previous), ord(codepoint), wide=wide)
    return width


def string_width(text: str, *, wide: bool = False) -> int:
    """Cells of a text without control characters."""
    return sum(cluster_width(cluster, wide=wide) for cluster in graphemes(text))
