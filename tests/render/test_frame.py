"""What must be painted anew, and the colours that come out of it; without OpenGL."""

import numpy as np
import pytest
from screens import ANSI, BACKGROUND, FOREGROUND, FakeCursor, FakeScreen

from gputerm.render.frame import Frame, Move
from gputerm.render.paint import Look, contrast, curl_band, double_underline_tops, runs
from gputerm.text.metrics import Metrics
from gputerm.view import INVERT, Overlay, Span
from gputerm.vt.core import cells as c

METRICS = Metrics(
    cell_width=8,
    cell_height=16,
    baseline=12,
    descent=4,
    underline_top=13,
    underline_thickness=1,
    strikeout_top=8,
    strikeout_thickness=1,
    box_thickness=1,
)
OPAQUE = 0xFF000000
RED = c.COLOR_PALETTE | 1


class BoxGlyphs:
    """Every character but a blank is sprite 1, a box; U+1F600 is sprite 2, a coloured one."""

    metrics = METRICS

    def __init__(self):
        self.atlas = self
        self.generation = 0
        self.forget_next = False
        self.quads = np.array(
            [
                [0, 0, 0, 0, 0],
                [0xFFFF | 2 << 16, 6 | 10 << 16, 30 | 40 << 16, 3, OPAQUE],
                [0, 16 | 16 << 16, 1 | 2 << 16, 1 | 1 << 16, OPAQUE],
            ],
            np.uint32,
        )

    def sprites(self, cells, cluster_text):
        if self.forget_next:
            self.generation, self.forget_next = self.generation + 1, False
        code = cells[..., c.CHAR] & c.CODEPOINT
        sprites = ((code > 0x20) & (cells[..., c.ATTRS] & c.HIDDEN == 0)).astype(np.uint32)
        return np.where(code == 0x1F600, np.uint32(2), sprites)


def frame(screen):
    return Frame(BoxGlyphs(), screen.columns * 8 + 10, screen.lines * 16 + 10, (5, 5))


def painted(screen, overlay=None, **options):
    """The quads of a first drawing of `screen`."""
    changes = frame(screen).update(screen, overlay or Overlay(), **options)
    return changes.batches[0].quads


def test_the_first_drawing_paints_every_row():
    screen = FakeScreen(3, 8)
    changes = frame(screen).update(screen)
    assert changes.everything
    assert changes.rows == [0, 1, 2]


def test_nothing_changed_is_none():
    screen = FakeScreen(3, 8)
    shown = frame(screen)
    shown.update(screen)
    assert shown.update(screen) is None


def test_one_changed_row_takes_and_touches_only_that_row():
    screen = FakeScreen(5, 8)
    shown = frame(screen)
    shown.update(screen)
    screen.taken.clear()
    screen.write(2, 0, "x")
    changes = shown.update(screen)
    assert screen.taken == changes.rows == [2]
    assert changes.erased == [(2, 3)]
    assert not changes.everything
    assert not changes.moves
    assert changes.batches[0].quads.glyphs.view(np.int16)[:, 1].tolist() == [5 + 2 * 16 + 2]


def test_a_moving_cursor_repaints_where_it_was_and_is():
    screen = FakeScreen(5, 8, FakeCursor(1, 0, True))
    shown = frame(screen)
    shown.update(screen)
    screen.cursor = FakeCursor(3, 4, True)
    assert shown.update(screen).rows == [1, 3]
    assert shown.update(screen, cursor_on=False).rows == [3]
    assert shown.update(screen, cursor_on=False) is None
    assert shown.update(screen, focused=False).rows == [3]


def test_an_overlay_repaints_only_the_rows_where_it_differs():
    screen = FakeScreen(5, 8)
    shown = frame(screen)
    shown.update(screen)
    above, below = Span(1, 0, 4, INVERT, INVERT), Span(2, 0, 4, INVERT, INVERT)
    assert shown.update(screen, Overlay((above, below))).rows == [1, 2]
    assert shown.update(screen, Overlay((above,))).rows == [2]
    assert shown.update(screen, Overlay((above,))) is None
    assert shown.update(screen).rows == [1]


def test_blinking_repaints_only_rows_that_blink():
    screen = FakeScreen(4, 8)
    screen.write(1, 0, "blink", attrs=c.BLINK)
    shown = frame(screen)
    shown.update(screen)
    hidden = shown.update(screen, blink_on=False)
    assert hidden.rows == [1]
    assert not len(hidden.batches[0].quads.glyphs)
    assert len(shown.update(screen, blink_on=True).batches[0].quads.glyphs) == 5
    assert shown.blinks
    screen.write(1, 0, "still")
    shown.update(screen)
    assert not shown.blinks


@pytest.mark.parametrize(
    "change",
    [
        lambda screen: setattr(screen, "palette_seqno", 1),
        lambda screen: setattr(screen, "reverse", True),
    ],
)
def test_a_change_of_colors_repaints_everything(change):
    screen = FakeScreen(3, 8)
    shown = frame(screen)
    shown.update(screen)
    change(screen)
    assert shown.update(screen).everything


def test_scrolled_rows_are_moved_not_painted():
    screen = FakeScreen(6, 8)
    for row in range(6):
        screen.write(row, 0, f"row {row}")
    shown = frame(screen)
    shown.update(screen)
    screen.scroll(2)
    changes = shown.update(screen)
    assert changes.moves == [Move(2, 0, 4)]
    assert changes.rows == [4, 5]


def test_a_scrolled_region_moves_alone():
    screen = FakeScreen(9, 8)
    shown = frame(screen)
    shown.update(screen)
    screen.scroll(1, 2, 8)
    changes = shown.update(screen)
    assert changes.moves == [Move(3, 2, 5)]
    assert changes.rows == [7]


def test_rows_dressed_before_or_after_are_not_moved():
    screen = FakeScreen(8, 8, FakeCursor(5, 0, True))
    shown = frame(screen)
    shown.update(screen, Overlay((Span(2, 0, 3, INVERT, INVERT),)))
    screen.scroll(1)
    screen.cursor.line = 3
    changes = shown.update(screen)
    # Row 1 shows what lay under the span, 4 what lay under the cursor; 3 now has the cursor.
    assert changes.moves == [Move(1, 0, 1), Move(3, 2, 1), Move(6, 5, 2)]
    assert changes.rows == [1, 3, 4, 7]


def test_a_moved_row_still_blinks():
    screen = FakeScreen(6, 8)
    screen.write(4, 0, "blink", attrs=c.BLINK)
    shown = frame(screen)
    shown.update(screen)
    screen.scroll(1)
    assert 3 not in shown.update(screen).rows
    assert shown.update(screen, blink_on=False).rows == [3]


def test_an_atlas_that_forgot_is_painted_from_anew():
    screen = FakeScreen(4, 8)
    shown = frame(screen)
    shown.update(screen)
    screen.write(1, 0, "x")
    shown.glyphs.forget_next = True
    changes = shown.update(screen)
    assert changes.everything
    assert changes.rows == [0, 1, 2, 3]
    assert shown.update(screen) is None


def test_a_glyph_quad_says_where_from_and_in_which_color():
    screen = FakeScreen(2, 4)
    screen.write(1, 2, "x", fg=RED)
    (quad,) = painted(screen).glyphs
    assert quad.view(np.int16)[:8].tolist() == [5 + 2 * 8 - 1, 5 + 16 + 2, 6, 10, 30, 40, 3, 0]
    assert quad[4] == OPAQUE | ANSI[1]


def test_colored_glyphs_are_kept_apart():
    screen = FakeScreen(1, 4)
    screen.write(0, 0, "a\U0001f600")
    quads = painted(screen)
    assert len(quads.glyphs) == len(quads.color_glyphs) == 1
    assert quads.color_glyphs.view(np.uint16)[0, 6] == 1


def colors_of(screen, column=0, **options):
    """(fg, bg) of a cell of row 0 as painted; it must hold a character."""
    quads = painted(screen, **options)
    index = np.flatnonzero(screen.cells[0, :, c.CHAR] > 0x20).tolist().index(column)
    return int(quads.glyphs[index, 4]) ^ OPAQUE, int(quads.cells[0, column]) ^ OPAQUE


RGB = c.COLOR_RGB | 0x204080
BY_ATTRIBUTES = (
    # fg word, bg word, attributes, look → fg, bg as painted
    (0, 0, 0, Look(), FOREGROUND, BACKGROUND),
    (RED, RGB, 0, Look(), ANSI[1], 0x204080),
    (RED, 0, c.INVERSE, Look(), BACKGROUND, ANSI[1]),
    (RED, RGB, c.INVERSE, Look(), 0x204080, ANSI[1]),
    (c.COLOR_RGB | 0xFFFFFF, 0, c.DIM, Look(), 0xA8A8A8, BACKGROUND),
    (c.COLOR_RGB | 0xFFFFFF, 0, c.DIM | c.INVERSE, Look(), BACKGROUND, 0xA8A8A8),
    (RED, 0, c.BOLD, Look(), ANSI[1], BACKGROUND),
    (RED, 0, c.BOLD, Look(bold_is_bright=True), ANSI[9], BACKGROUND),
    (RED | 8, 0, c.BOLD, Look(bold_is_bright=True), ANSI[9], BACKGROUND),
    (c.COLOR_RGB | 1, 0, c.BOLD, Look(bold_is_bright=True), 1, BACKGROUND),
    (c.COLOR_PALETTE | 231, c.COLOR_PALETTE | 232, 0, Look(), 0xFFFFFF, 0x080808),
)

DIM_TABLE = tuple(0xD00000 + i for i in range(8))
DIMS = Look(dim_colors=DIM_TABLE, dim_foreground=0xDD0000)
BRIGHT = Look(bold_is_bright=True, bright_foreground=0xBB0000, dim_colors=DIM_TABLE)
#: Alacritty's, where it says something. [alacritty/src/display/content.rs, compute_fg_rgb]
DIM_AND_BRIGHT = (
    (0, 0, c.DIM, Look(), 0x8E8E8E, BACKGROUND),
    (RED, 0, c.DIM, Look(), 0x712B2B, BACKGROUND),
    (RED | 8, 0, c.DIM, Look(), ANSI[1], BACKGROUND),
    (c.COLOR_PALETTE | 231, 0, c.DIM, Look(), 0xA8A8A8, BACKGROUND),
    (0, 0, c.DIM, DIMS, 0xDD0000, BACKGROUND),
    (0, 0, c.DIM | c.INVERSE, DIMS, BACKGROUND, 0xDD0000),
    (RED, RED, c.DIM, DIMS, DIM_TABLE[1], ANSI[1]),
    (RED, 0, c.DIM | c.BOLD, DIMS, DIM_TABLE[1], BACKGROUND),
    (RED | 8, 0, c.DIM, DIMS, ANSI[1], BACKGROUND),
    (c.COLOR_PALETTE | 231, 0, c.DIM, DIMS, 0xA8A8A8, BACKGROUND),
    (c.COLOR_RGB | 0xFFFFFF, 0, c.DIM, DIMS, 0xA8A8A8, BACKGROUND),
    (0, 0, c.BOLD, BRIGHT, 0xBB0000, BACKGROUND),
    (0, 0, c.BOLD, Look(bright_foreground=0xBB0000), FOREGROUND, BACKGROUND),
    (0, 0, c.BOLD, Look(bold_is_bright=True), FOREGROUND, BACKGROUND),
    (RED, 0, c.BOLD, BRIGHT, ANSI[9], BACKGROUND),
    (RED, 0, c.BOLD | c.DIM, BRIGHT, ANSI[1], BACKGROUND),  # one undoes the other
    (RED | 8, 0, c.BOLD | c.DIM, BRIGHT, ANSI[9], BACKGROUND),
    (0, 0, c.BOLD | c.DIM, BRIGHT, FOREGROUND, BACKGROUND),
    (0, 0, c.BOLD | c.DIM, Look(bold_is_bright=True), 0x8E8E8E, BACKGROUND),
    (c.COLOR_RGB | 0xFFFFFF, 0, c.BOLD | c.DIM, BRIGHT, 0xA8A8A8, BACKGROUND),
)


@pytest.mark.parametrize(
    ("fg", "bg", "attrs", "look", "foreground", "background"), BY_ATTRIBUTES + DIM_AND_BRIGHT
)
def test_colors_by_attribute(fg, bg, attrs, look, foreground, background):
    screen = FakeScreen(1, 2)
    screen.write(0, 0, "x", fg=fg, bg=bg, attrs=attrs)
    assert colors_of(screen, look=look) == (foreground, background)


@pytest.mark.parametrize("attrs", [c.DIM, c.BOLD])
def test_reverse_video_has_no_dim_or_bright_foreground_of_its_own(attrs):
    screen = FakeScreen(1, 2, reverse=True)
    screen.write(0, 0, "x", attrs=attrs)
    look = Look(dim_foreground=0xDD0000, bright_foreground=0xBB0000, bold_is_bright=True)
    shown = colors_of(screen, look=look)
    assert shown == (0x0F0F0F if attrs == c.DIM else BACKGROUND, FOREGROUND)


@pytest.mark.parametrize(
    ("span", "foreground", "background"),
    [
        (Span(0, 0, 1, INVERT, INVERT), BACKGROUND, ANSI[1]),
        (Span(0, 0, 1, RGB, None), 0x204080, BACKGROUND),
        (Span(0, 0, 1, None, RGB), ANSI[1], 0x204080),
        (Span(0, 0, 1, RED, RED), BACKGROUND, FOREGROUND),  # text would be lost
    ],
)
@pytest.mark.parametrize("inverse", [False, True])
def test_colors_under_a_span(span, foreground, background, inverse):
    screen = FakeScreen(1, 2)
    screen.write(0, 0, "x", fg=RED, attrs=c.INVERSE * inverse)
    if inverse:  # a span sees the colours as they are shown
        if span.fg == INVERT:
            foreground, background = background, foreground
        elif span.bg is None:
            background = ANSI[1]
        elif span.fg is None:
            foreground = BACKGROUND
    changes = frame(screen).update(screen, Overlay((span,)))
    quads = changes.batches[0].quads
    assert int(quads.glyphs[0, 4]) == OPAQUE | foreground
    assert int(quads.cells[0, 0]) == OPAQUE | background


def test_a_block_cursor_exchanges_the_cells_colors_or_takes_its_own():
    screen = FakeScreen(1, 4, FakeCursor(0, 0, True))
    screen.write(0, 0, "x", fg=RED)
    assert colors_of(screen) == (BACKGROUND, ANSI[1])
    screen.palette[258] = 0x112233
    assert colors_of(screen) == (BACKGROUND, 0x112233)
    screen.palette[259] = 0x445566
    assert colors_of(screen) == (0x445566, 0x112233)


def test_a_cursor_that_could_not_be_found_takes_the_default_colors():
    screen = FakeScreen(1, 4, FakeCursor(0, 0, True))
    screen.write(0, 0, "x", fg=c.COLOR_RGB | 0x303030, bg=c.COLOR_RGB | 0x202020)
    assert colors_of(screen) == (BACKGROUND, FOREGROUND)


def test_a_wide_cursor_covers_two_cells_but_never_leaves_the_line():
    screen = FakeScreen(1, 4, FakeCursor(0, 1, True, wide=True))
    grounds = painted(screen).cells[0] & 0xFFFFFF
    assert grounds.tolist() == [BACKGROUND, FOREGROUND, FOREGROUND, BACKGROUND]
    screen.cursor.column = 9
    grounds = painted(screen).cells[0] & 0xFFFFFF
    assert grounds.tolist() == [BACKGROUND] * 3 + [FOREGROUND]


def test_a_cursor_outside_the_viewport_is_not_drawn():
    screen = FakeScreen(2, 4, FakeCursor(7, 0, True))
    assert not len(painted(screen).backgrounds)


def test_cursor_outlines():
    screen = FakeScreen(2, 4, FakeCursor(1, 2, True, "beam"))
    assert painted(screen).over.view(np.int16)[:, :4].tolist() == [[21, 21, 1, 16]]
    screen.cursor.shape = "underline"
    assert painted(screen).over.view(np.int16)[:, :4].tolist() == [[21, 36, 8, 1]]
    assert len(painted(screen, focused=False).over) == 4
    assert len(painted(screen, focused=False, look=Look(hollow_unfocused=False)).over) == 1


def test_straight_lines_join_over_cells_of_one_color():
    screen = FakeScreen(1, 8)
    single = 1 << c.UNDERLINE_SHIFT
    screen.write(0, 0, "abc", attrs=single)
    screen.write(0, 3, "de", fg=RED, attrs=single)
    screen.write(0, 6, "f", attrs=c.STRIKE | c.OVERLINE)
    rectangles = painted(screen).fills.view(np.int16)[:, :4].tolist()
    assert rectangles == [[5, 18, 24, 1], [29, 18, 16, 1], [53, 13, 8, 1], [53, 5, 8, 1]]


def test_rows_without_own_backgrounds_are_left_bare():
    screen = FakeScreen(6, 4)
    for row in (1, 2, 4):
        screen.write(row, 0, "x", bg=RED)
    quads = painted(screen).backgrounds
    half = quads.view(np.int16)
    # (y, height) on the canvas; (first, columns, count) in the picture of cells
    assert half[:, [1, 3]].tolist() == [[21, 32], [69, 16]]
    assert half[:, 5:8].tolist() == [[1, 4, 2], [4, 4, 1]]


def test_double_size_rows_are_batches_of_their_own():
    screen = FakeScreen(3, 8)
    for row in range(3):
        screen.write(row, 0, "abcdefgh")
    screen.row_flags[1] = 2 << c.ROW_SIZE_SHIFT
    batches = frame(screen).update(screen).batches
    assert [(batch.size, batch.row, len(batch.quads.glyphs)) for batch in batches] == [
        (0, -1, 16),
        (2, 1, 4),
    ]


def test_runs_stop_at_the_end_of_a_row_and_leave_out_zero():
    keys = np.array([[1, 1, 0, 2], [2, 2, 2, 2], [0, 0, 0, 0], [0, 3, 4, 4]], np.uint32)
    found = [array.tolist() for array in runs(keys)]
    assert list(zip(*found, strict=True)) == [
        (0, 0, 2, 1),
        (0, 3, 4, 2),
        (1, 0, 4, 2),
        (3, 1, 2, 3),
        (3, 2, 4, 4),
    ]


def test_contrast_is_that_of_wcag():
    assert contrast(0, 0xFFFFFF) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("height", range(1, 40))
def test_lines_stay_inside_any_cell(height):
    thickness = max(1, height // 12)
    metrics = Metrics(8, height, height - height // 5, height // 5, height - thickness,
                      thickness, 0, 1, 1)  # fmt: skip
    upper, lower = double_underline_tops(metrics)
    assert 0 <= upper <= lower <= height - thickness
    top, band = curl_band(metrics)
    assert top >= 0
    assert top + band == height
