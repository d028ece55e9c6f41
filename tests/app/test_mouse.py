"""The mouse: selecting, pasting, scrolling, and reports to programs that track it."""

import pytest

pytestmark = pytest.mark.window

TEXT = r"printf 'one two(three) /usr/bin\nsecond line\nthird\n'; exec cat"


def shown(gputerm, script=TEXT, *arguments):
    """A window with the script's output in it."""
    terminal = gputerm(*arguments, "-e", "sh", "-c", script)
    terminal.wait_for(lambda: terminal.screen().strip(), "output")
    return terminal


def clicks(terminal, line, column, count, button="1"):
    terminal.pointer_to(line, column)
    terminal.xdotool("click", "--repeat", str(count), "--delay", "20", button)


def selects(terminal, text):
    terminal.wait_for(lambda: terminal.selection() == text, f"the selection {text!r}")


def test_a_drag_selects_to_half_a_cell(gputerm):
    terminal = shown(gputerm)
    terminal.drag((0.5, 0.7), (0.5, 6.8))
    selects(terminal, "ne two")
    terminal.drag((0.5, 4.2), (1.5, 6.2))
    selects(terminal, "two(three) /usr/bin\nsecond")
    terminal.drag((1.5, 6.2), (0.5, 4.2))
    selects(terminal, "two(three) /usr/bin\nsecond")


def test_clicks_select_words_and_lines(gputerm):
    terminal = shown(gputerm)
    clicks(terminal, 0.5, 9.5, 2)
    selects(terminal, "three")
    clicks(terminal, 0.5, 17.5, 2)
    selects(terminal, "/usr/bin")
    clicks(terminal, 1.5, 3.5, 3)
    selects(terminal, "second line\n")
    clicks(terminal, 4.5, 3.5, 1)
    selects(terminal, "")


def test_ctrl_selects_a_block_and_shift_extends(gputerm):
    terminal = shown(gputerm)
    terminal.xdotool("keydown", "ctrl")
    terminal.drag((0.5, 1.1), (2.5, 2.9))
    terminal.xdotool("keyup", "ctrl")
    selects(terminal, "ne\nec\nhi")
    clicks(terminal, 0.5, 0.1, 1)
    terminal.xdotool("keydown", "shift")
    clicks(terminal, 1.5, 5.9, 1)
    terminal.xdotool("keyup", "shift")
    selects(terminal, "one two(three) /usr/bin\nsecond")


def test_the_right_button_extends(gputerm):
    terminal = shown(gputerm)
    terminal.drag((0.5, 0.1), (0.5, 2.9))
    selects(terminal, "one")
    clicks(terminal, 0.5, 6.9, 1, "3")
    selects(terminal, "one two")


def test_a_drag_beyond_the_edge_scrolls(gputerm):
    terminal = shown(gputerm, "seq 100; exec cat")
    terminal.wait_text("^100$")
    terminal.pointer_to(5.5, 0.1)
    terminal.xdotool("mousedown", "1")
    terminal.pointer_to(0.5, 0.1)
    window = terminal.windows()[0]
    terminal.xdotool("mousemove", "--window", str(window["x11_id"]), "1", "-30")
    terminal.wait_for(lambda: terminal.windows()[0]["lines_back"] == window["history"], "line 1")
    terminal.xdotool("mouseup", "1")
    selected = terminal.selection().split()
    assert selected[0] == "1"
    assert len(selected) == window["history"] + 5


def test_the_primary_selection_is_pasted_by_the_middle_button(gputerm, reading):
    program = reading(gputerm)
    terminal = program.terminal
    clicks(terminal, 0.5, 2.5, 2)
    selects(terminal, "ready")
    clicks(terminal, 5.5, 2.5, 1, "2")
    program.expect(b"ready")


def test_copy_and_paste_between_two_processes(gputerm, reading):
    one = shown(gputerm, "printf 'grüße 漢字\n'; exec cat")
    two = reading(gputerm, "", "-o", "window.position={x=800, y=0}", "-o", 'paste.confirm="Never"')
    clicks(one, 0.5, 2.5, 3)
    selects(one, "grüße 漢字\n")
    one.focus()
    one.key("ctrl+shift+c")
    clicks(one, 0.5, 8.5, 2)  # The primary selection is another.
    selects(one, "漢字")
    two.terminal.focus()
    two.terminal.key("ctrl+shift+v", "shift+Insert")
    two.expect("grüße 漢字\r漢字".encode())


def test_the_wheel_scrolls_history(gputerm):
    terminal = shown(gputerm, "seq 200; exec cat")
    terminal.wait_text("^200$")
    clicks(terminal, 5.5, 5.5, 3, "4")
    terminal.wait_for(lambda: terminal.windows()[0]["lines_back"] == 9, "three steps back")
    clicks(terminal, 5.5, 5.5, 2, "5")
    terminal.wait_for(lambda: terminal.windows()[0]["lines_back"] == 3, "two steps forth")
    terminal.focus()
    terminal.key("x")
    terminal.wait_for(lambda: terminal.windows()[0]["lines_back"] == 0, "the live screen")


def test_the_wheel_scrolls_less(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 200 | less")
    terminal.wait_text("^:")
    clicks(terminal, 5.5, 5.5, 2, "5")
    terminal.wait_text(r"\A7\n")
    clicks(terminal, 5.5, 5.5, 1, "4")
    terminal.wait_text(r"\A4\n")


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ("1000;1006", b"\x1b[<0;4;2M\x1b[<0;7;3m\x1b[<65;7;3M\x1b[<2;7;3M\x1b[<2;7;3m"),
        (
            "1002;1006",
            b"\x1b[<0;4;2M\x1b[<32;7;3M\x1b[<0;7;3m\x1b[<65;7;3M\x1b[<2;7;3M\x1b[<2;7;3m",
        ),
        ("1000", b"\x1b[M $\"\x1b[M#'#\x1b[Ma'#\x1b[M\"'#\x1b[M#'#"),
        ("9", b'\x1b[M $"\x1b[M"\'#'),
    ],
)
def test_programs_that_track_the_mouse_are_told(gputerm, reading, modes, expected):
    program = reading(gputerm, rf"\x1b[?{modes}h")
    terminal = program.terminal
    terminal.drag((1.5, 3.5), (2.5, 6.5))
    terminal.xdotool("click", "5", "click", "3")
    program.expect(expected)


def test_shift_takes_the_mouse_back_from_the_program(gputerm, reading):
    program = reading(gputerm, r"\x1b[?1003;1006h")
    terminal = program.terminal
    terminal.pointer_to(0.5, 0.1)
    # One may come before, of where the pointer was when the window appeared under it.
    terminal.wait_for(lambda: program.read().endswith(b"\x1b[<35;1;1M"), "the report")
    before = program.read()
    terminal.xdotool("keydown", "shift")
    clicks(terminal, 0.5, 0.1, 2)
    selects(terminal, "ready")
    terminal.xdotool("keyup", "shift")
    assert program.read() == before


def test_a_button_that_the_program_saw_go_down_comes_up_for_it(gputerm, reading):
    program = reading(gputerm, r"\x1b[?1000;1006h")
    terminal = program.terminal
    terminal.pointer_to(1.5, 3.5)
    terminal.xdotool("mousedown", "1", "keydown", "shift", "mouseup", "1", "keyup", "shift")
    program.expect(b"\x1b[<0;4;2M\x1b[<4;4;2m")
