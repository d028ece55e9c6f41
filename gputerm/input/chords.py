"""Key names to key events: what `send-keys` and tests of programs understand.

    Enter  F5  Up  Ctrl+c  Alt+Shift+Left  é  A  +  Ctrl++  Keypad1

Names are those of the configuration's bindings and of NAMED_KEYS, in any case, with the usual short
forms; modifiers come first, joined by "+". A capital letter is its key with Shift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.errors import GputermError
from gputerm.input.bindings import KEY_NAMES, Where
from gputerm.input.keys import CHORDS, KEYPAD_TEXT, NAMED_KEYS, KeyEvent, Mods

if TYPE_CHECKING:
    from collections.abc import Iterable

MODIFIERS = {
    "shift": Mods.SHIFT,
    "alt": Mods.ALT,
    "option": Mods.ALT,
    "ctrl": Mods.CTRL,
    "control": Mods.CTRL,
    "super": Mods.SUPER,
    "command": Mods.SUPER,
    "hyper": Mods.HYPER,
    "meta": Mods.META,
}

SHORT_NAMES = {
    "esc": "Escape",
    "del": "Delete",
    "ins": "Insert",
    "pgup": "PageUp",
    "pgdn": "PageDown",
    "pagedown": "PageDown",
    "bs": "Backspace",
}
_KEYPAD = {text: name for name, text in KEYPAD_TEXT.items()} | {"Enter": "KeypadEnter"}
_NAMED = {name.casefold(): name for name in NAMED_KEYS}


class ChordError(GputermError):
    """No name of a key. The message doesn't repeat it: keys are what somebody types."""


def parse_chord(chord: str) -> KeyEvent:
    """The press of a key. Raises ChordError."""
    # The last "+" may be the key itself.
    *names, key = chord[:-1].split("+") if chord.endswith("+") else chord.split("+")
    if chord.endswith("+"):
        if key:
            raise ChordError("a key is missing after the modifiers")
        key = "+"
    return _event(_key(key), parse_mods(names))


def parse_mods(names: Iterable[str]) -> Mods:
    """Modifiers by name. Raises ChordError."""
    mods = Mods.NONE
    for name in names:
        modifier = MODIFIERS.get(name.casefold())
        if modifier is None:
            raise ChordError(f"modifiers are {', '.join(MODIFIERS)}")
        mods |= modifier
    return mods


def typed(character: str) -> KeyEvent:
    """The key that types a printable character, on a US keyboard where that has it."""
    return _event(character, Mods.NONE)


def _key(name: str) -> str:
    if len(name) == 1 and name.isprintable():
        return name
    folded = name.casefold()
    if folded in SHORT_NAMES:
        return SHORT_NAMES[folded]
    if (key := KEY_NAMES.get(folded)) is not None:
        return _KEYPAD[key.name] if key.where is Where.KEYPAD else key.name
    if folded in _NAMED:
        return _NAMED[folded]
    raise ChordError("no key has this name; docs/ipc.md lists them")


def _event(key: str, mods: Mods) -> KeyEvent:
    if key in KEYPAD_TEXT:
        return KeyEvent(key, mods, text="" if mods & CHORDS else KEYPAD_TEXT[key])
    if len(key) != 1:
        return KeyEvent(key, mods)
    lower = key.lower()
    if len(lower) == 1 and lower != key:
        mods |= Mods.SHIFT
    else:
        lower = key
    base = lower if lower.isascii() else ""
    event = KeyEvent(lower, mods, base=base)
    if mods & CHORDS:
        return event
    text = (event.with_shift or lower) if Mods.SHIFT in mods else lower
    return KeyEvent(lower, mods, text=text, base=base)
