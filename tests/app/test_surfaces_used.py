"""Keys and clicks while something of ours is shown: in a real process that asks (asking.py), and
with a real keyboard and pointer where what must not happen can't be waited for."""

import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from panes import Recording, new_pane

from gputerm.app.finding_surfaces import FindingSurfaces
from gputerm.app.keyboard import Keyboard
from gputerm.app.mouse import Pointer
from gputerm.config import Config
from gputerm.input import Button, KeyEvent, KeyKind, Mods
from gputerm.view.bar import blank_row, whole_row
from gputerm.view.message_bar import MessageBar
from gputerm.view.question import QUIET, Choice, Question, Questions
from gputerm.view.surfaces import Area, Edge, Laid, Surface, SurfaceColors, Surfaces

ASKING = Path(__file__).parent / "asking.py"
NOTICE = (0x6A, 0x9F, 0xB5)  #: the ground of questions in the default theme
ASK = r"\x1b]2;ask {}\x07"


# ── a real process ───────────────────────────────────────────────────────────────────────────────


class Asking:
    """A terminal that asks, with the answers that its users gave."""

    def __init__(self, gputerm, file):
        self.file = file
        self.start = partial(gputerm, program=[sys.executable, str(ASKING), str(file)])

    def answers(self):
        return self.file.read_text().splitlines() if self.file.exists() else []

    def wait_shown(self, terminal, rows=True):
        def seen():
            notice = (terminal.pixels() == NOTICE).all(-1).mean(1) > 0.5
            return notice.any() == rows

        terminal.wait_for(seen, "the question" if rows else "its end")

    def answer(self, terminal, count, *input):
        """Give xdotool `input` again after a quiet time until there are `count` answers."""
        given = float("-inf")

        def answered():
            nonlocal given
            if (time.monotonic() - given) > 2 * QUIET and len(self.answers()) < count:
                terminal.xdotool(*input)
                given = time.monotonic()
            return len(self.answers()) >= count

        terminal.wait_for(answered, "an answer")

    def wait_answers(self, terminal, *expected):
        terminal.wait_for(lambda: len(self.answers()) >= len(expected), "an answer")
        assert self.answers() == list(expected)


@pytest.fixture
def asking(gputerm, tmp_path):
    return Asking(gputerm, tmp_path / "answers")


@pytest.mark.window
def test_keys_answer_and_the_program_sees_none_of_them(asking, reading):
    program = reading(asking.start, ASK.format("one?|two?"))
    terminal = program.terminal
    terminal.focus()
    asking.wait_shown(terminal)
    terminal.key("a", "Up", "ctrl+c", "ctrl+shift+v", "y")
    asking.answer(terminal, 1, "key", "y")
    asking.answer(terminal, 2, "key", "Escape")
    asking.wait_answers(terminal, "one? True", "two? False")
    asking.wait_shown(terminal, rows=False)
    terminal.key("z")
    terminal.wait_for(lambda: program.read().endswith(b"z"), "a key for the program")
    assert program.read().strip(b"\x1b") == b"z"


@pytest.mark.window
def test_clicks_answer_and_the_program_hears_of_none(asking, reading):
    program = reading(asking.start, r"\x1b[?1003;1006h" + ASK.format("sure?"))
    terminal = program.terminal
    asking.wait_shown(terminal)
    window = terminal.windows()[0]
    terminal.pointer_to(window["lines"] - 0.5, 10.5)  # " [y] Yes   [n] No "
    asking.answer(terminal, 1, "click", "1")
    asking.wait_answers(terminal, "sure? False")
    terminal.pointer_to(0.5, 0.5)
    terminal.xdotool("click", "1")
    terminal.wait_for(lambda: program.read().endswith(b"\x1b[<0;1;1m"), "a click for the program")
    last = window["lines"]
    assert b"\x1b[<0;11;%dM" % last not in program.read()


@pytest.mark.window
@pytest.mark.parametrize("hold", [True, False])
def test_the_end_of_the_program_answers_no(asking, hold):
    title = r"\033]2;ask quit?\007"
    script = f"printf '{title}'; read x"
    terminal = asking.start(*["--hold"] * hold, "-e", "sh", "-c", script)
    asking.wait_shown(terminal)
    terminal.call("send-text", text="\n")
    if hold:
        asking.wait_answers(terminal, "quit? False")
        asking.wait_shown(terminal, rows=False)
        terminal.call("close")
    assert terminal.process.wait(30) == 0
    assert asking.answers() == ["quit? False"]


@pytest.mark.window
def test_closing_the_window_answers_no(asking, reading):
    program = reading(asking.start, ASK.format("one?|two?"))
    asking.wait_shown(program.terminal)
    program.terminal.call("close")
    program.terminal.process.wait(30)
    assert asking.answers() == ["one? False", "two? False"]


@pytest.mark.window
def test_rows_beside_a_pane_are_taken_from_it_and_given_back(asking):
    """The program asks for them by its title, and says its size whenever it is told another."""
    script = r"""
import os, signal, tty
def show(*_):
    size = os.get_terminal_size()
    text = f"size {size.lines} {size.columns}".ljust(20)
    os.write(1, f"\x1b[2J\x1b[H\x1b[7m{text}\x1b[m".encode())
tty.setraw(0)
signal.signal(signal.SIGWINCH, show)
os.write(1, b"\x1b[?1000;1006h")
show()
while True:
    if (line := os.read(0, 99)).startswith(b"beside"):
        os.write(1, b"\x1b]2;%s\a" % line)
"""
    command = ["-e", sys.executable, "-c", script]
    terminal = asking.start("-o", "window.padding={x=3,y=5}", *command)
    lines, columns = (terminal.windows()[0][name] for name in ("lines", "columns"))
    height = terminal.pixels().shape[0]
    cell = (height - 10) // lines

    def strips():
        """Rows of pixels that are ours."""
        return (terminal.pixels() == NOTICE).all(-1).mean(1) > 0.9

    def beside(rows):
        terminal.call("send-text", text=f"beside {rows}")
        left = lines - 2 * rows
        terminal.wait_text(rf"size {left} {columns}\b")
        assert terminal.windows()[0]["lines"] == left
        terminal.wait_for(lambda: strips().sum() == 2 * rows * cell, f"{rows} rows at either edge")

    beside(2)
    ours = strips().nonzero()[0]
    assert ours.tolist() == [
        *range(5, 5 + 2 * cell),
        *range(5 + (lines - 2) * cell, 5 + lines * cell),
    ]
    inverse = (terminal.pixels()[:, 3:100] == (0xD8, 0xD8, 0xD8)).all(-1).mean(1) > 0.5
    assert 5 + 2 * cell <= inverse.nonzero()[0].min() < 5 + 3 * cell, "the pane's first row"
    window = str(terminal.windows()[0]["x11_id"])
    for y in (1, height - 1, 5 + 2 * cell - 1):
        terminal.xdotool("mousemove", "--window", window, "50", str(y), "click", "1")
    asking.wait_answers(terminal, "top", "bottom", "top")
    terminal.call("resize", lines=10, columns=50)
    terminal.wait_text(r"size 10 50\b")
    terminal.wait_for(lambda: strips().sum() == 4 * cell, "rows in a window of another size")
    assert terminal.pixels().shape[0] == 10 + 14 * cell
    lines, columns = 14, 50
    beside(0)


# ── its parts ────────────────────────────────────────────────────────────────────────────────────

COLORS = SurfaceColors(alarm=(0, 1), notice=(0, 1))
ENTER = KeyEvent("Enter", scancode=40)
CELL = (10, 20)


class Parts:
    """A pane with keyboard and pointer, as in a window that nobody sees."""

    def __init__(self):
        self.far_end = Recording(b"")
        self.pane = new_pane(self.far_end)
        self.surfaces = Surfaces(lambda: None)
        self.message_bar = MessageBar()
        self.now = 0.0
        self.questions = Questions(lambda: self.now)
        self.shape = ""
        self.config = Config()
        self.presenter = SimpleNamespace(key_pressed=lambda now: None, damage=lambda: None)
        self.owner = SimpleNamespace(display=SimpleNamespace(set_pointer=self.set_pointer))
        self.desktop = SimpleNamespace(selected=lambda: None)
        self.text_area = SimpleNamespace(cell_size=CELL, padding=(0, 0))
        self.surfaces.add(self.message_bar)
        self.surfaces.add(self.questions)
        self.finding = FindingSurfaces(self.surfaces, self.config)
        self.keyboard, self.pointer = Keyboard(self), Pointer(self)

    def set_pointer(self, shape):
        self.shape = shape

    def woken(self):
        pass

    def ask(self):
        answers = []
        choices = Choice("y", "Yes"), Choice("n", "No")
        self.questions.ask(Question("sure?", choices, lambda key: answers.append(key == "y")))
        self.lay_out()
        self.now += QUIET
        return answers

    def lay_out(self):
        terminal = self.pane.terminal
        self.surfaces.lay_out(terminal.lines, terminal.columns, 0, COLORS)

    def key(self, event, *kinds):
        for kind in kinds or (KeyKind.PRESS, KeyKind.RELEASE):
            self.keyboard.key(event.replace(kind=kind))

    def at(self, row, column):
        """Pixels in the middle of a cell."""
        return round((column + 0.5) * CELL[0]), round((row + 0.5) * CELL[1])


@pytest.fixture
def parts():
    return Parts()


def test_a_key_held_for_an_answer_stays_unseen_until_it_is_up(parts):
    parts.pane.terminal.feed(b"\x1b[>2u")  # Programs are told of repeats and releases.
    answers = parts.ask()
    parts.key(ENTER, KeyKind.PRESS, KeyKind.REPEAT, KeyKind.REPEAT, KeyKind.RELEASE)
    assert answers == [True]
    assert parts.far_end.told == b""
    parts.key(ENTER)
    assert parts.far_end.told == b"\r"


def test_a_key_held_from_before_is_no_answer_and_comes_up_for_the_program(parts):
    parts.pane.terminal.feed(b"\x1b[>11u")
    parts.key(ENTER, KeyKind.PRESS)
    told = parts.far_end.told
    answers = parts.ask()
    parts.key(ENTER, KeyKind.REPEAT)
    assert parts.far_end.told == told
    parts.key(ENTER, KeyKind.RELEASE)
    assert parts.far_end.told == told + b"\x1b[13;1:3u"
    assert answers == []


def test_an_escape_that_called_a_paste_off_isnt_repeated_to_the_program(parts):
    escape = KeyEvent("Escape", scancode=41)
    assert parts.pane.typing.expect_paste() is not None
    parts.key(escape, KeyKind.PRESS, KeyKind.REPEAT, KeyKind.RELEASE)
    assert parts.far_end.told == b""


def test_committed_text_is_the_surfaces(parts):
    answers = parts.ask()
    parts.keyboard.text("漢")
    parts.now += QUIET
    parts.keyboard.text("y")
    parts.keyboard.text("y")
    assert answers == [True]
    assert parts.far_end.told == b"y"


def test_a_key_that_a_surface_refuses_is_a_bindings_and_not_the_programs(parts):
    class Refusing(Surface):
        shown = takes_keys = True

        def key(self, event):
            return False

    parts.surfaces.add(Refusing())
    parts.pane.terminal.feed(b"x\n" * 100)
    parts.key(KeyEvent("PageUp", Mods.SHIFT, scancode=75))
    parts.key(KeyEvent("a", text="a", scancode=4))
    assert parts.pane.view.viewport.top is not None
    assert parts.far_end.told == b""


def test_without_a_surface_keys_are_the_programs(parts):
    parts.message_bar.show("it has no use for keys")
    parts.lay_out()
    assert parts.surfaces.keyboard is None
    parts.key(ENTER)
    assert parts.far_end.told == b"\r"


def test_the_pointer_over_a_surface(parts):
    parts.pane.terminal.feed(b"\x1b[24;1H\x1b]8;;http://a.b\a" + b"link " * 10 + b"\x1b]8;;\a")
    parts.pane.terminal.feed(b"\x1b[H")

    def shape(row, column):
        parts.pointer.moved(*parts.at(row, column), Mods.NONE, 0.0)
        return parts.shape

    assert shape(23, 20) == "text"  # not in its first moments
    parts.pointer.tick(parts.pointer.next_deadline())
    parts.pointer.looks_from = 0.0
    assert shape(23, 21) == "hand"
    answers = parts.ask()
    assert [shape(23, 3), shape(23, 40), shape(22, 3), shape(0, 0)] == [
        *("hand", "arrow", "arrow", "text")
    ]
    parts.pointer.pressed(Button.LEFT, *parts.at(22, 3), Mods.CTRL, 0.0)
    parts.pointer.released(Button.LEFT, *parts.at(22, 3), Mods.CTRL)
    assert parts.pane.view.selection is None
    parts.pointer.pressed(Button.LEFT, *parts.at(23, 3), Mods.NONE, 0.0)
    assert answers == [True]


class Strip(Surface):
    """Rows beside the pane."""

    shown, rows = True, 2

    def __init__(self, edge, clicked):
        super().__init__()
        self.edge, self.clicked = edge, clicked

    def lay_out(self, room):
        text = whole_row(room.top, blank_row(room.columns, room.colors.notice))
        return Laid((text,), (Area(room.top, 0, 5, lambda: self.clicked(room.top)),))


def test_the_pointer_over_rows_beside_the_pane(parts):
    clicks = []
    for edge in Edge:
        parts.surfaces.add(Strip(edge, clicks.append))
    parts.pane.terminal.feed(b"\x1b[?1003;1006h")
    assert parts.surfaces.take_rows(28) == 24
    parts.text_area.padding = (0, 2 * CELL[1])
    parts.lay_out()

    def click(row, column=2):
        """In a row of the window."""
        x, y = parts.at(row, column)
        parts.pointer.moved(x, y, Mods.NONE, 0.0)
        parts.pointer.pressed(Button.LEFT, x, y, Mods.NONE, 0.0)
        parts.pointer.released(Button.LEFT, x, y, Mods.NONE)
        return parts.shape

    assert [click(-9), click(0), click(1), click(0, 7), click(26), click(99, 7)] == [
        *("hand", "hand", "arrow", "arrow", "hand", "arrow")
    ]
    assert clicks == [-2, -2, 24]
    assert parts.far_end.told == b""
    click(2)
    click(25)
    assert parts.far_end.told == b"".join(
        b"\x1b[<35;3;%dM\x1b[<0;3;%dM\x1b[<0;3;%dm" % (row, row, row) for row in (1, 24)
    )


def test_a_drag_that_began_for_the_program_goes_on_over_a_surface(parts):
    parts.pane.terminal.feed(b"\x1b[?1003;1006h")
    parts.pointer.pressed(Button.LEFT, *parts.at(0, 0), Mods.NONE, 0.0)
    parts.ask()
    parts.pointer.moved(*parts.at(23, 3), Mods.NONE, 0.0)
    parts.pointer.released(Button.LEFT, *parts.at(23, 3), Mods.NONE)
    parts.pointer.moved(*parts.at(23, 4), Mods.NONE, 0.0)
    parts.pointer.moved(*parts.at(0, 4), Mods.NONE, 0.0)
    assert parts.far_end.told == b"\x1b[<0;1;1M\x1b[<32;4;24M\x1b[<0;4;24m\x1b[<35;5;1M"
