"""The engine: where a pattern matches in a terminal's history and screen.

Lines are read as UTF-8, whole logical lines and many in one go (vt/core/transcript.py), and RE2
looks for the pattern in all of them. So a match may span rows that wrapped, hold wide characters,
and begin or end within a cluster, whose cell it then has. It never spans logical lines.

All that takes long is `Steps` (slices.py), of a chunk of text of such a size that matching can't
take more than two milliseconds, whatever the pattern; most take a tenth of one. A logical line that
is much longer is matched aside.

The terminal may go on between two steps. Nothing that is kept here then goes wrong: text is read
and searched as a copy; places are stable lines, which output doesn't change; the ends of history
and screen are asked for anew at each step. When lines get other numbers, by a reflow, or other
text, when a screen that grows takes some back from the history, `epoch` changes: whoever has such
steps under way takes places along (`Terminal.resize` and `reflow` do that) and starts anew.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gputerm.vt.core.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gputerm.finding.patterns import LinePattern
    from gputerm.finding.slices import Steps
    from gputerm.vt import Point, Terminal

__all__ = ["Finder", "Found", "Match", "screen_text"]

#: Steps of matching (LinePattern.size for each byte) in a chunk: most take less than a nanosecond,
#: and where RE2 can't keep its states, 15.
_EFFORT = 150_000
#: Cells of a chunk, which takes 10 µs besides. A large pattern has few states that are alive.
_CELLS = 4000, 32_000
_LONG = 4  #: times as much text is matched aside

_MATCHES = 100  #: found in one step


class Match(NamedTuple):
    """Where a pattern matches, in stable lines; `stop` is the cell behind, in the last row."""

    start: Point
    stop: Point

    def columns(self, line: int, width: int) -> tuple[int, int]:
        """The half-open columns matched in one of its rows, which is `width` columns wide."""
        start = self.start[1] if line == self.start[0] else 0
        return start, self.stop[1] if line == self.stop[0] else width


class Found:
    """The matches in some lines, and their text."""

    __slots__ = ("_edges", "_transcript")

    def __init__(self, transcript: Transcript, edges: array[int]) -> None:
        """`edges`: where matches begin and end, in turn, in bytes of the text."""
        self._transcript = transcript
        self._edges = edges

    @property
    def first(self) -> int:
        """The first of the lines."""
        return self._transcript.first

    @property
    def stop(self) -> int:
        """One past the last of them."""
        return self._transcript.stop

    @property
    def text(self) -> bytes:
        """The text of the lines, in UTF-8; a line feed ends each logical one."""
        return self._transcript.text

    def __len__(self) -> int:
        return len(self._edges) // 2

    def __getitem__(self, number: int) -> Match:
        return self.place(*self.span(number))

    def span(self, number: int) -> tuple[int, int]:
        """Where a match begins and ends, in bytes of `text`."""
        return self._edges[2 * number], self._edges[2 * number + 1]

    def place(self, start: int, stop: int) -> Match:
        """Where some bytes of `text` are."""
        return Match(*self._transcript.cells(start, stop))

    def before(self, point: Point) -> int:
        """How many of the matches begin before a point."""
        return bisect_left(range(len(self)), point, key=lambda number: self[number].start)

    def matches(self) -> Iterator[Match]:
        """All matches, in order."""
        return (self[number] for number in range(len(self)))


class Finder:
    """Looks for one pattern in one terminal. Of the alternate screen, only what it shows."""

    def __init__(
        self, terminal: Terminal, pattern: LinePattern, *, all_lines: bool = False
    ) -> None:
        """`all_lines`: also what is above the alternate screen."""
        self._terminal = terminal
        self._pattern = pattern
        self._all = all_lines
        least, most = _CELLS
        self._cells = min(max(_EFFORT // pattern.size, least), most)
        self.looked = 0  #: at so many lines, while `nearest` is under way

    @property
    def epoch(self) -> tuple[int, int, bool]:
        """Changes when lines get other numbers or another text without being on the screen."""
        terminal = self._terminal
        return terminal.screen.history.seqno, terminal.columns, terminal.alternate

    @property
    def lowest(self) -> int:
        """The first line that is searched."""
        terminal = self._terminal
        hidden = terminal.alternate and not self._all
        return terminal.screen_top if hidden else terminal.first_line

    @property
    def stop(self) -> int:
        """One past the last."""
        return self._terminal.screen_top + self._terminal.lines

    @property
    def screen_start(self) -> int:
        """Where the logical line begins that the screen's first row is of."""
        return self._transcript().start_of(self._terminal.screen_top)

    def in_lines(self, first: int, stop: int) -> Steps[Found]:
        """The matches in all logical lines of which a part lies in first <= line < stop."""
        lines = self._transcript()
        first = lines.start_of(min(max(first, self.lowest), self.stop - 1))
        stop = lines.stop_of(max(min(stop, self.stop) - 1, first))
        return self._search(lines, first, stop)

    def below(self, start: int, highest: int | None = None) -> Steps[Found]:
        """The matches in a chunk of lines from `start` on, which begins a logical line, up to
        before `highest` if that does."""
        lines = self._transcript()
        highest = self.stop if highest is None else highest
        return self._search(lines, start, lines.stop_below(start, self._cells, highest))

    def above(self, stop: int) -> Steps[Found]:
        """The matches in a chunk of lines up to before `stop`, which begins a logical line."""
        lines = self._transcript()
        return self._search(lines, lines.start_above(stop, self._cells, self.lowest), stop)

    def nearest(self, point: Point, *, forward: bool) -> Steps[Match | None]:
        """The first match that begins at a point or behind it; backwards, the last that begins
        before it. It goes on at the other end; None: there is none at all.
        """
        self.looked = 0
        point = min(max(point, (self.lowest, 0)), (self.stop - 1, self._terminal.columns))
        return self._next(point) if forward else self._previous(point)

    def _next(self, point: Point) -> Steps[Match | None]:
        at = self._transcript().start_of(point[0])
        while at < self.stop:
            found = yield from self.below(max(at, self.lowest))
            if (number := found.before(point)) < len(found):
                return found[number]
            at = found.stop
            self.looked += found.stop - found.first
        at = self.lowest
        while at <= min(point[0], self.stop - 1):
            found = yield from self.below(max(at, self.lowest))
            if found:
                return found[0]
            at = found.stop
            self.looked += found.stop - found.first
        return None

    def _previous(self, point: Point) -> Steps[Match | None]:
        stop = self._transcript().stop_of(point[0])
        while stop > self.lowest:
            found = yield from self.above(min(stop, self.stop))
            if number := found.before(point):
                return found[number - 1]
            stop = found.first
            self.looked += found.stop - found.first
        stop = self.stop
        while stop > max(point[0], self.lowest):
            found = yield from self.above(min(stop, self.stop))
            if found:
                return found[len(found) - 1]
            stop = found.first
            self.looked += found.stop - found.first
        return None

    def _transcript(self) -> Transcript:
        return Transcript(self._terminal.screen)

    def _search(self, lines: Transcript, first: int, stop: int) -> Steps[Found]:
        lines.read(first, stop)
        edges = array("q")  # thousands of tuples would have the garbage collector come
        spans = self._pattern.spans(lines.text)
        aside = len(lines.text) > _LONG * self._cells
        while True:
            work = partial(_list, islice(spans, _MATCHES))
            some: list[tuple[int, int]] = (yield work)() if aside else work()
            for span in some:
                if span[0] < span[1]:
                    edges.extend(span)
            yield None
            if len(some) < _MATCHES:
                return Found(lines, edges)


def _list(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    return list(spans)


def screen_text(terminal: Terminal) -> str:
    """What is on the screen, a line feed after each logical line but the last."""
    lines = Transcript(terminal.screen)
    lines.read(terminal.screen_top, lines.last)
    return lines.text.decode().removesuffix("\n")
