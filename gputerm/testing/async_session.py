"""AsyncSession: a terminal program under test, for code that waits by await."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from gputerm.testing.base import Base, CommandResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.testing.base import Steps, Target
    from gputerm.testing.twin import Pattern

__all__ = ["AsyncSession"]

T = TypeVar("T")

#: A program that hasn't taken all that it was sent is offered the rest this often, in seconds.
_OFFER_S = 0.01


class AsyncSession(Base):
    """Session with waits to be awaited; what each does is said there. One task waits at a time."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        self.close()

    async def _drive(self, steps: Steps[T]) -> T:
        while True:
            try:
                until = next(steps)
            except StopIteration as end:
                result: T = end.value
                return result
            await self._sleep(until)

    async def _sleep(self, until: float) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        descriptors = self._end.descriptors
        if self._end.unwritten:
            until = min(until, time.monotonic() + _OFFER_S)
        for descriptor in descriptors:
            loop.add_reader(descriptor, woken.set)
        try:
            async with asyncio.timeout(max(until - time.monotonic(), 0)):
                await woken.wait()
        except TimeoutError:
            pass
        finally:
            for descriptor in descriptors:
                loop.remove_reader(descriptor)
        self._end.sleep(0)  # sends what the program can take now

    async def wait(
        self,
        wanted: Pattern | Callable[[Self], Any],
        *,
        after: int | None = None,
        echo: bool = False,
        timeout: float | None = None,
    ) -> Any:
        """Wait for text or for something to be true, see Session.wait."""
        return await self._drive(self._waiting(wanted, after, echo, timeout))

    async def gone(self, pattern: Pattern, *, timeout: float | None = None) -> None:
        """Wait until such text isn't on the screen."""
        await self._drive(self._leaving(pattern, timeout))

    async def rest(self, *, timeout: float | None = None) -> None:
        """Wait until the programs are at rest, see Session.rest."""
        await self._drive(self._resting(timeout))

    async def wait_exit(self, *, timeout: float | None = None) -> int:
        """Wait for the program's end."""
        return await self._drive(self._exiting(timeout))

    async def run(self, command: str, *, timeout: float | None = None) -> CommandResult:
        """Have a shell run a line, see Session.run."""
        return await self._drive(self._running(command, timeout))

    async def click(
        self, target: Target, button: str = "left", mods: str = "", *, timeout: float | None = None
    ) -> int:
        """Click on text or on (line, column)."""
        return await self._drive(self._clicking(target, button, mods, timeout))

    async def drag(
        self,
        start: Target,
        stop: Target,
        button: str = "left",
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> int:
        """Press a button at one place and release it at another."""
        return await self._drive(self._dragging(start, stop, button, mods, timeout))

    async def wheel(
        self,
        target: Target,
        direction: str = "down",
        steps: int = 1,
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> int:
        """Turn the wheel."""
        return await self._drive(self._wheeling(target, direction, steps, mods, timeout))
