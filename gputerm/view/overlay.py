"""The overlay: cells shown in other colours than the program gave them, and cells of our own in
place of the program's. No pixels, no state.

Selection, search matches and links each name spans; the overlay merges them so that a painter
never meets two spans on one cell. Cells of our own hide the program's, their spans and the cursor.
Two overlays with equal rows look the same there, which is how a painter finds out cheaply what to
paint anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from gputerm.records import Record
from gputerm.vt.core.cells import COLOR_KIND

CELL_BYTES = 16
INVERT = COLOR_KIND  #: as fg and bg of a span: exchange the two colours of each cell

SpanColors: TypeAlias = tuple[int | None, int | None]  #: fg and bg of a span


class Span(Record):
    """Cells [start, stop) of a viewport row. Colours are cell colour words (vt/core/cells.py)."""

    row: int
    start: int
    stop: int
    fg: int | None = None  #: None = the cell's own
    bg: int | None = None
    underline: bool = False  #: add a single underline

    def __post_init__(self) -> None:
        assert 0 <= self.start < self.stop, f"empty span {self}"


class TextCells(Record):
    """Cells of our own in a viewport row, from column `start` on."""

    row: int
    start: int
    cells: bytes  #: uint32[n, 4] as in vt/core/cells.py, without clusters and extras

    @cached_property
    def stop(self) -> int:
        """The column behind the last of them."""
        return self.start + len(self.cells) // CELL_BYTES


class Overlay(Record):
    """Spans sorted by row and column, none overlapping another, and text, of which what comes
    later lies above."""

    spans: tuple[Span, ...] = ()
    texts: tuple[TextCells, ...] = ()

    @classmethod
    def merged(cls, spans: Iterable[Span]) -> Overlay:
        """Lays spans over each other, later ones on top; what one leaves open shows through."""
        rows: dict[int, list[Span]] = {}
        for span in spans:
            row = rows.setdefault(span.row, [])
            if not row or row[-1].stop <= span.start:  # as matches come, hundreds in a row
                row.append(span)
            else:
                rows[span.row] = _laid_over(row, span)
        return cls(tuple(span for row in sorted(rows) for span in _joined(rows[row])))

    def moved(self, rows: int) -> Overlay:
        """The same, so many rows further down."""
        return Overlay(
            tuple(span.replace(row=span.row + rows) for span in self.spans),
            tuple(text.replace(row=text.row + rows) for text in self.texts),
        )

    @cached_property
    def rows(self) -> dict[int, tuple[Span, ...]]:
        """The spans of each row that has any."""
        rows: dict[int, tuple[Span, ...]] = {}
        for span in self.spans:
            rows[span.row] = (*rows.get(span.row, ()), span)
        return rows

    @cached_property
    def text_rows(self) -> dict[int, tuple[TextCells, ...]]:
        """The text in each row that has any."""
        rows: dict[int, tuple[TextCells, ...]] = {}
        for text in self.texts:
            rows[text.row] = (*rows.get(text.row, ()), text)
        return rows


NO_OVERLAY = Overlay()


def _laid_over(below: list[Span], span: Span) -> list[Span]:
    """`below`, sorted and disjoint, with `span` on top."""
    laid: list[Span] = []
    column = span.start  #: up to here `span` has found its place
    for other in below:
        if other.stop <= span.start or other.start >= span.stop:
            laid.append(other)
            continue
        start, stop = max(other.start, span.start), min(other.stop, span.stop)
        if other.start < start:
            laid.append(other.replace(stop=start))
        if column < start:
            laid.append(span.replace(start=column, stop=start))
        laid.append(_stacked(other, span, start, stop))
        if other.stop > stop:
            laid.append(other.replace(start=stop))
        column = stop
    if column < span.stop:
        laid.append(span.replace(start=column))
    return sorted(laid, key=lambda s: s.start)


def _stacked(below: Span, above: Span, start: int, stop: int) -> Span:
    fg = below.fg if above.fg is None else above.fg
    bg = below.bg if above.bg is None else above.bg
    return Span(above.row, start, stop, fg, bg, below.underline or above.underline)


def _joined(spans: list[Span]) -> list[Span]:
    """Neighbours that look the same become one, so that equal looks are equal spans."""
    joined = spans[:1]
    for span in spans[1:]:
        if joined[-1].stop == span.start and (
            joined[-1].replace(start=span.start, stop=span.stop) == span
        ):
            joined[-1] = joined[-1].replace(stop=span.stop)
        else:
            joined.append(span)
    return joined
