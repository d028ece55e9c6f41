"""The kinds of value a key can have: what fits, what to say when it doesn't, how to show it.

A kind turns a parsed TOML value into what the program uses (`read`) and back into what a file would
say (`write`). `expected` completes the sentence "expected …" and is the type in the documentation.
"""

from __future__ import annotations

import os

from gputerm.config.problem import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import Any

    from gputerm.actions import Action
    from gputerm.config.problem import Place, Severity


_CELL_COLOURS = {"cellforeground": "CellForeground", "cellbackground": "CellBackground"}


class UnfitError(Exception):
    """A value that doesn't fit.

    `message` says what is wrong where the kind's "expected …, got …" wouldn't; `place` is where, if
    that is a part of the value.
    """

    severity: Severity = "error"

    def __init__(self, message: str = "", place: Place | None = None) -> None:
        self.message = message
        self.place = place


class NotSupportedError(UnfitError):
    """A value that fits Alacritty, but has no effect here yet."""

    severity: Severity = "warning"


class Kind:
    """Base of all kinds."""

    expected = ""
    secret = False  #: values may be secrets: messages name their type only, repr() nothing

    def read(self, value: object, current: Any, place: Place) -> Any:
        """What `value` means; `current` is what it replaces. Raises UnfitError."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        return value

    def read_or_keep(self, value: object, current: Any, place: Place) -> Any:
        """As `read`, but a value that doesn't fit is reported and changes nothing."""
        try:
            accepted = self.read(value, current, place)
            place.source.accepted.append(place.path)
            return accepted
        except UnfitError as unfit:
            instead = self._instead(current)
            (unfit.place or place).report(
                unfit.severity, f"{self.complaint(value, unfit)}; {instead}"
            )
            return current

    def complaint(self, value: object, unfit: UnfitError) -> str:
        """What is wrong with `value`: "expected …, got …"."""
        if unfit.message:
            return unfit.message
        got = type(value).__name__ if self.secret else shown(value)
        return f"expected {self.expected}, got {got}"

    def _instead(self, current: Any) -> str:
        if current is None:
            return "left unset"
        kept = self.write(current)
        if self.secret or isinstance(kept, dict | list | tuple):
            return "ignored"
        return f"using {shown(kept)}"


class Bool(Kind):
    expected = "true or false"

    def read(self, value: object, current: Any, place: Place) -> bool:
        if not isinstance(value, bool):
            raise UnfitError
        return value


class Integer(Kind):
    """A whole number of `unit` from `minimum` to `maximum`, both included."""

    def __init__(self, unit: str, minimum: int, maximum: int) -> None:
        self.minimum, self.maximum = minimum, maximum
        self.expected = f"{unit} from {minimum} to {maximum}"

    def read(self, value: object, current: Any, place: Place) -> int:
        # bool is an int to Python, not to TOML.
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnfitError
        if not self.minimum <= value <= self.maximum:
            raise UnfitError
        return value


class Number(Kind):
    """A number of `unit`, whole or not, from `minimum` to `maximum`, both included.

    `clamped`: for a number beyond them the nearer one is taken.
    """

    def __init__(self, unit: str, minimum: float, maximum: float, *, clamped: bool = False) -> None:
        self.minimum, self.maximum = minimum, maximum
        self._clamped = clamped
        self.expected = f"{unit} from {minimum:g} to {maximum:g}"

    def read(self, value: object, current: Any, place: Place) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnfitError
        if self._clamped and value == value:  # nan isn't equal to itself
            value = min(max(value, self.minimum), self.maximum)
        if not self.minimum <= value <= self.maximum:  # nan compares false and ends here too.
            raise UnfitError
        return float(value)


class Text(Kind):
    expected = "text"

    def read(self, value: object, current: Any, place: Place) -> str:
        if not isinstance(value, str):
            raise UnfitError
        if "\0" in value:
            raise UnfitError("expected text without NUL")
        return value


class SecretText(Text):
    """Text that may be a password."""

    secret = True


class FilePath(Text):
    expected = "a path"

    def read(self, value: object, current: Any, place: Place) -> str:
        return os.path.expanduser(super().read(value, current, place))


class Choice(Kind):
    """One of some names, written in any case. `aliases` are names that mean one of them."""

    def __init__(self, *names: str, **aliases: str) -> None:
        self._names = {name.lower(): name for name in names}
        self._names.update((alias.lower(), name) for alias, name in aliases.items())
        self.expected = " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    def read(self, value: object, current: Any, place: Place) -> str:
        if not isinstance(value, str) or value.lower() not in self._names:
            raise UnfitError
        return self._names[value.lower()]


class Level(Kind):
    """A member of an enumeration by its value, in any case; written with a capital."""

    def __init__(self, levels: type[Enum]) -> None:
        self._levels = {str(level.value).lower(): level for level in levels}
        names = [name.capitalize() for name in self._levels]
        self.expected = f"{', '.join(names[:-1])} or {names[-1]}"

    def read(self, value: object, current: Any, place: Place) -> Any:
        if not isinstance(value, str) or value.lower() not in self._levels:
            raise UnfitError
        return self._levels[value.lower()]

    def write(self, value: Any) -> str:
        return str(value.value).capitalize()


class ActionName(Kind):
    """What a user can ask for, by the name of a member of `gputerm.actions.Action`, in any case."""

    expected = "an action"

    def read(self, value: object, current: Any, place: Place) -> Action:
        from gputerm.actions import Action
        from gputerm.config.unknown import ACTIONS_NOT_SUPPORTED_YET, NOT_YET

        if not isinstance(value, str):
            raise UnfitError
        if value.lower() in ACTIONS_NOT_SUPPORTED_YET:
            raise NotSupportedError(NOT_YET)
        try:
            return Action.named(value)
        except ValueError as error:
            raise UnfitError(str(error)) from None

    def write(self, value: Action) -> str:
        return str(value.value)


class KeyName(Kind):
    """A key of the keyboard, as `gputerm.input.bindings.parse_key` understands it."""

    expected = "a character, the name of a key, or a scancode"

    def read(self, value: object, current: Any, place: Place) -> str | int:
        from gputerm.input.bindings import parse_key

        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UnfitError
        try:
            parse_key(value)
        except ValueError as error:
            raise UnfitError(str(error)) from None
        return value


class MouseButton(Choice):
    """A button or a direction of the wheel; other buttons by their number."""

    def __init__(self) -> None:
        super().__init__("Left", "Right", "Middle", "Back", "Forward", "WheelUp", "WheelDown")
        self.expected += ", or a number from 0 to 65535"

    def read(self, value: object, current: Any, place: Place) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 0xFFFF:
            return value
        return super().read(value, current, place)


class MatchExpression(Kind):
    """Which windows are meant, as `gputerm.policy.match.parse_match` understands it."""

    expected = "a match expression"

    def read(self, value: object, current: Any, place: Place) -> str:
        from gputerm.finding.patterns import PatternError
        from gputerm.policy.match import parse_match

        if not isinstance(value, str):
            raise UnfitError
        try:
            parse_match(value)
        except PatternError as error:
            raise UnfitError(str(error)) from None
        return value


class Expression(Kind):
    """A regular expression, as `gputerm.finding.patterns` understands it."""

    expected = "a regular expression"

    def read(self, value: object, current: Any, place: Place) -> str:
        from gputerm.finding.patterns import PatternError, compile_lines

        if not isinstance(value, str):
            raise UnfitError
        try:
            compile_lines(value)
        except PatternError as error:
            raise UnfitError(str(error)) from None
        return value


class Alphabet(Text):
    """Characters of one cell, each once."""

    expected = "two characters or more, each of one cell and none of them twice"

    def read(self, value: object, current: Any, place: Place) -> str:
        import unicodedata

        text = super().read(value, current, place)
        narrow = all(
            char.isprintable() and unicodedata.east_asian_width(char) not in "WF" for char in text
        )
        if len(text) < 2 or len(set(text)) < len(text) or not narrow:
            raise UnfitError
        return text


class Names(Kind):
    """Some of some names joined by "|", in any case; aliases map to the names they stand for."""

    def __init__(self, aliases: dict[str, str], *, negatable: bool = False) -> None:
        self._names = {alias.lower(): name for alias, name in aliases.items()}
        self._negatable = negatable
        names = ", ".join(dict.fromkeys(aliases.values()))
        self.expected = f'{names}, joined by "|"' + (', "~" before one to forbid it' * negatable)

    def read(self, value: object, current: Any, place: Place) -> tuple[str, ...]:
        if not isinstance(value, str):
            raise UnfitError
        names: dict[str, None] = {}
        for part in value.split("|"):
            part = part.strip().lower()
            negation = "~" if self._negatable and part.startswith("~") else ""
            name = part.removeprefix(negation).strip()
            if name == "none" and not negation:
                continue
            if name not in self._names:
                raise UnfitError
            names[negation + self._names[name]] = None
        return tuple(names)

    def write(self, value: tuple[str, ...]) -> str:
        return "|".join(value)


class Colour(Kind):
    """An sRGB colour, an int 0xRRGGBB in the program."""

    expected = 'a colour "#rrggbb"'

    def read(self, value: object, current: Any, place: Place) -> Any:
        if not isinstance(value, str):
            raise UnfitError
        digits = value[1:] if value[:1] == "#" else value[2:] if value[:2] in ("0x", "0X") else ""
        if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
            raise UnfitError
        return int(digits, 16)

    def write(self, value: Any) -> Any:
        return f"#{value:06x}"


class CellColour(Colour):
    """A colour, or the foreground or background of the cell that is painted."""

    expected = 'a colour "#rrggbb", CellForeground or CellBackground'

    def read(self, value: object, current: Any, place: Place) -> int | str:
        if isinstance(value, str) and value.lower() in _CELL_COLOURS:
            return _CELL_COLOURS[value.lower()]
        colour: int = super().read(value, current, place)
        return colour

    def write(self, value: Any) -> Any:
        return value if isinstance(value, str) else super().write(value)


class Maybe(Kind):
    """A value that can be unset by writing "None"."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.expected = f"{kind.expected}, or None"

    def read(self, value: object, current: Any, place: Place) -> Any:
        if isinstance(value, str) and value.lower() == "none":
            return None
        return self.kind.read(value, current, place)

    def write(self, value: Any) -> Any:
        return self.kind.write(value)


class ListOf(Kind):
    """An array, a tuple in the program. An element that doesn't fit is reported and left out.

    A file adds to what the files before it gave; an override replaces it.
    """

    def __init__(self, kind: Kind, expected: str) -> None:
        self.kind = kind
        self.expected = expected

    def read(self, value: object, current: Any, place: Place) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise UnfitError
        elements = [] if place.source.strict or current is None else list(current)
        for index, element in enumerate(value):
            try:
                elements.append(self.kind.read(element, None, place / index))
            except UnfitError as unfit:
                complaint = self.kind.complaint(element, unfit)
                (unfit.place or place / index).report(unfit.severity, f"{complaint}; ignored")
        return tuple(elements)

    def write(self, value: Any) -> list[Any]:
        return [self.kind.write(element) for element in value]


class Environment(Kind):
    """Variables by name; each source adds to the ones before."""

    expected = "a table of NAME = text"
    secret = True

    def read(self, value: object, current: Any, place: Place) -> dict[str, str]:
        if not isinstance(value, dict):
            raise UnfitError
        variables = dict(current)
        for name, text in value.items():
            if not name or "=" in name or "\0" in name:
                (place / name).error('expected a name without "="; ignored')
            elif not isinstance(text, str) or "\0" in text:
                (place / name).error(f"expected text, got {type(text).__name__}; ignored")
            else:
                variables[name] = text
        return variables

    def write(self, value: Any) -> dict[str, str]:
        return dict(value)
