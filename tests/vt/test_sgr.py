"""Select Graphic Rendition."""

import pytest

from gputerm.vt.core import cells

RED = cells.COLOR_PALETTE | 1


@pytest.mark.parametrize(
    ("params", "attrs"),
    [
        ("1", cells.BOLD),
        ("2", cells.DIM),
        ("3", cells.ITALIC),
        ("4", 1 << 3),
        ("4:0", 0),
        ("4:1", 1 << 3),
        ("4:2", 2 << 3),
        ("4:3", 3 << 3),
        ("4:4", 4 << 3),
        ("4:5", 5 << 3),
        ("21", 2 << 3),
        ("5", cells.BLINK),
        ("6", cells.RAPID_BLINK),
        ("7", cells.INVERSE),
        ("8", cells.HIDDEN),
        ("9", cells.STRIKE),
        ("53", cells.OVERLINE),
        ("1;2;22", 0),
        ("3;23", 0),
        ("4:3;24", 0),
        ("5;6;25", 0),
        ("7;27", 0),
        ("8;28", 0),
        ("9;29", 0),
        ("53;55", 0),
        ("1;0", 0),
        ("1;", 0),
        ("73;74;75;1", cells.BOLD),
        ("99999;1", cells.BOLD),
    ],
)
def test_attributes(term, params, attrs):
    term.feed(f"\x1b[{params}mx")
    assert term.attrs(0, 0) == attrs


@pytest.mark.parametrize(
    ("params", "fg", "bg"),
    [
        ("31", RED, 0),
        ("41", 0, RED),
        ("91;101", RED + 8, RED + 8),
        ("31;41;39;49", 0, 0),
        ("38;5;200", cells.COLOR_PALETTE | 200, 0),
        ("48;5;200", 0, cells.COLOR_PALETTE | 200),
        ("38:5:200", cells.COLOR_PALETTE | 200, 0),
        ("38;2;1;2;3", cells.COLOR_RGB | 0x010203, 0),
        ("38:2:1:2:3", cells.COLOR_RGB | 0x010203, 0),
        ("38:2::1:2:3", cells.COLOR_RGB | 0x010203, 0),
        ("48:2:0:1:2:3:0:0", 0, cells.COLOR_RGB | 0x010203),
        ("38;2;1;2;3;41", cells.COLOR_RGB | 0x010203, RED),
        ("38;5;1;48;5;1", RED, RED),
        ("38;5;256;41", 0, RED),
        ("38;2;256;0;0;41", 0, RED),
        ("38;2;1;2", 0, 0),
        ("38;5", 0, 0),
        ("38", 0, 0),
        ("38:2:1:2", 0, 0),
        ("38:9:1;41", 0, RED),
        ("38;5;;41", cells.COLOR_PALETTE | 0, RED),
        ("31;0", 0, 0),
    ],
)
def test_colors(term, params, fg, bg):
    term.feed(f"\x1b[{params}mx")
    assert (term.fg(0, 0), term.bg(0, 0)) == (fg, bg)


def test_no_parameter_resets(term):
    term.feed("\x1b[1;31m\x1b[mx")
    assert term.cell(0, 0)[1:] == [0, 0, 0]


def test_underline_color_is_an_extra(term):
    term.feed("\x1b[4;58;5;1ma\x1b[58:2::1:2:3mb\x1b[59mc\x1b[58;5;1md\x1b[me")
    extras = term.screen.extras
    colors = [extras.underline_colors[term.extra(0, column)] for column in range(5)]
    assert colors == [RED, cells.COLOR_RGB | 0x010203, 0, RED, 0]
    assert term.extra(0, 0) == term.extra(0, 3)
    assert term.extra(0, 2) == 0


def test_a_hyperlink_outlives_sgr_0(term):
    term.screen.set_hyperlink("http://a", "1")
    term.feed("\x1b[58;5;1ma\x1b[mb")
    term.screen.set_hyperlink("", "")
    term.feed("c")
    extras = term.screen.extras
    assert [extras.hyperlink(term.extra(0, i)) for i in range(3)] == [
        ("http://a", "1"),
        ("http://a", "1"),
        None,
    ]
    assert extras.link_ids[term.extra(0, 0)] == extras.link_ids[term.extra(0, 1)] != 0


def test_unused_extras_are_swept_and_used_ones_stay(make_term):
    term = make_term(4, 10, history=50)
    term.screen.set_hyperlink("kept in history", "")
    term.feed("link")
    term.screen.set_hyperlink("", "")
    term.feed("\r\n" * 10)
    for number in range(5000):
        term.screen.set_hyperlink(f"http://{number}", "")
        term.feed("\rx")
    assert len(term.screen.extras) < 2048
    extra = int(term.screen.history.cells(0)[0, 3]) >> 16
    assert term.screen.extras.hyperlink(extra) == ("kept in history", "")
    assert term.screen.extras.hyperlink(term.extra(3, 0)) == ("http://4999", "")


def test_sgr_from_python(term):
    term.screen.select_graphic_rendition([[1], [38, 2, -1, 1, 2, 3]])
    term.feed("x")
    assert term.fg(0, 0) == cells.COLOR_RGB | 0x010203
    assert term.attrs(0, 0) == cells.BOLD
