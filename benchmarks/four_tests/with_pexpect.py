"""Four tests with pexpect and pyte."""

import os
import sys
import time

import pexpect
import pyte


class Terminal:
    def __init__(self, *command, cwd=None, size=(80, 24)):
        env = {**os.environ, "TERM": "xterm-256color"}
        self.child = pexpect.spawn(
            command[0], list(command[1:]), cwd=cwd, env=env, dimensions=size[::-1], timeout=10
        )
        self.screen = pyte.Screen(*size)
        self.screen.write_process_input = lambda text: self.child.send(text)
        self.stream = pyte.ByteStream(self.screen)
        self.eof = False

    def pump(self, seconds=0.05):
        try:
            self.stream.feed(self.child.read_nonblocking(65536, seconds))
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self.eof = True
            return False
        return True

    def wait(self, text):
        end = time.monotonic() + 10
        while not any(text in line for line in self.screen.display):
            assert time.monotonic() < end, text
            assert not self.eof, text
            self.pump()

    def place(self, text):
        for number, line in enumerate(self.screen.display):
            if text in line:
                return number, line.index(text)

    def ended(self):
        while self.pump(1):
            pass
        self.child.wait()
        assert self.child.exitstatus == 0


def test_curses(programs, folder):
    menu = Terminal(sys.executable, f"{programs}/menu.py")
    menu.wait("chosen Tea")
    menu.child.send("\x1bOB")  # who writes the test has to know the mode
    menu.wait("chosen Coffee")
    cell = menu.screen.buffer[4][0]
    assert (cell.fg, cell.bold) == ("red", True)
    menu.child.send("q")
    menu.ended()


def test_htop(programs, folder):
    htop = Terminal("htop")
    htop.wait("Load average")
    htop.child.send("\x1bOP")
    htop.wait("toggle program path")
    htop.child.send("qq")
    htop.ended()


def test_textual(programs, folder):
    app = Terminal(sys.executable, f"{programs}/greeter.py", size=(40, 10))
    app.wait("Greet")
    line, column = app.place("Greet")
    app.child.send(f"\x1b[<0;{column + 2};{line + 1}M\x1b[<0;{column + 2};{line + 1}m")
    app.wait("Hello")
    assert app.screen.buffer[line][column].bold
    app.child.send("\x11")
    app.ended()


def test_vim(programs, folder):
    vim = Terminal("vim", "-u", "NONE", "-i", "NONE", "note", cwd=folder)
    vim.wait("~")
    vim.child.send("ihello\x1b")
    while vim.pump(0.3):
        pass
    assert vim.screen.buffer[0][0].data == "h"
    vim.child.send(":wq\r")
    vim.ended()
