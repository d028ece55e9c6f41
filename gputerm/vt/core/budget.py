# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Budget: how far the parser may go before somebody looks at the clock.

A byte of text costs a unit, a few nanoseconds. A control function of eight bytes may cost a
thousand times as much: it may touch every cell, or leave compiled code. So whoever does more than
its bytes are worth says so by `spend`, at the place where the work is done: Grid for cells, History
for its lines, Performer for calls of Python. The parser then stops that much earlier.

One object is shared by a parser's performer and its grids. Units are counted, not measured: the
same bytes pause at the same places on every machine.
"""

ITEM = 1000  #: one of several things that a handler does at once: a colour, a reply, an event
PAUSE = 1 << 20  #: more than any slice: what takes long enough by itself


class Budget:
    """`stop` is the index in the chunk before which the parser stops; spending moves it nearer."""

    def __init__(self) -> None:
        self.stop = 0

    def spend(self, units):
        """For callers in Python."""
        self.stop -= units
