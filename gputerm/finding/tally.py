"""A tally: how many matches there are, and the how manieth of them one is.

    ── evicted ──┬── counted, a number for each chunk ──┬── the screen ──
               lowest                                  high

Chunks of history are counted once, the newest first. The screen, and what of the history its first
logical line has, is counted anew each time, since it changes. When history has evicted a part of
the oldest chunk, the rest is counted anew.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gputerm.finding.finder import Finder
    from gputerm.finding.slices import Steps
    from gputerm.vt import Point


class Tally:
    """The matches of one Finder, as long as its epoch lasts."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._firsts: list[int] = []  # the first line of each chunk, oldest first; no gaps
        self._counts: list[int] = []
        self._high: int | None = None  # one past the last line of the last chunk
        self._kept = 0  # matches in chunks
        self._shown = 0  # and on the screen
        self.complete = False  #: all that there was have been counted once

    @property
    def total(self) -> int:
        """The matches counted so far."""
        return self._kept + self._shown

    @property
    def progress(self) -> float:
        """Which part of the lines is counted, from 0 to 1."""
        finder = self._finder
        low = self._firsts[0] if self._firsts else self._high
        counted = 0 if low is None else finder.stop - max(low, finder.lowest)
        return counted / max(finder.stop - finder.lowest, 1)

    def has_none_above(self, stop: int) -> None:
        """No line of history before `stop`, which begins a logical line, has a match."""
        self._clear(stop)
        if self._finder.lowest < stop:
            self._insert(0, self._finder.lowest, 0)

    def count(self) -> Steps[None]:
        """Count what isn't counted yet."""
        while (yield from self._one_more()):
            yield None
        found = yield from self._finder.in_lines(self._high or 0, self._finder.stop)
        self._shown, self.complete = len(found), True

    def _one_more(self) -> Steps[bool]:
        """Count another chunk; False when none is left."""
        finder, firsts = self._finder, self._firsts
        lowest, top = finder.lowest, finder.screen_start
        if self._high is None or self._high < lowest:
            self._clear(top)
        while len(firsts) > 1 and firsts[1] <= lowest:
            self._forget_oldest()
        if firsts and firsts[0] < lowest:
            stop = firsts[1] if len(firsts) > 1 else self._high
            assert stop is not None
            self._forget_oldest()
            if stop > lowest:
                found = yield from finder.in_lines(lowest, stop)
                self._insert(0, found.first, len(found))
            return True
        assert self._high is not None
        if self._high < top:
            found = yield from finder.below(self._high, top)
            self._insert(len(firsts), found.first, len(found))
            self._high = found.stop
            return True
        low = firsts[0] if firsts else self._high
        if low > lowest:
            found = yield from finder.above(low)
            self._insert(0, found.first, len(found))
            return True
        return False

    def _clear(self, high: int) -> None:
        self._firsts.clear()
        self._counts.clear()
        self._kept, self._high = 0, high

    def _insert(self, at: int, first: int, count: int) -> None:
        self._firsts.insert(at, first)
        self._counts.insert(at, count)
        self._kept += count

    def _forget_oldest(self) -> None:
        del self._firsts[0]
        self._kept -= self._counts.pop(0)

    def before(self, point: Point) -> Steps[int]:
        """How many matches begin before a point that isn't evicted, if all are counted."""
        finder = self._finder
        if self._high is None or point[0] >= self._high:
            found = yield from finder.in_lines(self._high or 0, finder.stop)
            return self._kept + found.before(point)
        number = max(bisect_right(self._firsts, point[0]) - 1, 0)
        stop = self._firsts[number + 1] if number + 1 < len(self._firsts) else self._high
        found = yield from finder.in_lines(max(self._firsts[number], finder.lowest), stop)
        return sum(self._counts[:number]) + found.before(point)
