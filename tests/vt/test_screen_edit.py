"""Erasing, inserting, deleting, scrolling."""

import pytest

from gputerm.vt.core.cells import PROTECTED, ROW_WRAPPED

FULL = "0123456789\r\nabcdefghij\r\nABCDEFGHIJ\r\nklmnopqrst"
REGION = "\x1b[2;3r"
MARGINS = "\x1b[?69h\x1b[3;6s"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\x1b[2;3H\x1b[K", ["0123456789", "ab", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[1K", ["0123456789", "   defghij", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[2K", ["0123456789", "", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[J", ["0123456789", "ab", "", ""]),
        ("\x1b[2;3H\x1b[1J", ["", "   defghij", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[2J", ["", "", "", ""]),
        ("\x1b[2;3H\x1b[3X", ["0123456789", "ab   fghij", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[99X", ["0123456789", "ab", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[2@", ["0123456789", "ab  cdefgh", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[99@", ["0123456789", "ab", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[2P", ["0123456789", "abefghij", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b[2;3H\x1b[L", ["0123456789", "", "abcdefghij", "ABCDEFGHIJ"]),
        ("\x1b[2;3H\x1b[2M", ["0123456789", "klmnopqrst", "", ""]),
        ("\x1b[2S", ["ABCDEFGHIJ", "klmnopqrst", "", ""]),
        ("\x1b[2T", ["", "", "0123456789", "abcdefghij"]),
        ("\x1b[2^", ["", "", "0123456789", "abcdefghij"]),
        ("\x1b[2 @", ["23456789", "cdefghij", "CDEFGHIJ", "mnopqrst"]),
        ("\x1b[2 A", ["  01234567", "  abcdefgh", "  ABCDEFGH", "  klmnopqr"]),
        ("\x1b[1;3H\x1b['}", ["01 2345678", "ab cdefghi", "AB CDEFGHI", "kl mnopqrs"]),
        ("\x1b[1;3H\x1b[2'~", ["01456789", "abefghij", "ABEFGHIJ", "klopqrst"]),
        ("\x1b[H\x1b6", [" 012345678", " abcdefghi", " ABCDEFGHI", " klmnopqrs"]),
        ("\x1b[1;10H\x1b9", ["123456789", "bcdefghij", "BCDEFGHIJ", "lmnopqrst"]),
        ("\x1b[H\x1bM", ["", "0123456789", "abcdefghij", "ABCDEFGHIJ"]),
        (REGION + "\x1b[3;1H\n", ["0123456789", "ABCDEFGHIJ", "", "klmnopqrst"]),
        (REGION + "\x1b[2;1H\x1bM", ["0123456789", "", "abcdefghij", "klmnopqrst"]),
        (REGION + "\x1b[4;1H\n", ["0123456789", "abcdefghij", "ABCDEFGHIJ", "klmnopqrst"]),
        (REGION + "\x1b[2;1H\x1b[L", ["0123456789", "", "abcdefghij", "klmnopqrst"]),
        (REGION + "\x1b[1;1H\x1b[L", ["0123456789", "abcdefghij", "ABCDEFGHIJ", "klmnopqrst"]),
        (
            MARGINS + "\x1b[2;4H\x1b[@",
            ["0123456789", "abc deghij", "ABCDEFGHIJ", "klmnopqrst"],
        ),
        (MARGINS + "\x1b[2;4H\x1b[P", ["0123456789", "abcef ghij", "ABCDEFGHIJ", "klmnopqrst"]),
        (MARGINS + "\x1b[2;8H\x1b[P", ["0123456789", "abcdefghij", "ABCDEFGHIJ", "klmnopqrst"]),
        (MARGINS + "\x1b[S", ["01cdef6789", "abCDEFghij", "ABmnopGHIJ", "kl    qrst"]),
        (MARGINS + "\x1b[T", ["01    6789", "ab2345ghij", "ABcdefGHIJ", "klCDEFqrst"]),
        (
            MARGINS + REGION + "\x1b[2;3H\x1b[M",
            ["0123456789", "abCDEFghij", "AB    GHIJ", "klmnopqrst"],
        ),
        (MARGINS + "\x1b[2;4H\x1b[K", ["0123456789", "abc", "ABCDEFGHIJ", "klmnopqrst"]),
        ("\x1b#8", ["EEEEEEEEEE"] * 4),
    ],
)
def test_the_screen_becomes(term, text, lines):
    term.feed(FULL, text)
    assert term.lines == lines


@pytest.mark.parametrize(
    ("control", "column"),
    [
        *(
            (control, 0)
            for control in ("\x1b[K", "\x1b[2J", "\x1b[X", "\x1b[@", "\x1b[L", "\x1b[T")
        ),
        ("\x1b[ A", 0),
        ("\x1b[P", 9),
        ("\x1b[ @", 9),
    ],
)
def test_blanks_take_the_background_and_nothing_else_of_the_pen(term, control, column):
    term.feed(FULL, "\x1b[H\x1b[1;4;31;44m", control)
    assert term.cell(0, column) == [0, 0, 0x1000004, 0]


def test_scrolling_fills_with_the_background(term):
    term.feed("\x1b[4;1H\x1b[44m\n")
    assert term.bg(3, 9) == 0x1000004


def test_erasing_the_end_of_a_line_ends_its_wrapping(term):
    term.feed("0123456789ab\x1b[1;5H\x1b[K")
    assert not term.screen.grid.flags(0) & ROW_WRAPPED


def test_clearing_the_screen_keeps_the_lines_in_history(term):
    term.feed("one\r\ntwo\x1b[2J")
    assert term.history == ["one", "two"]
    assert term.cursor == (1, 3)
    term.feed("\x1b[2J")
    assert term.history == ["one", "two"]
    term.feed("\x1b[3J")
    assert term.history == []
    assert term.screen.first_line == term.screen.screen_top == 2


def test_a_region_at_the_top_feeds_history_and_one_below_does_not(term):
    term.feed(FULL, "\x1b[1;2r\x1b[2;1H\n")
    assert term.history == ["0123456789"]
    term.feed("\x1b[2;4r\x1b[4;1H\n")
    assert term.history == ["0123456789"]


def test_lines_deleted_at_the_top_do_not_enter_history(term):
    term.feed(FULL, "\x1b[H\x1b[2M")
    assert term.history == []


@pytest.mark.parametrize("erase", ["\x1b[9J", "\x1b[?9J", "\x1b[?3J", "\x1b[9K", "\x1b[?9K"])
def test_an_unknown_erase_leaves_the_pending_wrap(term, erase):
    term.feed("0123456789" + erase + "x")
    assert term.lines[:2] == ["0123456789", "x"]


def test_a_zero_given_to_sd_scrolls_nothing(term):
    """It is the reset of mouse highlighting; left out, it is 1."""
    term.feed("A\x1b[0T\x1b[0;0T\x1b[2;0T\x1b[1;1;1;1;1T")
    assert term.lines[0] == "A"
    term.feed("\x1b[T\x1b[2T\x1b[0^")
    assert term.lines == ["", "", "", ""]


def test_the_alignment_pattern_ends_attributes_not_colours(term):
    term.feed("\x1b[1;4;31;44m\x1b#8a")
    assert term.cell(0, 0) == [ord("a"), 1 << 24 | 1, 1 << 24 | 4, 0]
    assert term.cell(0, 1) == [ord("E"), 0, 0, 0]


def test_selective_erase_spares_what_decsca_protects(term):
    term.feed('a\x1b[1"qb\x1b[0"qc\x1b[1;3H')
    assert term.cell(0, 1)[0] == ord("b") | PROTECTED
    term.feed("\x1b[?2K")
    assert term.lines[0] == " b"
    term.feed("\x1b[?2J")
    assert term.lines[0] == " b"
    term.feed("\x1b[2K")
    assert term.lines[0] == ""


def test_every_erase_spares_what_spa_guards(term):
    term.feed("a\x1bVb\x1bWc\x1b[2K")
    assert term.lines[0] == " b"
    term.feed("\x1b[1;1H\x1b[9X\x1b[2J\x1b[?2J")
    assert term.lines[0] == " b"


def row_ids(grid):
    return grid.look(grid.lines)[0].tolist()


def test_scrolling_moves_no_row(term):
    """A scrolled row keeps its slot and seqno: the painter sees that it is the same."""
    term.feed(FULL)
    before = row_ids(term.screen.grid)
    seqnos = term.screen.grid.row_seqnos.tolist()
    term.screen.observe()
    term.feed("\x1b[S")
    assert row_ids(term.screen.grid) == [*before[1:], before[0]]
    changed = [s for s in range(4) if term.screen.grid.row_seqnos[s] != seqnos[s]]
    assert changed == [before[0]]


def test_the_screens_have_different_row_ids(term):
    ids = set(row_ids(term.screen.primary)) | set(row_ids(term.screen.alternate))
    assert len(ids) == 8


def test_every_change_after_an_observation_is_newer(term):
    seen = term.screen.observe()
    assert (term.screen.grid.row_seqnos <= seen).all()
    term.feed("\x1b[2K")
    assert term.screen.grid.row_seqnos[term.screen.grid.slot(0)] > seen


def test_reverse_index_beside_the_margins_does_not_scroll(term):
    term.feed("abcdefghij\x1b[?69h\x1b[3;6s\x1b[1;8H\x1bM")
    assert term.lines[0] == "abcdefghij"


def test_selective_erasing_keeps_nothing_in_history(term):
    term.feed("ab\r\ncd\x1b[?2J")
    assert term.lines == [""] * 4
    assert term.history == []


def test_leaving_the_alternate_screen_twice_erases_it_once(term):
    term.feed("\x1b[?47hx\x1b[?47l\x1b[?1047l\x1b[?47h")
    assert term.lines[0] == "x"


@pytest.mark.parametrize("edit", ["\x1b[M", "\x1b[L", "\x1b[2P", "\x1b[2@"])
@pytest.mark.parametrize("column", range(2, 8))
def test_an_edge_through_a_wide_character_blanks_both_halves(term, edit, column):
    """check() sees a half that is left over."""
    term.feed(
        "日本語日本\r\n日本語日本\x1b[?69h", f"\x1b[{column};{column + 2}s\x1b[1;{column}H", edit
    )
    assert "日" in term.lines[0] + term.lines[1]
