"""Replies: device attributes, status, settings, presentation state, window facts."""

import pytest
from talk import Talk

from gputerm.vt import WindowFacts, report


def test_primary_device_attributes_list_what_there_is():
    assert Talk().ask("\x1b[c") == "\x1b[?65;1;6;9;15;17;21;22;28;52c"
    assert Talk().ask("\x1b[0c") == Talk().ask("\x1bZ")
    assert Talk().ask("\x1b[1c") == ""


@pytest.mark.parametrize(
    ("level", "first", "second"), [(1, "1;2", 0), (2, "62;1", 1), (3, "63;1", 24), (4, "64;1", 41)]
)
def test_device_attributes_follow_the_level(level, first, second):
    t = Talk()
    t.feed(f'\x1b[{60 + level}"p')
    assert t.ask("\x1b[c").startswith(f"\x1b[?{first}")
    assert t.ask("\x1b[>c") == f"\x1b[>{second};410;0c"


def test_other_device_attributes():
    t = Talk(name="term", version="1.2")
    assert t.ask("\x1b[=c") == "\x1bP!|00000000\x1b\\"
    assert t.ask("\x1b[>q") == "\x1bP>|term(1.2)\x1b\\"
    assert t.ask("\x1b[x\x1b[1x\x1b[2x") == "\x1b[2;1;1;128;128;1;0x\x1b[3;1;1;128;128;1;0x"


def test_cursor_position():
    t = Talk()
    t.feed("\x1b[3;5H")
    assert t.ask("\x1b[6n") == "\x1b[3;5R"
    assert t.ask("\x1b[?6n") == "\x1b[?3;5;1R"
    t.feed("\x1b[?69h\x1b[2;4r\x1b[3;9s\x1b[?6h\x1b[2;3H")
    assert t.ask("\x1b[6n") == "\x1b[2;3R"


@pytest.mark.parametrize(
    ("request_", "reply"),
    [
        ("5", "\x1b[0n"),
        ("?5", "\x1b[?0n"),
        ("?15", "\x1b[?13n"),
        ("?25", "\x1b[?21n"),
        ("?26", "\x1b[?27;1;0;0n"),
        ("?53", "\x1b[?53n"),
        ("?55", "\x1b[?53n"),
        ("?56", "\x1b[?57;0n"),
        ("?62", "\x1b[0*{"),
        ("?63;7", "\x1bP7!~0000\x1b\\"),
        ("?75", "\x1b[?70n"),
        ("?85", "\x1b[?83n"),
        ("?31337", ""),
        ("31337", ""),
    ],
)
def test_status(request_, reply):
    assert Talk().ask(f"\x1b[{request_}n") == reply


def test_keyboard_status_by_level():
    for level, reply in ((2, "27;1"), (3, "27;1;0"), (4, "27;1;0;0")):
        t = Talk()
        t.feed(f'\x1b[{60 + level}"p')
        assert t.ask("\x1b[?26n") == f"\x1b[?{reply}n"


@pytest.mark.parametrize(
    ("before", "final", "setting"),
    [
        ("", "m", "0m"),
        ("\x1b[1;3;4;5;7;8;9;53m", "m", "0;1;3;5;7;8;9;53;4m"),
        ("\x1b[2;4:3;58:5:9m", "m", "0;2;4:3;58:5:9m"),
        ("\x1b[31;102m", "m", "0;31;102m"),
        ("\x1b[38;5;200;48:2::1:2:3m", "m", "0;38:5:200;48:2::1:2:3m"),
        ("\x1b[2;4r", "r", "2;4r"),
        ("\x1b[?69h\x1b[2;9s", "s", "2;9s"),
        ("\x1b[5 q", " q", "5 q"),
        ('\x1b[1"q', '"q', '1"q'),
        ("", '"p', '65;1"p'),
        ("\x1b[2*x", "*x", "2*x"),
        ("", "t", "6t"),
        ("", "*|", "6*|"),
        ("", "$|", "80$|"),
        ("", "$}", "0$}"),
        ("", "$~", "0$~"),
        ("\x1b[>4;2m", ">4m", ">4;2m"),
    ],
)
def test_settings(before, final, setting):
    t = Talk()
    t.feed(before)
    assert t.ask(f"\x1bP$q{final}\x1b\\") == f"\x1bP1$r{setting}\x1b\\"


def test_rendition_told_is_rendition_taken():
    """What DECRQSS answers for SGR, sent back, gives the same rendition."""
    t = Talk()
    t.feed("\x1b[1;2;3;4:5;5;7;8;9;53;38:2::9:8:7;48;5;77;58:2::1:2:3m")
    told = t.ask("\x1bP$qm\x1b\\")[len("\x1bP1$r") : -len("\x1b\\")]
    t.feed("\x1b[m\x1b[" + told)
    assert t.ask("\x1bP$qm\x1b\\") == f"\x1bP1$r{told}\x1b\\"


@pytest.mark.parametrize("request_", ["", "x", "mm", " ", "\x1c", "q" * 5000, "$q", "1$r0m"])
def test_invalid_settings_get_a_fixed_refusal(request_):
    assert Talk().ask(f"\x1bP$q{request_}\x1b\\") == "\x1bP0$r\x1b\\"


def test_cursor_information():
    t = Talk()
    t.feed('\x1b[2;3H\x1b[1;4;5;7m\x1b[1"q\x1b[?6h\x1b[2;3H\x1b)0\x1b*A\x1b.B\x1b+%5\x0e')
    assert t.ask("\x1b[1$w") == "\x1bP1$u2;3;1;O;A;A;1;2;D;B0B%5\x1b\\"


def test_pending_wrap_is_reported():
    t = Talk()
    t.feed("x" * 20)
    assert t.ask("\x1b[1$w") == "\x1bP1$u1;20;1;@;@;H;0;2;@;BBBB\x1b\\"


def test_tab_stops_are_reported():
    t = Talk()
    assert t.ask("\x1b[2$w") == "\x1bP2$u9/17\x1b\\"
    t.feed("\x1b[3g\x1b[5G\x1bH")
    assert t.ask("\x1b[2$w") == "\x1bP2$u5\x1b\\"
    t.feed("\x1b[?5W")
    assert t.ask("\x1b[2$w") == "\x1bP2$u9/17\x1b\\"
    t.feed("\x1b[3g\x1b[?4W")  # DECST8C is 5.
    assert t.ask("\x1b[2$w") == "\x1bP2$u\x1b\\"


def test_presentation_state_comes_back():
    t = Talk()
    t.feed("\x1b[4;7H\x1b[1;7m\x1b(0\x1b[3g\x1b[5G\x1bH\x1b[4;7H")
    cursor, stops = t.ask("\x1b[1$w"), t.ask("\x1b[2$w")
    t.feed("\x1b[!p\x1b[H\x1b[?5W")
    for told, which in ((cursor, "1"), (stops, "2")):
        t.feed(f"\x1bP{which}$t" + told[5:])
        assert t.ask(f"\x1b[{which}$w") == told
    t.feed("q")
    assert "─" in t.screen()[3]


@pytest.mark.parametrize(
    "state",
    ["", "1", "0;0;1;@;@;@;0;2;@;BBBB", "2;3;1;@;@;@;9;2;@;BBBB", "2;3;1;@;@;@;0;2;@;BBB",
     "2;3;1;;@;@;0;2;@;BBBB", "99999999999;3;1;@;@;@;0;2;@;BBBB", "2;3;1;@;@;@;0;2;@;%",
     "2;3;1;\xff;@;@;0;2;@;BBBB", ";" * 500],
)  # fmt: skip
def test_malformed_presentation_state_does_nothing(state):
    t = Talk()
    before = t.ask("\x1b[1$w")
    t.feed(f"\x1bP1$t{state}\x1b\\\x1bP2$t1/x\x1b\\\x1bP9$t1\x1b\\")
    assert t.ask("\x1b[1$w") == before


def test_window_facts():
    t = Talk()
    assert t.ask("\x1b[14t\x1b[15t\x1b[16t") == ""  # Unknown is not zero.
    t.terminal.set_window(WindowFacts(160, 96, 170, 116, 800, 480, 5, 6, iconified=True))
    assert t.ask("\x1b[11t") == "\x1b[2t"
    assert t.ask("\x1b[13t") == "\x1b[3;5;6t"
    assert t.ask("\x1b[14t") == "\x1b[4;96;160t"
    assert t.ask("\x1b[14;2t") == "\x1b[4;116;170t"
    assert t.ask("\x1b[15t") == "\x1b[5;480;800t"
    assert t.ask("\x1b[16t") == "\x1b[6;16;8t"
    assert t.ask("\x1b[18t") == "\x1b[8;6;20t"
    assert t.ask("\x1b[19t") == "\x1b[9;30;100t"


def test_colour_and_rendition_stacks():
    t = Talk()
    assert t.ask("\x1b[#R") == "\x1b[?0;0#Q"
    t.feed("\x1b]4;1;#111111\a\x1b[#P\x1b]4;1;#222222\a\x1b[#P")
    assert t.ask("\x1b[#R") == "\x1b[?2;2#Q"
    t.feed("\x1b]4;1;#333333\a\x1b[#Q")
    assert t.terminal.palette.get(1) == 0x222222
    t.feed("\x1b[1#Q")
    assert t.terminal.palette.get(1) == 0x111111
    for push, pop in (("{", "}"), ("p", "q")):
        t.feed(f"\x1b[0;1;31m\x1b[#{push}\x1b[0;4m\x1b[#{pop}")
        assert t.ask("\x1bP$qm\x1b\\") == "\x1bP1$r0;1;31m\x1b\\"
    t.feed("\x1b[#}\x1b[#q\x1b[#Q\x1b[#Q\x1b[#Q")  # Empty stacks.


def test_rendition_of_a_rectangle():
    t = Talk(test_reports=True)
    t.feed("\x1b[1;31ma\x1b[1;3;31mb\x1b[1;32mc")
    assert t.ask("\x1b[1;1;1;2#|") == "\x1b[0;1;31m"
    assert t.ask("\x1b[1;1;1;3#|") == "\x1b[0;1m"
    assert t.ask("\x1b[9;9;1;1#|") == ""


def test_every_advertised_extension_is_documented():
    advertised = Talk().ask("\x1b[c")[len("\x1b[?65;") : -1].split(";")
    assert [int(number) for number in advertised] == list(report.EXTENSIONS)
