"""Session: a terminal program under test, for code that waits by standing still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from gputerm.testing.base import Base, CommandResult

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from gputerm.testing.base import Steps, Target
    from gputerm.testing.twin import Found, Pattern

__all__ = ["CommandResult", "Session"]

T = TypeVar("T")


class Session(Base):
    """A terminal program under test. It is closed at the end of a `with` statement."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _drive(self, steps: Steps[T]) -> T:
        while True:
            try:
                until = next(steps)
            except StopIteration as end:
                result: T = end.value
                return result
            self._end.sleep(until)

    @overload
    def wait(
        self,
        wanted: Pattern,
        *,
        after: int | None = None,
        echo: bool = False,
        timeout: float | None = None,
    ) -> Found: ...
    @overload
    def wait(self, wanted: Callable[[Self], T], *, timeout: float | None = None) -> T: ...
    def wait(
        self,
        wanted: Pattern | Callable[[Self], T],
        *,
        after: int | None = None,
        echo: bool = False,
        timeout: float | None = None,
    ) -> Found | T:
        """Wait for text, for what fits a compiled expression, or until a function of the session
        gives something true; returns what was found.

        Text counts if at least one of its cells was written after the input with the number
        `after`, by default the last; 0 takes all that there is. `echo`: what was typed counts as
        well. Raises WaitFailed at the program's end or after `timeout` seconds.
        """
        found: Any = self._drive(self._waiting(wanted, after, echo, timeout))
        return found  # type: ignore[no-any-return]

    def gone(self, pattern: Pattern, *, timeout: float | None = None) -> None:
        """Wait until such text isn't on the screen. Raises WaitFailed."""
        self._drive(self._leaving(pattern, timeout))

    def rest(self, *, timeout: float | None = None) -> None:
        """Wait until the programs sleep and have written all that they have to write for now.

        Every thread of the foreground process group is asleep and hasn't run between two looks,
        nothing is left in the pty, and nothing came or went for 50 ms. Behind ssh, in containers
        and on other systems than Linux nothing came or went for 150 ms. Raises WaitFailed.
        """
        self._drive(self._resting(timeout))

    def wait_exit(self, *, timeout: float | None = None) -> int:
        """Wait for the program's end; its exit code, or 128 + a signal. Raises WaitFailed."""
        return self._drive(self._exiting(timeout))

    def run(self, command: str, *, timeout: float | None = None) -> CommandResult:
        """Have a shell run a line, from its next prompt to its end.

        For shells of Session.shell(), and others that mark their prompts by OSC 133 (fish 4, or
        those with an integration). Raises WaitFailed.
        """
        return self._drive(self._running(command, timeout))

    def click(
        self, target: Target, button: str = "left", mods: str = "", *, timeout: float | None = None
    ) -> int:
        """Click on text, which is waited for, or on (line, column). Raises SessionError
        when the program doesn't ask for the mouse."""
        return self._drive(self._clicking(target, button, mods, timeout))

    def drag(
        self,
        start: Target,
        stop: Target,
        button: str = "left",
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> int:
        """Press a button at one place and release it at another."""
        return self._drive(self._dragging(start, stop, button, mods, timeout))

    def wheel(
        self,
        target: Target,
        direction: str = "down",
        steps: int = 1,
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> int:
        """Turn the wheel: "up", "down", "left", "right"."""
        return self._drive(self._wheeling(target, direction, steps, mods, timeout))
