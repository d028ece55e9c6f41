"""The one table of a run: a row for each thing measured, a column for each program.

A cell is the median of its samples with their range; a lone sample stands alone. Markdown, with
the machine, the versions, the date and the command above it, ready for RESULTS.md.
"""

import os
import platform
import shlex
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import gputerm

ROOT = Path(__file__).resolve().parents[1]


class Report:
    """Samples on their way into a table."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, list[float]]] = {}

    def add(self, what: str, unit: str, program: str, samples: Sequence[float]) -> None:
        """More samples for a cell; says on standard error that there are some."""
        cell = self._rows.setdefault((what, unit), {}).setdefault(program, [])
        cell += samples
        print(f"  {what}, {program}: {spread(cell)} {unit}", file=sys.stderr, flush=True)

    def print(self, title: str = "", versions: Iterable[str] = ()) -> None:
        """Write the table with what it was measured on."""
        programs = list(dict.fromkeys(name for row in self._rows.values() for name in row))
        lines = [["", *programs]]
        lines += [
            [f"{what}, {unit}" if unit else what, *(spread(row.get(name, ())) for name in programs)]
            for (what, unit), row in self._rows.items()
        ]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        if title:
            print(f"## {title}\n")
        print("\n".join(circumstances(versions)), end="\n\n")
        for number, line in enumerate(lines):
            cells = (f"{line[0]:{widths[0]}}", *(map(str.rjust, line[1:], widths[1:])))
            print("| " + " | ".join(cells) + " |")
            if not number:
                rules = ("-" * (width + 1) + ":" for width in widths[1:])
                print("|" + "-" * (widths[0] + 2) + "|" + "|".join(rules) + "|")


def spread(samples: Sequence[float]) -> str:
    """ "12.3 (11.9 – 14.0)": median and range."""
    if not samples:
        return ""
    middle = _short(statistics.median(samples))
    if len(samples) == 1:
        return middle
    return f"{middle} ({_short(min(samples))} – {_short(max(samples))})"


def _short(value: float) -> str:
    """Three figures, as many as anybody believes."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}"


def circumstances(versions: Iterable[str] = ()) -> list[str]:
    """What somebody who wants to compare has to know."""
    revision = _output("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    ours = f"gputerm {gputerm.__version__}{f' ({revision})' if revision else ''}"
    libraries = [f"Python {platform.python_version()}", f"numpy {version('numpy')}", _renderer()]
    words = (Path(sys.orig_argv[0]).name, *sys.orig_argv[1:])
    return [
        f"- {datetime.now():%Y-%m-%d %H:%M}, load {os.getloadavg()[0]:.1f}",
        f"- {_processor()}, {os.cpu_count()} cores, Linux {platform.release()}",
        f"- {', '.join([ours, *libraries, *versions])}",
        f"- `{shlex.join(words)}`",
    ]


def _processor() -> str:
    try:
        facts = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in facts if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _renderer() -> str:
    """Who draws, as OpenGL says it."""
    from gputerm.errors import GputermError
    from gputerm.render import gl
    from gputerm.render.offscreen import OffscreenContext

    try:
        context = OffscreenContext()
    except GputermError as error:
        return str(error)
    name = (gl.glGetString(gl.GL_RENDERER) or b"?").decode(errors="replace")
    release = (gl.glGetString(gl.GL_VERSION) or b"?").decode(errors="replace")
    context.close()
    return f"{name}, OpenGL {release}"


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
