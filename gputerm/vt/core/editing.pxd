from gputerm.vt.core.cells cimport MARKS, PROTECT_DEC, PROTECT_ISO, PROTECTED, ROW_SIZE
from gputerm.vt.core.cells cimport ROW_WRAPPED, TAIL, WIDE
from gputerm.vt.core.motion cimport Motion
from gputerm.vt.core.width cimport WIDTH

cdef class Editing(Motion):
    cdef bint keeps_protected(self, bint selective) noexcept nogil
    cdef void linefeed(self) noexcept nogil
    cdef void index(self) noexcept nogil
    cdef void next_line(self) noexcept nogil
    cdef void reverse_index(self) noexcept nogil
    cdef void back_index(self) noexcept nogil
    cdef void forward_index(self) noexcept nogil
    cdef void erase_in_display(self, int which, bint selective) noexcept nogil
    cdef void erase_cells(self, int line, int start, int stop, bint skip) noexcept nogil
    cdef void erase_in_line(self, int which, bint selective) noexcept nogil
    cdef void erase_characters(self, int count) noexcept nogil
    cdef void alignment_pattern(self) noexcept nogil
    cdef void set_character_protection(self, int which) noexcept nogil
    cdef void insert_characters(self, int count) noexcept nogil
    cdef void delete_characters(self, int count) noexcept nogil
    cdef void insert_lines(self, int count) noexcept nogil
    cdef void delete_lines(self, int count) noexcept nogil
    cdef void insert_columns(self, int count) noexcept nogil
    cdef void delete_columns(self, int count) noexcept nogil
    cdef void scroll_up(self, int count) noexcept nogil
    cdef void scroll_down(self, int count) noexcept nogil
    cdef void scroll_left(self, int count) noexcept nogil
    cdef void scroll_right(self, int count) noexcept nogil
    cdef void repeat_character(self, int count) noexcept nogil
    cdef void place_many(self, unsigned int word, int width, int count) noexcept nogil
