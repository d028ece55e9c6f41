"""Key names to key events: what `send-keys` understands.

    Enter  F5  Up  Ctrl+c  Alt+Shift+Left  é  A  +  Ctrl++  Keypad1

Names are those of the configuration's bindings and of NAMED_KEYS, in any case, with the usual short
forms; modifiers come first, joined by "+". A capital letter is its key with Shift.
"""

from __future__ import annotations

from gputerm.input import NAMED_KEYS, KeyEvent, Mods
from gputerm.input.bindings import KEY_NAMES, Where
from gputerm.input.keys import CHORDS, KEYPAD_TEXT
from gputerm.ipc.protocol import INVALID_PARAMS, Fault

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


def parse_chord(chord: str, what: str) -> KeyEvent:
    """The press of a key. Raises Fault(INVALID_PARAMS), which calls the chord `what`."""
    # The last "+" may be the key itself.
    *names, key = chord[:-1].split("+") if chord.endswith("+") else chord.split("+")
    if chord.endswith("+"):
        if key:
            raise _refuse(what, "a key is missing after the modifiers")
        key = "+"
    mods = Mods.NONE
    for name in names:
        modifier = MODIFIERS.get(name.casefold())
        if modifier is None:
            raise _refuse(what, f"modifiers are {', '.join(MODIFIERS)}")
        mods |= modifier
    return _event(_key(key, what), mods)


def _key(name: str, what: str) -> str:
    if len(name) == 1 and name.isprintable():
        return name
    folded = name.casefold()
    if folded in SHORT_NAMES:
        return SHORT_NAMES[folded]
    if (key := KEY_NAMES.get(folded)) is not None:
        return _KEYPAD[key.name] if key.where is Where.KEYPAD else key.name
    if folded in _NAMED:
        return _NAMED[folded]
    raise _refuse(what, "no key has this name; docs/ipc.md lists them")


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


def _refuse(what: str, why: str) -> Fault:
    return Fault(INVALID_PARAMS, f"send-keys: {what}: {why}")
