"""Which keyboard protocols the program asked for; encoding keys by them is another package's work.

Two protocols live side by side: xterm's modifyOtherKeys, one number for the terminal, and kitty's
progressive enhancement, flags on a stack for each of the two screens. The stack is bounded, and
full it forgets the oldest entry (sw.kovidgoyal.net/kitty/keyboard-protocol).
"""

from typing import NamedTuple

from gputerm.records import Record

MAX_STACK = 64  # Deep enough for nested programs; a flood of pushes can't grow memory.
KITTY_FLAGS = 0b11111  #: disambiguate, event types, alternate keys, all as escape codes, text


class KeyOptions(NamedTuple):
    """All that the encoding of a key depends on besides the key; made for each key, and so no
    Record."""

    app_cursor: bool = False  #: DECCKM
    app_keypad: bool = False  #: DECNKM, DECKPAM
    kitty_flags: int = 0
    modify_other_keys: int = 0  #: 0, 1, 2
    format_other_keys: int = 0  #: XTFMTKEYS 4: 0 sends CSI 27 ; m ; c ~, 1 sends CSI c ; m u
    newline: bool = False  #: LNM: Enter sends CR LF
    backarrow: bool = False  #: DECBKM: backspace sends BS
    alt_escape: bool = True  #: modes 1036 and 1039
    locked: bool = False  #: KAM: nothing is sent


class MouseOptions(Record):
    """All that a mouse report depends on besides the event."""

    tracking: int = 0  #: 0, 9, 1000, 1002, 1003
    encoding: int = 0  #: 0 bytes, 1005 UTF-8, 1006 SGR, 1015 urxvt, 1016 SGR in pixels
    alternate_scroll: bool = (
        True  #: mode 1007 and the alternate screen: the wheel sends cursor keys
    )


class KittyFlags:
    """The flags in force on one screen and the stack below them."""

    def __init__(self) -> None:
        self.flags = 0
        self._stack: list[int] = []

    def push(self, flags: int) -> None:
        """CSI > flags u"""
        self._stack.append(self.flags)
        del self._stack[:-MAX_STACK]
        self.flags = flags & KITTY_FLAGS

    def pop(self, count: int) -> None:
        """CSI < count u; popping more than there is leaves no flags."""
        for _ in range(min(count, MAX_STACK + 1)):
            self.flags = self._stack.pop() if self._stack else 0

    def set(self, flags: int, how: int) -> None:
        """CSI = flags ; how u: 1 replace, 2 add, 3 remove; any other how does nothing."""
        flags &= KITTY_FLAGS
        if how == 1:
            self.flags = flags
        elif how == 2:
            self.flags |= flags
        elif how == 3:
            self.flags &= ~flags


class KeyboardModes:
    """xterm's two numbers, and the kitty flags of the primary [0] and alternate [1] screen."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.modify_other_keys = 0
        self.format_other_keys = 0
        self.kitty = (KittyFlags(), KittyFlags())
