"""Thirty steps through vim, htop and fzf (less, where there is none)."""

import shutil
from pathlib import Path

from gputerm.testing import Session


def thirty_steps(folder):
    in_vim(folder)
    in_htop()
    if shutil.which("fzf"):
        in_fzf(folder)
    else:
        in_less(folder)


def in_vim(folder):
    with Session("vim", "-u", "NONE", "-i", "NONE", "-N", "note", cwd=folder, timeout=30) as vim:
        vim.wait("~")
        vim.type("ione\ntwo\nthree")
        vim.wait("three", echo=True)
        vim.press("Escape", "g", "g")
        vim.rest()
        assert vim.cursor == (0, 0)
        vim.type("dd")
        vim.gone("one")
        vim.type("u")
        vim.wait("one")
        vim.type("/three\n")
        vim.rest()
        assert vim.cursor[0] == 2
        vim.type(":s/three/THREE/\n")
        vim.wait("THREE")
        vim.resize(60, 20)
        vim.rest()
        assert vim.find("THREE").place == (2, 0)
        vim.type(":wq\n")
        assert vim.wait_exit() == 0
    assert Path(folder, "note").read_text() == "one\ntwo\nTHREE\n"


def in_htop():
    with Session("htop", size=(100, 30), timeout=30) as htop:
        htop.wait("Load average")
        htop.press("F1")
        htop.wait("toggle program path")
        htop.press("x")
        htop.gone("toggle program path")
        htop.press("F6")
        htop.wait("Sort by")
        htop.press("Escape")
        htop.gone("Sort by")
        htop.press("F2")
        htop.wait("Display options")
        htop.press("F10")
        htop.gone("Display options")
        htop.press("F10")
        assert htop.wait_exit() == 0


def in_fzf(folder):
    Path(folder, "list").write_text("".join(f"number {n}\n" for n in range(500)))
    with Session("sh", "-c", "fzf < list", cwd=folder, timeout=30) as fzf:
        fzf.wait("500/500")
        fzf.type("42")
        fzf.wait("number 42")
        fzf.press("Up")
        fzf.rest()
        fzf.press("Down")
        fzf.rest()
        fzf.press("Enter")
        assert fzf.wait_exit() == 0
        assert fzf.find("number 42")


def in_less(folder):
    Path(folder, "list").write_text("".join(f"number {n}\n" for n in range(500)))
    with Session("less", "list", cwd=folder, timeout=30) as less:
        less.wait("number 0")
        less.type("/number 42\n")
        less.wait("number 43")
        assert less.style("number 42").attributes == {"inverse"}
        less.type("G")
        less.wait("number 499")
        less.type("g")
        less.wait("number 0")
        less.press("q")
        assert less.wait_exit() == 0
