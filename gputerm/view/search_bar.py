"""The search bar: a row under the pane with what is searched for and how many matches there are.

Characters go to the field; what else keys do while it has the keyboard is bound
(input/bindings.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.input.keys import CHORDS
from gputerm.view.bar import blank_row, cut, put, whole_row, width_of
from gputerm.view.surfaces import Edge, Laid, Surface

if TYPE_CHECKING:
    from gputerm.input.keys import KeyEvent
    from gputerm.view.search import Search
    from gputerm.view.surfaces import Room

LABELS = {True: "Search: ", False: "Backward Search: "}  #: by whether it goes forward


class SearchBar(Surface):
    """Shows one Search while the user types what to search for."""

    edge = Edge.BOTTOM

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        search.when_toggled = lambda: self.changed()

    @property
    def shown(self) -> bool:
        """Whether the user is searching."""
        return self._search.active

    @property
    def takes_keys(self) -> bool:
        """As long as it is shown."""
        return True

    def key(self, event: KeyEvent) -> bool:
        """Characters and Backspace; others may be bound."""
        if event.mods & CHORDS:
            return False
        if event.key == "Backspace":
            self._search.field.erase()
        elif event.text.isprintable() and event.text:
            self._search.field.type(event.text)
        else:
            return False
        return True

    def text(self, text: str) -> None:
        """An input method committed text."""
        self._search.field.type(text)

    def paste(self, text: str) -> None:
        """Text was pasted or dropped."""
        self._search.field.type(text)

    def lay_out(self, room: Room) -> Laid:
        """The label, the end of the text and a cursor, and at the right how it goes."""
        search, (text, ground) = self._search, room.colors.footer
        cells = blank_row(room.columns, (text, ground))
        status = cut(search.status, room.columns // 2)
        right = room.columns - width_of(status)
        if search.error:
            put(cells, right, status, room.colors.alarm)
        else:
            put(cells, right, status)
        label = LABELS[search.forward]
        if width_of(label) > right // 2:
            label = ""
        column = put(cells, 0, label)
        shown = _end_of(search.field.text, right - column - 2)
        column = put(cells, column, shown)
        if column < right:
            put(cells, column, " ", (ground, text))
        return Laid((whole_row(room.top, cells),))


def _end_of(text: str, columns: int) -> str:
    """As much of the end of a text as takes so many cells; an ellipsis for what is left out."""
    if width_of(text) <= columns:
        return text
    shown = ""
    for char in reversed(text):
        if width_of(char + shown) > columns - 1:
            break
        shown = char + shown
    return "…" + shown
