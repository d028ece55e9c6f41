"""The rows of commands: each is whole, and one that isn't says what to write."""

import pytest

from gputerm.ipc import results
from gputerm.ipc.command import Command, Parameter
from gputerm.ipc.commands import COMMANDS, find
from gputerm.tools.check_rows import complaints

PING = "control.windows.ping"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_row_is_whole(command):
    assert complaints(command) == []


def test_names_are_unique():
    for names in zip(*((command.name, command.method) for command in COMMANDS), strict=True):
        assert len(set(names)) == len(names)


def option(name="x", type="integer", help="what it is", form="--x N", **more):
    return Parameter(name, type, help, form, **more)


def test_an_answer_that_names_a_window_names_its_pane(monkeypatch):
    members = {k: v for k, v in results.Size.__annotations__.items() if k != "pane_id"}
    monkeypatch.setattr(results.Size, "__annotations__", members)
    assert complaints(find("resize")) == [
        "resize: write pane_id beside the window's id in the types of Resized"
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"function": "control.windows.dance"}, "write `def dance(context: Context"),
        ({"function": "control.dancing.dance"}, "write gputerm/control/dancing.py with `def dance"),
        ({"answer": "Danced"}, "declare Danced in gputerm/ipc/results.py"),
        ({"answer": "Windows"}, "annotate ping in gputerm/control/windows.py as returning"),
        ({"answer": "Windows", "shows": "tabs"}, 'write "tabs: ..." in Windows in results.py'),
        (
            {"answer": "Listed", "shows": "windows", "columns": ("DANCE",)},
            "`def x_dance(item)` in",
        ),
        ({"answer": "Listed", "columns": ("ID",)}, "say with shows=... what the columns are of"),
        ({"answer": "Screenshot", "writes": "png"}, 'give it a Parameter("file"'),
        ({"method": "close"}, "give it a method=...: Caller.close is taken"),
        ({"one_of": ("y",), "example": "1"}, 'write Parameter("y", ...): one_of names it'),
        ({"waits": "y"}, 'write Parameter("y", ...): waits names it'),
        ({"parameters": (option(),), "one_of": ("x",)}, "write an example=..."),
        ({"parameters": (option(),), "example": "--z 1"}, "mend its example: x: unknown"),
        ({"parameters": (option(), option(form="--y N"))}, "rename the parameter x"),
        ({"parameters": (option(), option("y"))}, "rename the option --x"),
        ({"parameters": (option("window"),)}, "write _PANE beside _WINDOW"),
        ({"parameters": (option(form="--json"),)}, "rename the option --json"),
        ({"parameters": (option(help=""),)}, "say what x means"),
        ({"parameters": (option(type="list"),)}, "say which type x is"),
        ({"parameters": (option(form="--x"),)}, 'give x a form such as "--x VALUE"'),
        ({"parameters": (option(form=""),)}, "give x a form"),
        ({"parameters": (option(completes="dances"),)}, "write a function for dances into VALUES"),
    ],
)
def test_what_a_row_lacks_is_said(row, sentence):
    row = {"name": "x", "function": PING, "summary": "do it", **row}
    assert any(sentence in one for one in complaints(Command(**row))), complaints(Command(**row))
