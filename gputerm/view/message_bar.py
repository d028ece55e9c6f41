"""The message bar: what gputerm has to say. A click on it means "seen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.bar import Bar, at_most, blank_row, printable, put, whole_row, wrap
from gputerm.view.surfaces import Area, Laid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.view.surfaces import Room

CLOSE = "[x]"  #: at the end of the first row
MAX_MESSAGES = 5  #: the newest ones


class MessageBar(Bar):
    """The messages of one window."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[tuple[str, str]] = []  # (topic, line), oldest first

    @property
    def messages(self) -> tuple[str, ...]:
        """What it says, oldest first."""
        return tuple(line for _, line in self._messages)

    @property
    def shown(self) -> bool:
        """Whether it says anything."""
        return bool(self._messages)

    def show(self, message: str) -> None:
        """Say something more, in one line; what it says already isn't said twice."""
        self._put([entry for entry in self._messages if entry[1] != printable(message)], message)

    def say(self, topic: str, lines: Sequence[str]) -> None:
        """Say these lines about something, and nothing else about it any more."""
        before = [entry for entry in self._messages if entry[0] != topic]
        if lines or before != self._messages:
            self._put(before, *lines, topic=topic)

    def _put(self, kept: list[tuple[str, str]], *lines: str, topic: str = "") -> None:
        new = [(topic, printable(line)) for line in lines]
        self._messages = [*kept, *new][-MAX_MESSAGES:]
        self.changed()

    def clear(self) -> None:
        """Say nothing any more."""
        if self._messages:
            self._messages.clear()
            self.changed()

    def lay_out(self, room: Room) -> Laid:
        """Whole rows, at most half of the room's."""
        columns = max(room.columns - len(CLOSE) - 1, 1)
        wrapped = [row for message in self.messages for row in wrap(message, columns)]
        wrapped = at_most(wrapped, max(room.lines // 2, 1), columns)
        texts, areas = [], []
        for i, row in enumerate(self.place(room, len(wrapped))):
            cells = blank_row(room.columns, room.colors.alarm)
            put(cells, 0, wrapped[i])
            if i == 0 and room.columns > len(CLOSE):
                put(cells, room.columns - len(CLOSE), CLOSE)
            texts.append(whole_row(row, cells))
            areas.append(Area(row, 0, room.columns, self.clear))
        return Laid(tuple(texts), tuple(areas))
