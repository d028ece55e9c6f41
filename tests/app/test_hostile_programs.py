"""What a hostile program tries, in a real window: foreign protocols, graphics, pastes, secrets."""

import base64
import re

import pytest

pytestmark = pytest.mark.window

SECRET = "hunter2"

#: What makes other terminals run, read, write or answer something.
FOREIGN = (
    r"\033P@kitty-cmd{\"cmd\":\"launch\",\"version\":[0,26,0]}\033\\",
    r"\033P1000p%begin 1 1 0\r\n%output %1 x\r\n%end 1 1 0\r\n\033\\",  # tmux -CC
    r"\033P>|echo\033\\\033P+pecho\033\\",
    r"\033]5113;ac=send;id=x\a\033]5113;ac=recv;id=x;n=L2V0Yy9wYXNzd2Q=\a",  # kitty's transfers
    r"\033]5522;type=read;dGV4dC9wbGFpbg==\a",
    r"\033]1337;File=name=eA==;inline=0:eA==\a\033]1337;ReportCellSize\a\033]1337;RequestUpload=format=tgz\a",
    r"\033]51;[\"call\",\"Tapi_x\",[]]\a",  # vim's terminal API
    r"\033]9;1;5\a\033]9;3;title\a\033]9;5\a\033]9;6;macro\a\033]9;7;xterm\a",
    r"\033]50;?\a\033]46;/tmp/log\a\033]60;?\a\033]702;?\a\033]710;fixed\a\033GQ\r",
    r"\005\033[21t\033[20t\033[0i\033[5i\033[4i\033[?1;1;0S",
)


def test_protocols_of_others_have_no_effect(gputerm, reading, tmp_path):
    program = reading(gputerm, "".join(FOREIGN))
    terminal = program.terminal
    terminal.call("send-text", text="typed")
    program.expect(b"typed")  # and no answer before it
    (window,) = terminal.windows()
    assert not window["title"].startswith(("wrapped", "title"))
    assert (window["lines"], window["columns"]) == (24, 80)
    assert terminal.screen().strip() == "ready"
    assert not [file for file in tmp_path.iterdir() if file.name not in ("run", "read", "stderr")]
    assert terminal.stderr() == ""


@pytest.mark.parametrize(
    "graphics",
    [
        r"\033P0;1;8q\"0;0;0;0#0;2;0;0;0~\033\\",
        r"\033P0;1;8q\"65535;0;2147483647;2147483647~\033\\",
        r"\033P0;1;8q#0!2147483647~!99999999999999999999~\033\\",
        r"\033Pq" + "-" * 30_000 + r"\033\\",
        r"\033_Ga=T,f=24,s=2147483647,v=2147483647,t=d;AAAA\033\\",
        r"\033_Ga=T,f=100,s=0,v=0,m=1;iVBORw0KGgo=\033\\\033_Gm=0;AAAA\033\\",
        r"\033_Ga=f,i=1,c=4294967295,r=4294967295,X=1,Y=1\033\\",
        r"\033]1337;File=size=99999999999;width=9999999px;inline=1:AAAA\a",
    ],
)
def test_graphics_are_swallowed_whatever_they_claim(gputerm, reading, graphics):
    program = reading(gputerm, graphics)
    program.terminal.call("send-text", text="typed")
    program.expect(b"typed")
    assert program.terminal.screen().strip() == "ready"


@pytest.mark.parametrize("medium", "ft")
def test_a_file_named_by_graphics_is_left_alone(gputerm, reading, tmp_path, medium):
    file = tmp_path / "tty-graphics-protocol-x"
    file.write_bytes(b"abc")
    name = base64.b64encode(str(file).encode()).decode()
    program = reading(gputerm, rf"\033_Ga=T,f=24,s=1,v=1,t={medium},i=1;{name}\033\\")
    program.terminal.call("send-text", text="typed")
    program.expect(b"typed")
    assert file.read_bytes() == b"abc"


def test_a_paste_over_the_socket_has_no_controls(gputerm, reading):
    program = reading(gputerm, r"\033[?2004h")
    text = "a\x1b[201~\x15\x03b\x9b201~\x7fc\n"
    program.terminal.call("send-text", text=text, bracketed_paste="on")
    program.expect(b"\x1b[200~a [201~  b 201~ c\n\x1b[201~")


# Reads only when it is told to, and then says that a paste has begun before it asks a question.
SLOW = r"""
import os, sys, time, tty
tty.setraw(0)
os.write(1, b"\x1b[?2004hready\r\n")
got = b""
while b"\x1b[200~" not in got:
    got += os.read(0, 1)
os.write(1, b"\x1b[6n")  # with nearly all of the paste still to come
while not got.endswith(b"R"):
    got += os.read(0, 65536)
paste, _, rest = got.partition(b"\x1b[201~")
os.write(1, b"\r\n%d %s\r\n" % (paste.count(b"x"), repr(rest).encode()))
os.read(0, 1)
"""


def test_a_reply_waits_behind_a_paste(gputerm):
    terminal = gputerm("-e", "python3", "-c", SLOW)
    terminal.wait_text("ready")
    terminal.call("send-text", text="x" * 300_000, bracketed_paste="on")
    screen = terminal.wait_text(r"^\d+ b'")
    assert re.search(r"^300000 b'\\x1b\[2;1R'$", screen, re.MULTILINE), screen


def test_endless_combining_marks_can_be_selected(gputerm):
    script = "import sys; sys.stdout.write('a' + '\\u0301' * 1_000_000 + 'b'); input()"
    terminal = gputerm("-e", "python3", "-c", script)
    terminal.wait_text("b$")
    terminal.drag((0.5, 0.2), (0.5, 2.9))
    terminal.wait_for(lambda: terminal.selection().startswith("a"), "a selection")
    assert len(terminal.selection()) < 100


def test_a_frame_that_is_held_for_ever_is_shown_all_the_same(gputerm):
    script = r"printf '\033[?25l\033[?2026h\033[44m\033[2J\033]2;never ends'; cat"
    terminal = gputerm("-e", "sh", "-c", script)
    terminal.wait_for(lambda: terminal.pixels()[100, 100, 2] > 100, "a blue window")


def test_a_window_starts_where_the_program_is_not_where_it_says(gputerm, tmp_path):
    (tmp_path / "claimed").mkdir()
    (tmp_path / "real").mkdir()
    sequences = rf"\033]7;file://evil.example{tmp_path}/claimed\a\033]7;file://{tmp_path}/claimed\a"
    terminal = gputerm(
        *("-o", 'terminal.shell={program="/bin/sh",args=["-c","pwd; cat"]}'),
        *("-d", str(tmp_path / "real"), "-e", "sh", "-c", f"printf '{sequences}ready'; cat"),
    )
    terminal.wait_text("ready")
    terminal.call("action", actions=["CreateNewWindow"])
    terminal.wait_for(lambda: len(terminal.windows()) == 2, "a second window")
    terminal.wait_text(r"/(real|claimed)$", 2)
    assert terminal.screen(2).strip() == str(tmp_path / "real")


def test_the_log_has_nothing_that_was_typed_pasted_or_shown(gputerm, reading):
    strings = rf"\033]2;{SECRET}\a\033]52;c;{SECRET}\a\033]9999;{SECRET}\a\033P{SECRET}\033\\"
    shown = rf"{strings}\033[?8765h{SECRET}"
    program = reading(gputerm, shown, "-vv")
    terminal = program.terminal
    terminal.focus()
    terminal.type(SECRET)
    program.expect(SECRET.encode())
    terminal.call("send-text", text=SECRET)
    terminal.call("send-text", text=SECRET, bracketed_paste="on")
    terminal.call("search", pattern=SECRET)
    terminal.call("get-text")
    program.expect(SECRET.encode() * 2 + f"\x1b[200~{SECRET}\x1b[201~".encode())
    assert "not understood: OSC 9999" in terminal.stderr()
    assert SECRET not in terminal.stderr()


def test_a_process_ends_when_told_though_a_program_floods_it(gputerm):
    flood = "import sys\nwhile 1: sys.stdout.write('a\\033[65535b\\033[1;1;999;999;1$r' * 500)"
    terminal = gputerm("-e", "python3", "-c", flood)
    other = terminal.call("create-window", command=["cat"])["window_id"]
    terminal.call("send-text", text="here\r", window=other)
    terminal.wait_text("^here", other)
    assert terminal.terminate() == 0
