# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The cluster table: grapheme clusters of more than one codepoint, kept once each.

A cell carries the index of its cluster. The table isn't told when a cell goes: when it has grown to
`threshold`, Printer marks what its grids and history still hold and sweeps the rest. It knows
nothing of Unicode; whether codepoints belong together is decided before they come here.
"""

import cython
import numpy as np

MAX_CODEPOINTS = 16  # A family of four with skin tones takes 11; Zalgo text would take any number.
MAX_CLUSTERS = 1 << 20  # Twenty of the 21 bits a cell has for the index.
_PATIENCE = 1 << 16  # Refusals after which a full table is worth another sweep.
_FIRST_THRESHOLD = 1 << 14  # Sweeping walks over history; small tables aren't worth it.
_CLUSTER = 1 << 31  # cells.CLUSTER; a literal beyond 31 bits would be a Python object in C


class Clusters:
    """Interned sequences of 2 to 16 codepoints; an index stays valid until swept."""

    def __init__(self) -> None:
        self.pool = memoryview(np.zeros(1024, np.uint32))
        self.pool_used = 0
        self.starts = memoryview(np.zeros(256, np.int32))
        self.lengths = memoryview(np.zeros(256, np.uint8))  # 0 = free
        self.slots = memoryview(np.full(1024, -1, np.int32))  # open addressing, a power of two
        self.scratch = memoryview(np.zeros(MAX_CODEPOINTS + 1, np.uint32))
        self.free = []
        self.top = 0
        self.count = 0
        self.threshold = _FIRST_THRESHOLD
        self.refused = 0

    def __len__(self) -> int:
        return self.count

    def intern(self, codepoints):
        """The index of a sequence of codepoints; what exceeds MAX_CODEPOINTS is left out."""
        length: cython.int = min(len(codepoints), MAX_CODEPOINTS)
        for i in range(length):
            self.scratch[i] = codepoints[i]
        return self.find(length)

    def codepoints(self, index):
        """The codepoints of a cluster; none when there is no such cluster."""
        if not 0 <= index < self.top:
            return []
        start = self.starts[index]
        return [self.pool[start + i] for i in range(self.lengths[index])]

    def text(self, index):
        """The text of a cluster."""
        return "".join(map(chr, self.codepoints(index)))

    def sweep(self, live):
        """Forgets every cluster that live (uint8, one per index) doesn't mark."""
        old: cython.uint[::1] = memoryview(np.array(self.pool))
        index: cython.int
        start: cython.int
        i: cython.int
        alive: cython.uchar[::1] = memoryview(live)
        assert len(alive) >= self.top, (len(alive), self.top)
        self.free = []
        self.pool_used = 0
        self.count = 0
        for index in range(self.top):
            if self.lengths[index] and alive[index]:
                start = self.starts[index]
                self.starts[index] = self.pool_used
                for i in range(self.lengths[index]):
                    self.pool[self.pool_used] = old[start + i]
                    self.pool_used += 1
                self.count += 1
            else:
                self.lengths[index] = 0
                self.free.append(index)
        self.threshold = max(_FIRST_THRESHOLD, 2 * self.count)
        self.refused = 0
        self.rehash()

    @property
    def capacity(self) -> int:
        """One more than the largest index handed out; the size of `live`."""
        return self.top

    def extend(self, word, codepoint):
        """The CHAR bits (CLUSTER and index) for the cell content `word` with one more codepoint.

        The same `word` when the cluster is full or the table is.
        """
        length: cython.int = 1
        start: cython.int
        i: cython.int
        index: cython.int = word & 0x1FFFFF
        if word >> 31:
            length = self.lengths[index]
            start = self.starts[index]
            if length >= 16:
                return word
            for i in range(length):
                self.scratch[i] = self.pool[start + i]
        else:
            self.scratch[0] = word & 0x1FFFFF
        self.scratch[length] = codepoint
        index = self.find(length + 1)
        if index < 0:
            return word
        return (word & 0x78000000) | _CLUSTER | index

    def first(self, word):
        """The first codepoint of a cluster's cell."""
        return self.pool[self.starts[word & 0x1FFFFF]]

    def last(self, word):
        """The last codepoint of a cell's content."""
        index: cython.int = word & 0x1FFFFF
        if word >> 31:
            return self.pool[self.starts[index] + self.lengths[index] - 1]
        return index

    def hash(self, length):
        value: cython.uint = 2166136261  # FNV-1a
        i: cython.int
        for i in range(length):
            value = ((value ^ self.scratch[i]) * 16777619) & 0x7FFFFFFF
        return (value ^ (value >> 15)) & 0x7FFFFFFF

    def find(self, length):
        """The index of scratch[:length], added if new; -1 when the table is full."""
        mask: cython.int = len(self.slots) - 1
        slot: cython.int = self.hash(length) & mask
        index: cython.int
        i: cython.int
        while self.slots[slot] >= 0:
            index = self.slots[slot]
            if self.lengths[index] == length:
                i = 0
                while i < length and self.pool[self.starts[index] + i] == self.scratch[i]:
                    i += 1
                if i == length:
                    return index
            slot = (slot + 1) & mask
        with cython.gil:
            return self.add(length)

    def add(self, length):
        index: cython.int
        if self.count >= MAX_CLUSTERS:
            self.refused += 1
            if self.refused >= _PATIENCE:
                self.threshold = 0
            return -1
        if self.free:
            index = self.free.pop()
        else:
            index = self.top
            self.top += 1
        self.grow()
        self.starts[index] = self.pool_used
        self.lengths[index] = length
        for i in range(length):
            self.pool[self.pool_used + i] = self.scratch[i]
        self.pool_used += length
        self.count += 1
        if 2 * self.count > len(self.slots):
            self.slots = memoryview(np.full(4 * len(self.slots), -1, np.int32))
            self.rehash()
        else:
            mask: cython.int = len(self.slots) - 1
            slot: cython.int = self.hash(length) & mask
            while self.slots[slot] >= 0:
                slot = (slot + 1) & mask
            self.slots[slot] = index
        return index

    def rehash(self):
        saved = np.array(self.scratch)
        mask: cython.int = len(self.slots) - 1
        slot: cython.int
        index: cython.int
        i: cython.int
        np.asarray(self.slots)[:] = -1
        for index in range(self.top):
            if self.lengths[index]:
                for i in range(self.lengths[index]):
                    self.scratch[i] = self.pool[self.starts[index] + i]
                slot = self.hash(self.lengths[index]) & mask
                while self.slots[slot] >= 0:
                    slot = (slot + 1) & mask
                self.slots[slot] = index
        np.asarray(self.scratch)[:] = saved

    def grow(self):
        """Makes room for one more cluster."""
        if self.pool_used + MAX_CODEPOINTS > len(self.pool):
            self.pool = memoryview(np.concatenate([self.pool, self.pool]))
        if self.top > len(self.starts):
            self.starts = memoryview(np.concatenate([self.starts, self.starts]))
            self.lengths = memoryview(np.concatenate([self.lengths, np.zeros_like(self.lengths)]))
