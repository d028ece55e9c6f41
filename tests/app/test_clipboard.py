"""Clipboard and primary selection on X11: with other clients that are slow, silent or thorough."""

import subprocess
import sys

import pytest
from selections import Client, xclip_holds
from Xlib import X, Xatom

pytestmark = pytest.mark.window

LINE = b"a line of some length that is copied and pasted \xe6\xbc\xa2\xe5\xad\x97\n"


def read_by_xclip(terminal, selection="clipboard", *arguments):
    """What another client gets."""
    return subprocess.run(
        ["xclip", "-o", "-selection", selection, *arguments],
        env=terminal.environment,
        capture_output=True,
        check=True,
        timeout=30,
    ).stdout


def paste(program):
    program.terminal.focus()
    program.terminal.key("ctrl+shift+v")


def copied(gputerm, text):
    """A window whose program has put a text on the clipboard by OSC 52."""
    from base64 import b64encode

    data = b64encode(text).decode()
    script = rf"stty -echo; x={data}; while printf '\033]52;c;%s\a' $x; do read x; done"
    terminal = gputerm(
        "-o", 'terminal={osc52="CopyPaste", trust="Trusted"}', "-e", "sh", "-c", script
    )
    with Client(terminal) as client:
        terminal.wait_for(lambda: client.owner("clipboard"), "the ownership")
    return terminal


@pytest.mark.parametrize("size", [1_100_000, 3_000_000])
def test_a_large_text_is_pasted_whole(gputerm, reading, size):
    program = reading(gputerm, "", "-o", 'paste.confirm="Never"')
    text = LINE * (size // len(LINE))
    with xclip_holds(program.terminal, text):
        paste(program)
        program.terminal.wait_for(lambda: len(program.read()) >= len(text), "all of it")
    assert program.read() == text.replace(b"\n", b"\r")


def test_a_large_text_is_copied_whole(gputerm):
    lines = [f"{number:6} {'much of it ' * 9}end" for number in range(28_000)]
    script = "for n in range(28_000): print(f\"{n:6} {'much of it ' * 9}end\")\ninput()"
    terminal = gputerm("-o", "scrolling.history=60000", "-e", sys.executable, "-c", script)
    terminal.call("resize", columns=130, lines=24)
    terminal.wait_text("27999")
    terminal.call("action", actions=["ScrollToTop"])
    terminal.pointer_to(0.5, 0.1)
    terminal.xdotool("click", "1")
    terminal.call("action", actions=["ScrollToBottom"])
    terminal.pointer_to(22.5, 129.9)
    terminal.xdotool("keydown", "shift", "click", "1", "keyup", "shift")
    with Client(terminal) as client:
        terminal.wait_for(lambda: client.owner("primary"), "the primary selection")
        terminal.call("action", actions=["Copy"])
        terminal.wait_for(lambda: client.owner("clipboard"), "the clipboard")
    for selection in ("clipboard", "primary"):
        text = read_by_xclip(terminal, selection)
        assert len(text) > 3_000_000
        assert text.decode().splitlines() == lines
    assert len(read_by_xclip(terminal, "clipboard", "-t", "STRING")) == len(text)


def test_what_follows_a_nul_is_kept(gputerm, reading):
    program = reading(gputerm, "", "-o", 'paste.confirm="Never"')
    with xclip_holds(program.terminal, b"one\0two"):
        paste(program)
        program.expect(b"one two")
    terminal = copied(gputerm, b"three\0four")
    assert read_by_xclip(terminal) == b"three\0four"


def test_a_text_is_offered_in_all_forms(gputerm):
    text = "grün 漢字"
    terminal = copied(gputerm, text.encode())
    with Client(terminal) as client:
        kind, size, atoms = client.convert("TARGETS")
        assert (kind, size) == ("ATOM", 32)
        forms = {client.display.get_atom_name(atom) for atom in atoms}
        assert forms >= {"TARGETS", "TIMESTAMP", "MULTIPLE", "UTF8_STRING", "STRING", "TEXT"}
        assert client.convert("UTF8_STRING") == ("UTF8_STRING", 8, text.encode())
        assert client.convert("TEXT") == ("UTF8_STRING", 8, text.encode())
        assert client.convert("text/plain") == ("text/plain", 8, text.encode())
        assert client.convert("STRING") == ("STRING", 8, text.encode("latin-1", "replace"))
        kind, size, (time,) = client.convert("TIMESTAMP")
        assert (kind, size) == ("INTEGER", 32)
        assert time > 0
        assert client.convert("image/png") is None
        # [ICCCM 2.6.2]
        pairs = ("UTF8_STRING", "ONE", "image/png", "TWO", "STRING", "THREE")
        client.window.change_property(
            *(client.atom("PLACE"), client.atom("ATOM_PAIR"), 32, [*map(client.atom, pairs)])
        )
        kind, size, atoms = client.convert("MULTIPLE")
        assert kind == "ATOM_PAIR"
        assert atoms[2] == X.NONE
        assert client.taken("ONE")[2] == text.encode()
        assert client.taken("THREE")[2] == text.encode("latin-1", "replace")


def test_typing_waits_behind_a_paste(gputerm, reading):
    """An owner that takes its time, and two forms that it doesn't have."""
    program = reading(gputerm, r"\x1b[?2004h")
    with Client(program.terminal) as client:
        client.own()
        paste(program)
        request = client.next(X.SelectionRequest)
        program.terminal.type("abc")
        for _ in range(2):
            assert request.target != Xatom.STRING
            client.answer(request, X.NONE)
            request = client.next(X.SelectionRequest)
        assert request.target == Xatom.STRING
        request.requestor.change_property(
            request.property, client.atom("INCR"), 32, [4], X.PropModeReplace
        )
        request.requestor.change_attributes(event_mask=X.PropertyChangeMask)
        client.answer(request, request.property)
        for piece in (b"gr\xfc", b"n!", b""):
            while client.next(X.PropertyNotify).state != X.PropertyDelete:
                pass
            assert program.read() == b""
            request.requestor.change_property(request.property, Xatom.STRING, 8, piece)
        client.display.flush()
        program.expect(b"\x1b[200~gr\xc3\xbcn!\x1b[201~abc")


def test_escape_drops_a_paste(gputerm, reading):
    program = reading(gputerm)
    with Client(program.terminal) as client:
        client.own()
        paste(program)
        request = client.next(X.SelectionRequest)
        program.terminal.type("abc")
        assert program.read() == b""
        program.terminal.key("Escape")
        program.expect(b"abc")
        request.requestor.change_property(request.property, request.target, 8, b"late")
        client.answer(request, request.property)
        program.terminal.type("d")
        program.expect(b"abcd")


def test_a_silent_owner_is_given_up(gputerm, reading):
    """Meanwhile nobody waits for it, and a program that asks gets an empty answer."""
    ask = r"\x1b]52;c;?\x07\x1b[5n"
    program = reading(gputerm, "", "-o", 'terminal={osc52="CopyPaste", trust="Trusted"}')
    terminal = program.terminal
    with Client(terminal) as client:
        client.own()
        script = f"import os, tty; tty.setraw(0); os.write(1, b'{ask}asked')\n"
        script += "while True: os.write(1, repr(os.read(0, 99)).encode())"
        other = terminal.call("create-window", command=["python3", "-c", script])["window_id"]
        client.next(X.SelectionRequest)
        terminal.wait_text(r"asked.*\[0n", other)  # what it asked later is answered first
        paste(program)
        client.next(X.SelectionRequest)
        terminal.type("abc")
        program.expect(b"abc")
        terminal.wait_text(r"\]52;c;\\x07", other)
    assert terminal.stderr().count("\n") == 1
    assert "nothing is pasted: the program that has copied it" in terminal.stderr()


def test_a_window_is_closed_while_it_waits_for_a_paste(gputerm, reading):
    program = reading(gputerm)
    terminal = program.terminal
    other = terminal.call("create-window", command=["cat"])["window_id"]
    with Client(terminal) as client:
        client.own()
        paste(program)
        request = client.next(X.SelectionRequest)
        terminal.call("close", window=1)
        request.requestor.change_property(request.property, request.target, 8, b"late")
        client.answer(request, request.property)
        client.display.sync()
    terminal.call("send-text", window=other, text="still here\n")
    terminal.wait_text("^still here", other)


def test_selections_go_on_when_their_connection_is_cut(gputerm):
    from base64 import b64encode

    terminal = copied(gputerm, b"first")
    with Client(terminal) as client:
        owner = client.owner("clipboard")
        client.display.create_resource_object("window", owner).kill_client()
        client.display.sync()
        terminal.wait_for(lambda: client.owner("clipboard") not in (0, owner), "another owner")
        assert read_by_xclip(terminal) == b"first"
        owner = client.owner("clipboard")
        terminal.call("send-text", text=b64encode(b"sec\0nd").decode() + "\n")
        terminal.wait_for(lambda: client.owner("clipboard") not in (0, owner), "another owner")
    assert read_by_xclip(terminal) == b"sec\0nd"
    assert terminal.stderr() == ""


def test_a_text_too_large_is_refused(gputerm, reading):
    program = reading(gputerm)
    with xclip_holds(program.terminal, bytes(33 << 20)):
        paste(program)
        line = "gputerm: nothing is pasted: it is larger than 32 MiB\n"
        program.terminal.wait_for(lambda: program.terminal.stderr() == line, "the reason")
    program.terminal.type("abc")
    program.expect(b"abc")
