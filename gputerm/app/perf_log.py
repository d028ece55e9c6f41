"""`gputerm --perf-log FILE`: a line for each frame that was shown, and what it took.

    seconds  when the swap had returned, since the file was opened
    window   its number
    bytes    output parsed since the window's last line
    parse    µs for parsing them; in a flood also for reading them, as far as this thread did
    paint    µs for finding what changed and making arrays of it
    draw     µs for handing them to OpenGL; a driver may do the work later, in `swap`
    swap     µs for copying the picture into the window and showing it
    key      µs from a key press to the end of the swap that shows its echo; "-" without one

Numbers only: no text, no key. Each line is one write, so that `tail -f` follows. What can't be
written is told once and ends the log, never the terminal.
"""

import os
import time
from collections.abc import Callable

__all__ = ["PerfLog"]

HEADER = "# seconds window    bytes   parse   paint    draw    swap     key\n"


class PerfLog:
    """The file, and what each window's last line had counted."""

    def __init__(self, path: str, complain: Callable[[str], None]) -> None:
        """`complain` is given one line for the user if the file can't be written."""
        self._path = path
        self._complain = complain
        self._opened = time.monotonic()
        self._told: dict[int, tuple[int, float]] = {}
        self._fd = -1
        try:
            # O_NONBLOCK: a pipe that nobody reads would hold up every window.
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NONBLOCK
            self._fd = os.open(path, flags, 0o666)
        except OSError as error:
            self._end(error)
        else:
            self._write(HEADER)

    def frame(
        self,
        window: int,
        *,
        received: int,
        parsing: float,
        times: tuple[float, float, float, float],
        waited: float | None,
    ) -> None:
        """A window was drawn: the bytes received and seconds spent on them so far, the monotonic
        times of its begin and of the ends of painting, drawing and swapping, and the seconds that
        a key press had waited for it."""
        if self._fd < 0:
            return
        last_received, last_parsing = self._told.get(window, (0, 0.0))
        self._told[window] = received, parsing
        started, painted, drawn, swapped = times
        phases = (parsing - last_parsing, painted - started, drawn - painted, swapped - drawn)
        key = "-" if waited is None else f"{waited * 1e6:.0f}"
        self._write(
            f"{swapped - self._opened:9.6f} {window:6} {received - last_received:8} "
            f"{' '.join(f'{seconds * 1e6:7.0f}' for seconds in phases)} {key:>7}\n"
        )

    def close(self) -> None:
        """No more lines. May be called again."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _write(self, line: str) -> None:
        try:
            os.write(self._fd, line.encode())
        except OSError as error:
            self._end(error)

    def _end(self, error: OSError) -> None:
        self.close()
        self._complain(f"--perf-log: can't write {self._path}: {error.strerror}")
