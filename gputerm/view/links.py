"""OSC 8 hyperlinks under the pointer: the address, and all visible cells that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gputerm.records import Record
from gputerm.view.overlay import Span
from gputerm.vt.core.cells import ATTRS, EXTRA_SHIFT

if TYPE_CHECKING:
    from gputerm.vt import Snapshot, Terminal


class Link(Record):
    """A hyperlink as it is seen: parts of one link may lie far apart when they share an id."""

    uri: str  #: as the program sent it: data to show; whether it may be opened is decided elsewhere
    spans: tuple[Span, ...]  #: underlined, in viewport rows


def link_at(terminal: Terminal, snapshot: Snapshot, row: int, column: int) -> Link | None:
    """The hyperlink of the cell at (row, column) of `snapshot`, or None."""
    if not (0 <= row < snapshot.lines and 0 <= column < snapshot.columns):
        return None
    # The one cell first: each frame asks while the pointer is over the window, mostly in vain.
    extra = int(snapshot.take([row])[0, column, ATTRS]) >> EXTRA_SHIFT
    link_id = snapshot.link_ids[extra]
    hyperlink = terminal.hyperlink(extra) if link_id else None
    if hyperlink is None:
        return None
    extras = snapshot.take(np.arange(snapshot.lines))[..., ATTRS] >> np.uint32(EXTRA_SHIFT)
    linked = np.zeros((snapshot.lines, snapshot.columns + 2), np.int8)
    linked[:, 1:-1] = snapshot.link_ids[extras] == link_id
    edges = np.diff(linked, axis=1)
    rows, starts = np.nonzero(edges == 1)
    stops = np.nonzero(edges == -1)[1]
    return Link(
        hyperlink.uri,
        tuple(
            Span(*place, underline=True)
            for place in zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True)
        ),
    )
