"""What is wrong with a configuration, as values: where it is, what it says, what happens instead.

Reading never stops at a problem. A `Source` is one text (a file or a `-o` snippet), a `Place` one
key in it; kinds and tables report through their place, and the line is only looked for then.
"""

from __future__ import annotations

from gputerm.records import Record

TYPE_CHECKING = False  # Not typing's: importing typing costs more than reading a configuration.
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeAlias

    Severity: TypeAlias = Literal["error", "warning"]

_MAX_SHOWN = 40  # characters of a bad value in a message: enough to find it


class Problem(Record):
    """One thing to mend. `str()` gives the line for the user."""

    severity: Severity
    file: str  #: path as the user wrote it, or "override" for `-o` and the socket
    line: int | None  #: counted from 1; None where lines mean nothing
    column: int | None  #: in characters, counted from 1; None where the whole line is meant
    key: str  #: "font.size", "keyboard.bindings[2].mods"; "" for the file as a whole
    message: str  #: "expected …, got …; using …"

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        where = ":".join([self.file, *numbers])
        return ": ".join(part for part in (where, self.key, self.message) if part)

    def __repr__(self) -> str:
        return f"Problem({self.severity}: {self})"


class Source:
    """One text that sets keys."""

    def __init__(self, name: str, text: str, *, strict: bool) -> None:
        self.name = name
        self.text = text
        self.strict = strict  #: a key that means nothing is an error, not a warning
        self.problems: list[Problem] = []
        self.accepted: list[tuple[str | int, ...]] = []  #: keys whose values are in use
        self._positions: dict[tuple[str | int, ...], tuple[int, int]] | None = None

    def position(self, path: Sequence[str | int]) -> tuple[int, int] | tuple[None, None]:
        """(line, column) of what sets `path`, or of the nearest table around it."""
        if self.strict:
            return None, None  # An override is one line, shown whole.
        if self._positions is None:
            from gputerm.config.lines import key_positions

            self._positions = key_positions(self.text)
        for length in range(len(path), 0, -1):
            if (position := self._positions.get(tuple(path[:length]))) is not None:
                return position
        return None, None

    def report(self, position: tuple[int | None, int | None], key: str, message: str) -> None:
        """Note an error at a place that isn't a key of the text."""
        line, column = position
        self.problems.append(Problem("error", self.name, line, column, key, printable(message)))

    def root(self) -> Place:
        return Place(self, ())


class Place:
    """One key in a source; the empty path is the whole text."""

    __slots__ = ("path", "source")

    def __init__(self, source: Source, path: tuple[str | int, ...]) -> None:
        self.source = source
        self.path = path

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.source, (*self.path, part))

    def error(self, message: str) -> None:
        self.report("error", message)

    def warning(self, message: str) -> None:
        self.report("warning", message)

    def report(self, severity: Severity, message: str) -> None:
        line, column = self.source.position(self.path)
        key = printable(dotted(self.path))
        problem = Problem(severity, self.source.name, line, column, key, printable(message))
        self.source.problems.append(problem)


def dotted(path: Sequence[str | int]) -> str:
    """("keyboard", "bindings", 2, "mods") → "keyboard.bindings[2].mods"."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def printable(text: str) -> str:
    """A text on one line, without control characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def shown(value: object) -> str:
    """A TOML value in a message: short, on one line, without control characters."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            text = printable(value)
            return f'"{text}"' if len(text) <= _MAX_SHOWN else f'"{text[:_MAX_SHOWN]}…"'
        case dict():
            return "a table"
        case list() | tuple():
            return "an array"
        case int() if value.bit_length() > _MAX_SHOWN * 3:  # str() refuses the longest.
            return "a number far too large"
        case _:
            return str(value)
