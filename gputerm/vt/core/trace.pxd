cimport cython

from gputerm.vt.core.performer cimport Performer

@cython.final
cdef class Trace(Performer):
    cdef readonly list calls

    cdef void add_text(self, str text) noexcept
