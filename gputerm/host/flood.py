"""Who reads a flood: the loop thread, ahead of the parser, or the main thread, in turn with it.

Reading ahead uses two processors. But a pty has 4 KiB ready at most; who reads on without a pause
must sleep until the kernel's worker has brought the next 4, and be woken for each. Who parses in
between finds them ready. Which is faster depends on what waking costs and on where the kernel runs
its worker: on two cores of an Intel Xeon a program that reads in turn got 92 MB/s of dense cells,
reading ahead 225; on two cores of an AMD EPYC lines of a log came at 48 MB/s ahead and at 70 in
turn. So both are tried. [Linux's drivers/tty/n_tty.c; tty_buffer_flush_work in tty_buffer.c]
"""

__all__ = ["Flood"]

#: So much, so fast (bytes a second), is a flood; of less, many small writes are read at once.
_SIZE = 64 << 10
_RATE = 2e6

#: After a term the other way is tried for a while: long enough for the kernel to have settled who
#: runs where. Terms grow twofold as long as trials say that nothing should change.
_TERM_S = 0.5
_MAX_TERM_S = 8.0
_TRIAL_S = 0.1

#: Reading ahead takes a second processor, and is to be so much faster for that. Neighbours on the
#: same machine make less of a difference.
_WORTH = 1.5


class Flood:
    """One program's output."""

    def __init__(self) -> None:
        self.in_turn = False  #: the thread that parses is to read
        self._ahead = False  # how floods are read now
        self._trial = False  # only to know its rate
        self._term = _TERM_S
        self._begun = 0.0  # when a piece of output began
        self._size = 0  # and its bytes
        self._way_size = 0  # bytes read the way of now
        self._way_seconds = 0.0  # and how long that took
        self._rate = 0.0  # bytes a second, the way before

    def parsed(self, size: int, now: float) -> None:
        """`size` bytes have been parsed by `now` (monotonic seconds)."""
        self._size += size
        seconds = now - self._begun
        if self._size < _SIZE and seconds <= _SIZE / _RATE:
            return
        if self._size > _RATE * seconds:
            self._flowed(self._size, seconds)
            self.in_turn = not self._ahead
        else:
            self.in_turn = False
        self._begun, self._size = now, 0

    def end(self) -> None:
        """Nothing came for a while."""
        self.in_turn = False

    def _flowed(self, size: int, seconds: float) -> None:
        """Count a piece of a flood; change the way it is read when it is time."""
        self._way_size += size
        self._way_seconds += seconds
        if self._way_seconds < (_TRIAL_S if self._trial else self._term):
            return
        before, self._rate = self._rate, self._way_size / self._way_seconds
        self._way_size, self._way_seconds = 0, 0.0
        if self._trial:
            ahead, in_turn = (self._rate, before) if self._ahead else (before, self._rate)
            tried, self._ahead = self._ahead, ahead > _WORTH * in_turn
            changed = tried is self._ahead
            self._term = _TERM_S if changed else min(2 * self._term, _MAX_TERM_S)
        else:
            self._ahead = not self._ahead
        self._trial = not self._trial
