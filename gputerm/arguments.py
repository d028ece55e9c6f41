"""Command lines taken apart: the one parser of `gputerm`, `gputerm render` and `gputerm msg`.

    -v  -vq  --hold  -T TITLE  -TTITLE  --title=TITLE  -o KEY=VALUE KEY=VALUE  -e PROGRAM ARG…

It knows how options look and not what they mean. It is our own because importing argparse takes
longer than all else that `gputerm msg` does. [POSIX.1-2017, 12.2, and GNU's long options]
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gputerm.errors import UsageError

__all__ = ["CommandLine", "Option", "option_help"]

_WIDTH = 26  #: of the help's first column
_MAX_SECONDS = 1_000_000  #: eleven days, which poll(2) can wait


class Option:
    """One option, or an operand.

    `form` is how the help shows it: "-w, --window ID" for an option, the last of whose spellings is
    its name in messages; "KEY=VALUE…" for an operand. `takes` says how many arguments follow an
    option that has a value: "one", "some" (up to the next option) or "rest".
    """

    __slots__ = ("form", "help", "takes")

    def __init__(self, form: str, help: str, *, takes: str = "one") -> None:
        self.form = form
        self.help = help
        self.takes = takes if self.value or not form else "none"

    @property
    def flags(self) -> tuple[str, ...]:
        """Its spellings."""
        words = self.form.split()
        return tuple([word.rstrip(",") for word in words if word.startswith("-")])

    @property
    def value(self) -> str:
        """What the help calls its value; "" = it has none."""
        return " ".join([word for word in self.form.split() if not word.startswith("-")])


class CommandLine:
    """The arguments of a command, from left to right.

    `command` is the one whose --help errors point to, and `before` what they begin with.
    """

    def __init__(
        self, options: Iterable[Option], arguments: Sequence[str], command: str, before: str = ""
    ) -> None:
        self._options = {flag: option for option in options for flag in option.flags}
        self._command = command
        self._before = before
        self.rest = list(arguments)  #: what hasn't been looked at

    def __iter__(self) -> Iterator[tuple[str, list[str]]]:
        """(the option as it was written, its values), and ("", [operand]). Raises UsageError."""
        while self.rest:
            argument = self.rest.pop(0)
            if argument == "--":  # the end of the options
                while self.rest:
                    yield "", [self.rest.pop(0)]
            elif argument.startswith("--"):
                flag, equals, value = argument.partition("=")
                yield flag, self._values(flag, value if equals else None)
            elif argument.startswith("-") and argument != "-":
                yield from self._letters(argument[1:])
            else:
                yield "", [argument]

    def option(self, flag: str) -> Option:
        """The option that is written so. Raises UsageError."""
        option = self._options.get(flag)
        if option is None:
            from gputerm.errors import did_you_mean

            hint = did_you_mean(flag, self._options) if len(flag) > 2 else ""
            raise self.misuse(f"unknown option {flag}{hint}")
        return option

    def misuse(self, message: str) -> UsageError:
        """The error to raise."""
        from gputerm.errors import UsageError  # with enum, which a call that works doesn't need

        return UsageError(f"{self._before}{message} (see {self._command} --help)")

    def seconds(self, flag: str, text: str) -> float:
        """A time that one can wait for. Raises UsageError."""
        try:
            seconds = float(text)
        except ValueError:
            seconds = -1.0
        if 0 < seconds <= _MAX_SECONDS:
            return seconds
        raise self.misuse(f"{flag}: expected seconds up to {_MAX_SECONDS:,}, got {text}")

    def _letters(self, letters: str) -> Iterator[tuple[str, list[str]]]:
        """-vvq is three options; -dDIR and -d=DIR are one with its value."""
        while letters:
            flag, letters = f"-{letters[0]}", letters[1:]
            if letters and self.option(flag).takes != "none":
                yield flag, self._values(flag, letters.removeprefix("="))
                return
            yield flag, self._values(flag, None)

    def _values(self, flag: str, value: str | None) -> list[str]:
        """What belongs to an option; `value` was written together with it."""
        option = self.option(flag)
        if option.takes == "none":
            if value is not None:
                raise self.misuse(f"{flag} takes no value")
            return []
        values = [] if value is None else [value]
        if option.takes == "rest":
            values += self.rest
            self.rest.clear()
        elif option.takes == "some":
            while self.rest and not self.rest[0].startswith("-"):
                values.append(self.rest.pop(0))
        elif value is None and self.rest and not self._is_option(self.rest[0]):
            values.append(self.rest.pop(0))
        if not values:
            raise self.misuse(f"{flag} needs a value: {flag} {option.value}")
        return values

    def _is_option(self, argument: str) -> bool:
        """Whether it is one of the options rather than a value such as -5."""
        if argument.startswith("--"):
            return argument == "--" or argument.partition("=")[0] in self._options
        return argument[:2] in self._options


def option_help(options: Iterable[Option], width: int = _WIDTH) -> str:
    """Two columns; an option too long for the first gets a line of its own."""
    lines = []
    for option in options:
        form = f"{'    ' * option.form.startswith('--')}{option.form}"
        if len(form) > width:
            lines.append(f"  {form}")
            form = ""
        lines.append(f"  {form:<{width}}  {option.help}")
    return "\n".join(lines)
