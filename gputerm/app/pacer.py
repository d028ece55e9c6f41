"""When to draw a frame: at once after silence, seldom during a flood. Knows no clock and no window.

All times are seconds on one monotonic clock. A frame is due as soon as something changed, but
drawing takes a quarter of the time at most, however slow the GPU is: each frame must be followed
by REST times its cost. Silence pays in advance, so that the first frames after it follow each other
as fast as a display shows them; a flood, whose lines nobody can read, gets fewer. A key press makes
the window urgent for a moment: its echo waits only for a frame already being drawn.
"""

from collections.abc import Callable

REST = 3.0  #: pause after a frame, in multiples of its cost: drawing takes 1 / (1 + REST)
SAVED_REST = 0.1  #: how much rest silence pays for; the costliest first frames take 20 ms
MAX_REST = 0.1  #: however slow a frame is, ten a second are drawn
MIN_INTERVAL = 1 / 120  #: from the start of a frame to the next; faster than most displays
#: Bytes of output since the last frame: dozens of screens, or one in 24-bit colour.
FLOOD = 128 << 10
FLOOD_INTERVAL = 1 / 30  #: MIN_INTERVAL during a flood
LULL = 0.003  #: so long after the last of its output a flood is over, and what it left is drawn
URGENT = 0.05  #: how long after a key press output is taken for its echo


class FramePacer:
    """The frame clock of one window."""

    def __init__(self, when_damaged: Callable[[], None] = lambda: None) -> None:
        """`when_damaged` is called whenever a frame may have become due."""
        self._when_damaged = when_damaged
        self._damaged = False
        self._output = 0  # bytes since the last frame
        self._more = False  # and there are more that are not parsed yet
        self._first_output = self._last_output = float("-inf")  # of those bytes
        self._started = self._ended = float("-inf")
        self._rested = float("-inf")  # when all frames so far have had their rest
        self._urgent_until = float("-inf")

    def damage(self) -> None:
        """Something visible may have changed."""
        self._damaged = True
        self._when_damaged()

    def output(self, size: int, now: float, *, more: bool = False) -> None:
        """The program wrote `size` bytes, parsed by `now`; `more` are waiting to be parsed."""
        if not self._output:
            self._first_output = now
        self._output += size
        self._last_output, self._more = now, more
        self.damage()

    def key_pressed(self, now: float) -> None:
        """The user typed into the window: what comes next is drawn without delay."""
        self._urgent_until = now + URGENT

    def due(self) -> float | None:
        """When the next frame may be drawn; None when nothing changed."""
        if not self._damaged:
            return None
        if self._output >= FLOOD or self._more:
            # A burst that ends soon is parsed first and drawn once.
            burst = min(self._last_output + LULL, self._first_output + FLOOD_INTERVAL)
            earliest = max(self._rested, self._started + FLOOD_INTERVAL, burst)
        else:
            earliest = max(self._rested, self._started + MIN_INTERVAL)
        return min(earliest, self._ended) if self._ended <= self._urgent_until else earliest

    def begin(self) -> None:
        """A frame is about to be drawn; damage from now on belongs to the next."""
        self._damaged = False
        self._output = 0
        self._more = False

    def drawn(self, started: float, ended: float) -> None:
        """A frame was drawn and shown between the two times."""
        self._started, self._ended = started, ended
        cost = ended - started
        rested = max(self._rested, started - SAVED_REST) + (1 + REST) * cost
        self._rested = min(rested, ended + MAX_REST)
