"""Hints: what is found on the screen, and the labels by which it is chosen."""

from itertools import islice

import numpy as np
import pytest

from gputerm.input.chords import parse_chord
from gputerm.input.keys import Mods
from gputerm.view import View
from gputerm.view.hint_labels import HintLabels, labels
from gputerm.view.hints import Hint, Hover, visible_targets
from gputerm.view.link_preview import LinkPreview
from gputerm.view.surfaces import Room, SurfaceColors, Surfaces
from gputerm.vt import Terminal
from gputerm.vt.core.cells import BG, CHAR

URLS = Hint(does="Open", regex=r"https?://\S+", hyperlinks=True, mouse=Mods.CTRL)
WORDS = Hint(does="Copy", regex=r"[a-z]{3,}")
COLORS = SurfaceColors(alarm=(0, 1), notice=(0, 2), footer=(5, 6), label=(7, 8), label_rest=(9, 10))


def link(uri, text):
    return f"\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\"


class Shown:
    """A terminal with labels over it."""

    def __init__(self, said, *hints, alphabet="abcd", lines=6, columns=30):
        self.terminal = Terminal(lines, columns)
        self.terminal.feed(said.encode())
        self.view = View(self.terminal)
        self.surfaces = Surfaces(lambda: None)
        self.chosen = []
        self.labels = HintLabels(self.view, self.terminal, hints, alphabet, self.chosen.append)
        self.surfaces.add(self.labels)

    def press(self, *chords):
        for chord in chords:
            self.labels.key(parse_chord(chord))

    @property
    def screen(self):
        """The labels in their places, as rows of text."""
        lines, columns = self.terminal.lines, self.terminal.columns
        rows = [[" "] * columns for _ in range(lines)]
        for text in self.surfaces.lay_out(lines, columns, 0, COLORS):
            cells = np.frombuffer(text.cells, np.uint32).reshape(-1, 4)
            for at, word in enumerate(cells[:, CHAR].tolist()):
                rows[text.row][text.start + at] = chr(word)
        return ["".join(row).rstrip() for row in rows]


@pytest.mark.proves("hints: labels")
def test_labels_are_short_and_none_begins_another():
    assert list(islice(labels("abcd"), 6)) == ["a", "b", "ca", "cb", "da", "db"]
    many = list(islice(labels("jfkdls;ahgurieowpq"), 500))
    assert len(set(many)) == 500
    assert not [(a, b) for a in many[:90] for b in many if a != b and b.startswith(a)]
    assert list(islice(labels("ab"), 3)) == ["a", "ba", "bba"]


@pytest.mark.proves("hints: labels")
def test_the_last_text_has_the_shortest_label():
    shown = Shown("one two\r\nthree", WORDS)
    assert shown.screen[:2] == ["ca  b", "a"]


@pytest.mark.proves("hints: labels")
def test_what_is_typed_narrows_and_backspace_widens():
    shown = Shown("one two three four five", WORDS)
    assert shown.screen[0] == "da  cb  ca    b    a"
    shown.press("c")
    assert shown.screen[0] == "    b   a"
    shown.press("x")
    assert shown.screen[0] == "    b   a"
    shown.press("Backspace", "d", "a")
    assert [target.text for target in shown.chosen] == ["one"]
    assert shown.surfaces.keyboard is None


@pytest.mark.parametrize("chord", ["Escape", "Ctrl+c"])
def test_escape_chooses_nothing(chord):
    shown = Shown("one", WORDS)
    assert shown.surfaces.keyboard is shown.labels
    shown.press(chord)
    assert shown.surfaces.keyboard is None
    assert not shown.chosen


def test_what_an_input_method_gives_is_typed():
    shown = Shown("one two three", WORDS)
    shown.labels.text("ca")
    assert [target.text for target in shown.chosen] == ["one"]


@pytest.mark.proves("hints: persist")
def test_labels_of_a_hint_that_persists_stay():
    shown = Shown("one two", WORDS.replace(persist=True))
    shown.press("a", "b")
    assert [target.text for target in shown.chosen] == ["two", "one"]
    assert shown.surfaces.keyboard is shown.labels


@pytest.mark.proves("hints: output")
def test_labels_follow_what_the_program_writes():
    shown = Shown("one two", WORDS)
    shown.terminal.feed(b"\r\x1b[Konly")
    assert shown.screen[0] == "a"
    shown.terminal.feed(b"\r\x1b[K12")
    shown.press("a")
    assert not shown.chosen
    assert shown.surfaces.keyboard is None


def test_nothing_to_label_takes_no_keyboard():
    assert Shown("1 2 3", WORDS).surfaces.keyboard is None


@pytest.mark.proves("hints: links")
def test_a_link_is_found_once_and_text_with_an_address_too():
    shown = Shown(f"{link('https://x', 'ab')} {link('https://x', 'cd')} http://y", URLS)
    found = visible_targets(shown.terminal, shown.view.snapshot(), [URLS])
    assert [(target.text, target.match) for target in found] == [
        ("https://x", ((0, 0), (0, 2))),
        ("http://y", ((0, 6), (0, 14))),
    ]


@pytest.mark.proves("hints: wrapped lines")
def test_a_label_is_seen_though_its_text_begins_above():
    shown = Shown("x" * 25 + " http://" + "y" * 130 + "\r\n1\r\n2\r\n3", URLS, lines=5)
    assert shown.screen[0] == "a"
    shown.press("a")
    assert shown.chosen[0].text == "http://" + "y" * 130


def test_the_first_character_of_a_label_has_a_colour_of_its_own():
    shown = Shown("one two three", WORDS)
    texts = shown.surfaces.lay_out(6, 30, 0, COLORS)
    grounds = {
        text.start: int(np.frombuffer(text.cells, np.uint32).reshape(-1, 4)[0, BG])
        for text in texts
    }
    assert grounds == {0: 8, 1: 10, 4: 8, 8: 8}


@pytest.mark.proves("hints: mouse")
def test_what_the_pointer_is_over():
    shown = Shown("see http://a.b/c d\r\nfoo", URLS, WORDS)
    hover, snapshot = Hover(), shown.view.snapshot()
    hints = (URLS, WORDS)
    assert hover.at(shown.terminal, snapshot, hints, (0, 3)) is None
    target = hover.at(shown.terminal, snapshot, hints, (0, 4))
    assert target.text == "http://a.b/c"
    assert [(s.row, s.start, s.stop) for s in target.spans(snapshot)] == [(0, 4, 16)]
    assert hover.at(shown.terminal, snapshot, hints, (1, 1)) is None  # which the mouse doesn't
    assert hover.at(shown.terminal, snapshot, hints, (9, 1)) is None
    shown.terminal.feed(b"\x1b[Hsee http://z")
    target = hover.at(shown.terminal, shown.view.snapshot(), hints, (0, 4))
    assert target.text == "http://z.b/c"


@pytest.mark.proves("hints: preview")
def test_where_a_link_leads_makes_way_for_pointer_and_cursor():
    preview = LinkPreview()
    assert not preview.shown
    preview.say("http://x/\u202e" + "y" * 90, 9)
    room = Room(0, 10, 20, 3, COLORS)
    (text,) = preview.lay_out(room).texts
    assert (text.row, text.start, text.stop) == (0, 0, 20)
    shown = np.frombuffer(text.cells, np.uint32).reshape(-1, 4)[:, CHAR]
    assert "".join(map(chr, shown.tolist())) == "http://x/<U+202E>yy…"
    preview.say("http://x", 0)
    (text,) = preview.lay_out(room).texts
    assert (text.row, text.stop) == (9, 8)
    preview.say("", 0)
    assert not preview.shown
