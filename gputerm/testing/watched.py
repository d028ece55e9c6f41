"""The terminal under test, beside which a twin is given all that it is given, and notes when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.testing.latest import Latest
from gputerm.testing.twin import Twin
from gputerm.vt import Terminal
from gputerm.vt.events import Bell

if TYPE_CHECKING:
    from gputerm.testing.recording import Recording
    from gputerm.vt import TerminalOptions
    from gputerm.vt.events import Event

__all__ = ["Watched"]

MAX_EVENTS = 16 << 20  #: bytes of events kept, the oldest go
_EVENT_SIZE = 200  #: of an event but for what the program says in it, about


class Watched(Terminal):
    """A terminal with a twin. `twin` must be resized with it by whoever does that."""

    def __init__(
        self, lines: int, columns: int, options: TerminalOptions, recording: Recording
    ) -> None:
        super().__init__(lines, columns, options)
        self.twin = Twin(lines, columns, options)
        self.happened: Latest[Event] = Latest(MAX_EVENTS)
        self.bells = 0
        self._recording = recording

    def feed_some(self, data: bytes | memoryview, units: int) -> tuple[int, list[Event]]:
        size, caused = super().feed_some(data, units)
        fed = bytes(data[:size])
        self._recording.wrote(fed)
        self._note(self.twin.feed(fed))
        return size, caused

    def echo(self, data: bytes, units: int) -> tuple[int, list[Event]]:
        size, caused = super().echo(data, units)
        self._recording.wrote(data[:size])
        self._note(self.twin.echo(data[:size]))
        return size, caused

    def _note(self, events: list[Event]) -> None:
        self.bells += sum(isinstance(event, Bell) for event in events)
        for event in events:
            self.happened.add(event, _size(event))


def _size(event: Event) -> int:
    said = (getattr(event, name) for name in event.__match_args__)
    return _EVENT_SIZE + sum(len(part) for part in said if isinstance(part, str | bytes))
