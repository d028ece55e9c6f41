"""The extras table: what few cells have, an underline colour or a hyperlink, kept once each.

A cell carries the 16-bit index of its extra; 0 is "none". The table isn't told when a cell goes:
Printer sweeps it, marking every index still in a grid, the pen or history, when it has grown to its
threshold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_EXTRAS = 1 << 16  # Sixteen bits of the ATTRS word.
_PATIENCE = 1 << 12  # Refusals after which a full table is worth another sweep.
_FIRST_THRESHOLD = 1 << 10  # Sweeping looks at grids and history; small tables aren't worth it.

_Key: TypeAlias = tuple[int, str, str]  # underline colour, uri, id


class Extras:
    """Interned (underline colour, uri, id) triples; an index stays valid until swept.

    A sweep only notes which are dead. Each is forgotten when its index is needed, or lives again
    when it is interned before that, so no sweep takes longer for a large table.
    """

    def __init__(self) -> None:
        self.underline_colors: NDArray[np.uint32] = np.zeros(256, np.uint32)  #: colour words
        self.link_ids: NDArray[np.uint32] = np.zeros(256, np.uint32)  #: 0 = no link
        self.threshold = _FIRST_THRESHOLD  #: size from which Screen sweeps before interning more
        self._index: dict[_Key, int] = {}
        self._keys: list[_Key] = [(0, "", "")]  # by index; 0 is "none"
        self._links: dict[tuple[str, str], list[int]] = {}  # its number, how many keys have it
        self._next_link = 1
        self._dead = np.zeros(1, np.uint8)  # those of the last sweep, one for each index then
        self._free: list[int] = []  # and which these are; some may live again
        self._live = 0
        self._refused = 0

    def __len__(self) -> int:
        return self._live

    def intern(self, underline_color: int, uri: str, id: str) -> int:
        """The index for this pair; 0 when both are absent or the table is full."""
        if not underline_color and not uri:
            return 0
        key = (underline_color, uri, id if uri else "")
        index = self._index.get(key)
        if index is not None:
            if index < len(self._dead) and self._dead[index]:
                self._dead[index] = 0
                self._live += 1
            return index
        index = self._take()
        if index >= MAX_EXTRAS:
            self._refused += 1
            if self._refused >= _PATIENCE:
                self.threshold = 0
            return 0
        if index >= len(self.underline_colors):
            self.underline_colors = np.concatenate([self.underline_colors] * 2)
            self.link_ids = np.concatenate([self.link_ids] * 2)
        if index == len(self._keys):
            self._keys.append(key)
        self._live += 1
        self._index[key] = index
        self._keys[index] = key
        self.underline_colors[index] = underline_color
        self.link_ids[index] = self._link_number(key[1:]) if uri else 0
        return index

    def hyperlink(self, index: int) -> tuple[str, str] | None:
        """(uri, id) of an extra, or None when it has no link."""
        key = self._keys[index] if index < len(self._keys) else None
        return key[1:] if key and key[1] else None

    def sweep(self, live: NDArray[np.uint8]) -> None:
        """Every index that `live` (uint8[65536]) doesn't mark may be given to another."""
        self._dead = 1 - live[: len(self._keys)]
        self._dead[0] = 0
        self._free = np.flatnonzero(self._dead)[::-1].tolist()
        self._live = len(self._index) - len(self._free)
        self.threshold = max(_FIRST_THRESHOLD, 2 * self._live)
        self._refused = 0

    def _take(self) -> int:
        """An index that is free, as far as MAX_EXTRAS allows one."""
        while self._free:
            index = self._free.pop()
            if self._dead[index]:
                self._dead[index] = 0
                self._forget(index)
                return index
        return len(self._keys)

    def _forget(self, index: int) -> None:
        key = self._keys[index]
        del self._index[key]
        if key[1]:
            link = self._links[key[1:]]
            link[1] -= 1
            if not link[1]:
                del self._links[key[1:]]

    def _link_number(self, link: tuple[str, str]) -> int:
        known = self._links.setdefault(link, [self._next_link, 0])
        if not known[1]:
            self._next_link = self._next_link % 0xFFFFFFFF + 1
        known[1] += 1
        return known[0]
