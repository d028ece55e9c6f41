"""Who reads a flood: the loop thread, ahead of the parser, or the main thread, in turn with it.

Reading ahead uses two processors. But a pty has 4 KiB ready at most; who reads on without a pause
must sleep until the kernel's worker has brought the next 4, and be woken for each. Who parses in
between finds them ready. Which is faster depends on what waking costs and on where the kernel runs
its worker: on two cores of an Intel Xeon a program that reads in turn got 92 MB/s of dense cells,
reading ahead 225; on two cores of an AMD EPYC lines of a log came at 48 MB/s ahead and at 70 in
turn. So both are tried. [Linux's drivers/tty/n_tty.c; tty_buffer_flush_work in tty_buffer.c]
"""

import select
from collections.abc import Callable

__all__ = ["Flood", "Turn"]

#: So much, so fast (bytes a second), is a flood; of less, many small writes are read at once.
_SIZE = 64 << 10
_RATE = 2e6

#: After a term both ways are compared, by turns: what neighbours do to a machine lasts longer than
#: a slice, which has time for a frame. Terms grow twofold as long as nothing is to change.
_TERM_S = 0.5
_MAX_TERM_S = 8.0
_SLICE_S = 0.12
_SLICES = 4

#: A flood that pauses for longer, in milliseconds, is over.
_PAUSE_MS = 1

#: Reading ahead takes a second processor, and is to be so much faster for that.
_WORTH = 1.2


class Flood:
    """One program's output."""

    def __init__(self) -> None:
        self.in_turn = False  #: the thread that parses is to read
        self._begun = 0.0  # when a piece of output began
        self._size = 0  # and its bytes
        self._ahead = False  # how floods are read at present
        self._chosen = False  # and between comparisons
        self._term = _TERM_S
        self._seconds = 0.0  # of the term or slice
        self._slices = 0  # that the comparison still takes
        self._sizes = {False: 0, True: 0}  # bytes read in turn, and ahead, in
        self._times = {False: 0.0, True: 0.0}  # seconds

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
        self._seconds += seconds
        if self._slices:
            self._sizes[self._ahead] += size
            self._times[self._ahead] += seconds
            if self._seconds < _SLICE_S:
                return
            self._slices -= 1
            self._ahead = not self._ahead
            if not self._slices:
                self._choose()
        elif self._seconds >= self._term:
            self._slices = _SLICES
        else:
            return
        self._seconds = 0.0

    def _choose(self) -> None:
        in_turn, ahead = (self._sizes[way] / self._times[way] for way in (False, True))
        before, self._chosen = self._chosen, ahead > _WORTH * in_turn
        self._ahead = self._chosen
        self._term = min(2 * self._term, _MAX_TERM_S) if self._chosen is before else _TERM_S
        self._sizes = {False: 0, True: 0}
        self._times = {False: 0.0, True: 0.0}


class Turn:
    """While a flood is read in turn: the thread that parses has the descriptor to itself."""

    def __init__(
        self, flood: Flood, take_over: Callable[[], bool], give_back: Callable[[], None]
    ) -> None:
        """`take_over` takes reading from the other thread, if it can; `give_back` undoes that."""
        self._flood = flood
        self._take_over = take_over
        self._give_back = give_back
        self.taken = False
        self._drained = False  # there was no more at last

    def take(self, descriptor: int) -> bool:
        """Whether the caller, who has parsed all there was, is to read the descriptor now.

        Waits a moment for more when there was no more at last.
        """
        if not self._flood.in_turn:
            self.end()
        elif not self.taken:
            self.taken = self._take_over()
            self._drained = False
        elif self._drained and not _comes_soon(descriptor):
            self._flood.end()
            self.end()
        return self.taken

    def took(self, size: int, *, drained: bool) -> None:
        """`size` bytes were read, and there were no more if it was `drained`."""
        if not size and self._drained:
            # It was readable: the end, which is for the other thread to find.
            self._flood.end()
            self.end()
        self._drained = drained

    def end(self) -> None:
        """Leave reading to the other thread."""
        if self.taken:
            self.taken = False
            self._give_back()


def _comes_soon(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(_PAUSE_MS))
