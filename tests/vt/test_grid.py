"""The grid by itself: slots, hints, rectangles."""

import random

import numpy as np
import pytest

from gputerm.vt.core.cells import ROW_PROMPT, ROW_WRAPPED, TAIL, WIDE
from gputerm.vt.core.grid import Grid


@pytest.fixture
def grid():
    grid = Grid(4, 6)
    for line, text in enumerate(("abcdef", "ghijkl", "mnopqr", "stuvwx")):
        grid.row(line)[:, 0] = [ord(c) for c in text]
        grid.touch(line)
    return grid


def texts(grid):
    return [grid.text(line) for line in range(grid.lines)]


def test_a_fresh_grid_is_blank():
    grid = Grid(2, 3)
    assert not grid.array.any()
    assert texts(grid) == ["", ""]
    assert grid.lines_in_use() == 0
    grid.check()


def test_row_is_a_view(grid):
    grid.row(1)[0, 0] = ord("X")
    grid.touch(1)
    assert texts(grid)[1] == "Xhijkl"


def test_touch_stamps_one_row(grid):
    grid.begin(7)
    seqnos = grid.row_seqnos.copy()
    grid.begin(8)
    grid.row_seqnos[:] = seqnos
    grid.touch(2)
    assert grid.row_seqnos.tolist() == [7, 7, 8, 7]


def test_flags_are_set_and_cleared(grid):
    grid.set_flags(1, ROW_PROMPT | ROW_WRAPPED)
    grid.set_flags(1, 0, ROW_WRAPPED)
    assert grid.flags(1) == ROW_PROMPT
    assert grid.flags(0) == 0


def test_scrolling_whole_lines_takes_flags_along(grid):
    grid.set_flags(2, ROW_PROMPT)
    grid.scroll_up(0, 4, 0, 6, 1, 0)
    assert texts(grid) == ["ghijkl", "mnopqr", "stuvwx", ""]
    assert grid.flags(1) == ROW_PROMPT
    grid.scroll_down(1, 4, 0, 6, 2, 0)
    assert texts(grid) == ["ghijkl", "", "", "mnopqr"]
    assert grid.flags(3) == ROW_PROMPT
    grid.check()


@pytest.mark.parametrize("count", [4, 5, 1000])
def test_scrolling_further_than_the_region_blanks_it(grid, count):
    grid.scroll_up(0, 4, 0, 6, count, 0)
    assert texts(grid) == [""] * 4
    grid.check()


def test_scrolling_a_rectangle_copies(grid):
    grid.scroll_up(1, 4, 2, 4, 1, 0)
    assert texts(grid) == ["abcdef", "ghopkl", "mnuvqr", "st  wx"]
    grid.scroll_down(0, 3, 0, 1, 1, 0)
    assert texts(grid) == [" bcdef", "ahopkl", "gnuvqr", "st  wx"]
    grid.check()


def test_erase_reports_nothing_beyond_used(grid):
    grid.erase(0, 3, 6, 0, False)
    grid.erase(1, 0, 6, 0x1000001, False)
    assert grid.text(0) == "abc"
    assert (grid.row(1)[:, 2] == 0x1000001).all()
    grid.check()


def test_lines_in_use_counts_up_to_the_last_that_is_not_blank(grid):
    grid.erase_lines(2, 4, 0)
    assert grid.lines_in_use() == 2
    grid.touch(3)
    assert grid.lines_in_use() == 2


def test_check_notices_a_broken_row(grid):
    grid.row(0)[2, 0] = TAIL
    with pytest.raises(AssertionError):
        grid.check()
    grid.row(0)[1, 0] = ord("w") | WIDE
    grid.check()


def test_random_edits_equal_numpy():
    """Insert, delete, erase and scroll against the same on a plain array, nothing wide."""
    rng = random.Random(11)
    grid, model = Grid(5, 8), np.zeros((5, 8, 4), np.uint32)
    for step in range(2000):
        line = rng.randrange(5)
        start = rng.randrange(8)
        stop = rng.randint(start, 8)
        count = rng.randint(0, 9)
        bg = rng.choice((0, 0, 0x1000002))
        blank = np.array([0, 0, bg, 0], np.uint32)
        top, bottom = sorted(rng.sample(range(6), 2))
        match rng.randrange(6):
            case 0:
                grid.fill(line, start, stop, 0x41 + step % 26, 1 << 24, 0, 1)
                model[line, start:stop] = (0x41 + step % 26, 1 << 24, 0, 1)
            case 1:
                grid.erase(line, start, stop, bg, False)
                model[line, start:stop] = blank
            case 2 if stop > start:
                n = min(count, stop - start)
                grid.insert_cells(line, start, stop, count, bg)
                model[line, start + n : stop] = model[line, start : stop - n].copy()
                model[line, start : start + n] = blank
            case 3 if stop > start:
                n = min(count, stop - start)
                grid.delete_cells(line, start, stop, count, bg)
                model[line, start : stop - n] = model[line, start + n : stop].copy()
                model[line, stop - n : stop] = blank
            case 4 if stop > start:
                n = min(count, bottom - top)
                grid.scroll_up(top, bottom, start, stop, count, bg)
                model[top : bottom - n, start:stop] = model[top + n : bottom, start:stop].copy()
                model[bottom - n : bottom, start:stop] = blank
            case 5 if stop > start:
                n = min(count, bottom - top)
                grid.scroll_down(top, bottom, start, stop, count, bg)
                model[top + n : bottom, start:stop] = model[top : bottom - n, start:stop].copy()
                model[top : top + n, start:stop] = blank
        grid.check()
        assert (grid.array[grid.index] == model).all(), step


@pytest.mark.parametrize(
    "edit",
    [
        lambda grid: grid.touch(4),
        lambda grid: grid.split_wide(-1, 2),
        lambda grid: grid.erase(0, 0, 7, 0, False),
        lambda grid: grid.erase(0, 5, 3, 0, False),
        lambda grid: grid.erase(4, 0, 6, 0, False),
        lambda grid: grid.fill(0, -1, 6, 0x41, 0, 0, 0),
        lambda grid: grid.fill(2**31 - 1, 0, 6, 0x41, 0, 0, 0),
        lambda grid: grid.erase_lines(0, 5, 0),
        lambda grid: grid.scroll_up(0, 5, 0, 6, 1, 0),
        lambda grid: grid.scroll_up(0, 4, 0, 7, 1, 0),
        lambda grid: grid.scroll_down(-1, 4, 0, 6, 1, 0),
        lambda grid: grid.insert_cells(0, 0, 7, 1, 0),
        lambda grid: grid.delete_cells(0, -1, 6, 1, 0),
    ],
)
def test_what_does_not_exist_is_refused(grid, edit):
    before = grid.array.copy()
    with pytest.raises(IndexError, match="within 4 x 6"):
        edit(grid)
    assert (grid.array == before).all()


def test_where_lines_are_stored_is_not_written_from_outside(grid):
    with pytest.raises(ValueError, match="read-only"):
        grid.index[0] = 3
