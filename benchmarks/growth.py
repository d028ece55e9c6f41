"""What a key press costs as other things grow: python benchmarks/growth.py [--quick] [AXIS …]

    history  lines of scrollback       windows  of the process
    size     cells of the window       links    open hyperlinks in the history

A press that changes one cell should cost the same at both ends of each axis. Two measures, each the
best of many batches, because another process can only add to it:

offscreen  the program's echo is fed, the frame packed and drawn without a window, in µs
window     a real key in a real window: µs of CPU that the process takes for it with all threads,
           and µs from the event to the end of the swap (`msg statistics`)
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from desk import Desk, Opened, cpu_seconds, until
from frames import Bench
from report import Report

from gputerm.ipc.client.remote import Remote
from gputerm.render.offscreen import OffscreenContext

SIZES = (24, 80), (70, 240)
LINES_OF_HISTORY = 1, 1_000, 100_000, 1_000_000
WINDOWS = 1, 5, 20
LINKS = 0, 1_000, 50_000

ECHO = b"x\b"
LOG_LINE = b"2026-03-01T12:00:00Z INFO the quick brown fox jumps over the lazy parser %d\r\n"
LINK = b"\x1b]8;;https://example.org/%d\x1b\\link %d\x1b]8;;\x1b\\\r\n"
MOST = 1_000_000  #: lines of history that are kept

BATCH = 50  #: presses
PAUSE = 0.012  #: seconds between two of them, so that each is drawn by itself

#: Echoes like a line editor, after it has written so many lines of a kind; says when it is ready.
PROGRAM = f"""\
import os, sys, tty
tty.setraw(0)
kind, count = sys.argv[1], int(sys.argv[2])
line = {{"history": {LOG_LINE!r}, "links": {LINK!r}}}[kind]
for start in range(0, count, 1000):
    numbers = range(start, min(start + 1000, count))
    data = b"".join(line % ((n,) * line.count(b"%")) for n in numbers)
    while data: data = data[os.write(1, data):]
os.write(1, b"\\x1b]2;ready\\x1b\\\\")
while os.read(0, 64): os.write(1, {ECHO!r})
"""


def written(kind: str, count: int) -> Iterator[bytes]:
    """What PROGRAM writes at first."""
    line = LINK if kind == "links" else LOG_LINE
    for number in range(count):
        yield line % ((number,) * line.count(b"%"))


# ── offscreen ────────────────────────────────────────────────────────────────────────────────────


def offscreen(
    report: Report, row: str, batches: int, *, kind: str, count: int, size: tuple[int, int]
) -> None:
    """A row: µs of feeding, packing and drawing, each the best batch's mean."""
    context = OffscreenContext()
    bench = Bench(*size, history=MOST)
    bench.terminal.feed(b"".join(written(kind, count)))
    best = [float("inf")] * 4
    for _ in range(batches):
        sums = [0.0] * 4
        for _ in range(BATCH):
            began = time.monotonic()
            bench.terminal.feed(ECHO)
            fed = time.monotonic() - began
            packing, uploading, drawing = bench.frame()
            drawn = uploading + drawing
            for number, seconds in enumerate((fed, packing, drawn, fed + packing + drawn)):
                sums[number] += seconds
        best = [min(old, 1e6 * new / BATCH) for old, new in zip(best, sums, strict=True)]
    context.close()
    for column, microseconds in zip(("feed", "packing", "drawing", "sum"), best, strict=True):
        report.add(row, "µs", column, [microseconds])


# ── in a window ──────────────────────────────────────────────────────────────────────────────────


class Windows:
    """A gputerm process; its first window waits, the ones that are measured come and go."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opened: Opened = desk.open("gputerm", "cat")
        self._remote = Remote.find(desk.socket(self._opened))

    def close(self) -> None:
        self._remote.close()
        self._desk.close(self._opened)

    def open(self, kind: str, count: int, size: tuple[int, int] = SIZES[0]) -> int:
        """Open a window on PROGRAM and wait until it is ready; its id."""
        number: int = self._remote.call(
            "create-window",
            command=[sys.executable, "-I", "-S", "-c", PROGRAM, kind, str(count)],
            option=[f"scrolling.history={MOST}"],
            size=f"{size[1]}x{size[0]}",
        )["window_id"]
        until(lambda: self._listed(number)["title"] == "ready", "the program in the window")
        return number

    def shut(self, numbers: list[int]) -> None:
        """Close windows."""
        for number in numbers:
            self._remote.call("close", window=number)

    def _listed(self, number: int) -> dict[str, Any]:
        windows: list[dict[str, Any]] = self._remote.call("list")["windows"]
        return next(window for window in windows if window["id"] == number)

    def measure(
        self, report: Report, row: str, batches: int, number: int, *, pointer_over: bool = False
    ) -> None:
        """Type into a window; a row's CPU and latency, each the best batch's mean."""
        native = self._desk.window(self._listed(number)["x11_id"])
        self._desk.focus(native, pointer_over=pointer_over)
        time.sleep(0.5)
        pids = self._opened.pids()
        cpu = latency = float("inf")
        for _ in range(batches):
            used, (waited, count) = cpu_seconds(pids), self._waited(number)
            for _ in range(BATCH):
                self._desk.press("a")
                time.sleep(PAUSE)
            used = cpu_seconds(pids) - used
            waited, count = (
                b - a for a, b in zip((waited, count), self._waited(number), strict=True)
            )
            if count < BATCH:
                continue  # The machine was so busy that one frame showed several echoes.
            cpu, latency = min(cpu, 1e6 * used / count), min(latency, 1e6 * waited / count)
        report.add(row, "µs", "CPU", [cpu])
        report.add(row, "µs", "key to swap", [latency])

    def _waited(self, number: int) -> tuple[float, int]:
        """Seconds that keys have waited for their echoes so far, and how many."""
        told = self._remote.call("statistics", window=number)["windows"][0]["key_to_swap"]
        return (told["mean"] or 0.0) * told["count"], told["count"]


# ── axes ─────────────────────────────────────────────────────────────────────────────────────────


def history(report: Report, windows: Windows, batches: int) -> None:
    for count in LINES_OF_HISTORY:
        row = f"{count:,} lines of history"
        offscreen(report, row, batches, kind="history", count=count, size=SIZES[0])
        number = windows.open("history", count)
        windows.measure(report, row, batches, number)
        windows.shut([number])


def size(report: Report, windows: Windows, batches: int) -> None:
    for lines, columns in SIZES:
        row = f"{columns} × {lines} cells"
        offscreen(report, row, batches, kind="history", count=100, size=(lines, columns))
        number = windows.open("history", 100, (lines, columns))
        windows.measure(report, row, batches, number)
        windows.shut([number])


def many_windows(report: Report, windows: Windows, batches: int) -> None:
    numbers: list[int] = []
    for count in WINDOWS:
        while len(numbers) < count - 1:  # and the one that waits
            numbers.append(windows.open("history", 100))
        number = numbers[0] if numbers else windows.open("history", 100)
        numbers = numbers or [number]
        windows.measure(report, f"{count} windows", batches, number)
    windows.shut(numbers)


def links(report: Report, windows: Windows, batches: int) -> None:
    for count in LINKS:
        row = f"{count:,} links"
        offscreen(report, row, batches, kind="links", count=count, size=SIZES[0])
        number = windows.open("links", count)
        windows.measure(report, row, batches, number)
        windows.measure(
            report, f"{row}, pointer over the window", batches, number, pointer_over=True
        )
        windows.shut([number])


AXES: dict[str, Callable[[Report, Windows, int], None]] = {
    "history": history,
    "windows": many_windows,
    "size": size,
    "links": links,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("axes", nargs="*", metavar="AXIS", help=" ".join(AXES))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    report = Report()
    with Desk() as desk:
        windows = Windows(desk)
        for axis in options.axes or AXES:
            AXES[axis](report, windows, 3 if options.quick else 20)
        windows.close()
    report.print()


if __name__ == "__main__":
    main()
