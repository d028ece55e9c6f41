"""Session: a terminal program under test, for code that waits by standing still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from gputerm.testing.base import Base
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.steps import Standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from gputerm.testing.steps import Steps
    from gputerm.testing.twin import Found, Pattern

__tracebackhide__ = users_mistake

__all__ = ["Session"]

T = TypeVar("T")


class Session(Base, Standing):
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
            self._rig.end.sleep(until)

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
