"""Printing: wrapping, wide characters, clusters, charsets."""

import random
import subprocess

import pytest
from talk import Talk

from gputerm.vt.core.cells import CLUSTER, FILLER, ROW_WRAPPED, TAIL, WIDE


def test_text_wraps_when_the_next_character_comes(term):
    term.feed("0123456789")
    assert term.cursor == (0, 9)
    assert term.screen.pending_wrap
    assert not term.screen.grid.flags(0) & ROW_WRAPPED
    term.feed("ab")
    assert term.lines == ["0123456789", "ab", "", ""]
    assert term.cursor == (1, 2)
    assert term.screen.grid.flags(0) & ROW_WRAPPED


@pytest.mark.parametrize(
    "control",
    ["\r", "\b", "\x1b[A", "\x1b[C", "\x1b[G", "\x1b[1K", "\x1b[?K", "\x1b[J", "\x1b[X", "\x1b[P"],
)
def test_controls_clear_pending_wrap(term, control):
    term.feed("0123456789", control)
    assert not term.screen.pending_wrap


def test_erasing_behind_a_full_line_leaves_character_and_wrap(term):
    """As grep and gcc colour a line: rendition, text, rendition, EL."""
    term.feed("\x1b[31m0123456789\x1b[m\x1b[K")
    assert term.screen.pending_wrap
    term.feed("ab\x1b[0K")
    assert term.lines[:2] == ["0123456789", "ab"]


def test_grep_in_colour_loses_nothing_at_the_end_of_full_lines(tmp_path):
    lines = ["".join(chr(0x61 + (i + j) % 26) for j in range(i)) + "z" for i in range(1, 41)]
    (tmp_path / "text").write_text("\n".join(lines))
    command = ["grep", "--color=always", "z", "text"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert b"\x1b[K" in found
    t = Talk(200, 10)
    t.feed(found.replace(b"\n", b"\r\n"))
    shown = [line[i : i + 10] for line in lines for i in range(0, len(line), 10)]
    assert t.screen()[: len(shown)] == shown


def test_erasing_behind_a_right_margin_leaves_what_was_printed(term):
    term.feed("\x1b[1;7Hxyz\x1b[?69h\x1b[1;5s\x1b[1;1Habcde\x1b[K")
    assert term.lines[0] == "abcde"
    term.feed("f")
    assert term.lines[:2] == ["abcde", "f"]


def test_a_tab_and_rendition_keep_pending_wrap(term):
    term.feed("0123456789", "\t\x1b[31m", "a")
    assert term.lines[:2] == ["0123456789", "a"]


def test_without_autowrap_the_last_column_is_overwritten(term):
    term.feed("\x1b[?7l0123456789abc")
    assert term.lines[0] == "012345678c"
    assert term.cursor == (0, 9)


def test_text_wraps_at_the_right_margin_and_returns_to_the_left(term):
    term.feed("\x1b[?69h\x1b[3;6s\x1b[1;3Habcdef")
    assert term.lines[:2] == ["  abcd", "  ef"]
    term.feed("\x1b[1;8Hxyz!")
    assert term.lines[:2] == ["  abcd xyz", "  !f"]


def test_the_last_line_scrolls_into_history(term):
    term.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6")
    assert term.lines == ["3", "4", "5", "6"]
    assert term.history == ["1", "2"]
    assert term.screen.screen_top == 2


def test_wide_characters_take_two_cells(term):
    term.feed("a日b")
    assert term.cell(0, 1)[0] == ord("日") | WIDE
    assert term.cell(0, 2)[0] == TAIL
    assert term.cursor == (0, 4)


def test_a_wide_character_that_does_not_fit_leaves_a_filler_and_wraps(term):
    term.feed("012345678日")
    assert term.cell(0, 9)[0] == FILLER
    assert term.lines[:2] == ["012345678", "日"]
    assert term.screen.grid.flags(0) & ROW_WRAPPED


@pytest.mark.parametrize("begin", ["012345678", "0123456789", "01234567日", "0123456789\x1b[1;10H"])
def test_without_autowrap_a_wide_character_that_has_no_room_is_dropped(term, begin):
    term.feed("\x1b[?7l" + begin)
    before = term.lines[0], term.cursor
    term.feed("本")
    assert (term.lines[0], term.cursor) == before
    assert term.lines[1] == ""


@pytest.mark.parametrize(
    ("before", "full"), [("0123456789", "0123456789"), ("\x1b[?7l0123456789ab", "012345678b")]
)
def test_resetting_autowrap_keeps_a_pending_wrap(term, before, full):
    """As xterm 379, kitty, Alacritty, Rio and xterm.js do."""
    term.feed(before + "\x1b[?7l\x1b[?7hx")
    assert term.lines[:2] == [full, "x"]


def test_the_margin_that_a_wide_character_leaves_looks_as_the_pen(term):
    term.feed("\x1b[4;7;31;44m01234567本\x1b[1;10H日")
    assert term.cell(0, 9)[1:] == term.cell(0, 0)[1:]
    assert term.cell(0, 9)[3]
    term.feed("\x1b[?69h\x1b[1;5s\x1b[2;5H日")
    assert term.cell(1, 4) == [0, *term.cell(0, 0)[1:]]
    assert term.lines[:3] == ["01234567", "日", "日"]


def test_del_is_a_character_in_a_set_of_96_only():
    t = Talk()
    t.feed("a\x7fb \x1b-Aa\x0e\x7f\x0fc\x7f \x1b.A\x1bN\x7f \x1b)0\x0ea\x7f\x0f")
    assert t.screen()[0] == "ab aÿc ÿ ▒"
    t.feed(b"\r\n\x1b%@\x1b-A\x1b~\xff\x1b)%5\x1b~\xe1\xff\xe1")
    assert t.screen()[1] == "ÿáá"


def test_the_blank_of_the_special_graphics_is_a_space():
    t = Talk()
    t.feed("\x1b(0a_a\x1b(B")
    assert t.screen()[0] == "▒ ▒"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        *(("❤\ufe0f", 1), ("⌚\ufe0e", 2), ("🇩🇪", 2), ("🇩", 1), ("a\u0301", 1), ("日", 2)),
        *(("👨\u200d👩\u200d👧", 6), ("👍🏽", 4), ("1\ufe0f\u20e3", 1), ("각", 2), ("का", 2)),
    ],
)
def test_without_clusters_every_code_point_has_the_width_of_wcwidth(term, text, cells):
    term.feed("\x1b[?2027l" + text)
    assert term.cursor == (0, cells)
    term.feed("\x1b[?2027h\r" + text)
    assert term.cursor[1] <= 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("日本\x1b[1Ga", "a 本"),
        ("日本\x1b[2Ga", " a本"),
        ("日本\x1b[2Gab", " ab"),
        ("日本\x1b[2G語", " 語"),
        ("日本\x1b[2G\x1b[X", "  本"),
        ("日本\x1b[2G\x1b[K", ""),
        ("日本\x1b[2G\x1b[P", " 本"),
        ("日本\x1b[2G\x1b[@", "   本"),
        ("日本\x1b[3G\x1b[1K", ""),
        ("12345678日\x1b[1G\x1b[@", " 12345678"),
        ("日本\x1b[2Gé", " é本"),
    ],
)
def test_half_a_wide_character_takes_the_other_half_along(term, text, line):
    term.feed(text)
    assert term.lines[0] == line


def test_on_one_column_nothing_wide_is_printed(make_term):
    term = make_term(2, 1)
    term.feed("日a")
    assert term.lines == ["a", ""]


CLUSTERS = {
    "combining mark": ("e\u0301", 1),
    "two marks": ("e\u0301\u0323", 1),
    "family": ("👨\u200d👩\u200d👧\u200d👦", 2),
    "flag": ("🇩🇪", 2),
    "skin tone": ("👍🏽", 2),
    "rainbow flag": ("🏳\ufe0f\u200d🌈", 2),
    "VS16 widens": ("❤\ufe0f", 2),
    "VS15 narrows": ("⌚\ufe0e", 1),
    "keycap": ("1\ufe0f\u20e3", 2),
    "Hangul jamo": ("\u1112\u1161\u11ab", 2),
    "Devanagari conjunct": ("\u0915\u094d\u0937", 2),
    "Thai": ("\u0e01\u0e33", 2),
    "tag sequence": ("🏴\U000e0067\U000e0062\U000e007f", 2),
}


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_grapheme_cluster_is_one_cell(term, name):
    cluster, width = CLUSTERS[name]
    for chunk in (len(cluster.encode()), 1):
        term.feed("\x1b[H\x1b[2Ja")
        data = cluster.encode()
        for i in range(0, len(data), chunk):
            term.feed(data[i : i + chunk])
        assert term.cursor == (0, 1 + width)
        term.feed("b")
        assert term.lines[0] == f"a{cluster}b"
        assert term.cell(0, 1)[0] & CLUSTER
        assert bool(term.cell(0, 1)[0] & WIDE) == (width == 2)


def test_without_mode_2027_only_marks_join(term):
    term.feed("\x1b[?2027l👍🏽e\u0301")
    assert term.lines[0] == "👍🏽e\u0301"
    assert term.cursor == (0, 5)


def test_a_cursor_movement_ends_a_cluster(term):
    term.feed("👍\x1b[3G🏽")
    assert term.cursor == (0, 4)


def test_a_mark_after_a_movement_joins_the_cell_before_the_cursor(term):
    term.feed("e\x1b[2G\u0301")
    assert term.lines[0] == "e\u0301"
    term.feed("\x1b[2;1H\u0301x")
    assert term.lines[1] == "x"


def test_a_cluster_that_widens_in_the_last_column_wraps(term):
    term.feed("123456789❤\ufe0fa")
    assert term.lines[:2] == ["123456789", "❤\ufe0fa"]
    assert term.cell(0, 9)[0] == FILLER


def test_a_narrowed_cluster_in_the_last_columns_takes_back_the_wrap(term):
    term.feed("12345678⌚\ufe0ea")
    assert term.lines[:2] == ["12345678⌚\ufe0ea", ""]


def test_marks_on_one_cell_are_bounded(term):
    term.feed("e" + "\u0301" * 1000)
    assert len(term.lines[0]) == 16


def test_dropped_clusters_are_swept(term):
    rng = random.Random(3)
    for _ in range(60):
        marks = (
            chr(rng.randint(0x300, 0x36F)) + chr(rng.randint(0x300, 0x36F)) for _ in range(800)
        )
        term.feed("\x1b[H" + "".join(f"\x1b[He{pair}" for pair in marks))
    assert len(term.screen.clusters) <= 1 << 14
    assert term.screen.clusters.text(term.cell(0, 0)[0] & 0x1FFFFF) == term.lines[0]


def test_line_drawing(term):
    term.feed("\x1b(0lqk\x1b(Blqk\x0ex\x0f")
    assert term.lines[0] == "┌─┐lqkx"
    term.feed("\r\x1b)0\x0ex\x0fx")
    assert term.lines[0][:2] == "│x"


def test_single_shift_takes_one_character(term):
    term.feed("\x1b*0\x1bNqq")
    assert term.lines[0] == "─q"


def test_gr_is_looked_up_in_eight_bit_mode(term):
    term.screen.utf8 = False
    term.feed("\x1b*0", bytes([0xF1, 0x71]))
    assert term.lines[0] == "─q"


def test_insert_mode_moves_the_rest(term):
    term.feed("abc\r\x1b[4hxy", "日")
    assert term.lines[0] == "xy日abc"
    term.feed("\x1b[4lz")
    assert term.lines[0] == "xy日zbc"


def test_rep_repeats_the_last_graphic_character(term):
    term.feed("ab\x1b[3b")
    assert term.lines[0] == "abbbb"
    term.feed("\r\n日\x1b[2b")
    assert term.lines[1] == "日日日"
    term.screen.reset()
    term.feed("\x1b[5b")
    assert term.lines[0] == ""


def check_alike(whole, bytewise, data):
    """That one screen fed at once and another fed byte by byte show the same."""
    whole.feed(data)
    for i in range(len(data)):
        bytewise.feed(data[i : i + 1])
    assert whole.lines == bytewise.lines
    assert whole.cursor == bytewise.cursor
    assert whole.history == bytewise.history


def test_the_fast_path_for_ascii_equals_printing_each_character(make_term):
    rng = random.Random(5)
    for _ in range(60):
        data = "".join(
            rng.choice(("a", "bcd", "x" * 12, "日", "e\u0301", "\r", "\n", "\x1b[3;4H", "\x1b[31m"))
            for _ in range(40)
        ).encode()
        whole, bytewise = make_term(), make_term()
        check_alike(whole, bytewise, data)
        for line in range(4):
            assert (
                whole.screen.grid.row(line)[:, 1:] == bytewise.screen.grid.row(line)[:, 1:]
            ).all()


PIECES = (
    *(
        "a",
        "é",
        "日",
        "😀",
        "👍🏽",
        "🇩🇪",
        "❤\ufe0f",
        "⌚\ufe0e",
        "1\ufe0f\u20e3",
        "e\u0301",
        "\u0301",
    ),
    *(
        "👨\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "\u200d",
        "\u1112\u1161\u11ab",
        "e" + "\u0301" * 20,
    ),
    *("\r", "\r\n", "\x1b[3;4H", "\x1b[31m", "\x1b[44m", "\x1b[2b"),
)


def test_printing_clusters_at_once_equals_printing_each_code_point(make_term):
    rng = random.Random(6)
    for _ in range(100):
        data = "".join(rng.choice(PIECES) for _ in range(60)).encode()
        whole, bytewise = make_term(4, 24), make_term(4, 24)
        check_alike(whole, bytewise, data)
        for line in range(4):
            assert (whole.screen.grid.row(line) == bytewise.screen.grid.row(line)).all()


NOISE = (
    *("a", "bc", "word and more", "x" * 30, "é", "日本", "\ufffd", "\u0301", "e\u0301", "👍🏽"),
    *("🇩", "🇩🇪", "❤\ufe0f", "⌚\ufe0e", "\u200d", "\xad", "\u0600", "\u0600a", "\u1112\u1161"),
    *("\x1bV", "\x1bW", '\x1b[1"q', '\x1b[0"q', "\x1b[?2K", "\x1b[K", "\x1b[?2J"),
    *("\r", "\n", "\b", "\t", "\a", "\x1b[3;4H", "\x1b[31m", "\x1b[m", "\x1b[2b", "\x1b[3X"),
    *("\x1b[4h", "\x1b[4l", "\x1b[?7l", "\x1b[?7h", "\x1b[?2027l", "\x1b[?2027h", "\x1b#6"),
    *("\x1b[?69h\x1b[2;7s", "\x1b[?69l", "\x1b[2;3r", "\x1b[r", "\x1b[?1049h", "\x1b[?1049l"),
)


def test_runs_equal_putting_each_character(make_term):
    """What a character set translates is put one by one; set 2 translates nothing into itself."""
    rng = random.Random(8)
    for _ in range(80):
        runs, each = make_term(4, 24), make_term(4, 24)
        each.screen.designate(0, 2)
        for _ in range(25):
            data = "".join(rng.choice(NOISE) for _ in range(4))
            runs.feed(data)
            each.feed(data)
            assert runs.cursor == each.cursor, data
            assert runs.screen.pending_wrap == each.screen.pending_wrap, data
            for line in range(4):
                assert (runs.screen.grid.row(line) == each.screen.grid.row(line)).all(), data
        assert runs.history == each.history


def test_switching_clusters_off_and_on_forgets_what_came_before(make_term):
    for charset in (0, 2):  # with 2 the same, but character by character
        term = make_term()
        term.screen.designate(0, charset)
        term.feed("🇩\x1b[?2027lx\x1b[?2027h🇪🇫")
        assert term.cursor == (0, 5)


@pytest.mark.parametrize(
    "text", ["abc", "日本語", "e\u0301e\u0301", "👍🏽🇩🇪", "1\ufe0f\u20e3x", "\ufffd\ufffd", "\r日a"]
)
def test_all_that_is_printed_while_protected_stays(term, text):
    term.feed("..........\r\x1bV", text, "\x1bW")
    line = term.lines[0].rstrip(".")
    term.feed("..\x1b[2K")
    assert term.lines[0] == line


def test_a_mark_after_a_movement_into_a_wide_character_splits_nothing(term):
    term.feed("日本\x1b[4G\u0301")
    assert term.lines[0] == "日本\u0301"
    term.feed("\x1b[4Gx")
    assert term.lines[0] == "日 x"
    term.feed("\r日本\x1b[4Gé")
    assert term.lines[0] == "日 é"


@pytest.mark.parametrize(
    ("before", "line"), [("abcdefghij", "x👍🏽éefghij"), ("x日本語", "x👍🏽é 語")]
)
def test_what_stands_after_clusters_stays_unless_it_was_halved(term, before, line):
    term.feed(before, "\rx👍🏽é")
    assert term.lines[0] == line


def test_clusters_printed_at_once_outlive_a_sweep(term):
    for i in range(term.screen.clusters.threshold):
        term.screen.clusters.intern([0x61, 0x1000 + i])
    term.feed("xe\u0301👍🏽y")
    assert term.lines[0] == "xe\u0301👍🏽y"
    assert len(term.screen.clusters) == 2


def test_only_sets_that_exist_are_designated_and_shifted(term):
    for wrong in ((4, 0), (-1, 0), (0, 64)):
        with pytest.raises(ValueError, match="character set"):
            term.screen.designate(*wrong)
    for wrong in ((4, 0, 0), (0, -1, 0), (0, 0, 1)):
        with pytest.raises(ValueError, match="GL"):
            term.screen.shift(*wrong)
    with pytest.raises(ValueError, match="read-only"):
        term.screen.charsets[0] = 200
    term.feed("\x1b(0q")
    assert term.lines[0] == "─"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("e\u0301\x1b[2b", "e\u0301e\u0301e\u0301"),
        ("👍🏽\x1b[1b", "👍🏽👍🏽"),
        ("❤\ufe0f\x1b[1bx", "❤\ufe0f❤\ufe0fx"),
        ("e\u0301x\x1b[1b", "e\u0301xx"),
        ("e\u0301\x1b[31m\x1b[1b", "e\u0301e\u0301"),
        ("123456789e\u0301\x1b[1b", "123456789e\u0301"),
    ],
)
def test_a_cluster_is_repeated_whole(term, text, line):
    term.feed(text)
    assert term.lines[0] == line


def test_a_repeated_cluster_takes_the_pen_and_wraps(term):
    term.feed("123456789\x1b[31me\u0301\x1b[32m\x1b[b")
    assert term.lines[:2] == ["123456789e\u0301", "e\u0301"]
    assert (term.fg(0, 9), term.fg(1, 0)) == (1 << 24 | 1, 1 << 24 | 2)


@pytest.mark.parametrize("before", ["", "123456789"])
def test_a_cluster_that_widens_keeps_its_looks(term, before):
    """A selector in the next chunk, after the pen changed: SGR doesn't end a cluster."""
    term.screen.set_hyperlink("http://a", "")
    term.feed(before + '\x1b[1"q\x1b[31;42;1m❤')
    term.screen.set_hyperlink("", "")
    term.feed("\x1b[0m\ufe0fx")
    line = 1 if before else 0
    first, second = term.cell(line, 0), term.cell(line, 1)
    assert first[1:] == second[1:]
    assert first[1:3] == [1 << 24 | 1, 1 << 24 | 2]
    assert term.attrs(line, 0) == 1
    assert term.screen.extras.hyperlink(term.extra(line, 1)) == ("http://a", "")
    assert first[0] & second[0] & 0x8000000
    assert term.cell(line, 2)[1:] == [0, 0, 0]


def test_no_cluster_widens_where_only_one_column_is(make_term):
    term = make_term(3, 1)
    term.feed("❤\ufe0f")
    assert term.lines == ["❤\ufe0f", "", ""]
    assert term.screen.pending_wrap


@pytest.mark.parametrize("last", ["x", "é"])
def test_writing_into_the_last_column_ends_the_wrapped_line(term, last):
    term.feed("0123456789a\x1b[1;10H", last)
    assert not term.screen.grid.flags(0) & ROW_WRAPPED


def test_lines_between_margins_do_not_continue(term):
    term.feed("\x1b[?69h\x1b[3;10s\x1b[1;3H0123456789")
    assert term.lines[:2] == ["  01234567", "  89"]
    assert not term.screen.grid.flags(0) & ROW_WRAPPED


def test_only_whole_lines_enter_history(term):
    term.feed("\x1b[?69h\x1b[1;9s\x1b[1;1H1\r\n2\r\n3\r\n4\r\n5")
    assert term.lines == ["2", "3", "4", "5"]
    assert term.history == []


def test_the_link_of_the_pen_outlives_a_sweep(term):
    """Nothing was printed with it yet when the table of clusters is full."""
    for i in range(term.screen.clusters.threshold):
        term.screen.clusters.intern([0x61, 0x1000 + i])
    term.feed("e")
    term.screen.set_hyperlink("http://a", "")
    term.feed("\u0301x")
    assert len(term.screen.clusters) == 1
    assert term.screen.extras.hyperlink(term.extra(0, 1)) == ("http://a", "")


def test_only_what_can_be_text_is_narrowed_by_a_selector(term):
    term.feed("日\ufe0ex")
    assert term.cursor == (0, 3)


def test_widening_in_insert_mode_moves_the_rest_by_one_more(term):
    term.feed("ab\r\x1b[4h❤\ufe0f")
    assert term.lines[0] == "❤\ufe0fab"
    assert term.cursor == (0, 2)
