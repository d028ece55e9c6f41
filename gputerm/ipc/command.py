"""One command of remote control as a value: what it takes, what it answers, what it does.

A row of commands.py is made of these. `gputerm msg` imports this at its start, so it stays light.
"""

from __future__ import annotations

from gputerm.arguments import Option
from gputerm.ipc.protocol import INVALID_PARAMS, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Command", "Parameter", "check_choice", "validate"]

JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "path": {"type": "string"},  # absolute
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "window": {"type": ["integer", "string"]},  # an id, or "focused"
    "pane": {"type": "integer"},  # an id
}

#: Our ids and X11's are 32 bits wide; the rest is room.
_MAX_INTEGER = (1 << 63) - 1


class Parameter(Option):
    """One named value of a command.

    Its `form` on the command line may be "": not at all. `source` names what `gputerm msg` and the
    client library fill in when the user says nothing: "cwd", an environment variable as "$NAME", or
    "stdin" (only `msg`, also for the value "-"). `local`: it is for `gputerm msg` itself, and the
    server knows nothing of it.
    """

    __slots__ = ("choices", "completes", "default", "local", "name", "source", "type")

    def __init__(
        self,
        name: str,
        type: str,
        help: str,
        form: str = "",
        *,
        takes: str = "one",
        default: Any = None,
        choices: tuple[str, ...] = (),
        source: tuple[str, ...] = (),
        local: bool = False,
        completes: str = "",
    ) -> None:
        super().__init__(form, help, takes=takes)
        self.name = name
        self.type = type  #: a key of JSON_TYPES; any parameter may be null = left out
        self.default = False if type == "boolean" else [] if type == "strings" else default
        self.choices = choices  #: all that a string may be; empty = anything
        self.source = source
        self.local = local
        #: What completions offer, a key of completion.VALUES, if neither choices nor type say it.
        self.completes = completes

    @property
    def positional(self) -> bool:
        """Whether the command line gives it without an option."""
        return bool(self.form) and not self.form.startswith("-")


class Command:
    """One command: a method of the protocol, a word after `gputerm msg`."""

    __slots__ = (
        "answer",
        "columns",
        "example",
        "exits_with",
        "follows",
        "function",
        "method",
        "name",
        "one_of",
        "parameters",
        "reads",
        "shows",
        "summary",
        "types",
        "waits",
        "writes",
    )

    def __init__(
        self,
        name: str,
        function: str,
        summary: str,
        parameters: tuple[Parameter, ...] = (),
        *,
        answer: str = "None",
        one_of: tuple[str, ...] = (),
        reads: bool = False,
        types: bool = False,
        waits: bool | str = False,
        shows: str = "",
        columns: tuple[str, ...] = (),
        writes: str = "",
        follows: bool = False,
        exits_with: str = "",
        example: str = "",
        method: str = "",
    ) -> None:
        self.name = name
        #: What carries it out, below gputerm: in control, with (Context, Request) in the main
        #: thread; in ipc.server, without arguments in the loop thread.
        self.function = function
        self.summary = summary
        self.parameters = parameters
        self.answer = answer  #: its type, declared in results.py
        self.one_of = one_of  #: parameters of which exactly one has to be given
        self.reads = reads  #: it changes nothing and types nothing
        self.types = types  #: it types: later requests of its sender run after it
        #: Whether the answer may take any time; or the parameter with which it does.
        self.waits = waits
        # What `gputerm msg` does with the answer:
        self.shows = shows  #: the member that people see; "*" = all, "" = nothing
        #: As a table with these headings. A cell is the member of that name, in small letters,
        #: unless client/columns.py has a function for it.
        self.columns = columns
        self.writes = writes  #: the member that is a file in base64, for the local parameter `file`
        self.follows = follows  #: events follow, until the user has enough
        self.exits_with = exits_with  #: the member that is the exit code
        self.example = example  #: arguments, for the documentation; tests carry it out
        #: The method of the client library, if its name isn't the command's.
        self.method = method or name.replace("-", "_")

    def load_function(self) -> Any:
        """The function that carries it out. Its module is imported with its first request."""
        from importlib import import_module

        module, _, name = self.function.rpartition(".")
        return getattr(import_module(f"gputerm.{module}"), name)

    @property
    def immediate(self) -> bool:
        """Whether the server answers it by itself."""
        return self.function.startswith("ipc.server.")

    def may_wait(self, values: dict[str, Any]) -> bool:
        """Whether the answer to these parameters may take any time."""
        waits = self.waits
        return bool(values.get(waits)) if isinstance(waits, str) else waits


def validate(command: Command, params: Any) -> dict[str, Any]:
    """The parameters by name, all of them, defaults filled in. Raises Fault(INVALID_PARAMS)."""
    if params is None:
        params = {}
    if isinstance(params, list):
        raise Fault(INVALID_PARAMS, f"{command.name}: parameters go by name, in an object")
    known = {parameter.name: parameter for parameter in command.parameters if not parameter.local}
    values = {}
    for name, value in params.items():
        parameter = known.get(name)
        if parameter is None:
            names = ", ".join(known) or "none"
            raise Fault(INVALID_PARAMS, f"{command.name}: an unknown parameter (known: {names})")
        if value is not None:
            _check_type(command, parameter, value)
            values[name] = value
    check_choice(command, values)
    for name, parameter in known.items():
        values.setdefault(name, parameter.default)
    return values


def check_choice(command: Command, values: dict[str, Any]) -> None:
    """Exactly one of the alternatives is there. Raises Fault(INVALID_PARAMS)."""
    if not command.one_of:
        return
    given = [name for name in command.one_of if not _says_nothing(values.get(name))]
    if len(given) != 1:
        *names, last = command.one_of
        either = "either " if len(names) == 1 else "one of " if names else ""
        choice = f"{', '.join(names)} or {last}" if names else last
        raise Fault(INVALID_PARAMS, f"{command.name}: needs {either}{choice}")


def _says_nothing(value: Any) -> bool:
    """Whether a value means that the parameter was left out; 0 is a value."""
    return value is None or value is False or value == []


def _check_type(command: Command, parameter: Parameter, value: Any) -> None:
    def refuse(why: str) -> Fault:
        return Fault(INVALID_PARAMS, f"{command.name}: {parameter.name}: {why}")

    number = isinstance(value, int | float) and not isinstance(value, bool)
    integer = isinstance(value, int) and number and abs(value) <= _MAX_INTEGER
    ok = {
        "string": isinstance(value, str),
        "path": isinstance(value, str) and value.startswith("/"),
        "boolean": isinstance(value, bool),
        "integer": integer,
        "number": number and abs(value) <= _MAX_INTEGER,
        "strings": isinstance(value, list) and all(isinstance(item, str) for item in value),
        "window": integer or value == "focused",
        "pane": integer,
    }[parameter.type]
    wanted = {
        "strings": "array of strings",
        "path": "absolute path",
        "window": 'a window id or "focused"',
        "pane": "a pane id",
    }
    if not ok:
        raise refuse(f"expected {wanted.get(parameter.type, parameter.type)}")
    if parameter.choices and value not in parameter.choices:
        raise refuse(f"expected one of {', '.join(parameter.choices)}")
    # NUL ends a string for the kernel and X11: what follows would vanish silently.
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and "\0" in text for text in texts):
        raise refuse("a NUL character")
