"""A TOML table as a frozen record: one attribute for each key, which carries default, kind and doc.

    class Font(Table):
        size: float = setting(default=11.25, kind=Number("points", 1, 3999), doc="Size of text.")

    Font().size → 11.25      Font.settings["size"].doc → "Size of text."

Type checkers see a frozen, keyword-only dataclass. It is none because @dataclass compiles source
text: the thirty tables of the schema took 15 ms that way and take 1 ms this way, at every start.
"""

from __future__ import annotations

from gputerm.config.kinds import Kind, UnfitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

    from gputerm.config.problem import Place

    T = TypeVar("T")
    TableT = TypeVar("TableT", bound="Table")
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """typing's, which does nothing when the program runs; importing typing costs 5 ms."""
        return lambda cls: cls


class Setting:
    """What is known about one key of a table."""

    __slots__ = ("attribute", "default", "doc", "kind", "name")

    def __init__(self, default: object, kind: Kind, doc: str) -> None:
        self.name = ""  #: as the file spells it: "class"
        self.attribute = ""  #: as Python spells it: "class_"
        self.default = default
        self.kind = kind
        self.doc = doc


def setting(*, default: T, kind: Kind, doc: str) -> T:
    """Declares a key. Where Python owns the name the attribute ends in "_"."""
    return Setting(default, kind, doc)  # type: ignore[return-value]


def table(*, default: TableT, doc: str) -> TableT:
    """Declares a table within a table."""
    return setting(default=default, kind=Nested(type(default)), doc=doc)


@dataclass_transform(
    eq_default=True, kw_only_default=True, frozen_default=True, field_specifiers=(setting, table)
)
class Table:
    """Base of all tables. Equal when all keys are; hashable when all values are."""

    settings: ClassVar[dict[str, Setting]]  #: by the name in the file, in the order of declaration
    shorthand: ClassVar[str | None]  #: the key that a bare value stands for, if there is one
    whole: ClassVar[bool]  #: a part that doesn't fit spoils all: half a key binding does harm

    def __init_subclass__(cls, shorthand: str | None = None, whole: bool = False) -> None:
        cls.shorthand = shorthand
        cls.whole = whole
        cls.settings = {}
        for attribute, value in vars(cls).items():
            if isinstance(value, Setting):
                value.attribute = attribute
                value.name = attribute.rstrip("_")
                cls.settings[value.name] = value

    def __init__(self, **values: Any) -> None:
        state = {setting.attribute: setting.default for setting in self.settings.values()}
        unknown = values.keys() - state.keys()
        assert not unknown, f"{type(self).__name__} has no {unknown}"
        self.__dict__.update(state, **values)

    def unfit(self) -> str | None:
        """What is wrong with the keys taken together, as "expected …"."""
        return None

    def replace(self, **values: Any) -> Self:
        """A copy with some values changed."""
        return type(self)(**{**vars(self), **values})

    def to_dict(self) -> dict[str, Any]:
        """The table as a file would say it: strings, numbers, lists and dicts; None for unset."""
        return {
            setting.name: None if value is None else setting.kind.write(value)
            for setting in self.settings.values()
            for value in (getattr(self, setting.attribute),)
        }

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} can't be changed; use replace()")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} can't be changed; use replace()")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        changed = (
            f"{setting.attribute}={'…' if setting.kind.secret else repr(value)}"
            for setting in self.settings.values()
            if (value := getattr(self, setting.attribute)) != setting.default
        )
        return f"{type(self).__name__}({', '.join(changed)})"


class Nested(Kind):
    """A table as the value of a key. Keys that aren't named keep their current value."""

    def __init__(self, cls: type[Table]) -> None:
        self.cls = cls
        fields = ", ".join(cls.settings)
        if cls.shorthand is None:
            self.expected = f"a table {{{fields}}}"
        else:
            bare = cls.settings[cls.shorthand].kind.expected
            self.expected = f"{bare}, or a table {{{fields}}}"

    def read(self, value: object, current: Any, place: Place) -> Table:
        cls = self.cls
        if isinstance(value, dict):
            return read_table(current if current is not None else cls(), value, place)
        if cls.shorthand is None:
            raise UnfitError
        bare = cls.settings[cls.shorthand]
        return cls(**{bare.attribute: bare.kind.read(value, bare.default, place)})

    def write(self, value: Any) -> dict[str, Any]:
        written: dict[str, Any] = value.to_dict()
        return written


def read_table(current: TableT, values: Mapping[str, object], place: Place) -> TableT:
    """`current` with the TOML table `values` laid over it. Raises UnfitError, as kinds do."""
    changes = {}
    for name, value in values.items():
        part = place / name
        setting = current.settings.get(name)
        if setting is None:
            _refuse_unknown(current, part)
            continue
        now = getattr(current, setting.attribute)
        if current.whole:
            try:
                changes[setting.attribute] = setting.kind.read(value, now, part)
            except UnfitError as unfit:
                complaint = setting.kind.complaint(value, unfit)
                raise type(unfit)(complaint, unfit.place or part) from None
        else:
            changes[setting.attribute] = setting.kind.read_or_keep(value, now, part)
    result = current.replace(**changes)
    if message := result.unfit():
        raise UnfitError(message)
    return result


def _refuse_unknown(table: Table, part: Place) -> None:
    from gputerm.config.unknown import advice

    message = advice(part.path, table.settings)
    if table.whole:
        raise UnfitError(message, part)
    part.report("error" if part.source.strict else "warning", f"{message}; ignored")
