"""Pastes that the user is asked about: from real selections, into real programs.

What must not happen can't be waited for; it is tried on the parts of a window (class Parts).
"""

import time
from types import SimpleNamespace

import pytest
from panes import Recording, new_pane
from selections import xclip_holds

from gputerm.app.desktop import Desktop
from gputerm.config import Config
from gputerm.input import KeyEvent
from gputerm.view.question import QUIET, Questions
from gputerm.view.surfaces import Surface, SurfaceColors, Surfaces

NOTICE = (0x6A, 0x9F, 0xB5)  #: the ground of questions in the default theme


def wait_asked(terminal):
    def seen():
        return ((terminal.pixels() == NOTICE).all(-1).mean(1) > 0.5).any()

    terminal.wait_for(seen, "the question")


def press_until(program, key, expected):
    """Press a key again, after a quiet time, until the program has read what it should."""
    given = float("-inf")

    def read():
        nonlocal given
        if time.monotonic() - given > 2 * QUIET and not program.read():
            program.terminal.key(key)
            given = time.monotonic()
        return program.read() == expected

    program.terminal.wait_for(read, f"{expected!r}")


@pytest.mark.window
@pytest.mark.parametrize(
    ("key", "text"), [("y", b"one\rtwo\r"), ("Return", b"one\rtwo\r"), ("o", b"one two")]
)
def test_lines_for_a_program_without_bracketed_paste(gputerm, reading, key, text):
    program = reading(gputerm)
    with xclip_holds(program.terminal, b"one\ntwo\n"):
        program.terminal.focus()
        program.terminal.key("ctrl+shift+v")
        wait_asked(program.terminal)
        press_until(program, key, text)
    program.terminal.key("z")
    program.expect(text + b"z")


@pytest.mark.window
def test_an_override_in_a_selection_for_a_program_that_brackets(gputerm, reading):
    program = reading(gputerm, r"\x1b[?2004h")
    terminal = program.terminal
    with xclip_holds(terminal, "a\nb\u202ec".encode(), "primary"):
        terminal.pointer_to(5.5, 5.5)
        terminal.xdotool("click", "2")
        wait_asked(terminal)
        press_until(program, "o", b"\x1b[200~a\nbc\x1b[201~")


@pytest.mark.window
def test_the_configuration_is_followed_at_once(gputerm, reading):
    program = reading(gputerm, "", "-o", 'paste.confirm="Always"')
    terminal = program.terminal
    with xclip_holds(terminal, b"word"):
        terminal.focus()
        terminal.key("ctrl+shift+v")
        wait_asked(terminal)
        press_until(program, "y", b"word")
        terminal.call("config", options=['paste.confirm="Never"'])
        terminal.key("ctrl+shift+v")
        program.expect(b"wordword")


# ── its parts ────────────────────────────────────────────────────────────────────────────────────

COLORS = SurfaceColors(alarm=(0, 1), notice=(0, 1))


class Parts:
    """A pane that is pasted into, as in a window that nobody sees."""

    def __init__(self):
        self.far_end = Recording(b"")
        self.pane = new_pane(self.far_end)
        self.surfaces = Surfaces(lambda: None)
        self.now = 0.0
        self.questions = Questions(lambda: self.now)
        self.surfaces.add(self.questions)
        self.config = Config()
        self.advised = []
        self.advise = self.advised.append
        self.requests = []
        self.owner = SimpleNamespace(request_clipboard=self.requested)
        self.desktop = Desktop(self)

    def requested(self, window, answer, *, primary, wanted):
        self.requests.append((answer, wanted))

    def paste(self, text):
        """The clipboard holds it, and its owner answers at once."""
        self.desktop.paste(primary=False)
        if self.requests:
            self.requests.pop()[0](text, None)

    def confirm(self, value):
        self.config = Config().replace(paste=Config().paste.replace(confirm=value))

    def answer(self, key):
        """Read the question, and give an answer."""
        self.lay_out()
        self.now += QUIET
        self.questions.key(KeyEvent(key, text=key if len(key) == 1 else ""))

    def lay_out(self):
        self.surfaces.lay_out(24, 80, 0, COLORS)

    @property
    def told(self):
        return self.far_end.told


@pytest.fixture
def parts():
    return Parts()


@pytest.mark.parametrize(
    ("confirm", "text", "asked"),
    [
        ("Unsafe", "word", False),
        ("Unsafe", "a\nb", True),
        ("Unsafe", "a\x1bb", True),
        ("Unsafe", "a\u202eb", True),
        ("Unsafe", "a" * 70_000, True),
        ("Unsafe", "", False),
        ("Never", "a\nb\u202e" * 40_000, False),
        ("Always", "word", True),
        ("Always", "", False),
    ],
)
def test_who_is_asked(parts, confirm, text, asked):
    parts.confirm(confirm)
    parts.paste(text)
    assert parts.questions.shown == asked
    assert bool(parts.told) == (not asked and bool(text))


def test_lines_are_safe_in_brackets(parts):
    parts.pane.terminal.feed(b"\x1b[?2004h")
    parts.paste("a\nb")
    assert parts.told == b"\x1b[200~a\nb\x1b[201~"


def test_a_program_that_stops_bracketing_meanwhile_is_asked_about_again(parts):
    parts.pane.terminal.feed(b"\x1b[?2004h")
    parts.paste("a\nb\u202e")
    parts.pane.terminal.feed(b"\x1b[?2004l")
    parts.answer("y")
    assert parts.told == b""
    assert parts.questions.shown
    parts.answer("y")
    assert parts.told == "a\rb\u202e".encode()


def test_what_is_typed_meanwhile_waits_behind_it(parts):
    for answer, told in (("y", b"a\rb|"), ("n", b"|"), ("Escape", b"|")):
        parts.far_end.told = b""
        parts.paste("a\nb")
        parts.pane.typing.send(b"|")  # as scripts do; keys are the question's
        assert parts.told == b""
        parts.answer(answer)
        assert parts.told == told
        assert not parts.pane.typing.pasting


def test_several_keep_their_order(parts):
    for _ in range(3):
        parts.desktop.paste(primary=False)
    for text, (answer, _) in zip(("a\n", "b", "c\n"), parts.requests, strict=True):
        answer(text, None)
    assert parts.told == b""
    parts.answer("y")
    assert parts.told == b"a\rb"
    parts.answer("n")
    assert parts.told == b"a\rb"
    assert parts.pane.typing.send(b"d")
    assert parts.told == b"a\rbd"


def test_an_open_question_holds_back_what_else_is_pasted_or_dropped(parts):
    parts.paste("a\nb")
    parts.lay_out()
    parts.desktop.drop("/tmp/file", is_file=True)
    parts.paste("y")
    assert parts.questions.shown, "a paste is no answer"
    parts.answer("n")
    assert parts.told == b""
    parts.desktop.drop("/tmp/it's", is_file=True)
    assert parts.told == b"'/tmp/it'\\''s' "


def test_a_surface_with_the_keyboard_gets_what_is_pasted(parts):
    class Field(Surface):
        shown = takes_keys = True
        pasted = ""

        def lay_out(self, room):
            raise NotImplementedError

        def paste(self, text):
            self.pasted += text

    field = Field()
    parts.surfaces.add(field)
    parts.paste("a\nb")
    parts.desktop.drop("c", is_file=False)
    assert field.pasted == "a\nbc"
    parts.desktop.paste(primary=True)
    assert parts.requests[-1][1]()
    field.shown = False
    field.changed()
    assert not parts.requests[-1][1](), "nobody wants it any more"
    assert parts.told == b""


def test_a_file_whose_name_has_a_line_end_is_asked_about(parts):
    parts.desktop.drop("/tmp/a\nb", is_file=True)
    assert parts.questions.shown
    assert parts.told == b""


@pytest.mark.parametrize("end", ["program", "window"])
def test_the_end_drops_it(parts, end):
    parts.paste("a\nb")
    parts.lay_out()
    if end == "program":
        parts.surfaces.program_ended()
    else:
        parts.pane.typing.send(b"typed behind it")
        parts.pane.typing.close()
        parts.surfaces.close()
    assert not parts.questions.shown
    assert parts.told == b""
    assert parts.advised == []


def test_a_program_that_does_not_read_is_told_of(parts):
    parts.far_end.write = lambda data: False
    parts.paste("a\nb")
    parts.answer("y")
    assert parts.advised == ["the program in the window doesn't read what is pasted"]


def test_nobody_is_asked_for_a_program_that_has_ended(parts):
    parts.far_end.write = lambda data: False
    parts.pane.end(0)
    parts.paste("a\nb")
    assert not parts.questions.shown
    assert parts.advised == ["the program in the window doesn't read what is pasted"]


def test_the_question_says_why(parts):
    parts.paste("a\n\x1b\u202e\u200b")
    question = parts.questions._waiting[0]
    assert question.sentence == (
        "Paste 2 lines? Line ends act as the Enter key here; control characters: 1; "
        "reordering characters: 1; invisible characters: 1"
    )
