"""How fast the core takes bytes: python benchmarks/core.py [--size MB] [--runs N] [--pyte] [NAME …]

Feeds seeded payloads to Parser and Screen, 50 x 200, in the chunks a pty delivers. `--pyte` feeds
the same bytes to pyte in the same run, for comparison on one machine; tests/vt/test_benchmark.py
compares the screens. Of `emoji` pyte draws three in a hundred characters: it drops the rest of a
run at the first joiner or variation selector. So its figure there says how fast it leaves out;
`emoji_alone` has none and is drawn by both. Nothing is drawn on a display; end to end a terminal is
as fast as its slowest part.
"""

import argparse
import time
from collections.abc import Iterable

from payloads import COLUMNS, LINES, PAYLOADS, payload
from report import Report

from gputerm.vt.core.parser import Parser
from gputerm.vt.core.screen import Screen

CHUNK = 1 << 16
PYTE_BYTES = 100_000  #: it takes a thousandth of the speed


def core_seconds(data: bytes) -> float:
    """One run of Parser and Screen."""
    parser = Parser(Screen(LINES, COLUMNS, 10_000))
    chunks = [data[i : i + CHUNK] for i in range(0, len(data), CHUNK)]
    begin = time.perf_counter()
    for chunk in chunks:
        parser.feed(chunk)
    return time.perf_counter() - begin


def pyte_seconds(data: bytes) -> float:
    """One run of pyte with its history."""
    import pyte

    stream = pyte.ByteStream(pyte.HistoryScreen(COLUMNS, LINES, history=10_000))
    begin = time.perf_counter()
    stream.feed(data)
    return time.perf_counter() - begin


def measure(report: Report, names: Iterable[str], *, size: float, runs: int, pyte: bool) -> None:
    """Rows of MB/s, a payload each."""
    for name in names:
        data = payload(name, int(size * 1e6))
        rates = [len(data) / core_seconds(data) / 1e6 for _ in range(runs)]
        report.add(f"core, {name}", "MB/s", "gputerm", rates)
        if pyte:
            some = data[:PYTE_BYTES]
            report.add(f"core, {name}", "MB/s", "pyte", [len(some) / pyte_seconds(some) / 1e6])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PAYLOADS))
    parser.add_argument("--size", type=float, default=8, help="MB of each payload")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--pyte", action="store_true", help="compare with pyte (on 0.1 MB)")
    options = parser.parse_args()
    report = Report()
    names = options.names or list(PAYLOADS)
    measure(report, names, size=options.size, runs=options.runs, pyte=options.pyte)
    report.print()


if __name__ == "__main__":
    main()
