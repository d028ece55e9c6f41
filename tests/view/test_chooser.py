"""A list to choose from by typing."""

import numpy as np
import pytest

from gputerm.input.chords import parse_chord
from gputerm.view.chooser import MAX_ROWS, Chooser, Entry, fitting
from gputerm.view.surfaces import SurfaceColors, Surfaces
from gputerm.vt.core.cells import BG, CHAR

COLORS = SurfaceColors(alarm=(0, 1), notice=(2, 3), footer=(5, 6))
ENTRIES = [
    Entry("Copy", "copy the selection to the clipboard", "Ctrl+Shift+C"),
    Entry("Paste", "paste the clipboard"),
    Entry("ScrollPageUp", "scroll up by one screen", "Shift+PageUp"),
    Entry("SearchForward", "search from the top"),
    *(Entry(f"More{number}") for number in range(20)),
]


class Shown:
    def __init__(self, entries=ENTRIES):
        self.surfaces = Surfaces(lambda: None)
        self.chosen = []
        self.chooser = Chooser(entries, self.chosen.append)
        self.surfaces.add(self.chooser)

    def press(self, *chords):
        for chord in chords:
            self.chooser.key(parse_chord(chord))

    def rows(self, lines=20, columns=50):
        texts = self.surfaces.lay_out(lines, columns, 0, COLORS)
        return [np.frombuffer(text.cells, np.uint32).reshape(-1, 4) for text in texts]

    def text(self, **size):
        return [
            "".join(chr(word or 0x20) for word in cells[:, CHAR].tolist()).rstrip()
            for cells in self.rows(**size)
        ]

    @property
    def selected(self):
        return [number for number, cells in enumerate(self.rows()) if cells[0, BG] == 2]


def names(typed):
    return [entry.name for entry in fitting(ENTRIES, typed)]


def test_what_fits_what_was_typed():
    assert names("")[:2] == ["Copy", "Paste"]
    assert names("pa")[:2] == ["Paste", "ScrollPageUp"]
    assert names("page up") == ["ScrollPageUp"]
    assert names("clipboard") == ["Copy", "Paste"]
    assert names("sf") == ["SearchForward"]
    assert names("zzz") == []


def test_the_field_and_the_entries_with_their_keys():
    shown = Shown()
    assert shown.text()[:3] == [
        ">",
        " Copy  copy the selection to the cl  Ctrl+Shift+C",
        " Paste  paste the clipboard",
    ]
    assert len(shown.text()) == MAX_ROWS + 1
    shown.press("s", "c", "r", "o")
    assert shown.text() == ["> scro", " ScrollPageUp  scroll up by one scr  Shift+PageUp"]
    assert shown.text(columns=9) == ["> scro", " ScrollP"]
    assert len(shown.text(lines=1)) == 1


def test_enter_chooses_and_escape_does_not():
    shown = Shown()
    shown.press("s", "Enter", "Enter")
    assert [entry.name for entry in shown.chosen] == ["ScrollPageUp"]
    assert shown.surfaces.keyboard is None
    shown = Shown()
    shown.press("z", "z", "Enter")
    assert shown.surfaces.keyboard is shown.chooser
    shown.press("Escape")
    assert shown.chosen == [None]
    assert shown.surfaces.keyboard is None


def test_up_and_down_move_the_choice_and_scroll():
    shown = Shown()
    assert shown.selected == [1]
    shown.press("Down", "Ctrl+n", "Down", "Up")
    assert shown.selected == [3]
    shown.press("PageDown", "PageDown")
    assert shown.text()[-1] == " More19"
    assert shown.selected == [MAX_ROWS]
    shown.press(*["PageUp"] * 3)
    assert shown.selected == [1]
    shown.press("Backspace", "p", "a")
    shown.press("Ctrl+u")
    assert shown.text()[0] == ">"


def test_a_click_chooses():
    shown = Shown()
    shown.rows()
    assert shown.surfaces.click(2, 5)
    assert [entry.name for entry in shown.chosen] == ["Paste"]


@pytest.mark.parametrize("give", ["text", "paste"])
def test_what_an_input_method_or_the_clipboard_gives(give):
    shown = Shown()
    getattr(shown.chooser, give)("past")
    assert shown.text()[1:] == [" Paste  paste the clipboard"]
