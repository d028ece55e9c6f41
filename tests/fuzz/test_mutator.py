"""A little of `make fuzz` with made-up programs, and that its oracles see what they are for."""

import random
import string

import mutator
import oracles
import programs
import pytest
from words import TAINT

from gputerm.vt.functions import osc, osc_text
from gputerm.vt.functions.catalogue import CSI, ESC
from gputerm.vt.terminal import Terminal


@pytest.mark.parametrize("seed", range(30))
def test_session(seed):
    oracles.check(programs.session(random.Random(seed)), seed)


def broken_function(monkeypatch, key, run):
    """Puts another function into the row of a CSI sequence."""
    prefix, final = ord(key[0]) if len(key) > 1 else 0, ord(key[-1])
    row = CSI[prefix, 0, final]
    monkeypatch.setitem(CSI, (prefix, 0, final), row.replace(run=run))


def test_what_is_raised_is_seen(monkeypatch):
    broken_function(monkeypatch, "c", lambda _terminal, _params: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        oracles.check([b"\x1b[c"], 0)


def test_text_that_comes_back_is_seen(monkeypatch):
    def answer(terminal, rest, _terminator):
        terminal.reply(b"\x1b]21;" + osc_text.clean(rest, 99).encode().hex().encode() + b"=\a")

    monkeypatch.setitem(osc._BY_NUMBER, 2, osc._BY_NUMBER[2].replace(run=answer))
    with pytest.raises(AssertionError):
        oracles.check([f"\x1b]2;a{TAINT}\a".encode()], 1)


def test_a_line_feed_in_a_reply_is_seen(monkeypatch):
    broken_function(monkeypatch, "c", lambda terminal, _params: terminal.reply(b"\x1b[c\n"))
    with pytest.raises(AssertionError):
        oracles.check([b"\x1b[c"], 0)


def test_what_depends_on_the_split_is_seen(monkeypatch):
    def feed(self, data, original=Terminal.feed):
        if len(data) == 2:
            self.screen.place_cursor(0, 0)
        return original(self, data)

    monkeypatch.setattr(Terminal, "feed", feed)
    with pytest.raises(AssertionError, match="split"):
        oracles.check([b"word", b"ab"], 0)


def test_what_ris_leaves_is_seen(monkeypatch):
    row = ESC[0, 0, ord("c")]
    only_screen = row.replace(run=lambda terminal, _params: terminal.screen.reset())
    monkeypatch.setitem(ESC, (0, 0, ord("c")), only_screen)
    with pytest.raises(AssertionError, match="RIS"):
        oracles.check([b"\x1b[>1u\x1b[>3u"], 0)


def test_a_finding_is_made_small():
    said = [b"abc", b"x" * 40 + b"BUG" + b"y" * 40, b"def"]
    assert mutator.shrink(said, lambda each: any(b"BUG" in part for part in each)) == [b"BUG"]


def test_every_function_is_called():
    rng = random.Random(1)
    said = b"".join(b"".join(programs.session(rng)) for _ in range(30))
    finals = {
        row.key[len(row.key.rstrip(string.ascii_letters + "@`{}|~^")) :] for row in CSI.values()
    }
    assert [final for final in finals if final.encode() not in said] == []
