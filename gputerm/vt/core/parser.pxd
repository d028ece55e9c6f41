cimport cython
from libc.string cimport memcpy
from posix.unistd cimport read

from gputerm.vt.core.budget cimport Budget
from gputerm.vt.core.performer cimport MAX_PARAMS, MAX_RUN, Performer
from gputerm.vt.core.transitions cimport ABORT, APC, CLEAR, COLLECT, CSI_DISPATCH, CSI_ENTRY
from gputerm.vt.core.transitions cimport CSI_PARAM, DCS, DCS_ENTRY, DCS_IGNORE, ESC_DISPATCH, ESCAPE
from gputerm.vt.core.transitions cimport EXECUTE, GROUND, HOOK, OSC, OSC_STRING, PARAM, PM, PREFIX
from gputerm.vt.core.transitions cimport PUT, SOS, SOS_PM_APC_STRING, STRING_BEL, STRING_ESC
from gputerm.vt.core.transitions cimport STRING_START
from gputerm.vt.core.utf8 cimport BROKEN, CONTINUES, STOPS

cdef enum:
    MAX_PARAM = 65535

cdef Py_ssize_t _MAX_STRING, _RUN

# parser.py has these in Python. Its directives don't reach here, hence `with`. A single load:
cdef inline unsigned int word_at(const unsigned char[::1] data, Py_ssize_t at) noexcept nogil:
    cdef const unsigned char *byte
    with cython.boundscheck(False), cython.wraparound(False):
        byte = &data[at]
    return (<unsigned int>byte[0] << 24) | byte[1] << 16 | byte[2] << 8 | byte[3]

# Eight bytes at a time: adding 1 carries into the top bit from 7F on, and subtracting 20 borrows it
# below that; from a byte that isn't graphic it may also spread to the next, which doesn't matter.
cdef inline Py_ssize_t graphics_end(
    const unsigned char[::1] data, Py_ssize_t at, Py_ssize_t stop
) noexcept nogil:
    cdef const unsigned char *byte
    cdef unsigned long long eight
    with cython.boundscheck(False), cython.wraparound(False):
        byte = &data[0]
    while at + 8 <= stop:
        memcpy(&eight, byte + at, 8)
        if (eight | eight + 0x0101010101010101ULL | eight - 0x2020202020202020ULL) & 0x8080808080808080ULL:
            break
        at += 8
    while at < stop and 0x20 <= byte[at] < 0x7F:
        at += 1
    return at

cdef inline Py_ssize_t read_into(unsigned char[::1] buffer, int descriptor) noexcept nogil:
    with cython.boundscheck(False), cython.wraparound(False):
        return read(descriptor, &buffer[0], buffer.shape[0])

@cython.final
cdef class Parser:
    cdef Performer performer
    cdef Budget budget
    cdef Py_ssize_t left
    cdef const unsigned char[::1] data
    cdef unsigned char[::1] buffer
    cdef unsigned short[::1] table
    cdef unsigned int[::1] utf8_table
    cdef unsigned long long[::1] shapes
    cdef unsigned int[::1] codepoints
    cdef int[::1] params
    cdef unsigned char[::1] joined
    cdef int state
    cdef int count
    cdef bint params_full
    cdef int prefix, intermediates, collected
    cdef unsigned char[::1] string
    cdef Py_ssize_t string_length
    cdef int string_kind
    cdef int string_final
    cdef bint string_escape
    cdef unsigned int codepoint
    cdef unsigned int utf8_state

    cdef Py_ssize_t run(self, Py_ssize_t size) noexcept nogil
    cdef Py_ssize_t ground(self, Py_ssize_t i) noexcept nogil
    cdef Py_ssize_t decode(self, Py_ssize_t i, Py_ssize_t stop) noexcept nogil
    cdef Py_ssize_t control_sequence(self, Py_ssize_t i, Py_ssize_t stop) noexcept nogil
    cdef Py_ssize_t string_bytes(self, Py_ssize_t i, Py_ssize_t stop) noexcept nogil
    cdef Py_ssize_t step(self, Py_ssize_t i) noexcept nogil
    cdef void perform(self, int action, int code) noexcept nogil
    cdef void control_1(self, int code) noexcept nogil
    cdef void clear(self) noexcept nogil
    cdef void param(self, int code) noexcept nogil
    cdef void start_string(self, int kind) noexcept nogil
    cdef void put(self, int code) noexcept nogil
    cdef void grow_string(self) noexcept
    cdef void end_string(self, bint bel) noexcept nogil
    cdef void dispatch_string(self, bint bel) noexcept
