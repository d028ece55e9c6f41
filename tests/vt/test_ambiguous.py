"""Characters of ambiguous width: one cell, or two where the configuration says so."""

import random

import pytest
from talk import Talk

from gputerm.vt.core.cells import TAIL, WIDE
from gputerm.vt.core.width import graphemes, string_width


@pytest.fixture
def wide():
    return Talk(4, 10, ambiguous_wide=True)


def test_they_take_two_cells(wide):
    wide.feed("α─x")
    assert wide.terminal.cursor == (0, 5)
    chars = wide.terminal.cells(0)[:, 0]
    assert [bool(chars[i] & WIDE) for i in (0, 2)] == [True, True]
    assert [bool(chars[i] & TAIL) for i in (1, 3)] == [True, True]


def test_letters_of_latin_1_may_be_wide_too(wide):
    """A line of codes below 256 is plain until one of them takes two cells."""
    wide.feed("a\x1b[1;3Hé" + "\n" * 6)
    chars = wide.terminal.cells(0)[:, 0]
    assert wide.terminal.line_text(0) == "a é"
    assert (chars[2] & WIDE, chars[3] & TAIL) == (WIDE, TAIL)


def test_they_wrap_like_other_wide_characters(wide):
    wide.feed("αβγδxεy")
    assert wide.screen()[:2] == ["αβγδx", "εy"]


def test_a_change_applies_to_what_is_written_from_then_on(wide):
    wide.feed("αβ\r\n")
    wide.configure(ambiguous_wide=False)
    wide.feed("αβ")
    assert wide.terminal.cursor == (1, 2)
    wide.configure(ambiguous_wide=True)
    wide.feed("\r\nαβ")
    assert wide.terminal.cursor == (2, 4)
    assert wide.screen()[:3] == ["αβ"] * 3


def test_a_reset_keeps_the_choice(wide):
    wide.feed("\x1bc\x1b[!pα")
    assert wide.terminal.cursor == (0, 2)


def test_marks_join_and_selectors_change_nothing(wide):
    wide.feed("α\u0301☎\ufe0e☎\ufe0f")
    assert wide.terminal.cursor == (0, 6)
    assert wide.screen()[0] == "α\u0301☎\ufe0e☎\ufe0f"


def test_characters_of_a_character_set_are_bytes_and_take_one_cell(wide):
    """ncurses draws lines with DEC special graphics and counts a cell for each byte."""
    wide.feed("\x1b(0lqqk\x1b(B")
    assert wide.terminal.cursor == (0, 4)
    assert wide.screen()[0] == "┌──┐"
    wide.feed("\r\n\x1b(0q\x1b[3b\x1b(B")  # REP repeats what stands there
    assert wide.terminal.cursor == (1, 4)
    wide.feed("\r\n─\x1b[3b")
    assert wide.terminal.cursor == (2, 8)


def test_latin_1_takes_one_cell(wide):
    wide.feed(b"\x1b%@\xb0\xd7")
    assert wide.terminal.cursor == (0, 2)
    assert wide.screen()[0] == "°×"


def test_the_screen_counts_as_the_reference_does():
    rng = random.Random(12)
    pieces = (
        "a",
        "α",
        "─",
        "é",
        "日",
        "👩\u200d👩",
        "☎",
        "\ufe0f",
        "\ufe0e",
        "\u0301",
        "❤",
        "☔",
        "\ue0a0",
    )
    for wide in (False, True):
        for _ in range(300):
            text = "x" + "".join(rng.choice(pieces) for _ in range(20))
            talk = Talk(2, 80, ambiguous_wide=wide)
            talk.feed(text)
            assert talk.terminal.cursor == (0, string_width(text, wide=wide)), list(graphemes(text))
