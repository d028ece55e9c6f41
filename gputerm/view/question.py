"""Questions to the user with two answers, one after the other.

Each gets exactly one answer. It is no where the user gives none: the program ended, the window was
closed, or too many questions were waiting. A key that went down before the question could be seen
is no answer to it.
"""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from gputerm.input.keys import CHORDS, KeyKind
from gputerm.records import Record
from gputerm.view.bar import Bar, at_most, blank_row, cut, printable, put, whole_row, width_of, wrap
from gputerm.view.surfaces import Area, Laid

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.input.keys import KeyEvent
    from gputerm.view.surfaces import Room

MAX_WAITING = 10  #: questions
YES_KEYS, NO_KEYS = {"y", "Enter"}, {"n", "Escape"}


class Question(Record):
    """A sentence, what is done if the answer is yes, what if it is no, and who is told."""

    sentence: str
    yes: str
    no: str
    answered: Callable[[bool], object]


class Questions(Bar):
    """The questions of one window, of which the first is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Question] = deque()
        self._seen: Question | None = None  # the last one that was laid out
        self._closed = False

    def ask(self, question: Question) -> None:
        """Show a question, after those that wait for an answer already."""
        if self._closed or len(self._waiting) >= MAX_WAITING:
            question.answered(False)
            return
        self._waiting.append(question)
        self.changed()

    def _answer(self, question: Question, yes: bool) -> None:
        """The user answers what was shown; it may have been answered meanwhile."""
        if self._waiting and question is self._waiting[0]:
            self._waiting.popleft()
            if not self._waiting:
                self._seen = None
            self.changed()
            question.answered(yes)

    def program_ended(self) -> None:
        """All are answered no."""
        waiting, self._waiting, self._seen = self._waiting, deque(), None
        if not waiting:
            return
        self.changed()
        with ExitStack() as answers:  # One that fails doesn't keep the others.
            for question in reversed(waiting):
                answers.callback(question.answered, False)

    def close(self) -> None:
        """All are answered no, and those that are still to come."""
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
        """Enter or y, Escape or n; no other key does anything."""
        kept = len(event.key) == 1 and not event.text  # by an input method, which may give it later
        if event.kind is KeyKind.PRESS and not event.mods & CHORDS and not kept:
            self._press(event.names)
        return True

    def text(self, text: str) -> None:
        """Some input methods give letters as text."""
        self._press((text.lower(),))

    def _press(self, names: tuple[str, ...]) -> None:
        for yes, keys in ((True, YES_KEYS), (False, NO_KEYS)):
            if not keys.isdisjoint(names) and self._seen is not None:
                self._answer(self._seen, yes)
                return

    def lay_out(self, room: Room) -> Laid:
        """Whole rows: the sentence, at most half of the room's, and under it the answers."""
        question = self._seen = self._waiting[0]
        answers = _answers(question, room.columns)
        sentence = wrap(printable(question.sentence), room.columns)
        most = min(max(room.lines // 2, 1), room.lines - len(answers))
        sentence = at_most(sentence, max(most, 0), room.columns)
        rows = self.place(room, len(sentence) + len(answers))
        text, ground = room.colors.notice
        texts, areas = [], []
        for i, row in enumerate(rows):
            cells = blank_row(room.columns, (text, ground))
            if i < len(sentence):
                put(cells, 0, sentence[i])
            else:
                for yes, label, start in answers[i - len(sentence)]:
                    stop = put(cells, start, label, (ground, text))
                    areas.append(Area(row, start, stop, partial(self._answer, question, yes)))
            texts.append(whole_row(row, cells))
        return Laid(tuple(texts), tuple(areas))


def _answers(question: Question, columns: int) -> list[list[tuple[bool, str, int]]]:
    """Rows of (yes, label, column); one row if both find room in it."""
    yes = cut(f" [y] {printable(question.yes)} ", columns)
    no = cut(f" [n] {printable(question.no)} ", columns)
    beside = width_of(yes) + 1
    if beside + width_of(no) <= columns:
        return [[(True, yes, 0), (False, no, beside)]]
    return [[(True, yes, 0)], [(False, no, 0)]]
