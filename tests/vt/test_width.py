"""Cell widths and grapheme clusters, against Unicode's own test files (tests/vt/unicode)."""

import lzma
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gputerm.tools import write_widths
from gputerm.vt.core.width import (
    cell_width,
    cluster_width,
    entry,
    graphemes,
    joined_width,
    string_width,
)
from gputerm.vt.core.width_table import (
    BREAK,
    CLASSES,
    STAGE1,
    STAGE2,
    STAGE2_WIDE,
    UNICODE_VERSION,
)

UNICODE = Path(__file__).parent / "unicode"
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def grapheme_break_test() -> Iterator[list[str]]:
    """The clusters of each line: ÷ stands at boundaries, × between code points of one cluster."""
    for line in (UNICODE / "GraphemeBreakTest.txt").read_text(encoding="utf-8").splitlines():
        sample = line.partition("#")[0].strip()
        if sample:
            yield [
                "".join(chr(int(codepoint, 16)) for codepoint in cluster.replace("×", " ").split())
                for cluster in sample.strip("÷ ").split("÷")
            ]


def fully_qualified_emoji() -> Iterator[str]:
    text = lzma.decompress((UNICODE / "emoji-test.txt.xz").read_bytes()).decode()
    for line in text.splitlines():
        sequence, _, status = line.partition(";")
        if status.strip().startswith("fully-qualified"):
            yield "".join(chr(int(codepoint, 16)) for codepoint in sequence.split())


def test_graphemes_break_as_unicode_tests_them():
    samples = list(grapheme_break_test())
    assert len(samples) == 853
    wrong = [clusters for clusters in samples if list(graphemes("".join(clusters))) != clusters]
    assert wrong == []


def test_every_emoji_is_one_cluster_of_two_cells():
    emoji = list(fully_qualified_emoji())
    assert len(emoji) == 3963
    wrong = [text for text in emoji if list(graphemes(text)) != [text] or cluster_width(text) != 2]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a", 1),
        ("e\u0301", 1),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),  # the same syllable in jamo
        ("\u1161", 0),  # a vowel alone finishes a syllable begun elsewhere
        ("Ａ", 2),
        ("α", 1),  # ambiguous
        ("\u00ad", 1),  # soft hyphen
        ("\u200b", 0),
        ("\ue0a0", 1),  # private use
        ("\U0002ffff", 1),  # a noncharacter; the rest of the plane is wide
        ("\U0002fffd", 2),
        ("\u0915", 1),
        ("\u0915\u093f", 2),  # with a spacing vowel sign
        ("\u0915\u094d\u0937", 2),  # conjunct
        ("\u0915\u094d\u0937\u094d\u092f\u093f", 2),  # and never more than two cells
        ("☔\ufe0e", 1),
        ("❤\ufe0f", 2),
        ("❤", 1),
        ("a\ufe0f", 1),  # no emoji, no effect
        ("1\ufe0f\u20e3", 2),
        ("\U0001f1e9", 2),
        ("\U0001f1e9\U0001f1ea", 2),
        ("\U0001f44b\U0001f3fd", 2),
        ("\u0600" + "1", 2),  # a prepended sign and its digit
    ],
)
def test_cluster_width(text, cells):
    assert list(graphemes(text)) == [text]
    assert cluster_width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a", 1),
        ("α", 2),
        ("─", 2),
        ("\ue0a0", 2),
        ("e\u0301", 1),  # the accent is ambiguous, but it has no width to choose
        ("α\u0301", 2),
        ("\u00ad", 1),
        ("☎", 2),
        ("☎\ufe0e", 2),
        ("☎\ufe0f", 2),
        ("☔\ufe0e", 1),  # wide itself: the selector makes text of it
        ("❤", 1),  # neutral
        ("❤\ufe0f", 2),
        ("日", 2),
    ],
)
def test_ambiguous_characters_may_be_wide(text, cells):
    assert cluster_width(text, wide=True) == cells


def test_what_is_ambiguous_is_what_the_standard_library_calls_so():
    ambiguous = {
        codepoint
        for codepoint in range(0x110000)
        if cell_width(codepoint) != cell_width(codepoint, wide=True)
    }
    known = {
        codepoint
        for codepoint in range(0x110000)
        if unicodedata.east_asian_width(chr(codepoint)) == "A"
        and unicodedata.category(chr(codepoint)) not in ("Mn", "Cf")
    }
    assert known - ambiguous == set()
    assert {c for c in ambiguous - known if unicodedata.category(chr(c)) != "Cn"} <= {0x1F1AD}


def test_string_width_adds_clusters():
    assert string_width("") == 0
    assert string_width("ascii, 漢字 and 👩‍👩‍👧") == len("ascii, ") + 4 + len(" and ") + 2
    assert string_width("\U0001f1e9\U0001f1ea\U0001f1eb") == 4  # a flag and half of another


def test_two_letters_always_part():
    assert CLASSES[0] == "OTHER"
    assert all(entry(ord(letter)) == 1 for letter in "Az ~")


def test_the_standard_library_agrees_on_east_asian_width():
    """Python's tables are older: what Unicode 16 made wide is left out."""
    changed = {*range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x4DC0, 0x4E00)}
    changed |= {*range(0x1D300, 0x1D357), *range(0x1D360, 0x1D377)}
    invisible = {0x3164, *range(0x1160, 0x1200)}  # fillers, and jamo that join
    excepted = changed | invisible
    wrong = [
        hex(codepoint)
        for codepoint in range(0x110000)
        if unicodedata.category(chr(codepoint))[0] not in "CM"
        and codepoint not in excepted
        and (cell_width(codepoint) == 2)
        != (unicodedata.east_asian_width(chr(codepoint)) in "WF" or chr(codepoint) in FLAG_LETTERS)
    ]
    assert wrong == []


def test_marks_take_no_cell_of_their_own():
    wide_marks = [
        hex(codepoint)
        for codepoint in range(0x110000)
        if unicodedata.category(chr(codepoint)) in ("Mn", "Me") and cell_width(codepoint)
    ]
    assert wide_marks in ([], ["0x1171e"])  # a spacing mark since Unicode 15


def test_tables_hold_in_bounds():
    assert STAGE1.dtype == np.uint16
    assert len(STAGE1) == 0x110000 // 256
    assert STAGE2.dtype == np.uint8
    assert (int(STAGE1.max()) + 1) * 256 == len(STAGE2)
    assert not np.any(STAGE2 & 3 == 3)
    assert len(STAGE2_WIDE) == len(STAGE2)
    differing = STAGE2 != STAGE2_WIDE
    assert np.all(STAGE2[differing] & 3 == 1)
    assert np.all(STAGE2_WIDE[differing] & 0x83 == 2)
    assert np.all((STAGE2 ^ STAGE2_WIDE) & 0x7C == 0)
    assert int((STAGE2 >> 2 & 31).max()) < len(CLASSES) <= 32
    assert (int((BREAK & 0x7F).max()) + 1) * 32 == len(BREAK)


def test_the_automaton_is_the_one_of_the_generator():
    assert BREAK.tobytes() == write_widths.automaton()
    assert CLASSES == write_widths.CLASSES
    assert UNICODE_VERSION == write_widths.VERSION


def test_width_of_a_cluster_stays_between_none_and_two():
    rng = np.random.default_rng(11)
    for previous, codepoint in rng.integers(0x20, 0x110000, (2000, 2)):
        for width in range(3):
            assert 0 <= joined_width(width, int(previous), int(codepoint)) <= 2
