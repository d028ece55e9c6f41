"""The extras table: what few cells have, an underline colour or a hyperlink, kept once each.

A cell carries the 16-bit index of its extra; 0 is "none". The table isn't told when a cell goes:
Printer sweeps it, marking every index still in a grid, the pen or history, when it has grown to its
threshold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_EXTRAS = 1 << 16  # Sixteen bits of the ATTRS word.
_PATIENCE = 1 << 12  # Refusals after which a full table is worth another sweep.
_FIRST_THRESHOLD = 1 << 10  # Sweeping costs a walk over history; small tables aren't worth one.


class Extras:
    """Interned (underline colour, uri, id) triples; an index stays valid until swept."""

    def __init__(self) -> None:
        self.underline_colors: NDArray[np.uint32] = np.zeros(256, np.uint32)  #: colour words
        self.link_ids: NDArray[np.uint32] = np.zeros(256, np.uint32)  #: 0 = no link
        self.threshold = _FIRST_THRESHOLD  #: size from which Screen sweeps before interning more
        self._index: dict[tuple[int, str, str], int] = {}
        self._keys: dict[int, tuple[int, str, str]] = {}
        self._link_numbers: dict[tuple[str, str], int] = {}
        self._next_link = 1
        self._free: list[int] = []
        self._refused = 0

    def __len__(self) -> int:
        return len(self._index)

    def intern(self, underline_color: int, uri: str, id: str) -> int:
        """The index for this pair; 0 when both are absent or the table is full."""
        if not underline_color and not uri:
            return 0
        key = (underline_color, uri, id if uri else "")
        index = self._index.get(key)
        if index is not None:
            return index
        index = self._free.pop() if self._free else len(self._index) + 1
        if index >= MAX_EXTRAS:
            self._refused += 1
            if self._refused >= _PATIENCE:
                self.threshold = 0
            return 0
        if index >= len(self.underline_colors):
            self.underline_colors = np.concatenate([self.underline_colors] * 2)
            self.link_ids = np.concatenate([self.link_ids] * 2)
        self._index[key] = index
        self._keys[index] = key
        self.underline_colors[index] = underline_color
        self.link_ids[index] = self._link_number(uri, key[2]) if uri else 0
        return index

    def hyperlink(self, index: int) -> tuple[str, str] | None:
        """(uri, id) of an extra, or None when it has no link."""
        key = self._keys.get(index)
        return (key[1], key[2]) if key and key[1] else None

    def sweep(self, live: NDArray[np.uint8]) -> None:
        """Forgets every index that `live` (uint8[65536]) doesn't mark."""
        for index in [index for index in self._keys if not live[index]]:
            del self._index[self._keys.pop(index)]
            self.underline_colors[index] = self.link_ids[index] = 0
            self._free.append(index)
        kept = {key[1:] for key in self._index if key[1]}
        self._link_numbers = {k: n for k, n in self._link_numbers.items() if k in kept}
        self.threshold = max(_FIRST_THRESHOLD, 2 * len(self._index))
        self._refused = 0

    def _link_number(self, uri: str, id: str) -> int:
        number = self._link_numbers.setdefault((uri, id), self._next_link)
        if number == self._next_link:
            self._next_link = self._next_link % 0xFFFFFFFF + 1
        return number
