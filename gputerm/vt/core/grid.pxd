cimport cython
from libc.string cimport memmove, memset

# Cells and slots are moved and blanked in bulk; grid.py has the same in Python. The directives of
# grid.py don't reach here, hence `with`.
cdef inline void move_words(
    unsigned int[::1] words, Py_ssize_t target, Py_ssize_t source, Py_ssize_t count
) noexcept nogil:
    with cython.boundscheck(False), cython.wraparound(False):
        memmove(&words[target], &words[source], count * sizeof(unsigned int))

cdef inline void clear_words(
    unsigned int[::1] words, Py_ssize_t start, Py_ssize_t count
) noexcept nogil:
    with cython.boundscheck(False), cython.wraparound(False):
        memset(&words[start], 0, count * sizeof(unsigned int))

cdef inline void move_slots(int[::1] slots, int target, int source, int count) noexcept nogil:
    with cython.boundscheck(False), cython.wraparound(False):
        memmove(&slots[target], &slots[source], count * sizeof(int))

from gputerm.vt.core.cells cimport CODEPOINT, PROTECTED, ROW_SIZE, ROW_WRAPPED, TAIL, WIDE
from gputerm.vt.core.budget cimport Budget

@cython.final
cdef class Grid:
    cdef readonly int lines, columns, number
    cdef readonly object array, index, row_flags, row_seqnos
    cdef unsigned int[::1] cells
    cdef int[::1] slots
    cdef int[::1] scratch
    cdef unsigned char[::1] flag
    cdef unsigned long long[::1] seqnos
    cdef int[::1] used
    cdef unsigned char[::1] plain
    cdef unsigned long long seqno
    cdef readonly Budget budget

    cpdef int lines_in_use(self) noexcept nogil
    cdef int need(self, int top, int bottom, int left, int right) except -1 nogil
    cdef Py_ssize_t base(self, int line) noexcept nogil
    cdef void stamp(self, int line) noexcept nogil
    cdef void make_single(self) noexcept nogil
    cpdef int touch(self, int line) except -1 nogil
    cdef void write_blank(self, int slot, int start, int stop, unsigned int bg) noexcept nogil
    cdef void write_cells(
        self, int slot, int start, int stop,
        unsigned int word, unsigned int other,
        unsigned int fg, unsigned int bg, unsigned int attrs
    ) noexcept nogil
    cdef void clear_slot(self, int slot, unsigned int bg) noexcept nogil
    cdef void copy_cells(self, int source, int target, int left, int right) noexcept nogil
    cdef void move_cells(self, int slot, int source, int target, int count) noexcept nogil
    cpdef int split_wide(self, int line, int column) except -1 nogil
    cpdef int erase(
        self, int line, int start, int stop, unsigned int bg, bint skip_protected
    ) except -1 nogil
    cpdef int erase_lines(self, int top, int bottom, unsigned int bg) except -1 nogil
    cpdef int fill(
        self, int line, int start, int stop,
        unsigned int word, unsigned int fg, unsigned int bg, unsigned int attrs
    ) except -1 nogil
    cpdef int scroll_up(
        self, int top, int bottom, int left, int right, int count, unsigned int bg
    ) except -1 nogil
    cpdef int scroll_down(
        self, int top, int bottom, int left, int right, int count, unsigned int bg
    ) except -1 nogil
    cpdef int insert_cells(
        self, int line, int column, int right, int count, unsigned int bg
    ) except -1 nogil
    cpdef int delete_cells(
        self, int line, int column, int right, int count, unsigned int bg
    ) except -1 nogil
