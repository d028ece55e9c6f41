"""The viewport stays on what is read, whatever arrives, is evicted or reflows."""

from __future__ import annotations

import pytest

from gputerm.view import Viewport
from gputerm.vt import Terminal


def feed_numbers(term: Terminal, first: int, stop: int) -> None:
    for number in range(first, stop):
        term.feed(b"%d\r\n" % number)


def seen(term: Terminal, viewport: Viewport) -> list[str]:
    """What stands in the viewport's rows."""
    return [term.line_text(viewport.first_line + row) for row in range(term.lines)]


@pytest.fixture
def scrolled(term):
    """Lines 0 to 9 written: 0 to 6 in history, 7 to 9 and an empty row on the screen."""
    feed_numbers(term, 0, 10)
    return term


def test_live_shows_the_screen(scrolled):
    viewport = Viewport(scrolled)
    assert viewport.top is None
    assert viewport.lines_back == 0
    assert seen(scrolled, viewport) == ["7", "8", "9", ""]


def test_scrolling_by_lines_pages_and_to_the_ends(scrolled):
    viewport = Viewport(scrolled)
    assert viewport.scroll_lines(1)
    assert seen(scrolled, viewport) == ["6", "7", "8", "9"]
    assert viewport.scroll_pages(1)
    assert seen(scrolled, viewport) == ["2", "3", "4", "5"]
    assert viewport.scroll_half_pages(-1)
    assert seen(scrolled, viewport) == ["4", "5", "6", "7"]
    assert viewport.to_top()
    assert seen(scrolled, viewport) == ["0", "1", "2", "3"]
    assert viewport.lines_back == 7
    assert viewport.to_bottom()
    assert viewport.top is None


def test_scrolling_stops_at_the_ends_and_says_so(scrolled):
    viewport = Viewport(scrolled)
    assert not viewport.scroll_lines(-5)
    assert viewport.scroll_lines(99)
    assert viewport.top == scrolled.first_line
    assert not viewport.scroll_lines(1)
    assert not viewport.to_top()
    assert viewport.scroll_lines(-99)
    assert viewport.top is None


def test_output_does_not_move_what_is_read(scrolled):
    viewport = Viewport(scrolled)
    viewport.scroll_lines(3)
    before = seen(scrolled, viewport)
    feed_numbers(scrolled, 10, 15)
    assert seen(scrolled, viewport) == before
    assert viewport.lines_back == 8


def test_eviction_moves_the_viewport_only_as_far_as_it_must(scrolled):
    viewport = Viewport(scrolled)
    viewport.to_top()
    feed_numbers(scrolled, 10, 23)
    assert seen(scrolled, viewport) == ["0", "1", "2", "3"]
    feed_numbers(scrolled, 23, 26)
    assert viewport.top == scrolled.first_line > 0
    assert seen(scrolled, viewport)[0] == scrolled.line_text(scrolled.first_line)


def test_clearing_the_history_makes_the_viewport_live_for_good(scrolled):
    viewport = Viewport(scrolled)
    viewport.to_top()
    scrolled.feed(b"\x1b[3J")
    assert viewport.top is None
    feed_numbers(scrolled, 10, 15)
    assert viewport.top is None


def test_the_alternate_screen_is_live_and_gives_the_place_back(scrolled):
    viewport = Viewport(scrolled)
    viewport.scroll_lines(3)
    before = seen(scrolled, viewport)
    scrolled.feed(b"\x1b[?1049h")
    assert viewport.top is None
    assert not viewport.scroll_lines(1)
    assert not viewport.to_bottom()
    scrolled.feed(b"\x1b[?1049l")
    assert seen(scrolled, viewport) == before


def test_reflow_takes_the_viewport_along(term):
    for number in range(10):
        term.feed(b"line %d is long\r\n" % number)
    viewport = Viewport(term)
    viewport.scroll_lines(9)
    assert seen(term, viewport)[0].startswith("line")
    first = seen(term, viewport)[0][:6]
    viewport.moved(term.resize(4, 20, viewport.anchors()))
    assert seen(term, viewport)[0].startswith(first)
    viewport.moved(term.resize(4, 7, viewport.anchors()))
    assert seen(term, viewport)[0].startswith(first)


def test_reflow_leaves_a_live_viewport_live(scrolled):
    viewport = Viewport(scrolled)
    assert viewport.anchors() == []
    viewport.moved(scrolled.resize(6, 5, viewport.anchors()))
    assert viewport.top is None


def test_a_row_out_of_sight_is_the_nearest_line(scrolled):
    viewport = Viewport(scrolled)
    viewport.to_top()
    first = scrolled.first_line
    assert [viewport.line_at(row) for row in (-1, 0, 3, 9)] == [first, first, first + 3, first + 3]
