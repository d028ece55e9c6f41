"""Screens as pixels, against recorded pictures and against each other."""

import numpy as np
import pytest
from screens import BACKGROUND, FOREGROUND, FakeCursor, FakeScreen

from gputerm.render.paint import Look
from gputerm.view import INVERT, Overlay, Span
from gputerm.vt.core import cells as c

pytestmark = pytest.mark.gl

RED, BLUE = c.COLOR_PALETTE | 1, c.COLOR_PALETTE | 4


def underline(style: int) -> int:
    return style << c.UNDERLINE_SHIFT


def rgb(color: int) -> int:
    return c.COLOR_RGB | color


def test_text_attributes(canvas, golden):
    screen = FakeScreen(7, 44)
    column = screen.write(0, 0, "normal ")
    column = screen.write(0, column, "bold", attrs=c.BOLD)
    column = screen.write(0, column + 1, "dim", attrs=c.DIM)
    column = screen.write(0, column + 1, "italic", attrs=c.ITALIC)
    column = screen.write(0, column + 1, "both", attrs=c.BOLD | c.ITALIC)
    screen.write(0, column + 1, "hidden", attrs=c.HIDDEN)
    column = screen.write(1, 0, "inverse", attrs=c.INVERSE)
    column = screen.write(1, column + 1, "red", fg=RED, attrs=c.INVERSE)
    column = screen.write(1, column + 1, "strike", attrs=c.STRIKE)
    column = screen.write(1, column + 1, "over", attrs=c.OVERLINE)
    screen.write(1, column + 1, "blink", attrs=c.BLINK)
    screen.underline_colors = np.array([0, RED, rgb(0x40C0FF)], np.uint32)
    for style, name in enumerate(("single", "double", "curly", "dotted", "dashed"), 1):
        screen.write(2, (style - 1) * 9, f"{name}yg", attrs=underline(style))
        screen.write(3, (style - 1) * 9, f"{name}yg", attrs=underline(style) | 1 << c.EXTRA_SHIFT)
        screen.write(4, (style - 1) * 9, f"{name}yg", fg=BLUE, attrs=underline(style) | c.INVERSE)
    screen.write(5, 0, "   ", attrs=underline(1) | 2 << c.EXTRA_SHIFT)
    screen.write(5, 4, "hidden, underlined", attrs=c.HIDDEN | underline(3))
    screen.write(6, 0, "ffi => != gj Ág Åy |_|")
    picture = canvas(screen)
    picture.draw(screen)
    golden("attributes", picture.pixels())


def test_colors(canvas, golden):
    screen = FakeScreen(10, 48)
    for i in range(16):
        screen.write(0, 3 * i, f"{i:2} ", fg=c.COLOR_PALETTE | i)
        screen.write(1, 3 * i, f"{i:2} ", bg=c.COLOR_PALETTE | i)
    for i in range(216):
        screen.write(2 + i // 48, i % 48, "x", bg=c.COLOR_PALETTE | 16 + i)
    for i in range(24):
        screen.write(7, 2 * i, "▄▀", fg=c.COLOR_PALETTE | 232 + i, bg=c.COLOR_PALETTE | 255 - i)
    for i in range(48):
        level = i * 255 // 47
        screen.write(8, i, "▌", fg=rgb(level << 16), bg=rgb(level << 8))
        screen.write(9, i, "e", fg=rgb(0xFFFFFF - level * 0x10101), bg=rgb(level * 0x10101))
    picture = canvas(screen)
    picture.draw(screen)
    golden("colors", picture.pixels())


def test_box_drawing_joins(canvas, golden):
    screen = FakeScreen(9, 32)
    for row, text in enumerate(
        (
            "┌──┬──┐╔══╦══╗╭──┬──╮┏━━┳━━┓░▒▓█",
            "│  │  │║  ║  ║│  │  │┃  ┃  ┃▁▂▃▄",
            "├──┼──┤╠══╬══╣├──┼──┤┣━━╋━━┫▅▆▇█",
            "└──┴──┘╚══╩══╝╰──┴──╯┗━━┻━━┛▏▎▍▌",
            "╱╲╳╱╲╳┄┄┄┈┈┈╌╌╌┆┊╎▖▗▘▝▞▟▙▛▜▚▀▄▐▌",
            "╲╱╳╲╱╳┅┅┅┉┉┉╍╍╍┇┋╏⠁⠃⠇⠏⠟⠿⡿⣿⣿⣿⣿⣿⣿⣿",
            "╒╤╕╓╥╖┍┯┑┎┰┒╴╵╶╷╸╹╺╻╼╽╾╿",
            "╞╪╡╟╫╢┝┿┥┠╂┨",
            "╘╧╛╙╨╜┕┷┙┖┸┚",
        )
    ):
        for i, character in enumerate(text):
            screen.write(row, i, character)
    picture = canvas(screen)
    picture.draw(screen)
    golden("box_drawing", picture.pixels())


def test_wide_and_missing_characters(canvas, golden):
    screen = FakeScreen(3, 20)
    screen.write(0, 0, "a漢字b")
    screen.write(1, 0, "한글", bg=BLUE, attrs=underline(1))
    screen.write(2, 0, "\ue123x\U000102a0y")
    picture = canvas(screen)
    picture.draw(screen)
    golden("wide", picture.pixels())


@pytest.mark.parametrize("focused", [True, False])
def test_cursors(canvas, golden, focused):
    pictures = []
    for shape in ("block", "beam", "underline"):
        for text, wide, attrs in (("abc", False, 0), ("漢c", True, 0), ("abc", False, c.INVERSE)):
            screen = FakeScreen(1, 4)
            screen.write(0, 1, text, attrs=attrs)
            screen.cursor = FakeCursor(0, 1, True, shape, wide=wide)
            picture = canvas(screen, padding=2)
            picture.draw(screen, focused=focused)
            pictures.append(picture.pixels())
    golden(f"cursors_{'focused' if focused else 'unfocused'}", np.concatenate(pictures))


def test_selection_and_matches(canvas, golden):
    screen = FakeScreen(4, 24)
    screen.write(0, 0, "select some of this line")
    screen.write(1, 0, "inverse", attrs=c.INVERSE)
    screen.write(1, 8, "colours", fg=RED, bg=BLUE)
    screen.write(1, 16, "lost", fg=rgb(BACKGROUND))
    screen.write(2, 0, "match and 漢字 under")
    overlay = Overlay(
        (
            Span(0, 7, 24, INVERT, INVERT),
            Span(1, 0, 20, INVERT, INVERT),
            Span(2, 0, 5, rgb(0x181818), c.COLOR_PALETTE | 3),
            Span(2, 6, 9, None, c.COLOR_PALETTE | 2),
            Span(2, 10, 14, rgb(0xFFFF00), None, underline=True),
            Span(2, 15, 20, underline=True),
        )
    )
    picture = canvas(screen)
    picture.draw(screen, overlay)
    golden("selection", picture.pixels())


def test_double_size_lines(canvas, golden):
    screen = FakeScreen(5, 20)
    screen.write(0, 0, "single size")
    for row, size in ((1, 1), (2, 2), (3, 3)):
        screen.write(row, 0, "double", attrs=underline(3))
        screen.write(row, 7, "yg", bg=BLUE)
        screen.write(row, 14, "unseen")
        screen.row_flags[row] = size << c.ROW_SIZE_SHIFT
    screen.cursor = FakeCursor(1, 9, True)
    screen.write(4, 0, "single size")
    picture = canvas(screen)
    picture.draw(screen)
    golden("double_size", picture.pixels())


def test_reverse_video_exchanges_the_defaults(canvas, golden):
    screen = FakeScreen(2, 16, reverse=True)
    screen.write(0, 0, "reverse ")
    screen.write(0, 8, "inverse", attrs=c.INVERSE)
    screen.write(1, 0, "red on blue", fg=RED, bg=BLUE)
    picture = canvas(screen)
    picture.draw(screen)
    golden("reverse_video", picture.pixels())
    assert picture.pixels()[0, 0].tolist() == [FOREGROUND >> 16, *[FOREGROUND & 0xFF] * 2, 255]


def test_a_translucent_background_leaves_chosen_colors_opaque(canvas):
    screen = FakeScreen(2, 4)
    screen.write(0, 0, " ", bg=rgb(BACKGROUND))
    screen.cursor = FakeCursor(1, 2, True)
    picture = canvas(screen, padding=4)
    for _ in range(2):  # drawing over what is there must not add up
        screen.touch(0)
        picture.draw(screen, look=Look(opacity=0.5))
    alpha = picture.pixels()[4:-4, 4:-4, 3]
    height, width = alpha.shape[0] // 2, alpha.shape[1] // 4
    cells = alpha.reshape(2, height, 4, width).transpose(0, 2, 1, 3).reshape(2, 4, -1)
    assert cells.min(axis=2).tolist() == [[255, 128, 128, 128], [128, 128, 255, 128]]
    assert cells.max(axis=2).tolist() == [[255, 128, 128, 128], [128, 128, 255, 128]]
    assert picture.pixels()[0, 0, 0] == pytest.approx(BACKGROUND & 0xFF, abs=1)


def test_each_cell_has_exactly_its_background_on_a_very_wide_screen(canvas, glyphs):
    rng = np.random.default_rng(3)
    screen = FakeScreen(3, 1000)
    colors = rng.integers(0, 1 << 24, (3, 1000), dtype=np.uint32)
    screen.cells[..., c.BG] = colors | c.COLOR_RGB
    picture = canvas(screen, padding=3)
    picture.draw(screen)
    metrics = glyphs.metrics
    grid = picture.pixels()[3:-3, 3:-3, :3].astype(np.uint32)
    seen = grid[..., 0] << 16 | grid[..., 1] << 8 | grid[..., 2]
    expected = colors.repeat(metrics.cell_height, axis=0).repeat(metrics.cell_width, axis=1)
    assert np.array_equal(seen, expected)


def random_step(rng, screen):
    """Change the screen as a program might."""
    lines, columns = screen.lines, screen.columns
    match rng.integers(0, 8):
        case 0 | 1 | 2:
            row, column = int(rng.integers(lines)), int(rng.integers(columns - 12))
            text = "".join(chr(x) for x in rng.integers(33, 0x17F, rng.integers(1, 8)))
            attrs = int(rng.integers(0, 1 << 11)) & ~c.HIDDEN
            if (attrs & c.UNDERLINE) >> c.UNDERLINE_SHIFT > 5:
                attrs &= ~c.UNDERLINE
            colors = [int(x) for x in rng.choice([0, 0, RED, BLUE, rgb(0x306090)], 2)]
            screen.write(row, column, text + "漢", fg=colors[0], bg=colors[1], attrs=attrs)
        case 3 | 4:
            screen.scroll(int(rng.integers(1, lines)) * int(rng.choice([1, -1])))
        case 5:
            top = int(rng.integers(0, lines - 2))
            bottom = int(rng.integers(top + 2, lines + 1))
            screen.scroll(int(rng.choice([1, -1])), top, bottom)
        case 6:
            row = int(rng.integers(lines))
            screen.row_flags[row] = rng.choice([0, 1, 2, 3]) << c.ROW_SIZE_SHIFT
            screen.touch(row)
        case 7:
            shape = str(rng.choice(["block", "beam", "underline"]))
            row, column = int(rng.integers(lines)), int(rng.integers(columns))
            screen.cursor = FakeCursor(row, column, bool(rng.integers(3)), shape)


@pytest.mark.parametrize("seed", range(4))
def test_drawing_only_changes_equals_drawing_everything(canvas, seed):
    rng = np.random.default_rng(seed)
    screen = FakeScreen(9, 40)
    kept = canvas(screen)
    overlay = Overlay()
    for step in range(40):
        for _ in range(rng.integers(1, 4)):
            random_step(rng, screen)
        if not step % 3:
            spans = [
                Span(int(row), int(start), int(start) + 5, INVERT, INVERT)
                for row, start in zip(rng.integers(0, 9, 3), rng.integers(0, 35, 3), strict=True)
            ]
            overlay = Overlay.merged(spans if rng.integers(2) else [])
        phases = {
            "focused": bool(rng.integers(4)),
            "cursor_on": bool(rng.integers(4)),
            "blink_on": bool(rng.integers(2)),
        }
        kept.draw(screen, overlay, **phases)
        fresh = canvas(screen)
        fresh.draw(screen, overlay, **phases)
        assert np.array_equal(kept.pixels(), fresh.pixels()), f"step {step}"


def test_two_fonts_in_one_context(renderer, glyphs, canvas):
    from gputerm.render.canvas import Canvas
    from gputerm.text.glyphs import Glyphs
    from gputerm.text.metrics import FontOptions

    screen = FakeScreen(1, 10)
    screen.write(0, 0, "two fonts")
    alone = canvas(screen)
    alone.draw(screen)
    expected = alone.pixels()
    large = Canvas(renderer, Glyphs(FontOptions(size_pt=30)), 300, 60)
    large.draw(screen)
    again = canvas(screen)
    again.draw(screen)
    assert np.array_equal(again.pixels(), expected)
    large.close()


def test_an_atlas_that_forgot_is_copied_anew(renderer, canvas):
    from gputerm.render.canvas import Canvas
    from gputerm.text.glyphs import Glyphs
    from gputerm.text.metrics import FontOptions

    screen = FakeScreen(1, 6)
    screen.write(0, 0, "abcdef")
    forgetful = Glyphs(FontOptions(size_pt=12))
    shown = Canvas(renderer, forgetful, 80, 40)
    shown.draw(screen)
    forgetful._forget()
    screen.write(0, 0, "uvwxyz")
    shown.draw(screen)
    fresh = Canvas(renderer, Glyphs(FontOptions(size_pt=12)), 80, 40)
    fresh.draw(screen)
    assert np.array_equal(shown.pixels(), fresh.pixels())
    shown.close()
    fresh.close()


def test_a_window_without_area_is_no_error(renderer, glyphs):
    from gputerm.render.canvas import Canvas

    empty = Canvas(renderer, glyphs, 0, 0)
    assert empty.draw(FakeScreen(1, 1))
    empty.close()


def test_resizing_starts_over(canvas):
    screen = FakeScreen(2, 10)
    screen.write(0, 0, "resize")
    picture = canvas(screen)
    picture.draw(screen)
    before = picture.pixels()
    height, width = before.shape[:2]
    picture.resize(width + 30, height + 10, (4, 4))
    assert picture.draw(screen)
    after = picture.pixels()
    assert after.shape == (height + 10, width + 30, 4)
    assert np.array_equal(after[: height - 4, : width - 4], before[:-4, :-4])


def test_a_size_that_no_driver_has_keeps_the_picture(renderer, glyphs):
    from gputerm.errors import GLError
    from gputerm.render.canvas import Canvas

    screen = FakeScreen(2, 10)
    screen.write(0, 0, "resize")
    picture = Canvas(renderer, glyphs, 120, 60)
    picture.draw(screen)
    before = picture.pixels()
    for width, height in ((40_000, 60), (120, 1 << 30)):
        with pytest.raises(GLError, match="can't draw into"):
            picture.resize(width, height, (0, 0), glyphs)
        assert picture.draw(screen)
        assert np.array_equal(picture.pixels(), before)
    picture.resize(120, 61)
    assert picture.draw(screen)
    assert picture.pixels().shape == (61, 120, 4)
    picture.close()


def test_after_a_failure_everything_is_painted_again(canvas, monkeypatch):
    from gputerm.vt import Terminal

    terminal = Terminal(4, 20)
    terminal.feed(b"one\r\ntwo")
    picture = canvas(terminal)
    picture.draw(terminal.snapshot())
    terminal.feed(b"\r\nthree")
    snapshot = terminal.snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "take", lambda rows: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            picture.draw(snapshot)
    terminal.resize(6, 30)
    assert picture.draw(terminal.snapshot())
    fresh = canvas(FakeScreen(4, 20))
    fresh.draw(terminal.snapshot())
    assert np.array_equal(picture.pixels(), fresh.pixels())


def test_more_glyphs_than_the_driver_takes_leave_those_that_are_there(renderer, canvas):
    from gputerm.errors import GLError

    class Endless:
        generation, count, color = 0, 1, ()
        coverage = (np.zeros((1024, 1024), np.uint8),) * 100_000

        def changes(self, seen):
            return []

    screen = FakeScreen(1, 6)
    screen.write(0, 0, "abcdef")
    before = canvas(screen)
    before.draw(screen)
    atlas = Endless()
    for _ in range(2):
        with pytest.raises(GLError, match="making room for glyphs"):
            renderer.follow(atlas)
    Endless.coverage = Endless.coverage[:1]
    renderer.follow(atlas)
    after = canvas(screen)
    after.draw(screen)
    assert np.array_equal(after.pixels(), before.pixels())


def test_a_curly_underline_is_thin_and_leaves_descenders_readable(canvas, glyphs):
    screen = FakeScreen(1, 8)
    screen.write(0, 0, " " * 8, attrs=underline(3))
    picture = canvas(screen, padding=0)
    picture.draw(screen)
    metrics = glyphs.metrics
    ink = picture.pixels()[..., 0].astype(float) - (BACKGROUND & 0xFF)
    ink /= (FOREGROUND & 0xFF) - (BACKGROUND & 0xFF)
    rows = np.flatnonzero(ink.sum(axis=1) > 0.5)
    assert rows.min() > metrics.baseline, "room between letters and the curl"
    assert rows.max() < metrics.cell_height
    # As much ink as a line of its thickness and its length, which is more than a straight one's.
    assert 1.0 <= ink.sum(axis=0).mean() / metrics.underline_thickness < 1.6
