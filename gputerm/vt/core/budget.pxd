cimport cython

@cython.final
cdef class Budget:
    cdef public Py_ssize_t stop

    cpdef void spend(self, Py_ssize_t units) noexcept
