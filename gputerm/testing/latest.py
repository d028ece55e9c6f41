"""The newest of what a program has done, as much as fits: programs may go on for ever."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Latest"]

T = TypeVar("T")


class Latest(Generic[T]):
    """Things, oldest first; when they are more than `limit` bytes together, the oldest go."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._things: deque[tuple[T, int]] = deque()
        self._size = 0

    def add(self, thing: T, size: int) -> None:
        """Keep another one, of so many bytes."""
        self._things.append((thing, size))
        self._size += size
        while self._size > self._limit:
            self._size -= self._things.popleft()[1]

    def __iter__(self) -> Iterator[T]:
        return (thing for thing, _ in self._things)
