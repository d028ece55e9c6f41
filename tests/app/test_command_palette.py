"""The command palette in a window."""

import pytest

from gputerm.actions import Action
from gputerm.app.command_palette import CommandPalette
from gputerm.config.load import load
from gputerm.input.bindings import Bindings
from gputerm.input.chords import parse_chord
from gputerm.input.key_names import keys_of, name_of
from gputerm.view.surfaces import Surfaces


class User:
    def __init__(self, bindings=None):
        self.done = []
        self.surfaces = Surfaces(lambda: None)
        self.bindings = bindings or Bindings()
        self.palette = CommandPalette(self.surfaces, self.done.append)

    def press(self, *chords):
        for chord in chords:
            self.surfaces.keyboard.key(parse_chord(chord))

    @property
    def names(self):
        return [entry.name for entry in self.surfaces.keyboard.fitting]


def test_every_action_is_there_but_those_for_keys_only():
    user = User()
    user.palette.show(user.bindings)
    left_out = {action.value for action in Action} - set(user.names)
    assert left_out == {"None", "ReceiveChar", "ExpandSelection", "ShowCommandPalette"}
    assert {entry.name: entry.keys for entry in user.surfaces.keyboard.fitting}["Copy"] == (
        "Copy, Ctrl+Shift+C"
    )


def test_what_was_chosen_is_done_and_comes_first_from_then_on():
    user = User()
    for _ in range(2):
        user.palette.show(user.bindings)
        user.press(*"quit", "Enter")
        assert user.surfaces.keyboard is None
    user.palette.show(user.bindings)
    user.press(*"minim", "Enter")
    assert user.done == [Action.QUIT, Action.QUIT, Action.MINIMIZE]
    user.palette.show(user.bindings)
    assert user.names[:2] == ["Minimize", "Quit"]
    user.press("Escape")
    assert len(user.done) == 3


def test_the_keys_are_those_that_are_bound_now():
    config = load(None, overrides=["keyboard.bindings=[{key='F9', action='Quit'}]"]).config
    bindings = Bindings([binding.parsed() for binding in config.keyboard.bindings])
    assert keys_of(bindings)[Action.QUIT] == ["F9"]


def test_keys_are_written_as_people_write_them():
    rows = {name_of(row.trigger, row.mods) for row in Bindings().rows}
    assert {"Ctrl+Shift+F", "Shift+PageUp", "Ctrl+Shift+Space", "Keypad Enter", "Up"} <= rows


@pytest.mark.window
def test_in_a_window_a_key_opens_it_and_enter_does_it(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.focus()
    plain = terminal.pixels()
    terminal.xdotool("key", "ctrl+shift+p")
    terminal.wait_for(lambda: (terminal.pixels() != plain).any(), "the palette")
    terminal.xdotool("type", "create new")
    terminal.xdotool("key", "Return")
    terminal.wait_for(lambda: len(terminal.windows()) == 2, "another window")
