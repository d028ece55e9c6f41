"""Fonts that can't be had while windows are open: the text stays, and a line says why."""

import os
import resource
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.window

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def mine(tmp_path):
    """A font file of the user's."""
    folder = tmp_path / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    return shutil.copy(ROOT / "fonts" / "JetBrainsMono-Regular.ttf", folder / "Mine.ttf")


def test_a_font_file_cut_short_in_place_does_not_matter(gputerm, mine):
    # A style makes fontconfig look for the family; without one the bundled face is it.
    style = 'font.normal.style="Regular"'
    terminal = gputerm("-o", style, "-e", "sh", "-c", "printf abc; cat")
    terminal.wait_text("abc")
    os.truncate(mine, 0)
    terminal.focus()
    terminal.type("ghijklmnop")
    terminal.wait_text("ghijklmnop")
    terminal.key("ctrl+plus", "ctrl+plus")
    terminal.wait_for(lambda: terminal.windows()[0]["font_size"] > 12, "a larger size")
    terminal.type("qrstuvwxyz")
    terminal.wait_text("qrstuvwxyz")


def allow_descriptors(terminal, allowed):
    """Let a process open files, or no more than it has open."""
    pid = terminal.process.pid
    hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
    # The limit is on a descriptor's number; 0, 1 and 2 are taken, and polling two must be allowed.
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (hard if allowed else 3, hard))


def test_without_descriptors_new_styles_and_sizes_do_without(gputerm, tmp_path):
    go_on = tmp_path / "go-on"
    os.mkfifo(go_on)
    text = r"\033[1mbold\033[m 中文 q\314\203 \360\237\230\200 \033[4:3mcurly\033[m"
    terminal = gputerm("-e", "sh", "-c", f"printf plain; read x < {go_on}; printf '{text}'; cat")
    terminal.wait_text("plain")
    terminal.focus()
    allow_descriptors(terminal, False)
    go_on.write_text("\n")
    terminal.wait_for(lambda: "Too many open files" in terminal.stderr(), "a line")
    terminal.key("ctrl+plus")
    terminal.type("typed")
    allow_descriptors(terminal, True)
    terminal.wait_text("plainbold 中文.*curlytyped")
    terminal.wait_for(lambda: terminal.windows()[0]["font_size"] == 12, "the larger size")
    assert terminal.stderr() == "gputerm: a font can't be opened: Too many open files\n"


def test_a_size_for_which_no_font_can_be_opened_is_refused(gputerm, mine):
    style = 'font.normal.style="Regular"'
    terminal = gputerm("-o", style, "-e", "sh", "-c", "printf plain; cat")
    terminal.wait_text("plain")
    terminal.focus()
    os.unlink(mine)
    allow_descriptors(terminal, False)  # for what would stand in
    terminal.key("ctrl+plus")
    terminal.wait_for(lambda: "Too many open files" in terminal.stderr(), "a line")
    allow_descriptors(terminal, True)
    assert terminal.windows()[0]["font_size"] == 11.25
    terminal.key("ctrl+plus")
    terminal.wait_for(lambda: terminal.windows()[0]["font_size"] == 12, "the larger size")
