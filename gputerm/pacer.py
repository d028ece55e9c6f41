"""When to draw a frame: at once after silence, seldom during a flood. Knows no clock and no window.

All times are seconds on one monotonic clock. A frame is due as soon as something changed, but not
before the previous one has rested: REST times what it cost, so that drawing takes at most a quarter
of the time however slow the GPU is, and never more often than a display shows. A key press makes
the window urgent for a moment: its echo waits only for a frame already being drawn.
"""

REST = 3.0  #: pause after a frame, in multiples of its cost: drawing takes 1 / (1 + REST)
MIN_INTERVAL = 1 / 120  #: from the start of a frame to the next; faster than most displays
MAX_REST = 0.1  #: however slow a frame is, ten a second are drawn
URGENT = 0.05  #: how long after a key press output is taken for its echo
URGENT_REST = 0.5  #: REST while urgent


class FramePacer:
    """The frame clock of one window."""

    def __init__(self) -> None:
        self._damaged = False
        self._started = self._ended = float("-inf")
        self._cost = 0.0
        self._urgent_until = float("-inf")

    def damage(self) -> None:
        """Something visible may have changed."""
        self._damaged = True

    def key_pressed(self, now: float) -> None:
        """The user typed into the window: what comes next is drawn without delay."""
        self._urgent_until = now + URGENT

    def due(self) -> float | None:
        """When the next frame may be drawn; None when nothing changed."""
        if not self._damaged:
            return None
        rested = self._ended + min(REST * self._cost, MAX_REST)
        earliest = max(rested, self._started + MIN_INTERVAL)
        urgent = self._ended + min(URGENT_REST * self._cost, MAX_REST)
        return min(earliest, urgent) if urgent <= self._urgent_until else earliest

    def begin(self) -> None:
        """A frame is about to be drawn; damage from now on belongs to the next."""
        self._damaged = False

    def drawn(self, started: float, ended: float) -> None:
        """A frame was drawn and shown between the two times."""
        self._started, self._ended = started, ended
        self._cost = ended - started
