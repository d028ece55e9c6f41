"""What searching a long history costs: python benchmarks/search.py [--lines N] [NAME …]

view    a view of a terminal, given slices as the main loop gives them: from the last key of a text
        to the frame that marks what it matches, or says that there is nothing; until all is
        counted (ten seconds at most); the longest that the main thread is held meanwhile, all in
        its CPU time, which others at work here don't add to; memory
window  from the last key in a real window to the match on the screen, beside Alacritty, for what
        only the oldest lines have; Alacritty keeps 100,000 lines at most
"""

import argparse
import resource
import sys
import time
from pathlib import Path

from desk import BLOCK_LINES, Desk, block
from report import Report
from terminals import TERMINALS, installed, versions

from gputerm.finding.finder import Finder
from gputerm.finding.patterns import compile_lines
from gputerm.view import View
from gputerm.vt import Terminal, TerminalOptions

COLUMNS, LINES = 120, 40
LOG_LINE = b"2026-03-01T12:00:%02d host service[%d]: request %d of client 10.0.0.%d took %d us\r\n"
COLORS = (1, 2), (3, 4)
PATIENCE = 10.0  #: seconds of counting

#: What is typed, and what it is: the last key is measured.
TEXTS = {
    "a word of the oldest line": "needle",
    "a word of each line": "request",
    "a word that isn't there": "xyzzyx",
    "a.*b.*c.*Z": "a.*b.*c.*Z",
    "a class of Unicode": r"\w+@\w+",
    "words' ends": r"\bclient7\b",
    "any character": ".",
}

#: Writes many lines, and a block that says when all are there. What only the oldest have is where
#: the block is when they are shown.
PROGRAM = f"""
import os, sys
data = b"z" * 60 + b"\\r\\n"
data = data * {BLOCK_LINES} + b"".join(
    b"line %d of a log that somebody may want to search\\r\\n" % i for i in range(int(sys.argv[1]))
) + {block(lit=True)!r}
while data: data = data[os.write(1, data):]
while True: os.read(0, 99)
"""


def log(count: int) -> bytes:
    return b"needle\r\n" + b"".join(
        LOG_LINE % (i % 60, i % 3000, i, i % 256, i * 7919 % 100_000) for i in range(count - 1)
    )


def view(report: Report, count: int, runs: int) -> None:
    """A row for each text: ms, and MiB."""
    terminal = Terminal(LINES, COLUMNS, TerminalOptions(history=count))
    terminal.feed(log(count))
    finder = Finder(terminal, compile_lines("request"))
    found = finder.below(terminal.first_line)
    while not _is_over(found):
        pass  # Everything is imported and warm.
    for name, text in TEXTS.items():
        for _ in range(runs):
            before = _memory()
            shown, counted, longest = _search(terminal, text)
            row = f"{name}, {count:,} lines"
            report.add(row, "ms", "key to marks", [1000 * shown])
            report.add(row, "ms", "counted", [1000 * counted])
            report.add(row, "ms", "longest slice", [1000 * longest])
            report.add(row, "ms", "MiB more", [max(_memory() - before, 0)])


def _search(terminal: Terminal, text: str) -> tuple[float, float, float]:
    """Seconds until the match or its absence is shown, until all is counted, of a slice at most."""
    seen = View(terminal)
    search = seen.search
    search.begin(forward=True)
    search.field.type(text[:-1])
    search.tick(time.monotonic())
    search.spans(seen.snapshot(), *COLORS)
    longest, shown = 0.0, 0.0
    began, patience = time.thread_time(), time.monotonic() + PATIENCE
    search.field.type(text[-1])
    before = began
    while True:
        if search.next_deadline() < float("inf"):
            search.tick(time.monotonic())
        ticked = time.thread_time()
        if not shown and (search.focus is not None or search.status == "no match"):
            spans = search.spans(seen.snapshot(), *COLORS)
            if spans or search.focus is None:
                shown = time.thread_time() - began
        now = time.thread_time()
        longest = max(longest, ticked - before, now - ticked)
        before = now
        if shown and (search.next_deadline() == float("inf") or time.monotonic() > patience):
            return shown, now - began, longest


def _is_over(steps) -> bool:  # type: ignore[no-untyped-def]
    try:
        next(steps)
    except StopIteration:
        return True
    return False


def _memory() -> float:
    """MiB that the process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def window(report: Report, desk: Desk, name: str, count: int, runs: int) -> None:
    """A row: ms from the key that completes "[z]" to another colour at the top left."""
    command = TERMINALS[name]
    TERMINALS[name] = [*command[:-1], "-o", f"scrolling.history={count}", command[-1]]
    for _ in range(runs):
        opened = desk.open(name, sys.executable, "-I", "-S", "-c", PROGRAM, str(count - 100))
        watch = desk.watch(opened.window)
        if watch.lit(time.monotonic() + 60) is None:
            raise SystemExit(f"{name} doesn't show its program")
        time.sleep(1)
        desk.press("f", "Control_L", "Shift_L")
        for key in ("bracketleft", "z"):  # no expression yet
            time.sleep(0.5)
            desk.press(key)
        time.sleep(3)
        watch.rest()
        pressed = desk.press("bracketright")
        changed = watch.changed(pressed + PATIENCE)
        watch.close()
        desk.close(opened)
        if changed is not None:
            report.add(f"in a window, {count:,} lines", "ms", name, [1000 * (changed - pressed)])
    TERMINALS[name] = command


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="gputerm alacritty")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--view", action="store_true", help="no windows")
    options = parser.parse_args()
    report = Report()
    view(report, options.lines, options.runs)
    names = [] if options.view else installed(options.names or ["gputerm", "alacritty"])
    if names:
        with Desk() as desk:
            for name in names:
                window(report, desk, name, min(options.lines, 99_000), options.runs)
    report.print("benchmarks/search.py", versions(names))


if __name__ == "__main__":
    main()
