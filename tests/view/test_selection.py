"""Selections: B is where the button went down, E where it came up, drawn below the text."""

from __future__ import annotations

import pytest

from gputerm.view import INVERT, Selection, SelectionKind, Side, Span
from gputerm.vt import Terminal

LEFT, RIGHT = Side.LEFT, Side.RIGHT
SIMPLE, BLOCK, WORD, LINES = (
    SelectionKind.SIMPLE,
    SelectionKind.BLOCK,
    SelectionKind.WORD,
    SelectionKind.LINES,
)


def select(term: Terminal, kind, start, stop=None, sides=(LEFT, RIGHT)) -> Selection:
    """From a (screen line, column) to another one, given halves."""
    top = term.screen_top
    stop = stop or start
    selection = Selection(term, kind, (top + start[0], start[1]), sides[0])
    selection.update((top + stop[0], stop[1]), sides[1])
    return selection


# Which cells


@pytest.mark.parametrize(
    ("start", "stop", "text"),
    [
        ((0, LEFT), (0, RIGHT), "a"),
        ((0, RIGHT), (0, LEFT), "a"),
        ((0, LEFT), (0, LEFT), ""),
        ((0, RIGHT), (1, LEFT), ""),
        ((1, LEFT), (0, RIGHT), ""),
        ((0, RIGHT), (1, RIGHT), "b"),
        ((0, LEFT), (2, LEFT), "ab"),
        ((0, RIGHT), (3, LEFT), "bc"),
        ((3, LEFT), (0, RIGHT), "bc"),
    ],
)
def test_half_cells_decide(term, start, stop, text):
    term.feed(b"abcdef")
    selection = select(term, SIMPLE, (0, start[0]), (0, stop[0]), (start[1], stop[1]))
    assert selection.text() == text
    assert (selection.range is None) == (text == "")


def test_a_click_selects_nothing(term):
    term.feed(b"abc")
    selection = Selection(term, SIMPLE, (term.screen_top, 1), LEFT)
    assert selection.range is None
    assert selection.text() == ""
    assert selection.spans(term.screen_top) == []
    assert selection.intact()


def test_several_lines(term):
    term.feed(b"one\r\ntwo\r\nthree")
    selection = select(term, SIMPLE, (0, 1), (2, 1))
    assert selection.text() == "ne\ntwo\nth"
    assert selection.spans(term.screen_top) == [
        Span(0, 1, 10, INVERT, INVERT),
        Span(1, 0, 10, INVERT, INVERT),
        Span(2, 0, 2, INVERT, INVERT),
    ]


def test_an_end_between_lines_takes_no_cell_of_the_next(term):
    term.feed(b"0123456789\r\nnext")
    assert select(term, SIMPLE, (0, 8), (1, 0), (LEFT, LEFT)).text() == "89"
    assert select(term, SIMPLE, (0, 9), (1, 0), (RIGHT, RIGHT)).text() == "n"
    assert select(term, SIMPLE, (0, 9), (1, 0), (RIGHT, LEFT)).range is None


def test_points_beyond_the_screen_are_on_its_edge(term):
    term.feed(b"one\r\ntwo")
    assert select(term, SIMPLE, (0, 1), (99, 99)).text() == "ne\ntwo\n\n"
    assert select(term, SIMPLE, (1, 1), (-99, -5), (RIGHT, LEFT)).text() == "one\ntw"


def test_a_block_is_a_rectangle_whose_lines_are_trimmed(term):
    term.feed(b"abcd\r\nef\r\n  gh i")
    for start, stop in (((0, 1), (2, 3)), ((2, 3), (0, 1)), ((0, 3), (2, 1)), ((2, 1), (0, 3))):
        sides = (LEFT, RIGHT) if start[1] < stop[1] else (RIGHT, LEFT)
        selection = select(term, BLOCK, start, stop, sides)
        assert selection.text() == "bcd\nf\n gh"
        assert [(s.row, s.start, s.stop) for s in selection.spans(term.screen_top)] == [
            (0, 1, 4),
            (1, 1, 4),
            (2, 1, 4),
        ]


def test_a_block_does_not_join_wrapped_rows(term):
    term.feed(b"0123456789ab")
    assert select(term, BLOCK, (0, 8), (1, 9)).text() == "89\n"


def test_a_block_without_width_selects_nothing(term):
    term.feed(b"abc\r\ndef")
    assert select(term, BLOCK, (0, 1), (1, 1), (LEFT, LEFT)).range is None
    assert select(term, BLOCK, (0, 1), (1, 2), (RIGHT, LEFT)).range is None


def test_wide_characters_are_taken_whole(term):
    term.feed("a日本b".encode())
    assert select(term, SIMPLE, (0, 0), (0, 1)).text() == "a日"
    assert select(term, SIMPLE, (0, 2), (0, 3)).text() == "日本"
    assert select(term, BLOCK, (0, 2), (0, 3)).text() == "日本"
    assert [(s.start, s.stop) for s in select(term, BLOCK, (0, 2), (0, 3)).spans(0)] == [(1, 5)]
    assert select(term, WORD, (0, 2)).text() == "a日本b"


# Words, lines, brackets


@pytest.mark.parametrize(
    ("column", "word"),
    [(0, "ls"), (1, "ls"), (3, "/a-b"), (6, "/a-b"), (7, "("), (8, "x")],
)
def test_words_end_at_separators(term, column, word):
    term.feed(b"ls /a-b(x")
    assert select(term, WORD, (0, column)).text() == word


def test_a_double_click_on_blanks_takes_the_blanks(term):
    term.feed(b"a   b")
    selection = select(term, WORD, (0, 2))
    assert [(s.start, s.stop) for s in selection.spans(term.screen_top)] == [(1, 4)]


def test_words_cross_wrapped_rows(term):
    term.feed(b"go https!//example.org/index now")
    for point in ((0, 5), (1, 3), (2, 2)):
        assert select(term, WORD, point).text() == "https!//example.org/index"
    assert select(term, WORD, (0, 0)).text() == "go"


def test_words_do_not_cross_line_ends(term):
    term.feed(b"0123456789\r\nabc")
    assert select(term, WORD, (1, 1)).text() == "abc"
    assert select(term, WORD, (0, 1)).text() == "0123456789"


def test_a_word_may_begin_or_end_with_its_row(term):
    term.feed(b"012345678 abc")
    assert select(term, WORD, (1, 0)).text() == "abc"
    assert select(term, WORD, (1, 0)).range.start == (term.screen_top + 1, 0)
    assert select(term, WORD, (0, 3)).text() == "012345678"


def test_dragging_words_takes_whole_words_both_ways(term):
    term.feed(b"one two\r\nthree")
    assert select(term, WORD, (0, 5), (1, 1)).text() == "two\nthree"
    assert select(term, WORD, (1, 1), (0, 5)).text() == "two\nthree"


def test_word_separators_can_be_chosen(term):
    term.feed(b"a-b c")
    selection = Selection(term, WORD, (term.screen_top, 0), LEFT, separators="-")
    assert selection.text() == "a"


def test_a_wide_character_that_wrapped_does_not_end_a_word(term):
    term.feed("abcdefghi日x".encode())
    assert select(term, WORD, (0, 0)).text() == "abcdefghi日x"


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ((0, 1), "(a [b]\n{c} (d))"),
        ((1, 7), "(a [b]\n{c} (d))"),
        ((0, 4), "[b]"),
        ((1, 2), "{c}"),
        ((1, 4), "(d)"),
    ],
)
def test_a_bracket_selects_to_its_partner(term, point, text):
    term.feed(b"f(a [b]\r\n{c} (d))")
    assert select(term, WORD, point).text() == text


def test_brackets_nest_over_several_lines(term):
    term.feed(b"((a\r\n(b)\r\nc))")
    for point in ((0, 0), (2, 2)):
        assert select(term, WORD, point).text() == "((a\n(b)\nc))"
    assert select(term, WORD, (0, 1)).text() == "(a\n(b)\nc)"


def test_a_bracket_without_partner_is_a_word_of_its_own(term):
    term.feed(b"a(b\r\nc]")
    assert select(term, WORD, (0, 1)).text() == "("
    assert select(term, WORD, (1, 1)).text() == "]"


def test_a_cluster_is_no_bracket_whatever_its_number():
    term = Terminal(10, 10)
    letters = [f"{chr(0x410 + number)}\u0308" for number in range(80)]
    term.feed("".join(letters).encode())
    for number in range(80):
        assert select(term, WORD, divmod(number, 10)).text() == "".join(letters)


def test_lines_are_logical_lines_and_end_with_a_line_feed(term):
    term.feed(b"first line wraps\r\nsecond")
    assert select(term, LINES, (1, 3)).text() == "first line wraps\n"
    assert select(term, LINES, (0, 3), (2, 0)).text() == "first line wraps\nsecond\n"
    assert select(term, LINES, (2, 0), (1, 3)).text() == "first line wraps\nsecond\n"
    assert [(s.row, s.start, s.stop) for s in select(term, LINES, (0, 3)).spans(0)] == [
        (0, 0, 10),
        (1, 0, 10),
    ]


def test_the_kind_can_change_while_extending(term):
    term.feed(b"one two three")
    selection = select(term, SIMPLE, (0, 5))
    selection.update((term.screen_top, 5), LEFT, WORD)
    assert selection.text() == "two"
    selection.update((term.screen_top, 5), LEFT, LINES)
    assert selection.text() == "one two three\n"


# What is copied


def test_blanks_at_line_ends_are_dropped_and_inner_ones_kept(term):
    term.feed(b"a  b   \r\n\r\n  c\x1b[1;1H")
    assert select(term, SIMPLE, (0, 0), (2, 9)).text() == "a  b\n\n  c"
    assert select(term, SIMPLE, (0, 0), (0, 2)).text() == "a  "


def test_wrapped_rows_are_joined_with_their_blanks(term):
    term.feed(b"12345678  x")
    assert select(term, SIMPLE, (0, 0), (1, 9)).text() == "12345678  x"


def test_a_character_that_wrapped_leaves_no_blank_in_the_text(term):
    term.feed("abcdefghi日".encode())
    assert select(term, SIMPLE, (0, 0), (1, 9)).text() == "abcdefghi日"


def test_cells_never_written_are_spaces(term):
    term.feed(b"\x1b[1;4Hx")
    assert select(term, SIMPLE, (0, 0), (0, 9)).text() == "   x"


def test_clusters_are_copied_whole(term):
    term.feed("e\u0301👨\u200d👩x".encode())
    assert select(term, SIMPLE, (0, 0), (0, 9)).text() == "e\u0301👨\u200d👩x"


# Staying with the content


def feed_lines(term: Terminal, count: int) -> None:
    for number in range(count):
        term.feed(b"\r\nline %d" % number)


def test_a_selection_goes_into_history_with_its_text(term):
    term.feed(b"keep me\r\nand me")
    selection = select(term, SIMPLE, (0, 0), (1, 2))
    feed_lines(term, 9)
    assert selection.intact()
    assert selection.text() == "keep me\nand"
    assert selection.spans(term.screen_top) == []
    assert [s.row for s in selection.spans(term.first_line)] == [0, 1]


def test_a_selection_is_cut_and_then_lost_when_history_evicts_it(term):
    term.feed(b"one\r\ntwo")
    selection = select(term, SIMPLE, (0, 1), (1, 1))
    while term.first_line == 0:
        feed_lines(term, 1)
    assert selection.intact()
    assert selection.text() == "tw"
    feed_lines(term, 1)
    assert not selection.intact()
    assert selection.text() == ""


@pytest.mark.parametrize(
    "change", [b"\x1b[1;2HX", b"\x1b[1J", b"\x1b[1;1H\x1b[K", b"\x1b[1;1H\x1b[L", b"\x1bc"]
)
def test_a_selection_is_lost_when_its_characters_change(term, change):
    term.feed(b"abc\r\ndef")
    selection = select(term, SIMPLE, (0, 0), (1, 1))
    assert selection.intact()
    term.feed(change)
    assert not selection.intact()


@pytest.mark.parametrize(
    "change", [b"\x1b[1;4HX", b"\x1b[4;1Hxyz", b"\x1b[1;1H\x1b[31mabc", b"\x1b[2;3H\x1b[K"]
)
def test_other_changes_leave_it_alone(term, change):
    term.feed(b"abc\r\ndef")
    selection = select(term, SIMPLE, (0, 0), (1, 1))
    selection_of_line = select(term, SIMPLE, (0, 0), (0, 2))
    term.feed(change)
    assert selection.intact() == (change != b"\x1b[1;4HX")  # Column 3 lies inside line 0.
    assert selection_of_line.intact()


def test_a_word_does_not_grow_with_what_is_printed_behind_it(term):
    term.feed(b"abc")
    selection = select(term, WORD, (0, 1))
    term.feed(b"def")
    assert selection.intact()
    assert selection.text() == "abc"


def test_the_other_screen_loses_it(term):
    term.feed(b"abc")
    selection = select(term, SIMPLE, (0, 0), (0, 2))
    term.feed(b"\x1b[?1049h\x1b[Habc")
    assert not selection.intact()


def test_clearing_the_history_loses_what_was_there(term):
    term.feed(b"abc")
    selection = select(term, SIMPLE, (0, 0), (0, 2))
    feed_lines(term, 5)
    assert selection.intact()
    term.feed(b"\x1b[3J")
    assert not selection.intact()


def test_reflow_takes_a_selection_along(term):
    term.feed(b"some words that wrap")
    selection = select(term, WORD, (0, 6))
    assert selection.text() == "words"
    for columns in (7, 20, 10):
        selection.moved(term.resize(4, columns, selection.anchors()))
        assert selection.intact()
        assert selection.text() == "words"


def test_reflow_of_a_block_selects_nothing(term):
    term.feed(b"some words that wrap")
    selection = select(term, BLOCK, (0, 2), (1, 4))
    selection.moved(term.resize(4, 7, selection.anchors()))
    assert selection.text() == ""
    assert selection.intact()


def test_more_lines_keep_a_selection(term):
    feed_lines(term, 8)
    selection = select(term, SIMPLE, (0, 0), (2, 3))
    text = selection.text()
    selection.moved(term.resize(7, 10, selection.anchors()))
    assert selection.intact()
    assert selection.text() == text
