"""Writes gputerm/ipc/client/calls.py, the methods of the client library, for `make gen`.

A method for each row of commands.py, once blocking and once for asyncio, so that editors and type
checkers know them. A test compares the file with what this writes, and the methods with the rows.
"""

from __future__ import annotations

import textwrap
from typing import Any

from gputerm.ipc.command import Command, Parameter
from gputerm.ipc.commands import COMMANDS

HEAD = '''\
"""The commands of remote control as methods.

Made by `make gen` of gputerm/ipc/commands.py. Edit that.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

from gputerm.ipc import results

__all__ = ["AsyncCalls", "Calls"]

_Path = str | os.PathLike[str]
_Window = int | Literal["focused", "self"] | None
_Pane = int | Literal["self"] | None
'''

CLASS = '''

class {name}(ABC):
    """{says}"""

    @abstractmethod
    {sync}def command(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a command; what isn't said in `params` is filled in."""
'''

_TYPES = {
    "string": "str",
    "path": "_Path",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "strings": "Sequence[str]",
    "window": "_Window",
    "pane": "_Pane",
}


def page() -> str:
    """The text of calls.py."""
    parts = [HEAD]
    for name, says, sync in (
        ("Calls", "Each command as a method that blocks until it is answered.", ""),
        ("AsyncCalls", "Each command as a coroutine.", "async "),
    ):
        parts.append(CLASS.format(name=name, says=says, sync=sync))
        parts += [_method(command, sync) for command in COMMANDS]
    return "".join(parts)


def argument_name(parameter: Parameter) -> str:
    """Python has other plans for `class`."""
    return "class_" if parameter.name == "class" else parameter.name


def arguments(command: Command) -> tuple[list[Parameter], list[Parameter]]:
    """What goes by position or name, and what by name only."""
    sent = [parameter for parameter in command.parameters if not parameter.local]
    return [p for p in sent if p.positional], [p for p in sent if not p.positional]


def is_required(command: Command, parameter: Parameter) -> bool:
    """Whether a call makes no sense without it."""
    return command.one_of == (parameter.name,) or "stdin" in parameter.source


def annotation(command: Command, parameter: Parameter) -> str:
    """Its type in a signature."""
    if parameter.choices:
        choices = [*map(_quoted, parameter.choices)]
        kind = f"Literal[{', '.join(choices)}]"
        if len(f"        {parameter.name}: {kind},") > 100:
            lines = "".join(f"            {choice},\n" for choice in choices)
            kind = f"Literal[\n{lines}        ]"
    else:
        kind = _TYPES[parameter.type]
    absent = parameter.default is None and not is_required(command, parameter)
    return (
        f"{kind} | None" if absent and parameter.type not in ("window", "pane", "strings") else kind
    )


def _quoted(text: str) -> str:
    return f'"{text}"'


def _default(parameter: Parameter) -> str:
    if parameter.type == "strings":
        return "()"
    default: Any = parameter.default
    return _quoted(default) if isinstance(default, str) else repr(default)


def _method(command: Command, sync: str) -> str:
    kind = "None" if command.answer == "None" else f"results.{command.answer}"
    by_position, by_name = arguments(command)
    signature = ["self", *(_argument(command, p) for p in by_position)]
    signature += ["*", *(_argument(command, p) for p in by_name)] if by_name else []
    head = f"    {sync}def {command.method}("
    if len(signature) == 1:
        head += f"self) -> {kind}:\n"
    else:
        head += "\n" + "".join(f"        {one},\n" for one in signature) + f"    ) -> {kind}:\n"
    named = "".join(
        f'            "{p.name}": {argument_name(p)},\n' for p in (*by_position, *by_name)
    )
    params = f"{{\n{named}        }}" if named else "{}"
    if named:
        head_of_body = f"        params: dict[str, Any] = {params}\n"
        call = f'{"await " * bool(sync)}self.command("{command.name}", params)'
    else:
        head_of_body = ""
        call = f'{"await " * bool(sync)}self.command("{command.name}", {{}})'
    if kind == "None":
        body = f"        {call}\n"
    else:
        body = f"        result: {kind} = {call}\n        return result\n"
    return f"\n{head}{_docstring(command)}{head_of_body}{body}"


def _argument(command: Command, parameter: Parameter) -> str:
    form = f"{argument_name(parameter)}: {annotation(command, parameter)}"
    return form if is_required(command, parameter) else f"{form} = {_default(parameter)}"


def _docstring(command: Command) -> str:
    summary = command.summary[0].upper() + command.summary[1:] + "."
    by_position, by_name = arguments(command)
    rows = []
    for parameter in (*by_position, *by_name):
        row = f"{argument_name(parameter)}: {parameter.help}"
        rows += textwrap.wrap(
            row, 98, initial_indent=" " * 8, subsequent_indent=" " * 12, break_long_words=False
        )
    if not rows:
        return f'        """{summary}"""\n'
    lines = "\n".join(rows)
    return f'        """{summary}\n\n{lines}\n        """\n'
