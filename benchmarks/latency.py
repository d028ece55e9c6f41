"""From a key press to the screen: python benchmarks/latency.py [--presses N] [--runs N] [NAME …]

A key is pressed by XTest; the program in the terminal answers each by showing or clearing a block,
and the time ends when a pixel of it has changed, which is looked for whenever the X server says
that something was drawn (Damage, then GetImage of one pixel: 0.2 ms of the time are our own). So it
holds everything but the keyboard and the glass: event, pty, program, pty, parser, frame, X server.

Idle: nothing else happens. Flood: the program writes 1 MB/s of coloured lines below the block.
Presses are 60 to 140 ms apart, seeded, so that they meet every phase of a frame clock.
"""

import argparse
import itertools
import os
import random
import select
import statistics
import sys
import time
import tty

from desk import BLOCK_LINES, Desk, block
from report import Report
from terminals import TERMINALS, installed, versions

KEY, END = "a", b"\x04"
WARM_UP = 5  #: presses that fill caches
GIVEN_UP = 1.0  #: seconds after which a press counts as missed
PAUSE = 0.06, 0.14
FLOOD = 1_000_000  #: bytes a second
FLOOD_STEP = 0.005  #: seconds between two writes of it


def inside(*, flood: bool) -> None:
    """Run in the terminal: answer keys, and write if asked to, until nobody is there any more."""
    tty.setraw(0)
    first = BLOCK_LINES + 2
    _write(b"\x1b[2J\x1b[?25l\x1b[%d;%dr\x1b[%d;1H" % (first, os.get_terminal_size().lines, first))
    _write(block(lit=False))
    lit = False
    pieces = itertools.cycle(_flood_pieces())
    due = time.monotonic()
    while True:
        left = max(due - time.monotonic(), 0) if flood else None
        if select.select([0], [], [], left)[0]:
            keys = os.read(0, 64)
            if not keys:
                return
            lit ^= len(keys) % 2 == 1
            _write(block(lit=lit))
        else:
            _write(next(pieces))
            # One that can't keep up gets less, not more later.
            due = max(due + FLOOD_STEP, time.monotonic() - 0.1)


def _flood_pieces() -> list[bytes]:
    rng = random.Random("flood")
    pieces = []
    for _ in range(50):
        piece = bytearray()
        while len(piece) < FLOOD * FLOOD_STEP:
            piece += (
                b"\x1b[3%dm%08x\x1b[m request handled in %d ms, status \x1b[1m200\x1b[m\r\n"
                % (
                    rng.randint(1, 7),
                    rng.getrandbits(32),
                    rng.randint(1, 900),
                )
            )
        pieces.append(bytes(piece))
    return pieces


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def presses(desk: Desk, name: str, count: int, *, flood: bool, seed: int) -> list[float]:
    """Milliseconds of each press that was answered, in one window."""
    rng = random.Random(seed)
    mode = "flood" if flood else "idle"
    opened = desk.open(name, sys.executable, __file__, "--inside", mode)
    watch = desk.watch(opened.window)
    time.sleep(1.0)
    waited = []
    for number in range(count + WARM_UP):
        time.sleep(rng.uniform(*PAUSE))
        watch.rest()
        pressed = desk.press(KEY)
        changed = watch.changed(pressed + GIVEN_UP)
        if changed is not None and number >= WARM_UP:
            waited.append(1000 * (changed - pressed))
    watch.close()
    desk.close(opened)
    return waited


def measure(report: Report, desk: Desk, names: list[str], *, count: int, runs: int) -> None:
    """Rows of milliseconds, idle and under a flood: the median of each run, and p99 of all."""
    for flood in (False, True):
        what = f"key to screen, {'1 MB/s flood' if flood else 'idle'}"
        medians: dict[str, list[float]] = {name: [] for name in names}
        everything: dict[str, list[float]] = {name: [] for name in names}
        for run, name in itertools.product(range(runs), names):
            waited = presses(desk, name, count, flood=flood, seed=run)
            if len(waited) < count:
                print(f"  {name}: {count - len(waited)} presses unanswered", file=sys.stderr)
            if waited:
                medians[name].append(statistics.median(waited))
                everything[name] += waited
        for name in names:
            report.add(f"{what}: p50", "ms", name, medians[name])
        for name in names:
            if len(everything[name]) > 1:
                last = statistics.quantiles(everything[name], n=100)[98]
                report.add(f"{what}: p99", "ms", name, [last])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--presses", type=int, default=60, help="in each window")
    parser.add_argument("--runs", type=int, default=3, help="windows of each terminal")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(flood=options.inside == "flood")
        return
    names = installed(options.names)
    report = Report()
    with Desk() as desk:
        measure(report, desk, names, count=options.presses, runs=options.runs)
    report.print(versions=versions(names))


if __name__ == "__main__":
    main()
