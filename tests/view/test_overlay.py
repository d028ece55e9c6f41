"""The overlay: spans laid over each other, and which rows that changes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gputerm.view import INVERT, Overlay, Span

RED, BLUE = 0x2FF0000, 0x20000FF


def test_spans_are_sorted_and_those_of_other_rows_left_alone():
    one, two, three = Span(2, 0, 4, RED), Span(0, 5, 9, RED), Span(0, 0, 3, RED)
    assert Overlay.merged([one, two, three]).spans == (three, two, one)


def test_later_spans_lie_on_top():
    merged = Overlay.merged([Span(0, 0, 9, RED, RED), Span(0, 3, 5, BLUE, BLUE)])
    assert merged.spans == (
        Span(0, 0, 3, RED, RED),
        Span(0, 3, 5, BLUE, BLUE),
        Span(0, 5, 9, RED, RED),
    )


def test_what_a_span_leaves_open_shows_through():
    merged = Overlay.merged([Span(0, 0, 4, RED, BLUE), Span(0, 2, 6, bg=RED, underline=True)])
    assert merged.spans == (
        Span(0, 0, 2, RED, BLUE),
        Span(0, 2, 4, RED, RED, underline=True),
        Span(0, 4, 6, None, RED, underline=True),
    )


def test_neighbours_that_look_the_same_become_one():
    merged = Overlay.merged([Span(0, 0, 3, INVERT, INVERT), Span(0, 3, 6, INVERT, INVERT)])
    assert merged == Overlay((Span(0, 0, 6, INVERT, INVERT),))


COLORS = st.sampled_from([None, RED, BLUE, INVERT])


@st.composite
def spans(draw):
    start = draw(st.integers(0, 11))
    stop = draw(st.integers(start + 1, 12))
    row = draw(st.integers(0, 1))
    return Span(row, start, stop, draw(COLORS), draw(COLORS), draw(st.booleans()))


def painted(all_spans):
    """What each cell looks like when spans are simply painted one after the other."""
    cells = {}
    for span in all_spans:
        for column in range(span.start, span.stop):
            fg, bg, underline = cells.get((span.row, column), (None, None, False))
            cells[span.row, column] = (
                fg if span.fg is None else span.fg,
                bg if span.bg is None else span.bg,
                underline or span.underline,
            )
    return cells


@given(st.lists(spans(), max_size=8))
def test_merging_equals_painting_one_after_the_other(all_spans):
    merged = Overlay.merged(all_spans).spans
    assert painted(merged) == painted(all_spans)
    for left, right in pairwise(merged):
        assert (left.row, left.stop) <= (right.row, right.start) or left.row < right.row
