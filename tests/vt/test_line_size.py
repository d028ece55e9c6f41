"""Lines of double width and height: DECDWL, DECDHL, DECSWL. [DEC STD 070, VT510]"""

from talk import Talk

from gputerm.vt.core.cells import ROW_SIZE, ROW_SIZE_SHIFT


def sizes(t: Talk) -> list[int]:
    terminal = t.terminal
    rows = range(terminal.screen_top, terminal.screen_top + terminal.lines)
    return [(terminal.row_flags(row) & ROW_SIZE) >> ROW_SIZE_SHIFT for row in rows]


def test_text_wraps_in_the_middle():
    t = Talk(3, 10)
    t.feed("\x1b#6abcdefg")
    assert t.screen() == ["abcde", "fg", ""]
    assert sizes(t) == [1, 0, 0]


def test_positions_end_in_the_middle():
    t = Talk(3, 10)
    t.feed("\x1b#3\x1b[1;9Hx\x1b[9Cy\tz")
    assert t.screen() == ["    y", "z", ""]


def test_the_cursor_comes_back_into_sight():
    t = Talk(3, 10)
    t.feed("\x1b[1;9H\x1b#6")
    assert t.terminal.cursor == (0, 4)


def test_a_cursor_from_another_line_writes_unseen_until_it_wraps():
    t = Talk(3, 10)
    t.feed("\x1b[2H\x1b#6\x1b[1;8H\nabcd")
    assert t.terminal.cursor == (2, 1)
    assert t.screen()[2] == "d"


def test_lines_erased_by_ed_are_single_again():
    t = Talk(4, 10)
    t.feed("\x1b#6a\x1b[2H\x1b#3b\x1b[3H\x1b#4c\x1b[4H\x1b#6d\x1b[3;2H\x1b[J")
    assert sizes(t) == [1, 2, 3, 0]
    t.feed("\x1b[2;2H\x1b[1J")
    assert sizes(t) == [0, 2, 3, 0]
    t.feed("\x1b[2H\x1b[2K")
    assert sizes(t) == [0, 2, 3, 0]
    t.feed("\x1b[2J")
    assert sizes(t) == [0, 0, 0, 0]


def test_a_line_that_scrolls_keeps_its_size():
    t = Talk(3, 10)
    t.feed("\x1b[2H\x1b#6\x1b[3H\n")
    assert sizes(t) == [1, 0, 0]


def test_a_pending_wrap_outlives_its_line():
    t = Talk(3, 10)
    t.feed("\x1b#6abcde\x1b[S")
    t.feed("f")


def test_rep_needs_a_character_before_it():
    t = Talk(3, 10)
    t.feed("+\x1b[2b\x1b[5b-\x1b[1mB\x1b[m\x1b[b\r\x1b[3b")
    assert t.screen()[0] == "+++-BB"


def test_a_tab_moves_on_from_where_a_line_of_double_width_was_full():
    """The other screen's line, which is shown now, is longer."""
    t = Talk(3, 10)
    t.feed("\x1b#6abcde")
    assert t.terminal.screen.pending_wrap
    t.feed("\x1b[?47h\t")
    assert t.terminal.cursor == (0, 8)
    assert not t.terminal.screen.pending_wrap


def test_a_wide_character_has_no_room_in_a_line_that_shows_one_column():
    t = Talk(2, 2)
    t.feed("\x1b[2H\x1b#6\x1b[1;2H日")
    assert t.terminal.cursor == (1, 0)
    t.feed("x")
    assert t.screen() == ["", "x"]


def test_no_line_is_of_double_width_while_margins_can_be_set():
    t = Talk(3, 10)
    t.feed("\x1b#6abcde")
    t.feed("\x1b[?69h")
    assert sizes(t) == [0, 0, 0]
    t.feed("f\x1b#3")
    assert t.screen() == ["abcdf", "", ""]
    assert sizes(t) == [0, 0, 0]
    t.feed("\x1b[?69l\x1b#3")
    assert sizes(t) == [2, 0, 0]


def test_a_line_of_double_width_comes_back_single_from_history_while_margins_can_be_set():
    t = Talk(3, 10)
    t.feed("\x1b#6a\r\nb\r\nc\r\nd\x1b[?69h")
    t.terminal.resize(4, 10)
    t.terminal.check()
    assert t.screen() == ["a", "b", "c", "d"]
    assert sizes(t) == [0, 0, 0, 0]


def test_the_cursor_is_reported_inside_margins_right_of_the_middle():
    t = Talk(3, 20)
    assert t.ask("\x1b[?69h\x1b[19;20s\x1b[?6h\x1b#3\x1b[6n") == "\x1b[1;1R"
