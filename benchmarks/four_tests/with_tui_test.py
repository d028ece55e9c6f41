"""Four tests with tui-test."""

import asyncio
import os
import sys

from tui_test import TextStyle, TuiTest


def run(test):
    return asyncio.run(test)


async def picture(terminal, folder):
    path = os.path.join(folder, "picture.png")
    await terminal.screenshot(path)
    assert os.path.getsize(path)


async def ended(terminal):
    await terminal.wait_exit()
    assert (await terminal.state()).exited == 0


def test_curses(programs, folder):
    async def test():
        async with TuiTest.ephemeral() as menu:
            await menu.run(sys.executable, f"{programs}/menu.py")
            await menu.get_by_text("chosen Tea").expect()
            await menu.press("Down")
            await menu.get_by_text("chosen Coffee").expect()
            style = TextStyle(foreground="1", bold=True)
            await menu.get_by_text("chosen Coffee").get_by_style(style).expect()
            await picture(menu, folder)
            await menu.press("q")
            await ended(menu)

    run(test())


def test_htop(programs, folder):
    async def test():
        async with TuiTest.ephemeral() as htop:
            await htop.run("htop", rows=24)
            await htop.get_by_text("Load average").expect()
            await htop.press("F1")
            await htop.get_by_text("toggle program path").expect()
            await picture(htop, folder)
            await htop.type("qq")
            await ended(htop)

    run(test())


def test_textual(programs, folder):
    async def test():
        async with TuiTest.ephemeral() as app:
            await app.run(sys.executable, f"{programs}/greeter.py", cols=40, rows=10)
            await app.get_by_text("Greet").click()
            await app.get_by_text("Hello").get_by_style(TextStyle(bold=True)).expect()
            await picture(app, folder)
            await app.press("Ctrl+q")
            await ended(app)

    run(test())


def test_vim(programs, folder):
    async def test():
        async with TuiTest.ephemeral() as vim:
            await vim.run("vim", "-u", "NONE", "-i", "NONE", "note", cwd=folder)
            await vim.get_by_text("~").first().expect()
            await vim.type("ihello")
            await vim.press("Escape")
            await vim.wait_idle()
            assert (await vim.cells(0, 0))[0].char == "h"
            await picture(vim, folder)
            await vim.submit(":wq")
            await ended(vim)

    run(test())
