"""SDL keyboard events → KeyEvent. Sources: SDL_keycode.h, SDL_scancode.h, USB HID usage tables.

SDL tells the key twice: the *keycode* is what the active layout makes of it without modifiers, the
*scancode* is its position on a US keyboard.
"""

from functools import lru_cache
from typing import Protocol

from gputerm.input.keys import CHORDS, KEYPAD_WITHOUT_NUM_LOCK, KeyEvent, KeyKind, Mods
from gputerm.window import sdl

#: US keyboard: scancode of a printing key → its character without Shift.
_US_LAYOUT: dict[int, str] = {
    **{4 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
    **{30 + index: digit for index, digit in enumerate("1234567890")},
    44: " ", 45: "-", 46: "=", 47: "[", 48: "]", 49: "\\", 50: "#", 51: ";", 52: "'", 53: "`",
    54: ",", 55: ".", 56: "/", 100: "<",
}  # fmt: skip

#: Keys that print nothing, by scancode.
_NAMED: dict[int, str] = {
    40: "Enter", 41: "Escape", 42: "Backspace", 43: "Tab", 57: "CapsLock",
    **{57 + number: f"F{number}" for number in range(1, 13)},
    **{91 + number: f"F{number}" for number in range(13, 25)},
    70: "PrintScreen", 71: "ScrollLock", 72: "Pause", 73: "Insert", 74: "Home", 75: "PageUp",
    76: "Delete", 77: "End", 78: "PageDown", 79: "ArrowRight", 80: "ArrowLeft", 81: "ArrowDown",
    82: "ArrowUp", 83: "NumLock", 84: "KeypadDivide", 85: "KeypadMultiply", 86: "KeypadSubtract",
    87: "KeypadAdd", 88: "KeypadEnter",
    **{88 + number: f"Keypad{number}" for number in range(1, 10)},
    98: "Keypad0", 99: "KeypadDecimal", 101: "ContextMenu", 103: "KeypadEqual", 117: "Help",
    118: "ContextMenu", 119: "Select", 121: "Again", 122: "Undo", 123: "Cut", 124: "Copy",
    125: "Paste", 126: "Find", 127: "AudioVolumeMute", 128: "AudioVolumeUp",
    129: "AudioVolumeDown", 133: "KeypadSeparator",
    224: "ControlLeft", 225: "ShiftLeft", 226: "AltLeft", 227: "SuperLeft",
    228: "ControlRight", 229: "ShiftRight", 230: "AltRight", 231: "SuperRight",
    257: "IsoLevel3Shift", 258: "MediaTrackNext", 259: "MediaTrackPrevious", 260: "MediaStop",
    261: "MediaPlayPause", 262: "AudioVolumeMute", 285: "MediaRewind", 286: "MediaFastForward",
}  # fmt: skip

_MODS: tuple[tuple[int, Mods], ...] = (
    (sdl.KMOD_LSHIFT | sdl.KMOD_RSHIFT, Mods.SHIFT),
    (sdl.KMOD_LCTRL | sdl.KMOD_RCTRL, Mods.CTRL),
    (sdl.KMOD_LALT | sdl.KMOD_RALT, Mods.ALT),
    (sdl.KMOD_LGUI | sdl.KMOD_RGUI, Mods.SUPER),
    (sdl.KMOD_CAPS, Mods.CAPS_LOCK),
    (sdl.KMOD_NUM, Mods.NUM_LOCK),
)


_CHORD_STATE = (
    sdl.KMOD_LCTRL | sdl.KMOD_RCTRL | sdl.KMOD_LALT | sdl.KMOD_RALT | sdl.KMOD_LGUI | sdl.KMOD_RGUI
)


@lru_cache(maxsize=256)  # enum's operators are slow, and few states occur
def modifiers(state: int) -> Mods:
    """SDL's modifier state as Mods; AltGr that SDL reports as KMOD_MODE is left out."""
    mods = Mods.NONE
    for mask, mod in _MODS:
        if state & mask:
            mods |= mod
    return mods


class KeyboardLayout(Protocol):
    """What must be asked of the keyboard layout for a chord."""

    def altgr(self) -> bool | None:
        """Whether the right Alt key is AltGr; None = unknown."""

    def character(self, base: str, *, shift: bool, altgr: bool) -> str:
        """What the key at the place of US `base` gives with these held; "" = unknown."""


def key_event(
    scancode: int,
    keycode: int,
    state: int,
    *,
    text: str,
    pressed: bool,
    repeat: bool,
    layout: KeyboardLayout,
) -> KeyEvent | None:
    """The KeyEvent of an SDL_Keysym's fields and the text that SDL reported for the key.

    None for keys that are nothing to a terminal.
    """
    event = _plain_event(scancode, keycode, state, text, pressed, repeat)
    if event is None or not state & _CHORD_STATE:
        return event
    return _chord(event, state, layout)


@lru_cache(maxsize=1024)  # a key typed again is found rather than made again
def _plain_event(
    scancode: int, keycode: int, state: int, text: str, pressed: bool, repeat: bool
) -> KeyEvent | None:
    """The event as far as it can be told without asking the layout."""
    mods = modifiers(state)
    base = _US_LAYOUT.get(scancode, "")
    key = _NAMED.get(scancode, "")
    if key:
        if not mods & Mods.NUM_LOCK and not text:
            key = KEYPAD_WITHOUT_NUM_LOCK.get(key, key)
    elif 0x20 <= keycode < 0x110000 and keycode != 0x7F:
        key = chr(keycode).lower() if len(chr(keycode).lower()) == 1 else chr(keycode)
    else:
        key = base
    if not key and not text:
        return None
    shifted = text if Mods.SHIFT in mods and len(key) == len(text) == 1 else ""
    kind = KeyKind.RELEASE if not pressed else KeyKind.REPEAT if repeat else KeyKind.PRESS
    return KeyEvent(key, mods, text, kind, shifted, base, scancode)


def _chord(event: KeyEvent, state: int, layout: KeyboardLayout) -> KeyEvent:
    """The event with what only the layout knows of a key that is held with Ctrl, Alt or Super."""
    key, mods, text, shifted = event.key, event.mods, event.text, event.shifted
    shift = Mods.SHIFT in mods
    if state & sdl.KMOD_RALT and _is_altgr(text, key, mods, layout):
        if not state & sdl.KMOD_LALT:
            mods &= ~Mods.ALT
        if mods & CHORDS and len(key) == 1:
            # Ctrl+[ is Ctrl+AltGr+8 on a German keyboard.
            key = layout.character(event.base, shift=shift, altgr=True) or key
    if shift and len(key) == 1 and not text and mods & CHORDS:
        shifted = layout.character(event.base, shift=True, altgr=False)
    return event.replace(key=key, mods=mods, shifted=shifted)


def _is_altgr(text: str, key: str, mods: Mods, layout: KeyboardLayout) -> bool:
    """Whether the right Alt key chooses characters; else it is held as Alt."""
    known = layout.altgr()
    if known is not None:
        return known
    if not text or len(key) != 1:
        return False
    plain = text.lower() == key.lower() or (Mods.SHIFT in mods and text.isascii())
    return not plain
