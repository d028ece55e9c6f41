"""The stack of surfaces: who lies where, who gets keys and clicks, who hears of a change."""

import pytest

from gputerm.input.keys import KeyEvent
from gputerm.view.bar import Bar, blank_row, put, whole_row
from gputerm.view.overlay import TextCells
from gputerm.view.surfaces import Area, Edge, Laid, Surface, SurfaceColors, Surfaces

COLORS = SurfaceColors(alarm=(0x2FFFFFF, 0x2AA0000), notice=(0x2000000, 0x26A9FB5))
KEY = KeyEvent("a", text="a")


class Word(Surface):
    """A word at a place, as a label on a link will be."""

    def __init__(self, word="hint", row=1, column=2, takes_keys=False):
        super().__init__()
        self.word, self.row, self.column = word, row, column
        self.wants_keys = takes_keys
        self.clicks = self.ended = self.closed = 0

    shown = property(lambda self: bool(self.word))
    takes_keys = property(lambda self: self.wants_keys)

    def lay_out(self, room):
        cells = blank_row(len(self.word), room.colors.notice)
        put(cells, 0, self.word)
        text = TextCells(self.row, self.column, cells.tobytes())
        return Laid((text,), (Area(self.row, text.start, text.stop, self.clicked),))

    def clicked(self):
        self.clicks += 1

    def program_ended(self):
        self.ended += 1

    def close(self):
        self.closed += 1


class Line(Bar):
    """Some rows at an edge, without areas."""

    def __init__(self, count=1):
        super().__init__()
        self.count = count

    shown = property(lambda self: bool(self.count))

    def lay_out(self, room):
        row = blank_row(room.columns, room.colors.alarm)
        return Laid(tuple(whole_row(at, row) for at in self.place(room, self.count)))


class Strip(Line):
    """Rows beside the pane."""

    def __init__(self, edge, rows=1):
        super().__init__(rows)
        self.edge = edge

    rows = property(lambda self: self.count)


@pytest.fixture
def changes():
    return []


@pytest.fixture
def surfaces(changes):
    return Surfaces(lambda: changes.append(1))


def laid_out(surfaces, lines=6, columns=10, cursor_row=0):
    return [
        (text.row, text.start, text.stop)
        for text in surfaces.lay_out(lines, columns, cursor_row, COLORS)
    ]


def test_an_empty_stack_is_nobody(surfaces, changes):
    surfaces.add(Word(""))
    surfaces.add(Line(0))
    assert laid_out(surfaces) == []
    assert surfaces.keyboard is None
    assert not surfaces.click(0, 0)
    assert not surfaces.covers(0, 0)
    assert changes == []


def test_later_ones_lie_above_and_get_the_clicks(surfaces):
    below, above = Word(column=2), Word(column=4)
    surfaces.add(below)
    surfaces.add(above)
    assert laid_out(surfaces) == [(1, 2, 6), (1, 4, 8)]
    assert [surfaces.click(1, column) for column in range(1, 9)] == [False, *[True] * 6, False]
    assert not surfaces.click(2, 4)
    assert (below.clicks, above.clicks) == (2, 4)


def test_a_surface_without_an_area_keeps_a_click_from_what_lies_below(surfaces):
    word = Word(row=5)
    surfaces.add(word)
    surfaces.add(Line())
    laid_out(surfaces)
    assert surfaces.area_at(5, 2) is None
    assert surfaces.click(5, 2)
    assert word.clicks == 0


def test_bars_lie_beside_each_other_and_away_from_the_cursor(surfaces):
    surfaces.add(Line(2))
    surfaces.add(Line(1))
    assert laid_out(surfaces, cursor_row=2) == [(3, 0, 10), (4, 0, 10), (5, 0, 10)]
    assert laid_out(surfaces, cursor_row=5) == [(1, 0, 10), (2, 0, 10), (0, 0, 10)]
    assert laid_out(surfaces, cursor_row=0) == [(3, 0, 10), (4, 0, 10), (5, 0, 10)]


def test_a_room_that_is_full_shows_the_upper_ones(surfaces):
    lower, upper = Line(2), Line(9)
    surfaces.add(lower)
    surfaces.add(upper)
    assert laid_out(surfaces, lines=3) == [(row, 0, 10) for row in range(3)]


def test_the_keyboard_is_the_topmost_that_takes_it(surfaces, changes):
    below, above = Word(takes_keys=True), Word(takes_keys=True)
    surfaces.add(below)
    surfaces.add(above)
    surfaces.add(Word())
    assert surfaces.keyboard is above
    above.word = ""
    above.changed()
    assert surfaces.keyboard is below
    below.wants_keys = False
    below.changed()
    assert surfaces.keyboard is None
    assert len(changes) == 5


def test_what_is_no_longer_shown_is_not_clicked(surfaces):
    word = Word()
    surfaces.add(word)
    laid_out(surfaces)
    word.word = ""
    word.changed()
    assert not surfaces.click(1, 2)
    assert laid_out(surfaces) == []
    assert word.clicks == 0


def test_a_surface_may_take_the_keyboard_once_it_is_seen(surfaces):
    class Seen(Word):
        def lay_out(self, room):
            self.wants_keys = True
            return super().lay_out(room)

    seen = Seen()
    surfaces.add(seen)
    assert surfaces.keyboard is None
    laid_out(surfaces)
    assert surfaces.keyboard is seen


def test_all_hear_of_the_end(surfaces):
    words = [Word(), Word("")]
    for word in words:
        surfaces.add(word)
    surfaces.program_ended()
    surfaces.close()
    assert [(word.ended, word.closed) for word in words] == [(1, 1), (1, 1)]


def test_a_surface_takes_all_keys_unless_it_says_otherwise():
    assert Surface().key(KEY)
    assert not Surface().takes_keys


# ── beside the pane ──────────────────────────────────────────────────────────────────────────────


def test_rows_beside_are_the_windows_and_not_the_panes(surfaces):
    for surface in (Strip(Edge.TOP), Strip(Edge.TOP, 2), Strip(Edge.BOTTOM), Line()):
        surfaces.add(surface)
    assert surfaces.take_rows(10) == 6
    assert (surfaces.above, surfaces.below) == (3, 1)
    rows = [row for row, _, _ in laid_out(surfaces, lines=6)]
    assert rows == [5, 6, -2, -1, -3], "the first that was added is nearest to the edge"
    assert [surfaces.covers(row, 0) for row in range(-3, 7)] == [True] * 3 + [False] * 5 + [
        True
    ] * 2


def test_rows_beside_are_nobody_elses_where_their_surface_leaves_them_empty(surfaces):
    strip = Strip(Edge.TOP, 2)
    strip.lay_out = lambda room: Laid()
    surfaces.add(strip)
    surfaces.take_rows(6)
    assert laid_out(surfaces, lines=4) == []
    assert surfaces.click(-1, 3)
    assert not surfaces.click(0, 3)


def test_whoever_holds_the_stack_hears_that_rows_are_to_be_taken_anew(changes):
    surfaces = Surfaces(lambda: changes.append(surfaces.unsettled))
    strip, over = Strip(Edge.TOP), Line()
    surfaces.add(strip)
    assert surfaces.take_rows(5) == 4
    surfaces.add(over)
    strip.changed()
    strip.count = 3
    strip.changed()
    assert surfaces.take_rows(5) == 2
    strip.count = 0
    strip.changed()
    assert surfaces.take_rows(5) == 5
    assert changes == [True, False, False, True, True]


def test_a_pane_keeps_a_row_and_those_nearest_to_it_get_fewer(surfaces):
    surfaces.add(Strip(Edge.BOTTOM, 2))
    surfaces.add(Strip(Edge.TOP, 3))
    surfaces.add(Strip(Edge.TOP, 3))
    for lines, left in ((1, 1), (2, 1), (4, 1), (8, 1), (9, 1), (10, 2)):
        assert surfaces.take_rows(lines) == left
        rows = sorted(row for row, _, _ in laid_out(surfaces, lines=left))
        assert rows == [*range(-surfaces.above, 0), *range(left, left + surfaces.below)]
        assert surfaces.above + left + surfaces.below == lines
    surfaces.take_rows(4)
    assert (surfaces.above, surfaces.below) == (1, 2)


def test_what_is_removed_is_nobody_any_more(surfaces, changes):
    class Field(Strip):
        takes_keys = True

    below, strip = Word(takes_keys=True), Field(Edge.TOP)
    surfaces.add(below)
    surfaces.add(strip)
    surfaces.take_rows(7)
    laid_out(surfaces)
    assert surfaces.keyboard is strip
    surfaces.remove(strip)
    assert surfaces.keyboard is below
    assert surfaces.unsettled
    heard = len(changes)
    strip.changed()
    assert len(changes) == heard
