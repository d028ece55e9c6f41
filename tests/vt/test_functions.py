"""What is listed works: every row's example is understood, and everything understood is listed."""

import logging

import pytest
from talk import Talk

from gputerm.vt import charset
from gputerm.vt.functions import osc
from gputerm.vt.functions.catalogue import CSI, DCS, ESC, FUNCTIONS


@pytest.fixture
def _no_unhandled(caplog):
    """Fails when a sequence was not understood."""
    caplog.set_level(logging.DEBUG, logger="gputerm.vt.machine")
    yield
    assert not caplog.records, caplog.text


@pytest.mark.usefixtures("_no_unhandled")
@pytest.mark.parametrize("row", FUNCTIONS, ids=lambda row: f"{row.kind} {row.key!r}")
def test_every_example_is_understood(row):
    Talk(test_reports=True).feed(row.sequence)


@pytest.mark.usefixtures("_no_unhandled")
@pytest.mark.parametrize("command", osc.OSC_COMMANDS, ids=lambda command: f"OSC {command.number}")
@pytest.mark.parametrize("terminator", ["\a", "\x1b\\"])
def test_every_operating_system_command_is_understood(command, terminator):
    events = Talk().feed(f"\x1b]{command.number};{command.example}{terminator}")
    assert events or command.number in (8, 50)


def test_no_function_is_listed_twice():
    kinds = [row for row in FUNCTIONS if row.kind in ("CSI", "ESC", "DCS")]
    assert len(CSI) + len(ESC) + len(DCS) == len(kinds)
    assert len({command.number for command in osc.OSC_COMMANDS}) == len(osc.OSC_COMMANDS)


def test_rows_of_screen_have_no_code_here_and_the_others_do():
    """A row that Screen hands on has something to run: the example shows which it is."""
    seen = []

    class Listener:
        def __getattr__(self, name):
            return lambda *arguments: seen.append((name, arguments))

    from gputerm.vt.core.parser import Parser
    from gputerm.vt.core.screen import Screen

    for row in FUNCTIONS:
        seen.clear()
        Parser(Screen(6, 20, 10, Listener())).feed(row.sequence)
        has_code = row.run is not None or row.run_string is not None
        assert has_code == bool(seen) or row.key in ("\a", "\x05"), row


@pytest.mark.parametrize(
    "data",
    ["\x1b[?9999h", "\x1b[99h", "\x1b[5;3y", "\x1b[>7q\x1b[=5~", "\x1b(%", "\x1b!x",
     "\x1b]1234;x\a", "\x1bP9z\x1b\\", "\x1b_Gi=1;AAAA\x1b\\", "\x1b^private\x1b\\",
     "\x1bXstring\x1b\\", "\x1b[12t"],
)  # fmt: skip
def test_what_is_unknown_does_nothing(data):
    t = Talk()
    assert t.feed(data) == []
    assert t.screen() == [""] * 6


def test_an_unknown_sequence_is_logged_once_and_without_its_text(caplog):
    caplog.set_level(logging.DEBUG, logger="gputerm.vt.machine")
    t = Talk()
    t.feed("\x1b]1234;secret\a" * 3)
    assert [record.getMessage() for record in caplog.records] == ["not understood: OSC 1234"]


# Character sets


def _designator(set_):
    introducer = "(" if set_.size == 94 else "-"
    return f"\x1b{introducer}{set_.final}"


@pytest.mark.parametrize("i", range(len(charset.CHARSETS)))
def test_every_character_set_prints_its_characters(i):
    set_ = charset.CHARSETS[i]
    assert len(set_.table) == charset.SIZE
    t = Talk(columns=80)
    t.feed("\x1b[?42h" + _designator(set_) + ("\x0e" if set_.size == 96 else ""))
    codes = [code for code in range(0x21, 0x7F) if set_.table[code - 0x20] != "\ufffd"]
    for code in codes:
        character = set_.table[code - 0x20]
        if character in "\xad\u200e\u200f":  # Format characters take no cell.
            continue
        t.feed(b"\r\x1b[K" + bytes([code]))
        assert t.terminal.line_text(t.terminal.cursor_line) == character.rstrip("\xa0 ") or (
            character == "\xa0"
        )


def test_national_sets_need_their_mode():
    t = Talk()
    t.feed("\x1b(K[\x1b[?42h\x1b(K[")
    assert t.screen()[0] == "[Ä"


def test_an_unknown_set_is_ascii():
    t = Talk()
    t.feed("\x1b(0q\x1b(Xq")
    assert t.screen()[0] == "─q"


def test_sets_have_levels():
    t = Talk()
    t.feed('\x1b[62"p\x1b(>a')
    assert t.screen()[0] == "a"
    t.feed('\x1b[63"p\x1b(>a')
    assert t.screen()[0] == "aα"


# Line sizes


def test_line_sizes():
    t = Talk()
    for final, size in (("6", 1), ("3", 2), ("4", 3), ("5", 0)):
        t.feed(f"\x1b#{final}")
        assert t.terminal.row_flags(t.terminal.screen_top) >> 1 & 3 == size
