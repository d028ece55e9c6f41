from gputerm.vt.core.cells cimport CODEPOINT, FILLER, MARKS, PROTECT_OFF, PROTECTED, ROW_SIZE
from gputerm.vt.core.cells cimport ROW_WRAPPED, STYLE, TAIL, WIDE
from gputerm.vt.core.width cimport BREAK_BIT, CLASS, CLASS_SHIFT, EMOJI_PRESENTATION
from gputerm.vt.core.width cimport EMOJI_VARIATION, REGIONAL_INDICATOR, STATE, TEXT_PRESENTATION, WIDTH
from gputerm.vt.core.clusters cimport Clusters
from gputerm.vt.core.grid cimport Grid
from gputerm.vt.core.history cimport History
from gputerm.vt.core.performer cimport MAX_RUN, Performer
from gputerm.vt.core.sgr cimport Pen

cdef class Printer(Performer):
    cdef readonly int lines, columns
    cdef readonly unsigned long long seqno
    cdef readonly Grid grid, primary, alternate
    cdef readonly History history
    cdef readonly Clusters clusters
    cdef readonly object extras
    cdef readonly int line, column
    cdef public bint pending_wrap
    cdef readonly Pen pen
    cdef readonly unsigned int extra
    cdef unsigned int extra_color
    cdef str link_uri, link_id
    cdef public bint protected
    cdef public int protect_mode
    cdef readonly int top, bottom, left, right
    cdef public bint autowrap, insert, newline, origin, left_right_margin_mode
    cdef public bint reverse_wrap, extended_reverse_wrap, grapheme_clusters
    cdef public bint cursor_visible, synchronized, tab_wraps
    cdef bint default_clusters, clusters_chosen
    cdef readonly long long sync_generation
    cdef readonly object charset_tables, charsets
    cdef unsigned int[::1] glyphs
    cdef unsigned char[::1] charset
    cdef readonly int gl, gr, single_shift
    cdef readonly unsigned int last_graphic
    cdef const unsigned short[::1] stage1
    cdef const unsigned char[::1] stage2
    cdef const unsigned char[::1] breaks
    cdef Py_ssize_t[::1] heads
    cdef int break_state
    cdef bint joinable

    cdef void put_clusters(self, bint on) noexcept nogil
    cdef void begin(self) noexcept nogil
    cdef void print_ascii(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil
    cdef void print_text(self, int count) noexcept nogil
    cdef void protect(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil
    cdef void join_all(self, Py_ssize_t count) noexcept nogil
    cdef unsigned int longer(self, unsigned int word, unsigned int codepoint) noexcept nogil
    cdef int entry(self, unsigned int codepoint) noexcept nogil
    cdef void put(self, unsigned int codepoint) noexcept nogil
    cdef void put_delete(self) noexcept nogil
    cdef void place(self, unsigned int word, int width) noexcept nogil
    cdef void write(
        self, Py_ssize_t at, unsigned int word, unsigned int attrs
    ) noexcept nogil
    cdef int previous_column(self) noexcept nogil
    cdef void join(self, unsigned int codepoint, int width) noexcept nogil
    cdef void widen(self, int column) noexcept nogil
    cdef void narrow(self, int column) noexcept nogil
    cdef int width(self) noexcept nogil
    cdef int limit(self) noexcept nogil
    cdef void wrap(self) noexcept nogil
    cdef void line_down(self) noexcept nogil
    cdef void scroll(self, int top, int count) noexcept nogil
    cdef void update_extra(self) noexcept
    cdef void sweep(self) noexcept
