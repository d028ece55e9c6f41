"""History: what is encoded comes back, and memory stays in proportion."""

import random

import numpy as np
import pytest

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core.cells import CLUSTER, FILLER, PROTECTED, ROW_PROMPT, TAIL, WIDE
from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History


def push(history, cells, flags=0):
    """Appends one line given as uint32[columns, 4]; returns its number."""
    grid = Grid(1, len(cells))
    grid.load(0, cells, flags)
    history.append_line(grid, 0)
    return history.stop - 1


def random_cells(rng, columns):
    cells = np.zeros((columns, 4), np.uint32)
    kind = rng.randrange(4)
    fg = bg = attrs = 0
    column = 0
    while column < rng.randint(0, columns):
        if rng.random() < 0.3:
            colors = (0, 1 << 24 | rng.randrange(256), 2 << 24 | rng.randrange(1 << 24))
            fg, bg = rng.choice(colors), rng.choice(colors)
            attrs = rng.randrange(1 << 12) | rng.choice((0, 0, rng.randrange(1 << 16) << 16))
        char = rng.choice(
            (
                (0x41,),
                (0x41, 0xE9),
                (0x41, 0x20AC, ord("日") | WIDE),
                (0x1F600 | WIDE, CLUSTER | 77, CLUSTER | WIDE | 0x1FFFF, 0x41 | PROTECTED, 0xFFFF),
            )[kind]
        )
        cells[column] = (char, fg, bg, attrs)
        column += 1
        if char & WIDE:
            if column == columns:
                cells[column - 1] = (FILLER, fg, bg, attrs)
            else:
                cells[column] = (TAIL | char & PROTECTED, fg, bg, attrs)
                column += 1
    return cells


def test_any_line_comes_back_as_it_was():
    rng = random.Random(2)
    history = History(40, 10_000)
    lines = [random_cells(rng, 40) for _ in range(3000)]
    for number, cells in enumerate(lines):
        assert push(history, cells, number & 0x1F) == number
    history.check()
    for number, cells in enumerate(lines):
        assert (history.cells(number) == cells).all(), number
        assert history.flags(number) == number & 0x1F


def test_a_line_wider_than_a_page():
    rng = random.Random(4)
    cells = np.zeros((9000, 4), np.uint32)
    cells[:, 0] = 0x1F600
    cells[:, 1] = [2 << 24 | rng.randrange(1 << 24) for _ in range(9000)]
    history = History(9000, 10)
    for _ in range(12):
        number = push(history, cells)
        history.check()
    assert (history.cells(number) == cells).all()
    assert len(history) == 10


def test_blank_lines_keep_their_number():
    history = History(10, 100)
    for _ in range(5):
        push(history, np.zeros((10, 4), np.uint32))
    assert (history.first, history.stop, len(history)) == (0, 5, 5)
    assert not history.cells(3).any()


def test_the_oldest_lines_are_evicted():
    history = History(10, 100)
    cells = np.zeros((10, 4), np.uint32)
    for number in range(10_000):
        cells[0, 0] = number % 1000 + 1
        push(history, cells)
        assert len(history) == min(number + 1, 100)
    history.check()
    assert (history.first, history.stop) == (9900, 10_000)
    assert history.cells(9900)[0, 0] == 901
    for line in (9899, 10_000, -1):
        with pytest.raises(IndexError):
            history.cells(line)


def test_no_history_keeps_nothing_and_still_counts():
    history = History(10, 0)
    cells = np.ones((10, 4), np.uint32)
    for _ in range(100):
        push(history, cells)
    assert (history.first, history.stop, history.size_bytes) == (100, 100, 0)


def test_the_limit_changes_live():
    history = History(80, 10_000)
    cells = np.zeros((80, 4), np.uint32)
    cells[:, 0] = 0x41
    for _ in range(10_000):
        push(history, cells)
    before = history.size_bytes
    history.set_limit(100)
    history.check()
    assert len(history) == 100
    assert history.size_bytes < before / 5
    history.set_limit(0)
    assert history.size_bytes == 0
    history.set_limit(5)
    for _ in range(9):
        push(history, cells)
    history.check()
    assert len(history) == 5


def test_clear_evicts_all():
    history = History(10, 100)
    for _ in range(5):
        push(history, np.ones((10, 4), np.uint32))
    history.clear()
    assert (history.first, history.stop, history.size_bytes) == (5, 5, 0)
    push(history, np.ones((10, 4), np.uint32))
    assert history.cells(5).any()


def test_pop_takes_lines_back_across_pages():
    history = History(80, 100_000)
    cells = np.zeros((80, 4), np.uint32)
    for number in range(5000):
        cells[:, 0] = number % 90 + 0x21
        push(history, cells)
    while len(history) > 3:
        history.pop()
        if len(history) % 500 == 0:
            history.check()
    assert history.cells(2)[0, 0] == 2 + 0x21
    cells[:, 0] = 0x7A
    push(history, cells)
    assert history.cells(3)[79, 0] == 0x7A
    for _ in range(4):
        history.pop()
    assert len(history) == 0
    push(history, cells)
    assert history.cells(0)[0, 0] == 0x7A


def test_flags_can_be_changed_later():
    history = History(10, 100)
    cells = np.zeros((10, 4), np.uint32)
    cells[:, 0] = 0x41
    push(history, cells)
    history.set_flags(0, ROW_PROMPT)
    assert history.flags(0) == ROW_PROMPT
    assert (history.cells(0) == cells).all()


def test_log_text_costs_little_more_than_its_bytes(make_term):
    term = make_term(24, 120, history=20_000)
    line = ("2026-03-01 12:00:00 INFO something happened somewhere " * 3)[:118]
    term.screen.set_history_limit(20_000)
    for _ in range(21):
        term.parser.feed((line + "\r\n").encode() * 1000)
    assert len(term.screen.history) == 20_000
    assert term.screen.history.size_bytes < 20_000 * 130


def test_lines_of_color_stay_below_ten_bytes_a_cell():
    rng = random.Random(6)
    history = History(80, 2000)
    cells = np.zeros((80, 4), np.uint32)
    cells[:, 0] = 0x41
    cells[:, 1] = [2 << 24 | rng.randrange(1 << 24) for _ in range(80)]
    cells[:, 2] = [2 << 24 | rng.randrange(1 << 24) for _ in range(80)]
    for _ in range(2000):
        push(history, cells)
    assert (history.cells(1000) == cells).all()
    assert history.size_bytes < 2000 * 80 * 10


def test_only_lines_that_exist_and_fit_are_appended():
    history = History(10, 100)
    with pytest.raises(IndexError):
        history.append_line(Grid(2, 10), 2)
    with pytest.raises(ValueError, match="20 columns"):
        history.append_line(Grid(2, 20), 0)
    assert len(history) == 0


COLUMNS = 543


def test_long_runs_of_one_style_fill_a_page_to_the_brim():
    """A run counts 255 cells at most, and every part of a run is reckoned with: COLUMNS is a length
    with which the last line of a page would meet the directory of offsets otherwise."""
    cells = np.zeros((COLUMNS, 4), np.uint32)
    cells[:] = (0x41, 2 << 24 | 0x123456, 2 << 24 | 0x654321, 7 << 16 | 1)
    history = History(COLUMNS, 1000)
    for _ in range(200):
        push(history, cells, ROW_PROMPT)
    history.check()
    for line in range(200):
        assert (history.cells(line) == cells).all(), line
        assert history.flags(line) == ROW_PROMPT


@pytest.mark.parametrize("forget", [b"\x1b[3J", b"\x1bc"])
def test_the_memory_of_history_is_freed_a_few_pages_at_a_time(forget):
    terminal = Terminal(4, 200, TerminalOptions(history=100_000))
    for _ in range(100):
        terminal.feed(b"%0199d\r\n" * 1000 % tuple(range(1000)))
    assert not terminal.reflowing
    assert terminal.screen.history.size_bytes > 200 << 16
    terminal.feed(forget)
    assert terminal.screen.history.size_bytes == 0
    slices = 0
    while terminal.reflowing:
        assert terminal.reflow(anchors=[(terminal.screen_top, 1)]) == [(terminal.screen_top, 1)]
        slices += 1
    assert 3 <= slices < 50


def test_memory_that_is_not_freed_yet_is_used_again():
    terminal = Terminal(4, 200, TerminalOptions(history=100_000))
    lines = b"%0199d\r\n" * 1000 % tuple(range(1000))
    terminal.feed(lines * 50)
    terminal.feed(b"\x1b[3J")
    terminal.feed(lines * 50)
    assert not terminal.screen.history.freeing
