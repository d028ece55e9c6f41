"""Cursor movement, margins, tabs, saving."""

import pytest

REGION = "\x1b[2;3r"  # lines 2 and 3 of 4
MARGINS = "\x1b[?69h\x1b[3;6s"  # columns 3 to 6 of 10


@pytest.mark.parametrize(
    ("text", "cursor"),
    [
        ("\x1b[3;4H", (2, 3)),
        ("\x1b[3;4f", (2, 3)),
        ("\x1b[99;99H", (3, 9)),
        ("\x1b[0;0H", (0, 0)),
        ("\x1b[;4H", (0, 3)),
        ("\x1b[3;4H\x1b[A", (1, 3)),
        ("\x1b[3;4H\x1b[9A", (0, 3)),
        ("\x1b[3;4H\x1b[B", (3, 3)),
        ("\x1b[3;4H\x1b[9B", (3, 3)),
        ("\x1b[3;4H\x1b[C", (2, 4)),
        ("\x1b[3;4H\x1b[99C", (2, 9)),
        ("\x1b[3;4H\x1b[2D", (2, 1)),
        ("\x1b[3;4H\x1b[99D", (2, 0)),
        ("\x1b[3;4H\x1b[E", (3, 0)),
        ("\x1b[3;4H\x1b[2F", (0, 0)),
        ("\x1b[3;4H\x1b[2G", (2, 1)),
        ("\x1b[3;4H\x1b[2`", (2, 1)),
        ("\x1b[3;4H\x1b[2d", (1, 3)),
        ("\x1b[3;4H\x1b[2a", (2, 5)),
        ("\x1b[2;4H\x1b[1e", (2, 3)),
        ("\x1b[3;4H\b", (2, 2)),
        ("\x1b[3;4H\r", (2, 0)),
        ("\x1b[3;4H\n", (3, 3)),
        ("\x1b[3;4H\v", (3, 3)),
        ("\x1b[3;4H\f", (3, 3)),
        ("\x1b[3;4H\x1bD", (3, 3)),
        ("\x1b[3;4H\x1bE", (3, 0)),
        ("\x1b[3;4H\x1bM", (1, 3)),
        ("\x1b[20h\x1b[3;4H\n", (3, 0)),
        (REGION + "\x1b[4;1H\x1b[9A", (1, 0)),
        (REGION + "\x1b[1;1H\x1b[9B", (2, 0)),
        (REGION + "\x1b[3;1H\x1b[9A", (1, 0)),
        (REGION + "\x1b[4;1H\x1b[9B", (3, 0)),
        (MARGINS + "\x1b[1;4H\x1b[9C", (0, 5)),
        (MARGINS + "\x1b[1;8H\x1b[9C", (0, 9)),
        (MARGINS + "\x1b[1;4H\x1b[9D", (0, 2)),
        (MARGINS + "\x1b[1;2H\x1b[9D", (0, 0)),
        (MARGINS + "\x1b[1;5H\r", (0, 2)),
        (MARGINS + "\x1b[1;2H\r", (0, 0)),
        (MARGINS + "\x1b[1;4H\x1b[9a", (0, 9)),
        (REGION + "\x1b[?6h", (1, 0)),
        (REGION + "\x1b[?6h\x1b[9;9H", (2, 8)),
        (REGION + "\x1b[?6h\x1b[2d", (2, 0)),
        (REGION + "\x1b[?6h\x1b[5G", (1, 4)),
        (REGION + MARGINS + "\x1b[?6h\x1b[2;2H", (2, 3)),
        (REGION + MARGINS + "\x1b[?6h\x1b[9;9H", (2, 5)),
        (REGION + MARGINS + "\x1b[?6h\x1b[2G", (1, 3)),
    ],
)
def test_the_cursor_goes(term, text, cursor):
    term.feed(text)
    assert term.cursor == cursor


def test_setting_margins_homes_the_cursor(term):
    term.feed("\x1b[3;3H\x1b[2;4r")
    assert term.cursor == (0, 0)


@pytest.mark.parametrize("margins", ["\x1b[3;2r", "\x1b[2;2r", "\x1b[9;9r"])
def test_a_region_of_less_than_two_lines_is_ignored(term, margins):
    term.feed("\x1b[3;3H", margins)
    assert (term.screen.top, term.screen.bottom) == (0, 4)
    assert term.cursor == (2, 2)


def test_left_and_right_margins_need_their_mode(term):
    term.feed("\x1b[3;3H\x1b[2;4s")
    assert (term.screen.left, term.screen.right) == (0, 10)
    term.feed("\x1b[?69h\x1b[2;4s")
    assert (term.screen.left, term.screen.right) == (1, 4)
    term.feed("\x1b[?69l")
    assert (term.screen.left, term.screen.right) == (0, 10)


def test_a_line_that_was_full_at_a_margin_is_not_when_the_margin_is_gone(term):
    term.feed("\x1b[?69h\x1b[1;4sabcd\x1b[?69l")
    assert not term.screen.pending_wrap
    assert term.cursor == (0, 3)
    term.feed("\x1b[1;10Hj\x1b[?69l")
    assert term.screen.pending_wrap


def test_tabs_stop_every_eight_columns(make_term):
    term = make_term(2, 30)
    stops = []
    for _ in range(5):
        term.feed("\t")
        stops.append(term.cursor[1])
    assert stops == [8, 16, 24, 29, 29]
    term.feed("\x1b[2Z")
    assert term.cursor == (0, 16)
    term.feed("\x1b[9Z")
    assert term.cursor == (0, 0)
    term.feed("\x1b[2I")
    assert term.cursor == (0, 16)


def test_tab_stops_are_set_and_cleared(make_term):
    term = make_term(2, 30)
    term.feed("\x1b[4G\x1bH\r\t")
    assert term.cursor == (0, 3)
    term.feed("\x1b[g\r\t")
    assert term.cursor == (0, 8)
    term.feed("\x1b[3g\r\t")
    assert term.cursor == (0, 29)
    term.screen.reset_tab_stops()
    term.feed("\r\t")
    assert term.cursor == (0, 8)


def test_nel_outside_the_margins_does_not_scroll(term):
    term.feed("\x1b[?69h\x1b[3;6s\x1b[1;3Hx\x1b[4;8H\x1bE")
    assert term.cursor == (3, 2)
    assert term.lines[0] == "  x"


def test_a_tab_stops_at_the_right_margin(make_term):
    term = make_term(2, 30)
    term.feed("\x1b[?69h\x1b[2;6s\x1b[1;2H\t")
    assert term.cursor == (0, 5)


def test_reverse_wrap_goes_back_over_wrapped_lines_only(term):
    term.feed("0123456789ab\x1b[?45h\x1b[3D")
    assert term.cursor == (0, 9)
    term.feed("\x1b[3;1H\b")
    assert term.cursor == (2, 0)
    term.feed("\x1b[?1045h\b")
    assert term.cursor == (1, 9)
    term.feed("\x1b[1;1H\b")
    assert term.cursor == (3, 9)


def test_reverse_wrap_from_pending_wrap_takes_back_the_wrap(term):
    term.feed("\x1b[?45h0123456789\b")
    assert term.cursor == (0, 9)
    assert not term.screen.pending_wrap


def test_save_and_restore_keep_everything_deccur_says(term):
    term.feed("\x1b[2;4r\x1b[?6h\x1b[2;3H\x1b[1;31m\x1b(0\x1b7")
    term.feed("\x1b[?6l\x1b[H\x1b[m\x1b(B")
    term.feed("\x1b8q")
    assert term.cursor == (2, 3)
    assert term.lines[2] == "  ─"
    assert term.fg(2, 2) == 0x1000001
    assert term.attrs(2, 2) == 1
    assert term.screen.origin


@pytest.mark.parametrize(
    ("before", "after", "place"),  # as xterm 379
    [("2;3", "3;4", (1, 2)), ("1;2", "3;4", (1, 2)), ("3;4", "1;2", (1, 2))],
)
def test_restoring_in_origin_mode_goes_where_it_was_but_not_below_the_margin(
    term, before, after, place
):
    line = 1 if before == "2;3" else 2
    term.feed(f"\x1b[{before}r\x1b[?6h\x1b[{line};3H\x1b7\x1b[?6l\x1b[{after}r\x1b8")
    assert term.cursor == place
    assert term.screen.origin


def test_hpb_and_vpb(term):
    term.feed("\x1b[4;9H\x1b[2j\x1b[k")
    assert term.cursor == (2, 6)
    term.feed("\x1b[99j\x1b[99k")
    assert term.cursor == (0, 0)
    term.feed("\x1b[?69h\x1b[3;8s\x1b[2;3r\x1b[3;8H\x1b[0j\x1b[9k")
    assert term.cursor == (0, 6)


def test_restore_keeps_pending_wrap(term):
    term.feed("0123456789\x1b7\x1b[H\x1b8a")
    assert term.lines[1] == "a"


def test_restore_without_save_goes_home_in_default_rendition(term):
    term.feed("\x1b[3;3H\x1b[31m\x1b8a")
    assert term.cursor == (0, 1)
    assert term.fg(0, 0) == 0


def test_ansi_save_and_restore(term):
    term.feed("\x1b[3;3H\x1b[s\x1b[H\x1b[u")
    assert term.cursor == (2, 2)


def test_the_screens_save_apart(term):
    term.feed("\x1b[2;2H\x1b7\x1b[?47h\x1b[3;3H\x1b7\x1b[?47l\x1b8")
    assert term.cursor == (1, 1)
    term.feed("\x1b[?47h\x1b8")
    assert term.cursor == (2, 2)


def test_1049_saves_clears_and_restores(term):
    term.feed("shell\x1b[?1049h")
    assert term.lines[0] == ""
    assert term.cursor == (0, 5)
    term.feed("\x1b[Heditor\x1b[?1049l")
    assert term.lines[0] == "shell"
    assert term.cursor == (0, 5)
    term.feed("\x1b[?47h")
    assert term.lines[0] == "editor"
    term.feed("\x1b[?1047l\x1b[?1047h")
    assert term.lines[0] == ""


def test_the_alternate_screen_has_no_history(term):
    term.feed("\x1b[?1049h" + "a\r\n" * 20)
    assert term.history == []
    assert term.screen.screen_top == 0


def test_soft_reset_keeps_content_and_cursor(term):
    term.feed("abc\x1b[2;3r\x1b[?6h\x1b[4h\x1b[31m\x1b[?25l\x1b[?7l\x1b)0\x0e")
    term.screen.soft_reset()
    assert term.lines[0] == "abc"
    assert (term.screen.top, term.screen.bottom) == (0, 4)
    assert term.screen.autowrap
    assert term.screen.cursor_visible
    term.feed("x")
    assert term.fg(1, 0) == 0


def test_reset_is_power_on(term):
    term.feed("a\r\n" * 9 + "\x1b[?1049h\x1b[2;3r\x1b[31mabc")
    term.screen.reset()
    term.screen.check()
    assert term.lines == [""] * 4
    assert term.cursor == (0, 0)
    assert term.history == []
    assert not term.screen.is_alternate


def test_hot_modes_never_reach_the_handler(term):
    term.handler.csi = None  # calling it would fail
    term.feed("\x1b[?25l\x1b[?2026h")
    assert not term.screen.cursor_visible
    assert term.screen.synchronized
    term.feed("\x1b[?25;2026l\x1b[?25h")
    assert term.screen.cursor_visible
    assert not term.screen.synchronized


@pytest.mark.parametrize(
    ("text", "cursor"),
    [
        ("\x1b[3;4r\x1b[2;1H\x1b[9A", (0, 0)),  # above the region
        (MARGINS + "\x1b[?6h\x1b[1;4H\x1b[9Z", (0, 2)),
        (MARGINS + "\x1b[1;4H\x1b[9Z", (0, 0)),
        (MARGINS + "\x1b[1;5H\x1b[L", (0, 2)),
        (MARGINS + "\x1b[1;5H\x1b[M", (0, 2)),
    ],
)
def test_margins_hold_the_cursor(term, text, cursor):
    term.feed(text)
    assert term.cursor == cursor


def test_a_soft_reset_forgets_the_saved_cursor(term):
    term.feed("\x1b[3;3H\x1b7")
    term.screen.soft_reset()
    assert term.cursor == (2, 2)
    term.feed("\x1b8")
    assert term.cursor == (0, 0)


def test_tabbing_back_from_a_full_line_ends_the_wrap(term):
    term.feed("0123456789\x1b[Zx")
    assert term.lines[:2] == ["01234567x9", ""]


def test_decid_is_a_request_and_no_control(term):
    term.feed("\x1bZ")
    assert term.handler.calls == [("esc", 0, ord("Z"))]


def test_highlight_tracking_does_not_scroll(term):
    term.feed("a\x1b[1;1;1;2;3T")
    assert term.lines[0] == "a"
    term.feed("\x1b[1T")
    assert term.lines[:2] == ["", "a"]


def test_a_sequence_of_three_intermediates_means_nothing(term):
    term.feed('\x1b !"A\x1b[ !"A')
    assert term.handler.calls == []
    assert term.lines[0] == ""
