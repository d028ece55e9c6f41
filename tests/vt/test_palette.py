"""Colours: specifications, the palette, and the commands that set, ask and reset them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from talk import Talk

from gputerm.vt import palette as p
from gputerm.vt.events import PaletteChanged
from gputerm.vt.functions.color_spec import format_color, parse_color


@pytest.mark.parametrize(
    ("spec", "color"),
    [
        ("rgb:1/2/3", 0x112233),
        ("rgb:12/34/56", 0x123456),
        ("rgb:123/456/789", 0x124578),
        ("rgb:1234/5678/9abc", 0x12569A),
        ("rgb:f/ff/ffff", 0xFFFFFF),
        ("RGB:ff/00/00", 0xFF0000),
        ("#123", 0x102030),
        ("#123456", 0x123456),
        ("#123456789", 0x124578),
        ("#123456789abc", 0x12569A),
        ("red", 0xFF0000),
        ("Navy Blue", 0x000080),
        ("gray50", 0x7F7F7F),
        ("grey0", 0x000000),
        # What xterm, that is Xlib, makes of these.
        ("rgbi:0.5/0.5/0.5", 0xC1BBBB),
        ("CIEXYZ:0.5/0.5/0.5", 0xDDB5A0),
        ("CIEuvY:0.5/0.5/0.5", 0xFFA3AE),
        ("CIExyY:0.5/0.5/0.5", 0xF7B30E),
        ("CIELab:1/1/1", 0x6C6767),
        ("CIELuv:1/1/1", 0x16140E),
        ("TekHVC:1/1/1", 0x1A130F),
        ("rgbi:1/1/1", 0xFFFFFF),
        ("CIEXYZ:1/1/1", 0xFFFFFF),
    ],
)
def test_colour_specifications(spec, color):
    assert parse_color(spec) == color


@pytest.mark.parametrize(
    "spec",
    ["", "#", "#1", "#12", "#12345", "#1234567890abc", "#12345g", "rgb:", "rgb:1/2", "rgb:1/2/3/4",
     "rgb:12345/0/0", "rgb:/0/0", "rgb:-1/0/0", "rgbi:2/0/0", "rgbi:nan/0/0", "CIEXYZ:inf/0/0",
     "CIELab:101/0/0", "TekHVC:0/-1/0", "CIExyY:0/0/1", "no such colour", "ｒｅｄ", "x" * 10000,
     "rgb:\u0661/0/0"],
)  # fmt: skip
def test_what_is_no_colour(spec):
    assert parse_color(spec) is None


@given(st.text(max_size=70))
def test_no_text_breaks_the_colour_parser(text):
    for spec in (text, "#" + text, "rgb:" + text, "cieluv:" + text):
        color = parse_color(spec)
        assert color is None or 0 <= color <= 0xFFFFFF


@given(
    st.sampled_from(["CIEXYZ", "CIEuvY", "CIExyY", "CIELab", "CIELuv", "TekHVC", "rgbi"]),
    st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 3),
)
@example("CIEXYZ", (4.49423283715579e307, 1.0, 0.0))
def test_no_numbers_break_the_colour_parser(kind, numbers):
    color = parse_color(f"{kind}:" + "/".join(map(str, numbers)))
    assert color is None or 0 <= color <= 0xFFFFFF


def test_a_colour_told_is_a_colour_taken():
    for color in (0, 0xFFFFFF, 0x123456):
        assert parse_color(format_color(color)) == color


def test_default_colours():
    values = p.Palette().values
    assert values.shape == (p.SIZE,)
    assert (values[1], values[16], values[21], values[231], values[232], values[255]) == (
        0xCD0000, 0x000000, 0x0000FF, 0xFFFFFF, 0x080808, 0xEEEEEE,
    )  # fmt: skip
    assert values[p.CURSOR] == p.UNSET


def test_indexed_colours():
    t = Talk()
    assert t.feed("\x1b]4;1;red;2;#00ff00;999;blue;x;blue;3\a") == [PaletteChanged()]
    assert t.ask("\x1b]4;1;?;2;?\x1b\\") == (
        "\x1b]4;1;rgb:ffff/0000/0000\x1b\\\x1b]4;2;rgb:0000/ffff/0000\x1b\\"
    )
    t.feed("\x1b]104;1\a")
    assert t.terminal.palette.get(1) == 0xCD0000
    assert t.terminal.palette.get(2) == 0x00FF00
    t.feed("\x1b]104\a")
    assert t.terminal.palette.get(2) == 0x00CD00


def test_the_answer_ends_as_the_question_did():
    t = Talk()
    assert t.ask("\x1b]10;?\a").endswith("\a")
    assert t.ask("\x1b]10;?\x1b\\").endswith("\x1b\\")


def test_dynamic_colours_go_on_with_the_next_number():
    t = Talk()
    t.feed("\x1b]10;#111111;#222222;#333333\a")
    assert t.ask("\x1b]10;?;?;?\a") == (
        "\x1b]10;rgb:1111/1111/1111\a\x1b]11;rgb:2222/2222/2222\a\x1b]12;rgb:3333/3333/3333\a"
    )
    t.feed("\x1b]19;red;green\a\x1b]110\a\x1b]112\a")
    assert t.terminal.palette.get(p.SELECTION_FOREGROUND) == 0xFF0000
    assert t.terminal.palette.get(p.FOREGROUND) == 0xD8D8D8
    assert not t.terminal.palette.is_set(p.CURSOR)
    assert t.terminal.palette.get(p.BACKGROUND) == 0x222222


@pytest.mark.parametrize("number", range(10, 20))
def test_every_dynamic_colour_is_set_and_reset(number):
    t = Talk()
    before = t.ask(f"\x1b]{number};?\a")
    t.feed(f"\x1b]{number};#123456\a")
    assert t.ask(f"\x1b]{number};?\a") == f"\x1b]{number};rgb:1212/3434/5656\a"
    t.feed(f"\x1b]{number + 100}\a")
    assert t.ask(f"\x1b]{number};?\a") == before


def test_an_unset_colour_is_answered_by_its_stand_in():
    t = Talk()
    assert t.ask("\x1b]12;?\a") == "\x1b]12;rgb:d8d8/d8d8/d8d8\a"
    assert t.ask("\x1b]19;?\a") == "\x1b]19;rgb:1818/1818/1818\a"


def test_special_colours_by_either_number():
    t = Talk()
    t.feed("\x1b]5;0;#111111\a\x1b]4;257;#222222\a")
    assert t.ask("\x1b]4;256;?\a") == "\x1b]4;256;rgb:1111/1111/1111\a"
    assert t.ask("\x1b]5;1;?\a") == "\x1b]5;1;rgb:2222/2222/2222\a"
    t.feed("\x1b]105;0\a\x1b]104;257\a")
    assert not t.terminal.palette.is_set(p.SPECIAL)
    assert not t.terminal.palette.is_set(p.SPECIAL + 1)


def test_colours_by_name():
    t = Talk()
    t.feed("\x1b]21;foreground=#010203;7=red;cursor_text=blue;nonsense=red\a")
    assert t.ask("\x1b]21;foreground=?;7=?;cursor=?;nonsense=?;300=?\a") == (
        "\x1b]21;foreground=rgb:0101/0202/0303;7=rgb:ffff/0000/0000;cursor=\a"
    )
    t.feed("\x1b]21;foreground;7=;cursor_text=\a")
    assert t.terminal.palette.get(p.FOREGROUND) == 0xD8D8D8
    assert t.terminal.palette.get(7) == 0xE5E5E5
    assert not t.terminal.palette.is_set(p.CURSOR_TEXT)


def test_the_stack_of_palettes_is_bounded():
    palette = p.Palette()
    for color in range(50):
        palette.set(1, color)
        palette.push()
    assert palette.position == palette.pushed == p.MAX_STACK
    palette.push(11)
    palette.pop()
    assert palette.get(1) == 9
    assert palette.pop(99) is False


@pytest.mark.parametrize(
    ("sequences", "position", "pushed"),  # as xterm 379 answers them
    [
        (["P"], 1, 1),
        (["3P"], 3, 0),
        (["3P", "P"], 4, 4),
        (["P", "3P"], 3, 1),
        (["1;2P"], 2, 0),
        (["P", "3Q"], 1, 1),
        (["P", "P", "P", "1Q"], 0, 3),
        (["P", "P", "P", "1Q", "3Q"], 2, 3),
        (["3P", "Q", "Q"], 2, 0),
        (["Q"], 0, 0),
        (["10P", "P"], 10, 0),
        (["11P"], 0, 0),
    ],
)
def test_where_the_stack_of_palettes_stands_is_told(sequences, position, pushed):
    t = Talk()
    for sequence in sequences:
        t.feed(f"\x1b[{sequence[:-1]}#{sequence[-1]}")
    assert t.ask("\x1b[#R") == f"\x1b[?{position};{pushed}#Q"


def test_stack_positions():
    t = Talk()
    t.feed("\x1b]4;1;#111111\a\x1b[#P\x1b]4;1;#222222\a\x1b[2#P\x1b]4;1;#333333\a")
    for sequence, color in (("\x1b[#Q", 0x222222), ("\x1b[#Q", 0x111111), ("\x1b[2#Q", 0x222222)):
        t.feed(sequence)
        assert t.terminal.palette.get(1) == color


@pytest.mark.parametrize("number", [4, 5, *range(10, 20), 21, 104, 105, *range(110, 120)])
@pytest.mark.parametrize(
    "payload", ["", ";", "?", "x", ";;;;", "-1;nope", "1", "1;", "99999999999;?"]
)
def test_malformed_colour_commands_change_nothing_but_by_reset(number, payload):
    t = Talk()
    before = t.terminal.palette.values.copy()
    t.feed(f"\x1b]{number};{payload}\a\x1b]{number}\a")
    assert (t.terminal.palette.values == before).all()


@pytest.mark.parametrize("zeros", [1, 5, 6, 7, 5000])
def test_leading_zeros_do_not_matter(zeros):
    t = Talk()
    o = "0" * zeros
    assert (
        t.feed(f"\x1b]{o}4;{o}1000;?\a\x1b]4;{o}1000=?\a\x1b]5;{o}9;?\a\x1b]21;{o}1000=?\a") == []
    )
    t.feed(f"\x1b]4;{o}1;#111111\a\x1b]{o}5;{o}1;#222222\a\x1b]21;{o}2=#333333\a")
    assert [t.terminal.palette.get(i) for i in (1, p.SPECIAL + 1, 2)] == [
        0x111111,
        0x222222,
        0x333333,
    ]
    t.feed(f"\x1b]104;{o}1000;{o}1\a\x1b]105;{o}9;{o}1\a")
    assert t.terminal.palette.get(1) == 0xCD0000
    assert not t.terminal.palette.is_set(p.SPECIAL + 1)
