"""What the keyboard layout in force on X11 makes of a key with Shift or AltGr.

SDL tells a key's character without modifiers and the text it typed. With Ctrl held there is no
text, though Ctrl+AltGr+8 is Ctrl+[ on a German keyboard; and it doesn't tell AltGr from an Alt key
on the right. Off X11 nothing is known here. [The X Keyboard Extension: Library Specification;
keysymdef.h; linux/input-event-codes.h]
"""

import ctypes
from functools import cached_property

from gputerm.window import sdl, x11

#: X's keycode of the key with a character on US keyboards: Linux's number of the key plus 8.
_KEYCODES = {
    character: 8 + first + index
    for first, row in (
        (2, "1234567890-="),
        (16, "qwertyuiop[]"),
        (30, "asdfghjkl;'`"),
        (43, "\\zxcvbnm,./"),
        (57, " "),
        (86, "<"),
    )
    for index, character in enumerate(row)
}
_RIGHT_ALT = 108

_ISO_LEVEL3_SHIFT, _ISO_LEVEL5_SHIFT, _MODE_SWITCH = 0xFE03, 0xFE11, 0xFF7E
_SHIFT_MASK, _MOD5_MASK, _GROUP_SHIFT = 1 << 0, 1 << 7, 13
_USE_CORE_KEYBOARD = 0x100
_UNICODE = 0x01000000  #: a keysym that is a codepoint plus this


class X11KeyboardLayout:
    """The layout that an event of a window was made with. Asks the X server only for chords."""

    def __init__(self, window_id: int) -> None:
        """`window_id` is SDL's."""
        self._window_id = window_id

    @cached_property
    def _x11(self) -> x11.X11Window | None:
        return x11.x11_window(sdl.SDL_GetWindowFromID(self._window_id))

    def altgr(self) -> bool | None:
        """Whether the right Alt key is AltGr, which chooses characters; None = unknown."""
        if self._x11 is None:
            return None
        keysym = self._x11.xlib.XkbKeycodeToKeysym(
            self._x11.display, _RIGHT_ALT, self._group(self._x11), 0
        )
        return keysym in (_ISO_LEVEL3_SHIFT, _ISO_LEVEL5_SHIFT, _MODE_SWITCH)

    def character(self, base: str, *, shift: bool, altgr: bool) -> str:
        """What the key at the place of US `base` gives with these held; "" = nothing or unknown."""
        keycode = _KEYCODES.get(base)
        if self._x11 is None or keycode is None:
            return ""
        state = self._group(self._x11) << _GROUP_SHIFT
        state |= (_SHIFT_MASK if shift else 0) | (_MOD5_MASK if altgr else 0)
        used, keysym = ctypes.c_uint(), ctypes.c_ulong()
        self._x11.xlib.XkbLookupKeySym(
            self._x11.display, keycode, state, ctypes.byref(used), ctypes.byref(keysym)
        )
        return _character(keysym.value)

    def _group(self, x11_window: x11.X11Window) -> int:
        state = (ctypes.c_ubyte * 32)()  # XkbStateRec; its first byte is the group in force
        x11_window.xlib.XkbGetState(x11_window.display, _USE_CORE_KEYBOARD, state)
        return state[0]


def _character(keysym: int) -> str:
    """The character of a keysym that is Latin-1 or Unicode by its number; "" for all others."""
    if 0x20 <= keysym < 0x7F or 0xA0 <= keysym <= 0xFF:
        return chr(keysym)
    if _UNICODE < keysym < _UNICODE + 0x110000:
        return chr(keysym - _UNICODE)
    return ""
