from gputerm.vt.core.editing cimport Editing
from gputerm.vt.core.performer cimport MAX_PARAMS

cdef class SavedCursor:
    cdef readonly int line, column
    cdef readonly bint pending_wrap
    cdef readonly unsigned int fg, bg, attrs, underline_color
    cdef readonly bint protected, origin
    cdef readonly int gl, gr, single_shift
    cdef unsigned char[::1] charset

    cdef void place(self, int line, int column, int lines, int columns) noexcept

cdef class State(Editing):
    cdef readonly bint is_alternate
    cdef readonly SavedCursor saved
    cdef SavedCursor saved_primary, saved_alternate

    cdef void set_synchronized(self, bint on) noexcept nogil
    cdef bint hot_modes(self, int count, bint on) noexcept nogil
    cdef void save_cursor(self) noexcept nogil
    cdef void restore_cursor(self) noexcept nogil
    cdef void designate_charset(self, int g, int charset) noexcept nogil
