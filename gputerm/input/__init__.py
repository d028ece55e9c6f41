"""Pure encoders: keys, mouse and pastes to the bytes a program reads, and chords to actions."""

from gputerm.input.bindings import (
    Binding,
    BindingAction,
    BindingMode,
    Bindings,
    RunCommand,
    SendChars,
    ShowHints,
    parse_binding,
    parse_key,
)
from gputerm.input.key_encoder import encode_key, encode_text
from gputerm.input.keys import (
    KEYPAD_WITHOUT_NUM_LOCK,
    MODIFIER_KEYS,
    NAMED_KEYS,
    KeyEvent,
    KeyKind,
    KeyOptions,
    Mods,
)
from gputerm.input.mouse_encoder import (
    Button,
    MouseEvent,
    MouseKind,
    MouseOptions,
    encode_alternate_scroll,
    encode_mouse,
)
from gputerm.input.paste import encode_paste

__all__ = [
    "KEYPAD_WITHOUT_NUM_LOCK",
    "MODIFIER_KEYS",
    "NAMED_KEYS",
    "Binding",
    "BindingAction",
    "BindingMode",
    "Bindings",
    "Button",
    "KeyEvent",
    "KeyKind",
    "KeyOptions",
    "Mods",
    "MouseEvent",
    "MouseKind",
    "MouseOptions",
    "RunCommand",
    "SendChars",
    "ShowHints",
    "encode_alternate_scroll",
    "encode_key",
    "encode_mouse",
    "encode_paste",
    "encode_text",
    "parse_binding",
    "parse_key",
]
