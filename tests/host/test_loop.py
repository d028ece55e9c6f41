"""Bytes through the loop: none lost, none reordered, none without bound, and no idle wake-ups."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gputerm.host import (
    HIGH_WATER,
    WRITE_LIMIT,
    Exited,
    HandlerFailed,
    Output,
    SignalReceived,
)
from gputerm.host.loop import READ

CAT = "stty raw -echo; echo ready; exec cat"  # gives back what it gets, unchanged


def test_everything_is_read_before_the_exit_is_told(host):
    script = "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; exit 5"
    output, status = host.run(host.shell(script))
    assert output.split() == b" ".join(b"line %d" % i for i in range(2000)).split()
    assert status == 5


@pytest.mark.parametrize("size", [1, 4095, 4096, 100_000, 3_000_000])
def test_last_write_before_exit_arrives_whole(host, size):
    code = f"import os; os.system('stty raw'); os.write(1, b'x' * {size})"
    if size > 1_000_000:  # one write(2) of that size takes several rounds
        code = f"import os,sys; os.system('stty raw'); sys.stdout.write('x' * {size})"
    output, status = host.run(host.open(sys.executable, "-c", code))
    assert (output.count(b"x"), status) == (size, 0)


def test_all_is_read_before_the_exit_even_in_many_rounds(host, monkeypatch):
    monkeypatch.setattr("gputerm.host.channel._BURST", 16)
    channel = host.shell("stty raw; echo ready; read x; printf %04000d 0; exit 6")
    host.read_until(channel, b"ready\n")
    standing, blocked = threading.Event(), threading.Event()
    # So that output and exit are found together.
    host.loop.call(lambda: (standing.set(), blocked.wait(20)))
    assert standing.wait(20)
    channel.write(b"\n")
    wait_until(lambda: ") Z " in Path(f"/proc/{channel.program.pid}/stat").read_text())
    blocked.set()
    output, status = host.run(channel)
    assert (output.count(b"0"), status) == (4000, 6)


def test_exit_is_told_while_a_background_process_keeps_the_terminal(host):
    channel = host.shell("sleep 60 & echo $!; exit 4")
    output, status = host.run(channel)
    os.kill(int(output), signal.SIGKILL)
    assert status == 4


def test_exit_is_told_while_a_background_process_floods(host):
    channel = host.shell("yes & echo; exit 4")
    exited = None
    while exited is None:
        message = host.next((Output, Exited))
        channel.take()
        exited = message if isinstance(message, Exited) else None
    assert exited.status == 4
    channel.close()


def test_exit_waits_for_a_reader_that_is_behind(host):
    channel = host.open(
        sys.executable,
        "-c",
        "import os,sys; os.system('stty raw'); sys.stdout.write('x' * 1500000)",
    )
    received = 0
    while True:
        message = host.next((Output, Exited))
        if isinstance(message, Exited):
            break
        # Not taken at once: the inbox fills up to its mark and the program waits.
        host.in_loop(lambda: None)
        received += len(channel.take())
    assert received == 1_500_000


def test_flood_stops_at_the_high_water_mark_and_goes_on_when_taken(host):
    channel = host.shell("stty raw; exec yes")
    host.next(Output)
    wait_until(lambda: len(channel._inbox) >= HIGH_WATER)
    size = host.in_loop(lambda: len(channel._inbox))
    assert HIGH_WATER <= size < HIGH_WATER + (128 << 10)
    assert host.in_loop(lambda: len(channel._inbox)) == size
    assert len(channel.take()) == size
    host.next(Output)
    assert channel.take().strip(b"y\n") == b""
    channel.close()


def test_notify_is_called_once_until_the_mail_is_taken(host):
    wait_until(lambda: host.notified == 0)
    for number in range(100):
        host.loop.post(number)
    assert host.notified == 1
    assert host.loop.take() == list(range(100))
    host.loop.post("more")
    assert host.notified == 2


def test_output_is_announced_once_until_taken(host):
    channel = host.shell("echo a; read x; echo b; read x")
    host.next(Output)
    channel.write(b"\n")
    wait_until(lambda: b"b" in channel._inbox)
    host.loop.post("last")
    assert host.next((Output, str)) == "last"
    assert channel.take().split() == [b"a", b"b"]


def test_writes_keep_their_order_through_a_full_kernel_buffer(host):
    channel = host.shell(CAT)
    host.read_until(channel, b"ready\n")
    sent = b"".join(b"%07d\n" % i for i in range(40_000))
    for start in range(0, len(sent), 1000):
        assert channel.write(sent[start : start + 1000])
    received = bytearray()
    while len(received) < len(sent):
        host.next(Output)
        received += channel.take()
    assert received == sent
    assert channel.unwritten == 0
    channel.close()


def test_write_does_not_overtake_what_waits(host, tmp_path):
    copy, go = tmp_path / "copy", tmp_path / "go"
    copy.touch()
    wait = f"while [ ! -e {go} ]; do sleep 0.01; done"
    channel = host.shell(f"stty raw -echo; echo ready; {wait}; exec cat > {copy}")
    host.read_until(channel, b"ready\n")
    blocked = threading.Event()
    host.loop.call(blocked.wait)  # so that only this thread writes
    try:
        text = b"x" * 500_000
        channel.write(text)
        accepted = len(text) - channel.unwritten
        assert accepted < len(text)
        go.touch()
        wait_until(lambda: copy.stat().st_size == accepted)  # the kernel has room again
        channel.write(b"end")
    finally:
        blocked.set()
    wait_until(lambda: copy.stat().st_size == len(text) + 3)
    assert copy.read_bytes() == text + b"end"
    channel.close()


def test_write_to_a_stopped_program_is_refused_at_the_limit(host):
    channel = host.shell("stty raw -echo; echo ready; exec sleep 1000")
    host.read_until(channel, b"ready\n")
    piece = bytes(4 << 20)
    accepted = 0
    while channel.write(piece):
        accepted += len(piece)
        assert accepted <= WRITE_LIMIT + (1 << 20)
    assert WRITE_LIMIT - len(piece) < accepted
    assert channel.unwritten <= WRITE_LIMIT
    assert channel.write(b"k"), "a key still fits"
    channel.close()
    assert not channel.write(b"k")


def test_child_that_leaves_its_terminal_is_told_when_it_ends(host, monkeypatch):
    monkeypatch.setattr("gputerm.host.channel._HANGUP_RETRY_S", 0.01)
    channel = host.shell("exec 0<&- 1>&- 2>&-; sleep 0.1; exit 3")
    assert host.run(channel)[1] == 3


def test_terminal_reopened_after_a_hangup_is_read_again(host, monkeypatch):
    monkeypatch.setattr("gputerm.host.channel._HANGUP_RETRY_S", 0.01)
    channel = host.shell("t=$(tty); exec 0<&- 1>&- 2>&-; sleep 0.1; exec 1<>$t; echo again")
    assert host.run(channel) == (b"again\r\n", 0)


def test_close_reaps_the_child_without_a_message(host):
    channel = host.shell("read x")
    pid = channel.program.pid
    channel.close()
    wait_until(lambda: not os.path.exists(f"/proc/{pid}"))
    host.loop.post("last")
    assert host.next((Exited, str)) == "last"


def test_idle_loop_does_not_wake_up(host):
    channel = host.shell("echo ready; read x")
    host.read_until(channel, b"ready\r\n")
    host.in_loop(lambda: None)

    def switches() -> int:
        return resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw

    before = host.in_loop(switches)
    threading.Event().wait(1.0)
    # The second question is one wake-up itself, and waiting for the interpreter may be another few.
    assert host.in_loop(switches) - before <= 5
    channel.close()


def test_timers_run_in_order_and_not_when_cancelled(host):
    ran = []
    done = threading.Event()

    def set_timers() -> None:
        host.loop.call_later(0.02, lambda: (ran.append("late"), done.set()))
        host.loop.call_later(0.01, lambda: ran.append("never")).cancel()
        host.loop.call_later(0, lambda: ran.append("first"))
        host.loop.call_later(0, lambda: ran.append("second"))

    host.loop.call(set_timers)
    assert done.wait(10)
    assert ran == ["first", "second", "late"]


class Clumsy:
    """Its handler raises; it reads nothing, so its descriptor stays readable."""

    def __init__(self, loop):
        self.loop = loop
        self.read, self.write = os.pipe()
        os.write(self.write, b"x")

    def begin(self):
        self.loop.register(self.read, READ, self.on_ready)

    def on_ready(self, events):
        raise ZeroDivisionError

    def give_up(self):
        self.loop.unregister(self.read)


def test_mistake_in_a_handler_costs_its_owner_only(host):
    channel = host.shell(CAT)
    host.read_until(channel, b"ready\n")
    clumsy = Clumsy(host.loop)
    host.loop.call(clumsy.begin)
    failed = host.next(HandlerFailed)
    assert failed.owner is clumsy
    assert isinstance(failed.error, ZeroDivisionError)
    host.loop.call(lambda: 1 / 0)
    assert host.next(HandlerFailed).owner is None
    channel.write(b"the others go on\n")
    host.read_until(channel, b"the others go on\n")


def test_channel_that_fails_hangs_up_and_tells_the_exit(host, monkeypatch):
    other = host.shell(CAT)
    host.read_until(other, b"ready\n")
    channel = host.shell("echo ready; cat")
    host.read_until(channel, b"ready")
    monkeypatch.setattr(channel, "_read", lambda: 1 / 0)
    channel.write(b"x\n")
    assert host.next(HandlerFailed).owner is channel
    assert host.next(Exited) == Exited(channel, 128 + signal.SIGHUP)
    other.write(b"still here\n")
    host.read_until(other, b"still here\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_becomes_a_message_and_the_old_handler_comes_back(host, number):
    before = signal.getsignal(number)
    host.loop.watch_signals()
    os.kill(os.getpid(), number)
    assert host.next(SignalReceived).number == number
    host.loop.stop()
    assert signal.getsignal(number) is before


def test_a_signal_ends_the_process_although_its_main_thread_hangs(tmp_path):
    code = f"""
import os, signal, time
import gputerm.host.loop as loop_module
from gputerm.host import Channel, Loop, Pty
loop_module.SIGNAL_PATIENCE_S = 0.1
loop = Loop(lambda: None)
loop.watch_signals()
pty = Pty.spawn(["sh", "-c", "trap 'echo hung up > {tmp_path}/said; exit' HUP; echo; read x"],
                cwd="/", env=dict(os.environ), lines=5, columns=20)
channel = Channel(loop, pty)
loop.start()
while not channel.has_output:
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGTERM)
while True:
    time.sleep(100)
"""
    os.mkfifo(tmp_path / "said")
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        assert (tmp_path / "said").read_text() == "hung up\n"
        assert process.wait(20) == 128 + signal.SIGTERM


def test_stop_hangs_up_and_leaves_nothing_open(host):
    before = set(os.listdir("/proc/self/fd"))
    host = type(host)()
    host.loop.start()
    channels = [host.shell("echo ready; read x") for _ in range(3)]
    host.in_loop(lambda: None)
    host.loop.stop()
    assert set(os.listdir("/proc/self/fd")) == before
    for channel in channels:
        assert os.waitpid(channel.program.pid, 0)[0] == channel.program.pid


def wait_until(condition) -> None:
    """Until something that sends no message has happened."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.001)
