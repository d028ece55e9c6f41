"""Hints: texts on the screen that something can be done with, such as addresses.

What is done is not decided here: a hint carries it (`does`) to whoever acts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from gputerm.finding.finder import Match
from gputerm.finding.patterns import compile_lines
from gputerm.finding.targets import targets
from gputerm.input.keys import Mods
from gputerm.records import Record
from gputerm.view.links import link_at
from gputerm.view.overlay import Span
from gputerm.vt.core.cells import ATTRS, EXTRA_SHIFT, ROW_WRAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gputerm.vt import Snapshot, Terminal

_ESCAPED = re.compile(r"\\.", re.DOTALL)


class Hint(Record):
    """What to look for, and what is then done."""

    does: Any  #: for whoever acts
    regex: str | None = None
    hyperlinks: bool = False  #: OSC 8
    trim: bool = True  #: without brackets and punctuation around
    persist: bool = False  #: the labels stay after one was chosen
    mouse: Mods | None = None  #: what is held for a click to act; None: it never does


class HintTarget(Record):
    """One text that a hint has found."""

    hint: Hint
    text: str  #: an OSC 8 link's address
    match: Match
    parts: tuple[Span, ...] | None = None  #: where a link is seen, if that may be in many places

    def spans(self, snapshot: Snapshot) -> Iterator[Span]:
        """Its cells in the viewport that it was found in, underlined."""
        if self.parts is not None:
            yield from self.parts
            return
        top, stop = snapshot.top, snapshot.top + snapshot.lines
        for line in range(max(self.match.start[0], top), min(self.match.stop[0] + 1, stop)):
            start, end = self.match.columns(line, snapshot.columns)
            if start < end and start < snapshot.columns:
                yield Span(line - top, start, min(end, snapshot.columns), underline=True)


class Hover:
    """What the pointer is over, found once for as long as neither it nor the text moves."""

    def __init__(self) -> None:
        self._seen: object = None
        self._target: HintTarget | None = None

    def at(
        self,
        terminal: Terminal,
        snapshot: Snapshot,
        hints: Sequence[Hint],
        place: tuple[int, int],
    ) -> HintTarget | None:
        """What one of the hints that the mouse serves finds at a (row, column)."""
        row, column = place
        if not (0 <= row < snapshot.lines and 0 <= column < snapshot.columns):
            return None
        first, stop = logical_rows(snapshot, row)
        seen = (
            (snapshot.top, place, id(hints)),
            snapshot.row_ids[first:stop].tobytes(),
            snapshot.row_seqnos[first:stop].tobytes(),
        )
        if seen != self._seen:
            served = [hint for hint in hints if hint.mouse is not None]
            self._seen = seen
            self._target = target_at(terminal, snapshot, served, row, column)
        return self._target


def visible_targets(
    terminal: Terminal, snapshot: Snapshot, hints: Sequence[Hint]
) -> list[HintTarget]:
    """What the hints find in a viewport, in order. Of two at one place the earlier hint counts.

    A link of OSC 8 counts once, where it is seen first.
    """
    found = _in_rows(terminal, snapshot, hints, 0, snapshot.lines)
    seen: dict[tuple[int, int], HintTarget] = {}
    for target in found:
        seen.setdefault(target.match.start, target)
    top, stop = snapshot.top, snapshot.top + snapshot.lines
    return [
        seen[start]
        for start in sorted(seen)
        if seen[start].match.stop[0] >= top and start[0] < stop
    ]


def target_at(
    terminal: Terminal, snapshot: Snapshot, hints: Sequence[Hint], row: int, column: int
) -> HintTarget | None:
    """What the first hint that finds something finds at a cell."""
    point = snapshot.top + row, column
    first, stop = logical_rows(snapshot, row)
    hint = next((hint for hint in hints if hint.hyperlinks), None)
    if hint is not None and (link := link_at(terminal, snapshot, row, column)) is not None:
        return HintTarget(hint, link.uri, Match(point, (point[0], column + 1)), link.spans)
    for target in _in_rows(terminal, snapshot, hints, first, stop):
        if target.match.start <= point < target.match.stop:
            return target
    return None


def logical_rows(snapshot: Snapshot, row: int) -> tuple[int, int]:
    """The rows of the viewport that belong to a row's logical line, half-open."""
    wrapped = (snapshot.row_flags & ROW_WRAPPED) != 0
    first, last = row, row
    while first > 0 and wrapped[first - 1]:
        first -= 1
    while last < snapshot.lines - 1 and wrapped[last]:
        last += 1
    return first, last + 1


def _in_rows(
    terminal: Terminal, snapshot: Snapshot, hints: Sequence[Hint], first: int, stop: int
) -> Iterator[HintTarget]:
    top = snapshot.top
    for hint in hints:
        if hint.hyperlinks:
            yield from _hyperlinks(terminal, snapshot, hint, first, stop)
        if hint.regex is not None:
            plain = _ESCAPED.sub("", hint.regex)
            pattern = compile_lines(hint.regex, ignore_case=plain == plain.lower())
            for target in targets(terminal, pattern, top + first, top + stop, trim=hint.trim):
                yield HintTarget(hint, target.text, target.match)


def _hyperlinks(
    terminal: Terminal, snapshot: Snapshot, hint: Hint, first: int, stop: int
) -> Iterator[HintTarget]:
    """Links of OSC 8 in some rows, each where it is seen first."""
    extras = snapshot.take(np.arange(first, stop))[..., ATTRS] >> np.uint32(EXTRA_SHIFT)
    linked = snapshot.link_ids[extras]
    for link in dict.fromkeys(linked[linked != 0].tolist()):  # np.unique imports numpy.ma
        row, column = np.argwhere(linked == link)[0].tolist()
        others = np.flatnonzero(linked[row, column:] != link)
        end = column + int(others[0]) if others.size else snapshot.columns
        if (known := terminal.hyperlink(int(extras[row, column]))) is not None:
            line = snapshot.top + first + row
            yield HintTarget(hint, known.uri, Match((line, column), (line, end)))
