"""The clipboard and the primary selection on X11, as the main thread sees them.

Whoever owns a selection may answer slowly, in pieces or never, so all that waits is done by a
thread with a connection to the X server of its own (x11_selections.py), both made when something
is copied or pasted for the first time. Answers come back by `take`. What that thread fails to do is
handed back, so that another way can be tried.
"""

import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from gputerm import log
from gputerm.window.asked import Asked

__all__ = ["Selections"]

#: After so many failures no further thread is started.
_MAX_FAILURES = 3


class Selections:
    """Main thread only, unless something else is said."""

    def __init__(self, notify: Callable[[], None]) -> None:
        """`notify`, called in another thread, makes the main thread call `take`."""
        self._notify = notify
        self._failures = 0
        self._helper: _Helper | None = None

    def own(self, text: str, *, primary: bool) -> bool:
        """Offer `text` to others from now on. False: there is no helper."""
        helper = self._started()
        if helper is None:
            return False
        helper.own(text, primary=primary)
        return True

    def ask(self, asked: Asked) -> bool:
        """Have the selection's text fetched. False: there is no helper."""
        helper = self._started()
        if helper is None:
            return False
        helper.ask(asked)
        return True

    def take(self) -> tuple[list[Callable[[], None]], list[Asked], dict[bool, str]]:
        """What has come since the last call: answers to be called, and what a helper that has
        failed leaves undone, questions and texts (by whether they are the primary selection's)."""
        helper = self._helper
        if helper is None:
            return [], [], {}
        failed = helper.failed  # before the answers: none comes after it
        answers = []
        with suppress(IndexError):
            while True:
                answers.append(helper.answers.popleft())
        if not failed:
            return answers, [], {}
        helper.close()
        self._helper = None
        self._failures += 1
        return answers, list(helper.unanswered), dict(helper.texts)

    def _started(self) -> "_Helper | None":
        if self._helper is None and self._failures < _MAX_FAILURES:
            try:
                self._helper = _Helper(self._notify)
            except (OSError, RuntimeError):  # no descriptor or no thread left
                self._failures += 1
        return self._helper


class _Helper:
    """The thread, and what goes to it and comes from it."""

    def __init__(self, notify: Callable[[], None]) -> None:
        """Start it. Raises OSError or RuntimeError when it can't be."""
        self.answers: deque[Callable[[], None]] = deque()
        self.unanswered: dict[Asked, None] = {}  #: an ordered set
        self.texts: dict[bool, str] = {}  #: what is or shall be owned
        self.failed = False
        self._jobs: deque[bool | Asked] = deque()  # own that selection's text, or ask
        self._lock = threading.Lock()  # for texts and jobs
        self._notify = notify
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        try:
            threading.Thread(target=self._run, name="gputerm-selections", daemon=True).start()
        except RuntimeError:
            self.close()
            raise

    def close(self) -> None:
        """Called in the main thread when the other one has ended."""
        os.close(self._wake_read)
        os.close(self._wake_write)

    def own(self, text: str, *, primary: bool) -> None:
        """Called in the main thread, as `ask`."""
        with self._lock:
            self.texts[primary] = text
            if primary not in self._jobs:  # else that job takes the newest text
                self._jobs.append(primary)
        self._wake()

    def ask(self, asked: Asked) -> None:
        self.unanswered[asked] = None
        self._jobs.append(asked)
        self._wake()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # full: it will wake up in any case
            os.write(self._wake_write, b"\0")

    # In the thread.

    def _run(self) -> None:
        import signal

        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # the main thread's
        try:
            from gputerm.window.x11_selections import Peer  # 20 ms

            Peer(self).serve(self._wake_read)
        except Exception as error:
            # Without a server the process ends elsewhere; a hangup is between it and us alone.
            log.debug(__name__, "the selections' connection failed: %s", type(error).__name__)
        finally:
            self.failed = True
            self._notify()

    def next_job(self) -> "tuple[bool, str] | Asked | None":
        """A (primary, text) to own, a question to ask, or nothing."""
        with suppress(BlockingIOError):
            os.read(self._wake_read, 4096)
        with self._lock:
            if not self._jobs:
                return None
            job = self._jobs.popleft()
            return job if isinstance(job, Asked) else (job, self.texts[job])

    def answered(self, asked: Asked, text: str, problem: str | None = None) -> None:
        """The text that was asked for, or why there is none."""
        self.unanswered.pop(asked, None)
        self.answers.append(lambda: asked.answer(text, problem))
        self._notify()

    def lost(self, primary: bool) -> None:
        """Another client owns that selection now."""
        with self._lock:
            if primary not in self._jobs:
                self.texts.pop(primary, None)
