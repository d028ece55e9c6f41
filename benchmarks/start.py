"""Where the time of a start goes: python benchmarks/start.py [--runs N] [NAME …]

For gputerm what is imported before the first frame, by package, from `python -X importtime`. For
each terminal how long after exec its program runs, its window is there, its program has an answer
(DSR 6), and the first thing that it wrote can be seen. All terminals in turn.
"""

import argparse
import itertools
import math
import os
import re
import subprocess
import sys
import time
from collections import Counter

from desk import Desk, block
from report import Report
from terminals import TERMINALS, installed, versions

#: What a start imports, in its order.
IMPORTS = (
    "import gputerm.cli, gputerm.config, gputerm.options;"
    "import gputerm.startup.connecting, gputerm.startup.graphics;"
    "gputerm.stand_ins.import_numpy(); import gputerm.app.app"
)

#: Runs in the terminal, with little to import of its own: shows the block, and notes when it began
#: and when it was answered.
PROGRAM = f"""\
import os, sys, time, tty
began = time.monotonic()
tty.setraw(0)
os.write(1, {block(lit=True)!r} + b"\\x1b[6n")
while not os.read(0, 64).endswith(b"R"): pass
with open(sys.argv[1] + ".part", "w") as file: file.write(f"{{began}} {{time.monotonic()}}")
os.replace(sys.argv[1] + ".part", sys.argv[1])
time.sleep(1000)
"""

PATIENCE = 20.0  #: seconds for all phases
PHASES = ("window", "program runs", "is answered", "first content")
SHARE = 0.02  #: packages that take less of the imports are not named


def imports(report: Report, runs: int) -> None:
    """Rows of self time by package; the least of the runs is what it takes undisturbed."""
    least: dict[str, int] = {}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs + 1):  # the first one may have to compile
        command = [sys.executable, "-X", "importtime", "-c", IMPORTS]
        answer = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment
        )
        for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)", answer.stderr):
            least[name] = min(least.get(name, 1 << 60), int(own))
    packages: Counter[str] = Counter()
    for name, own in least.items():
        packages[".".join(name.split(".")[: 2 if name.startswith("gputerm.") else 1])] += own
    total = sum(least.values())
    report.add("start, imports", "ms", "gputerm", [total / 1000])
    for name, own in packages.most_common():
        if own >= SHARE * total:
            report.add(f"start, imports of {name}", "ms", "gputerm", [own / 1000])


def launch(desk: Desk, name: str) -> tuple[float, ...] | None:
    """Milliseconds after exec of PHASES; None when something never came."""
    result = desk.file()
    opened = desk.launch(name, sys.executable, "-I", "-S", "-c", PROGRAM, str(result))
    deadline = opened.started + PATIENCE
    seen = desk.watch(opened.window).lit(deadline)
    while not result.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    desk.close(opened)
    if seen is None or not result.exists():
        print(f"  {name}: no answer, or nothing to be seen", file=sys.stderr)
        return None
    began, answered = map(float, result.read_text().split())
    moments = (opened.shown, began, answered, seen)
    return tuple(1000 * (moment - opened.started) for moment in moments)


def launches(report: Report, desk: Desk, names: list[str], runs: int) -> None:
    """Rows of milliseconds for each phase."""
    found = [(name, launch(desk, name)) for run, name in itertools.product(range(runs + 1), names)][
        len(names) :
    ]  # the first start of each fills caches
    for number, phase in enumerate(PHASES):
        for name, moments in found:
            if moments is not None and not math.isnan(moments[number]):
                report.add(f"start, {phase}", "ms", name, [moments[number]])


def measure(report: Report, desk: Desk, names: list[str], *, runs: int) -> None:
    """All rows."""
    imports(report, runs)
    launches(report, desk, names, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    names = installed(options.names)
    report = Report()
    with Desk() as desk:
        measure(report, desk, names, runs=options.runs)
    report.print(versions=versions(names))


if __name__ == "__main__":
    main()
