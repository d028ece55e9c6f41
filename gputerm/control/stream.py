"""Events for subscribers, and the audit of what programs did beyond their cells.

Each event has a number, one more than the last one's, also without subscribers. So a gap in what a
subscriber without filters gets means that events were lost. A subscriber that doesn't read is
disconnected (ipc/server/connection.py). No event holds screen content, keys or the text of a paste.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from gputerm.ipc.event_table import EVENTS
from gputerm.ipc.protocol import notification
from gputerm.policy.privileges import Privilege

if TYPE_CHECKING:
    from gputerm.control.interface import Subscription, Window
    from gputerm.ipc import results

MAX_AUDIT = 300  #: records kept of each kind, so that a flood of titles hides no clipboard


class Stream:
    """Numbers the events of a process and sends them to subscribers."""

    def __init__(self) -> None:
        self.sequence = 0  #: number of the newest event
        self._subscribers: list[Subscriber] = []

    def publish(self, event: str, window: Window | None, facts: dict[str, Any]) -> None:
        """Send an event to subscribers; `window` is None for what concerns the process."""
        members, _ = EVENTS[event]
        assert facts.keys() == set(members), f"event_table.py promises {members} of {event}"
        self.sequence += 1
        if not self._subscribers:
            return
        self._subscribers = [one for one in self._subscribers if one.subscription.alive]
        interested = [one for one in self._subscribers if one.wants(event, window)]
        if not interested:
            return
        message = {
            "seq": self.sequence,
            "time": time.time(),
            "event": event,
            "window": None if window is None else window.number,
            "pane_id": None if window is None else window.pane.number,
            **facts,
        }
        line = notification("event", message)
        for subscriber in interested:
            subscriber.subscription.send(line)

    def add(self, subscriber: Subscriber) -> None:
        self._subscribers.append(subscriber)


class Subscriber:
    """Where events go, and which ones."""

    def __init__(
        self, subscription: Subscription, events: set[str], panes: set[int] | None
    ) -> None:
        self.subscription = subscription
        self._events = events
        self._panes = panes  # None = all, those to come too

    def wants(self, event: str, window: Window | None) -> bool:
        if event not in self._events:
            return False
        return self._panes is None or (window is not None and window.pane.number in self._panes)


class Audit:
    """What programs did beyond their cells, or tried to. It holds no contents."""

    def __init__(self) -> None:
        self._records: dict[Privilege, deque[results.AuditRecord]] = {
            privilege: deque(maxlen=MAX_AUDIT) for privilege in Privilege
        }

    def note(self, window: Window, privilege: Privilege, *, allowed: bool, size: int) -> None:
        """`size` counts the bytes or characters that it was about."""
        self._records[privilege].append(
            {
                "time": time.time(),
                "window": window.number,
                "pane_id": window.pane.number,
                "what": privilege.value,
                "allowed": allowed,
                "size": size,
            }
        )

    def records(self) -> list[results.AuditRecord]:
        """Oldest first."""
        kinds = self._records.values()
        return sorted((r for kind in kinds for r in kind), key=lambda record: record["time"])
