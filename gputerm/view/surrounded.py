"""A pane's snapshot and the rows of the window beside it, as one picture to paint.

The rows beside it are blank here: what surfaces show in them is text of an overlay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from gputerm.vt import Snapshot

Array: TypeAlias = np.ndarray[Any, Any]

_ROW_IDS = 1 << 63  #: from here on; those of a terminal's rows are smaller (vt/snapshot.py)


class Surrounded:
    """A snapshot with `above` and `below` rows beside it. Has what painting needs of one."""

    def __init__(self, inner: Snapshot, above: int, below: int) -> None:
        self._inner = inner
        self._above = above
        self.lines = above + inner.lines + below
        self.columns = inner.columns
        ids = np.uint64(_ROW_IDS) + np.arange(above + below, dtype=np.uint64)
        blank = np.zeros(above + below, np.uint64)
        self.row_ids = np.concatenate((ids[:above], inner.row_ids, ids[above:]))
        self.row_seqnos = np.concatenate((blank[:above], inner.row_seqnos, blank[above:]))
        self.row_flags = np.pad(inner.row_flags, (above, below))
        self.palette = inner.palette
        self.palette_seqno = inner.palette_seqno
        self.reverse = inner.reverse
        self.underline_colors = inner.underline_colors
        cursor = inner.cursor
        inside = 0 <= cursor.line < inner.lines
        self.cursor = cursor._replace(line=cursor.line + above, visible=cursor.visible and inside)

    def take(self, rows: Array) -> Array:
        """uint32[n, columns, 4], a copy."""
        cells = np.zeros((len(rows), self.columns, 4), np.uint32)
        row = rows - self._above
        inside = (row >= 0) & (row < self._inner.lines)
        cells[inside] = self._inner.take(row[inside])
        return cells

    def cluster_text(self, index: int) -> str:
        """The codepoints of a cluster."""
        return self._inner.cluster_text(index)
