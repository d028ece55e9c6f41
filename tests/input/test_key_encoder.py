"""Keys to bytes: against xterm's recorded answers and the tables of the kitty keyboard protocol."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from gputerm.input import NAMED_KEYS, KeyEvent, KeyKind, Mods, encode_key, encode_text
from gputerm.input.key_encoder import CONTROL_CODES, KITTY_KEYS
from gputerm.vt import Terminal

SHIFT, ALT, CTRL, SUPER = Mods.SHIFT, Mods.ALT, Mods.CTRL, Mods.SUPER
REPEAT, RELEASE = KeyKind.REPEAT, KeyKind.RELEASE
US_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))


@dataclass(frozen=True)
class Options:
    app_cursor: bool = False
    app_keypad: bool = False
    backarrow: bool = False
    newline: bool = False
    kitty_flags: int = 0
    modify_other_keys: int = 0
    format_other_keys: int = 0
    alt_escape: bool = True


LEGACY = Options()


def press(key: str, mods: Mods = Mods.NONE, kind: KeyKind = KeyKind.PRESS, **more: str) -> KeyEvent:
    """A key of a US keyboard, with the text its layout gives."""
    if len(key) != 1:
        return KeyEvent(key, mods, kind=kind, **more)
    shifted = US_SHIFTED.get(key) or (key.upper() if key.isalpha() else "")
    text = "" if mods & (CTRL | SUPER) else (shifted or key) if mods & SHIFT else key
    return KeyEvent(key, mods, **{"text": text, "shifted": shifted, "base": key, **more}, kind=kind)


def kitty(event: KeyEvent, flags: int) -> bytes:
    return encode_key(event, Options(kitty_flags=flags))


# Legacy and modifyOtherKeys, as xterm does it

#: Where we know better than xterm. It loses Alt of Alt+Shift+Tab and, with modifyOtherKeys 1, of
#: the chords it reports, because metaSendsEscape takes it away before.
BETTER = {
    ("shift+alt", "Tab", 0): "\x1b\x1b[Z",
    ("shift+alt+ctrl", "Tab", 0): "\x1b\x1b[Z",
    ("shift+alt", "Tab", 1): "\x1b\x1b[Z",
    ("shift+alt+ctrl", "Tab", 1): "\x1b\x1b[Z",
    ("shift+alt+ctrl", " ", 1): "\x1b\x00",
    ("shift+alt", "Escape", 1): "\x1b\x1b",
    ("alt+ctrl", "Escape", 1): "\x1b\x1b",
    ("shift+alt+ctrl", "Escape", 1): "\x1b\x1b",
}


def xterm_rows() -> list[tuple[str, str, int, str]]:
    rows = json.loads((Path(__file__).parent / "xterm_keys.json").read_text())["rows"]
    return [
        ("+".join(mods), key, level, sent)
        for mods, key, *answers in rows
        for level, sent in enumerate(answers)
    ]


@pytest.mark.parametrize("level", [0, 1, 2])
def test_keys_are_sent_as_xterm_sends_them(level):
    wrong = []
    for held, key, row_level, sent in xterm_rows():
        if row_level != level:
            continue
        mods = Mods.NONE
        for name in filter(None, held.split("+")):
            mods |= Mods[name.upper()]
        if level == 1 and "alt" in held and sent.startswith("\x1b[27;"):
            sent = sent.replace(f";{1 + (mods & ~ALT)};", f";{1 + mods};")
        sent = BETTER.get((held, key, level), sent)
        ours = encode_key(press(key, mods), Options(modify_other_keys=level))
        if ours != sent.encode("latin-1"):
            wrong.append(f"{held}+{key}: {ours!r}, not {sent!r}")
    assert not wrong


def test_format_other_keys_writes_csi_u():
    options = Options(modify_other_keys=2, format_other_keys=1)
    assert encode_key(press("Tab", ALT), options) == b"\x1b[9;3u"
    assert encode_key(press("a", CTRL | SHIFT), options) == b"\x1b[65;6u"


def test_alt_enter_stays_as_it_is_while_its_bytes_tell():
    """Not in the recording: xterm goes to fullscreen with it."""
    assert encode_key(press("Enter", ALT), Options(modify_other_keys=1)) == b"\x1b\r"
    assert encode_key(press("Enter", ALT | SHIFT), Options(modify_other_keys=1)) == (
        b"\x1b[27;4;13~"
    )
    assert encode_key(press("Enter", ALT), Options(modify_other_keys=2)) == b"\x1b[27;3;13~"


def test_the_terminal_answers_the_options():
    term = Terminal(2, 10)
    assert encode_key(press("ArrowUp"), term.key_options) == b"\x1b[A"
    term.feed(b"\x1b[?1h\x1b[?67h\x1b[>4;2m")
    assert encode_key(press("ArrowUp"), term.key_options) == b"\x1bOA"
    assert encode_key(press("Backspace"), term.key_options) == b"\x08"
    assert encode_key(press("a", CTRL), term.key_options) == b"\x1b[27;5;97~"
    term.feed(b"\x1b[>1u")
    assert encode_key(press("a", CTRL), term.key_options) == b"\x1b[97;5u"


def test_locks_are_no_modifiers_of_other_keys():
    event = press("a", CTRL | Mods.NUM_LOCK)
    assert encode_key(event, Options(modify_other_keys=2)) == b"\x1b[27;5;97~"


def test_other_modified_letters_beyond_ascii():
    umlaut = KeyEvent("ö", SHIFT, text="Ö", shifted="Ö")
    assert encode_key(umlaut, Options(modify_other_keys=2)) == "Ö".encode()
    assert encode_key(umlaut.replace(mods=CTRL, text=""), Options(modify_other_keys=1)) == (
        b"\x1b[27;5;246~"
    )


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        *((f"F{i}", f"\x1bO{c}") for i, c in enumerate("PQRS", 1)),
        *(
            (f"F{i}", f"\x1b[{n}~")
            for i, n in enumerate(
                (15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34, 42), 5
            )
        ),
        ("Insert", "\x1b[2~"),
        ("Delete", "\x1b[3~"),
        ("PageUp", "\x1b[5~"),
        ("PageDown", "\x1b[6~"),
        ("ContextMenu", "\x1b[29~"),
        ("KeypadBegin", "\x1b[E"),
        ("KeypadPageUp", "\x1b[5~"),
        ("KeypadEnter", "\r"),
    ],
)
def test_function_keys(key, sent):
    assert encode_key(press(key), LEGACY) == sent.encode()


@pytest.mark.parametrize(("mods", "parameter"), [(SHIFT, 2), (ALT, 3), (SHIFT | ALT | CTRL, 8)])
def test_modified_function_keys_carry_a_parameter(mods, parameter):
    assert encode_key(press("F1", mods), LEGACY) == f"\x1b[1;{parameter}P".encode()
    assert encode_key(press("F5", mods), LEGACY) == f"\x1b[15;{parameter}~".encode()
    assert encode_key(press("ArrowUp", mods), Options(app_cursor=True)) == (
        f"\x1b[1;{parameter}A".encode()
    )


def test_decckm_sends_cursor_keys_as_ss3():
    for key, final in zip(("ArrowUp", "ArrowLeft", "Home", "End"), "ADHF", strict=True):
        assert encode_key(press(key), Options(app_cursor=True)) == f"\x1bO{final}".encode()
        assert encode_key(press(key), LEGACY) == f"\x1b[{final}".encode()


def test_application_keypad_needs_num_lock_off():
    options = Options(app_keypad=True)
    assert encode_key(KeyEvent("KeypadAdd", text="+"), options) == b"\x1bOk"
    assert encode_key(KeyEvent("KeypadAdd", CTRL), options) == b"\x1bO5k"
    assert encode_key(KeyEvent("KeypadEnter"), options) == b"\x1bOM"
    assert encode_key(KeyEvent("Keypad5", text="5"), options) == b"\x1bOu"
    assert encode_key(KeyEvent("Keypad5", Mods.NUM_LOCK, text="5"), options) == b"5"
    assert encode_key(KeyEvent("KeypadEnter", Mods.NUM_LOCK), options) == b"\r"


def test_backspace_obeys_decbkm_and_ctrl_takes_the_other_one():
    assert encode_key(press("Backspace"), Options(backarrow=True)) == b"\x08"
    assert encode_key(press("Backspace", CTRL), Options(backarrow=True)) == b"\x7f"
    assert encode_key(press("Backspace", CTRL), LEGACY) == b"\x08"
    assert encode_key(press("Backspace", CTRL | ALT), LEGACY) == b"\x1b\x08"


def test_newline_mode_makes_enter_send_both():
    assert encode_key(press("Enter"), Options(newline=True)) == b"\r\n"


def test_locks_change_nothing_but_the_text():
    locks = Mods.CAPS_LOCK | Mods.NUM_LOCK
    assert encode_key(KeyEvent("ArrowUp", locks), LEGACY) == b"\x1b[A"
    assert encode_key(KeyEvent("a", locks, text="A"), LEGACY) == b"A"
    assert encode_key(KeyEvent("a", locks | CTRL), LEGACY) == b"\x01"


def test_alt_prefixes_what_the_layout_typed_or_would_have_typed():
    assert encode_key(KeyEvent("ж", ALT, text="ж"), LEGACY) == b"\x1b" + "ж".encode()
    assert encode_key(KeyEvent("a", ALT | SHIFT, shifted="A"), LEGACY) == b"\x1bA"
    assert encode_key(KeyEvent("ß", ALT | SHIFT), LEGACY) == b"\x1b" + "ß".encode()


def test_alt_tells_nothing_when_the_program_does_not_want_escape():
    assert encode_key(press("a", ALT), Options(alt_escape=False)) == b"a"
    assert encode_key(press("F1", ALT), Options(alt_escape=False)) == b"\x1b[1;3P"


def test_a_shifted_character_the_window_does_not_know_is_the_us_one():
    """A chord produces no text to learn it from; Ctrl+_ undoes in Emacs and in a shell."""
    assert encode_key(KeyEvent("-", CTRL | SHIFT, base="-"), LEGACY) == b"\x1f"
    assert encode_key(KeyEvent("-", CTRL | SHIFT, base="/"), LEGACY) == b"-"
    assert encode_key(KeyEvent("-", CTRL | SHIFT, shifted="?", base="-"), LEGACY) == b"\x7f"


def test_ctrl_works_in_layouts_without_latin_letters():
    assert encode_key(KeyEvent("с", CTRL, base="c"), LEGACY) == b"\x03"
    assert encode_key(KeyEvent("с", CTRL | ALT, base="c"), LEGACY) == b"\x1b\x03"
    # German ö stands where ; does, but is a key of its own.
    assert encode_key(KeyEvent("ü", CTRL, base="["), LEGACY) == "ü".encode()


def test_control_codes_cover_every_c0_control_and_del():
    assert set(CONTROL_CODES.values()) == {*range(32), 127}


def test_keys_without_a_legacy_code_send_nothing():
    for key in ("ShiftLeft", "CapsLock", "MediaPlay", "PrintScreen", "AudioVolumeUp"):
        for mods in (Mods.NONE, ALT, CTRL, CTRL | ALT):
            for level in (0, 1, 2):
                assert encode_key(press(key, mods), Options(modify_other_keys=level)) == b""


def test_releases_and_dead_keys_send_nothing():
    assert encode_key(press("a", kind=RELEASE), LEGACY) == b""
    assert encode_key(press("Enter", kind=RELEASE), LEGACY) == b""
    assert encode_key(KeyEvent("´"), LEGACY) == b""
    assert encode_key(press("a", kind=REPEAT), LEGACY) == b"a"


# Kitty keyboard protocol


def test_the_protocol_numbers_every_functional_key_once():
    numbered = [code for code in KITTY_KEYS.values() if code[0] > 57000]
    assert sorted(number for number, _ in numbered) == [
        *range(57358, 57364),  # CapsLock … Menu
        *range(57376, 57427),  # F13 … KP_DELETE
        *range(57428, 57455),  # MEDIA_PLAY … ISO_LEVEL5_SHIFT
    ]
    assert len(set(KITTY_KEYS.values())) == len(KITTY_KEYS)
    assert set(KITTY_KEYS) <= NAMED_KEYS


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("Escape", "27u"),
        ("ArrowLeft", "D"),
        ("Home", "H"),
        ("End", "F"),
        ("KeypadBegin", "E"),
        ("PageDown", "6~"),
        ("F1", "P"),
        ("F3", "13~"),
        ("F12", "24~"),
        ("F13", "57376u"),
        ("F35", "57398u"),
        ("ContextMenu", "57363u"),
        ("Keypad0", "57399u"),
        ("KeypadEnter", "57414u"),
        ("KeypadDelete", "57426u"),
        ("MediaPlay", "57428u"),
        ("AudioVolumeMute", "57440u"),
    ],
)
def test_functional_keys_with_disambiguation(key, sent):
    assert kitty(press(key), 1) == b"\x1b[" + sent.encode()
    number = sent if len(sent) > 1 else f"1{sent}"
    modified = f"{number[:-1]};5{number[-1]}"
    assert kitty(press(key, CTRL), 1) == b"\x1b[" + modified.encode()


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (press("a"), b"a"),
        (press("a", SHIFT), b"A"),
        (press("a", CTRL), b"\x1b[97;5u"),
        (press("a", ALT), b"\x1b[97;3u"),
        (press("a", CTRL | SHIFT), b"\x1b[97;6u"),
        (press("a", SHIFT | ALT), b"\x1b[97;4u"),
        (press("a", SUPER), b"\x1b[97;9u"),
        (press(" ", CTRL), b"\x1b[32;5u"),
        (press("[", ALT), b"\x1b[91;3u"),
        (press("Enter"), b"\r"),
        (press("Tab"), b"\t"),
        (press("Backspace"), b"\x7f"),
        (press("Enter", SHIFT), b"\x1b[13;2u"),
        (press("Tab", SHIFT), b"\x1b[9;2u"),
        (press("Backspace", CTRL), b"\x1b[127;5u"),
        (press("Enter", Mods.NUM_LOCK), b"\r"),
        (press("a", CTRL | Mods.CAPS_LOCK), b"\x1b[97;5u"),
        (press("ArrowUp", Mods.NUM_LOCK), b"\x1b[1;129A"),
        (KeyEvent("Keypad5", Mods.NUM_LOCK, text="5"), b"5"),
        (KeyEvent("с", CTRL, base="c"), b"\x1b[1089;5u"),
        (KeyEvent("´"), b""),
        (press("ShiftLeft", SHIFT), b""),
        (press("a", kind=RELEASE), b""),
    ],
)
def test_disambiguation(event, sent):
    assert kitty(event, 1) == sent


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (press("a"), b"a"),
        (press("a", kind=REPEAT), b"a"),
        (press("a", kind=RELEASE), b"\x1b[97;1:3u"),
        (press("a", SHIFT, kind=RELEASE), b"\x1b[97;2:3u"),
        (press("a", CTRL, kind=REPEAT), b"\x1b[97;5:2u"),
        (press("ArrowUp", kind=REPEAT), b"\x1b[1;1:2A"),
        (press("F5", CTRL, kind=RELEASE), b"\x1b[15;5:3~"),
        (press("Enter", kind=REPEAT), b"\r"),
        (press("Enter", kind=RELEASE), b""),
        (press("Tab", SHIFT, kind=RELEASE), b""),
        (press("Backspace", kind=RELEASE), b""),
    ],
)
@pytest.mark.parametrize("flags", [2, 3])
def test_event_types(event, sent, flags):
    assert kitty(event, flags) == sent


def test_event_types_alone_leave_presses_and_the_keypad_as_they_were():
    assert kitty(press("F1"), 2) == b"\x1bOP"
    assert kitty(press("a", CTRL), 2) == b"\x01"
    assert kitty(press("Escape"), 2) == b"\x1b"
    assert kitty(press("KeypadHome", kind=RELEASE), 2) == b"\x1b[1;1:3H"


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (press("a", CTRL), b"\x1b[97;5u"),
        (press("a", CTRL | SHIFT), b"\x1b[97:65;6u"),
        (press("=", CTRL | SHIFT), b"\x1b[61:43;6u"),
        (KeyEvent("с", CTRL, shifted="С", base="c"), b"\x1b[1089::99;5u"),
        (KeyEvent("с", CTRL | SHIFT, shifted="С", base="c"), b"\x1b[1089:1057:99;6u"),
        (press("ArrowUp", SHIFT), b"\x1b[1;2A"),
    ],
)
def test_alternate_keys(event, sent):
    assert kitty(event, 1 | 4) == sent


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (press("a"), b"\x1b[97u"),
        (press("a", SHIFT), b"\x1b[97;2u"),
        (press("a", Mods.CAPS_LOCK), b"\x1b[97;65u"),
        (press("Enter"), b"\x1b[13u"),
        (press("Tab", CTRL), b"\x1b[9;5u"),
        (press("Backspace"), b"\x1b[127u"),
        (press("Escape"), b"\x1b[27u"),
        (press("ArrowUp"), b"\x1b[A"),
        (press("ControlLeft", CTRL), b"\x1b[57442;5u"),
        (press("CapsLock"), b"\x1b[57358u"),
        (press("Keypad5"), b"\x1b[57404u"),
    ],
)
def test_all_keys(event, sent):
    assert kitty(event, 8) == sent


def test_all_keys_with_event_types_release_enter_too():
    assert kitty(press("Enter", kind=RELEASE), 8 | 2) == b"\x1b[13;1:3u"
    assert kitty(press("ControlLeft", kind=RELEASE), 8 | 2) == b"\x1b[57442;1:3u"


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (press("a"), b"\x1b[97;;97u"),
        (press("a", SHIFT), b"\x1b[97;2;65u"),
        (press("a", SHIFT).replace(text="AB"), b"\x1b[97;2;65:66u"),
        (press("a", CTRL), b"\x1b[97;5u"),
        (press("Enter"), b"\x1b[13u"),
        (KeyEvent("", text="å"), b"\x1b[0;;229u"),
        (KeyEvent("Keypad5", text="5"), b"\x1b[57404;;53u"),
    ],
)
def test_associated_text(event, sent):
    assert kitty(event, 8 | 16) == sent


def test_associated_text_is_not_repeated_at_release():
    assert kitty(press("a", kind=RELEASE), 31) == b"\x1b[97;1:3u"
    assert kitty(press("a", SHIFT, kind=REPEAT), 31) == b"\x1b[97:65;2:2;65u"


def test_alternates_and_text_alone_change_nothing():
    for flags in (4, 16, 20):
        assert kitty(press("a", SHIFT), flags) == b"A"
        assert kitty(press("a", CTRL), flags) == b"\x01"


# Text without a key


def test_committed_text_is_sent_as_text():
    for flags in (0, 1, 8, 16):
        assert encode_text("日本", Options(kitty_flags=flags)) == "日本".encode()


def test_committed_text_is_associated_text_of_key_zero():
    assert encode_text("日é", Options(kitty_flags=24)) == b"\x1b[0;;26085:233u"
    assert encode_text("\x1b", Options(kitty_flags=24)) == b""


def test_a_lone_surrogate_does_not_raise():
    assert encode_text("\ud800", LEGACY) == b"?"
    assert encode_key(KeyEvent("a", text="\ud800"), LEGACY) == b"?"


def test_what_was_typed_does_not_show_in_a_repr():
    assert "s3cret" not in repr(KeyEvent("s", text="s3cret"))
