"""How often a program may reach out of its window: titles, notifications, sizes and the like.

Each of these costs more than its bytes: a message to the X server, a line for each subscriber, a
reflow. A program that sends thousands must not slow down other windows. Where only the last event
of a kind counts, it is acted on after a pause. Of other kinds so many a second are acted on, and
the rest is dropped.
Knows no window and no clock; times are monotonic seconds.
"""

from __future__ import annotations

import math

from gputerm.records import Record
from gputerm.vt import events as vt

__all__ = ["BURSTS", "PAUSES", "EventLimits"]

#: Seconds between two events of a kind where only the last counts.
PAUSES: dict[type, float] = {
    vt.TitleChanged: 0.05,
    vt.CwdChanged: 0.05,
    vt.CursorStyleChanged: 0.02,
    vt.ClipboardSet: 0.1,
    vt.ResizeRequest: 0.1,
    vt.Progress: 0.05,
    vt.PointerShape: 0.02,
}


_Key = tuple[object, ...]  # events of one key replace each other


class Burst(Record):
    """So many at once, and after that so many a second."""

    size: int
    rate: float


#: Events where each counts, until they are too many.
BURSTS: dict[type, Burst] = {
    vt.Notify: Burst(10, 2.0),
    vt.ClipboardQuery: Burst(20, 20.0),
    vt.WindowOperation: Burst(50, 50.0),
}


class EventLimits:
    """The events of one program."""

    def __init__(self) -> None:
        self._next: dict[_Key, float] = {}  # when an event of this key may be acted on again
        self._held: dict[_Key, vt.Event] = {}
        self._left: dict[type, tuple[float, float]] = {}  # events left of a burst, and since when
        self.deadline = math.inf  #: when `due` has something

    def admits(self, event: vt.Event, now: float) -> bool:
        """Whether to act on an event now. Otherwise it is dropped, or `due` has it later."""
        kind = type(event)
        if kind in PAUSES:
            key = _key(event)
            if key in self._held or now < self._next.get(key, -math.inf):
                self._held[key] = event
                self.deadline = min(self.deadline, self._next[key])
                return False
            self._next[key] = now + PAUSES[kind]
            return True
        return kind not in BURSTS or self._spend(kind, now)

    def due(self, now: float) -> list[vt.Event]:
        """The events whose pause is over, to be acted on now."""
        if now < self.deadline:
            return []
        ready = [key for key in self._held if self._next[key] <= now]
        events = [self._held.pop(key) for key in ready]
        for key, event in zip(ready, events, strict=True):
            self._next[key] = now + PAUSES[type(event)]
        self.deadline = min((self._next[key] for key in self._held), default=math.inf)
        return events

    def _spend(self, kind: type, now: float) -> bool:
        burst = BURSTS[kind]
        left, since = self._left.get(kind, (float(burst.size), now))
        left = min(left + (now - since) * burst.rate, burst.size)
        self._left[kind] = max(left - 1, 0.0) if left >= 1 else left, now
        return left >= 1


def _key(event: vt.Event) -> _Key:
    """Events with one key replace each other."""
    if isinstance(event, vt.ClipboardSet):
        letters = event.selection
        return vt.ClipboardSet, "c" in letters, "p" in letters or "s" in letters
    return (type(event),)
