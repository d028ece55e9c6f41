"""A line of text that the user types, and the ones typed before."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PAST = 255  #: texts that are remembered


class Field:
    """One line, edited at its end."""

    def __init__(self, when_edited: Callable[[], None], length: int) -> None:
        """`when_edited` is called when the text is another; it has `length` characters at most."""
        self._when_edited = when_edited
        self._length = length
        self.text = ""
        self._past: deque[str] = deque(maxlen=MAX_PAST)  # newest first
        self._recalled: int | None = None  # which of them is shown
        self._draft = ""  # what was typed before that

    def open(self, text: str = "") -> None:
        """Begin with a text; nobody is told."""
        self.text, self._recalled = text, None

    def remember(self) -> None:
        """Have the text among those that can be recalled."""
        if self.text and self.text not in list(self._past)[:1]:
            self._past.appendleft(self.text)

    def type(self, text: str) -> None:
        """Add characters; those that have no look are left out."""
        added = "".join(char for char in text if char.isprintable())
        self._edit((self.text + added)[: self._length])

    def erase(self) -> None:
        """Drop the last character."""
        self._edit(self.text[:-1])

    def erase_word(self) -> None:
        """Drop the last word."""
        kept = self.text.rstrip()
        self._edit(kept[: kept.rfind(" ") + 1])

    def clear(self) -> None:
        """Drop all of the text."""
        self._edit("")

    def recall(self, step: int) -> None:
        """Show an earlier text, 1 further back, or -1 forth to what was typed."""
        before = -1 if self._recalled is None else self._recalled
        at = before + step
        if -1 <= at < len(self._past):
            if before == -1:
                self._draft = self.text
            self._edit(self._draft if at == -1 else self._past[at])
            self._recalled = None if at == -1 else at

    def _edit(self, text: str) -> None:
        self._recalled = None
        if text != self.text:
            self.text = text
            self._when_edited()
