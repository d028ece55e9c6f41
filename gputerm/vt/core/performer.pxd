from gputerm.vt.core.budget cimport Budget

cdef enum:
    MAX_PARAMS = 32
    MAX_RUN = 1024

cdef Py_ssize_t _HATCH, _PARAM

cdef class Performer:
    cdef public object handler
    cdef public bint utf8
    cdef readonly Budget budget
    cdef readonly object failures
    cdef public object interruption
    cdef const unsigned char[::1] data
    cdef unsigned int[::1] codepoints
    cdef int[::1] params
    cdef unsigned char[::1] joined

    cdef void begin(self) noexcept nogil
    cdef void print_ascii(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil
    cdef void print_text(self, int count) noexcept nogil
    cdef void execute(self, int code) noexcept nogil
    cdef void esc_dispatch(self, int intermediates, int final) noexcept nogil
    cdef void csi_dispatch(
        self, int prefix, int intermediates, int final, int count
    ) noexcept nogil
    cdef void osc_dispatch(self, bytes data, bint bel) noexcept
    cdef void dcs_dispatch(
        self, int prefix, int intermediates, int final, int count, bytes data
    ) noexcept
    cdef void apc_dispatch(self, bytes data) noexcept

    cdef list param_list(self, int count)
    cdef void hand_csi(self, int prefix, int intermediates, int final, int count) noexcept
    cdef void hand_esc(self, int intermediates, int final) noexcept
    cdef void hand_execute(self, int code) noexcept
    cdef void fail(self, object error, str function) noexcept
