"""Resizing: lines, cursor, marks and anchors follow their text."""

import random

import pytest

from gputerm.vt.core.cells import FILLER, ROW_OUTPUT, ROW_PROMPT, ROW_WRAPPED


def resize(term, lines, columns, anchors=()):
    places = term.screen.resize(lines, columns, anchors)
    term.screen.check()
    return places


def test_narrower_wraps_and_wider_joins(term):
    term.feed("0123456789abc\r\nxyz")
    resize(term, 4, 5)
    assert term.lines == ["01234", "56789", "abc", "xyz"]
    assert [term.screen.grid.flags(i) & ROW_WRAPPED for i in range(4)] == [1, 1, 0, 0]
    resize(term, 4, 20)
    assert term.lines == ["0123456789abc", "xyz", "", ""]
    assert term.cursor == (1, 3)


def test_lines_that_no_longer_fit_enter_history(term):
    term.feed("0123456789abc\r\nxyz")
    resize(term, 4, 4)
    assert term.history == ["0123"]
    assert term.lines == ["4567", "89ab", "c", "xyz"]
    assert term.cursor == (3, 3)


def test_there_and_back_is_the_same(make_term):
    rng = random.Random(8)
    for _ in range(20):
        term = make_term(6, 20, history=1000)
        for _ in range(40):
            length = rng.randint(0, 50)
            term.feed("".join(rng.choice("abc 日é") for _ in range(length)) + "x\r\n")
        before = (term.history, term.lines, term.cursor)
        for _ in range(6):
            resize(term, 6, rng.randint(2, 60))
        resize(term, 6, 20)
        assert (term.history, term.lines, term.cursor) == before


def test_wide_characters_are_never_cut(term):
    term.feed("日本語日本")
    resize(term, 4, 5)
    assert term.lines == ["日本", "語日", "本", ""]
    assert term.cell(0, 4)[0] == FILLER
    resize(term, 4, 10)
    assert term.lines[0] == "日本語日本"
    resize(term, 4, 1)
    assert term.screen.columns == 1


def test_the_cursor_stays_on_its_character(term):
    term.feed("0123456789abcdef\x1b[2;3H")
    resize(term, 4, 5)
    assert term.cursor == (2, 2)
    resize(term, 4, 10)
    assert term.cursor == (1, 2)


def test_blanks_before_the_cursor_are_kept(term):
    term.feed("a\x1b[1;8H")
    resize(term, 4, 5)
    assert term.cursor == (1, 2)
    resize(term, 4, 10)
    assert term.cursor == (0, 7)


def test_the_saved_cursor_follows(term):
    term.feed("0123456789abc\x1b7\r\n")
    resize(term, 4, 5)
    term.feed("\x1b8X")
    assert term.lines[2] == "abcX"


def test_fewer_lines_drop_blank_ones_first(term):
    term.feed("one\r\ntwo")
    resize(term, 2, 10)
    assert term.lines == ["one", "two"]
    assert term.history == []
    resize(term, 1, 10)
    assert term.lines == ["two"]
    assert term.history == ["one"]


def test_more_lines_show_history_again(term):
    term.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6")
    resize(term, 6, 10)
    assert term.lines == ["1", "2", "3", "4", "5", "6"]
    assert term.history == []
    assert term.cursor == (5, 1)
    assert term.screen.screen_top == 0
    resize(term, 8, 10)
    assert term.lines[6:] == ["", ""]


def test_a_cleared_screen_stays_clear_when_columns_change(term):
    term.feed("1\r\n2\r\n3\r\n4\r\n5\x1b[H\x1b[2J$ ")
    resize(term, 4, 12)
    assert term.lines == ["$", "", "", ""]
    assert term.cursor == (0, 2)


def test_marks_stay_with_their_text(term):
    term.feed("0123456789abc\r\n$ ls\r\nout")
    term.screen.grid.set_flags(2, ROW_PROMPT)
    term.screen.grid.set_flags(3, ROW_OUTPUT)
    resize(term, 6, 5)
    marks = {term.lines[i]: term.screen.grid.flags(i) & ~ROW_WRAPPED for i in range(6)}
    assert marks["$ ls"] == ROW_PROMPT
    assert marks["out"] == ROW_OUTPUT
    assert sum(marks.values()) == ROW_PROMPT + ROW_OUTPUT


def test_anchors_follow_into_and_out_of_history(term):
    term.feed("0123456789abc\r\n" * 4 + "end")
    top = term.screen.screen_top
    anchors = [(0, 0), (0, 7), (1, 2), (top + 3, 1), (0, 10)]
    chars = ["0", "7", "c", "n"]
    for columns in (5, 3, 40, 10):
        anchors = resize(term, 4, columns, anchors)
        for (line, column), char in zip(anchors, chars, strict=False):
            top = term.screen.screen_top
            row = (
                term.screen.history.cells(line) if line < top else term.screen.grid.row(line - top)
            )
            assert chr(row[column, 0]) == char, (columns, line, column)


def test_an_anchor_on_an_evicted_line_goes_to_the_oldest(make_term):
    term = make_term(2, 10, history=3)
    term.feed("0123456789\r\n" * 5)
    assert resize(term, 2, 2, [(term.screen.first_line, 3)]) == [(term.screen.first_line, 0)]
    assert len(term.screen.history) == 3


def test_stable_lines_begin_where_they_did(term):
    term.feed("a\r\n" * 150)
    first = term.screen.first_line
    assert first == 47
    resize(term, 4, 9)
    assert term.screen.first_line == first


def test_no_history_reflows_the_screen_alone(make_term):
    term = make_term(3, 10, history=0)
    term.feed("0123456789abc\r\nxyz")
    resize(term, 3, 5)
    assert term.lines == ["56789", "abc", "xyz"]
    resize(term, 3, 10)
    assert term.lines == ["56789abc", "xyz", ""]
    assert term.history == []


def test_the_alternate_screen_is_cut_and_extended(term):
    term.feed("shell\x1b[?1049h\x1b[H0123456789\x1b[2;1H日本語日本\x1b[10G")
    resize(term, 2, 5)
    assert term.lines == ["01234", "日本"]
    assert term.cursor == (1, 4)
    resize(term, 4, 10)
    assert term.lines == ["01234", "日本", "", ""]
    term.feed("\x1b[?1049l")
    assert term.lines[0] == "shell"
    assert term.cursor == (0, 5)


def test_colors_links_and_clusters_survive(term):
    term.screen.set_hyperlink("http://a", "")
    term.feed("\x1b[38;2;1;2;3;48;5;7m012345678e\u0301👍🏽x")
    term.screen.set_hyperlink("", "")
    resize(term, 4, 4)
    resize(term, 4, 10)
    assert term.lines[:2] == ["012345678e\u0301", "👍🏽x"]
    assert term.fg(0, 9) == 0x2010203
    assert term.bg(1, 2) == 0x1000007
    assert term.screen.extras.hyperlink(term.extra(1, 0)) == ("http://a", "")


def test_tab_stops_are_extended_and_margins_reset(term):
    term.feed("\x1b[2;3r\x1b[4G\x1bH")
    resize(term, 5, 20)
    assert term.screen.tab_stops.nonzero()[0].tolist() == [3, 8, 16]
    assert (term.screen.top, term.screen.bottom) == (0, 5)


@pytest.mark.parametrize("size", [(1, 1), (0, 0), (-5, 3), (1, 200), (300, 2)])
def test_any_size(term, size):
    term.feed("0123456789日本\r\n" * 9)
    resize(term, *size)
    assert (term.screen.lines, term.screen.columns) == (max(size[0], 1), max(size[1], 1))
    term.feed("日本語abc\r\n")
    resize(term, 4, 10)


def test_every_row_is_new_to_a_painter(term):
    term.feed("0123456789abc")
    seen = term.screen.observe()
    resize(term, 4, 5)
    assert (term.screen.grid.row_seqnos > seen).all()
    assert term.screen.history.seqno > seen


def test_a_full_line_goes_on_where_it_ended(term):
    term.feed("0123456789\x1b7")
    resize(term, 4, 20)
    assert term.cursor == (0, 10)
    term.feed("x")
    assert term.lines[0] == "0123456789x"
    resize(term, 4, 5)
    term.feed("\x1b8y")
    assert term.lines[:3] == ["01234", "56789", "y"]


def test_a_line_that_becomes_full_takes_no_row_more(term):
    term.feed("01234567")
    resize(term, 4, 4)
    assert term.cursor == (1, 3)
    assert term.screen.pending_wrap
    term.feed("x")
    assert term.lines == ["0123", "4567", "x", ""]
    assert term.screen.grid.flags(1) == ROW_WRAPPED


def test_a_full_line_of_the_alternate_screen_goes_on_too(term):
    term.feed("\x1b[?1049h\x1b[H0123456789")
    resize(term, 4, 20)
    term.feed("x")
    assert term.lines[0] == "0123456789x"


def test_what_makes_room_for_a_wide_character_has_its_rendition(term):
    term.feed("\x1b[4;31;42m123日")
    resize(term, 4, 4)
    assert term.cell(0, 3) == [FILLER, 1 << 24 | 1, 1 << 24 | 2, 1 << 3]
    assert term.attrs(1, 0) == 1 << 3


def test_a_mark_within_a_wrapped_line_marks_one_row(term):
    term.feed("0123456789abcdefghij")
    term.screen.grid.set_flags(1, ROW_PROMPT)
    resize(term, 6, 5)
    assert [term.screen.grid.flags(i) & ROW_PROMPT for i in range(4)] == [0, 0, ROW_PROMPT, 0]


def test_the_size_of_a_line_stays(term):
    term.feed("a\r\n")
    term.screen.set_line_size(1)
    resize(term, 4, 20)
    assert [term.screen.grid.flags(i) for i in range(3)] == [0, 2, 0]


@pytest.mark.parametrize(("line", "shown"), [(2, "1234"), (3, "1234"), (4, "2345"), (7, "5678")])
def test_a_shorter_alternate_screen_keeps_the_cursors_line(make_term, line, shown):
    term = make_term(8, 20)
    term.feed("\x1b[?1049h\x1b[H" + "\r\n".join("12345678") + f"\x1b[6;3H\x1b7\x1b[{line + 1};1H")
    resize(term, 4, 20)
    assert term.lines == list(shown)
    assert term.cursor == (min(line, 3), 0)
    term.feed("\x1b8")
    assert term.cursor == (min(5 - max(line - 3, 0), 3), 2)


def twelve(make_term):
    """A screen full of lines, with the cursor in the fourth."""
    term = make_term(12, 40)
    term.feed("\r\n".join(f"{number:02}" + "x" * 38 for number in range(12)) + "\x1b[4;5H")
    return term


@pytest.mark.parametrize("size", [(12, 20), (12, 13), (6, 40), (5, 20), (1, 9)])
def test_what_is_below_the_cursor_is_kept(make_term, size):
    term = twelve(make_term)
    before = term.lines, term.cursor
    resize(term, *size)
    assert "".join(term.history + term.lines) == "".join(before[0])
    resize(term, 12, 40)
    assert (term.lines, term.cursor) == before


def test_a_cursor_whose_line_has_left_the_screen_is_in_the_first(make_term):
    term = twelve(make_term)
    resize(term, 6, 40)
    assert term.lines[0].startswith("06")
    assert term.cursor == (0, 4)
    term.feed("!\b")  # From now on it belongs here.
    resize(term, 12, 40)
    assert term.cursor == (6, 4)
    assert term.lines[6][4] == "!"


def test_wider_shows_as_many_lines_of_history_as_were_joined(make_term):
    term = make_term(24, 40)
    term.feed("\r\n".join([str(number).zfill(40) for number in range(60)] + ["$ ls"]))
    before = term.lines
    resize(term, 24, 20)
    term.feed("\x1b[A\r\x1b[J$ ls")  # The last line is blank now.
    resize(term, 24, 40)
    assert term.lines == [*before[:22], "0" * 20 + "$ ls", ""]


def test_blank_lines_that_a_narrow_screen_took_come_back(make_term):
    term = make_term(8, 10)
    term.feed("old\r\n" * 20 + "\x1b[H\x1b[2J" + "0123456789\r\n" * 3 + "$ ")
    before = term.history, term.lines, term.cursor
    for columns in (5, 3):
        resize(term, 8, columns)
        resize(term, 8, 10)
        assert (term.history, term.lines, term.cursor) == before
    resize(term, 8, 5)
    term.feed("\r\n" * 20 + "\x1b[H\x1b[2J$ ")
    resize(term, 8, 10)  # Nothing of that screen is left.
    assert term.lines == ["$"] + [""] * 7


def test_lines_of_the_alternate_screen_do_not_continue(term):
    term.feed("\x1b[?1049h\x1b[H0123456789a")
    assert term.screen.grid.flags(0) & ROW_WRAPPED
    resize(term, 4, 5)
    assert not term.screen.grid.flags(0) & ROW_WRAPPED
