"""Modes: every row is answered, set and reset as it says; resets and saving."""

import pytest
from talk import Talk

from gputerm.vt.modes import BY_NUMBER, MODES, DecMode


def _ask(t, mode):
    mark = "?" if mode.private else ""
    reply = t.ask(f"\x1b[{mark}{mode.number}$p")
    prefix = f"\x1b[{mark}{mode.number};"
    assert reply.startswith(prefix)
    assert reply.endswith("$y")
    return int(reply[len(prefix) : -2])


def _set(t, mode, on):
    t.feed(f"\x1b[{'?' if mode.private else ''}{mode.number}{'h' if on else 'l'}")


def test_no_mode_is_listed_twice():
    assert len(BY_NUMBER) == len(MODES)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: f"{mode.number}-{mode.name}")
def test_decrqm_tells_the_truth(mode):
    t = Talk(resize_at_once=True)
    t.feed("\x1b[?40h")  # For mode 3.
    if mode.fixed is not None:
        _set(t, mode, not mode.fixed)
        assert _ask(t, mode) == (3 if mode.fixed else 4)
        return
    if mode.number != 40:
        assert _ask(t, mode) == (1 if mode.default else 2)
    for on in (True, False, True):
        _set(t, mode, on)
        assert _ask(t, mode) == (1 if on else 2)


def test_unknown_modes_are_unknown():
    t = Talk()
    assert t.ask("\x1b[?31337$p") == "\x1b[?31337;0$y"
    assert t.ask("\x1b[6$p") == "\x1b[6;0$y"
    assert t.feed("\x1b[?31337h\x1b[99h") == []


def test_modes_come_with_their_level():
    t = Talk()
    t.feed('\x1b[62;1"p')
    assert t.ask("\x1b[?7$p") == ""  # Level 2 has no DECRQM.
    t.feed('\x1b[63;1"p\x1b[?69h')
    assert t.ask("\x1b[?69$p") == "\x1b[?69;0$y"
    assert t.ask("\x1b[?95$p") == "\x1b[?95;0$y"
    t.feed('\x1b[64;1"p\x1b[?69h')
    assert t.ask("\x1b[?69$p") == "\x1b[?69;1$y"


def test_saved_modes_come_back():
    t = Talk()
    t.feed("\x1b[?7;2004s\x1b[?7l\x1b[?2004h\x1b[?7;2004;1000r")
    assert t.terminal.modes.get_mode(DecMode.DECAWM)
    assert not t.terminal.modes.get_mode(DecMode.BRACKETED_PASTE)


def test_restoring_what_was_never_saved_does_nothing():
    t = Talk()
    t.feed("\x1b[?2004h\x1b[?2004r")
    assert t.terminal.modes.get_mode(DecMode.BRACKETED_PASTE)


def test_several_modes_at_once():
    t = Talk()
    t.feed("\x1b[?1;2004;31337;1004h")
    assert t.terminal.modes.get_mode(DecMode.DECCKM)
    assert t.terminal.modes.get_mode(DecMode.BRACKETED_PASTE)
    assert t.terminal.focus_reporting


def test_soft_reset():
    t = Talk()
    t.feed("text\x1b[?1;6;7;66;2004h\x1b[4h\x1b[2;3r\x1b[1;31m\x1b[>4;2m\x1b[>1u\x1b[4 q\x1b[!p")
    assert t.screen()[0] == "text"
    for mode in (DecMode.DECCKM, DecMode.DECOM, DecMode.DECNKM):
        assert not t.terminal.modes.get_mode(mode)
    assert t.terminal.modes.get_mode(DecMode.DECAWM)
    assert t.terminal.modes.get_mode(DecMode.BRACKETED_PASTE)  # Not DECSTR's business.
    assert not t.terminal.screen.insert
    assert t.ask("\x1bP$qr\x1b\\") == "\x1bP1$r1;6r\x1b\\"
    assert t.ask("\x1bP$qm\x1b\\") == "\x1bP1$r0m\x1b\\"
    assert t.terminal.key_options.modify_other_keys == 0
    assert t.terminal.key_options.kitty_flags == 0
    assert t.terminal.cursor_shape == "block"


def test_full_reset_is_a_new_terminal():
    t, fresh = Talk(), Talk()
    t.feed("\x1b[31mtext\r\n\n\n\n\n\n\n\n\x1b[?1;5;6;45;66;67;69;1000;1004;1006;2004;2026;2031h")
    t.feed("\x1b[2;20h\x1b[12l\x1b(0\x1b*A\x1b[4 q\x1b[>4;2m\x1b[>5u\x1b[?1049h\x1b[>3u")
    t.feed("\x1b]2;title\a\x1b[22t\x1b]4;1;#123456\a\x1b]10;#123456\a\x1b[#P\x1b[#{\x1b]22;wait\a")
    t.feed('\x1b]8;;x:y\a\x1b]133;A\a\x1b[2*x\x1b[62;2"p\x1b[>0t\x1b[1;2;3;4;5;6;7;8g\x1b[3g')
    t.feed("\x1bc")
    a, b = t.terminal, fresh.terminal
    assert t.screen() == fresh.screen()
    assert a.first_line == a.screen_top
    assert not a.alternate
    assert a.modes.private_numbers == b.modes.private_numbers
    assert a.key_options == b.key_options
    assert a.mouse_options == b.mouse_options
    assert a.palette.values.tolist() == b.palette.values.tolist()
    assert (a.palette.position, a.palette.pushed) == (0, 0)
    assert (a.title, a.cursor, a.cursor_style) == (b.title, b.cursor, b.cursor_style)
    assert len(a.blocks) == 0
    settings = "".join(f"\x1bP$q{final}\x1b\\" for final in ("m", "r", "s", '"p', '"q', "*x"))
    queries = settings + "\x1b[1$w\x1b[2$w\x1b[?u"
    assert t.ask(queries) == fresh.ask(queries)


def test_eight_bit_replies():
    t = Talk()
    t.feed("\x1b G")
    assert t.ask("\x1b[5n") == "\x9b0n"
    assert t.ask("\x1bP$qr\x1b\\") == "\x901$r1;6r\x9c"
    t.feed("\x1b F")
    assert t.ask("\x1b[5n") == "\x1b[0n"


def test_conformance_level():
    t = Talk()
    assert t.ask('\x1bP$q"p\x1b\\') == '\x1bP1$r65;1"p\x1b\\'
    t.feed('\x1b[64"p')
    assert t.ask('\x1bP$q"p\x1b\\') == '\x1bP1$r64;1"p\x1b\\'
    t.feed('\x1b[66;1"p\x1b[1"p')
    assert t.ask('\x1bP$q"p\x1b\\') == '\x1bP1$r64;1"p\x1b\\'
    t.feed('\x1b[64;2"p')
    assert t.ask("\x1b[5n") == "\x9b0n"


def test_kitty_flags_are_of_the_screen():
    t = Talk()
    t.feed("\x1b[>1u\x1b[>3u")
    assert t.ask("\x1b[?u") == "\x1b[?3u"
    t.feed("\x1b[?1049h")
    assert t.ask("\x1b[?u") == "\x1b[?0u"
    t.feed("\x1b[=5;1u\x1b[=2;2u\x1b[=1;3u")
    assert t.terminal.key_options.kitty_flags == 6
    t.feed("\x1b[?1049l")
    assert t.ask("\x1b[?u") == "\x1b[?3u"
    t.feed("\x1b[<u")
    assert t.ask("\x1b[?u") == "\x1b[?1u"
    t.feed("\x1b[<9u")
    assert t.ask("\x1b[?u") == "\x1b[?0u"


def test_unknown_kitty_flags_are_dropped():
    t = Talk()
    t.feed("\x1b[>65535u")
    assert t.ask("\x1b[?u") == "\x1b[?31u"
    t.feed("\x1b[=1;9u")
    assert t.ask("\x1b[?u") == "\x1b[?31u"
