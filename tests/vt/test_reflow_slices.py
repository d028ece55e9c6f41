"""A resize reflows what is near the screen; older lines follow in slices. At any moment between
two of them all text is there and whoever points at a line points at the same one."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core.cells import ROW_WRAPPED
from gputerm.vt.core.history import MAX_ROWS
from gputerm.vt.core.reflow import SLICE_ROWS

# No background, which a scroll fills lines with: that depends on where lines break.
pieces = st.sampled_from(["a", "bc ", "  ", "日", "本語", "e\u0301", "👍🏽", "\x1b[31m", "\x1b[m"])
texts = st.tuples(st.lists(pieces, min_size=1, max_size=40).map("".join), st.integers(1, 900))
steps = st.lists(
    st.tuples(texts, st.tuples(st.integers(3, 9), st.integers(2, 40)), st.integers(0, 4)),
    min_size=1,
    max_size=4,
)


def new(columns=20, lines=6, history=1_000_000):
    return Terminal(lines, columns, TerminalOptions(history=history))


def rows(terminal):
    """(cells, flags) of each line down to the cursor's."""
    lines = range(terminal.first_line, terminal.cursor_line + 1)
    return [(terminal.cells(line).tolist(), terminal.row_flags(line)) for line in lines]


def text(terminal):
    return terminal.text((terminal.first_line, 0), (terminal.cursor_line, terminal.columns))


def words(terminal):
    """The logical lines without blanks at their ends, where one that breaks there keeps some."""
    return [line.rstrip() for line in text(terminal).split("\n")]


def write(terminal, count, line="0123456789abcdef"):
    """Numbered lines."""
    terminal.feed("".join(f"{number:06} {line}\r\n" for number in range(count)).encode())


def finish(terminal):
    """The slices that were left."""
    slices = 0
    while terminal.reflowing:
        terminal.reflow()
        terminal.check()
        slices += 1
    return slices


@given(steps=steps)
@example(steps=[(("a\x1b[31m日", 1), (3, 2), 0)])
@settings(deadline=None, max_examples=10)
def test_slices_end_where_one_piece_does(steps):
    """A terminal of the last size, fed the same, has the same rows: it wraps as reflow does."""
    terminal, fed = new(), b""
    for (line, count), size, slices in steps:
        data = (line + "\x1b[m\r\n").encode() * count
        fed += data
        terminal.feed(data)
        terminal.resize(*size)
        for _ in range(slices):
            terminal.reflow()
            terminal.check()
        same = new(columns=99)
        same.feed(fed)
        assert words(terminal) == words(same)
    finish(terminal)
    other = new(terminal.columns, terminal.lines)
    other.feed(fed)
    assert rows(terminal) == rows(other)


def test_what_is_near_comes_first_and_the_rest_in_slices():
    terminal = new()
    write(terminal, 20_000)
    terminal.resize(6, 10)
    assert terminal.reflow_stop() < terminal.screen_top - 2 * SLICE_ROWS
    line = terminal.cursor_line
    shown = [terminal.line_text(number) for number in range(line - 3, line + 1)]
    assert shown == ["019999 012", "3456789abc", "def", ""]
    assert finish(terminal) > 20_000 / (SLICE_ROWS + MAX_ROWS)


@pytest.mark.parametrize("columns", [7, 10, 33])
def test_only_older_lines_get_other_numbers(columns):
    terminal = new()
    write(terminal, 5000)
    terminal.resize(6, columns)
    while terminal.reflowing:
        stop = terminal.reflow_stop()
        top, line = terminal.screen_top, terminal.line_text(stop)
        (place,) = terminal.reflow(anchors=[(stop, 0)])
        assert (place, terminal.screen_top) == ((stop, 0), top)
        assert terminal.line_text(stop) == line
        assert terminal.first_line >= 0


@given(
    sizes=st.lists(st.integers(2, 60), min_size=1, max_size=4),
    places=st.lists(st.tuples(st.integers(0, 2999), st.integers(0, 22)), max_size=5),
    slices=st.integers(0, 3),
)
@settings(deadline=None, max_examples=10)
def test_anchors_stay_on_their_characters(sizes, places, slices):
    terminal = new(columns=30)
    write(terminal, 3000)
    anchors = places

    def check():
        for (number, column), (line, at) in zip(places, anchors, strict=True):
            start = line
            while start > terminal.first_line and terminal.row_flags(start - 1) & ROW_WRAPPED:
                start -= 1
            before = terminal.text((start, 0), (line, at))
            whole = terminal.text((start, 0), (start + 30, 0)).split("\n")[0]
            assert whole == f"{number:06} 0123456789abcdef"
            if at != terminal.columns:  # which means the whole row
                assert before.rstrip() == whole[:column].rstrip()  # in a wrapped row blanks count

    for columns in sizes:
        anchors = terminal.resize(6, columns, anchors)
        for _ in range(slices):
            check()
            anchors = terminal.reflow(anchors=anchors)
    while terminal.reflowing:
        anchors = terminal.reflow(anchors=anchors)
    check()


def test_blocks_stay_with_their_lines():
    terminal = new()
    for number in range(100):
        terminal.feed(b"\x1b]133;A\a$ \x1b]133;B\arun %d\r\n\x1b]133;C\a" % number)
        write(terminal, 50)
        terminal.feed(b"\x1b]133;D;0\a")

    def check():
        for number, block in enumerate(terminal.blocks):
            assert terminal.text((block.prompt_line, 0), (block.output_line, 0)).split("\n")[0] == (
                f"$ run {number}"
            )
            assert terminal.text((block.output_line, 0), (block.end_line, 0)).count("\n") == 50

    for columns in (9, 45, 13):
        terminal.resize(6, columns)
        for _ in range(4):
            check()
            terminal.reflow()
    finish(terminal)
    check()


def test_what_is_looked_at_comes_before_what_is_newer():
    terminal = new()
    write(terminal, 20_000)
    ((top, _),) = terminal.resize(6, 10, [(3000, 0)])
    stop = terminal.reflow_stop()
    while terminal.reflow_stop(top + 6) > top:
        ((top, _),) = terminal.reflow(top + 6, [(top, 0)])
        terminal.check()
    assert terminal.text((top, 0), (top + 3, 0)) == "001500 0123456789abcdef\n"
    assert terminal.reflow_stop() == stop
    finish(terminal)
    other = new(10)
    write(other, 20_000)
    assert rows(terminal) == rows(other)


def test_a_size_that_returns_leaves_nothing_to_do():
    terminal = new()
    write(terminal, 20_000)
    before = rows(terminal)
    terminal.resize(6, 10)
    terminal.reflow()
    terminal.resize(6, 20)
    assert finish(terminal) <= 4
    assert rows(terminal) == before


def test_memory_is_not_doubled():
    terminal = new(80)
    write(terminal, 30_000, "x" * 150)
    history = terminal.screen.history
    before = history.size_bytes
    for columns in (50, 120):
        terminal.resize(6, columns)
        while terminal.reflowing:
            terminal.reflow()
            assert history.size_bytes < before * 1.2


@pytest.mark.parametrize(("limit", "columns"), [(1500, 9), (1500, 35), (700, 9), (0, 9)])
def test_the_limit_holds_and_keeps_what_one_piece_keeps(limit, columns):
    terminal, other = new(history=limit), new(columns, history=limit)
    write(terminal, 3000)
    terminal.resize(6, columns)
    finish(terminal)
    write(other, 3000)
    kept = rows(terminal)
    assert terminal.screen_top - terminal.first_line <= limit
    # A line that was cut in half before can't be whole after.
    assert kept[1:] == rows(other)[1 - len(kept) :] or not limit
    assert len(kept) >= min(limit, 700)
    terminal.feed(b"x\r\n" * 3000)
    assert terminal.screen_top - terminal.first_line == limit


def test_output_evicts_what_is_pending_too():
    terminal, other = new(history=3000), new(10, history=3000)
    for one in (terminal, other):
        write(one, 3000)
        one.resize(6, 10)
        write(one, 2000)
    finish(terminal)
    finish(other)
    kept = min(len(rows(terminal)), len(rows(other)))
    assert rows(terminal)[-kept:] == rows(other)[-kept:]
    assert terminal.screen_top - terminal.first_line == 3000


def test_history_is_cleared_or_shortened_between_slices():
    for change in (
        lambda t: t.configure(TerminalOptions(history=1200)),
        lambda t: t.clear_history(),
        lambda t: t.feed(b"\x1bc"),
    ):
        terminal = new()
        write(terminal, 5000)
        terminal.resize(6, 9)
        terminal.reflow()
        change(terminal)
        terminal.check()
        finish(terminal)
        kept = terminal.screen_top - terminal.first_line
        assert kept in (1200, 0)
        if kept:
            assert text(terminal).endswith("004999 0123456789abcdef\n")
        write(terminal, 10)
        terminal.check()


def test_a_line_of_any_length_takes_slices_and_loses_nothing():
    terminal = new()
    line = "".join(f"{number:07}日" for number in range(20_000))
    terminal.feed(f"{line}\r\n".encode())
    for columns in (13, 33, 8):
        terminal.resize(6, columns)
        assert terminal.reflowing
        terminal.reflow()
        assert text(terminal) == line + "\n"
    assert finish(terminal) > 5
    assert text(terminal) == line + "\n"


def test_more_lines_pull_pending_ones_reflowed():
    terminal = new()
    write(terminal, 5000)
    terminal.resize(6, 10)
    terminal.resize(900, 10)
    terminal.check()
    assert terminal.reflow_stop() < terminal.screen_top
    finish(terminal)
    other = new(10, 900)
    write(other, 5000)
    assert rows(terminal) == rows(other)


def test_clusters_and_links_of_pending_lines_are_not_swept():
    terminal = new()
    terminal.feed("e\u0301\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\\r\n".encode())
    write(terminal, 3000)
    terminal.resize(6, 10)
    terminal.feed(b"".join(b"\x1b]8;;http://%d\x1b\\" % number for number in range(70_000)))
    finish(terminal)
    line = terminal.first_line
    assert terminal.line_text(line) == "e\u0301link"
    assert terminal.hyperlink(int(terminal.cells(line)[1, 3]) >> 16).uri == "http://a"
