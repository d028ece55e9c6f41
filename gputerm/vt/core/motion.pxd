from gputerm.vt.core.cells cimport ROW_SIZE, ROW_WRAPPED
from gputerm.vt.core.printer cimport Printer

cdef class Motion(Printer):
    cdef readonly object tab_stops
    cdef unsigned char[::1] stops

    cdef void put_tab_stops(self, object stops)
    cdef bint inside_margins(self) noexcept nogil
    cdef void move_to(self, int line, int column) noexcept nogil
    cdef void reverse(self, int count) noexcept nogil
    cdef void cursor_up(self, int count) noexcept nogil
    cdef void cursor_down(self, int count) noexcept nogil
    cdef void cursor_forward(self, int count) noexcept nogil
    cdef void cursor_back(self, int count) noexcept nogil
    cdef void cursor_next_line(self, int count) noexcept nogil
    cdef void cursor_previous_line(self, int count) noexcept nogil
    cdef void cursor_to_column(self, int column) noexcept nogil
    cdef void cursor_to_line(self, int line) noexcept nogil
    cdef void cursor_position(self, int line, int column) noexcept nogil
    cdef void cursor_column_forward(self, int count) noexcept nogil
    cdef void cursor_column_back(self, int count) noexcept nogil
    cdef void cursor_line_up(self, int count) noexcept nogil
    cdef void cursor_line_down(self, int count) noexcept nogil
    cdef void backspace(self) noexcept nogil
    cdef void carriage_return(self) noexcept nogil
    cdef void tab_forward(self, int count) noexcept nogil
    cdef void tab_back(self, int count) noexcept nogil
    cdef void set_tab_stop(self) noexcept nogil
    cdef void clear_tab_stop(self, int which) noexcept nogil
    cdef void set_top_and_bottom_margins(self, int top, int bottom) noexcept nogil
    cdef void set_left_and_right_margins(self, int left, int right) noexcept nogil
    cdef void set_left_right_margin_mode(self, bint on) noexcept nogil
    cdef void set_origin_mode(self, bint on) noexcept nogil
