"""Waits, written once for both faces of a session.

A wait is a generator of times until which there is nothing to do but to sleep. Session sleeps by
standing still, AsyncSession by awaiting.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar, overload

from gputerm.testing.in_vain import users_mistake

__tracebackhide__ = users_mistake

__all__ = ["Awaiting", "Standing", "Steps", "waits"]

T = TypeVar("T")
P = ParamSpec("P")

Steps: TypeAlias = Generator[float, None, T]  #: yields monotonic times until which it may sleep


class Standing:
    """A face whose waits stand still."""

    def _drive(self, steps: Steps[T]) -> T:
        raise NotImplementedError


class Awaiting:
    """A face whose waits are awaited."""

    async def _drive(self, steps: Steps[T]) -> T:
        raise NotImplementedError


class waits(Generic[P, T]):  # noqa: N801  # a decorator
    """Makes a generator of times a method that returns its result, or has it awaited."""

    def __init__(self, function: Callable[Concatenate[Any, P], Steps[T]]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, face: None, owner: type) -> Callable[Concatenate[Any, P], Steps[T]]: ...
    @overload
    def __get__(self, face: Standing, owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, face: Awaiting, owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, face: Any, owner: type) -> Any:
        return self._function if face is None else partial(_call, face, self._function)


def _call(face: Any, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    return face._drive(function(face, *arguments, **options))
