cimport cython

from gputerm.vt.core.cells cimport CODEPOINT, FILLER, ROW_WRAPPED, TAIL, WIDE
from gputerm.vt.core.clusters cimport Clusters
from gputerm.vt.core.grid cimport Grid
from gputerm.vt.core.history cimport History

cdef int _WIDE
cdef int _TEXT
cdef int _PIECE

# transcript.py has the same in Python. Its directives don't reach here, hence `with`. Plain
# pointers, so that C copies many bytes at a time.
cdef inline unsigned int copy_text(
    unsigned char[::1] page, Py_ssize_t p, unsigned char[::1] data, Py_ssize_t at, int count
) noexcept nogil:
    cdef const unsigned char *source
    cdef unsigned char *target
    cdef unsigned char together = 0
    cdef int i
    if count == 0:
        return 0
    with cython.boundscheck(False), cython.wraparound(False):
        source = &page[p]
        target = &data[at]
    for i in range(count):
        together |= source[i]
        target[i] = source[i] | (0x20 if source[i] == 0 else 0)
    return together

@cython.final
cdef class Transcript:
    cdef History history
    cdef Grid grid
    cdef Clusters clusters
    cdef readonly long long first, stop, last
    cdef readonly bytes text
    cdef Py_ssize_t end
    cdef unsigned char[::1] page
    cdef long long page_first, page_stop, page_begin
    cdef int page_width
    cdef int[::1] starts
    cdef unsigned char[::1] plain
    cdef unsigned char[::1] data
    cdef unsigned short[::1] columns

    cdef int open(self, long long line) except -1
    cdef bint wrapped(self, long long line) except -1
    cdef bint joined(self, long long line) except -1
    cdef int size(self, long long line) except -1
    cpdef long long start_of(self, long long line) except *
    cpdef long long stop_of(self, long long line) except *
    cpdef long long start_above(self, long long stop, long long cells, long long lowest) except *
    cpdef long long stop_below(self, long long start, long long cells, long long highest) except *
    cpdef read(self, long long first, long long stop)
    cdef make_room(self, Py_ssize_t need)
    cdef note_columns(self)
    cdef take_record(self, long long line, int number)
    cdef take_row(self, long long line, int number)
    cdef pad(self, int count, int width, int number)
    cdef put(self, unsigned int word, int column)
    cdef void encode(self, unsigned int codepoint, int column) noexcept
    cdef int row_of(self, Py_ssize_t offset) noexcept
    cpdef cells(self, Py_ssize_t start, Py_ssize_t stop)
