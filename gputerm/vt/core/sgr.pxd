cimport cython

@cython.final
cdef class Pen:
    cdef public unsigned int fg, bg, attrs, underline_color
    cdef int[::1] params
    cdef unsigned char[::1] joined

    cpdef void reset(self) noexcept nogil
    cdef void apply(self, int count) noexcept nogil
    cdef int color(self, int i, int count, int which) noexcept nogil
