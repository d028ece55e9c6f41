"""The message bar: what gputerm has to say. A click on it means "seen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.bar import Bar, at_most, blank_row, printable, put, whole_row, wrap
from gputerm.view.surfaces import Area, Laid

if TYPE_CHECKING:
    from gputerm.view.surfaces import Room

CLOSE = "[x]"  #: at the end of the first row
MAX_MESSAGES = 5  #: the newest ones


class MessageBar(Bar):
    """The messages of one window."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[str] = []

    @property
    def messages(self) -> tuple[str, ...]:
        """What it says, oldest first."""
        return tuple(self._messages)

    @property
    def shown(self) -> bool:
        """Whether it says anything."""
        return bool(self._messages)

    def show(self, message: str) -> None:
        """Say something more, in one line; what it says already isn't said twice."""
        line = printable(message)
        if line in self._messages:
            self._messages.remove(line)
        self._messages = [*self._messages, line][-MAX_MESSAGES:]
        self.changed()

    def clear(self) -> None:
        """Say nothing any more."""
        if self._messages:
            self._messages.clear()
            self.changed()

    def lay_out(self, room: Room) -> Laid:
        """Whole rows, at most half of the room's."""
        columns = max(room.columns - len(CLOSE) - 1, 1)
        wrapped = [row for message in self._messages for row in wrap(message, columns)]
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
