# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Reflow: lines of one width become lines of another, and whoever points at a cell is taken along.

A logical line is the run of rows joined by WRAPPED. It is streamed, never held whole: rows are
decoded into a buffer and leave it again as soon as a row of the new width is full, so a line of any
length takes two rows of memory. Rows that fit and stand alone are copied as they are encoded.

The screen takes part by becoming history for a moment: its rows are appended, the last lines are
reflowed, as many as the new screen may need, and the last rows are taken back. The alternate screen
is only cut or extended. Older lines follow in slices (`reflow_slice`), the newest first, or those
that are looked at: what they become takes their place, and only lines older than they get other
numbers. A second resize finds some lines at a third width, and goes on from there.
"""

import cython
import numpy as np

from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History

if not cython.compiled:
    from gputerm.vt.core.cells import (
        FILLER,
        ROW_OUTPUT,
        ROW_PROMPT,
        ROW_SIZE,
        ROW_WRAPPED,
        TAIL,
        WIDE,
    )

NO_LIMIT = (1 << 31) - 1

SLICE_ROWS = 500  #: logical lines of a slice,
SLICE_CELLS = 50_000  #: or cells, whatever comes first
SLICE_FITTING = 20_000  #: rows that are looked at and found to fit in a slice


class Reflow:
    """One pass over lines start <= line < stop of a history. Anchors are (line, column, keep).

    keep: blanks up to the anchor's column count as content, as they do before a cursor.
    """

    def __init__(self, old: History, start: int, stop: int, columns: int, anchors: list) -> None:
        self.old = old
        self.first_line = start
        self.stop_line = stop
        self.width = columns  # of the row that is taken
        self.columns = columns
        self.new = History(columns, NO_LIMIT)
        self.new.restart(start)
        order = sorted(range(len(anchors)), key=lambda i: anchors[i][:2])
        self.anchors = [(*anchors[i], i) for i in order]
        self.places = [(start, 0)] * len(anchors)  #: where each anchor went
        self.next_anchor = 0
        self.pending = []  # (offset in the logical line, number) of anchors not yet placed
        self.marks = []  # (offset, flags) likewise
        self.cells = memoryview(np.zeros((old.widest() + columns + 2) * 4, np.uint32))
        self.held = 0  # cells in the buffer
        self.start = 0  # offset of the first of them in the logical line
        self.total = 0
        self.keep = 0  # offset up to which blanks count
        self.anchor_line = -1
        while self.next_anchor < len(self.anchors) and self.anchors[self.next_anchor][0] < start:
            self.next_anchor += 1
        self.seek()

    def seek(self):
        self.anchor_line = (
            self.anchors[self.next_anchor][0] if self.next_anchor < len(self.anchors) else -1
        )

    def run(self):
        """Reflows the lines; returns them as a history of their own."""
        page: cython.uchar[::1]
        number: cython.int
        p: cython.int
        begin: cython.int
        end: cython.int
        size: cython.int
        line: cython.longlong
        flags: cython.int = 0
        for k in self.old.pages_with(self.first_line, self.stop_line):
            page = memoryview(self.old.pages[k])
            first = self.old.firsts[k] - self.old.begins[k]
            begin = max(self.first_line, self.old.firsts[k]) - first
            end = min(self.stop_line, self.old.end_of(k)) - first
            self.width = self.old.widths[k]
            line = first + begin
            for number in range(begin, end):
                p = self.old.offset(page, number)
                flags = page[p]
                # The fast path: a row that stands alone and fits is copied as it is.
                if (
                    self.total == 0
                    and not flags & ROW_WRAPPED
                    and line != self.anchor_line
                    and (page[p + 2] | page[p + 3] << 8) <= self.columns
                ):
                    size = self.record_size(page, p)
                    self.new.copy_record(page, p, size)
                else:
                    self.take(page, p, line)
                line += 1
        if self.total:
            self.finish(flags & ROW_WRAPPED and self.stop_line < self.old.stop)
        return self.new

    def record_size(self, page, p):
        """Bytes of the record at page[p]."""
        kind: cython.int = page[p + 1]
        count: cython.int = page[p + 2] | page[p + 3] << 8
        start: cython.int = p
        what: cython.int
        p += 4 + (count << (kind & 3))
        if kind & 4:
            while count > 0:
                count -= page[p]
                what = page[p + 1]
                p += 2
                if what & 3 >= 2:
                    p += 1 if what & 3 == 2 else 3
                if what & 12 >= 8:
                    p += 1 if what & 12 == 8 else 3
                p += (2 if what & 16 else 0) + (2 if what & 32 else 0)
        return p - start

    def note(self, line):
        """Collects the anchors that point into a row about to be taken."""
        while self.anchor_line == line:
            _, column, keep, number = self.anchors[self.next_anchor]
            offset = self.start + self.held + min(column, self.width)
            self.pending.append((offset, number))
            if keep and offset > self.keep:
                self.keep = offset
            self.next_anchor += 1
            self.seek()

    def take(self, page, p, line):
        """Adds a row to the logical line; emits what is full, and all of it where the line ends."""
        flags: cython.int = page[p]
        count: cython.int
        i: cython.int
        at: cython.Py_ssize_t
        if line == self.anchor_line:
            self.note(line)
        # ROW_PROMPT and ROW_OUTPUT stay with the cell that began the row, the size with the line.
        if flags & (ROW_PROMPT | ROW_OUTPUT) or (self.total == 0 and flags & ROW_SIZE):
            self.marks.append(
                (self.start + self.held, flags & (ROW_SIZE | ROW_PROMPT | ROW_OUTPUT))
            )
        at = self.held * 4
        count = self.old.decode(page, p, self.cells, at)
        if flags & ROW_WRAPPED:
            for i in range(count * 4, self.width * 4):
                self.cells[at + i] = 0
            count = self.width
            # FILLER goes with the old width.
            while count > 0 and self.cells[at + count * 4 - 4] & FILLER:
                count -= 1
        if self.columns == 1:
            for i in range(count):  # Nowhere is room for two cells.
                if self.cells[at + i * 4] & (TAIL | WIDE):
                    self.cells[at + i * 4] = 0
        self.held += count
        self.total += count if count else 1
        while self.held > self.columns:
            self.emit(self.columns, True, False)
        if not flags & ROW_WRAPPED:
            self.finish(False)

    def finish(self, goes_on):
        """The logical line ends: emits what is left, with blanks up to where a cursor is kept.

        goes_on: it doesn't end, but the rest isn't ours; the last row then ends in FILLERs.
        """
        i: cython.int
        while self.keep > self.start + self.columns or self.held > self.columns:
            if self.held < self.columns:
                for i in range(self.held * 4, self.columns * 4):
                    self.cells[i] = 0
                self.held = self.columns
            self.emit(self.columns, True, False)
        if goes_on:
            for i in range(self.held * 4, self.columns * 4):
                self.cells[i] = 0 if i & 3 else FILLER
            self.held = self.columns
        self.emit(self.held, goes_on, True)
        self.held = 0
        self.start = 0
        self.total = 0
        self.keep = 0

    def emit(self, count, wrapped, last):
        """Appends the first `count` cells of the buffer as a row and places what points there."""
        flags: cython.int = 1 if wrapped else 0
        i: cython.int
        taken: cython.int = count
        stop: cython.longlong
        if wrapped and count > 1 and self.cells[count * 4 - 4] & WIDE:  # cut in half
            taken = count - 1
        stop = self.start + taken
        if self.marks:
            waiting = []
            for offset, mark in self.marks:
                if offset < stop or last:
                    flags |= mark
                else:
                    waiting.append((offset, mark))
            self.marks = waiting
        if self.pending:
            waiting = []
            for offset, number in self.pending:
                if offset < stop or last:
                    column = offset - self.start
                    self.places[number] = (self.new.stop, min(column, self.columns))
                else:
                    waiting.append((offset, number))
            self.pending = waiting
        if taken < count:
            # FILLER, in the rendition of the character that goes on to the next row, as printed.
            word: cython.uint = self.cells[taken * 4]
            self.cells[taken * 4] = FILLER
            self.new.append_cells(self.cells, 0, count, flags)
            self.cells[taken * 4] = word
        else:
            self.new.append_cells(self.cells, 0, count, flags)
        for i in range((self.held - taken) * 4):
            self.cells[i] = self.cells[taken * 4 + i]
        self.held -= taken
        self.start += taken


class Fit:
    """What a resize had to do to the primary screen that the next one can undo.

    It took blank lines below what is written, or added some for want of history; and it left
    cursors on another line than theirs where that one went into history: what is written is kept
    before a cursor is.
    """

    def __init__(self, screen, blank: int, points: list) -> None:
        self.blank = blank  #: blank lines taken or, below 0, added, as long as nothing scrolls
        self.top = screen.screen_top
        self.points = points  #: where Screen.points() belong, as long as nothing is written
        self.put = screen.points()  # where they are
        self.seqno = screen.primary.row_seqnos.max()


def wanted_points(screen):
    """Screen.points(), where they belong."""
    points = screen.points()
    fit = screen.fit
    if fit is None or (screen.primary.row_seqnos > fit.seqno).any():
        return points
    return [fit.points[i] if point == fit.put[i] else point for i, point in enumerate(points)]


def resize_screen(screen, lines, columns, anchors):
    """Gives a screen its new size; returns the anchors where they are now."""
    old_lines = screen.lines
    history = screen.history
    primary = screen.primary
    limit = history.limit
    saved = wanted_points(screen)
    points = [*saved, *anchors]

    # The primary screen's rows become history, without the blank ones below cursor and content.
    top = history.stop
    used = max(primary.lines_in_use(), screen.points()[0][0] - top + 1)
    blank = old_lines - used
    if screen.fit is not None and screen.fit.top == top:
        blank = max(blank + screen.fit.blank, 0)
    history.limit = NO_LIMIT
    for line in range(used):
        history.append_line(primary, line)

    # As many lines above are reflowed as could fill the screen, a slice at least.
    above = max(min(top, *[line for line, _ in saved]), history.first)
    most = max(lines, SLICE_ROWS), max(lines * columns, SLICE_CELLS)
    start = history.line_start(above, *most)
    if columns != screen.columns or history.pending(history.stop) >= 0:
        near = [i for i, (line, _) in enumerate(points) if line >= start]
        keys = [(*points[i], i == 0) for i in near]
        reflow = Reflow(history, start, history.stop, columns, [*keys, (top, 0, False)])
        history.replace(start, history.stop, reflow.run())
        *places, (top, _) = reflow.places
        for i, place in zip(near, places, strict=True):
            points[i] = place if i < len(saved) else (place[0], min(place[1], columns - 1))

    # Which line is the first on the new screen: the same while there is room below; as many blank
    # lines as before, and above them what was written, out of history where rows were joined.
    new_top = max(min(top, history.stop + blank - lines), history.stop - lines, history.first)
    grid = Grid(lines, columns, 0)
    grid.begin(screen.seqno + 1)
    for line in range(history.stop - new_top):
        grid.load(line, history.cells(new_top + line), history.flags(new_top + line))
    blank -= lines - (history.stop - new_top)
    while history.stop > new_top:
        history.pop()
    history.limit = limit
    keep_limit(history)
    history.seqno = screen.seqno + 1
    # Lines that are to take more rows get numbers below, and none is below 0.
    move = max(history.growth() - history.first, 0)
    history.renumber(move)
    points = [(line + move, column) for line, column in points]
    new_top += move

    alternate = Grid(lines, columns, 1)
    alternate.begin(screen.seqno + 1)
    above = max(screen.line - (lines - 1), 0) if screen.is_alternate else 0
    load_cut(alternate, screen.alternate, above)
    screen.adopt(grid, alternate, history)
    screen.place_points(points[: len(saved)], above)
    screen.fit = Fit(screen, blank, points[: len(saved)])
    last = new_top + lines - 1
    return [
        (min(line, last), column) if line >= history.first else (history.first, 0)
        for line, column in points[len(saved) :]
    ]


def load_cut(grid, old, above):
    """Gives a grid the lines of one of another size but the first `above`, cut or extended."""
    kept = min(grid.columns, old.columns)
    for line in range(min(grid.lines, old.lines - above)):
        cells = np.zeros((grid.columns, 4), np.uint32)
        cells[:kept] = old.row(line + above)[:kept]
        if cells[kept - 1, 0] & WIDE:
            cells[kept - 1, 0] = 0
        grid.load(line, cells, old.flags(line + above) & ~ROW_WRAPPED)


def keep_limit(history):
    """Evicts what is beyond the limit, but no line that may take fewer rows once it is reflowed."""
    k = history.pending(history.stop)
    if k < 0 or history.stop - history.end_of(k) >= history.limit:
        history.set_limit(history.limit)


def reflow_stop(history, before):
    """One past the newest line that reflow_slice would change; the first line for none."""
    k = history.pending(before)
    return history.first if k < 0 else history.line_end(min(history.end_of(k), before))


def reflow_slice(screen, before, anchors):
    """Reflows the newest of the lines < before whose reflow is pending, a bounded number of them.

    Returns where the anchors are now; those of newer lines stay.
    """
    history = screen.history
    rows = 0
    k = history.pending(before)
    while k >= 0 and rows < SLICE_FITTING and history.fits(k):
        rows += history.settle(k)
        k = history.pending(before)
    if k >= 0 and rows < SLICE_FITTING:
        stop = history.line_end(min(history.end_of(k), before))
        start = history.line_start(stop, SLICE_ROWS, SLICE_CELLS)
        own = [i for i, (line, _) in enumerate(anchors) if start <= line < stop]
        reflow = Reflow(history, start, stop, history.columns, [(*anchors[i], False) for i in own])
        lines = reflow.run()
        move = stop - lines.stop
        history.replace(start, stop, lines)
        anchors = [(line + move if line < start else line, column) for line, column in anchors]
        for i, (line, column) in zip(own, reflow.places, strict=True):
            anchors[i] = line + move, min(column, history.columns - 1)
    keep_limit(history)
    history.seqno = screen.seqno + 1
    screen.observe()
    return [
        (line, column) if line >= history.first else (history.first, 0) for line, column in anchors
    ]
