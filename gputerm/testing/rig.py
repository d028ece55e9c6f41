"""A terminal under test with its program, its twin and its recording, before it has any face.

It is a pane (pane/pane.py) with a far end and without a window. Whatever waits is a generator
(steps.py). The screen changes in waits and inputs and at no other moment (see direct.py).
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, TypeVar

from gputerm.config import Config, with_overrides
from gputerm.configured.appearance import pane_options, terminal_options
from gputerm.errors import UsageError
from gputerm.host.pty import Pty
from gputerm.pane.events import ClipboardAsked, ClipboardWritten, PaneEvent, SizeChanged
from gputerm.pane.pane import Pane
from gputerm.paths import here
from gputerm.testing.direct import Direct, Offline
from gputerm.testing.in_vain import SessionError, WaitFailed, boxed, users_mistake
from gputerm.testing.phases import Phases
from gputerm.testing.recording import Recording
from gputerm.testing.surroundings import environment
from gputerm.testing.twin import EVERYTHING
from gputerm.testing.watched import Watched
from gputerm.vt import WindowFacts

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Callable, Mapping, Sequence

    from gputerm.testing.steps import Steps

__tracebackhide__ = users_mistake

__all__ = ["CELL", "Rig"]

T = TypeVar("T")

#: What a cell measures in reports, (width, height); pictures have the cells of their fonts.
CELL = 10, 20
#: One look at what the program writes, in seconds.
_PUMP_S = 0.02
#: Of an ended program's output, so much is parsed before the next look.
_LAST_WORDS = 1 << 20


class _Holder:
    """Holds the pane: does what the program wants, as a window would."""

    def __init__(self, size_changed: Callable[[int, int, bool], None]) -> None:
        self.clipboards = {False: "", True: ""}  # by whether it is the primary selection
        self._size_changed = size_changed

    def damaged(self) -> None:
        pass

    def woken(self) -> None:
        pass

    def act_on(self, event: PaneEvent) -> None:
        match event:
            case ClipboardWritten():
                self.clipboards[event.primary] = event.text
            case ClipboardAsked():
                event.answer(self.clipboards[event.primary])
            case SizeChanged(lines, columns, wanted):
                self._size_changed(columns, lines, wanted)


class Rig:
    """What the faces of a session drive."""

    def __init__(
        self, size: tuple[int, int], config: Sequence[str], timeout: float, fonts: str
    ) -> None:
        """Raises UsageError."""
        if fonts not in ("bundled", "system"):
            raise UsageError(f'fonts are "bundled" or "system", not {fonts!r}')
        self.config, problems = with_overrides(Config(), config)
        if problems:
            raise UsageError("; ".join(map(str, problems)))
        self.timeout = timeout
        self.bundled_fonts = fonts == "bundled"
        self.folder: tempfile.TemporaryDirectory[str] | None = None  #: removed by `close`
        columns, lines = size
        self.recording = Recording(columns, lines)
        options = terminal_options(self.config, test_reports=False)
        self.terminal = Watched(lines, columns, options, self.recording)
        self.terminal.set_window(_facts(columns, lines))
        self.twin = self.terminal.twin
        self.sequence = EVERYTHING  #: of the last input
        self.last_input = time.monotonic()
        self.size = size
        self.holder = _Holder(self._size_changed)
        self._closed = False

    def spawn(
        self,
        command: Sequence[str],
        cwd: str | os.PathLike[str] | None,
        env: Mapping[str, str] | None,
    ) -> None:
        """Start the program. Raises SpawnError."""
        folder = os.fspath(cwd) if cwd is not None else here()
        columns, lines = self.terminal.columns, self.terminal.lines
        pty = Pty.spawn(
            tuple(command),
            cwd=folder,
            env=environment(env or {}, folder),
            lines=lines,
            columns=columns,
            width_px=columns * CELL[0],
            height_px=lines * CELL[1],
        )
        self.open(Direct(pty))

    def open(self, end: Direct | Offline) -> None:
        """Begin, with a program or with nobody."""
        self.end = end
        options = pane_options(self.config)
        self.phases = Phases(self.terminal, options)
        # What blinks is up to `phases`.
        options = options.replace(cursor_blinks=False)
        self.pane = Pane(0, self.terminal, end, options=options, clock=self.phases.time)
        self.pane.holder = self.holder
        self.pane.focus(True)

    def close(self) -> None:
        """Hang up; the program is ended if it doesn't end by itself."""
        if not self._closed:
            self._closed = True
            self.pane.close()
            if (status := self.end.ended()) is not None:
                self.pane.end(status)
            if self.folder is not None:
                self.folder.cleanup()

    @property
    def exit_status(self) -> int | None:
        """None while the program runs, as far as we have waited."""
        return self.pane.exit_status

    # ── time goes by ─────────────────────────────────────────────────────────────────────────────

    def pump(self) -> bool:
        """Take what the program has written; whether there is more already.

        Raises SessionError when gputerm has made a mistake in it.
        """
        now = time.monotonic()
        self.pane.tick(now)
        more = self.pane.pump(now + _PUMP_S)
        if self.exit_status is None and (status := self.end.ended()) is not None:
            # All that the program wrote is in the pty by now.
            received = -1
            while received != self.pane.received and self.pane.received - received < _LAST_WORDS:
                received = self.pane.received
                self.pane.pump(time.monotonic() + _PUMP_S)
            self.pane.end(status)
        self.twin.terminal.take_failures()  # the same as the terminal's
        for failure in self.terminal.take_failures():
            why = f"gputerm failed to carry out {failure.function}, which it left out"
            raise self.failure(f"{why}: {failure.error!r}") from failure.error
        return more

    def input(self, typed: str = "", needs_program: str = "") -> None:
        """Something is about to be sent: what stands there was before it.

        `typed` is what may be echoed. Raises SessionError when there is no program to do
        `needs_program` to.
        """
        self.pump()
        if needs_program and self.exit_status is not None:
            raise self.failure(f"{needs_program}: {self.ended()}")
        self.sequence += 1
        self.twin.mark(self.sequence, typed)
        self.phases.restart()
        self.last_input = time.monotonic()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal, its twin and its program another size."""
        self.size = columns, lines
        self.pane.resize(lines, columns, _facts(columns, lines))
        self.terminal.settle()
        self.twin.resize(lines, columns)
        self.twin.mark(self.sequence)
        self.recording.resized(columns, lines)

    def _size_changed(self, columns: int, lines: int, wanted: bool) -> None:
        """The program has given the terminal this size; if it may not, it gets the former back."""
        self.resize(*((columns, lines) if wanted else self.size))

    def until(
        self,
        check: Callable[[], T | None],
        timeout: float | None,
        what: str,
        hint: Callable[[], str] = lambda: "",
    ) -> Steps[T]:
        """Until `check` gives something; it is asked after each look at what the program writes,
        but not within a synchronized update."""
        seconds = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + seconds
        while True:
            more = self.pump()
            now = time.monotonic()
            held = self.pane.held_until(now) if self.exit_status is None else None
            if held is None and (found := check()) is not None:
                self.twin.answered()
                return found
            if self.exit_status is not None:
                raise self.vain(f"waited for {what}: {self.ended()}", hint())
            if isinstance(self.end, Offline):
                raise self.vain(f"waited for {what}: nothing else was fed", hint())
            if now >= deadline:
                raise self.vain(f"waited {seconds:g} s for {what} in vain", hint())
            yield 0.0 if more else min(deadline, held or deadline, self.pane.next_deadline())

    # ── failures ─────────────────────────────────────────────────────────────────────────────────

    def ended(self) -> str:
        """How the program has ended."""
        status = self.exit_status
        if status is not None and status > 128:
            return f"the program was ended by signal {status - 128}"
        return f"the program has ended with {status}"

    def vain(self, why: str, hint: str = "") -> WaitFailed:
        """A wait was in vain."""
        return WaitFailed(self._message(why, hint))

    def failure(self, why: str) -> SessionError:
        """Something can't be done or isn't so."""
        return SessionError(self._message(why, ""))

    @property
    def name(self) -> str:
        """The program's."""
        command = self.end.program.command
        return os.path.basename(command[0]) if command else "offline"

    def _message(self, why: str, hint: str) -> str:
        caption = f"{self.name} {self.terminal.columns}×{self.terminal.lines}"
        return "\n".join(filter(None, (why, hint, boxed(self.terminal, caption))))


def _facts(columns: int, lines: int) -> WindowFacts:
    return WindowFacts(width=columns * CELL[0], height=lines * CELL[1])
