"""What happens to windows, for subscribers as it happens; and what programs reached for.

Each event has a number, one more than the last one's, whoever is listening: a gap in what a
subscriber without filters gets means that events were lost. A subscriber that doesn't read is told
so and dropped by its Connection; nobody waits for it. No event holds screen content, keys or the
text of a paste.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from gputerm.ipc.events import EVENTS
from gputerm.ipc.protocol import notification
from gputerm.policy.privileges import Privilege

if TYPE_CHECKING:
    from gputerm.ipc import results
    from gputerm.ipc.server.server import Subscription

MAX_AUDIT = 300  #: records kept of each kind, so that a flood of titles hides no clipboard


class Stream:
    """The events of a process and who wants to know them."""

    def __init__(self) -> None:
        self.sequence = 0  #: number of the newest event
        self._subscribers: list[Subscriber] = []

    def publish(self, event: str, window: int | None, facts: dict[str, Any]) -> None:
        """Tell the subscribers; `window` is None for what concerns the process."""
        assert event in EVENTS, event
        self.sequence += 1
        if not self._subscribers:
            return
        self._subscribers = [one for one in self._subscribers if one.subscription.alive]
        interested = [one for one in self._subscribers if one.wants(event, window)]
        if not interested:
            return
        told = {
            "seq": self.sequence,
            "time": time.time(),
            "event": event,
            "window": window,
            **facts,
        }
        line = notification("event", told)
        for subscriber in interested:
            subscriber.subscription.send(line)

    def add(self, subscriber: Subscriber) -> None:
        self._subscribers.append(subscriber)


class Subscriber:
    """Where events go, and which ones."""

    def __init__(
        self, subscription: Subscription, events: set[str], windows: set[int] | None
    ) -> None:
        self.subscription = subscription
        self._events = events
        self._windows = windows  # None = all, those to come too

    def wants(self, event: str, window: int | None) -> bool:
        return event in self._events and (self._windows is None or window in self._windows)


class Audit:
    """What programs did to the world around their windows, or tried to. Holds no contents."""

    def __init__(self) -> None:
        self._records: dict[Privilege, deque[results.AuditRecord]] = {
            privilege: deque(maxlen=MAX_AUDIT) for privilege in Privilege
        }

    def note(self, window: int, privilege: Privilege, *, allowed: bool, size: int) -> None:
        """`size` counts the bytes or characters that it was about."""
        self._records[privilege].append(
            {
                "time": time.time(),
                "window": window,
                "what": privilege.value,
                "allowed": allowed,
                "size": size,
            }
        )

    def records(self) -> list[results.AuditRecord]:
        """Oldest first."""
        kinds = self._records.values()
        return sorted((r for kind in kinds for r in kind), key=lambda record: record["time"])
