"""Motions of vi mode: ^ marks where the cursor stands, v where each motion leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.actions import VI_MOTIONS, Action
from gputerm.view.motions import MOTIONS, Ground, to_character
from gputerm.view.selection import SEPARATORS
from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core.cells import CHAR, TAIL


def ground_of(term: Terminal, top: int | None = None) -> Ground:
    return Ground(term, term.screen_top if top is None else top, SEPARATORS)


def steps(term: Terminal, motion: Action, start: tuple[int, int], count: int) -> list:
    """Where repeating a motion leads; screen lines."""
    ground, top = ground_of(term), term.screen_top
    point, found = (top + start[0], start[1]), []
    for _ in range(count):
        point = MOTIONS[motion](ground, point)
        found.append((point[0] - top, point[1]))
    return found


def test_each_motion_has_its_action():
    assert tuple(MOTIONS) == VI_MOTIONS
    assert len(VI_MOTIONS) == 21


TEXT = "let f = a.b(c, 中文) - x::y"


@pytest.mark.proves("SemanticRight", "SemanticRightEnd", "WordRight", "WordRightEnd")
@pytest.mark.parametrize(
    ("motion", "places"),
    [
        (Action.SEMANTIC_RIGHT, [4, 6, 8, 11, 12, 13, 15, 19, 21, 23, 24, 25, 26]),
        (Action.SEMANTIC_RIGHT_END, [2, 4, 6, 10, 11, 12, 13, 17, 19, 21, 23, 24, 25, 26]),
        (Action.WORD_RIGHT, [4, 6, 8, 15, 21, 23]),
        (Action.WORD_RIGHT_END, [2, 4, 6, 13, 19, 21, 26]),
    ],
)
def test_words_onward(motion, places):
    term = Terminal(3, 40)
    term.feed(TEXT.encode())
    assert steps(term, motion, (0, 0), len(places)) == [(0, column) for column in places]


@pytest.mark.proves("SemanticLeft", "SemanticLeftEnd", "WordLeft", "WordLeftEnd")
@pytest.mark.parametrize(
    ("motion", "places"),
    [
        (Action.SEMANTIC_LEFT, [26, 25, 24, 23, 21, 19, 15, 13, 12, 11, 8, 6, 4, 0]),
        (Action.SEMANTIC_LEFT_END, [26, 25, 24, 23, 21, 19, 17, 13, 12, 11, 10, 6, 4, 2]),
        (Action.WORD_LEFT, [23, 21, 15, 8, 6, 4, 0]),
        (Action.WORD_LEFT_END, [26, 21, 19, 13, 6, 4, 2]),
    ],
)
def test_words_back(motion, places):
    term = Terminal(3, 40)
    term.feed(TEXT.encode())
    assert steps(term, motion, (0, 35), len(places)) == [(0, column) for column in places]


def test_words_go_on_in_other_lines_and_over_wraps():
    term = Terminal(5, 10)
    term.feed(b"one twothree\r\n\r\nfour")  # "one twothr" "ee" "" "four"
    assert steps(term, Action.SEMANTIC_RIGHT, (0, 0), 4) == [(0, 4), (3, 0), (4, 9), (4, 9)]
    assert steps(term, Action.SEMANTIC_RIGHT_END, (0, 4), 2) == [(1, 1), (3, 3)]
    assert steps(term, Action.SEMANTIC_LEFT, (3, 2), 4) == [(3, 0), (0, 4), (0, 0), (0, 0)]


def test_a_full_row_that_did_not_wrap_ends_its_word():
    term = Terminal(3, 4)
    term.feed(b"abcd\r\nefg")
    assert steps(term, Action.WORD_RIGHT, (0, 1), 1) == [(1, 0)]


@pytest.mark.proves("Left", "Right", "Down")
def test_cells_cross_wraps_and_nothing_else():
    term = Terminal(4, 4)
    term.feed("abcdef\r\n中x".encode())  # "abcd" "ef" "中x"
    assert steps(term, Action.RIGHT, (0, 2), 3) == [(0, 3), (1, 0), (1, 1)]
    assert steps(term, Action.RIGHT, (1, 2), 2) == [(1, 3), (1, 3)]
    assert steps(term, Action.LEFT, (1, 1), 3) == [(1, 0), (0, 3), (0, 2)]
    assert steps(term, Action.LEFT, (2, 2), 3) == [(2, 0), (2, 0), (2, 0)]
    assert steps(term, Action.DOWN, (1, 1), 3) == [(2, 0), (3, 0), (3, 0)]


def test_a_wide_character_that_wrapped_follows_its_filler():
    term = Terminal(3, 4)
    term.feed("abc中d".encode())  # "abc_" "中d"
    assert steps(term, Action.RIGHT, (0, 1), 3) == [(0, 2), (1, 0), (1, 2)]
    assert steps(term, Action.LEFT, (1, 2), 3) == [(1, 0), (0, 2), (0, 1)]
    assert steps(term, Action.UP, (1, 3), 1) == [(0, 2)]
    assert steps(term, Action.SEMANTIC_RIGHT_END, (0, 0), 1) == [(1, 2)]


@pytest.mark.proves("First", "Last", "FirstOccupied")
def test_line_ends_then_ends_of_logical_lines():
    term = Terminal(4, 6)
    term.feed(b"  abcdef g\r\n x")  # "  abcd" "ef g" " x"
    assert steps(term, Action.FIRST, (1, 2), 3) == [(1, 0), (0, 0), (0, 0)]
    assert steps(term, Action.FIRST_OCCUPIED, (1, 2), 3) == [(1, 0), (0, 2), (0, 2)]
    assert steps(term, Action.LAST, (0, 1), 4) == [(0, 5), (1, 3), (1, 5), (1, 5)]
    assert steps(term, Action.FIRST_OCCUPIED, (3, 2), 1) == [(3, 5)]


@pytest.mark.proves("High", "Middle", "Low")
def test_rows_of_the_viewport():
    term = Terminal(4, 6, TerminalOptions(history=20))
    term.feed(b"one\r\n  two\r\n\r\n four\r\nfive\r\nsix")
    ground = ground_of(term, 0)
    assert MOTIONS[Action.HIGH](ground, (2, 5)) == (0, 0)
    assert MOTIONS[Action.MIDDLE](ground, (2, 5)) == (1, 2)
    assert MOTIONS[Action.LOW](ground, (2, 5)) == (3, 1)


@pytest.mark.proves("Bracket")
@pytest.mark.parametrize(
    ("start", "stop"), [(1, 9), (9, 1), (3, 5), (5, 3), (11, 14), (0, 0), (2, 2)]
)
def test_brackets(start, stop):
    term = Terminal(2, 20)
    term.feed("a(b[c]d,e)x{中}".encode())
    assert steps(term, Action.BRACKET, (0, start), 1) == [(0, stop)]


@pytest.mark.proves("ParagraphUp", "ParagraphDown")
def test_paragraphs():
    term = Terminal(8, 6)
    term.feed(b"a\r\nb\r\n\r\n\r\nc\r\nd\r\n\r\ne")
    assert steps(term, Action.PARAGRAPH_DOWN, (0, 0), 3) == [(2, 0), (6, 0), (7, 0)]
    assert steps(term, Action.PARAGRAPH_UP, (7, 0), 3) == [(3, 0), (0, 0), (0, 0)]


def test_characters_in_the_logical_line():
    term = Terminal(3, 4)
    term.feed("a中b\r\nxaxxbé".encode())  # "a中b" "xaxx" "bé"
    ground, top = ground_of(term), term.screen_top
    assert to_character(ground, (top, 0), "中", forward=True) == (top, 1)
    assert to_character(ground, (top, 0), "x", forward=True) is None
    assert to_character(ground, (top + 1, 1), "é", forward=True) == (top + 2, 1)
    assert to_character(ground, (top + 2, 1), "a", forward=False) == (top + 1, 1)


PARTS = st.sampled_from(
    [
        *("a", "word", "(", ")", "[", "]", "::", " ", "   ", "\t", "\r\n", "\r\n\r\n"),
        *("中文", "é", "👨\u200d👩\u200d👧"),
    ]
)


@pytest.mark.proves("vi mode: characters")
@given(
    st.lists(PARTS, max_size=40),
    st.integers(2, 9),
    st.lists(st.sampled_from(VI_MOTIONS), max_size=30),
    st.tuples(st.integers(-3, 40), st.integers(-1, 12)),
)
def test_the_cursor_is_always_on_a_character(parts, columns, motions, start):
    term = Terminal(4, columns, TerminalOptions(history=6))
    term.feed("".join(parts).encode())
    ground = ground_of(term)
    point = ground.clamped(start)
    for motion in (None, *motions):
        if motion is not None:
            point = MOTIONS[motion](ground, point)
        line, column = point
        assert ground.first <= line <= ground.last
        assert 0 <= column < columns
        assert not term.cells(line)[column, CHAR] & TAIL


@given(st.lists(PARTS, max_size=40), st.integers(2, 9))
def test_words_are_passed_in_order_both_ways(parts, columns):
    """Going back visits what going on did."""
    term = Terminal(6, columns, TerminalOptions(history=0))
    term.feed("".join(parts).encode())
    ground = ground_of(term)
    for on, back in (
        (Action.SEMANTIC_RIGHT, Action.SEMANTIC_LEFT),
        (Action.WORD_RIGHT, Action.WORD_LEFT),
        (Action.SEMANTIC_RIGHT_END, Action.SEMANTIC_LEFT_END),
        (Action.WORD_RIGHT_END, Action.WORD_LEFT_END),
    ):
        point, seen = (ground.first, 0), []
        while (after := MOTIONS[on](ground, point)) != point:
            assert after > point
            seen.append(point := after)
        again = [point]
        while (before := MOTIONS[back](ground, point)) != point:
            assert before < point
            again.append(point := before)
        assert set(seen[:-1]) <= set(again)
