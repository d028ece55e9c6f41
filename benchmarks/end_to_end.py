"""How fast whole terminals take output: python benchmarks/end_to_end.py [--mb MB] [NAME …]

Writes seeded payloads into each terminal and asks where the cursor is (DSR 6); the answer comes
when every byte was parsed. All terminals in turn; differences under 20 % are none on a shared
machine. CPU is that of the terminal's process with all threads.
"""

import argparse
import itertools
import json
import os
import sys
import time
import tty
from collections.abc import Iterator
from pathlib import Path

from desk import Desk, cpu_seconds
from payloads import payload
from report import Report
from terminals import TERMINALS, installed, versions

PAYLOADS = ("ascii_log", "dense_cells", "cjk")
PIECE = 1 << 16
LONGEST = 5.0  #: seconds; some terminals look up each ideograph's font, and take 0.04 MB/s
PATIENCE = 60  #: seconds for all payloads


def inside(result: str, megabytes: float) -> None:
    """Run in the terminal: write, wait for the answer, note how long it took."""
    tty.setcbreak(0)
    terminal = [os.getppid()]
    measured = {}
    for name in PAYLOADS:
        data = payload(name, 1 << 20)
        pieces = list(_pieces(data))
        _answered(b"\x1bc")
        cpu, started = cpu_seconds(terminal), time.monotonic()
        written = 0
        for piece in itertools.cycle(pieces):
            _write(piece)
            written += len(piece)
            if written >= megabytes * 1e6 or time.monotonic() - started > LONGEST:
                break
        _answered()
        seconds, used = time.monotonic() - started, cpu_seconds(terminal) - cpu
        measured[name] = (written / 1e6 / seconds, used * 1e9 / written)
    Path(f"{result}.part").write_text(json.dumps(measured))
    os.replace(f"{result}.part", result)


def _pieces(data: bytes) -> Iterator[bytes]:
    """Cut before a line or a sequence: what is cut within may take the question after it along."""
    while data:
        end = max(data.rfind(b"\n", 0, PIECE) + 1, data.rfind(b"\x1b", 1, PIECE))
        yield data[:end]
        data = data[end:] if end > 0 else b""


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def _answered(data: bytes = b"") -> None:
    _write(data + b"\x1b[6n")
    while not os.read(0, 64).endswith(b"R"):
        pass


def throughput(desk: Desk, name: str, megabytes: float) -> dict[str, tuple[float, float]]:
    """MB/s and CPU ms per MB by payload; empty when it didn't come to an end."""
    result = desk.file()
    opened = desk.open(
        name, sys.executable, __file__, "--inside", str(result), "--mb", str(megabytes)
    )
    end = time.monotonic() + PATIENCE
    while not result.exists() and time.monotonic() < end:
        time.sleep(0.05)
    desk.close(opened)
    if not result.exists():
        print(f"  {name}: no end after {PATIENCE} s", file=sys.stderr)
        return {}
    return {key: (rate, cpu) for key, (rate, cpu) in json.loads(result.read_text()).items()}


def measure(report: Report, desk: Desk, names: list[str], *, megabytes: float, runs: int) -> None:
    """Rows of MB/s and of CPU, for each payload."""
    found = [
        (name, throughput(desk, name, megabytes))
        for _, name in itertools.product(range(runs), names)
    ]
    for row, (column, unit) in itertools.product(PAYLOADS, enumerate(("MB/s", "CPU ms/MB"))):
        for name, measured in found:
            if measured:
                report.add(f"end to end, {row}", unit, name, [measured[row][column]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--mb", type=float, default=32, help="of each payload")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside, options.mb)
        return
    names = installed(options.names)
    report = Report()
    with Desk() as desk:
        measure(report, desk, names, megabytes=options.mb, runs=options.runs)
    report.print(versions=versions(names))


if __name__ == "__main__":
    main()
