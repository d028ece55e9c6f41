cimport cython

from gputerm.vt.grid cimport Grid

@cython.final
cdef class History:
    cdef readonly int limit, columns
    cdef readonly long long first, stop
    cdef public unsigned long long seqno
    cdef list pages
    cdef list firsts
    cdef list ends
    cdef object spare
    cdef unsigned char[::1] page
    cdef int end
    cdef int page_lines
    cdef long long next_page_first

    cpdef append_line(self, Grid grid, int line)
    cdef void append(self, Grid grid, int line) noexcept nogil
    cdef void append_cells(
        self, unsigned int[::1] cells, Py_ssize_t at, int count, int flags
    ) noexcept nogil
    cdef bint begin_record(self, int need, int flags, int kind, int count) noexcept nogil
    cdef void end_record(self, int end) noexcept nogil
    cdef int encode(
        self,
        unsigned char[::1] page,
        unsigned int[::1] cells,
        Py_ssize_t at,
        int count,
        int width,
        int kind,
    ) noexcept nogil
    cdef int encode_runs(
        self, unsigned char[::1] page, unsigned int[::1] cells, Py_ssize_t at, int count, int p
    ) noexcept nogil
    cdef void new_page(self, int need) noexcept
    cdef void evict(self) noexcept nogil
    cdef void drop_pages(self) noexcept
    cdef int locate(self, long long line)
    cdef int offset(self, unsigned char[::1] page, int number) noexcept nogil
    cdef int decode(
        self, unsigned char[::1] page, int p, unsigned int[::1] cells, Py_ssize_t at
    ) noexcept nogil
    cdef int copy_record(self, unsigned char[::1] page, int p, int size) noexcept nogil
    cdef int mark(self, unsigned char[::1] live_clusters, unsigned char[::1] live_extras)
    cpdef void pop(self)
