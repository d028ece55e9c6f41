"""What in some lines can be pointed at: addresses and whatever else an expression matches."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from gputerm.finding.finder import Finder, Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gputerm.finding.finder import Found
    from gputerm.finding.patterns import LinePattern
    from gputerm.vt import Terminal

__all__ = ["Target", "targets", "trimmed"]

_AT_MOST_S = 0.03  #: for the lines of a screen; a tenth of a millisecond is usual

_BRACKETS = {b")": b"(", b"]": b"["}
_NO_END = b".,:;?!(['"  #: what an address hardly ends with, and a sentence around it may go on with


class Target(NamedTuple):
    """A text in the terminal, and where it is."""

    text: str
    match: Match


def targets(
    terminal: Terminal, pattern: LinePattern, first: int, stop: int, *, trim: bool
) -> list[Target]:
    """What the pattern matches in the logical lines of which first <= line < stop are parts.

    `trim`: without what belongs to the text around it, see `trimmed`. Where lines are so long that
    it would take too long, there is nothing.
    """
    steps = Finder(terminal, pattern).in_lines(first, stop)
    until = time.monotonic() + _AT_MOST_S
    outcome = None
    try:
        while time.monotonic() < until:
            work = steps.send(outcome)
            outcome = None if work is None else _came(work())
    except StopIteration as end:
        found: Found = end.value
        return [
            Target(found.text[start:stop].decode(), found.place(start, stop))
            for start, stop in _spans(found, pattern, trim=trim)
        ]
    steps.close()
    return []


def _came(result: object) -> object:
    return lambda: result


def _spans(found: Found, pattern: LinePattern, *, trim: bool) -> Iterator[tuple[int, int]]:
    for number in range(len(found)):
        start, stop = found.span(number)
        if trim:
            yield from _parts(found.text, start, stop, pattern)
        else:
            yield start, stop


def _parts(text: bytes, start: int, stop: int, pattern: LinePattern) -> Iterator[tuple[int, int]]:
    """A match as it is trimmed, and what the pattern matches in the rest of it."""
    while start < stop:
        size = trimmed(text[start:stop])
        if size:
            yield start, start + size
        rest = start + max(size, 1)
        more = next((s for s in pattern.spans(text[rest:stop]) if s[0] < s[1]), None)
        if more is None:
            return
        start, stop = rest + more[0], rest + more[1]


def trimmed(text: bytes) -> int:
    """How many bytes of a match are the address: none from a closing bracket on that wasn't opened
    in it, and no punctuation at its end."""
    depth = {b"(": 0, b"[": 0}
    size = len(text)
    for at in range(len(text)):
        char = text[at : at + 1]
        if char in depth:
            depth[char] += 1
        elif (opening := _BRACKETS.get(char)) is not None:
            depth[opening] -= 1
            if depth[opening] < 0:
                size = at
                break
    return len(text[:size].rstrip(_NO_END))
