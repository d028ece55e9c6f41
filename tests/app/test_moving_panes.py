"""A pane shown in one native window and then in another: keys, size, picture and end follow it."""

import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.window

SWAPPING = Path(__file__).parent / "swapping.py"

#: Says who it is, how large, whether it has the focus and what it read; asks to be swapped by "s",
#: ends by "q".
PROGRAM = r"""
import os, signal, sys, tty
focus, typed, swaps = "-", "", 0
def show(*_):
    size = os.get_terminal_size()
    text = f"{sys.argv[1]} {size.lines}x{size.columns} {focus} {typed}"
    os.write(1, f"\x1b[2J\x1b[H{text}".encode())
tty.setraw(0)
signal.signal(signal.SIGWINCH, show)
os.write(1, b"\x1b[?1004h")
show()
while (read := os.read(0, 1)) != b"q":
    if read == b"\x1b":
        focus = os.read(0, 2)[1:].decode()
    elif read == b"s":
        swaps += 1
        os.write(1, b"\x1b]2;swap %d\a" % swaps)
    else:
        typed += read.decode()
    show()
"""


def test_a_pane_is_shown_in_two_windows_one_after_the_other(gputerm):
    command = [sys.executable, "-c", PROGRAM]
    start = partial(gputerm, program=[sys.executable, str(SWAPPING)])
    terminal = start("-o", "window.position={x=0,y=0}", "-e", *command, "one")
    terminal.call("resize", lines=10, columns=50)
    terminal.wait_text("^one 10x50")
    options = ["window.position={x=800,y=0}", "font.size=8"]
    terminal.call("create-window", command=[*command, "two"], option=options)
    lines, columns = (terminal.windows()[1][name] for name in ("lines", "columns"))
    terminal.wait_text(f"^two {lines}x{columns}", 2)
    terminal.focus(0)
    terminal.wait_text("^one 10x50 I", 1)
    before = [terminal.pixels(index) for index in (0, 1)]

    terminal.call("send-text", text="s", window=1)
    terminal.wait_text("^two 10x50 I", 1)
    terminal.wait_text(f"^one {lines}x{columns} O", 2)
    panes = [window["pane_id"] for window in terminal.windows()]
    assert panes == [2, 1]
    titles = [window["title"] for window in terminal.windows()]
    assert titles[1] == "swap 1"
    for number, who in ((1, "two"), (2, "one")):
        terminal.focus(number - 1)
        terminal.key("x")
        terminal.wait_text(f"^{who} .*x$", number)
    for index, picture in enumerate(before):
        now = terminal.pixels(index)
        assert now.shape == picture.shape
        assert not np.array_equal(now, picture)

    terminal.key("ctrl+shift+f")  # Its search goes with it, and the row for that.
    terminal.wait_text(f"^one {lines - 1}x{columns}", 2)
    terminal.call("send-text", text="s", window=2)
    terminal.wait_text(f"^two {lines}x{columns}", 2)
    terminal.wait_text("^one 9x50", 1)
    terminal.focus(0)
    terminal.key("Escape")
    terminal.wait_text("^one 10x50", 1)
    terminal.call("send-text", text="s", window=1)
    terminal.wait_text(f"^one {lines}x{columns}", 2)

    terminal.call("send-text", text="q", window=1)
    terminal.wait_for(lambda: [w["id"] for w in terminal.windows()] == [2], "the end of window 1")
    terminal.focus()
    terminal.key("y")
    terminal.wait_text("^one .*y$", 2)
    terminal.call("close", window=2)
    assert terminal.process.wait(30) == 0
    assert terminal.stderr() == ""
