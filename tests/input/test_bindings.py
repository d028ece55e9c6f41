"""Chords to actions: the defaults, and the rules by which a user's bindings join them."""

from __future__ import annotations

import pytest

from gputerm.actions import Action
from gputerm.input import (
    BindingMode,
    Bindings,
    KeyEvent,
    KeyKind,
    Mods,
    RunCommand,
    SendChars,
    parse_binding,
    parse_key,
)

SHIFT, ALT, CTRL = Mods.SHIFT, Mods.ALT, Mods.CTRL


def bind(key, does, mods="", mode=""):
    return parse_binding(parse_key(key), mods.split("|") if mods else (), mode.split(), does)


def lookup(event: KeyEvent, *user, mode: BindingMode = BindingMode.NONE):
    return Bindings(user).lookup(event, lambda: mode)


@pytest.mark.parametrize(
    ("event", "action"),
    [
        (KeyEvent("c", CTRL | SHIFT, shifted="C"), Action.COPY),
        (KeyEvent("v", CTRL | SHIFT, shifted="V"), Action.PASTE),
        (KeyEvent("Copy"), Action.COPY),
        (KeyEvent("Insert", SHIFT), Action.PASTE_SELECTION),
        (KeyEvent("KeypadInsert", SHIFT), Action.PASTE_SELECTION),
        (KeyEvent("PageUp", SHIFT), Action.SCROLL_PAGE_UP),
        (KeyEvent("End", SHIFT), Action.SCROLL_TO_BOTTOM),
        (KeyEvent("0", CTRL), Action.RESET_FONT_SIZE),
        (KeyEvent("=", CTRL), Action.INCREASE_FONT_SIZE),
        (KeyEvent("=", CTRL | SHIFT, shifted="+"), Action.INCREASE_FONT_SIZE),
        (KeyEvent("=", CTRL | SHIFT, base="="), Action.INCREASE_FONT_SIZE),
        (KeyEvent("+", CTRL), Action.INCREASE_FONT_SIZE),
        (KeyEvent("KeypadAdd", CTRL), Action.INCREASE_FONT_SIZE),
        (KeyEvent("KeypadSubtract", CTRL | Mods.NUM_LOCK), Action.DECREASE_FONT_SIZE),
        (KeyEvent("n", CTRL | SHIFT), Action.CREATE_NEW_WINDOW),
    ],
)
def test_defaults(event, action):
    assert lookup(event) == [action]


@pytest.mark.parametrize(
    "event",
    [
        KeyEvent("c", CTRL),
        KeyEvent("c", CTRL | SHIFT | ALT),
        KeyEvent("c", CTRL | SHIFT | Mods.SUPER),
        KeyEvent("c", CTRL | SHIFT, kind=KeyKind.RELEASE),
        KeyEvent("F1"),
        KeyEvent("Enter"),
        KeyEvent("ShiftLeft", SHIFT),
    ],
)
def test_what_is_not_bound_goes_to_the_program(event):
    assert lookup(event) == []


def test_locks_do_not_matter_and_repeats_act_again():
    event = KeyEvent("v", CTRL | SHIFT | Mods.CAPS_LOCK | Mods.NUM_LOCK, kind=KeyKind.REPEAT)
    assert lookup(event) == [Action.PASTE]


def test_modes_are_required_and_forbidden():
    assert lookup(KeyEvent("PageUp", SHIFT), mode=BindingMode.ALT) == []
    binding = bind("a", Action.QUIT, mode="AppCursor ~AppKeypad")
    assert lookup(KeyEvent("a"), binding) == []
    assert lookup(KeyEvent("a"), binding, mode=BindingMode.APP_CURSOR) == [Action.QUIT]
    assert (
        lookup(KeyEvent("a"), binding, mode=BindingMode.APP_CURSOR | BindingMode.APP_KEYPAD) == []
    )


def test_layouts_without_latin_letters_have_the_same_shortcuts():
    assert lookup(KeyEvent("с", CTRL | SHIFT, shifted="С", base="c")) == [Action.COPY]
    assert lookup(KeyEvent("м", CTRL | SHIFT, shifted="М", base="v")) == [Action.PASTE]
    # German ß stands where - does, but is a key of its own.
    assert lookup(KeyEvent("ß", CTRL, base="-")) == []


def test_the_layouts_own_character_comes_before_the_us_one():
    own = bind("с", Action.QUIT, "Control|Shift")
    assert lookup(KeyEvent("с", CTRL | SHIFT, shifted="С", base="c"), own) == [Action.QUIT]


def test_a_key_answers_to_both_of_its_characters():
    assert lookup(KeyEvent("4", CTRL | SHIFT, shifted="$"), bind("$", Action.QUIT, "Control|Shift"))
    assert lookup(KeyEvent("4", CTRL | SHIFT, shifted="$"), bind("4", Action.QUIT, "Control|Shift"))


def test_a_users_binding_replaces_the_default():
    quit_ = bind("c", Action.QUIT, "Control|Shift")
    assert lookup(KeyEvent("c", CTRL | SHIFT), quit_) == [Action.QUIT]
    assert lookup(KeyEvent("v", CTRL | SHIFT), quit_) == [Action.PASTE]


def test_a_default_stays_when_both_can_never_be_active():
    alternate = bind("PageUp", Action.QUIT, "Shift", "Alt")
    assert lookup(KeyEvent("PageUp", SHIFT), alternate) == [Action.SCROLL_PAGE_UP]
    assert lookup(KeyEvent("PageUp", SHIFT), alternate, mode=BindingMode.ALT) == [Action.QUIT]


def test_several_bindings_of_the_user_run_in_order():
    actions = [Action.COPY, Action.CLEAR_SELECTION, SendChars("x"), RunCommand("ls", ("-l",))]
    assert lookup(KeyEvent("F5"), *(bind("F5", action) for action in actions)) == actions
    scancode_last = [bind("F5", Action.COPY), bind(71, Action.PASTE)]
    assert lookup(KeyEvent("F5", scancode=71), *scancode_last) == [Action.COPY, Action.PASTE]


def test_none_and_receive_char_take_a_default_away():
    for action in (Action.NONE, Action.RECEIVE_CHAR):
        binding = bind("c", action, "Control|Shift")
        assert lookup(KeyEvent("c", CTRL | SHIFT), binding) == [action]


def test_scancodes_are_bound_whatever_the_layout():
    assert lookup(KeyEvent("ж", CTRL, scancode=51), bind(51, Action.QUIT, "Control")) == [
        Action.QUIT
    ]


@pytest.mark.parametrize(
    ("name", "event", "elsewhere"),
    [
        ("Enter", KeyEvent("Enter"), KeyEvent("KeypadEnter")),
        ("Return", KeyEvent("Enter"), KeyEvent("KeypadEnter")),
        ("NumpadEnter", KeyEvent("KeypadEnter"), KeyEvent("Enter")),
        ("Plus", KeyEvent("+"), KeyEvent("KeypadAdd")),
        ("NumpadAdd", KeyEvent("KeypadAdd"), KeyEvent("+")),
        ("Key5", KeyEvent("5"), KeyEvent("Keypad5")),
        ("Numpad5", KeyEvent("Keypad5"), KeyEvent("5")),
        ("NumpadComma", KeyEvent("KeypadSeparator"), KeyEvent(",")),
    ],
)
def test_names_that_mean_one_part_of_the_keyboard(name, event, elsewhere):
    assert lookup(event, bind(name, Action.QUIT)) == [Action.QUIT]
    assert lookup(elsewhere, bind(name, Action.QUIT)) == []


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("Space", KeyEvent(" ")),
        ("Back", KeyEvent("Backspace")),
        ("Up", KeyEvent("KeypadArrowUp")),
        ("pageup", KeyEvent("PageUp")),
        ("LBracket", KeyEvent("[")),
        ("F24", KeyEvent("F24")),
        ("A", KeyEvent("a")),
        ("5", KeyEvent("Keypad5")),
    ],
)
def test_alacrittys_names(name, event):
    assert lookup(event, bind(name, Action.QUIT)) == [Action.QUIT]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: parse_key("Entre"), 'no key is called "Entre"'),
        (lambda: parse_key(""), 'no key is called ""'),
        (lambda: bind("a", Action.COPY, "Ctrl"), 'no modifier is called "Ctrl"'),
        (lambda: bind("a", Action.COPY, mode="~Foo"), 'no mode is called "Foo"'),
    ],
)
def test_unknown_words_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_actions_are_found_by_name_in_any_case():
    assert Action.named("ScrollPageUp") is Action.named("scrollpageup") is Action.SCROLL_PAGE_UP
    with pytest.raises(ValueError, match=r"^unknown action, did you mean ScrollPageUp\?$"):
        Action.named("ScrolPageUp")
    with pytest.raises(ValueError, match=r"^unknown action$"):
        Action.named("Fly")


def test_bound_text_does_not_show_in_a_repr():
    assert "hunter2" not in repr(bind("a", SendChars("hunter2")))
