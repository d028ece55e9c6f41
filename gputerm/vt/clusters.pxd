cimport cython

cdef unsigned int _CLUSTER

@cython.final
cdef class Clusters:
    cdef unsigned int[::1] pool
    cdef int pool_used
    cdef int[::1] starts
    cdef unsigned char[::1] lengths
    cdef int[::1] slots
    cdef unsigned int[::1] scratch
    cdef object free
    cdef int top, refused
    cdef readonly int count
    cdef readonly int threshold

    cdef unsigned int extend(self, unsigned int word, unsigned int codepoint) noexcept nogil
    cdef unsigned int first(self, unsigned int word) noexcept nogil
    cdef unsigned int last(self, unsigned int word) noexcept nogil
    cdef int find(self, int length) noexcept nogil
    cdef int add(self, int length) noexcept
    cdef unsigned int hash(self, int length) noexcept nogil
    cdef void rehash(self) noexcept
    cdef void grow(self) noexcept
