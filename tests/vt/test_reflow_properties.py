"""Whatever a screen shows and keeps survives any sequence of sizes; hypothesis looks for one that
loses a character, a colour, a link, a prompt mark or the cursor's place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gputerm.vt.core.cells import FILLER, ROW_OUTPUT, ROW_PROMPT, ROW_WRAPPED, TAIL
from gputerm.vt.core.reflow import wanted_points

MARKS = ROW_PROMPT | ROW_OUTPUT
RENDITIONS = ("\x1b[31m", "\x1b[1;4m", "\x1b[7m", "\x1b[m")

# No background: what a scroll fills with it lies below the cursor, where a smaller screen cuts it.
pieces = st.sampled_from(
    ["a", "bc ", "  ", "日", "本語", "e\u0301", "👍🏽", "❤\ufe0f", *RENDITIONS]
)
lines = st.tuples(
    st.lists(pieces, max_size=30),
    st.sampled_from([0, 0, ROW_PROMPT, ROW_OUTPUT]),
    st.sampled_from(["", "", "http://a", "http://b"]),
)
sizes = st.lists(st.tuples(st.integers(3, 9), st.integers(2, 40)), min_size=1, max_size=5)


def write(term, content):
    """One line after the other, each with its mark and link; the cursor ends behind the last."""
    for number, (text, mark, link) in enumerate(content):
        if number:
            term.feed("\r\n")
        term.screen.grid.set_flags(term.screen.line, mark)
        term.screen.set_hyperlink(link, "")
        term.feed("".join(text) + "\x1b[m")
        term.screen.set_hyperlink("", "")


def rows(term):
    """(cells, flags) of each line kept, oldest first."""
    screen = term.screen
    for line in range(screen.first_line, screen.screen_top):
        yield screen.history.cells(line).tolist(), screen.history.flags(line)
    for line in range(screen.lines):
        yield screen.grid.row(line).tolist(), screen.grid.flags(line)


def look(term, cell):
    char, fg, bg, attrs = cell
    text = term.screen.clusters.text(char & 0x1FFFFF) if char >> 31 else chr(char & 0x1FFFFF)
    return text, fg, bg, attrs & 0xFFFF, term.screen.extras.hyperlink(attrs >> 16)


def logical(term, points):
    """The lines as the program wrote them, each with its marks; and where points are in them.

    A point (stable line, column) becomes (logical line, offset in cells).
    """
    result, marks, places = [], [], {}
    cells, seen = [], 0
    for number, (row, flags) in enumerate(rows(term), term.screen.first_line):
        wrapped = flags & ROW_WRAPPED
        if wrapped and row[-1][0] & FILLER:
            row = row[:-1]
        for line, column in points:
            if line == number:
                places[line, column] = (len(result), len(cells) + min(column, len(row)))
        seen |= flags & MARKS
        cells += row
        if not wrapped:
            while cells and not any(cells[-1]):
                cells.pop()
            result.append([look(term, cell) for cell in cells if not cell[0] & TAIL])
            marks.append(seen)
            cells, seen = [], 0
    while result and not result[-1] and not marks[-1]:
        result.pop()
        marks.pop()
    return result, marks, [places.get(point) for point in points]


def cursors(term):
    return [
        (term.screen.screen_top + cursor.line, cursor.column + cursor.pending_wrap)
        for cursor in (term.screen, term.screen.saved)
    ]


@given(content=st.lists(lines, max_size=8), sizes=sizes)
@settings(deadline=None, max_examples=60)
def test_nothing_is_lost(new_term, content, sizes):
    term = new_term(6, 20, history=1000)
    write(term, content)
    term.feed("\x1b7")
    before = logical(term, cursors(term))
    for size in [*sizes, (6, 20)]:
        term.screen.resize(*size)
        term.screen.check()
        assert logical(term, cursors(term)) == before, size


@given(
    content=st.lists(lines, max_size=8),
    cursor=st.tuples(st.integers(1, 6), st.integers(1, 20)),
    sizes=sizes,
)
@settings(deadline=None, max_examples=60)
def test_nothing_is_lost_wherever_the_cursor_is(new_term, content, cursor, sizes):
    """Not even below it. A cursor left in another line has its own again once that returns."""
    term = new_term(6, 20, history=1000)
    write(term, [([*text, "."], mark, link) for text, mark, link in content])
    term.feed(f"\x1b[{cursor[0]};{cursor[1]}H")
    before = logical(term, cursors(term)[:1])
    for size in [*sizes, (6, 20)]:
        term.screen.resize(*size)
        term.screen.check()
        place = wanted_points(term.screen)[0]
        assert logical(term, [place]) == before, size
        if place[0] >= term.screen.screen_top:
            assert cursors(term)[0] == place, size
    assert cursors(term)[0] == place


@given(
    text=st.lists(pieces, max_size=4),
    sizes=st.lists(st.tuples(st.integers(4, 9), st.integers(8, 40)), min_size=1, max_size=5),
    columns=st.tuples(st.integers(1, 20), st.integers(1, 20)),
)
@settings(deadline=None, max_examples=60)
def test_a_cursor_within_a_line_stays_on_its_character(new_term, text, sizes, columns):
    """And the saved one on its own, where the line fits."""
    term = new_term(6, 20, history=1000)
    term.feed("".join(text))
    # Blanks behind the text are kept for the cursor, not for the saved one.
    saved, column = min(columns[0], term.screen.column + 1), columns[1]
    term.feed(f"\x1b[{saved}G\x1b7\x1b[{column}G")
    before = logical(term, cursors(term))
    for size in sizes:
        term.screen.resize(*size)
        assert logical(term, cursors(term)) == before, size


@given(content=st.lists(lines, min_size=3, max_size=8), columns=st.integers(2, 40))
@example(content=[(["a" * 19, "日"], 0, "http://a")] * 3, columns=2)
@settings(deadline=None, max_examples=50)
def test_there_and_back_is_the_same_row_by_row(new_term, content, columns):
    term = new_term(6, 20, history=1000)
    write(term, content)
    before = list(rows(term))[: term.screen.screen_top + term.screen.line + 1]
    term.screen.resize(6, columns)
    term.screen.resize(6, 20)
    after = list(rows(term))[: term.screen.screen_top + term.screen.line + 1]
    blank = [0, 0, 0, 0]
    assert len(after) == len(before)
    for (cells, flags), (old_cells, old_flags) in zip(after, before, strict=True):
        assert flags == old_flags
        assert [c if c[0] or c[2] else blank for c in cells] == [
            c if c[0] or c[2] else blank for c in old_cells
        ]


@pytest.mark.parametrize("columns", [2, 3, 5, 39])
def test_a_mark_stays_with_the_character_that_began_its_row(term, columns):
    term.feed("0123456789\r\n$ ls\r\nout")
    term.screen.grid.set_flags(1, ROW_PROMPT)
    term.screen.resize(8, columns)
    marked = [cells[0][0] for cells, flags in rows(term) if flags & ROW_PROMPT]
    assert marked == [ord("$")]
