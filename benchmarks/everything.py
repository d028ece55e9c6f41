"""All of it, and one table at the end: python benchmarks/everything.py [--quick]   (make bench)

The core against pyte, frames, starts, and whole terminals against those that are installed here:
throughput, latency, what waiting costs. Progress goes to standard error, the table to standard
output; `make bench > table.md`. About fifteen minutes with seven peers; `--quick` shows in two that
everything works, and its figures mean little.
"""

import argparse

import core
import end_to_end
import frames
import idle
import latency
import start
from desk import Desk
from payloads import PAYLOADS
from report import Report
from terminals import TERMINALS, installed, versions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    few = options.quick
    names = installed(options.names)
    report = Report()
    core.measure(report, PAYLOADS, size=1 if few else 8, runs=3 if few else 7, pyte=True)
    frames.measure(report, runs=30 if few else 200)
    with Desk() as desk:
        start.measure(report, desk, names, runs=1 if few else 9)
        end_to_end.measure(report, desk, names, megabytes=4 if few else 32, runs=1 if few else 3)
        latency.measure(report, desk, names, count=10 if few else 60, runs=1 if few else 3)
        idle.measure(report, desk, names, seconds=1 if few else 5, runs=1 if few else 3)
    report.print("make bench", versions(names))


if __name__ == "__main__":
    main()
