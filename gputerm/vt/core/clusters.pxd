cimport cython

from gputerm.vt.core.cells cimport CODEPOINT, MARKS

cdef unsigned int _CLUSTER
cdef unsigned long long _SPREAD

@cython.final
cdef class Clusters:
    cdef unsigned long long[::1] edges
    cdef unsigned int[::1] parents
    cdef unsigned int[::1] lasts
    cdef unsigned char[::1] lengths
    cdef int free, top, refused
    cdef readonly int count
    cdef readonly int threshold

    cdef unsigned int extend(self, unsigned int word, unsigned int codepoint) noexcept nogil
    cdef unsigned int known(self, unsigned int word, unsigned int codepoint) noexcept nogil
    cdef Py_ssize_t extend_known(
        self,
        unsigned int[::1] cells,
        Py_ssize_t[::1] places,
        unsigned int[::1] codepoints,
        Py_ssize_t i,
        Py_ssize_t count,
    ) noexcept nogil
    cdef unsigned int first(self, unsigned int word) noexcept nogil
    cdef unsigned int last(self, unsigned int word) noexcept nogil
    cdef int add(self, unsigned int word, unsigned int codepoint) noexcept
    cdef void link(self, int index) noexcept nogil
    cdef void rehash(self, Py_ssize_t size) noexcept
    cdef void grow(self) noexcept

@cython.final
cdef class Noted:
    cdef unsigned int[::1] pages, indices
    cdef unsigned int page
    cdef int count

    cdef begin(self)
    cdef take(self)
    cdef put_back(self, indices)
    cdef void add(self, unsigned int index) noexcept nogil
    cdef void add_all(self, unsigned int[::1] cells, Py_ssize_t at, int count) noexcept nogil
    cdef grow(self)
