cimport cython

from gputerm.vt.core.cells cimport CODEPOINT, COLOR_PALETTE, COLOR_RGB, FILLER, ROW_WRAPPED, STYLE
from gputerm.vt.core.cells cimport TAIL, WIDE
from gputerm.vt.core.clusters cimport Noted
from gputerm.vt.core.grid cimport Grid

# history.py has the same in Python. Its directives don't reach here, hence `with`. Plain pointers,
# because after each byte that is stored C reads what views are made of again; and eight at a time,
# because C doesn't unroll a loop by itself.
cdef inline void put_bytes(
    unsigned char[::1] page, Py_ssize_t p, unsigned int[::1] cells, Py_ssize_t at, int count
) noexcept nogil:
    cdef unsigned char *byte
    cdef const unsigned int *cell
    cdef int i
    if count == 0:
        return
    with cython.boundscheck(False), cython.wraparound(False):
        byte = &page[p]
        cell = &cells[at]
    while count >= 8:
        for i in range(8):
            byte[i] = cell[4 * i] & 0xFF
        byte += 8
        cell += 32
        count -= 8
    while count > 0:
        byte[0] = cell[0] & 0xFF
        byte += 1
        cell += 4
        count -= 1

cdef inline void put_header(
    unsigned char[::1] page, Py_ssize_t p, int flags, int kind, int count
) noexcept nogil:
    cdef unsigned char *byte
    with cython.boundscheck(False), cython.wraparound(False):
        byte = &page[p]
    byte[0] = flags & 0xFF
    byte[1] = kind & 0xFF
    byte[2] = count & 0xFF
    byte[3] = count >> 8 & 0xFF

cdef inline void put_short(unsigned char[::1] page, Py_ssize_t at, int value) noexcept nogil:
    cdef unsigned char *byte
    with cython.boundscheck(False), cython.wraparound(False):
        byte = &page[at]
    byte[0] = value & 0xFF
    byte[1] = value >> 8 & 0xFF

@cython.final
cdef class History:
    cdef public int limit
    cdef readonly int columns
    cdef readonly long long first, stop, pending_stop
    cdef public unsigned long long seqno
    cdef list pages
    cdef list firsts
    cdef list begins
    cdef list widths
    cdef list ends
    cdef list held
    cdef list let_go
    cdef Noted clusters, extras
    cdef unsigned int[::1] scratch
    cdef unsigned char[::1] page
    cdef int end
    cdef int page_lines
    cdef long long next_page_first

    cpdef append_line(self, Grid grid, int line)
    cdef void append(self, Grid grid, int line) noexcept nogil
    cdef void append_cells(
        self, unsigned int[::1] cells, Py_ssize_t at, int count, int flags
    ) noexcept nogil
    cdef bint begin_record(self, int need, int flags, int kind, int count) noexcept nogil
    cdef void end_record(self, int end) noexcept nogil
    cdef int encode(
        self,
        unsigned char[::1] page,
        unsigned int[::1] cells,
        Py_ssize_t at,
        int count,
        int width,
        int kind,
    ) noexcept nogil
    cdef int encode_runs(
        self, unsigned char[::1] page, unsigned int[::1] cells, Py_ssize_t at, int count, int p
    ) noexcept nogil
    cdef void new_page(self, int need) noexcept
    cdef void evict(self) noexcept nogil
    cdef void drop_pages(self) noexcept
    cdef int locate(self, long long line)
    cdef int offset(self, unsigned char[::1] page, int number) noexcept nogil
    cdef int decode(
        self, unsigned char[::1] page, int p, unsigned int[::1] cells, Py_ssize_t at
    ) noexcept nogil
    cdef int copy_record(self, unsigned char[::1] page, int p, int size) noexcept nogil
    cdef note_lines(self, int k)
    cdef void note(self, unsigned char[::1] page, int p) noexcept nogil
    cdef held_by_open_page(self)
    cpdef long long mark(self, unsigned char[::1] live_clusters, unsigned char[::1] live_extras)
    cpdef pop(self)
    cdef seal(self)
    cdef reopen(self)
    cdef trim(self)
    cpdef long long end_of(self, int k)
    cpdef long long line_start(self, long long line, long long lines, long long cells)
