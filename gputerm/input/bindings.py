"""Chords to actions: which bindings a key triggers. Nothing is carried out here.

The rules are Alacritty's, so its configuration means the same: modifiers must be held exactly, all
matching bindings run in order (the user's first), and a binding of the user's replaces every
default for the same key and modifiers whose modes can be on at the same time. Beyond Alacritty: a
key that Shift changes answers to both of its characters, and a layout without Latin letters to the
US ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, IntFlag
from typing import TypeVar

from gputerm.actions import Action
from gputerm.input.keys import NAMED_KEYS, KeyEvent, KeyKind, Mods
from gputerm.records import Record


class BindingMode(IntFlag):
    """What a binding may ask of the terminal's state."""

    NONE = 0
    APP_CURSOR = 1  #: DECCKM
    APP_KEYPAD = 2  #: DECNKM
    ALT = 4  #: the alternate screen is shown
    VI = 8
    SEARCH = 16


class Where(Enum):
    """The part of the keyboard a binding speaks of."""

    ANY = "any"
    MAIN = "main"
    KEYPAD = "keypad"


class Key(Record):
    """What a binding waits for: a character in lower case or a name of NAMED_KEYS."""

    name: str
    where: Where = Where.ANY


class Scancode(Record):
    """A key by its hardware code, whatever the layout."""

    code: int


Trigger = Key | Scancode

_T = TypeVar("_T")


class SendChars(Record):
    """Write `text` to the program as it stands."""

    text: str

    def __repr__(self) -> str:
        return "SendChars(…)"  # People bind passwords.


class RunCommand(Record):
    """Start a program beside the terminal."""

    program: str
    args: tuple[str, ...] = ()


class ShowHints(Record):
    """Label what one of the configured hints finds."""

    number: int  #: of it, from 0


#: What a binding asks for.
BindingAction = Action | SendChars | RunCommand | ShowHints


class Binding(Record):
    """What one chord does, in some modes."""

    trigger: Trigger
    mods: Mods
    does: BindingAction
    required: BindingMode = BindingMode.NONE
    forbidden: BindingMode = BindingMode.NONE

    def active(self, mode: BindingMode) -> bool:
        return mode & self.required == self.required and not mode & self.forbidden

    def replaces(self, other: Binding) -> bool:
        """True when both could run for one key press; a user's binding then displaces a default."""
        if self.mods != other.mods or not _same_key(self.trigger, other.trigger):
            return False
        return not (self.required & other.forbidden or other.required & self.forbidden)


class Bindings:
    """The bindings in force; made once per configuration. Most keys typed are bound to nothing, so
    that is found out first, at the price of two dict accesses."""

    def __init__(self, user: Sequence[Binding] = (), hints: Sequence[Binding] = ()) -> None:
        """`hints` come after all others, as defaults."""
        defaults = (*DEFAULTS, *hints)
        kept = [d for d in defaults if not any(binding.replaces(d) for binding in user)]
        self.rows = (*user, *kept)  #: all of them, the user's first
        self._table: dict[tuple[Trigger, Mods], list[tuple[int, Binding]]] = {}
        for rank, binding in enumerate(self.rows):
            self._table.setdefault((binding.trigger, binding.mods), []).append((rank, binding))
        self._bound: dict[Mods, set[str | int]] = {}  # names and scancodes bound with modifiers
        for trigger, mods in self._table:
            name = trigger.name if isinstance(trigger, Key) else trigger.code
            self._bound.setdefault(mods, set()).add(name)

    def lookup(self, event: KeyEvent, mode: Callable[[], BindingMode]) -> list[BindingAction]:
        """What a key does, in order. Empty: nothing is bound and the key goes to the program.

        The key goes to the program as well when Action.RECEIVE_CHAR is among them. `mode` is
        asked for keys that are bound in some mode.
        """
        if event.kind is KeyKind.RELEASE:
            return []
        mods, names = event.held, event.names
        bound = self._bound.get(mods, ())
        if event.scancode not in bound and not any(name in bound for name in names):
            return []
        scancode = () if event.scancode is None else (Scancode(event.scancode),)
        where = Where.KEYPAD if event.key.startswith("Keypad") else Where.MAIN
        for name in names:
            if found := self._matches((*scancode, Key(name), Key(name, where)), mods, mode()):
                return found
        return []

    def _matches(
        self, triggers: Iterable[Trigger], mods: Mods, mode: BindingMode
    ) -> list[BindingAction]:
        rows = [row for trigger in triggers for row in self._table.get((trigger, mods), ())]
        return [binding.does for _, binding in sorted(rows, key=_rank) if binding.active(mode)]


def parse_binding(
    trigger: Trigger, mods: Iterable[str], mode: Iterable[str], does: BindingAction
) -> Binding:
    """A binding from words as in a configuration file: mods "Control", mode "AppCursor" or "~Alt".

    Raises ValueError with the word that has no meaning.
    """
    held = required = forbidden = 0
    for word in mods:
        held |= _look_up(MOD_NAMES, word, "modifier")
    for word in mode:
        if word.startswith("~"):
            forbidden |= _look_up(MODE_NAMES, word[1:], "mode")
        else:
            required |= _look_up(MODE_NAMES, word, "mode")
    return Binding(trigger, Mods(held), does, BindingMode(required), BindingMode(forbidden))


def parse_key(key: str | int) -> Trigger:
    """The trigger that Alacritty's `key` names: a character, a key's name, or a scancode.

    Raises ValueError when no key has that name.
    """
    if isinstance(key, int):
        return Scancode(key)
    if len(key) == 1:
        return Key(key.lower())
    return _look_up(KEY_NAMES, key, "key")


def _look_up(table: Mapping[str, _T], word: str, what: str) -> _T:
    try:
        return table[word.casefold()]
    except KeyError:
        raise ValueError(f'no {what} is called "{word}"') from None


MOD_NAMES = {
    "shift": Mods.SHIFT,
    "control": Mods.CTRL,
    "alt": Mods.ALT,
    "option": Mods.ALT,
    "super": Mods.SUPER,
    "command": Mods.SUPER,
}

MODE_NAMES = {
    "appcursor": BindingMode.APP_CURSOR,
    "appkeypad": BindingMode.APP_KEYPAD,
    "alt": BindingMode.ALT,
    "vi": BindingMode.VI,
    "search": BindingMode.SEARCH,
}

#: Alacritty's names of keys. A name of the main keyboard's "Plus" is not the keypad's plus.
KEY_NAMES: Mapping[str, Key] = {
    name.casefold(): key
    for name, key in (
        *((name, Key(name)) for name in NAMED_KEYS if not name.startswith("Keypad")),
        *{
            "Space": Key(" "),
            "Back": Key("Backspace"),
            "Up": Key("ArrowUp"),
            "Down": Key("ArrowDown"),
            "Left": Key("ArrowLeft"),
            "Right": Key("ArrowRight"),
            "At": Key("@"),
            "Colon": Key(":"),
            "Period": Key("."),
            "LBracket": Key("["),
            "RBracket": Key("]"),
            "Semicolon": Key(";"),
            "Backslash": Key("\\"),
            "Enter": Key("Enter", Where.MAIN),
            "Return": Key("Enter", Where.MAIN),
            "Plus": Key("+", Where.MAIN),
            "Comma": Key(",", Where.MAIN),
            "Slash": Key("/", Where.MAIN),
            "Equals": Key("=", Where.MAIN),
            "Minus": Key("-", Where.MAIN),
            "Asterisk": Key("*", Where.MAIN),
            "NumpadEnter": Key("Enter", Where.KEYPAD),
            "NumpadAdd": Key("+", Where.KEYPAD),
            "NumpadComma": Key(",", Where.KEYPAD),
            "NumpadDecimal": Key(".", Where.KEYPAD),
            "NumpadDivide": Key("/", Where.KEYPAD),
            "NumpadEquals": Key("=", Where.KEYPAD),
            "NumpadSubtract": Key("-", Where.KEYPAD),
            "NumpadMultiply": Key("*", Where.KEYPAD),
        }.items(),
        *((f"Key{digit}", Key(str(digit), Where.MAIN)) for digit in range(10)),
        *((f"Numpad{digit}", Key(str(digit), Where.KEYPAD)) for digit in range(10)),
    )
}

_SHIFT, _CTRL = ("Shift",), ("Control",)
_CTRL_SHIFT, _ALT = ("Control", "Shift"), ("Alt",)
_VI = ("Vi", "~Search")

DEFAULTS = tuple(
    parse_binding(parse_key(key), mods, mode, does)
    for key, mods, mode, does in (
        ("Copy", (), (), Action.COPY),
        ("Paste", (), ("~Vi",), Action.PASTE),
        ("c", _CTRL_SHIFT, (), Action.COPY),
        ("v", _CTRL_SHIFT, ("~Vi",), Action.PASTE),
        ("Insert", _SHIFT, ("~Vi",), Action.PASTE_SELECTION),
        ("Home", _SHIFT, ("~Alt",), Action.SCROLL_TO_TOP),
        ("End", _SHIFT, ("~Alt",), Action.SCROLL_TO_BOTTOM),
        ("PageUp", _SHIFT, ("~Alt",), Action.SCROLL_PAGE_UP),
        ("PageDown", _SHIFT, ("~Alt",), Action.SCROLL_PAGE_DOWN),
        ("0", _CTRL, (), Action.RESET_FONT_SIZE),
        ("=", _CTRL, (), Action.INCREASE_FONT_SIZE),
        ("+", _CTRL, (), Action.INCREASE_FONT_SIZE),
        ("+", _CTRL_SHIFT, (), Action.INCREASE_FONT_SIZE),  # + is Shift+= on many keyboards.
        ("-", _CTRL, (), Action.DECREASE_FONT_SIZE),
        ("l", _CTRL, ("~Vi",), Action.CLEAR_LOG_NOTICE),
        ("l", _CTRL, ("~Vi",), Action.RECEIVE_CHAR),
        ("n", _CTRL_SHIFT, (), Action.CREATE_NEW_WINDOW),
        ("p", _CTRL_SHIFT, (), Action.SHOW_COMMAND_PALETTE),
        ("z", _CTRL_SHIFT, ("~Alt",), Action.SCROLL_TO_PREVIOUS_PROMPT),
        ("x", _CTRL_SHIFT, ("~Alt",), Action.SCROLL_TO_NEXT_PROMPT),
        ("g", _CTRL_SHIFT, ("~Alt",), Action.SELECT_OUTPUT),
        ("f", _CTRL_SHIFT, ("~Search",), Action.SEARCH_FORWARD),
        ("b", _CTRL_SHIFT, ("~Search",), Action.SEARCH_BACKWARD),
        ("Enter", (), ("Search", "Vi"), Action.SEARCH_CONFIRM),
        ("Enter", (), ("Search", "~Vi"), Action.SEARCH_FOCUS_NEXT),
        ("Enter", _SHIFT, ("Search", "~Vi"), Action.SEARCH_FOCUS_PREVIOUS),
        ("NumpadEnter", (), ("Search", "Vi"), Action.SEARCH_CONFIRM),
        ("NumpadEnter", (), ("Search", "~Vi"), Action.SEARCH_FOCUS_NEXT),
        ("NumpadEnter", _SHIFT, ("Search", "~Vi"), Action.SEARCH_FOCUS_PREVIOUS),
        ("Escape", (), ("Search",), Action.SEARCH_CANCEL),
        ("c", _CTRL, ("Search",), Action.SEARCH_CANCEL),
        ("u", _CTRL, ("Search",), Action.SEARCH_CLEAR),
        ("w", _CTRL, ("Search",), Action.SEARCH_DELETE_WORD),
        ("p", _CTRL, ("Search",), Action.SEARCH_HISTORY_PREVIOUS),
        ("Up", (), ("Search",), Action.SEARCH_HISTORY_PREVIOUS),
        ("n", _CTRL, ("Search",), Action.SEARCH_HISTORY_NEXT),
        ("Down", (), ("Search",), Action.SEARCH_HISTORY_NEXT),
        ("Paste", (), ("Vi", "Search"), Action.PASTE),
        ("v", _CTRL_SHIFT, ("Vi", "Search"), Action.PASTE),
        ("Copy", (), ("Vi",), Action.CLEAR_SELECTION),
        ("c", _CTRL_SHIFT, _VI, Action.CLEAR_SELECTION),
        ("Space", _CTRL_SHIFT, ("~Search",), Action.TOGGLE_VI_MODE),
        ("Space", _CTRL_SHIFT, _VI, Action.SCROLL_TO_BOTTOM),
        ("i", (), _VI, Action.TOGGLE_VI_MODE),
        ("i", (), _VI, Action.SCROLL_TO_BOTTOM),
        ("c", _CTRL, _VI, Action.TOGGLE_VI_MODE),
        ("Escape", (), _VI, Action.CLEAR_SELECTION),
        ("y", _CTRL, _VI, Action.SCROLL_LINE_UP),
        ("e", _CTRL, _VI, Action.SCROLL_LINE_DOWN),
        ("g", (), _VI, Action.SCROLL_TO_TOP),
        ("g", _SHIFT, _VI, Action.SCROLL_TO_BOTTOM),
        ("b", _CTRL, _VI, Action.SCROLL_PAGE_UP),
        ("f", _CTRL, _VI, Action.SCROLL_PAGE_DOWN),
        ("u", _CTRL, _VI, Action.SCROLL_HALF_PAGE_UP),
        ("d", _CTRL, _VI, Action.SCROLL_HALF_PAGE_DOWN),
        ("y", (), _VI, Action.COPY),
        ("y", (), _VI, Action.CLEAR_SELECTION),
        ("y", _SHIFT, _VI, Action.TOGGLE_NORMAL_SELECTION),
        ("y", _SHIFT, _VI, Action.LAST),
        ("y", _SHIFT, _VI, Action.COPY),
        ("y", _SHIFT, _VI, Action.CLEAR_SELECTION),
        ("v", (), _VI, Action.TOGGLE_NORMAL_SELECTION),
        ("v", _SHIFT, _VI, Action.TOGGLE_LINE_SELECTION),
        ("v", _CTRL, _VI, Action.TOGGLE_BLOCK_SELECTION),
        ("v", _ALT, _VI, Action.TOGGLE_SEMANTIC_SELECTION),
        ("Enter", (), _VI, Action.OPEN),
        ("z", (), _VI, Action.CENTER_AROUND_VI_CURSOR),
        ("f", (), _VI, Action.INLINE_SEARCH_FORWARD),
        ("f", _SHIFT, _VI, Action.INLINE_SEARCH_BACKWARD),
        ("t", (), _VI, Action.INLINE_SEARCH_FORWARD_SHORT),
        ("t", _SHIFT, _VI, Action.INLINE_SEARCH_BACKWARD_SHORT),
        (";", (), _VI, Action.INLINE_SEARCH_NEXT),
        (",", (), _VI, Action.INLINE_SEARCH_PREVIOUS),
        ("*", _SHIFT, _VI, Action.SEMANTIC_SEARCH_FORWARD),
        ("#", _SHIFT, _VI, Action.SEMANTIC_SEARCH_BACKWARD),
        ("/", (), _VI, Action.SEARCH_FORWARD),
        ("?", _SHIFT, _VI, Action.SEARCH_BACKWARD),
        ("n", (), _VI, Action.SEARCH_NEXT),
        ("n", _SHIFT, _VI, Action.SEARCH_PREVIOUS),
        ("h", (), _VI, Action.LEFT),
        ("j", (), _VI, Action.DOWN),
        ("k", (), _VI, Action.UP),
        ("l", (), _VI, Action.RIGHT),
        ("Left", (), _VI, Action.LEFT),
        ("Down", (), _VI, Action.DOWN),
        ("Up", (), _VI, Action.UP),
        ("Right", (), _VI, Action.RIGHT),
        ("0", (), _VI, Action.FIRST),
        ("Home", (), _VI, Action.FIRST),
        ("$", _SHIFT, _VI, Action.LAST),
        ("End", (), _VI, Action.LAST),
        ("^", _SHIFT, _VI, Action.FIRST_OCCUPIED),
        ("h", _SHIFT, _VI, Action.HIGH),
        ("m", _SHIFT, _VI, Action.MIDDLE),
        ("l", _SHIFT, _VI, Action.LOW),
        ("b", (), _VI, Action.SEMANTIC_LEFT),
        ("w", (), _VI, Action.SEMANTIC_RIGHT),
        ("e", (), _VI, Action.SEMANTIC_RIGHT_END),
        ("b", _SHIFT, _VI, Action.WORD_LEFT),
        ("w", _SHIFT, _VI, Action.WORD_RIGHT),
        ("e", _SHIFT, _VI, Action.WORD_RIGHT_END),
        ("%", _SHIFT, _VI, Action.BRACKET),
        ("{", _SHIFT, _VI, Action.PARAGRAPH_UP),
        ("}", _SHIFT, _VI, Action.PARAGRAPH_DOWN),
    )
)


def _same_key(one: Trigger, other: Trigger) -> bool:
    if isinstance(one, Key) and isinstance(other, Key) and one.name == other.name:
        return one.where is other.where or Where.ANY in (one.where, other.where)
    return one == other


def _rank(row: tuple[int, Binding]) -> int:
    return row[0]
