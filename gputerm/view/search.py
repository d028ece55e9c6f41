"""The user's search in one view: what is typed, what it matches, which match is in focus.

It begins at a point, the edge of the viewport or a cursor, and each change of the text looks again
from there: first what is seen, then on to the end and from the other end. The viewport follows the
match in focus, and returns when there is none. Then all matches are counted. All of it is done in
slices (finding/slices.py); another text drops what is left of them, so held keys queue up no work.

Places are stable lines. A reflow takes them along (`anchors`, `moved`), and counting starts anew;
output is counted as it comes, at intervals. What is marked is found for each frame.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from gputerm.finding.finder import Finder
from gputerm.finding.patterns import MAX_PATTERN, PatternError, compile_lines
from gputerm.finding.slices import Slices
from gputerm.finding.tally import Tally
from gputerm.view.field import Field
from gputerm.view.overlay import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gputerm.finding.finder import Match
    from gputerm.finding.patterns import LinePattern
    from gputerm.finding.slices import Aside, Steps
    from gputerm.view.overlay import SpanColors
    from gputerm.view.viewport import Viewport
    from gputerm.vt import Point, Snapshot, Terminal

_SLICE = 0.002  #: seconds of searching between two looks at events,
_MARKING = 0.001  #: and in a frame
_RECOUNT = 0.05  #: seconds from counting to counting again while output comes
_TELL = 0.1  #: seconds from one figure of progress to the next
_MARKED = 300  #: matches whose cells are found in one step

_NEVER = float("inf")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class Search:
    """The search of one View."""

    def __init__(
        self,
        terminal: Terminal,
        viewport: Viewport,
        *,
        when_changed: Callable[[], None],
        reflow: Callable[[float], None],
        aside: Aside,
    ) -> None:
        """`when_changed` is called when it may look different, `reflow` does some of that."""
        self._terminal = terminal
        self._viewport = viewport
        self._when_changed = when_changed
        self._reflow = reflow
        self.active = False  #: the user types a text
        self.forward = True  #: the direction in which it began
        self.field = Field(self._start, MAX_PATTERN)  #: the text that is looked for
        self.error = ""  #: what is wrong with the text
        self.focus: Match | None = None
        #: called with a match that has come into focus, and with None when there is none
        self.when_focused: Callable[[Match | None], None] = lambda match: None
        self.when_toggled: Callable[[], None] = lambda: None  #: called when it begins or ends
        self._origin: Point = (0, 0)
        self._home: int | None = None  # where the viewport belongs; None = live
        self._seek: tuple[Point, bool] | None = None  # what is looked for: from where, and forward
        self._finder: Finder | None = None
        self._tally: Tally | None = None
        self._epoch: tuple[int, int, bool] | None = None
        self._seen = False  # the match in focus, before a reflow
        self._number: int | None = None  # of the match in focus, from 0
        self._searching = Slices(aside, when_changed)
        self._marking = Slices(aside, when_changed)
        self._marks: set[Match] = set()  # those that can be seen
        self._places: list[tuple[int, int, int]] = []  # their cells: (line, start, stop)
        self._marked: object = None  # of which rows these are
        self._stale = False  # output has come since all were counted
        self._count_at = 0.0
        self._told_at = 0.0

    # ── from beginning to end ────────────────────────────────────────────────────────────────────

    def begin(self, *, forward: bool, origin: Point | None = None) -> None:
        """Search from a point on, else from the viewport's edge."""
        self.end()
        self.active, self.forward = True, forward
        self.field.open()
        self._home = self._viewport.top
        self._origin = self._edge() if origin is None else origin
        self._start()
        self.when_toggled()

    def _edge(self) -> Point:
        """The first point of the viewport, or the one behind its last."""
        top, terminal = self._viewport.first_line, self._terminal
        return (top, 0) if self.forward else (top + terminal.lines - 1, terminal.columns)

    def keep(self) -> None:
        """End typing; the marks stay, and `step` goes on."""
        if self.active:
            self.active = False
            self.field.remember()
            self.when_toggled()
            self._when_changed()

    def end(self) -> None:
        """End typing and mark nothing any more. The viewport stays."""
        self.keep()
        self._drop()
        self._when_changed()

    @property
    def origin(self) -> Point:
        """From where the text is looked for."""
        return self._origin

    def go_home(self) -> None:
        """Show again what was shown in the beginning."""
        if self._home is None:
            self._viewport.to_bottom()
        else:
            self._viewport.scroll_to(self._home)

    # ── looking ──────────────────────────────────────────────────────────────────────────────────

    def look_for(self, text: str, *, forward: bool, origin: Point) -> None:
        """Search for an expression without anybody typing it, from a point on."""
        self.end()
        self.forward = forward
        self.field.open(text)
        self.field.remember()
        self._home = self._viewport.top
        self._origin = origin
        self._start()

    def step(self, *, forward: bool, origin: Point | None = None) -> None:
        """Go on to the next match, or back to the one before, from the one in focus or a point."""
        if self._finder is None:
            return
        if origin is None:
            origin = self._origin if self.focus is None else self.focus.start
            if forward and self.focus is not None:
                origin = origin[0], origin[1] + 1
        self._seek = origin, forward
        self._searching.start(self._search(self._finder, typed=False))
        self._when_changed()

    def _start(self) -> None:
        """Look for the text from the origin on."""
        self._drop()
        if self.field.text:
            try:
                pattern = self._pattern(self.field.text)
            except PatternError as error:
                self.error = str(error)
            else:
                self._finder = Finder(self._terminal, pattern)
                self._epoch = self._finder.epoch
                self._seek = self._origin, self.forward
                self._searching.start(self._search(self._finder, typed=True))
        elif self.active:
            self.go_home()
            self.when_focused(None)
        self._when_changed()

    @staticmethod
    def _pattern(text: str) -> LinePattern:
        """Case counts if the text has capitals. Raises PatternError."""
        plain = _ESCAPED.sub("", text)
        return compile_lines(text, ignore_case=plain == plain.lower())

    def _drop(self) -> None:
        self._searching.drop()
        self._marking.drop()
        self._finder = self._tally = self._seek = self.focus = self._number = None
        self._marked, self.error, self._stale = None, "", False
        self._forget_marks()

    def _search(self, finder: Finder, *, typed: bool) -> Steps[None]:
        while self._terminal.reflowing:
            self._reflow(time.monotonic())
            yield None
        self._epoch = finder.epoch
        if self._seek is not None:
            kept = finder.screen_start
            point, forward = self._seek
            match = yield from finder.nearest(point, forward=forward)
            self._seek = None
            self._focus(match, typed=typed)
            if match is None:
                self._tally = Tally(finder)
                self._tally.has_none_above(kept)
        if self._tally is None:
            self._tally = Tally(finder)
        yield from self._tally.count()
        self._number = None
        if self.focus is not None and self.focus.start[0] < finder.lowest:
            self.focus = None  # evicted
        if self.focus is not None:
            self._number = yield from self._tally.before(self.focus.start)
        self._when_changed()

    def _focus(self, match: Match | None, *, typed: bool) -> None:
        self.focus, self._number = match, None
        if typed:  # So that a text shows the same whatever was typed before.
            self.go_home()
        if match is not None:
            self._show(match)
            if not typed:  # What is typed now goes on from here.
                self._origin, self._home = match.start, self._viewport.top
        if match is not None or typed:
            self.when_focused(match)
        self._when_changed()

    def _show(self, match: Match) -> None:
        """Scroll until the match can be seen, no further than that."""
        first, last = match.start[0], match.stop[0]
        if first < self._viewport.first_line:
            self._viewport.scroll_to(first)
        elif not self._can_see(match):
            self._viewport.scroll_to(min(last - self._terminal.lines + 1, first))

    def _can_see(self, match: Match) -> bool:
        top = self._viewport.first_line
        return top <= match.start[0] and match.stop[0] < top + self._terminal.lines

    # ── time ─────────────────────────────────────────────────────────────────────────────────────

    def changed(self) -> None:
        """The terminal has done something."""
        self._stale = self._finder is not None

    def next_deadline(self) -> float:
        """When `tick` has something to do, in monotonic seconds; infinity for never."""
        if self._searching.due or self._marking.due:
            return 0.0
        return self._count_at if self._stale and not self._searching.busy else _NEVER

    def tick(self, now: float) -> None:
        """Search on for a slice."""
        if (finder := self._finder) is None:
            return
        if finder.epoch != self._epoch:
            self._start_over(finder)
        elif self._stale and not self._searching.busy and now >= self._count_at:
            self._stale, self._count_at = False, now + _RECOUNT
            self._searching.start(self._search(finder, typed=False))
        until = now + _SLICE
        if self._marking.due:
            self._marking.run(until)
            if not self._marking.busy:
                self._when_changed()
        if self._searching.due:
            self._searching.run(until)
            if now >= self._told_at + _TELL:
                self._told_at = now
                self._when_changed()

    def _start_over(self, finder: Finder) -> None:
        """Lines have other numbers, or the other screen is shown."""
        before, self._epoch = self._epoch, finder.epoch
        self._tally = self._number = self._marked = None
        self._marking.drop()
        if before is not None and before[-1] != self._terminal.alternate:
            self.focus = self._seek = None
            self._forget_marks()
            self._origin, self._home = self._edge(), self._viewport.top
        self._searching.start(self._search(finder, typed=self._seek is not None))

    # ── what is seen ─────────────────────────────────────────────────────────────────────────────

    @property
    def status(self) -> str:
        """How it goes: "3/17", or what there is to say instead."""
        finder, tally = self._finder, self._tally
        if self.error or finder is None:
            return self.error
        if self._seek is not None and self._searching.busy:
            lines = max(finder.stop - finder.lowest, 1)
            return f"{min(finder.looked / lines, 1):.0%}…"
        if tally is None or (self._number is None and self._searching.busy and not tally.complete):
            progress = 0.0 if tally is None else tally.progress
            return f"{0 if tally is None else tally.total}… {progress:.0%}"
        if not tally.total:
            return "no match"
        return f"{tally.total}" if self._number is None else f"{self._number + 1}/{tally.total}"

    @property
    def marks(self) -> bool:
        """Whether matches are marked."""
        return self._finder is not None

    def spans(self, snapshot: Snapshot, matches: SpanColors, focused: SpanColors) -> list[Span]:
        """The matches in a viewport, in their colours; the one in focus is the last."""
        if (finder := self._finder) is None:
            return []
        top, stop = snapshot.top, snapshot.top + snapshot.lines
        rows = top, finder.epoch, snapshot.row_ids.tobytes(), snapshot.row_seqnos.tobytes()
        if rows != self._marked and not self._marking.busy:
            self._marked = rows
            self._marking.start(self._mark(finder, top, stop))
            self._marking.run(time.monotonic() + _MARKING)
        shown = [(self._places, matches)]
        if self.focus is not None and self.focus in self._marks:
            shown.append((list(_places(self.focus, snapshot.columns)), focused))
        return [
            Span(line - top, start, min(end, snapshot.columns), *colors)
            for places, colors in shown
            for line, start, end in places
            if top <= line < stop and start < snapshot.columns
        ]

    def _forget_marks(self) -> None:
        self._marks, self._places = set(), []

    def _mark(self, finder: Finder, top: int, stop: int) -> Steps[None]:
        """Find the matches that can be seen in some lines."""
        found = yield from finder.in_lines(top, stop)
        columns = self._terminal.columns
        marks: set[Match] = set()
        places: list[tuple[int, int, int]] = []
        for number, match in enumerate(found.matches()):
            if number % _MARKED == _MARKED - 1:
                yield None
            if match.stop[0] < top or match.start[0] >= stop:
                continue
            marks.add(match)
            for line, start, end in _places(match, columns):
                if places and places[-1][::2] == (line, start):  # They adjoin.
                    start = places.pop()[1]
                places.append((line, start, end))
        self._marks, self._places = marks, places

    # ── other widths ─────────────────────────────────────────────────────────────────────────────

    def anchors(self) -> list[Point]:
        """The points to pass through `Terminal.resize`, back to `moved` afterwards."""
        if not self.active and self._finder is None:
            return []
        points = [self._origin]
        if self._home is not None:
            points.append((self._home, 0))
        if self._seek is not None:
            points.append(self._seek[0])
        if self.focus is not None:
            self._seen = self._can_see(self.focus)
            line, column = self.focus.stop
            points += [self.focus.start, (line, max(column - 1, 0))]
        return points

    def moved(self, points: list[Point]) -> None:
        """Reflow has taken the points of `anchors` to these places."""
        if not points:
            return
        left = iter(points)
        self._origin = next(left)
        if self._home is not None:
            self._home = next(left)[0]
        if self._seek is not None:
            self._seek = next(left), self._seek[1]
        if self.focus is not None:
            start, (line, column) = left
            self.focus = self.focus._replace(start=start, stop=(line, column + 1))
            if self._seen:
                self._show(self.focus)
        self._forget_marks()


def _places(match: Match, columns: int) -> Iterator[tuple[int, int, int]]:
    """The cells of a match in rows of such a width: (line, start, stop)."""
    for line in range(match.start[0], match.stop[0] + 1):
        start, stop = match.columns(line, columns)
        if start < stop:
            yield line, start, stop
