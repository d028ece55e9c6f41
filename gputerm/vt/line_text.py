"""Cells as text: what copying, searching and the socket see.

Cells never written are blanks; blanks at the end of a line that isn't continued are not text,
whether they were written or not, since full-screen programs pad their lines with spaces. A line
that wrapped goes on in the next row without a line feed, and there its trailing blanks count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from gputerm.vt.core import cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ASIDE = cells.TAIL | cells.FILLER


def row_text(
    row: NDArray[np.uint32],
    cluster_text: Callable[[int], str],
    start: int = 0,
    stop: int | None = None,
) -> str:
    """Text of columns start to stop of uint32[columns, 4], every blank kept.

    A wide character is whole when its left half is inside; fillers and right halves are no text.
    """
    words = row[start:stop, cells.CHAR]
    if not (words & np.uint32(cells.CLUSTER | _ASIDE)).any():  # The ordinary row, in one go.
        codepoints = words & np.uint32(cells.CODEPOINT)
        codepoints[codepoints == 0] = 0x20
        return codepoints.astype("<u4").tobytes().decode("utf-32-le", "replace")
    parts = []
    for word in words.tolist():
        if word & cells.CLUSTER:
            parts.append(cluster_text(word & cells.CODEPOINT))
        elif not word & _ASIDE:
            parts.append(chr(word & cells.CODEPOINT or 0x20))
    return "".join(parts)
