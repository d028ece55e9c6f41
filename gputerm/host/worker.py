"""A second thread for work that would hold up the main thread: matching text, compressing pictures.
Both let other threads run meanwhile.

It is started when it is first needed and does one piece of work after the other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gputerm.records import Record

if TYPE_CHECKING:
    from queue import SimpleQueue

__all__ = ["Finished", "Outcome", "Worker"]

#: Returns what some work has returned, or raises what it has raised.
Outcome = Callable[[], Any]


class Finished(Record):
    """A message to the main thread: some work is done. The main thread calls `tell`."""

    done: Callable[[Outcome], None]
    outcome: Outcome

    def tell(self) -> None:
        """Give the outcome to the callback that came with the work."""
        self.done(self.outcome)


class Worker:
    """The second thread. `post` sends a message to the main thread."""

    def __init__(self, post: Callable[[Finished], None]) -> None:
        from queue import SimpleQueue  # seldom needed

        self._post = post
        self._work: SimpleQueue[tuple[Callable[[], Any], Callable[[Outcome], None]]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self.waiting = 0  #: pieces of work that aren't done

    def run(self, work: Callable[[], Any], done: Callable[[Outcome], None]) -> None:
        """Do the work there, then call `done` in the main thread. Called there too."""

        def counted(outcome: Outcome) -> None:
            self.waiting -= 1
            done(outcome)

        self.waiting += 1
        self._work.put((work, counted))
        if self._thread is None:
            thread = threading.Thread(target=self._run, name="gputerm-worker", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # The system has no thread left: slowly, then.
                self._post(_done(*self._work.get()))
            else:
                self._thread = thread

    def _run(self) -> None:
        while True:
            self._post(_done(*self._work.get()))


def _done(work: Callable[[], Any], done: Callable[[Outcome], None]) -> Finished:
    try:
        result = work()
    except Exception as error:
        failure = error

        def fail() -> Any:
            raise failure

        return Finished(done, fail)
    return Finished(done, lambda: result)
