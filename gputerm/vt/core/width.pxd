# The numbers of width.py that compiled modules use, as constants in C; a test holds them equal.
cdef enum:
    WIDTH = 0x3
    CLASS_SHIFT = 2
    CLASS = 0x1F
    REGIONAL_INDICATOR = 7
    EMOJI_VARIATION = 0x80
    BREAK_BIT = 0x80
    STATE = 0x7F
    TEXT_PRESENTATION = 0xFE0E
    EMOJI_PRESENTATION = 0xFE0F
