"""Frozen records: what one module hands to another, declared like dataclasses and cheap to define.

    class Bell(Record):
        urgent: bool
        raises: bool = False

    Bell(True) == Bell(urgent=True)      Bell(True).replace(raises=True)

Type checkers see a frozen dataclass. It is none because @dataclass compiles source text for each:
55 records took 16 ms of every start that way and take 1 ms this way. Making an instance takes 1 to
2 µs, a few times as long as a dataclass's: nothing that there is one of for each cell or byte.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self
    from typing import dataclass_transform as dataclass_transform
else:

    def dataclass_transform(**_):
        """typing's, which does nothing when the program runs; importing typing costs 4 ms."""
        return lambda cls: cls


@dataclass_transform(eq_default=True, frozen_default=True)
class Record:
    """Base of all records. Equal when of one class with equal values; hashable when the values are.

    A subclass may check its values in `__post_init__`.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()  #: the fields, in the order of declaration
    _defaults: ClassVar[dict[str, Any]] = {}
    _kw_only: ClassVar[bool] = False

    def __init_subclass__(cls, kw_only: bool = False) -> None:
        names = cls.__annotations__
        cls.__match_args__ = (*cls.__match_args__, *names)  # type: ignore[misc]
        cls._defaults = {
            **cls._defaults,
            **{name: cls.__dict__[name] for name in names if name in cls.__dict__},
        }
        cls._kw_only = kw_only

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        if len(values) == len(names) and not named and not self._kw_only:
            # The quick way for what is made often.
            self.__dict__.update(zip(names, values, strict=True))
            self.__post_init__()
            return
        given = dict(zip(names, values, strict=False))
        state = {**self._defaults, **given, **named}
        if (
            len(state) != len(names)
            or len(given) != len(values)
            or given.keys() & named.keys()
            or (values and self._kw_only)
        ):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
        self.__dict__.update(state)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check the values of a new record."""

    def replace(self, **values: Any) -> Self:
        """A copy with some values changed."""
        return type(self)(**{name: getattr(self, name) for name in self.__match_args__} | values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} can't be changed; use replace()")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} can't be deleted")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({values})"

    def _values(self) -> tuple[Any, ...]:
        # Not vars(): a cached property lives there too, and the order is that of the call.
        return tuple([getattr(self, name) for name in self.__match_args__])
