"""Commands that read and type, against a real process: get-text, send-text, send-keys, screenshot,
scroll."""

import json
import subprocess

import numpy as np
import pytest
from dump_schema import SCHEMA, violations

from gputerm.render.png import decode_png

#: A shell that says where prompts, commands and output are.
MARKED = (
    'PS0="\\e]133;C\\a"; '
    'PS1="\\[\\e]133;D;\\$?\\a\\e]133;A\\a\\]% \\[\\e]133;B\\a\\]"; '
    "PROMPT_COMMAND=\n"
)


def marked_shell(terminal):
    terminal.msg("send-text", MARKED)
    terminal.wait_text(r"^% $|^%$")


def document_of(terminal, *arguments):
    """A part of what a window holds, held against the schema."""
    document = json.loads(terminal.msg("get-text", "-f", "json", *arguments))["document"]
    assert list(violations(document, SCHEMA)) == []
    return document


def texts(rows):
    return ["".join(run["text"] for run in row["runs"]) for row in rows]


def test_text_that_is_sent_reaches_the_shell_and_can_be_read(gputerm):
    terminal = gputerm()
    terminal.msg("send-text", "echo $((6*7))\n")
    terminal.wait_text("^42$")
    assert "echo $((6*7))\n42\n" in terminal.msg("get-text")


def test_text_from_standard_input_is_sent(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("send-text", "-", text="grüße\n")
    terminal.wait_text("^grüße\ngrüße$")


@pytest.mark.parametrize(
    ("brackets", "mode", "expected"),
    [
        ("off", "h", r"a\033b"),
        ("auto", "h", r"\033[200~a b\033[201~"),
        ("auto", "l", "a b"),
        ("on", "l", r"\033[200~a b\033[201~"),
    ],
)
def test_pastes_are_bracketed_as_asked(gputerm, brackets, mode, expected):
    script = f"printf '\\033[?2004{mode}ready'; stty raw -echo; cat -v"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_text("ready")
    terminal.msg("send-text", "--bracketed-paste", brackets, "a\x1bb")
    terminal.wait_for(
        lambda: expected.replace(r"\033", "^[") in terminal.msg("get-text"), f"{expected} shown"
    )


def test_keys_are_encoded_as_the_program_wants_them(gputerm):
    script = "stty raw -echo; printf 'ready\\033[?1h'; cat -v"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_text("ready")
    terminal.msg("send-keys", "Up", "Ctrl+a", "Alt+x", "F5", "A", "shift+b", "é", "+", "Esc")
    terminal.wait_for(
        lambda: "ready^[OA^A^[x^[[15~ABM-CM-)+^[" in terminal.msg("get-text"), "the keys"
    )
    terminal.msg("send-text", "")
    assert "^[" in terminal.msg("get-text")


def test_keys_with_the_kitty_protocol_come_up_again(gputerm):
    script = "stty raw -echo; printf 'ready\\033[>11u'; cat -v"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_text("ready")
    terminal.msg("send-keys", "a")
    terminal.wait_text(r"ready\^\[\[97u\^\[\[97;1:3u")


def test_an_unknown_key_is_refused_by_its_place(gputerm):
    terminal = gputerm()
    with pytest.raises(AssertionError, match="key 2: no key has this name"):
        terminal.msg("send-keys", "a", "hunter2")
    assert "hunter2" not in terminal.stderr()


def test_the_mouse_is_reported_as_the_program_asks_for_it(gputerm):
    script = "stty raw -echo; printf 'ready\\033[?1002;1006h'; cat -v"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_text("ready")
    terminal.msg("send-mouse", "click", "--line", "1", "--column", "2")
    terminal.wait_text(r"ready\^\[\[<0;3;2M\^\[\[<0;3;2m")
    terminal.msg("send-mouse", "press", "--button", "right", "--mods", "Ctrl")
    terminal.msg("send-mouse", "drag", "--column", "4", "--button", "right")
    terminal.msg("send-mouse", "release", "--column", "4", "--button", "right")
    terminal.wait_text(r"\^\[\[<18;1;1M\^\[\[<34;5;1M\^\[\[<2;5;1m")
    terminal.msg("send-mouse", "wheel-down")
    terminal.wait_text(r"\^\[\[<65;1;1M")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("click",), "its program doesn't ask for the mouse"),
        (("click", "--line", "24"), "has 80x24 cells"),
        (("click", "--mods", "Fn"), "modifiers are"),
        (("poke",), "poke"),
    ],
)
def test_a_mouse_that_can_not_be_is_refused(gputerm, arguments, complaint):
    terminal = gputerm("-e", "cat")
    with pytest.raises(AssertionError, match=complaint):
        terminal.msg("send-mouse", *arguments)


def test_text_has_four_forms(gputerm):
    terminal = gputerm("-e", "sh", "-c", "printf '\\033[1;31mred\\033[m <b>\\n'; cat")
    terminal.wait_text("red <b>")
    assert terminal.msg("get-text") == "red <b>\n"
    assert terminal.msg("get-text", "-f", "ansi") == "\x1b[1;38:5:1mred\x1b[m <b>\n"
    html = terminal.msg("get-text", "-f", "html")
    assert '<span style="color:#ac4242;font-weight:bold">red</span> &lt;b&gt;' in html
    document = document_of(terminal)
    assert document["screen"][0]["runs"][0] == {
        "column": 0,
        "text": "red",
        "fg": 1,
        "attributes": ["bold"],
    }


def test_scrollback_joins_wrapped_lines_and_can_be_cut(gputerm):
    terminal = gputerm("-e", "sh", "-c", f"seq 3000; echo {'x' * 200}; cat")
    terminal.wait_text("x" * 200)
    lines = terminal.msg("get-text", "scrollback").splitlines()
    assert lines == [*(str(n) for n in range(1, 3001)), "x" * 200]
    assert terminal.msg("get-text", "scrollback", "--lines", "4") == f"3000\n{'x' * 200}\n"


def test_one_document_holds_every_part(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 100; exec cat")
    terminal.wait_text("^100$")
    everything = document_of(terminal, "scrollback")
    assert everything["title"] == terminal.windows()[0]["title"] != ""
    assert texts(everything["history"]) == [str(n) for n in range(1, 78)]
    assert texts(everything["screen"]) == [*(str(n) for n in range(78, 101)), ""]
    assert (everything["first_line"], everything["screen_top"]) == (0, 77)
    screen = document_of(terminal)
    assert screen == {**everything, "history": [], "first_line": 77}
    some = document_of(terminal, "--lines", "3")
    assert (texts(some["screen"]), some["first_line"]) == (["98", "99", "100"], 97)
    more = document_of(terminal, "scrollback", "--lines", "25")
    assert (texts(more["history"]), more["first_line"]) == (["76", "77"], 75)
    assert len(more["screen"]) == 23
    nothing = document_of(terminal, "selection")
    assert (nothing["history"], nothing["screen"]) == ([], [])


def test_output_of_the_last_command(gputerm):
    terminal = gputerm("-e", "bash", "--norc", "--noprofile")
    with pytest.raises(AssertionError, match="doesn't send OSC 133"):
        terminal.msg("get-text", "output")
    marked_shell(terminal)
    terminal.msg("send-text", "seq 3; false\n")
    terminal.wait_text("^3\n%$")
    assert terminal.msg("get-text", "output") == "1\n2\n3\n"
    listed = terminal.windows()[0]
    assert listed["at_prompt"] is True
    assert listed["last_exit_status"] == 1


def test_selection(gputerm):
    terminal = gputerm("-e", "sh", "-c", "echo one two; cat")
    terminal.wait_text("one two")
    assert terminal.msg("get-text", "selection") == ""
    terminal.focus()
    x, y = terminal.windows()[0]["width"] // 80, 5
    terminal.xdotool("mousemove", "--window", str(terminal.xid()), str(x * 5), str(y))
    terminal.xdotool("click", "--repeat", "2", "1")
    terminal.wait_for(lambda: terminal.msg("get-text", "selection") == "two\n", "a selected word")
    assert terminal.msg("get-text", "selection", "-f", "ansi") == "two\n"
    document = document_of(terminal, "selection")
    assert document["screen"] == [{"runs": [{"column": 4, "text": "two"}]}]


def test_screenshot_is_what_the_window_shows_covered_or_not(gputerm, tmp_path):
    terminal = gputerm("-e", "sh", "-c", "printf '\\033[44m\\033[2Jblue\\033[?25l'; cat")
    terminal.wait_text("blue")
    first = tmp_path / "first.png"
    terminal.wait_for(lambda: terminal.pixels()[100, 100, 2] > 100, "a blue window")
    terminal.msg("screenshot", str(first))
    picture = decode_png(first.read_bytes())
    assert np.array_equal(picture[:, :, :3], terminal.pixels())

    terminal.msg("create-window", "-e", "cat")
    terminal.msg("send-text", "-w", "1", "more\n")
    terminal.wait_text("^more", 1)
    png = subprocess.run(
        ["python3", "-m", "gputerm", "msg", "-s", str(terminal.socket), "screenshot", "-w1", "-"],
        env=terminal.environment,
        capture_output=True,
        check=True,
    ).stdout
    terminal.msg("screenshot", "-w", "1", str(first))
    assert np.array_equal(decode_png(png), decode_png(first.read_bytes()))
    assert not np.array_equal(decode_png(png), picture)


def test_scrolling(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 100; cat")
    terminal.wait_text("^100$")

    def back():
        return terminal.windows()[0]["lines_back"]

    terminal.msg("scroll", "top")
    assert back() == terminal.windows()[0]["history"] == 77
    terminal.msg("scroll", "--pages", "-1")
    assert back() == 77 - 24
    terminal.msg("scroll", "--lines", "3")
    assert back() == 77 - 21
    terminal.msg("scroll", "--line", "70")
    assert back() == 7
    terminal.msg("scroll", "bottom")
    assert back() == 0
    with pytest.raises(AssertionError, match="needs one of"):
        terminal.msg("scroll")


def test_scrolling_by_prompts(gputerm):
    terminal = gputerm("-e", "bash", "--norc", "--noprofile")
    marked_shell(terminal)
    for _ in range(3):
        terminal.msg("send-text", "seq 30\n")
    terminal.wait_for(lambda: terminal.windows()[0]["history"] > 60, "three outputs")
    before = json.loads(terminal.msg("--json", "scroll", "--prompt", "1"))["windows"][0]["line"]
    above = json.loads(terminal.msg("--json", "scroll", "--prompt", "1"))["windows"][0]["line"]
    assert above == before - 31
    again = json.loads(terminal.msg("--json", "scroll", "--prompt", "-1"))["windows"][0]["line"]
    assert again == before
