"""Work in slices: steps that are taken until time is up, and more of them later.

A generator is one piece of work. Between two steps, each well under a millisecond, it yields None.
A step that may take longer, and lets other threads run, it yields as a function: that is called
aside, in another thread, and what came of it is sent back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, TypeAlias, TypeVar

__all__ = ["Aside", "Outcome", "Slices", "Steps", "Work", "at_once"]

_T = TypeVar("_T")

Work: TypeAlias = Callable[[], Any]
Outcome: TypeAlias = Callable[[], Any]  #: returns what some work has returned, or raises
Steps: TypeAlias = Generator[Work | None, Any, _T]

#: Has some work done and then calls back with its outcome, in the thread that called it.
Aside: TypeAlias = Callable[[Work, Callable[[Outcome], None]], None]


def at_once(work: Work, done: Callable[[Outcome], None]) -> None:
    """An Aside for who has no other thread."""
    result = work()
    done(lambda: result)


class Slices:
    """One piece of work at a time; a new one takes the place of what was left of the one before."""

    def __init__(self, aside: Aside, woken: Callable[[], None]) -> None:
        """`woken` is called when what was done aside has come back."""
        self._aside = aside
        self._woken = woken
        self._steps: Steps[None] | None = None
        self._outcome: Outcome | None = None
        self._away = False  # a step is taken aside

    @property
    def busy(self) -> bool:
        """Whether there is something left."""
        return self._steps is not None

    @property
    def due(self) -> bool:
        """Whether `run` has something to do now."""
        return self._steps is not None and not self._away

    def start(self, steps: Steps[None]) -> None:
        """Have this done, by `run`."""
        self.drop()
        self._steps = steps

    def drop(self) -> None:
        """Leave the rest undone."""
        if self._steps is not None:
            self._steps.close()
        self._steps = self._outcome = None
        self._away = False

    def run(self, until: float) -> None:
        """Take steps until a time in monotonic seconds, one at least."""
        while (steps := self._steps) is not None and not self._away:
            outcome, self._outcome = self._outcome, None
            try:
                work = steps.send(outcome)
            except StopIteration:
                if steps is self._steps:
                    self._steps = None
                return
            except BaseException:
                self._steps = None
                raise
            if steps is not self._steps:
                return
            if work is not None:
                self._away = True
                self._aside(work, partial(self._came, steps))
            if time.monotonic() >= until:
                return

    def _came(self, steps: Steps[None], outcome: Outcome) -> None:
        if steps is self._steps:
            self._outcome, self._away = outcome, False
            self._woken()
