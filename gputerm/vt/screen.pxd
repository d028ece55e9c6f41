cimport cython

from gputerm.vt.printer cimport Printer

cdef class SavedCursor:
    cdef public int line, column
    cdef public bint pending_wrap
    cdef public unsigned int fg, bg, attrs, underline_color
    cdef public bint protected, origin
    cdef public int gl, gr, single_shift
    cdef readonly object charsets
    cdef unsigned char[::1] charset

@cython.final
cdef class Screen(Printer):
    cdef readonly bint is_alternate
    cdef readonly object tab_stops
    cdef unsigned char[::1] stops
    cdef readonly SavedCursor saved
    cdef SavedCursor saved_primary, saved_alternate

    cdef int number(self, int i, int count, int default) noexcept nogil
    cdef void csi_plain(self, int final, int count) noexcept nogil
    cdef void set_synchronized(self, bint on) noexcept nogil
    cdef bint hot_modes(self, int count, bint on) noexcept nogil
    cdef bint inside_margins(self) noexcept nogil
    cdef bint keeps_protected(self, bint selective) noexcept nogil
    cdef void move_to(self, int line, int column) noexcept nogil
    cdef void reverse(self, int count) noexcept nogil

    cpdef void cursor_up(self, int count) noexcept nogil
    cpdef void cursor_down(self, int count) noexcept nogil
    cpdef void cursor_forward(self, int count) noexcept nogil
    cpdef void cursor_back(self, int count) noexcept nogil
    cpdef void cursor_next_line(self, int count) noexcept nogil
    cpdef void cursor_previous_line(self, int count) noexcept nogil
    cpdef void cursor_to_column(self, int column) noexcept nogil
    cpdef void cursor_to_line(self, int line) noexcept nogil
    cpdef void cursor_position(self, int line, int column) noexcept nogil
    cpdef void cursor_column_forward(self, int count) noexcept nogil
    cpdef void cursor_line_down(self, int count) noexcept nogil
    cpdef void tab_forward(self, int count) noexcept nogil
    cpdef void tab_back(self, int count) noexcept nogil
    cpdef void set_tab_stop(self) noexcept nogil
    cpdef void clear_tab_stop(self, int which) noexcept nogil
    cpdef void backspace(self) noexcept nogil
    cpdef void carriage_return(self) noexcept nogil
    cpdef void linefeed(self) noexcept nogil
    cpdef void index(self) noexcept nogil
    cpdef void reverse_index(self) noexcept nogil
    cpdef void next_line(self) noexcept nogil
    cpdef void back_index(self) noexcept nogil
    cpdef void forward_index(self) noexcept nogil
    cpdef void erase_in_display(self, int which, bint selective) noexcept nogil
    cdef void erase_cells(self, int line, int start, int stop, bint skip) noexcept nogil
    cpdef void erase_in_line(self, int which, bint selective) noexcept nogil
    cpdef void erase_characters(self, int count) noexcept nogil
    cpdef void insert_characters(self, int count) noexcept nogil
    cpdef void delete_characters(self, int count) noexcept nogil
    cpdef void insert_lines(self, int count) noexcept nogil
    cpdef void delete_lines(self, int count) noexcept nogil
    cpdef void insert_columns(self, int count) noexcept nogil
    cpdef void delete_columns(self, int count) noexcept nogil
    cpdef void scroll_up(self, int count) noexcept nogil
    cpdef void scroll_down(self, int count) noexcept nogil
    cpdef void scroll_left(self, int count) noexcept nogil
    cpdef void scroll_right(self, int count) noexcept nogil
    cpdef void repeat_character(self, int count) noexcept nogil
    cpdef void set_top_and_bottom_margins(self, int top, int bottom) noexcept nogil
    cpdef void set_left_and_right_margins(self, int left, int right) noexcept nogil
    cpdef void set_left_right_margin_mode(self, bint on) noexcept nogil
    cpdef void set_origin_mode(self, bint on) noexcept nogil
    cpdef void set_line_size(self, int size) noexcept nogil
    cpdef void alignment_pattern(self) noexcept nogil
    cpdef void set_character_protection(self, int which) noexcept nogil
    cpdef void save_cursor(self) noexcept nogil
    cpdef void restore_cursor(self) noexcept nogil
    cpdef void designate_charset(self, int g, int charset) noexcept nogil
