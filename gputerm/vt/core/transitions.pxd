# The numbers of transitions.py that compiled modules use, as constants in C; a test holds them
# equal.
cdef enum:
    GROUND = 0
    ESCAPE = 1
    CSI_ENTRY = 3
    CSI_PARAM = 4
    DCS_ENTRY = 7
    DCS_IGNORE = 10
    OSC_STRING = 12
    SOS_PM_APC_STRING = 13

    EXECUTE = 2
    CLEAR = 3
    COLLECT = 4
    PREFIX = 5
    PARAM = 6
    ESC_DISPATCH = 7
    CSI_DISPATCH = 8
    STRING_START = 9
    HOOK = 10
    PUT = 11
    STRING_BEL = 12
    STRING_ESC = 13
    ABORT = 14

    DCS = 0x50
    SOS = 0x58
    OSC = 0x5D
    PM = 0x5E
    APC = 0x5F
