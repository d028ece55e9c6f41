"""One window's keys while another window's program does its worst.

    python benchmarks/neighbours.py [--presses N] [NAME …]

Window A runs one of the programs below as fast as it can; window B, of the same process, answers a
key by a block, timed from XTest to a changed pixel as in latency.py. In the row `reflow` A has a
million lines and is narrowed and widened all the time. Then the process gets SIGTERM, and the time
until it has ended is taken.
"""

import argparse
import itertools
import os
import random
import signal
import statistics
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from desk import Desk, until
from latency import GIVEN_UP, KEY, PAUSE, WARM_UP
from report import Report

from gputerm.ipc.client.remote import Remote

LATENCY = Path(__file__).with_name("latency.py")
HISTORY = 1_000_000

#: What A writes again and again.
PROGRAMS = {
    "nothing": b"",
    "yes": b"y\r\n" * 1000,
    "REP": b"a\x1b[65535b" * 100,
    "RIS": b"\x1bc" * 1000,
    "DECCRA": b"\x1b[1;1;999;999;1;2;2;1$v" * 100,
    "DECFRA": b"\x1b[65;1;1;999;999$x" * 100,
    "DECCARA": b"\x1b[1;1;999;999;1;4$r" * 100,
    "DECALN": b"\x1b#8" * 1000,
    "OSC 4, TekHVC": b"".join(
        b"\x1b]4;%s\a" % b";".join(b"%d;TekHVC:%d.0/50/50" % (n, n) for n in range(256))
        for _ in range(4)
    ),
    "titles": b"".join(b"\x1b]2;title %d\a" % n for n in range(1000)),
    "notifications": b"".join(b"\x1b]9;notice %d\a" % n for n in range(1000)),
    "queries": b"\x1b[c\x1b[6n\x1b[?2026$p\x1b]11;?\a" * 200,
    "cursor styles": b"".join(b"\x1b[%d q" % (n % 7) for n in range(1000)),
    "CSI 8 t": b"\x1b[8;30;100t\x1b[8;20;70t" * 100,
    "alternate screens": b"\x1b[?1049h\x1b[?1049l" * 500,
    "bells": b"\a" * 1000,
    "links": b"".join(b"\x1b]8;;http://x/%d\ax" % n for n in range(1000)),
    "reflow": b"",
}


def inside(name: str) -> None:
    """Run in window A."""
    if name == "reflow":
        os.read(0, 1)  # There is room for them now.
        for first in range(0, HISTORY, 10_000):
            _write(
                b"".join(b"line %d of a log: some words\r\n" % (first + n) for n in range(10_000))
            )
        _write(b"full")
    data = PROGRAMS[name]
    if data:
        import tty

        tty.setraw(0)
        os.set_blocking(0, False)
    while data:
        _write(data)
        with suppress(BlockingIOError):
            os.read(0, 1 << 20)  # What we asked for comes back here, and mustn't stop us.
    signal.pause()


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(1, view) :]
        except BlockingIOError:
            time.sleep(0.0005)


def presses(desk: Desk, name: str, count: int) -> tuple[list[float], float]:
    """Milliseconds of each key press in B, and of the end after SIGTERM."""
    command = [sys.executable, __file__, "--inside", name]
    opened = desk.open("gputerm", *command)
    with Remote.find(desk.socket(opened)) as remote:
        if name == "reflow":
            remote.call("config", options=[f"scrolling.history={HISTORY}"], window_id=1)
            remote.call("send-text", text="\n", window=1)
            remote.call("wait", window=1, text="^full", timeout=120.0)
        other = remote.call(
            "create-window", command=[sys.executable, str(LATENCY), "--inside=idle"]
        )
        facts = remote.call("list")["windows"]
        xid = next(window["x11_id"] for window in facts if window["id"] == other["window_id"])
    window = desk.window(xid)
    desk.focus(window)
    stop = threading.Event()
    resizing = threading.Thread(target=_resize, args=(desk.socket(opened), stop))
    if name == "reflow":
        resizing.start()
    watch = desk.watch(window)
    time.sleep(1.0)
    rng = random.Random(name)
    waited = []
    for number in range(count + WARM_UP):
        time.sleep(rng.uniform(*PAUSE))
        watch.rest()
        pressed = desk.press(KEY)
        changed = watch.changed(pressed + GIVEN_UP)
        if number >= WARM_UP:
            waited.append(1000 * (changed - pressed) if changed is not None else 1000 * GIVEN_UP)
    watch.close()
    stop.set()
    if name == "reflow":
        resizing.join()
    asked = time.monotonic()
    opened.process.send_signal(signal.SIGTERM)
    until(lambda: opened.process.poll() is not None, "the end")
    ended = 1000 * (time.monotonic() - asked)
    desk.close(opened)
    return waited, ended


def _resize(socket: str, stop: threading.Event) -> None:
    with Remote.find(socket) as remote:
        for columns in itertools.cycle((80, 79, 60, 40, 41, 60)):
            if stop.wait(0.05):
                return
            remote.call("resize", window=1, columns=columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PROGRAMS))
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside)
        return
    report = Report()
    for name in options.names or PROGRAMS:
        with Desk() as desk:
            waited, ended = presses(desk, name, options.presses)
        hundredths = statistics.quantiles(waited, n=100)
        row = (statistics.median(waited), hundredths[89], hundredths[98], max(waited), ended)
        columns = ("p50", "p90", "p99", "most", "SIGTERM")
        for column, value in zip(columns, row, strict=True):
            report.add(name, "ms", column, [value])
    report.print()


if __name__ == "__main__":
    main()
