"""The client library: its methods are the commands, their types the schema, and it stays light."""

import asyncio
import inspect
import subprocess
import sys
import typing
from collections.abc import Sequence
from os import PathLike
from typing import Literal, NotRequired, Union

import pytest

import gputerm.ipc
from gputerm.ipc import AsyncRemote, Event, Fault, Remote, results
from gputerm.ipc.client import calls
from gputerm.ipc.commands import COMMANDS
from gputerm.ipc.event_table import EVENTS
from gputerm.ipc.json_schema import answer_type

PATH = Union[str, PathLike[str]]  # noqa: UP007  # what get_type_hints makes of the alias
WINDOW = Union[int, Literal["focused", "self"], None]  # noqa: UP007
PANE = Union[int, Literal["self"], None]  # noqa: UP007
KINDS = {
    "string": str,
    "path": PATH,
    "boolean": bool,
    "integer": int,
    "number": float,
    "strings": Sequence[str],
    "window": WINDOW,
    "pane": PANE,
}


@pytest.mark.parametrize("owner", [Remote, AsyncRemote])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_is_a_method_with_its_parameters(owner, command):
    method = getattr(owner, command.method)
    assert inspect.iscoroutinefunction(method) is (owner is AsyncRemote)
    given = dict(list(inspect.signature(method).parameters.items())[1:])
    hints = typing.get_type_hints(method, vars(calls), include_extras=True)
    rows = {
        {"class": "class_"}.get(parameter.name, parameter.name): parameter
        for parameter in command.parameters
        if not parameter.local
    }
    assert set(given) == set(rows)
    for name, row in rows.items():
        kind = Literal[row.choices] if row.choices else KINDS[row.type]
        if given[name].default is inspect.Parameter.empty:
            assert row.positional
            assert row.default in (None, [])
        else:
            default = [] if given[name].default == () else given[name].default
            assert default == (row.default if row.type != "strings" else [])
            kind = kind | None if default is None else kind
        assert hints[name] == kind, name
        assert (given[name].kind is inspect.Parameter.KEYWORD_ONLY) is not row.positional
    assert hints["return"] == (answer_type(command) or type(None))


def test_an_event_has_the_members_that_the_table_names():
    said = {name for members, _ in EVENTS.values() for name in members}
    hints = typing.get_type_hints(Event, include_extras=True)
    optional = {name for name, hint in hints.items() if typing.get_origin(hint) is NotRequired}
    assert set(hints) - optional == {"seq", "time", "event", "window", "pane_id"}
    assert optional == said


def test_what_is_exported_is_there():
    for name in gputerm.ipc.__all__:
        assert getattr(gputerm.ipc, name).__name__ == name
    for name in results.__all__:
        assert hasattr(results, name)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        gputerm.ipc.Nothing  # noqa: B018


def test_the_library_needs_only_python():
    code = (
        "import sys; before = set(sys.modules); from gputerm.ipc import AsyncRemote, Remote;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    answer = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, check=True)
    assert set(answer.stdout.decode().split()) <= {"gputerm", *sys.stdlib_module_names}


def test_the_command_line_pays_nothing_for_it():
    code = "import sys, gputerm.ipc.client.msg; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, check=True)
    loaded = set(answer.stdout.decode().split())
    assert (
        loaded & {"typing", "json", "re", "gputerm.ipc.client.calls", "gputerm.ipc.results"}
        == set()
    )


def test_surroundings_fill_in_what_is_left_out(terminal, monkeypatch, tmp_path):
    asked = []

    def answer(request):
        asked.append(request.params)
        request.reply({"windows": []})

    terminal.answer = answer
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GPUTERM_SOCKET", terminal.path)
    monkeypatch.setenv("GPUTERM_PANE_ID", "7")
    with Remote.find(terminal.path) as remote:
        remote.create_window(working_directory="sub", command=("make", "all"), class_="A,b")
        remote.scroll("top")
        remote.scroll("top", window="self")
        remote.scroll("top", match="cmd:vim")
        remote.close_window(window=3)
    opened, *scrolled, closed = asked
    assert opened["cwd"] == str(tmp_path)
    assert opened["working_directory"] == f"{tmp_path}/sub"
    assert (opened["command"], opened["class"]) == (["make", "all"], "A,b")
    assert [params["pane"] for params in scrolled] == [7, 7, None]
    assert [params["window"] for params in scrolled] == [None, None, None]
    assert closed["window"] == 3
    monkeypatch.setenv("GPUTERM_SOCKET", "/elsewhere")
    with Remote.find(terminal.path) as remote, pytest.raises(Fault, match="runs in no pane"):
        remote.focus(window="self")


def test_coroutines_ask_the_same(terminal):
    terminal.answer = lambda request: request.reply({"windows": [request.params["window"]]})

    async def main():
        async with await AsyncRemote.find(terminal.path) as remote:
            return await asyncio.gather(remote.focus(window=1), remote.close_window(window=2))

    assert asyncio.run(main()) == [{"windows": [1]}, {"windows": [2]}]
