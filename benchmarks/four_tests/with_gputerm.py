"""Four tests with gputerm."""

import sys

from gputerm.testing import Session


def test_curses(programs, folder):
    with Session(sys.executable, f"{programs}/menu.py") as menu:
        menu.wait("chosen Tea")
        menu.press("Down")
        menu.wait("chosen Coffee")
        cell = menu.cell(4, 0)
        assert (cell.fg, cell.attributes) == (1, {"bold"})
        assert menu.png()
        menu.press("q")
        assert menu.wait_exit() == 0


def test_htop(programs, folder):
    with Session("htop") as htop:
        htop.wait("Load average")
        htop.press("F1")
        htop.wait("toggle program path")
        assert htop.png()
        htop.type("qq")
        assert htop.wait_exit() == 0


def test_textual(programs, folder):
    with Session(sys.executable, f"{programs}/greeter.py", size=(40, 10)) as app:
        app.click("Greet")
        app.wait("Hello")
        assert "bold" in app.style("Hello").attributes
        assert app.png()
        app.press("Ctrl+q")
        assert app.wait_exit() == 0


def test_vim(programs, folder):
    with Session("vim", "-u", "NONE", "-i", "NONE", "note", cwd=folder) as vim:
        vim.wait("~")
        vim.type("ihello")
        vim.press("Escape")
        vim.rest()
        assert vim.cell(0, 0).char == "h"
        assert vim.png()
        vim.type(":wq\n")
        assert vim.wait_exit() == 0
