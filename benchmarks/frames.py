"""What frames cost: python benchmarks/frames.py [--runs N]

Draws a 30 × 100 terminal into a picture without a window, as after one typed character, after one
scrolled line, and all of it. Each frame's milliseconds are told apart: packing is the part without
OpenGL (what changed, and its quads as arrays), uploading lasts until OpenGL has been told, drawing
until the driver has done it.
"""

import argparse
import time
from collections.abc import Callable, Iterator

from report import Report

from gputerm.render import gl
from gputerm.render.canvas import Canvas
from gputerm.render.offscreen import OffscreenContext
from gputerm.render.pipeline import Pipeline
from gputerm.render.renderer import Renderer
from gputerm.text import glyphs_for
from gputerm.text.metrics import FontOptions
from gputerm.vt import Terminal, TerminalOptions

LINES, COLUMNS = 30, 100
WARM_UP = 5  #: frames that fill caches


class Bench:
    """A terminal and the picture of it."""

    def __init__(self, lines: int = LINES, columns: int = COLUMNS, history: int = 10_000) -> None:
        """Needs a current GL context."""
        glyphs = glyphs_for(FontOptions())
        self.terminal = Terminal(lines, columns, TerminalOptions(history=history))
        self.text = b"".join(
            b"%c" % (33 + i % 90) + b" " * (i % 3 == 0) for i in range(lines * columns)
        )
        width, height = columns * glyphs.metrics.cell_width, lines * glyphs.metrics.cell_height
        self._canvas = Canvas(Renderer(Pipeline()), glyphs, width, height)
        self.terminal.feed(self.text)

    def changes(self) -> dict[str, Callable[[], object]]:
        """What happens before a frame."""
        feed, text = self.terminal.feed, self.text
        return {
            "a character": lambda: feed(b"x\x08"),
            "a scrolled line": lambda: feed(b"\n" + text[:80]),
            "everything": lambda: feed(b"\x1b[2J\x1b[H" + text),
        }

    def frame(self) -> tuple[float, float, float]:
        """Draw one; seconds of packing, uploading and drawing."""
        begin = time.monotonic()
        self._canvas.draw(self.terminal.snapshot())
        packed, told = self._canvas.painted, time.monotonic()
        gl.glFinish()
        return packed - begin, told - packed, time.monotonic() - told


def frames(bench: Bench, change: Callable[[], object], runs: int) -> Iterator[tuple[float, ...]]:
    """The phases of `runs` frames, each after `change`."""
    for number in range(runs + WARM_UP):
        change()
        phases = bench.frame()
        if number >= WARM_UP:
            yield phases


def measure(report: Report, *, runs: int) -> None:
    """Rows of milliseconds, one for each phase of each kind of frame."""
    context = OffscreenContext()
    bench = Bench()
    for name, change in bench.changes().items():
        columns = zip(*frames(bench, change, runs), strict=True)
        for phase, seconds in zip(("packing", "uploading", "drawing"), columns, strict=True):
            # The tenth at either end says more about the machine than about the frame.
            kept = sorted(seconds)[runs // 10 : runs - runs // 10]
            report.add(f"frame, {name}: {phase}", "ms", "gputerm", [1000 * s for s in kept])
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    report = Report()
    measure(report, runs=parser.parse_args().runs)
    report.print()


if __name__ == "__main__":
    main()
