"""How fast whole terminals take output: python benchmarks/end_to_end.py [--mb MB] [NAME …]

Opens each installed terminal of TERMINALS on the current display (an Xvfb will do), writes the
seeded payloads of core.py to it and waits for its answer to a status request (DSR 5), which comes
when every byte was parsed.
Prints MB/s and the terminal's CPU per MB, medians of the runs, all terminals in turn. Differences
under 20 % are none on a shared machine.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import termios
import time
import tty
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import core

TERMINALS = {
    "gputerm": [sys.executable, "-P", "-m", "gputerm", "--config-file", os.devnull, "-e"],
    "alacritty": ["alacritty", "--config-file", os.devnull, "-e"],
    "kitty": ["kitty", "--config", "NONE"],
    "foot": ["foot", "--config", os.devnull],
    "xterm": ["xterm", "-e"],
}
PAYLOADS = ("ascii_log", "dense_cells", "cjk")


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def inside(result: str, megabytes: float) -> None:
    """Run in the terminal: write, wait for the answer, note how long it took."""
    saved = termios.tcgetattr(0)
    tty.setcbreak(0)
    measured = {}
    for name in PAYLOADS:
        data = core.payload(name, 1 << 20)
        repeats = max(1, round(megabytes * 1e6 / len(data)))
        _answered(b"\x1bc")
        cpu, started = cpu_seconds(os.getppid()), time.perf_counter()
        _answered(*itertools.repeat(data, repeats))
        seconds = time.perf_counter() - started
        written = repeats * len(data) / 1e6
        used = cpu_seconds(os.getppid()) - cpu
        measured[name] = (written / seconds, used * 1000 / written)
    termios.tcsetattr(0, termios.TCSANOW, saved)
    Path(result).write_text(json.dumps(measured))


def _answered(*pieces: bytes) -> None:
    for piece in (*pieces, b"\x1b[5n"):
        view = memoryview(piece)
        while view:
            view = view[os.write(1, view) :]
    while not os.read(0, 64).endswith(b"n"):
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TERMINALS))
    parser.add_argument("--mb", type=float, default=32, help="of each payload")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        inside(arguments.inside, arguments.mb)
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        print("no display: terminals are not compared")
        return
    names = [n for n in arguments.names or TERMINALS if shutil.which(TERMINALS[n][0])]
    found: dict[str, list[dict[str, tuple[float, float]]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for run, name in itertools.product(range(arguments.runs), names):
            result = Path(folder, f"{name}{run}")
            command = [sys.executable, __file__, "--inside", str(result), "--mb", str(arguments.mb)]
            try:
                subprocess.run([*TERMINALS[name], *command], timeout=120, capture_output=True)
            except subprocess.TimeoutExpired:
                print(f"{name}: no end after 120 s", file=sys.stderr)
            if result.exists():
                found[name].append(json.loads(result.read_text()))
    print(f"{'MB/s (CPU ms per MB)':24}", *(f"{name:>16}" for name in names))
    for row in PAYLOADS:
        cells = []
        for name in names:
            runs = [one[row] for one in found[name]]
            cells.append(
                f"{statistics.median(r[0] for r in runs):7.1f} "
                f"({statistics.median(r[1] for r in runs):5.1f})"
                if runs
                else "-"
            )
        print(f"{row:24}", *(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()
