"""A TOML table as a Record: one field for each key, which carries default, kind and doc.

    class Font(Table):
        size: float = setting(default=11.25, kind=Number("points", 1, 3999), doc="Size of text.")

    Font().size → 11.25      Font.settings["size"].doc → "Size of text."

`read_table` lays what tomllib made of a file over a table.
"""

from __future__ import annotations

from gputerm.config.kinds import Kind, UnfitError
from gputerm.records import Record, dataclass_transform

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar, TypeVar

    from gputerm.config.problem import Place

    T = TypeVar("T")
    TableT = TypeVar("TableT", bound="Table")


class Setting:
    """What is known about one key of a table."""

    __slots__ = ("aliases", "attribute", "default", "doc", "has_effect", "kind", "name")

    def __init__(
        self, default: object, kind: Kind, doc: str, aliases: tuple[str, ...], has_effect: bool
    ) -> None:
        self.name = ""  #: as the file spells it: "class"
        self.attribute = ""  #: as Python spells it: "class_"
        self.default = default
        self.kind = kind
        self.doc = doc
        self.aliases = aliases  #: other names for it in a file
        self.has_effect = has_effect  #: False: read, and used by nobody


def setting(
    *,
    default: T,
    kind: Kind,
    doc: str,
    aliases: tuple[str, ...] = (),
    has_effect: bool = True,
) -> T:
    """Declares a key. Where Python owns the name the attribute ends in "_"."""
    return Setting(default, kind, doc, aliases, has_effect)  # type: ignore[return-value]


def table(*, default: TableT, doc: str) -> TableT:
    """Declares a table within a table."""
    return setting(default=default, kind=Nested(type(default)), doc=doc)


@dataclass_transform(
    eq_default=True, kw_only_default=True, frozen_default=True, field_specifiers=(setting, table)
)
class Table(Record):
    """Base of all tables. Its fields are made by `setting` and `table`, and given by name only."""

    if TYPE_CHECKING:
        #: By the name in the file, in the order of declaration.
        settings: ClassVar[dict[str, Setting]]
        aliases: ClassVar[dict[str, str]]  #: other names, and which they stand for
        shorthand: ClassVar[str | None]  #: the key that a bare value stands for, if there is one
        whole: ClassVar[bool]  #: a part that doesn't fit spoils all: half a key binding does harm

    def __init_subclass__(cls, shorthand: str | None = None, whole: bool = False) -> None:
        super().__init_subclass__(kw_only=True)
        cls.shorthand = shorthand
        cls.whole = whole
        cls.settings = {}
        for attribute, declared in cls._defaults.items():
            declared.attribute = attribute
            declared.name = attribute.rstrip("_")
            cls.settings[declared.name] = declared
        cls.aliases = {
            alias: declared.name for declared in cls.settings.values() for alias in declared.aliases
        }
        cls._defaults = {name: declared.default for name, declared in cls._defaults.items()}

    def unfit(self) -> str | None:
        """What is wrong with the keys taken together, as "expected …"."""
        return None

    def to_dict(self) -> dict[str, Any]:
        """The table as a file would say it: strings, numbers, lists and dicts; None for unset."""
        return {
            setting.name: None if value is None else setting.kind.write(value)
            for setting in self.settings.values()
            for value in (getattr(self, setting.attribute),)
        }

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
        setting = current.settings.get(current.aliases.get(name, name))
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
