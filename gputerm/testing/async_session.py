"""AsyncSession: a terminal program under test, for code that waits by await."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from gputerm.testing.base import Base
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.steps import Awaiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.testing.steps import Steps
    from gputerm.testing.twin import Found, Pattern

__tracebackhide__ = users_mistake

__all__ = ["AsyncSession"]

T = TypeVar("T")

#: A program that hasn't taken all that it was sent is offered the rest this often, in seconds.
_OFFER_S = 0.01


class AsyncSession(Base, Awaiting):
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
        descriptors = self._rig.end.descriptors
        if self._rig.end.unwritten:
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
        self._rig.end.sleep(0)  # sends what the program can take now

    @overload
    async def wait(
        self,
        wanted: Pattern,
        *,
        after: int | None = None,
        echo: bool = False,
        timeout: float | None = None,
    ) -> Found: ...
    @overload
    async def wait(self, wanted: Callable[[Self], T], *, timeout: float | None = None) -> T: ...
    async def wait(
        self,
        wanted: Pattern | Callable[[Self], T],
        *,
        after: int | None = None,
        echo: bool = False,
        timeout: float | None = None,
    ) -> Found | T:
        """Wait for text or for something to be true, see Session.wait."""
        found: Any = await self._drive(self._waiting(wanted, after, echo, timeout))
        return found  # type: ignore[no-any-return]
