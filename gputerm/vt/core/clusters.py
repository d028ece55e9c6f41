# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The cluster table: grapheme clusters of more than one codepoint, kept once each.

A cell carries the index of its cluster. The table isn't told when a cell goes: when it has grown to
`threshold`, Printer marks what its grids and history still hold and sweeps the rest. It knows
nothing of Unicode; whether codepoints belong together is decided before they come here.

What a page of history holds is noted while it is written, so that nobody needs to read it for that.
"""

import itertools

import cython
import numpy as np

if not cython.compiled:
    from gputerm.vt.core.cells import CODEPOINT, MARKS

MAX_CODEPOINTS = 16  # A family of four with skin tones takes 11; Zalgo text would take any number.
MAX_CLUSTERS = 1 << 17  # A sweep or a larger table of edges takes 4 ms then; a cell has 21 bits.
_PATIENCE = 1 << 16  # Refusals after which a full table is worth another sweep.
_FIRST_THRESHOLD = 1 << 14  # Sweeping walks over history; small tables aren't worth it.
_SPREAD = 0x9E3779B97F4A7C15  # 2**64 by the golden ratio. [Knuth 6.4, multiplicative hashing]
_CLUSTER = 1 << 31  # cells.CLUSTER; a literal beyond 31 bits would be a Python object in C

# In which page each cluster, or extra, was noted last; the number of the page is a serial number of
# all histories. So these can be shared: at worst one is noted twice.
_CLUSTER_PAGES = np.zeros(1 << 21, np.uint32)
_EXTRA_PAGES = np.zeros(1 << 16, np.uint32)
_SERIALS = itertools.count(1)


class Clusters:
    """Interned sequences of 2 to 16 codepoints; an index stays valid until swept.

    A trie: each cluster is another, or a codepoint, with one codepoint more, and one hash table of
    edges leads from one to the next. So a sequence that is known costs a probe for each codepoint.

        edges     0 = empty | 63..42 from | 41..21 codepoint | 20..0 to
        index     0       1       2
        parents   👩      0       1        a codepoint, or _CLUSTER and an index, as in a cell
        lasts     ZWJ     💻      VS16     of a free one, 1 + the next free one or 0
        lengths   2       3       4        0 = free
    """

    def __init__(self) -> None:
        self.edges = memoryview(np.zeros(1024, np.uint64))  # open addressing, a power of two
        self.parents = memoryview(np.zeros(256, np.uint32))
        self.lasts = memoryview(np.zeros(256, np.uint32))
        self.lengths = memoryview(np.zeros(256, np.uint8))
        self.free = 0  # 1 + the first free one below top, or 0
        self.top = 0
        self.count = 0
        self.threshold = _FIRST_THRESHOLD
        self.refused = 0

    def __len__(self) -> int:
        return self.count

    def intern(self, codepoints):
        """The index of a sequence of codepoints; what exceeds MAX_CODEPOINTS is left out.

        -1 when the table is full.
        """
        word: cython.uint = codepoints[0]
        longer: cython.uint
        for codepoint in codepoints[1:MAX_CODEPOINTS]:
            longer = self.extend(word, codepoint)
            if longer == word:
                return -1
            word = longer
        return word & CODEPOINT

    def codepoints(self, index):
        """The codepoints of a cluster; none when there is no such cluster."""
        if not 0 <= index < self.top or not self.lengths[index]:
            return []
        word: cython.uint = _CLUSTER | index
        backwards = []
        while word >> 31:
            backwards.append(self.lasts[word & CODEPOINT])
            word = self.parents[word & CODEPOINT]
        return [word, *reversed(backwards)]

    def text(self, index):
        """The text of a cluster."""
        return "".join(map(chr, self.codepoints(index)))

    def sweep(self, live):
        """Forgets all clusters but those that live (uint8, one per index) marks, and beginnings of
        these."""
        index: cython.int
        parent: cython.uint
        alive: cython.uchar[::1] = memoryview(np.array(live))
        assert len(alive) >= self.top, (len(alive), self.top)
        for index in range(self.top):
            if alive[index] and self.lengths[index]:
                parent = self.parents[index]
                while parent >> 31 and not alive[parent & CODEPOINT]:
                    alive[parent & CODEPOINT] = 1
                    parent = self.parents[parent & CODEPOINT]
        while self.top and not (alive[self.top - 1] and self.lengths[self.top - 1]):
            self.top -= 1
            self.lengths[self.top] = 0
        self.free = 0
        self.count = 0
        for index in range(self.top - 1, -1, -1):
            if self.lengths[index] and alive[index]:
                self.count += 1
            else:
                self.lengths[index] = 0
                self.lasts[index] = self.free
                self.free = index + 1
        self.threshold = max(_FIRST_THRESHOLD, 2 * self.count)
        self.refused = 0
        size: cython.Py_ssize_t = 1024
        while size < 4 * self.count:
            size *= 2
        self.rehash(size)

    @property
    def capacity(self) -> int:
        """One more than the largest index handed out; the size of `live`."""
        return self.top

    def extend(self, word, codepoint):
        """The CHAR bits (CLUSTER and index) for the cell content `word` with one more codepoint.

        The same `word` when the cluster is full or the table is.
        """
        known: cython.uint = self.known(word, codepoint)
        index: cython.int
        if known:
            return known
        if word >> 31 and self.lengths[word & CODEPOINT] >= 16:
            return word
        with cython.gil:
            index = self.add(word, codepoint)
        if index < 0:
            return word
        return (word & MARKS) | _CLUSTER | index

    def known(self, word, codepoint):
        """As extend, when this cluster is in the table; otherwise 0."""
        key: cython.ulonglong = (word >> 10 & 0x200000) | (word & CODEPOINT)
        edge: cython.ulonglong
        mask: cython.uint = len(self.edges) - 1
        slot: cython.uint
        key = key << 21 | codepoint
        slot = (key * _SPREAD >> 36) & mask
        while True:
            edge = self.edges[slot]
            if edge >> 21 == key:
                return (word & MARKS) | _CLUSTER | (edge & CODEPOINT)
            if edge == 0:
                return 0
            slot = (slot + 1) & mask

    def extend_known(self, cells, places, codepoints, i, count):
        """Extends cells[places[i]] by codepoints[i], i up to count; returns the first that isn't
        known, or count."""
        longer: cython.uint
        while i < count:
            longer = self.known(cells[places[i]], codepoints[i])
            if not longer:
                break
            cells[places[i]] = longer
            i += 1
        return i

    def first(self, word):
        """The first codepoint of a cell's content."""
        while word >> 31:
            word = self.parents[word & CODEPOINT]
        return word & CODEPOINT

    def last(self, word):
        """The last codepoint of a cell's content."""
        if word >> 31:
            return self.lasts[word & CODEPOINT]
        return word & CODEPOINT

    def add(self, word, codepoint):
        """The index of a new cluster: `word` with one more codepoint; -1 when the table is full."""
        index: cython.int
        if self.count >= MAX_CLUSTERS:
            self.refused += 1
            if self.refused >= _PATIENCE:
                self.threshold = 0
            return -1
        if self.free:
            index = self.free - 1
            self.free = self.lasts[index]
        else:
            index = self.top
            self.top += 1
            self.grow()
        self.parents[index] = word & 0x801FFFFF
        self.lasts[index] = codepoint
        self.lengths[index] = self.lengths[word & CODEPOINT] + 1 if word >> 31 else 2
        self.count += 1
        if 2 * self.count > len(self.edges):
            self.rehash(2 * len(self.edges))
        else:
            self.link(index)
        return index

    def link(self, index):
        """Enters the edge that leads to a cluster."""
        word: cython.uint = self.parents[index]
        key: cython.ulonglong = (word >> 10 & 0x200000) | (word & CODEPOINT)
        codepoint: cython.uint = self.lasts[index]
        mask: cython.uint = len(self.edges) - 1
        slot: cython.uint
        key = key << 21 | codepoint
        slot = (key * _SPREAD >> 36) & mask
        while self.edges[slot]:
            slot = (slot + 1) & mask
        self.edges[slot] = key << 21 | index

    def rehash(self, size):
        """Enters all edges anew, in a table of `size`."""
        index: cython.int
        self.edges = memoryview(np.zeros(size, np.uint64))
        for index in range(self.top):
            if self.lengths[index]:
                self.link(index)

    def grow(self):
        """Makes room for all up to `top`."""
        if self.top > len(self.lengths):
            self.parents = memoryview(np.concatenate([self.parents, self.parents]))
            self.lasts = memoryview(np.concatenate([self.lasts, self.lasts]))
            self.lengths = memoryview(np.concatenate([self.lengths, np.zeros_like(self.lengths)]))


class Noted:
    """The clusters, or the extras, that the records of the open page hold: `indices[:count]`.

    A line that was taken back may have left some that none holds any more.
    """

    def __init__(self, *, clusters):
        # For each index the page that it was noted in last.
        self.pages = memoryview(_CLUSTER_PAGES if clusters else _EXTRA_PAGES)
        self.indices = memoryview(np.zeros(64, np.uint32))
        self.begin()

    def begin(self):
        """A page is opened: nothing is noted yet."""
        self.page = next(_SERIALS) & 0xFFFFFFFF
        self.count = 0

    def take(self):
        """What was noted, uint32; the page is full."""
        taken = np.array(self.indices[: self.count])
        self.begin()
        return taken

    def put_back(self, indices):
        """Undoes take()."""
        for index in indices.tolist():
            self.add(index)

    def add(self, index):
        """Notes one, unless it has been."""
        if self.pages[index] == self.page:
            return
        if self.count == len(self.indices):
            with cython.gil:
                self.grow()
        self.pages[index] = self.page
        self.indices[self.count] = index
        self.count += 1

    def add_all(self, cells, at, count):
        """Notes the clusters of `count` cells from cells[at] on.

        Mostly all are known. Clusters are anywhere, so no branch depends on whether a cell is one.
        """
        i: cython.Py_ssize_t
        for i in range(at, at + 4 * count, 4):
            if (self.pages[cells[i] & CODEPOINT] ^ self.page) & (0 - (cells[i] >> 31)):
                break
        else:
            return
        for i in range(at, at + 4 * count, 4):
            if cells[i] >> 31:
                self.add(cells[i] & CODEPOINT)

    def grow(self):
        """Makes room for more. Raises MemoryError."""
        self.indices = memoryview(np.resize(self.indices, 2 * self.count))
