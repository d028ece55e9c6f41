cimport cython

from gputerm.vt.core.cells cimport CODEPOINT, ROW_SIZE, TAIL
from gputerm.vt.core.state cimport State

@cython.final
cdef class Screen(State):
    cdef public bint rung
    cdef public object fit

    cdef int number(self, int i, int count, int default) noexcept nogil
    cdef void csi_plain(self, int final, int count) noexcept nogil
