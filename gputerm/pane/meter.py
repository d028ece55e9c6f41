"""What windows have cost: counts and seconds, kept where they arise and handed out frozen.

A TerminalWindow has a Meter; `Statistics` is what `msg statistics` is told, of one window or as the
sum of several. Knows no clock and no contents: a key press is a time, output is a number of bytes.
"""

from gputerm.records import Record

__all__ = ["FORGOTTEN", "Latencies", "Meter", "Statistics", "Timings"]

#: A key press that nothing followed for so long, in seconds, has no echo: a password, a key that
#: the program ignores. What it shows later isn't an answer.
FORGOTTEN = 1.0

_STEPS = 4  #: buckets for each doubling: a bucket is 19 to 25 % wide
_BUCKETS = 21 * _STEPS  #: up to FORGOTTEN, which is 20 doublings of a microsecond


class Latencies(Record):
    """How long something took, many times; sums can be added up, so can the buckets."""

    count: int = 0
    total: float = 0.0  #: seconds
    maximum: float = 0.0
    buckets: tuple[int, ...] = (0,) * _BUCKETS  #: how many times by `_bucket`

    def __add__(self, other: "Latencies") -> "Latencies":
        return Latencies(
            self.count + other.count,
            self.total + other.total,
            max(self.maximum, other.maximum),
            tuple(a + b for a, b in zip(self.buckets, other.buckets, strict=True)),
        )

    @property
    def mean(self) -> float | None:
        """Seconds; None without a measurement."""
        return self.total / self.count if self.count else None

    def percentile(self, percent: float) -> float | None:
        """What `percent` of 100 stay under, in seconds: too high by a quarter at most."""
        if not self.count:
            return None
        left = self.count * percent / 100
        for index, count in enumerate(self.buckets):
            left -= count
            if left <= 0 and count:
                return min(_upper_end(index), self.maximum)
        return self.maximum


class Timings:
    """Latencies in the making."""

    __slots__ = ("_buckets", "_count", "_maximum", "_total")

    def __init__(self) -> None:
        self._count = 0
        self._total = self._maximum = 0.0
        self._buckets = [0] * _BUCKETS

    def note(self, seconds: float) -> None:
        """It took so long this time."""
        self._count += 1
        self._total += seconds
        self._maximum = max(self._maximum, seconds)
        self._buckets[_bucket(seconds)] += 1

    def so_far(self) -> Latencies:
        """All that was noted."""
        return Latencies(self._count, self._total, self._maximum, tuple(self._buckets))


def _bucket(seconds: float) -> int:
    """The two bits after the leading one of the microseconds say where in a doubling it is."""
    microseconds = max(int(seconds * 1e6), _STEPS)
    doubling = microseconds.bit_length() - 1
    index = doubling * _STEPS + (microseconds >> (doubling - 2)) % _STEPS
    return min(index, _BUCKETS - 1)


def _upper_end(index: int) -> float:
    doubling, step = divmod(index, _STEPS)
    return float((_STEPS + step + 1) << doubling) / _STEPS / 1e6


class Statistics(Record, kw_only=True):
    """What a window, or a process with all windows that it ever had, has done and what it took."""

    received: int = 0  #: bytes from programs, parsed
    parsing: float = 0.0  #: seconds in which they were, and read where that was done in turn
    frames: int = 0  #: shown
    drawing: float = 0.0  #: seconds for them, and for looking whether one was needed
    key_to_swap: Latencies = Latencies()

    def __add__(self, other: "Statistics") -> "Statistics":
        return Statistics(
            received=self.received + other.received,
            parsing=self.parsing + other.parsing,
            frames=self.frames + other.frames,
            drawing=self.drawing + other.drawing,
            key_to_swap=self.key_to_swap + other.key_to_swap,
        )


class Meter:
    """One window's frames, and how long keys waited for theirs."""

    __slots__ = ("_drawing", "_frames", "_key_to_swap", "_pressed", "_received")

    def __init__(self) -> None:
        self._frames = 0
        self._drawing = 0.0
        self._key_to_swap = Timings()
        self._pressed: float | None = None  # the oldest key press without an echo
        self._received = 0  # bytes that had been parsed then

    def key_pressed(self, now: float, received: int) -> None:
        """The user typed for the program, of which `received` bytes had been parsed."""
        if self._pressed is None or now - self._pressed > FORGOTTEN:
            self._pressed, self._received = now, received

    def frame(self, started: float, ended: float, received: int, *, shown: bool) -> float | None:
        """The window was drawn; how many seconds a key press had waited for it, if one had.

        The echo is taken to be in the first frame with output that was parsed after the press.
        """
        self._drawing += ended - started
        if not shown:
            return None
        self._frames += 1
        pressed = self._pressed
        if pressed is None or received == self._received:
            return None
        self._pressed = None
        waited = ended - pressed
        if waited > FORGOTTEN:
            return None
        self._key_to_swap.note(waited)
        return waited

    def statistics(self, received: int, parsing: float) -> Statistics:
        """All so far, with the bytes that were parsed and the seconds that took."""
        return Statistics(
            received=received,
            parsing=parsing,
            frames=self._frames,
            drawing=self._drawing,
            key_to_swap=self._key_to_swap.so_far(),
        )
