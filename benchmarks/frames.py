"""What frames cost: python benchmarks/frames.py [--runs N]

Draws a 30 × 100 terminal into a picture without a window, as after one typed character, after one
scrolled line, and all of it; prints milliseconds until the call returns and until the driver has
drawn, medians with the range. Arrays only is the part without OpenGL.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from gputerm.render import gl
from gputerm.render.canvas import Canvas
from gputerm.render.frame import Frame
from gputerm.render.offscreen import OffscreenContext
from gputerm.render.pipeline import Pipeline
from gputerm.render.renderer import Renderer
from gputerm.text import glyphs_for
from gputerm.text.metrics import FontOptions
from gputerm.vt import Terminal

LINES, COLUMNS = 30, 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    context = OffscreenContext()
    glyphs = glyphs_for(FontOptions())
    width, height = COLUMNS * glyphs.metrics.cell_width, LINES * glyphs.metrics.cell_height
    canvas = Canvas(Renderer(Pipeline()), glyphs, width, height)
    frame = Frame(glyphs, width, height, (0, 0))
    terminal = Terminal(LINES, COLUMNS)
    text = b"".join(b"%c" % (33 + i % 90) + b" " * (i % 3 == 0) for i in range(LINES * COLUMNS))
    terminal.feed(text)
    changes: dict[str, Callable[[], object]] = {
        "a character": lambda: terminal.feed(b"x\x08"),
        "a scrolled line": lambda: terminal.feed(b"\n" + text[:80]),
        "everything": lambda: terminal.feed(b"\x1b[2J\x1b[H" + text),
    }
    canvas.draw(terminal.snapshot())
    gl.glFinish()
    for name, change in changes.items():
        arrays, returned, drawn = [], [], []
        for _ in range(runs):
            change()
            snapshot = terminal.snapshot()
            begin = time.perf_counter()
            frame.update(snapshot)
            arrays.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            canvas.draw(snapshot)
            returned.append(time.perf_counter() - begin)
            gl.glFinish()
            drawn.append(time.perf_counter() - begin)
        columns = ", ".join(
            f"{what} {1000 * statistics.median(times):.2f} "
            f"({1000 * np.quantile(times, 0.1):.2f} - {1000 * np.quantile(times, 0.9):.2f})"
            for what, times in (("arrays only", arrays), ("call", returned), ("drawn", drawn))
        )
        print(f"{name:16} ms: {columns}")
    context.close()


if __name__ == "__main__":
    main()
