"""Searching with the keyboard: each default key of Alacritty's in the mode Search, from the key
event to what the pane shows and what the program is sent; and once in a real window."""

import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from panes import Recording, Viewer, new_pane

from gputerm.actions import Action
from gputerm.app.finding_surfaces import FindingSurfaces
from gputerm.app.keyboard import Keyboard
from gputerm.app.perform import perform
from gputerm.config import Config
from gputerm.input import KeyKind
from gputerm.input.bindings import SendChars
from gputerm.input.chords import parse_chord
from gputerm.view.question import QUIET, Choice, Question, Questions
from gputerm.view.surfaces import SurfaceColors, Surfaces
from gputerm.vt.core.cells import BG, CHAR, FG

COLORS = SurfaceColors(alarm=(0, 1), notice=(0, 2), footer=(5, 6))
LINES = "".join(f"line {number}\r\n" for number in range(100))


class Typist(Viewer):
    """A window that nobody sees, with a pane that has said something, and who types in it."""

    def __init__(self, said=LINES, lines=10, columns=40):
        self.far_end = Recording(said.encode())
        self.pane = new_pane(self.far_end)
        super().__init__(self.pane)
        self.pane.resize(lines, columns, self.pane.terminal.window)
        self.surfaces = Surfaces(lambda: None)
        self.config = Config()
        self.presenter = SimpleNamespace(key_pressed=lambda now: None)
        self.owner = SimpleNamespace(display=SimpleNamespace(set_pointer=lambda shape: None))
        self.copied = []
        self.desktop = SimpleNamespace(selected=lambda: self.copied.append(self.selected))
        self.message_bar = SimpleNamespace(clear=lambda: None)
        self.finding = FindingSurfaces(self.surfaces, self.config)
        self.keyboard = Keyboard(self)
        while self.pane.pump(time.monotonic() + 1):
            pass

    def press(self, *chords):
        for chord in chords:
            event = parse_chord(chord)
            for kind in (KeyKind.PRESS, KeyKind.RELEASE):
                self.keyboard.key(event.replace(kind=kind))
            self.work()

    def type(self, text):
        self.press(*text)

    @property
    def selected(self):
        return self.pane.view.selected_text()

    def work(self):
        """What the main loop does when time asks for it."""
        while self.pane.next_deadline() <= (now := time.monotonic()):
            self.pane.tick(now)

    @property
    def search(self):
        return self.pane.view.search

    @property
    def bar(self):
        """The bar's text, or None."""
        if not self.pane.view.searching:
            return None
        (cells,) = self.bar_cells()
        return "".join(chr(word or 0x20) for word in cells[:, CHAR].tolist()).rstrip()

    def bar_cells(self):
        lines = self.pane.terminal.lines
        self.surfaces.take_rows(lines + 1)
        texts = self.surfaces.lay_out(lines, self.pane.terminal.columns, 0, COLORS)
        assert all(text.row == lines for text in texts)
        return [np.frombuffer(text.cells, np.uint32).reshape(-1, 4) for text in texts]

    @property
    def focused(self):
        match = self.search.focus
        return match and self.pane.terminal.line_text(match.start[0])


@pytest.fixture
def typist():
    return Typist()


@pytest.mark.proves("SearchForward")
def test_search_forward_ctrl_shift_f(typist):
    typist.press("Ctrl+Shift+f")
    assert typist.bar == "Search:"
    typist.type("line 93")
    assert typist.bar == "Search: line 93" + " " * 22 + "1/1"
    assert typist.focused == "line 93"
    assert typist.far_end.told == b""


@pytest.mark.proves("SearchBackward")
def test_search_backward_ctrl_shift_b(typist):
    typist.press("Ctrl+Shift+b")
    assert typist.bar == "Backward Search:"
    typist.type("5$")
    assert typist.focused == "line 95"


@pytest.mark.proves("SearchFocusNext", "SearchFocusPrevious")
@pytest.mark.parametrize("enter", ["Enter", "NumpadEnter"])
def test_search_focus_next_enter_and_previous_shift_enter(typist, enter):
    typist.press("Ctrl+Shift+f")
    typist.type("line [0-9]$")
    seen = [typist.focused]
    for key in (enter, enter, f"Shift+{enter}", f"Shift+{enter}", f"Shift+{enter}"):
        typist.press(key)
        seen.append(typist.focused)
    assert seen == [f"line {number}" for number in (0, 1, 2, 1, 0, 9)]
    typist.press("Escape", "Ctrl+Shift+b")
    typist.type("line [0-9]$")
    before = typist.focused
    typist.press(enter)
    assert (before, typist.focused) == ("line 9", "line 8"), "backwards in a backward search"


@pytest.mark.proves("SearchCancel")
@pytest.mark.parametrize("key", ["Escape", "Ctrl+c"])
def test_search_cancel_escape_and_ctrl_c(typist, key):
    typist.press("Ctrl+Shift+f")
    typist.type("line 17")
    top = typist.pane.view.viewport.top
    typist.press(key)
    assert typist.bar is None
    assert typist.copied == [typist.selected] == ["line 17"]
    assert typist.pane.view.viewport.top == top
    assert typist.surfaces.keyboard is None
    typist.press("x")
    assert typist.far_end.told == b"x"
    assert typist.pane.view.viewport.top is None


@pytest.mark.proves("SearchClear", "SearchDeleteWord")
def test_search_clear_ctrl_u_and_delete_word_ctrl_w(typist):
    typist.press("Ctrl+Shift+f")
    typist.type("line 1 and more")
    typist.press("Ctrl+w")
    assert typist.search.field.text == "line 1 and "
    typist.press("Backspace", "Backspace", "Ctrl+w", "Ctrl+w")
    assert typist.search.field.text == "line "
    assert typist.bar.endswith("/100")
    typist.press("Ctrl+u")
    assert typist.bar == "Search:"
    assert typist.pane.view.viewport.top is None


@pytest.mark.proves("SearchHistoryPrevious", "SearchHistoryNext")
@pytest.mark.parametrize(("previous", "following"), [("Up", "Down"), ("Ctrl+p", "Ctrl+n")])
def test_search_history_previous_and_next(typist, previous, following):
    for text in ("first", "line 5"):
        typist.press("Ctrl+Shift+f")
        typist.type(text)
        typist.press("Escape")
    typist.press("Ctrl+Shift+f", "d")
    seen = []
    for key in (previous, previous, previous, following, following):
        typist.press(key)
        seen.append(typist.search.field.text)
    assert seen == ["line 5", "first", "first", "line 5", "d"]


@pytest.mark.proves("SearchConfirm")
def test_search_confirm_ends_it_as_escape_does_where_no_cursor_follows(typist):
    typist.press("Ctrl+Shift+f")
    typist.type("line 17")
    perform(typist, Action.SEARCH_CONFIRM)
    assert typist.pane.view.selected_text() == "line 17"


def test_actions_of_a_search_do_nothing_without_one(typist):
    for action in Action:
        if action.value.startswith("Search") and action not in (
            Action.SEARCH_FORWARD,
            Action.SEARCH_BACKWARD,
        ):
            perform(typist, action)
    assert typist.bar is None
    typist.press("Enter", "Shift+Enter", "Ctrl+u", "Up")
    assert typist.far_end.told == b"\r\r\x15\x1b[A"


@pytest.mark.proves("keys")
def test_no_key_reaches_the_program_while_the_bar_is_there(typist):
    typist.press("Ctrl+Shift+f", "a", "F5", "Alt+x", "Left", "Tab", "Ctrl+d", "Ctrl+l", "é")
    assert typist.search.field.text == "aé"
    assert typist.far_end.told == b""
    typist.press("Shift+PageUp")
    assert typist.pane.view.viewport.top is not None


@pytest.mark.proves("input methods")
def test_texts_of_input_methods_and_of_bindings_go_to_the_field(typist):
    typist.press("Ctrl+Shift+f")
    typist.keyboard.text("日本")
    perform(typist, SendChars("x\ry"))
    assert typist.search.field.text == "日本xy"
    typist.surfaces.keyboard.paste("a\nb")
    assert typist.search.field.text == "日本xyab"
    assert typist.far_end.told == b""


@pytest.mark.proves("slices")
def test_a_held_key_is_one_search_and_not_many(typist):
    typist.press("Ctrl+Shift+f")
    event = parse_chord("e")
    steps = []
    for _ in range(50):
        typist.keyboard.key(event.replace(kind=KeyKind.REPEAT))
        steps.append(typist.search._searching._steps)
    assert [one.gi_frame for one in steps[:-1]] == [None] * 49
    assert typist.search.field.text == "e" * 50


@pytest.mark.proves("mistakes")
def test_the_bar_shows_a_cursor_the_end_of_a_long_text_and_what_is_wrong(typist):
    typist.press("Ctrl+Shift+f", "9")
    (cells,) = typist.bar_cells()
    assert (cells[:, [FG, BG]] == (6, 5)).all(1).nonzero()[0].tolist() == [9]
    typist.type("0123456789" * 4)
    assert typist.bar == "Search: …" + ("0123456789" * 4)[-21:] + "  no match"
    typist.press("Ctrl+u", "(")
    (cells,) = typist.bar_cells()
    alarm = (cells[:, [FG, BG]] == (0, 1)).all(1)
    assert "pattern: missing" in typist.bar
    assert alarm.sum() == 20
    narrow = Typist(columns=3)
    narrow.press("Ctrl+Shift+f", "x", "y")
    assert len(narrow.bar_cells()[0]) == 3


def test_a_question_goes_before_the_bar(typist):
    now = 0.0
    questions = Questions(lambda: now)
    typist.press("Ctrl+Shift+f")
    typist.surfaces.add(questions)
    answers = []
    questions.ask(Question("sure?", (Choice("y", "Yes"), Choice("n", "No")), answers.append))
    typist.surfaces.lay_out(10, 40, 0, COLORS)
    now += QUIET
    typist.press("y", "z")
    assert answers == ["y"]
    assert typist.search.field.text == "z"


# ── a real window ────────────────────────────────────────────────────────────────────────────────

MATCH, FOCUSED, BAR = (0xAC, 0x42, 0x42), (0xF4, 0xBF, 0x75), (0xD8, 0xD8, 0xD8)


def cells_in(pixels, color):
    return int((pixels == color).all(-1).sum())


@pytest.mark.proves("SearchForward", "SearchFocusNext", "SearchCancel", "marks")
@pytest.mark.window
def test_in_a_window_keys_find_and_mark(gputerm, reading):
    program = reading(gputerm, r"\r\nfoo bar FOO\r\n\r\nfoo")
    terminal = program.terminal
    terminal.focus()
    lines = terminal.windows()[0]["lines"]
    terminal.key("ctrl+shift+f")
    terminal.wait_for(lambda: terminal.windows()[0]["lines"] == lines - 1, "a row for the bar")
    terminal.type("foo")

    def marked():
        pixels = terminal.pixels()
        few, many = cells_in(pixels, FOCUSED), cells_in(pixels, MATCH)
        return few and 1.5 * few < many < 2.5 * few and cells_in(pixels[-10:], BAR)

    terminal.wait_for(marked, "three matches, one of them in focus")
    terminal.key("Return", "Escape")
    terminal.wait_for(lambda: terminal.selection() == "FOO", "the second selected")
    terminal.wait_for(lambda: cells_in(terminal.pixels(), MATCH) == 0, "the end of the marks")
    assert terminal.windows()[0]["lines"] == lines
    assert program.read() == b""
    terminal.key("z")
    program.expect(b"z")


@pytest.mark.proves("long lines")
@pytest.mark.window
def test_a_line_of_thousands_of_rows_is_searched_by_the_second_thread(gputerm):
    code = "print('x' * 200_000 + 'needle' + 'x' * 100_000); print('ready'); input()"
    terminal = gputerm("-e", sys.executable, "-c", code)
    terminal.wait_text("ready")
    terminal.focus()
    before = threads_of(terminal.process.pid)
    terminal.key("ctrl+shift+f")
    terminal.type("needle")
    terminal.wait_for(lambda: cells_in(terminal.pixels(), FOCUSED), "a match in focus")
    assert len(threads_of(terminal.process.pid) - before) == 1
    terminal.key("Escape")
    terminal.wait_for(lambda: terminal.selection() == "needle", "it to be selected")


def threads_of(pid):
    return {path.name for path in Path(f"/proc/{pid}/task").iterdir()}
