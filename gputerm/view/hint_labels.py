"""Labels over what hints have found, to choose one of them by its keys."""

from __future__ import annotations

from itertools import count, islice, product
from typing import TYPE_CHECKING

from gputerm.input.keys import CHORDS, Mods
from gputerm.view.bar import blank_row, put
from gputerm.view.hints import visible_targets
from gputerm.view.overlay import TextCells
from gputerm.view.surfaces import Laid, Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gputerm.input.keys import KeyEvent
    from gputerm.view.hints import Hint, HintTarget
    from gputerm.view.surfaces import Room
    from gputerm.view.view import View
    from gputerm.vt import Terminal


def labels(alphabet: str) -> Iterator[str]:
    """Labels of growing length, of which none begins another: the first half of the alphabet ends
    them, the second half comes before."""
    half = (len(alphabet) + 1) // 2
    ends, others = alphabet[:half], alphabet[half:]
    for length in count():
        for beginning in product(others, repeat=length):
            for end in ends:
                yield "".join(beginning) + end


class HintLabels(Surface):
    """The labels over a View, until one is chosen. They follow what is seen."""

    def __init__(
        self,
        view: View,
        terminal: Terminal,
        hints: Sequence[Hint],
        alphabet: str,
        chosen: Callable[[HintTarget], object],
    ) -> None:
        super().__init__()
        self._view = view
        self._terminal = terminal
        self._hints = hints
        self._alphabet = alphabet
        self._chosen = chosen
        self._typed = ""
        self._seen: object = None  # the rows that these are the targets of
        self._labelled: list[tuple[str, HintTarget]] = []
        self._active = True
        self._look()

    @property
    def shown(self) -> bool:
        """Until one is chosen, or there is none."""
        return self._active

    @property
    def takes_keys(self) -> bool:
        """As long as it is shown."""
        return True

    def _look(self) -> None:
        """Find what is seen now; where there is nothing it ends."""
        snapshot = self._view.snapshot()
        seen = snapshot.top, snapshot.row_ids.tobytes(), snapshot.row_seqnos.tobytes()
        if seen != self._seen:
            self._seen = seen
            found = visible_targets(self._terminal, snapshot, self._hints)
            self._labelled = list(
                zip(islice(labels(self._alphabet), len(found)), reversed(found), strict=True)
            )
        self._active = self._active and bool(self._labelled)

    def _left(self) -> list[tuple[str, HintTarget]]:
        """What is still to be typed, for each that can be chosen."""
        size = len(self._typed)
        return [
            (label[size:], target)
            for label, target in self._labelled
            if label.startswith(self._typed)
        ]

    def end(self) -> None:
        """Choose none."""
        if self._active:
            self._active = False
            self.changed()

    def key(self, event: KeyEvent) -> bool:
        """Characters of labels, Backspace, Escape and Ctrl+C; nothing else does anything."""
        if event.key == "Escape" or (event.key == "c" and event.held == Mods.CTRL):
            self.end()
        elif event.key == "Backspace":
            self._typed = self._typed[:-1]
            self.changed()
        elif not event.mods & CHORDS:
            self.text(event.text)
        return True

    def text(self, text: str) -> None:
        """Characters of labels. One that no label goes on with changes nothing."""
        self._look()  # What has gone since it was painted can't be chosen.
        for character in text:
            self._type(character)
        self.changed()

    def _type(self, character: str) -> None:
        before, self._typed = self._typed, self._typed + character
        left = self._left() if self._active else []
        if not left:
            self._typed = before
        elif not left[0][0]:
            target = left[0][1]
            self._typed = ""
            self._active = target.hint.persist
            self._chosen(target)

    def program_ended(self) -> None:
        """There is still text to be chosen."""

    def lay_out(self, room: Room) -> Laid:
        """A label over the beginning of each, or what of it can be seen."""
        self._look()
        top = self._view.viewport.first_line
        texts: dict[tuple[int, int], TextCells] = {}
        for label, target in self._left() if self._active else ():
            line, column = target.match.start
            row = max(line - top, 0)
            column = column if line >= top else 0
            if not room.top <= row < room.bottom:
                continue
            for at in range(min(len(label), room.columns - column)):
                colors = room.colors.label_rest if at else room.colors.label
                cells = blank_row(1, colors)
                put(cells, 0, label[at])
                texts.setdefault((row, column + at), TextCells(row, column + at, cells.tobytes()))
        return Laid(tuple(texts.values()))
