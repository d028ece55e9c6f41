"""Rectangular editing, seen on a screen of letters."""

import pytest
from talk import Talk

from gputerm.vt.core import cells


@pytest.fixture
def t():
    t = Talk(lines=4, columns=8)
    t.fill()
    return t


def test_copy(t):
    t.feed("\x1b[1;1;2;2;1;3;4;1$v")
    assert t.screen() == ["AAAAAAAA", "BBBBBBBB", "CCCAACCC", "DDDBBDDD"]


def test_copy_onto_itself(t):
    t.feed("\x1b[1;1;3;8;1;2;1;1$v")
    assert t.screen() == ["AAAAAAAA", "AAAAAAAA", "BBBBBBBB", "CCCCCCCC"]


def test_copy_is_cut_at_the_edges(t):
    t.feed("\x1b[1;1;9;9;1;3;7$v")
    assert t.screen() == ["AAAAAAAA", "BBBBBBBB", "CCCCCCAA", "DDDDDDBB"]


def test_copy_takes_attributes_along(t):
    t.feed("\x1b[H\x1b[1;31mx\x1b[1;1;1;1;1;2;1$v")
    assert t.terminal.cells(1)[0].tolist() == t.terminal.cells(0)[0].tolist()


def test_copy_leaves_no_half_characters(t):
    t.feed("\x1b[H世界\x1b[1;2;1;3;1;2;1;1$v")
    assert t.screen()[1] == "  BBBBBB"
    t.feed("\x1b[3;1H世界\x1b[4;1;4;2;1;3;2;1$v")
    assert t.screen()[2] == " DD CCCC"


def test_fill(t):
    t.feed("\x1b[1;42m\x1b[120;2;3;3;4$x")
    assert t.screen() == ["AAAAAAAA", "BBxxBBBB", "CCxxCCCC", "DDDDDDDD"]
    char, _, bg, attrs = t.terminal.cells(1)[2].tolist()
    assert (char, bg, attrs) == (0x78, cells.COLOR_PALETTE | 2, cells.BOLD)


def test_fill_goes_through_the_character_set(t):
    t.feed("\x1b(0\x1b[113;1;1;1;2$x")
    assert t.screen()[0] == "──AAAAAA"


@pytest.mark.parametrize("code", [1, 27, 31, 127, 155, 256, 65535])
def test_fill_takes_graphic_characters_only(t, code):
    t.feed(f"\x1b[{code};1;1;2;2$x")
    assert t.screen()[0] == "AAAAAAAA"


def test_fill_blanks_the_other_half_of_wide_characters(t):
    t.feed("\x1b[H世界\x1b[120;1;2;1;3$x")
    assert t.screen()[0] == " xx AAAA"


def test_erase(t):
    t.feed("\x1b[44m\x1b[2;2;3;3$z")
    assert t.screen() == ["AAAAAAAA", "B  BBBBB", "C  CCCCC", "DDDDDDDD"]
    assert t.terminal.cells(1)[1].tolist() == [0, 0, cells.COLOR_PALETTE | 4, 0]


def test_selective_erase(t):
    t.feed('\x1b[1"q\x1b[2;2Hxy\x1b[0"q\x1b[2;1;2;4${')
    assert t.screen()[1] == " xy BBBB"


def test_selective_erase_does_not_know_spa(t):
    t.feed("\x1b[2;2H\x1bVxy\x1bW\x1b[2;1;2;4${")
    assert t.screen()[1] == "    BBBB"


def _attrs(t):
    return [[int(a) for a in t.terminal.cells(line)[:, cells.ATTRS]] for line in range(2)]


def test_change_attributes_in_a_rectangle(t):
    t.feed("\x1b[2*x\x1b[1;2;2;3;1;4$r")
    marked = cells.BOLD | 1 << cells.UNDERLINE_SHIFT
    assert _attrs(t) == [[0, marked, marked, 0, 0, 0, 0, 0]] * 2
    t.feed("\x1b[1;3;2;3;22$r")
    assert _attrs(t)[0][1:3] == [marked, 1 << cells.UNDERLINE_SHIFT]
    t.feed("\x1b[1;1;2;8;0$r")
    assert _attrs(t) == [[0] * 8] * 2


def test_change_attributes_in_the_stream(t):
    t.feed("\x1b[1;3;2;6;7$r")
    assert _attrs(t) == [[0] * 2 + [cells.INVERSE] * 6, [cells.INVERSE] * 6 + [0] * 2]


def test_the_stream_leaves_cells_without_characters(t):
    t.feed("\x1b[1;3H\x1b[K\x1b[1;1;1;8;7$r")
    assert _attrs(t)[0] == [cells.INVERSE] * 2 + [0] * 6
    t.feed("\x1b[2*x\x1b[1;1;1;8;1$r")
    assert all(a & cells.BOLD for a in _attrs(t)[0])


def test_reverse_attributes(t):
    t.feed("\x1b[2*x\x1b[1;1;1;2;7;1$t\x1b[1;2;1;3;1$t")
    assert _attrs(t)[0][:4] == [cells.INVERSE | cells.BOLD, cells.INVERSE, cells.BOLD, 0]


def test_colours_and_links_stay_when_attributes_change(t):
    t.feed("\x1b[H\x1b]8;;x:y\a\x1b[31mz\x1b]8;;\a\x1b[2*x\x1b[1;1;1;1;1$r\x1b[1;1;1;1;0$t")
    _, fg, _, attrs = t.terminal.cells(0)[0].tolist()
    assert fg == cells.COLOR_PALETTE | 1
    assert t.terminal.hyperlink(attrs >> 16).uri == "x:y"


def test_rectangles_count_from_the_margins_in_origin_mode(t):
    t.feed("\x1b[?69h\x1b[2;3r\x1b[3;6s\x1b[?6h\x1b[120;1;1;9;9$x")
    assert t.screen() == ["AAAAAAAA", "BBxxxxBB", "CCxxxxCC", "DDDDDDDD"]


@pytest.mark.parametrize("final", ["$v", "$x", "$z", "${", "$r", "$t"])
@pytest.mark.parametrize("params", ["3;3;2;2", "9;9;9;9", "120;3;3;2;2", "120;9;9", "65535;65535"])
def test_an_empty_rectangle_does_nothing(t, final, params):
    if final in ("$v", "$x") and not params.startswith("120"):
        params = "120;" + params if final == "$x" else params
    elif params.startswith("120"):
        params = params[4:]
    before = t.screen()
    t.feed(f"\x1b[{params}{final}")
    assert t.screen() == before or final == "$v"


def test_no_parameters_mean_the_whole_screen(t):
    t.feed("\x1b[$z")
    assert t.screen() == [""] * 4


def test_changed_rows_are_painted_again(t):
    before = t.terminal.snapshot().row_seqnos.tolist()
    t.feed("\x1b[120;2;1;2;1$x")
    after = t.terminal.snapshot().row_seqnos.tolist()
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True, True]


def test_checksums_are_refused_outside_of_tests(t):
    assert t.ask("\x1b[1;1;1;1;1;1*y") == ""


def test_checksums():
    t = Talk(test_reports=True, checksum_flags=0)
    t.feed("ab \x1b[1mc")
    assert t.ask("\x1b[7;1;1;1;1;1*y") == "\x1bP7!~FF9F\x1b\\"  # -0x61
    assert (
        t.ask("\x1b[7;1;1;1;1;4*y") == f"\x1bP7!~{-(0x61 + 0x62 + 0x63 + 0x80) & 0xFFFF:04X}\x1b\\"
    )
    t.feed("\x1b[3#y")  # Positive, without attributes.
    assert t.ask("\x1b[8;1;1;1;1;4*y") == f"\x1bP8!~{0x61 + 0x62 + 0x63:04X}\x1b\\"
    t.feed("\x1b[7#y")  # And with all blanks, written or not.
    assert t.ask("\x1b[9;1;1;1;1;5*y") == f"\x1bP9!~{0x61 + 0x62 + 0x63 + 0x40:04X}\x1b\\"
