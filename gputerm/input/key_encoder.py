"""Key events to bytes: legacy (xterm, PC style), modifyOtherKeys, and the kitty keyboard protocol.

Which of the three is spoken is decided anew for each event from `KeyOptions`; nothing is kept.
Bindings come first and are not known here. Sources: XTerm Control Sequences, "PC-Style Function
Keys" and "Alt and Meta Keys"; invisible-island.net/xterm/modified-keys.html; answers recorded from
xterm itself (tests/input/xterm_keys.json); sw.kovidgoyal.net/kitty/keyboard-protocol. Where they
disagree about legacy keys xterm wins, because that is what programs were tested with.
"""

from __future__ import annotations

from gputerm.input.keys import (
    CHORDS,
    KEYPAD_TEXT,
    KEYPAD_TWIN,
    LOCKS,
    MODIFIER_KEYS,
    KeyEvent,
    KeyKind,
    KeyOptions,
    Mods,
)

ESC = b"\x1b"
CSI = b"\x1b["
SS3 = b"\x1bO"

# Flags of the kitty keyboard protocol, "Progressive enhancement".
DISAMBIGUATE = 1
EVENT_TYPES = 2
ALTERNATES = 4
ALL_KEYS = 8
ASSOCIATED_TEXT = 16

#: Sent as CSI or, with DECCKM, SS3; with modifiers CSI 1 ; m final.
CURSOR_KEYS = {
    "ArrowUp": "A",
    "ArrowDown": "B",
    "ArrowRight": "C",
    "ArrowLeft": "D",
    "KeypadBegin": "E",
    "End": "F",
    "Home": "H",
}

#: Sent as SS3; with modifiers CSI 1 ; m final.
PF_KEYS = {"F1": "P", "F2": "Q", "F3": "R", "F4": "S"}

#: Sent as CSI n ~; with modifiers CSI n ; m ~. F21 and up are xterm's own numbers.
TILDE_KEYS = {
    "Find": 1,
    "Insert": 2,
    "Delete": 3,
    "Select": 4,
    "PageUp": 5,
    "PageDown": 6,
    **{
        f"F{5 + i}": n
        for i, n in enumerate((15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34))
    },
    **{f"F{21 + i}": 42 + i for i in range(15)},
    "Help": 28,
    "ContextMenu": 29,
}

#: Keypad keys in application mode, SS3 final. [VT100 table 3-8, xterm]
APPLICATION_KEYPAD = {
    "KeypadEnter": "M",
    "KeypadEqual": "X",
    "KeypadMultiply": "j",
    "KeypadAdd": "k",
    "KeypadSeparator": "l",
    "KeypadSubtract": "m",
    "KeypadDecimal": "n",
    "KeypadDivide": "o",
    **{f"Keypad{digit}": chr(ord("p") + digit) for digit in range(10)},
}

C0_KEYS = {"Enter": "\r", "Tab": "\t", "Escape": "\x1b"}

#: Ctrl + character → control character: X11's XkbToControl, and xterm's DEL for "?".
CONTROL_CODES = {
    " ": 0x00,
    **{chr(c): c & 0x1F for c in range(0x40, 0x7F)},
    **{
        str(digit): code for digit, code in enumerate((0x00, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F), 2)
    },
    "/": 0x1F,
    "?": 0x7F,
}

#: Keys of the kitty protocol that are no text: number and final. "Functional key definitions".
KITTY_KEYS: dict[str, tuple[int, str]] = {
    "Escape": (27, "u"),
    "Enter": (13, "u"),
    "Tab": (9, "u"),
    "Backspace": (127, "u"),
    **{name: (1, final) for name, final in CURSOR_KEYS.items()},
    **{name: (1, final) for name, final in PF_KEYS.items()},
    "F3": (13, "~"),  # CSI R would be a cursor position report.
    **{
        name: (TILDE_KEYS[name], "~")
        for name in (
            *("Insert", "Delete", "PageUp", "PageDown"),
            *("F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"),
        )
    },
    **{
        name: (57358 + i, "u")
        for i, name in enumerate(
            ("CapsLock", "ScrollLock", "NumLock", "PrintScreen", "Pause", "ContextMenu")
        )
    },
    **{f"F{13 + i}": (57376 + i, "u") for i in range(23)},
    **{
        f"Keypad{name}": (57399 + i, "u")
        for i, name in enumerate(
            (
                *"0123456789",
                *("Decimal", "Divide", "Multiply", "Subtract", "Add", "Enter", "Equal"),
                *("Separator", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"),
                *("PageUp", "PageDown", "Home", "End", "Insert", "Delete"),
            )
        )
    },
    **{
        name: (57428 + i, "u")
        for i, name in enumerate(
            (
                *("MediaPlay", "MediaPause", "MediaPlayPause", "MediaReverse", "MediaStop"),
                *("MediaFastForward", "MediaRewind", "MediaTrackNext", "MediaTrackPrevious"),
                *("MediaRecord", "AudioVolumeDown", "AudioVolumeUp", "AudioVolumeMute"),
                *("ShiftLeft", "ControlLeft", "AltLeft", "SuperLeft", "HyperLeft", "MetaLeft"),
                *("ShiftRight", "ControlRight", "AltRight"),
                *("SuperRight", "HyperRight", "MetaRight"),
                *("IsoLevel3Shift", "IsoLevel5Shift"),
            )
        )
    },
}


def encode_key(event: KeyEvent, options: KeyOptions) -> bytes:
    """The bytes that tell the program about `event`; empty when it is told nothing."""
    flags = options.kitty_flags
    if event.kind is KeyKind.RELEASE and not flags & EVENT_TYPES:
        return b""
    if event.key in MODIFIER_KEYS and not flags & ALL_KEYS:
        return b""
    if flags & (DISAMBIGUATE | ALL_KEYS):
        return _encode_kitty(event, options)
    if event.kind is not KeyKind.PRESS and flags & EVENT_TYPES:
        return _encode_kitty(_without_keypad(event), options)
    if options.modify_other_keys and (code := _other_key(event, options)):
        parameter = _parameter(event.held)
        if options.format_other_keys:
            return CSI + f"{code};{parameter}u".encode()
        return CSI + f"27;{parameter};{code}~".encode()
    return _encode_legacy(event, options)


def encode_text(text: str, options: KeyOptions) -> bytes:
    """Text that no single key produced: an input method's commit or a composed character.

    The kitty protocol has key number 0 for it, but only a program that asked for the associated
    text can make sense of that; to all others the text itself is sent.
    """
    if options.kitty_flags & (ALL_KEYS | ASSOCIATED_TEXT) == ALL_KEYS | ASSOCIATED_TEXT:
        codepoints = _codepoints(text)
        return CSI + f"0;;{codepoints}u".encode() if codepoints else b""
    return _utf8(text)


# Legacy


def _encode_legacy(event: KeyEvent, options: KeyOptions) -> bytes:
    """What xterm sends without enhancements, which is what terminfo describes."""
    if event.is_text:
        return _utf8(event.text)
    key, mods = event.key, event.held
    num_lock = Mods.NUM_LOCK in event.mods
    if options.app_keypad and not num_lock and key in APPLICATION_KEYPAD:
        parameter = str(_parameter(mods)) if mods else ""
        return SS3 + f"{parameter}{APPLICATION_KEYPAD[key]}".encode()
    key = KEYPAD_TWIN.get(key, key)
    if final := CURSOR_KEYS.get(key):
        return _modified(final, mods, SS3 if options.app_cursor else CSI)
    if final := PF_KEYS.get(key):
        return _modified(final, mods, SS3)
    if number := TILDE_KEYS.get(key):
        parameter = f";{_parameter(mods)}" if mods else ""
        return CSI + f"{number}{parameter}~".encode()
    prefix = ESC if Mods.ALT in mods and options.alt_escape else b""
    if key == "Tab" and Mods.SHIFT in mods:
        return prefix + CSI + b"Z"
    if key == "Enter" and options.newline:
        return prefix + b"\r\n"
    if key == "Backspace":
        return prefix + _backspace(mods, options)
    if key in C0_KEYS:
        return prefix + C0_KEYS[key].encode()
    if Mods.CTRL in mods:
        typed = _control(event)
    else:
        typed = _utf8(event.text or (_character(event) if Mods.ALT in mods else ""))
    return prefix + typed if typed else b""


def _modified(final: str, mods: Mods, introducer: bytes) -> bytes:
    if not mods:
        return introducer + final.encode()
    return CSI + f"1;{_parameter(mods)}{final}".encode()


def _backspace(mods: Mods, options: KeyOptions) -> bytes:
    """DECBKM chooses between DEL and BS; Ctrl chooses the other one. [VT420, xterm]"""
    return b"\x08" if options.backarrow != (Mods.CTRL in mods) else b"\x7f"


def _control(event: KeyEvent) -> bytes:
    """Ctrl + character; one that has no control code is sent as it is."""
    character = _character(event)
    code = CONTROL_CODES.get(character)
    return _utf8(character) if code is None else bytes([code])


def _character(event: KeyEvent) -> str:
    """The one character that a chord is about, Shift and Caps Lock applied; "" for other keys."""
    key = KEYPAD_TEXT.get(event.key, event.key)
    if len(key) != 1:
        return ""
    character = key
    if Mods.CTRL in event.mods and event.shortcut != event.key:
        character = event.shortcut  # There is no ^C on a Cyrillic с; its US position has one.
    elif Mods.SHIFT in event.mods:
        character = event.with_shift or key
    if Mods.CAPS_LOCK in event.mods and character.isalpha():
        character = character.swapcase()
    return character if len(character) == 1 else key


# modifyOtherKeys


def _other_key(event: KeyEvent, options: KeyOptions) -> int:
    """The code that modifyOtherKeys reports for this key, or 0 when the key is sent as always."""
    mods = event.held
    if not mods:
        return 0
    key = event.key
    if options.modify_other_keys == 1:
        # Keys keep their usual bytes as long as these tell anything about the modifiers.
        if key == "Enter":
            return 13 if mods & ~Mods.ALT else 0
        if key == "Tab":
            return 9 if mods == Mods.CTRL else 0
        character = _character(event)
        if Mods.CTRL in mods and (character == "?" or character not in CONTROL_CODES):
            return ord(character) if character else 0
        return 0
    if key == "Backspace":
        return 0 if mods == Mods.CTRL else _backspace(mods, options)[0]
    if key == "Tab":
        return 9 if mods != Mods.SHIFT else 0
    if key in C0_KEYS:
        return ord(C0_KEYS[key])
    character = _character(event)
    if key in KEYPAD_TEXT or not character:
        return 0
    if mods == Mods.SHIFT and not ("@" <= character <= "~" or character == " "):
        return 0  # Shift is already told by the character itself.
    return ord(character)


# Kitty keyboard protocol


def _encode_kitty(event: KeyEvent, options: KeyOptions) -> bytes:
    """CSI key : shifted : base ; modifiers : event ; text u — each part as far as it is needed."""
    flags = options.kitty_flags
    all_keys = bool(flags & ALL_KEYS)
    chord = event.mods & CHORDS
    pressed = event.kind is not KeyKind.RELEASE
    if not all_keys:
        if event.text and not chord and pressed:
            return _utf8(event.text)
        if event.key in ("Enter", "Tab", "Backspace"):
            # They stay what they were, so that `reset` can be typed after a program died.
            if not pressed:
                return b""
            if not event.held:
                return _encode_legacy(event, options)
    mods = event.mods
    if event.key in KITTY_KEYS:
        number, final = KITTY_KEYS[event.key]
        keys = str(number)
    elif len(event.key) == 1:
        if not all_keys:
            # Locks show in text only; a program that just disambiguates would trip over them.
            mods &= ~LOCKS
            if not chord and pressed:
                return b""  # No text: a dead key, or an input method has taken it.
        keys, final = _key_codes(event, flags), "u"
    elif event.text and pressed:
        keys, final = "0", "u"
    else:
        return b""  # The protocol has no number for this key.

    modifiers = str(_parameter(mods)) if mods else ""
    if flags & EVENT_TYPES and event.kind is not KeyKind.PRESS:
        modifiers = f"{_parameter(mods)}:{event.kind.value}"
    text = ""
    if all_keys and flags & ASSOCIATED_TEXT and pressed and not chord:
        text = _codepoints(event.text)
    if text:
        return CSI + f"{keys};{modifiers};{text}{final}".encode()
    if modifiers:
        return CSI + f"{keys};{modifiers}{final}".encode()
    return CSI + f"{'' if keys == '1' else keys}{final}".encode()


def _key_codes(event: KeyEvent, flags: int) -> str:
    codes = str(ord(event.key))
    if not flags & ALTERNATES:
        return codes
    shifted = event.with_shift if Mods.SHIFT in event.mods else ""
    base = event.base if event.base != event.key else ""
    if shifted or base:
        codes += f":{ord(shifted) if shifted else ''}"
    if base:
        codes += f":{ord(base)}"
    return codes


def _without_keypad(event: KeyEvent) -> KeyEvent:
    """Only disambiguation tells keypad keys from their twins."""
    key = KEYPAD_TWIN.get(event.key) or KEYPAD_TEXT.get(event.key)
    return event.replace(key=key) if key else event


def _parameter(mods: Mods) -> int:
    return 1 + int(mods)


def _codepoints(text: str) -> str:
    """`text` as parameters; control characters have no place in the associated text."""
    return ":".join(str(ord(c)) for c in text if c >= " " and not "\x7f" <= c <= "\x9f")


def _utf8(text: str) -> bytes:
    # A lone surrogate can come from a broken layout or input method; it must not end the session.
    return text.encode(errors="replace")
