"""Which rows must be drawn again, and their quads. No GL, no clock: arrays in, arrays out.

A Frame remembers what its canvas shows: for each row the (row_id, row_seqno) of the snapshot and
how the row was dressed (overlay spans, cursor). A row whose three are equal isn't touched; one
whose equal is painted elsewhere on the canvas is moved there as pixels; the rest is painted from
its cells.

    snapshot + overlay + cursor ──compare──▶ dirty rows ──▶ moves (scrolled content)
                                                     └────▶ Painter ──▶ batches of quads
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from gputerm.render.paint import (
    SINGLE,
    Colors,
    Cursor,
    Geometry,
    Look,
    Painter,
    Quads,
)
from gputerm.text.metrics import Metrics
from gputerm.view.overlay import INVERT, NO_OVERLAY, Overlay, Span, TextCells
from gputerm.vt.core import cells as c

Array: TypeAlias = np.ndarray[Any, Any]

Decoration: TypeAlias = tuple[Span | TextCells | Cursor, ...]  #: what a row shows besides its cells

SINGLE_SIZE, DOUBLE_WIDTH, DOUBLE_TOP, DOUBLE_BOTTOM = range(4)  #: ROW_SIZE of the row flags

#: Looking for scrolled rows costs as much as painting one; a key press changes one or two.
MIN_ROWS_TO_MOVE = 3

DEFAULT_LOOK = Look()


class CursorView(Protocol):
    """vt's CursorView: where the cursor is in viewport coordinates."""

    line: int
    column: int
    visible: bool
    shape: str
    wide: bool
    colors: tuple[int, int] | None


class Snapshot(Protocol):
    """vt's Snapshot, the part that is painted."""

    lines: int
    columns: int
    row_ids: Array
    row_seqnos: Array
    row_flags: Array
    cursor: Any
    palette: Array
    palette_seqno: int
    reverse: bool
    underline_colors: Array

    def take(self, rows: Array) -> Array:
        """uint32[n, columns, 4], a copy."""

    def cluster_text(self, index: int) -> str:
        """The codepoints of a cluster."""


class Glyphs(Protocol):
    """text.Glyphs, the part that is used here."""

    metrics: Metrics
    atlas: Any

    def sprites(self, cells: Array, cluster_text: Callable[[int], str]) -> Array:
        """uint32[n, columns]: the glyph of each cell."""


class Move(NamedTuple):
    """Rows [target, target + rows) get the pixels that rows [source, source + rows) have now."""

    source: int
    target: int
    rows: int


class Batch(NamedTuple):
    """Quads to draw together. A row of double size has a batch of its own, to be stretched."""

    quads: Quads
    size: int  #: SINGLE_SIZE, or that of `row`
    row: int  #: -1 for SINGLE_SIZE


class Changes(NamedTuple):
    """What to do to the canvas, in this order."""

    everything: bool  #: the whole canvas is erased, and every row is in `rows`
    moves: list[Move]  #: all read before any is written
    erased: list[tuple[int, int]]  #: rows [start, stop) to erase, over the canvas's whole width
    batches: list[Batch]
    rows: list[int]  #: the painted rows, ascending; for tests and statistics


class _Setup(NamedTuple):
    """A change of any of these repaints everything."""

    lines: int
    columns: int
    palette_seqno: int
    reverse: bool
    look: Look
    generation: int


class Frame:
    """What a canvas of one size and font shows."""

    def __init__(self, glyphs: Glyphs, width: int, height: int, padding: tuple[int, int]) -> None:
        """`width` and `height` of the canvas and `padding` (left, top) of the grid, all in px."""
        self.glyphs = glyphs
        self.width, self.height = width, height
        self.left, self.top = padding
        self.forget()

    def forget(self) -> None:
        """The canvas lost its content: the next update paints everything."""
        self._setup: _Setup | None = None
        self._painter: Painter | None = None
        self._ids = self._seqnos = np.zeros(0, np.uint64)
        self._blinks = np.zeros(0, bool)
        self._decorations: dict[int, Decoration] = {}
        self._blink_on = True

    @property
    def blinks(self) -> bool:
        """Whether what is painted holds blinking text, so that `blink_on` makes a difference."""
        return bool(self._blinks.any())

    @property
    def geometry(self) -> Geometry:
        """Where the grid lies; known after the first update."""
        assert self._painter is not None, "no update yet"
        return self._painter.geometry

    @property
    def background(self) -> int:
        """Premultiplied 0xAARRGGBB that rows and padding are erased to."""
        return self._painter.background if self._painter else 0

    def update(
        self,
        snapshot: Snapshot,
        overlay: Overlay = NO_OVERLAY,
        *,
        focused: bool = True,
        cursor_on: bool = True,
        blink_on: bool = True,
        look: Look = DEFAULT_LOOK,
    ) -> Changes | None:
        """What must change for the canvas to show `snapshot` under `overlay`; None: nothing.

        `cursor_on` and `blink_on` are the blink phases of the cursor and of SGR 5. The canvas is
        taken to have been changed accordingly when this returns.
        """
        cursor = _cursor(snapshot, look, focused=focused) if cursor_on else None
        if cursor is not None and _covered(cursor, overlay):
            cursor = None
        decorations = _decorations(overlay, cursor, snapshot.lines)
        setup = self._setup_of(snapshot, look)
        everything = setup != self._setup
        moves: list[Move] = []
        if everything:
            dirty = self._begin(snapshot, setup)
        else:
            scrolled = snapshot.row_ids != self._ids
            dirty = scrolled | (snapshot.row_seqnos != self._seqnos)
            if decorations != self._decorations:
                for row in decorations.keys() | self._decorations.keys():
                    dirty[row] |= decorations.get(row) != self._decorations.get(row)
            same_phase = blink_on == self._blink_on
            if not same_phase:
                dirty |= self._blinks
            if np.count_nonzero(scrolled) and np.count_nonzero(dirty) >= MIN_ROWS_TO_MOVE:
                moves = self._moves(snapshot, dirty, decorations, same_phase=same_phase)
        self._blink_on = blink_on
        rows = dirty.nonzero()[0]
        if not rows.size and not moves:
            return None
        batches = self._paint(snapshot, rows, overlay, cursor) if rows.size else []
        if self.glyphs.atlas.generation != setup.generation:
            # The atlas was full and forgot its glyphs while these were looked up. The canvas's
            # pixels are right all the same, but painting all of it once brings every sprite into
            # the new generation.
            self._begin(snapshot, self._setup_of(snapshot, look))
            everything, moves, rows = True, [], np.arange(snapshot.lines)
            batches = self._paint(snapshot, rows, overlay, cursor)
        self._ids = snapshot.row_ids.copy()
        self._seqnos = snapshot.row_seqnos.copy()
        self._decorations = decorations
        painted: list[int] = rows.tolist()
        return Changes(
            everything, moves, [] if everything else _stretches(painted), batches, painted
        )

    def _setup_of(self, snapshot: Snapshot, look: Look) -> _Setup:
        return _Setup(
            snapshot.lines,
            snapshot.columns,
            snapshot.palette_seqno,
            bool(snapshot.reverse),
            look,
            self.glyphs.atlas.generation,
        )

    def _begin(self, snapshot: Snapshot, setup: _Setup) -> Array:
        """Start over under another setup; every row is dirty."""
        metrics = self.glyphs.metrics
        geometry = Geometry(metrics, setup.columns, self.width, self.left, self.top)
        colors = Colors(snapshot.palette, setup.look, reverse=setup.reverse)
        self._painter = Painter(geometry, setup.look, colors)
        self._setup = setup
        self._blinks = np.zeros(setup.lines, bool)
        return np.ones(setup.lines, bool)

    def _paint(
        self,
        snapshot: Snapshot,
        rows: Array,
        overlay: Overlay,
        cursor: Cursor | None,
    ) -> list[Batch]:
        assert self._painter is not None, "update() makes it"
        cells = snapshot.take(rows)
        sizes = snapshot.row_flags.take(rows) & c.ROW_SIZE
        for i, row in enumerate(rows.tolist() if overlay.spans else ()):
            for span in overlay.rows.get(row, ()):
                _lay(span, cells[i, span.start : span.stop], self._painter.colors)
        for i, row in enumerate(rows.tolist() if overlay.texts else ()):
            for text in overlay.text_rows.get(row, ()):
                _write(text, cells[i])
                sizes[i] = 0
        sprites = self.glyphs.sprites(cells, snapshot.cluster_text)
        blinking = cells[..., c.ATTRS] & c.BLINK
        self._blinks[rows] = (
            np.bitwise_or.reduce(blinking, axis=1) if np.count_nonzero(blinking) else False
        )

        def batch(which: Array | slice, size: int) -> Batch:
            quads = self._painter.paint(  # type: ignore[union-attr]
                rows[which],
                cells[which],
                sprites[which],
                self.glyphs.atlas,
                cursor=cursor,
                underline_colors=snapshot.underline_colors,
                blink_on=self._blink_on,
            )
            return Batch(quads, size, int(rows[which][0]) if size else -1)

        if not np.count_nonzero(sizes):
            return [batch(slice(None), SINGLE_SIZE)]
        sizes >>= c.ROW_SIZE_SHIFT
        batches = []
        if (single := np.flatnonzero(sizes == SINGLE_SIZE)).size:
            batches.append(batch(single, SINGLE_SIZE))
        for i in np.flatnonzero(sizes).tolist():
            # The right half of a double-width line is not shown. [VT510 manual, DECDWL]
            cells[i, snapshot.columns // 2 :] = 0
            sprites[i, snapshot.columns // 2 :] = 0
            batches.append(batch(np.array([i]), int(sizes[i])))
        return batches

    def _moves(
        self,
        snapshot: Snapshot,
        dirty: Array,
        decorations: dict[int, Decoration],
        *,
        same_phase: bool,
    ) -> list[Move]:
        """Find dirty rows whose pixels are elsewhere on the canvas; takes them out of `dirty`."""
        by_id = np.argsort(self._ids, kind="stable")
        place = np.searchsorted(self._ids, snapshot.row_ids, sorter=by_id)
        source = by_id[np.minimum(place, len(by_id) - 1)]
        found = dirty & (self._ids[source] == snapshot.row_ids)
        found &= self._seqnos[source] == snapshot.row_seqnos
        if not same_phase:
            found &= ~self._blinks[source]
        for row in decorations:
            found[row] = False
        for row in self._decorations:
            found &= source != row
        targets = np.flatnonzero(found)
        if not targets.size:
            return []
        self._blinks[targets] = self._blinks[source[targets]]
        dirty[targets] = False
        shift = targets - source[targets]
        breaks = np.flatnonzero((np.diff(shift) != 0) | (np.diff(targets) != 1)) + 1
        bounds = [0, *breaks.tolist(), len(targets)]
        return [
            Move(int(source[targets[start]]), int(targets[start]), stop - start)
            for start, stop in pairwise(bounds)
        ]


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as ranges [start, stop)."""
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and ranges[-1][1] == row:
            ranges[-1] = ranges[-1][0], row + 1
        else:
            ranges.append((row, row + 1))
    return ranges


def _cursor(snapshot: Snapshot, look: Look, *, focused: bool) -> Cursor | None:
    view = snapshot.cursor
    if not view.visible or not 0 <= view.line < snapshot.lines:
        return None
    column = min(view.column, snapshot.columns - 1)
    shape = view.shape if focused or not look.hollow_unfocused else "hollow"
    wide = bool(view.wide) and column + 1 < snapshot.columns
    return Cursor(view.line, column, shape, wide, view.colors)


def _decorations(overlay: Overlay, cursor: Cursor | None, lines: int) -> dict[int, Decoration]:
    """What each row wears besides its cells."""
    decorations: dict[int, Decoration] = {
        row: spans for row, spans in overlay.rows.items() if 0 <= row < lines
    }
    for row, texts in overlay.text_rows.items():
        if 0 <= row < lines:
            decorations[row] = (*decorations.get(row, ()), *texts)
    if cursor is not None:
        decorations[cursor.row] = (*decorations.get(cursor.row, ()), cursor)
    return decorations


def _covered(cursor: Cursor, overlay: Overlay) -> bool:
    """Whether text of ours hides the cursor or a part of it."""
    start, stop = cursor.column, cursor.column + 1 + cursor.wide
    texts = overlay.text_rows.get(cursor.row, ())
    return any(text.start < stop and start < text.stop for text in texts)


def _write(text: TextCells, cells: Array) -> None:
    """Put text of ours into a row's cells uint32[columns, 4]."""
    start = text.start
    if start and cells[start, c.CHAR] & c.TAIL:
        cells[start - 1, c.CHAR] = 0  # A wide character without its right half would overhang.
    cells[start : text.stop] = np.frombuffer(text.cells, np.uint32).reshape(-1, 4)


def _lay(span: Span, cells: Array, colors: Colors) -> None:
    """Write a span's colours and underline into the cells uint32[n, 4] that it covers."""
    words = cells[:, c.FG : c.BG + 1]
    attributes = cells[:, c.ATTRS]
    if span.underline:
        attributes |= np.uint32(SINGLE << c.UNDERLINE_SHIFT) * ((attributes & c.UNDERLINE) == 0)
    if span.fg is None and span.bg is None:
        return
    if INVERT in (span.fg, span.bg):
        attributes ^= np.uint32(c.INVERSE)
    else:
        if span.fg is None or span.bg is None:
            # One of the cell's own colours stays: as it is seen, whatever made it so.
            inverse = (attributes & c.INVERSE)[:, None] != 0
            seen = colors.resolve(words)[:, ::-1] | np.uint32(c.COLOR_RGB)
            np.copyto(words, seen, where=inverse)
        attributes &= np.uint32(0xFFFFFFFF ^ (c.INVERSE | c.DIM))
        if span.fg is not None:
            words[:, 0] = span.fg
        if span.bg is not None:
            words[:, 1] = span.bg
    # Text that lies hidden in its own colour must show that it is selected (Alacritty's rule).
    seen = colors.resolve(words)
    lost = seen[:, 0] == seen[:, 1]
    if lost.any():
        words[lost] = np.array([colors.background, colors.foreground], np.uint32) | c.COLOR_RGB
        attributes[lost] &= np.uint32(0xFFFFFFFF ^ c.INVERSE)
