"""Keys, modifiers and key events: what the window reports and the encoders and bindings understand.

A key is a string: a name from `NAMED_KEYS` ("Enter", "ArrowUp", "F1", "KeypadEnter") or the single
character which the key gives in the active layout without any modifier ("a", "ж", " "). Names are
those of the W3C UI Events specification; keypad keys begin with "Keypad", modifier keys end in Left
or Right. This module knows no windowing library and no escape sequence.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from functools import cached_property
from typing import Protocol

from gputerm.records import Record


class Mods(IntFlag):
    """Modifiers in force when the event happened; values as in the kitty keyboard protocol.

    AltGr (ISO_Level3_Shift) is not here: the layout consumes it to choose the text.
    """

    NONE = 0
    SHIFT = 1
    ALT = 2
    CTRL = 4
    SUPER = 8
    HYPER = 16
    META = 32
    CAPS_LOCK = 64
    NUM_LOCK = 128


LOCKS = Mods.CAPS_LOCK | Mods.NUM_LOCK
#: With one of these held a key is a chord, not text.
CHORDS = Mods.ALT | Mods.CTRL | Mods.SUPER | Mods.HYPER | Mods.META


class KeyKind(IntEnum):
    """What happened to the key; values as in the kitty keyboard protocol."""

    PRESS = 1
    REPEAT = 2
    RELEASE = 3


MODIFIER_KEYS = frozenset(
    [
        "CapsLock",
        "NumLock",
        "ScrollLock",
        *(f"{mod}{side}" for mod in ("Shift", "Control", "Alt", "Super", "Hyper", "Meta")
          for side in ("Left", "Right")),
        "IsoLevel3Shift",
        "IsoLevel5Shift",
    ]
)  # fmt: skip

#: Keypad keys that type a character, with that character.
KEYPAD_TEXT = {
    **{f"Keypad{digit}": str(digit) for digit in range(10)},
    "KeypadDecimal": ".",
    "KeypadDivide": "/",
    "KeypadMultiply": "*",
    "KeypadSubtract": "-",
    "KeypadAdd": "+",
    "KeypadEqual": "=",
    "KeypadSeparator": ",",
}

#: Keypad keys that do what another key does, with that key.
KEYPAD_TWIN = {
    f"Keypad{twin}": twin
    for twin in (
        "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
        "PageUp", "PageDown", "Home", "End", "Insert", "Delete",
    )
}  # fmt: skip

#: What the digit keys of the keypad are while NumLock is off.
KEYPAD_WITHOUT_NUM_LOCK = {
    "Keypad0": "KeypadInsert",
    "Keypad1": "KeypadEnd",
    "Keypad2": "KeypadArrowDown",
    "Keypad3": "KeypadPageDown",
    "Keypad4": "KeypadArrowLeft",
    "Keypad5": "KeypadBegin",
    "Keypad6": "KeypadArrowRight",
    "Keypad7": "KeypadHome",
    "Keypad8": "KeypadArrowUp",
    "Keypad9": "KeypadPageUp",
    "KeypadDecimal": "KeypadDelete",
}

NAMED_KEYS = frozenset(
    [
        "Enter", "Tab", "Backspace", "Escape",
        "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
        "Home", "End", "PageUp", "PageDown", "Insert", "Delete",
        *(f"F{number}" for number in range(1, 36)),
        *KEYPAD_TEXT, *KEYPAD_TWIN, "KeypadBegin",
        *MODIFIER_KEYS,
        "PrintScreen", "Pause", "ContextMenu", "Help", "Find", "Select", "Undo", "Again",
        "Copy", "Cut", "Paste",
        "MediaPlay", "MediaPause", "MediaPlayPause", "MediaReverse", "MediaStop",
        "MediaFastForward", "MediaRewind", "MediaTrackNext", "MediaTrackPrevious", "MediaRecord",
        "AudioVolumeDown", "AudioVolumeUp", "AudioVolumeMute",
    ]
)  # fmt: skip

_US_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
LAST_LATIN = "\u024f"  #: the end of Latin Extended-B; ö and ß are keys in their own right


class KeyEvent(Record):
    """A key went down, repeated or came up.

    The window fills `text` with what the layout produced for this very event (never a control
    character). A dead key, or a key an input method keeps for itself, has none; what comes of it
    arrives later as text of its own (`key_encoder.encode_text`).
    """

    key: str  #: a name of NAMED_KEYS, one unshifted character, or "" when only text is known
    mods: Mods = Mods.NONE  #: including the effect of this event when the key is a modifier
    text: str = ""
    kind: KeyKind = KeyKind.PRESS
    shifted: str = ""  #: the character of this key with Shift in the active layout; "" = unknown
    base: str = ""  #: the character at this position of a US keyboard; "" = none or unknown
    scancode: int | None = None  #: hardware code, for bindings by position

    def __post_init__(self) -> None:
        assert len(self.key) <= 1 or self.key in NAMED_KEYS, f"no key is called {self.key!r}"
        assert max(len(self.shifted), len(self.base)) <= 1, "shifted and base are characters"

    @cached_property
    def held(self) -> Mods:
        """The modifiers without the locks, which are held for no key in particular."""
        return self.mods & ~LOCKS

    @cached_property
    def is_text(self) -> bool:
        """Whether it is a character key, held with nothing that makes it more than its `text`."""
        return len(self.key) == 1 and bool(self.text) and not self.mods & CHORDS

    @property
    def shortcut(self) -> str:
        """The key as a shortcut means it: in a layout without Latin letters, its US character."""
        if len(self.key) == 1 and self.key > LAST_LATIN and self.base:
            return self.base
        return self.key

    @property
    def with_shift(self) -> str:
        """The character of this key with Shift; where the layout's is unknown and the key stands
        where it does on a US keyboard, the one it has there. "" = unknown."""
        if self.shifted or len(self.key) != 1:
            return self.shifted
        if self.key == self.base and self.key in _US_SHIFTED:
            return _US_SHIFTED[self.key]
        upper = self.key.upper()
        return upper if upper != self.key and len(upper) == 1 else ""  # "ß" has none.

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What a binding may call the key, most exact first."""
        name = KEYPAD_TEXT.get(self.key) or KEYPAD_TWIN.get(self.key, self.key)
        if len(name) != 1:
            return (name,)
        names = [name.lower()]
        if Mods.SHIFT in self.mods and self.with_shift:
            names.insert(0, self.with_shift.lower())
        if self.shortcut != self.key:
            names.append(self.shortcut.lower())
        return tuple(names)

    def __repr__(self) -> str:
        # What somebody types is nobody's business: a log or a traceback shows named keys only.
        key = self.key if self.key in NAMED_KEYS else "…"
        return f"KeyEvent({key}, {self.mods!r}, {self.kind.name})"


class KeyOptions(Protocol):
    """What the program in the terminal has set and an encoder must know; answered by Terminal."""

    @property
    def app_cursor(self) -> bool:
        """DECCKM: cursor keys send SS3 instead of CSI."""

    @property
    def app_keypad(self) -> bool:
        """DECNKM, DECKPAM: keypad keys send SS3 while NumLock is off."""

    @property
    def backarrow(self) -> bool:
        """DECBKM: Backspace sends BS instead of DEL."""

    @property
    def newline(self) -> bool:
        """LNM: Enter sends CR LF instead of CR."""

    @property
    def kitty_flags(self) -> int:
        """The flags of the kitty keyboard protocol in force; 0 = off."""

    @property
    def modify_other_keys(self) -> int:
        """XTMODKEYS resource 4: 0, 1 or 2."""

    @property
    def format_other_keys(self) -> int:
        """XTFMTKEYS resource 4: 0 sends CSI 27 ; m ; c ~, 1 sends CSI c ; m u."""

    @property
    def alt_escape(self) -> bool:
        """Modes 1036 and 1039: Alt puts ESC before what a key sends."""
