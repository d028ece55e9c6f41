"""A real terminal in front of the canvas: bytes in, pixels out."""

import numpy as np
import pytest

from gputerm.vt import Terminal, TerminalOptions

pytestmark = pytest.mark.gl

PIECES = (
    b"plain text ", b"\r\n", b"\r\n\r\n", b"\x1b[1;31mred\x1b[m", b"\x1b[44m  \x1b[K\x1b[m",
    b"\x1b[H", b"\x1b[2J", b"\x1b[5;9r", b"\x1b[r", b"\x1b[S", b"\x1b[T", b"\x1b[L", b"\x1b[2M",
    b"\x1bM", b"\x1bD", b"\x1b[9;1H\n\n", b"\x1b[?5h", b"\x1b[?5l", b"\x1b[?25l", b"\x1b[?25h",
    b"\x1b[4:3m\x1b[58:5:2mwavy\x1b[m", b"\x1b#6", b"\x1b#3", b"\x1b#5", b"\x1b[7;5mblink\x1b[m",
    "漢字 e\u0301 \U0001f600".encode(), b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b]4;4;#205080\x07",
    b"\x1b[3 q", b"\x1b[6 q", b"\x1b[2 q", b"\x1b[12;7H", b"\x1b[9m\x1b[53mlines\x1b[m",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_drawing_only_changes_equals_drawing_everything(canvas, seed):
    rng = np.random.default_rng(seed)
    terminal = Terminal(12, 40, TerminalOptions(history=50))
    kept = canvas(terminal)
    for step in range(60):
        for index in rng.integers(0, len(PIECES), rng.integers(1, 6)):
            terminal.feed(PIECES[index])
        back = int(rng.integers(0, 1 + terminal.screen_top - terminal.first_line))
        snapshot = terminal.snapshot(terminal.screen_top - back if step % 4 == 3 else None)
        blink_on = bool(step % 3)
        kept.draw(snapshot, blink_on=blink_on)
        fresh = canvas(terminal)
        fresh.draw(snapshot, blink_on=blink_on)
        assert np.array_equal(kept.pixels(), fresh.pixels()), f"step {step}"


def test_typing_takes_one_row(canvas, monkeypatch):
    terminal = Terminal(12, 40)
    picture = canvas(terminal)
    terminal.feed(b"$ ")
    picture.draw(terminal.snapshot())
    terminal.feed(b"x")
    snapshot = terminal.snapshot()
    taken = []
    take = snapshot.take
    monkeypatch.setattr(snapshot, "take", lambda rows: taken.extend(rows.tolist()) or take(rows))
    assert picture.draw(snapshot)
    assert taken == [0]
    assert not picture.draw(snapshot)


def test_a_screen(canvas, golden):
    terminal = Terminal(8, 48)
    terminal.feed(
        b"\x1b[1;32muser@host\x1b[m:\x1b[1;34m~/src\x1b[m$ ls --color\r\n"
        b"\x1b[34mshaders\x1b[m  \x1b[32mrun.py\x1b[m  README.md  \x1b[36mlink\x1b[m\r\n"
        b"\x1b[41;97m error \x1b[m expected \x1b[4:3m\x1b[58:2::255:80:80mpoints\x1b[m > 0\r\n"
        b"\x1b[38;2;255;160;0mtrue\x1b[38;5;141m and indexed\x1b[m \x1b[2mdim\x1b[m "
        b"\x1b[3mitalic\x1b[m \x1b[9mgone\x1b[m\r\n"
        b"\x1b[7m 1 \x1b[m 2  \x1b[4m3\x1b[m\r\n"
        + "┌────────────┐\r\n│ \x1b[33m▁▂▃▄▅▆▇█\x1b[m   │\r\n└────────────┘ ".encode()
    )
    picture = canvas(terminal)
    picture.draw(terminal.snapshot())
    golden("screen", picture.pixels())


@pytest.mark.parametrize("seed", range(4))
def test_any_canvas_and_any_cell_can_be_drawn(renderer, seed):
    """Canvases smaller than their grid, cells of a pixel, glyphs moved out of their cells."""
    from gputerm.render import gl
    from gputerm.render.canvas import Canvas
    from gputerm.text import FontOptions, Glyphs

    rng = np.random.default_rng(seed)
    pieces = (
        *(piece.decode() for piece in PIECES),
        *("\x1b[4:1m", "\x1b[4:2m", "\x1b[4:4m", "\x1b[4:5m", "\x1b[1;2m", "\x1b[8m", "a\u20dd"),
        *("│╱█▒", "\ue0b0\ue0b6", "\U0001fb00\U0001fb3c\U0001cd00", "\ue777", "\u1e26\u0324"),
    )
    for size_pt in (1, 3, 11.25, 60):
        offset, shift = (tuple(rng.integers(-128, 128, 2).tolist()) for _ in range(2))
        glyphs = Glyphs(FontOptions(size_pt=size_pt, offset=offset, glyph_offset=shift))
        terminal = Terminal(8, 30)
        picture = Canvas(renderer, glyphs, 300, 100)
        for width, height in ((1, 1), (0, 0), (400, 1), (1, 400), (200, 150)):
            left, top = int(rng.integers(0, width + 1)), int(rng.integers(0, height + 1))
            picture.resize(width, height, (left, top))
            for _ in range(3):
                for piece in rng.choice(pieces, 12):
                    terminal.feed(str(piece).encode())
                picture.draw(terminal.snapshot(), blink_on=bool(rng.integers(2)))
                assert gl.glGetError() == 0
            terminal.resize(int(rng.integers(1, 12)), int(rng.integers(2, 40)))
        picture.close()
