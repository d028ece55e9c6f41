# The numbers of utf8.py that compiled modules use, as constants in C; a test holds them equal.
cdef enum:
    BROKEN = 1
    STOPS = 8
    CONTINUES = 64
