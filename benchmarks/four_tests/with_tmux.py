"""Four tests with tmux."""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path


class Terminal:
    def __init__(self, *command, folder, cwd=None, size=(80, 24)):
        self.socket, self.status = os.path.join(folder, "tmux"), os.path.join(folder, "status")
        line = f"{shlex.join(command)}; echo $? > {self.status}"
        columns, lines = map(str, size)
        place = ["-c", cwd] if cwd else []
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", lines, *place, line)

    def tmux(self, *arguments):
        command = ["tmux", "-S", self.socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True).stdout

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def text(self, *options):
        return self.tmux("capture-pane", "-p", *options)

    def wait(self, text):
        end = time.monotonic() + 10
        while text not in self.text():
            assert time.monotonic() < end, text
            time.sleep(0.02)

    def exit_status(self):
        return Path(self.status).read_text() if os.path.exists(self.status) else ""

    def ended(self):
        end = time.monotonic() + 10
        while not self.exit_status():
            assert time.monotonic() < end
            time.sleep(0.02)
        assert self.exit_status() == "0\n"


def test_curses(programs, folder):
    menu = Terminal(sys.executable, f"{programs}/menu.py", folder=folder)
    menu.wait("chosen Tea")
    menu.keys("Down")
    menu.wait("chosen Coffee")
    assert "\x1b[1m\x1b[31mchosen Coffee" in menu.text("-e")
    menu.keys("q")
    menu.ended()


def test_htop(programs, folder):
    htop = Terminal("htop", folder=folder)
    htop.wait("Load average")
    htop.keys("F1")
    htop.wait("toggle program path")
    htop.keys("q", "q")
    htop.ended()


def test_textual(programs, folder):
    app = Terminal(sys.executable, f"{programs}/greeter.py", folder=folder, size=(40, 10))
    app.wait("Greet")
    lines = app.text().split("\n")
    line = next(number for number, text in enumerate(lines) if "Greet" in text)
    column = lines[line].index("Greet")
    for end in "Mm":
        app.keys("-l", f"\x1b[<0;{column + 2};{line + 1}{end}")
    app.wait("Hello")
    assert re.search(r"\x1b\[(?:[\d;]*;)?1[;m]", app.text("-e"))
    app.keys("C-q")
    app.ended()


def test_vim(programs, folder):
    vim = Terminal("vim", "-u", "NONE", "-i", "NONE", "note", folder=folder, cwd=folder)
    vim.wait("~")
    vim.keys("ihello", "Escape")
    time.sleep(0.3)  # there is nothing to wait with
    assert vim.text().startswith("hello")
    vim.keys(":wq", "Enter")
    vim.ended()
