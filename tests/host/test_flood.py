"""Who reads a flood: it is known from other output, tried both ways, and nothing is lost."""

import os
import select
import threading

import pytest

from gputerm.host import Exited, Output
from gputerm.host import channel as module
from gputerm.host.flood import _MAX_TERM_S, _RATE, _SIZE, _SLICE_S, _SLICES, _TERM_S, _WORTH, Flood
from gputerm.host.loop import READ

STEP_S = 0.001
COMPARISON_S = _SLICES * _SLICE_S


class Program:
    """A Flood that is told of output at rates that depend on who reads."""

    def __init__(self, in_turn: float, ahead: float) -> None:
        self.flood = Flood()
        self.rates = {True: in_turn, False: ahead}
        self.now = 100.0
        self.flood.parsed(0, self.now)

    def flow(self, seconds: float) -> list[bool]:
        """Who was to read in each millisecond."""
        ways = []
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            self.flood.parsed(round(self.rates[self.flood.in_turn] * STEP_S), self.now)
            ways.append(self.flood.in_turn)
        return ways


def test_much_at_once_is_a_flood_and_little_isnt():
    flood = Flood()
    flood.parsed(0, 1.0)
    flood.parsed(_SIZE - 1, 1.001)
    assert not flood.in_turn
    flood.parsed(1, 1.002)
    assert flood.in_turn
    flood.parsed(100, 1.003)
    assert flood.in_turn, "more may come"
    flood.parsed(100, 2.0)
    assert not flood.in_turn, "it has ended long ago"


def test_a_slow_stream_is_no_flood():
    flood = Flood()
    for step in range(1000):
        flood.parsed(round(0.9 * _RATE * STEP_S), 1.0 + step * STEP_S)
        assert not flood.in_turn


def test_much_in_a_long_time_is_no_flood():
    flood = Flood()
    flood.parsed(0, 1.0)
    flood.parsed(_SIZE, 1.1)
    assert not flood.in_turn


def test_a_pause_ends_a_flood():
    flood = Flood()
    flood.parsed(0, 1.0)
    flood.parsed(_SIZE, 1.001)
    flood.end()
    assert not flood.in_turn


@pytest.mark.parametrize("ahead", [30e6, 0.9 * _WORTH * 90e6])
def test_in_turn_is_kept_unless_reading_ahead_is_much_faster(ahead):
    program = Program(90e6, ahead)
    assert all(program.flow(0.8 * _TERM_S)[10:])
    ways = program.flow(20 * _MAX_TERM_S)
    tried = ways.count(False) * STEP_S
    assert 10 * COMPARISON_S < tried < 15 * COMPARISON_S, (
        "half of each comparison, ever more seldom"
    )


def test_reading_ahead_is_kept_when_it_is_much_faster():
    program = Program(90e6, 225e6)
    program.flow(1.1 * _TERM_S + COMPARISON_S)
    assert not any(program.flow(0.7 * _TERM_S))
    ways = program.flow(20 * _MAX_TERM_S)
    assert ways.count(True) * STEP_S < 15 * COMPARISON_S


def test_what_was_slower_is_tried_again():
    program = Program(90e6, 225e6)
    program.flow(10 * _MAX_TERM_S)
    program.rates = {True: 90e6, False: 45e6}
    program.flow(_MAX_TERM_S + COMPARISON_S)
    ways = program.flow(2 * _MAX_TERM_S)
    assert ways.count(False) * STEP_S < 4 * COMPARISON_S


# ── on a pty ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def flooding(monkeypatch):
    """Whatever a program writes is a flood and read in turn."""
    always = property(lambda self: True, lambda self, value: None)
    monkeypatch.setattr(module.Flood, "in_turn", always, raising=False)


def turn(channel):
    """The descriptor that `feed` would read; None when it wouldn't."""
    descriptor = channel._pty.fd
    return descriptor if channel.turn.take(descriptor) and not channel._inbox else None


def read(channel):
    """What a turn gives; None when there is no turn."""
    descriptor = turn(channel)
    if descriptor is None:
        return None
    try:
        data = os.read(descriptor, 4095)
    except OSError:
        data = b""
    channel.turn.took(len(data), drained=not data)
    return data


def drain(host, channel, *, pauses=False):
    """Everything up to the exit status, by turns and between them; and how much came in turns."""
    data, in_turn = bytearray(), 0
    while True:
        if not channel.has_output:
            message = host.next((Output, Exited))
            if isinstance(message, Exited):
                return data, in_turn, message.status
        data += channel.take()
        while (piece := read(channel)) is not None:
            in_turn += len(piece)
            data += piece
            if pauses and in_turn % 7 == 0:
                channel.pause()
                data += channel.take()


@pytest.mark.parametrize("pauses", [False, True])
def test_turns_keep_the_order_and_lose_nothing(host, flooding, pauses):
    channel = host.shell("stty raw; exec seq 200000")
    data, in_turn, status = drain(host, channel, pauses=pauses)
    assert data.split() == [b"%d" % i for i in range(1, 200001)]
    assert in_turn, "how much, the scheduler decides"
    assert status == 0


def write_unseen(channel):
    """Let the program go on, until its answer waits on the pty."""
    channel.write(b"\n")
    assert select.select([channel._pty.fd], [], [], 20)[0]


def test_nobody_else_reads_in_a_turn(host, flooding):
    channel = host.shell("stty raw -echo; echo ready; read x; echo 1; read x; echo 2; read x")
    host.read_until(channel, b"ready\n")
    assert turn(channel) is not None
    write_unseen(channel)
    host.loop.call(lambda: host.loop.post("done"))
    assert host.next((Output, str)) == "done"
    assert read(channel) == b"1\n"
    channel.pause()
    channel.write(b"\n")
    assert host.read_until(channel, b"2\n") == b"2\n"


def test_news_from_before_the_turn_doesnt_make_the_other_thread_read(host, flooding):
    channel = host.shell("stty raw -echo; echo ready; read x; echo 1; read x")
    host.read_until(channel, b"ready\n")
    assert turn(channel) is not None
    write_unseen(channel)
    host.loop.call(lambda: (channel._on_master(READ), host.loop.post("done")))
    assert host.next((Output, str)) == "done"
    assert read(channel) == b"1\n"


def test_what_the_other_thread_has_read_comes_first(host, flooding, monkeypatch):
    channel = host.shell("stty raw -echo; echo ready; read x; echo 1; read x; echo 2; read x")
    host.read_until(channel, b"ready\n")
    began, go_on = threading.Event(), threading.Event()
    deliver = channel._deliver

    def dawdle(data):
        began.set()
        assert go_on.wait(20)
        deliver(data)

    monkeypatch.setattr(channel, "_deliver", dawdle)
    channel.write(b"\n")
    assert began.wait(20)
    threading.Timer(0.05, go_on.set).start()
    assert turn(channel) is None, "the inbox isn't empty"
    assert channel.take() == b"1\n"
    write_unseen(channel)
    assert read(channel) == b"2\n"


def test_a_turn_ends_when_nothing_comes(host, flooding):
    channel = host.shell("stty raw -echo; echo ready; read x; echo 1; read x")
    host.read_until(channel, b"ready\n")
    assert read(channel) == b""
    assert channel.has_output
    assert turn(channel) is None
    assert not channel.has_output
    channel.write(b"\n")
    assert host.read_until(channel, b"1\n") == b"1\n", "read by the other thread again"
    assert read(channel) == b""
    assert channel.has_output, "more may come soon"


def test_a_child_that_ends_in_a_turn_is_told_although_another_holds_the_terminal(host, flooding):
    channel = host.shell("stty raw -echo; trap '' HUP; echo ready; read x; sleep 30 & exit 3")
    host.read_until(channel, b"ready\n")
    assert turn(channel) is not None
    channel.write(b"\n")
    while channel._drain_left is None:
        host.loop.call(lambda: host.loop.post("a round"))
        assert host.next((Exited, str)) == "a round"
    channel.pause()
    assert host.next(Exited).status == 3
    channel.close()


def test_no_turn_on_a_closed_channel(host, flooding):
    channel = host.shell("exec yes")
    host.next(Output)
    channel.close()
    channel.take()
    assert turn(channel) is None


def test_closing_in_a_turn(host, flooding):
    channel = host.shell("stty raw; exec yes")
    host.next(Output)
    while not read(channel):
        channel.take()
    channel.close()
    assert turn(channel) is None
