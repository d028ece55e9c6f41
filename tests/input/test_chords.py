"""Names of keys, as send-keys takes them."""

import pytest

from gputerm.input import Mods
from gputerm.input.chords import ChordError, parse_chord


@pytest.mark.parametrize(
    ("chord", "key", "mods", "text"),
    [
        ("a", "a", Mods.NONE, "a"),
        ("A", "a", Mods.SHIFT, "A"),
        ("shift+1", "1", Mods.SHIFT, "!"),
        ("é", "é", Mods.NONE, "é"),
        ("ß", "ß", Mods.NONE, "ß"),
        ("日", "日", Mods.NONE, "日"),
        ("+", "+", Mods.NONE, "+"),
        ("Ctrl++", "+", Mods.CTRL, ""),
        ("Space", " ", Mods.NONE, " "),
        (" ", " ", Mods.NONE, " "),
        ("enter", "Enter", Mods.NONE, ""),
        ("Return", "Enter", Mods.NONE, ""),
        ("Esc", "Escape", Mods.NONE, ""),
        ("pgup", "PageUp", Mods.NONE, ""),
        ("Control+Alt+Left", "ArrowLeft", Mods.CTRL | Mods.ALT, ""),
        ("super+F12", "F12", Mods.SUPER, ""),
        ("NumpadEnter", "KeypadEnter", Mods.NONE, ""),
        ("Numpad1", "Keypad1", Mods.NONE, "1"),
        ("keypadadd", "KeypadAdd", Mods.NONE, "+"),
    ],
)
def test_names(chord, key, mods, text):
    event = parse_chord(chord)
    assert (event.key, event.mods, event.text) == (key, mods, text)


@pytest.mark.parametrize("chord", ["", "Ctrl+", "foo+a", "Foo", "Ctrl", "a+b", "\x1b", "++a", "ab"])
def test_nonsense_is_refused_without_being_repeated(chord):
    with pytest.raises(ChordError) as caught:
        parse_chord(chord)
    assert len(chord) < 2 or f" {chord}" not in str(caught.value)
