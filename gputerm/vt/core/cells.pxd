# The numbers of cells.py that compiled modules use, as constants in C; a test holds them equal.
# CLUSTER isn't here: bit 31 is beyond a C int. `word >> 31` says whether it is set.
cdef enum:
    CODEPOINT = 0x1FFFFF
    PROTECTED = 0x8000000
    FILLER = 0x10000000
    TAIL = 0x20000000
    WIDE = 0x40000000
    MARKS = 0x78000000

    PROTECT_OFF = 0
    PROTECT_DEC = 1
    PROTECT_ISO = 2

    COLOR_PALETTE = 0x1000000
    COLOR_RGB = 0x2000000

    BOLD = 0x1
    DIM = 0x2
    ITALIC = 0x4
    UNDERLINE_SHIFT = 3
    UNDERLINE = 0x38
    BLINK = 0x40
    INVERSE = 0x80
    HIDDEN = 0x100
    STRIKE = 0x200
    OVERLINE = 0x400
    RAPID_BLINK = 0x800
    STYLE = 0xFFFF
    EXTRA_SHIFT = 16

    ROW_WRAPPED = 0x1
    ROW_SIZE_SHIFT = 1
    ROW_SIZE = 0x6
    ROW_PROMPT = 0x8
    ROW_OUTPUT = 0x10
