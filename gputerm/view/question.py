"""Questions to the user, one after the other, each with a few answers to choose from.

Each gets exactly one answer. It is the last of its choices where the user gives none: the program
ended, the window was closed, or too many questions were waiting.

A key that was on its way when the question appeared is no answer to it, whichever it is: y and n
are typed as often as Enter. So a key or a click counts only after a time in which the question
could be seen and no key went down. Who is typing doesn't answer; who has read the question has
waited long enough.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from gputerm.input.keys import CHORDS, MODIFIER_KEYS, KeyKind
from gputerm.records import Record
from gputerm.view.bar import Bar, at_most, blank_row, cut, printable, put, whole_row, width_of, wrap
from gputerm.view.surfaces import Area, Laid
from gputerm.view.visible import visible_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.input.keys import KeyEvent
    from gputerm.view.surfaces import Room

MAX_WAITING = 10  #: questions
QUIET = 0.5  #: seconds without a key before an answer counts


class Choice(Record):
    """An answer: the letter that gives it, and what then happens."""

    key: str
    label: str


class Question(Record):
    """A sentence, the answers to it, and who is told the key of the one that was given."""

    sentence: str
    choices: tuple[Choice, ...]  #: Enter gives the first, Escape the last
    answered: Callable[[str], object]
    text: str = ""  #: what it is about, to be shown with all that is hidden in it


class Questions(Bar):
    """The questions of one window, of which the first is shown."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._quiet_from = 0.0  # when the question was first seen, or the last key went down
        self._waiting: deque[Question] = deque()
        self._seen: Question | None = None  # the last one that was laid out
        self._closed = False

    def ask(self, question: Question) -> None:
        """Show a question, after those that wait for an answer already."""
        if self._closed or len(self._waiting) >= MAX_WAITING:
            question.answered(question.choices[-1].key)
            return
        self._waiting.append(question)
        self.changed()

    def _answer(self, question: Question, key: str) -> None:
        """The user answers what was shown; it may have been answered meanwhile."""
        quiet = self._clock() - self._quiet_from >= QUIET
        if quiet and self._waiting and question is self._waiting[0]:
            self._waiting.popleft()
            if not self._waiting:
                self._seen = None
            self.changed()
            question.answered(key)

    def program_ended(self) -> None:
        """The last choice is the answer to all."""
        waiting, self._waiting, self._seen = self._waiting, deque(), None
        if not waiting:
            return
        self.changed()
        with ExitStack() as answers:  # One that fails doesn't keep the others.
            for question in reversed(waiting):
                answers.callback(question.answered, question.choices[-1].key)

    def close(self) -> None:
        """So it is, and to those that are still to come."""
        self._closed = True
        self.program_ended()

    # ── what is seen and pressed ─────────────────────────────────────────────────────────────────

    @property
    def shown(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._waiting)

    @property
    def takes_keys(self) -> bool:
        """From when the first can be seen until the last is answered."""
        return self._seen is not None

    def key(self, event: KeyEvent) -> bool:
        """A choice's letter, Enter or Escape; no other key does anything."""
        kept = len(event.key) == 1 and not event.text  # by an input method, which may give it later
        if event.kind is KeyKind.PRESS and not event.mods & CHORDS and not kept:
            self._press(event.names)
        if event.key not in MODIFIER_KEYS:
            self._quiet_from = self._clock()
        return True

    def text(self, text: str) -> None:
        """Some input methods give letters as text."""
        self._press((text.lower(),))
        self._quiet_from = self._clock()

    def _press(self, names: tuple[str, ...]) -> None:
        if self._seen is None:
            return
        choices = self._seen.choices
        keys = {choice.key: choice.key for choice in choices}
        keys |= {"Enter": choices[0].key, "Escape": choices[-1].key}
        for name in names:
            if name in keys:
                self._answer(self._seen, keys[name])
                return

    def lay_out(self, room: Room) -> Laid:
        """Whole rows: the sentence and the text, at most half of the room's, and the answers."""
        question = self._waiting[0]
        if question is not self._seen:
            self._seen, self._quiet_from = question, self._clock()
        columns, lines = room.columns, room.lines
        answers = _answers(question, columns)
        most = max(min(max(lines // 2, 1), lines - len(answers)), 0)
        sentence = at_most(wrap(printable(question.sentence), columns), most, columns)
        about = visible_rows(question.text, columns, most - len(sentence))
        text, ground = room.colors.notice
        marked = ground, text
        rows = []
        for words in sentence:
            put(cells := blank_row(columns, (text, ground)), 0, words)
            rows.append(cells)
        for pieces in about:
            cells, column = blank_row(columns, (text, ground)), 0
            for words, hidden in pieces:
                column = put(cells, column, words, marked if hidden else None)
            rows.append(cells)
        places = self.place(room, len(rows) + len(answers))
        areas = []
        for row, buttons in zip(places[len(rows) :], answers, strict=False):
            cells = blank_row(columns, (text, ground))
            for key, label, start in buttons:
                stop = put(cells, start, label, marked)
                areas.append(Area(row, start, stop, partial(self._answer, question, key)))
            rows.append(cells)
        return Laid(tuple(map(whole_row, places, rows)), tuple(areas))


def _answers(question: Question, columns: int) -> list[list[tuple[str, str, int]]]:
    """Rows of (key, label, column), as many in each as find room in it."""
    rows: list[list[tuple[str, str, int]]] = []
    column = 0
    for choice in question.choices:
        label = cut(f" [{choice.key}] {printable(choice.label)} ", columns)
        if not rows or column + width_of(label) > columns:
            rows.append([])
            column = 0
        rows[-1].append((choice.key, label, column))
        column += width_of(label) + 1
    return rows
