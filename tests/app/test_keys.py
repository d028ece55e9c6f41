"""Real keys pressed on a real keyboard layout, and the bytes that reach the program."""

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.window


@pytest.fixture
def layout(xserver):
    """Sets the X server's keyboard layout; back to US afterwards."""
    if shutil.which("setxkbmap") is None:
        pytest.skip("needs setxkbmap, which comes with Xvfb on Debian")

    def choose(name, *options):
        subprocess.run(["setxkbmap", *options, name], env={"DISPLAY": xserver.display}, check=True)

    yield choose
    choose("us")


@pytest.fixture
def reader(gputerm, reading):
    """Starts a focused window whose program reads bytes."""

    def start(init=""):
        reader = reading(gputerm, init)
        reader.terminal.focus()
        return reader

    return start


def with_altgr(reader, *keys):
    altgr = "ISO_Level3_Shift"
    reader.terminal.xdotool("keydown", altgr, "key", *keys, "keyup", altgr)


def test_all_of_ascii(reader):
    program = reader()
    text = "".join(map(chr, range(0x20, 0x7F)))
    program.terminal.type(text)
    program.expect(text.encode())


@pytest.mark.parametrize(
    ("init", "keys", "data"),
    [
        ("", "Up Home F1 F5 Delete Prior", b"\x1b[A\x1b[H\x1bOP\x1b[15~\x1b[3~\x1b[5~"),
        (r"\x1b[?1h", "Up Home ctrl+Up", b"\x1bOA\x1bOH\x1b[1;5A"),
        ("", "Tab shift+Tab BackSpace ctrl+BackSpace Return Escape", b"\t\x1b[Z\x7f\x08\r\x1b"),
        ("", "ctrl+a ctrl+space ctrl+slash alt+x alt+shift+x", b"\x01\x00\x1f\x1bx\x1bX"),
        ("", "shift+F5 ctrl+alt+Right KP_Enter KP_Add", b"\x1b[15;2~\x1b[1;7C\r+"),
        (r"\x1b=", "KP_Enter KP_Add", b"\x1bOM\x1bOk"),
        (r"\x1b[>1u", "ctrl+i Escape a", b"\x1b[105;5u\x1b[27ua"),
        (r"\x1b[>4;2m", "ctrl+i a", b"\x1b[27;5;105~a"),
    ],
)
def test_keys_in_the_modes_that_programs_set(reader, init, keys, data):
    program = reader(init)
    program.terminal.key(*keys.split())
    program.expect(data)


def test_without_srm_the_terminal_shows_what_is_typed(reader):
    """The reader has switched the tty's echo off and writes nothing."""
    program = reader(r"\x1b[12l")
    program.terminal.type("xay")
    program.terminal.key("Left", "b")
    program.terminal.msg("send-text", "c")
    program.expect(b"xay\x1b[Dbc")
    program.terminal.wait_text("xabc")


def test_a_locked_keyboard_sends_nothing(reader):
    program = reader(r"\x1b[2h")  # KAM
    program.terminal.key("a", "Up", "F1")
    program.terminal.msg("send-text", "b")
    program.expect(b"b")


def test_german(reader, layout):
    layout("de")
    program = reader()
    program.terminal.key("z", "y", "adiaeresis", "ssharp", "ctrl+z", "alt+adiaeresis")
    program.expect("zyäß\x1a\x1bä".encode())


def test_altgr_chooses_characters_and_is_no_alt(reader, layout):
    layout("de")
    program = reader()
    with_altgr(program, "q", "e", "7", "less")
    program.expect("@€{|".encode())
    with_altgr(program, "ctrl+8", "ctrl+9", "ctrl+q", "alt+q")
    program.expect("@€{|".encode() + b"\x1b\x1d\x00\x1b@")


def test_dead_keys_and_those_on_altgr(reader, layout):
    layout("de")
    program = reader()
    program.terminal.key("dead_acute", "e", "dead_circumflex", "a", "dead_acute", "space")
    program.expect("éâ'".encode())


def test_ctrl_with_a_shifted_key_means_its_character_in_the_layout(reader, layout):
    layout("de")
    program = reader()
    program.terminal.key("ctrl+slash")  # Shift+7
    program.expect(b"\x1f")


def test_a_layout_without_latin_letters_has_control_characters_all_the_same(reader, layout):
    layout("ru")
    program = reader()
    program.terminal.key("Cyrillic_a", "Cyrillic_ef", "ctrl+Cyrillic_es", "alt+Cyrillic_ya")
    program.expect("аф\x03\x1bя".encode())


def test_a_layout_changed_while_it_runs(reader, layout):
    program = reader()
    program.terminal.key("y")
    layout("ru")
    program.terminal.key("Cyrillic_a")
    layout("us")
    program.terminal.key("a")
    program.expect("yаa".encode())


def test_a_modifier_alone_is_no_typing(reader):
    """A program of the kitty protocol is told of it, but the selection and the view stay."""
    program = reader(r"\x1b[>31u")
    terminal = program.terminal
    terminal.drag((0.5, 0.1), (0.5, 4.9))
    terminal.wait_for(lambda: terminal.selection() == "ready", "a selection")
    program.terminal.key("Shift_L")
    terminal.wait_for(lambda: b"57441" in program.read(), "the Shift key")
    assert terminal.selection() == "ready"
    program.terminal.key("a")
    terminal.wait_for(lambda: not terminal.selection(), "the end of the selection")


def test_paste_is_bracketed_for_programs_that_ask(reader):
    program = reader(r"\x1b[?2004h")
    terminal = program.terminal
    terminal.drag((0.5, 0.1), (0.5, 4.9))
    terminal.wait_for(lambda: terminal.selection() == "ready", "a selection")
    program.terminal.key("ctrl+shift+c")
    program.terminal.key("ctrl+shift+v")
    program.expect(b"\x1b[200~ready\x1b[201~")


def test_focus_is_reported_to_programs_that_ask(reader):
    program = reader(r"\x1b[?1004h")
    terminal = program.terminal
    terminal.msg("create-window", "-e", "cat")

    def told(data: bytes) -> None:
        # The program may have asked before the window had the focus for the first time.
        terminal.wait_for(lambda: program.read().removeprefix(b"\x1b[I") == data, f"{data!r}")

    terminal.focus(1)
    told(b"\x1b[O")
    terminal.focus(0)
    told(b"\x1b[O\x1b[I")


def test_a_program_is_not_told_that_a_key_it_never_saw_came_up(reader):
    program = reader(r"\x1b[>3u")
    program.terminal.key("ctrl+shift+c", "a")
    program.expect(b"a\x1b[97;1:3u")
