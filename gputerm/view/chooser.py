"""A list to choose from by typing: what is offered, filtered by each key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from gputerm.input.keys import CHORDS, Mods
from gputerm.records import Record
from gputerm.view.bar import blank_row, cut, put, whole_row, width_of
from gputerm.view.field import Field
from gputerm.view.surfaces import Area, Laid, Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.input.keys import KeyEvent
    from gputerm.view.surfaces import Room

MAX_ROWS = 12  #: entries that are seen at a time
_MAX_TYPED = 100

#: What moves the choice, by (key, whether Ctrl is held).
_STEPS = {
    ("ArrowDown", False): 1,
    ("ArrowUp", False): -1,
    ("n", True): 1,
    ("p", True): -1,
    ("PageDown", False): MAX_ROWS,
    ("PageUp", False): -MAX_ROWS,
}


class Entry(Record):
    """Something that can be chosen."""

    name: str
    doc: str = ""
    keys: str = ""  #: that do it at once


class Chooser(Surface):
    """A field, and under it the entries that fit what was typed. Enter or a click chooses one."""

    def __init__(self, entries: Sequence[Entry], chosen: Callable[[Entry | None], object]) -> None:
        """`chosen` is called once: with the entry, or with None when the user wants none."""
        super().__init__()
        self._entries = entries
        self._chosen = chosen
        self._field = Field(self._filter, _MAX_TYPED)
        self._open = True
        self._first = 0  # of the fitting ones that are seen
        self._filter()

    @property
    def shown(self) -> bool:
        """Until something was chosen, or nothing."""
        return self._open

    @property
    def takes_keys(self) -> bool:
        """As long as it is shown."""
        return True

    @property
    def fitting(self) -> Sequence[Entry]:
        """The entries that fit, best first."""
        return self._fitting

    def _filter(self) -> None:
        self._fitting = fitting(self._entries, self._field.text)
        self._at = 0
        self.changed()

    def _choose(self, entry: Entry | None) -> None:
        if self._open:
            self._open = False
            self.changed()
            self._chosen(entry)

    def key(self, event: KeyEvent) -> bool:
        """Characters, Backspace, what moves the choice, Enter and Escape."""
        control = event.held == Mods.CTRL
        if event.key == "Escape" or (control and event.key == "c"):
            self._choose(None)
        elif event.key in ("Enter", "KeypadEnter"):
            if self._fitting:
                self._choose(self._fitting[self._at])
        elif (step := _STEPS.get((event.key, control))) is not None:
            self._at = min(max(self._at + step, 0), max(len(self._fitting) - 1, 0))
            self.changed()
        elif event.key == "Backspace":
            self._field.erase()
        elif control and event.key in "uw":
            (self._field.clear if event.key == "u" else self._field.erase_word)()
        elif not event.mods & CHORDS:
            self._field.type(event.text)
        return True

    def text(self, text: str) -> None:
        """An input method committed text."""
        self._field.type(text)

    def paste(self, text: str) -> None:
        """Text was pasted."""
        self._field.type(text)

    def lay_out(self, room: Room) -> Laid:
        """Whole rows at the top: the field, and at most MAX_ROWS entries."""
        columns, colors = room.columns, room.colors
        cells = blank_row(columns, colors.footer)
        column = put(cells, 0, cut("> " + self._field.text, columns - 1))
        put(cells, column, " ", colors.footer[::-1])
        texts, areas = [whole_row(room.top, cells)], []
        count = min(MAX_ROWS, room.lines - 1)
        self._first = min(max(self._first, self._at - count + 1), self._at)
        for i, entry in enumerate(self._fitting[self._first : self._first + count]):
            row, number = room.top + 1 + i, self._first + i
            pair = colors.notice[::-1] if number == self._at else colors.notice
            cells = blank_row(columns, pair)
            _write(cells, entry)
            texts.append(whole_row(row, cells))
            areas.append(Area(row, 0, columns, partial(self._choose, entry)))
        return Laid(tuple(texts), tuple(areas))

    def close(self) -> None:
        """The window closes."""
        self._open = False


def _write(cells: Any, entry: Entry) -> None:
    columns = len(cells)
    right = columns - width_of(entry.keys) - 1
    column = put(cells, 1, cut(entry.name, columns - 2))
    if entry.keys and right > column + 1:
        put(cells, right, entry.keys)
    else:
        right = columns - 1
    put(cells, column + 2, cut(entry.doc, max(right - column - 4, 0)))


def fitting(entries: Sequence[Entry], typed: str) -> Sequence[Entry]:
    """The entries that fit what was typed, best first: whose name begins with it, has it, has its
    letters in their order, or whose explanation has all of its words; equal ones as they came."""
    wanted = typed.casefold().split()
    if not wanted:
        return entries
    together = "".join(wanted)

    def rank(entry: Entry) -> int | None:
        name, doc = entry.name.casefold(), entry.doc.casefold()
        if name.startswith(together):
            return 0
        if together in name:
            return 1
        if all(word in name or word in doc for word in wanted):
            return 2
        letters = iter(name)
        return 3 if all(letter in letters for letter in together) else None

    ranked = [(place, entry) for entry in entries if (place := rank(entry)) is not None]
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]
