cimport cython

@cython.final
cdef class Pen:
    cdef public unsigned int fg, bg, attrs, underline_color

    cpdef void reset(self) noexcept nogil
    cdef void apply(self, int[::1] params, unsigned char[::1] joined, int count) noexcept nogil
    cdef int color(
        self, int[::1] params, unsigned char[::1] joined, int i, int count, int which
    ) noexcept nogil
