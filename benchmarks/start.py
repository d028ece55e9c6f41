"""Where the time of a start goes: python benchmarks/start.py [--runs N] [NAME …]

First what is imported before the first frame: milliseconds by package, the least of the runs, from
`python -X importtime`. Then, on the current display, how long terminals take until their program
runs and until they have answered it (DSR 5), medians with the range, all terminals in turn. Needs
cached byte code: unset PYTHONDONTWRITEBYTECODE.
"""

import argparse
import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from end_to_end import TERMINALS

#: What a start imports, in its order.
IMPORTS = "import gputerm.cli, gputerm.config, gputerm.options, gputerm.window.display, gputerm.app"

#: Runs in the terminal: notes when it began and when it was answered.
PROGRAM = """\
import os, sys, time, tty
began = time.monotonic()
tty.setraw(0)
os.write(1, b"\\x1b[7m  started  \\x1b[m\\x1b[5n")
while not os.read(0, 64).endswith(b"n"): pass
open(sys.argv[1], "w").write(f"{began} {time.monotonic()}")
"""


def imports(runs: int) -> None:
    """Print the least self time of each package's modules."""
    least: dict[str, int] = {}
    for _ in range(runs):
        command = [sys.executable, "-X", "importtime", "-c", IMPORTS]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)", answer.stderr):
            least[name] = min(least.get(name, 1 << 60), int(own))
    packages: Counter[str] = Counter()
    for name, own in least.items():
        packages[".".join(name.split(".")[: 2 if name.startswith("gputerm.") else 1])] += own
    print(f"imports before the first frame: {sum(least.values()) / 1000:.0f} ms")
    for name, own in packages.most_common(20):
        print(f"  {own / 1000:6.2f} {name}")


def launches(names: list[str], runs: int) -> None:
    """Print how long each terminal takes until its program runs, and until it answers."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for run, name in itertools.product(range(runs + 1), names):
            result = Path(folder, f"{name}{run}")
            started = time.monotonic()
            command = [*TERMINALS[name], sys.executable, "-I", "-S", "-c", PROGRAM, str(result)]
            subprocess.run(command, capture_output=True, timeout=60)
            if result.exists() and run:  # the first one fills caches
                began, answered = map(float, result.read_text().split())
                found[name].append((1000 * (began - started), 1000 * (answered - started)))
    for name, times in found.items():
        if times:
            columns = [
                f"{statistics.median(column):5.0f} ({min(column):.0f} - {max(column):.0f})"
                for column in zip(*times, strict=True)
            ]
            print(
                f"{name:10} program runs after {columns[0]} ms, is answered after {columns[1]} ms"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    imports(arguments.runs)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        print("no display: terminals are not launched")
        return
    names = arguments.names or list(TERMINALS)
    launches([name for name in names if shutil.which(TERMINALS[name][0])], arguments.runs)


if __name__ == "__main__":
    main()
