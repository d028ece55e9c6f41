"""The layout of a cell: four uint32 words, the same in the grid, in a snapshot and on the GPU.

    word 0  CHAR   0-20 codepoint or cluster index, 27 PROTECTED, 28 FILLER, 29 TAIL, 30 WIDE,
                   31 CLUSTER
    word 1  FG     24-25 kind (default, palette, rgb), low bits index or 0xRRGGBB
    word 2  BG     like FG
    word 3  ATTRS  0-15 flags and underline style, 16-31 EXTRA: underline colour and hyperlink

Bits 21-26 of CHAR and 12-15 of ATTRS are free. An image, or a character larger than its cells,
would be one more thing that EXTRA refers to, and they would say which part of it a cell shows.

All zero is a blank cell in default colours, so a fresh row is `np.zeros`. Codepoint 0 means never
written or erased; a space that the program printed is 0x20.
"""

CHAR, FG, BG, ATTRS = range(4)  #: positions of the words

CODEPOINT = 0x1FFFFF
PROTECTED = 1 << 27  #: DECSCA: selective erase leaves it
FILLER = 1 << 28  #: last column, left blank because a wide character wrapped
TAIL = 1 << 29  #: right half of a wide character
WIDE = 1 << 30  #: left half of a wide character
CLUSTER = 1 << 31  #: bits 0-20 index the cluster table instead of being a codepoint
MARKS = PROTECTED | FILLER | TAIL | WIDE  #: what a cell is besides its character

#: What PROTECTED means, by the function that was used last: nothing, DECSCA's, or SPA's. The
#: second leaves only what erases selectively, the third all erasing.
PROTECT_OFF, PROTECT_DEC, PROTECT_ISO = range(3)

COLOR_DEFAULT = 0
COLOR_PALETTE = 1 << 24
COLOR_RGB = 2 << 24
COLOR_KIND = 3 << 24

BOLD = 1 << 0
DIM = 1 << 1
ITALIC = 1 << 2
UNDERLINE_SHIFT = 3
UNDERLINE = 7 << UNDERLINE_SHIFT  #: 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed
BLINK = 1 << 6
INVERSE = 1 << 7
HIDDEN = 1 << 8
STRIKE = 1 << 9
OVERLINE = 1 << 10
RAPID_BLINK = 1 << 11
STYLE = 0xFFFF  #: of ATTRS, all but EXTRA
EXTRA_SHIFT = 16

ROW_WRAPPED = 1 << 0  #: the logical line goes on in the next row
ROW_SIZE_SHIFT = 1
ROW_SIZE = 3 << ROW_SIZE_SHIFT  #: 0 single, 1 DECDWL, 2 DECDHL top half, 3 DECDHL bottom half
ROW_PROMPT = 1 << 3  #: OSC 133;A starts here
ROW_OUTPUT = 1 << 4  #: OSC 133;C starts here
