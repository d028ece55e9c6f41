"""What the rows of ipc/commands.py lack, each as a sentence that says what to write.

A test holds every row against this, and `make gen` refuses to write anything for a row that lacks
something.
"""

from __future__ import annotations

import ast
import inspect
import re
import shlex
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from gputerm.errors import UsageError
from gputerm.ipc import results
from gputerm.ipc.client import columns
from gputerm.ipc.client.caller import Caller
from gputerm.ipc.client.completion import VALUES
from gputerm.ipc.client.msg import parse
from gputerm.ipc.command import JSON_TYPES, Command, Parameter
from gputerm.ipc.json_schema import answer_schema

__all__ = ["complaints"]


def complaints(command: Command) -> list[str]:
    """What to write so that the row is whole; nothing when it is."""
    missing = [*_of_parameters(command), *_of_function(command)]
    if command.answer != "None" and command.answer not in results.__all__:
        missing.append(
            f"declare {command.answer} in gputerm/ipc/results.py and name it in __all__: "
            "it is what the command answers"
        )
    else:
        missing += _of_answer(command, answer_schema(command))
    if hasattr(Caller, command.method):
        missing.append(f"give it a method=...: {Caller.__name__}.{command.method} is taken")
    return [f"{command.name}: {one}" for one in missing]


def _of_function(command: Command) -> Iterator[str]:
    module, _, name = command.function.rpartition(".")
    path = f"gputerm/{module.replace('.', '/')}.py"
    arguments = "" if command.immediate else "context: Context, request: Request"
    head = f"def {name}({arguments}) -> results.{command.answer}"
    try:
        function = command.load_function()
    except ImportError:
        yield f"write {path} with `{head}`"
    except AttributeError:
        yield f"write `{head}` in {path}"
    else:
        if not inspect.getdoc(function):
            yield f"give {name} in {path} a docstring"
        if not _returns(function, command.answer):
            yield f"annotate {name} in {path} as returning results.{command.answer}, or Written"


def _returns(function: Callable[..., Any], answer: str) -> bool:
    """Whether its annotation names the answer, or what is JSON already."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    returned = re.findall(r"\w+", ast.unparse(tree.returns) if tree.returns is not None else "")
    return answer in returned or "Written" in returned


def _of_answer(command: Command, schema: dict[str, Any]) -> Iterator[str]:
    members = schema.get("properties", {})
    for trait in ("shows", "writes", "exits_with"):
        name = getattr(command, trait)
        if name not in ("", "*", *members):
            yield f'write "{name}: ..." in {command.answer} in results.py: {trait} names it'
    yield from _ids_without_pane(command, schema)
    if command.writes and not any(p.local and p.name == "file" for p in command.parameters):
        yield 'give it a Parameter("file", "path", ..., local=True): it writes to it'
    if not command.columns:
        return
    if not command.shows:
        yield "say with shows=... what the columns are of"
    item = members.get(command.shows, {}).get("items", {}).get("properties", {})
    own = getattr(columns, f"show_{command.method}", None)
    for heading in command.columns:
        if own is None and heading.lower() not in item:
            function = f"{command.method}_{heading.lower()}"
            if columns.cell_function(command, heading) is None:
                yield (
                    f"write `def {function}(item)` in gputerm/ipc/client/columns.py, or name the "
                    f"column after a member ({', '.join(item)})"
                )


def _ids_without_pane(command: Command, schema: dict[str, Any]) -> Iterator[str]:
    """Objects in an answer that name a window have to name its pane."""
    members = schema.get("properties", {})
    if {"id", "window", "window_id"} & members.keys() and "pane_id" not in members:
        yield f"write pane_id beside the window's id in the types of {command.answer}"
    for part in members.values():
        yield from _ids_without_pane(command, part.get("items", part))


def _of_parameters(command: Command) -> Iterator[str]:
    names = [parameter.name for parameter in command.parameters]
    flags = [flag for parameter in command.parameters for flag in parameter.flags]
    for what, found in (("parameter", names), ("option", [*flags, "-h", "--help", "--json"])):
        for name in {name for name in found if found.count(name) > 1}:
            yield f"rename the {what} {name}: there is another"
    if {"window", "window_id"} & set(names) and "pane" not in names:
        yield "write _PANE beside _WINDOW"
    for name in command.one_of:
        if name not in names:
            yield f'write Parameter("{name}", ...): one_of names it'
    if isinstance(command.waits, str) and command.waits not in names:
        yield f'write Parameter("{command.waits}", ...): waits names it'
    for parameter in command.parameters:
        yield from _of_parameter(parameter)
    if command.one_of and not command.example:
        yield "write an example=...: documentation shows it and tests carry it out"
    try:
        parse(command, shlex.split(command.example))
    except UsageError as error:
        yield f"mend its example: {error}"


def _of_parameter(parameter: Parameter) -> Iterator[str]:
    name = parameter.name
    if not parameter.help:
        yield f"say what {name} means: its third argument"
    if parameter.type not in JSON_TYPES:
        yield f"say which type {name} is: {', '.join(JSON_TYPES)}"
    if parameter.flags and (parameter.value == "") is not (parameter.type == "boolean"):
        yield f'give {name} a form such as "--{name} VALUE", without VALUE if it is a boolean'
    if not parameter.form and not parameter.source:
        yield f'give {name} a form, such as "--{name} VALUE", or a source=...'
    if parameter.completes and parameter.completes not in VALUES:
        yield f"write a function for {parameter.completes} into VALUES in client/completion.py"
