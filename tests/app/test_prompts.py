"""Prompts and output by their keys: a real keyboard over a pane whose program marks commands."""

import stat
from types import SimpleNamespace

import numpy as np
import pytest
from test_searching import COLORS, Typist

from gputerm.actions import Action
from gputerm.app.mouse import Pointer
from gputerm.app.perform import perform
from gputerm.input import Button, Mods
from gputerm.view.command_line import CommandLine
from gputerm.vt.core.cells import CHAR


def command(number, code=0, lines=8):
    """What a shell writes for a command with so many lines of output."""
    output = "".join(f"out {number}.{line}\r\n" for line in range(lines))
    return (
        f"\x1b]133;A\x07$ \x1b]133;B\x07run {number}\r\n"
        f"\x1b]133;C;cmdline_url=run%20{number}\x07{output}\x1b]133;D;{code}\x07"
    )


COMMANDS = "".join(command(number, code=number % 2) for number in range(6))
PROMPT = "\x1b]133;A\x07$ \x1b]133;B\x07"


class ShellUser(Typist):
    """Who has run six commands, every second of which has failed."""

    def __init__(self, said=COMMANDS + PROMPT):
        super().__init__(said)
        self.told = []
        self.clipboard = []
        self.desktop = SimpleNamespace(
            selected=lambda: None, copy=lambda *, primary: self.clipboard.append(self.selected)
        )
        self.say = self.advise = self.told.append

    @property
    def top(self):
        view = self.pane.view
        return self.pane.terminal.line_text(view.viewport.first_line).rstrip()


@pytest.mark.proves("ScrollToPreviousPrompt", "ScrollToNextPrompt")
def test_keys_go_from_prompt_to_prompt():
    user = ShellUser()
    tops = []
    for _ in range(4):
        user.press("Ctrl+Shift+z")
        tops.append(user.top)
    user.press("Ctrl+Shift+x")
    assert [*tops, user.top] == ["$ run 4", "$ run 3", "$ run 2", "$ run 1", "$ run 2"]
    user.press(*["Ctrl+Shift+x"] * 4)
    assert user.pane.view.viewport.top is None
    user.press(*["Ctrl+Shift+z"] * 9)
    assert user.top == "$ run 0"
    assert user.far_end.told == b""


@pytest.mark.proves("ScrollToFailedPrompt")
def test_a_failed_command_is_gone_to():
    user = ShellUser()
    tops = []
    for _ in range(3):
        perform(user, Action.SCROLL_TO_FAILED_PROMPT)
        tops.append(user.top)
    assert tops == ["$ run 3", "$ run 1", "$ run 0"]


@pytest.mark.proves("SelectOutput")
def test_output_of_the_last_or_the_topmost_command_is_selected():
    user = ShellUser()
    user.press("Ctrl+Shift+g")
    assert user.selected == "".join(f"out 5.{line}\n" for line in range(8))
    user.press("Ctrl+Shift+z", "Ctrl+Shift+z", "Ctrl+Shift+g")
    assert user.selected == "".join(f"out 3.{line}\n" for line in range(8))


@pytest.mark.proves("SelectOutput")
def test_output_of_a_running_command_is_what_there_is():
    running = "$ \x1b]133;C\x07so far\r\nand"
    user = ShellUser(COMMANDS + "\x1b]133;A\x07" + running)
    user.press("Ctrl+Shift+g")
    assert "so far\nand" in user.selected
    assert "out" not in user.selected


@pytest.mark.proves("CopyOutput")
def test_output_is_copied():
    user = ShellUser(command(1, lines=2) + PROMPT)
    perform(user, Action.COPY_OUTPUT)
    assert user.clipboard == ["out 1.0\nout 1.1\n"]


@pytest.mark.proves("SaveOutput")
def test_output_is_saved_for_the_user_alone_and_nothing_is_overwritten(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("time.strftime", lambda form: form.replace("%H%M%S", "1"))
    user = ShellUser(command(1, lines=2) + PROMPT)
    perform(user, Action.SAVE_OUTPUT)
    (file,) = tmp_path.iterdir()
    assert file.read_text() == "out 1.0\nout 1.1\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert user.told == [f"saved as {file}"]
    file.write_text("kept")
    perform(user, Action.SAVE_OUTPUT)
    assert file.read_text() == "kept"
    assert "File exists" in user.told[-1]


@pytest.mark.proves("SelectOutput", "CopyOutput", "SaveOutput")
def test_without_marks_the_user_is_told_why():
    user = ShellUser("no marks\r\n" * 30)
    for action in (Action.SELECT_OUTPUT, Action.COPY_OUTPUT, Action.SAVE_OUTPUT):
        perform(user, action)
    assert len(user.told) == 3
    assert "docs/shells.md" in user.told[0]
    assert user.clipboard == []


@pytest.mark.proves("output: mouse")
def test_ctrl_and_a_triple_click_select_the_output_of_that_command():
    user = ShellUser(command(1, lines=2) + command(2, lines=2) + PROMPT)
    user.text_area = SimpleNamespace(cell_size=(10, 20), padding=(0, 0))
    pointer = Pointer(user)
    for now in (0.0, 0.1, 0.2):
        pointer.pressed(Button.LEFT, 15, 2 * 20 + 5, Mods.CTRL, now)
        pointer.released(Button.LEFT, 15, 2 * 20 + 5, Mods.CTRL)
    assert user.selected == "out 1.0\nout 1.1\n"


@pytest.mark.proves("output: command line")
def test_the_command_line_stays_in_the_top_row_while_its_output_is_scrolled_through():
    user = ShellUser(command(1, lines=30) + PROMPT)
    surface = CommandLine(user.pane.view, user.pane.terminal)
    user.surfaces.add(surface)

    def top():
        texts = user.surfaces.lay_out(10, 40, 99, COLORS)
        if not texts:
            return None
        ((row, cells),) = [(text.row, np.frombuffer(text.cells, np.uint32)) for text in texts]
        assert row == 0
        return "".join(chr(char or 32) for char in cells.reshape(-1, 4)[:, CHAR]).rstrip()

    assert top() is None
    user.pane.view.viewport.scroll_lines(5)
    assert top() == "run 1"
    user.press("Ctrl+Shift+z")
    assert (top(), user.top) == (None, "$ run 1")
    user.pane.view.viewport.scroll_lines(-1)
    assert (top(), user.top) == (None, "out 1.0")
    user.pane.view.viewport.scroll_lines(-1)
    assert (top(), user.top) == ("run 1", "out 1.1")


@pytest.mark.proves("prompt: click")
def test_a_click_in_what_is_typed_moves_the_cursor_there():
    def clicked(said, row, column, mods=Mods.NONE):
        user = ShellUser(said)
        user.text_area = SimpleNamespace(cell_size=(10, 20), padding=(0, 0))
        pointer = Pointer(user)
        place = (column * 10 + 2, row * 20 + 5)
        pointer.pressed(Button.LEFT, *place, mods, 0.0)
        pointer.released(Button.LEFT, *place, mods)
        return user.far_end.told

    prompt = "\x1b]133;A;cl=line\x07$ \x1b]133;B\x07"
    assert clicked(prompt + "echo 日本 x", 0, 3) == b"\x1b[D" * 8
    assert clicked(prompt + "echo 日本 x\r", 0, 0) == b""  # The cursor isn't in what is typed.
    assert clicked(prompt + "echo x\x1b[3D", 0, 30) == b"\x1b[C" * 3
    assert clicked(prompt + "\x1b[?1hecho", 0, 0) == b"\x1bOD" * 4
    assert clicked(prompt + "e" * 50, 0, 22) == b"\x1b[D" * 30
    assert clicked(prompt + "echo", 0, 3, Mods.SHIFT) == b""
    assert clicked(prompt + "echo", 1, 3) == b""
    assert clicked(PROMPT + "echo", 0, 3) == b""
    assert clicked(prompt + "sh\r\n\x1b]133;C\x07echo", 1, 1) == b""
