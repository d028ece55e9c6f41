cimport cython

from gputerm.vt.core.cells cimport BLINK, BOLD, COLOR_PALETTE, COLOR_RGB, DIM, HIDDEN, INVERSE
from gputerm.vt.core.cells cimport ITALIC, OVERLINE, RAPID_BLINK, STRIKE, UNDERLINE, UNDERLINE_SHIFT

@cython.final
cdef class Pen:
    cdef public unsigned int fg, bg, attrs, underline_color
    cdef int[::1] params
    cdef unsigned char[::1] joined

    cpdef void reset(self) noexcept nogil
    cdef void apply(self, int count) noexcept nogil
    cdef int color(self, int i, int count, int which) noexcept nogil
