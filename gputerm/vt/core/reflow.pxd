cimport cython

from gputerm.vt.core.cells cimport FILLER, ROW_OUTPUT, ROW_PROMPT, ROW_SIZE, ROW_WRAPPED, TAIL, WIDE
from gputerm.vt.core.history cimport History

@cython.final
cdef class Reflow:
    cdef History old, new
    cdef int columns, width
    cdef long long first_line, stop_line
    cdef list anchors
    cdef readonly list places
    cdef int next_anchor
    cdef list pending
    cdef long long anchor_line
    cdef unsigned int[::1] cells
    cdef int held
    cdef long long start
    cdef long long total
    cdef long long keep
    cdef list marks

    cdef void take(self, unsigned char[::1] page, int p, long long line)
    cdef void emit(self, int count, bint wrapped, bint last)
    cdef void finish(self, bint goes_on)
    cdef void note(self, long long line)
    cdef int record_size(self, unsigned char[::1] page, int p) noexcept nogil
