"""What parsing costs: no slice does more than its worth, and where it pauses changes nothing."""

import random

import pytest
from streams import check_split, make, state, stream

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core.budget import PAUSE

SLICE = 1 << 16
LINES, COLUMNS = 50, 200
SCREEN = LINES * COLUMNS

PAIRS = b";".join(b"%d;TekHVC:10/50/90" % number for number in range(256))

#: What to begin with, what to repeat, and how many of it a slice may do: about
#: what the cells, items and calls of handlers allow.
FLOODS = {
    "REP": (b"", b"a\x1b[65535b", 2),
    "REP of wide characters": (b"", "あ\x1b[65535b".encode(), 2),
    "REP that inserts": (b"\x1b[4h", b"a\x1b[65535b", 2),
    "RIS": (b"", b"\x1bc", 10),
    "DECALN": (b"", b"\x1b#8", 10),
    "ED": (b"\x1b[41m", b"\x1b[2J", 10),
    "ED of a full screen": (b"", b"\x1b#8\x1b[2J", 10),
    "ED of history": (b"", b"x\n\x1b[3J", 100),
    "DECSED": (b'\x1b[1"q' + b"x" * SCREEN, b"\x1b[?2J", 10),
    "SU": (b"\x1b[41m", b"\x1b[65535S", 10),
    "SD": (b"\x1b[41m", b"\x1b[65535T", 10),
    "IL": (b"\x1b[41m", b"\x1b[65535L", 10),
    "DL": (b"\x1b[41m", b"\x1b[65535M", 10),
    "ICH": (b"\x1b#8", b"\x1b[2@", 1000),
    "DCH": (b"\x1b#8", b"\x1b[2P", 1000),
    "DECIC": (b"\x1b#8", b"\x1b[1'}", 20),
    "SL": (b"\x1b#8", b"\x1b[1 @", 20),
    "line feeds in colour": (b"\x1b[41m\x1b[999B", b"\n", 400),
    "line feeds in colour among text": (b"\x1b[41m\x1b[999B", "é\n".encode(), 400),
    "scrolling within margins": (b"\x1b#8\x1b[?69h\x1b[2;100s\x1b[50;50H", b"\n", 100),
    "DECCRA": (b"\x1b#8", b"\x1b[1;1;50;200;1;2;2;1$v", 4),
    "DECFRA": (b"", b"\x1b[88;1;1;50;200$x", 10),
    "DECERA": (b"\x1b#8", b"\x1b[1;1;50;200$z", 20),
    "DECCARA": (b"\x1b#8", b"\x1b[1;1;50;200;1$r", 10),
    "DECRARA": (b"\x1b#8", b"\x1b[1;1;50;200;1$t", 10),
    "DECRQCRA": (b"\x1b#8", b"\x1b[1;1;1;1;50;200*y", 1),
    "XTREPORTSGR": (b"\x1b#8", b"\x1b[1;1;50;200#|", 4),
    "the alternate screen": (b"\x1b[41m", b"\x1b[?1049h\x1b[?1049l", 10),
    "CSI 8 t": (b"", b"\x1b[8;50;100t\x1b[8;50;200t", 1),
    "DECCOLM": (b"\x1b[?40h", b"\x1b[?3h\x1b[?3l", 1),
    "many modes": (b"", b"\x1b[?" + b"2048;" * 31 + b"1h", 8),
    "DECRQM": (b"", b"\x1b[?1$p", 120),
    "DA1": (b"", b"\x1b[c", 120),
    "DECRQSS": (b"", b"\x1bP$qm\x1b\\", 120),
    "titles": (b"", b"\x1b]2;a\a\x1b]2;b\a", 60),
    "OSC 4 that sets": (b"", b"\x1b]4;" + PAIRS + b"\a", 1),
    "OSC 4 that asks": (b"", b"\x1b]4;" + b"1;?;" * 256 + b"\a", 1),
    "OSC 21": (b"", b"\x1b]21;" + b"1=?;" * 500 + b"\a", 1),
    "OSC 104": (b"", b"\x1b]104\a", 120),
    "OSC 104 with numbers": (b"", b"\x1b]104;" + b"1;" * 500 + b"\a", 1),
    "XTGETTCAP": (b"", b"\x1bP+q" + b"436F;" * 256 + b"\x1b\\", 1),
    "hyperlinks": (b"", b"\x1b]8;;http://x/\a", 120),
    "shell marks": (b"", b"\x1b]133;A\a", 60),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_slice_does_no_more_than_it_is_worth(name):
    before, flood, most = FLOODS[name]
    options = TerminalOptions(resize_at_once=True, test_reports=True)
    terminal = Terminal(LINES, COLUMNS, options.replace(history=100))
    terminal.feed(before)
    data = flood * (2 * SLICE // len(flood) + 3)
    for _ in range(3):
        done, _ = terminal.feed_some(data, SLICE)
        assert 0 < done <= len(flood) * (most + 1), done / len(flood)
        data = data[done:]


def test_plain_text_costs_its_bytes():
    terminal = Terminal(LINES, COLUMNS)
    text = b"word " * 20 + b"\r\n"
    done, _ = terminal.feed_some(text * 1000, SLICE)
    assert SLICE * 0.7 < done <= SLICE


def test_a_byte_is_parsed_whatever_it_costs():
    terminal = Terminal(4, 4)
    assert terminal.feed_some(b"ab", 1)[0] == 1
    assert terminal.feed_some(b"\x1b#8", 3)[0] == 3
    assert terminal.feed_some(b"", 3) == (0, [])


@pytest.mark.parametrize("seed", range(10))
def test_where_it_pauses_does_not_matter(seed):
    data = stream(random.Random(seed), 300)
    whole = check_split(data, 40, seed=seed)
    for units in (1, 100, 5000):
        paused, rest = make(seed), data
        while rest:
            done, _ = paused.feed_some(rest, units)
            paused.check()
            rest = rest[done:]
        assert state(paused) == state(whole)


@pytest.mark.parametrize("seed", range(60))
def test_rep_equals_printing(seed):
    """REP writes the cells of a line at once."""
    rng = random.Random(seed)
    lines, columns = rng.randint(1, 5), rng.randint(1, 9)
    character = rng.choice(["a", "é", "あ", "─", "❤\ufe0f", "e\u0301"])
    count = rng.choice((1, 2, 7, 30))
    modes = [b"\x1b[4h", b"\x1b[?7l", b'\x1b[1"q', b"\x1b[41m", b"\x1b[1;2H", b"\x1b[?69h\x1b[2;5s"]
    modes += [b"\x1b#6", b"\x1b[?1049h", b"\x1b]8;;http://x\a", "あいう\r".encode(), b"\x1b[2;3r"]
    before = b"".join(rng.sample(modes, 3))
    printed, repeated = (Terminal(lines, columns, TerminalOptions(history=20)) for _ in range(2))
    for terminal in (printed, repeated):
        terminal.feed(b"abcdefgh" + before)
    printed.feed(character.encode() * (count + 1))
    repeated.feed(character.encode() + b"\x1b[%db" % count)
    for terminal in (printed, repeated):
        terminal.check()
    assert state(printed) == state(repeated), (character, count, before)


def test_a_slice_is_a_byte_at_least_even_after_half_a_character():
    terminal = Terminal(3, 20)
    terminal.feed(b"e\xef\xb8")
    taken, _ = terminal.feed_some(b"\x1b[m", 1)
    assert taken >= 1


def test_an_echo_is_shown_in_slices():
    terminal = Terminal(LINES, COLUMNS)
    typed = b"a\x1b[65535b" * 10
    done, _ = terminal.echo(typed, SLICE)
    assert 0 < done < len(typed) // 2


def test_a_slice_ends_with_a_sweep():
    terminal = Terminal(LINES, COLUMNS)
    extras = terminal.screen.extras
    links = b"".join(b"\x1b]8;;http://%d\a" % number for number in range(3 * extras.threshold))
    terminal.feed_some(links, PAUSE)
    assert extras.hyperlink(extras.threshold) is not None
    assert len(extras) < 10
