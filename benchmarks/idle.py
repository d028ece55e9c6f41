"""What a waiting terminal costs: python benchmarks/idle.py [--seconds S] [NAME …]

CPU and wake-ups a second of the terminal's processes, from /proc, while its program sleeps: with a
cursor that stands (DECSCUSR 2) and one that blinks (DECSCUSR 1), in a window with the focus.
"""

import argparse
import itertools
import time

from desk import Desk, cpu_seconds, wake_ups
from report import Report
from terminals import TERMINALS, installed, versions

CURSORS = {"steady": 2, "blinking": 1}
REST = 2.0  #: seconds after which the start is over


def waiting(desk: Desk, name: str, cursor: int, seconds: float) -> tuple[float, float]:
    """CPU milliseconds and wake-ups a second."""
    opened = desk.open(name, "/bin/sh", "-c", f"printf '\\033[{cursor} q$ '; exec sleep 1000")
    time.sleep(REST)
    pids = opened.pids()
    cpu, woken = cpu_seconds(pids), wake_ups(pids)
    time.sleep(seconds)
    cpu, woken = cpu_seconds(pids) - cpu, wake_ups(pids) - woken
    desk.close(opened)
    return 1000 * cpu / seconds, woken / seconds


def measure(report: Report, desk: Desk, names: list[str], *, seconds: float, runs: int) -> None:
    """Rows of CPU and wake-ups, for each cursor."""
    for cursor, number in CURSORS.items():
        found = [
            (name, *waiting(desk, name, number, seconds))
            for _, name in itertools.product(range(runs), names)
        ]
        for name, cpu, _ in found:
            report.add(f"idle, {cursor} cursor: CPU", "ms/s", name, [cpu])
        for name, _, woken in found:
            report.add(f"idle, {cursor} cursor: wake-ups", "1/s", name, [woken])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    names = installed(options.names)
    report = Report()
    with Desk() as desk:
        measure(report, desk, names, seconds=options.seconds, runs=options.runs)
    report.print(versions=versions(names))


if __name__ == "__main__":
    main()
