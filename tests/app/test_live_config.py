"""Windows follow the configuration file as it is saved, and say what is wrong with it."""

import os
import subprocess

import pytest
from test_ipc_config import background, config_of

RED = "[colors.primary]\nbackground = '#800000'\n"
GREEN = RED.replace("#800000", "#008000")


@pytest.fixture
def file(tmp_path):
    """The configuration's place."""
    (tmp_path / "config" / "gputerm").mkdir(parents=True)
    return tmp_path / "config" / "gputerm" / "gputerm.toml"


def test_a_save_changes_all_windows_at_once(gputerm, file):
    file.write_text(RED)
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    assert background(terminal) == (128, 0, 0)
    file.write_text(GREEN)
    for window in (0, 1):
        terminal.wait_for(lambda w=window: background(terminal, w) == (0, 128, 0), "green")
    subprocess.run(["sed", "-i", "s/#008000/#800000/", str(file)], check=True)
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "red")
    file.unlink()
    terminal.wait_for(lambda: background(terminal) == (24, 24, 24), "the defaults")


def test_a_file_that_is_made_later_and_its_imports_are_followed(gputerm, file):
    terminal = gputerm("-e", "cat")
    file.write_text("[general]\nimport = ['theme.toml']\n")
    terminal.wait_for(lambda: config_of(terminal, "general.import") == ["theme.toml"], "the file")
    (file.parent / "theme.toml").write_text(RED)
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "red")
    (file.parent / "other.toml").write_text(GREEN)
    os.rename(file.parent / "other.toml", file.parent / "theme.toml")
    terminal.wait_for(lambda: background(terminal) == (0, 128, 0), "green")


def test_what_is_wrong_is_said_in_the_window_and_unsaid_when_it_is_mended(gputerm, file):
    file.write_text("[font]\nsize = big\n" + RED)
    terminal = gputerm("-e", "cat")
    assert background(terminal) != (24, 24, 24)  # the message bar
    assert "gputerm.toml:2:8: text needs quotation marks" in terminal.stderr()
    file.write_text("[font]\nsize = 12\n" + RED)
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "a window without the bar")
    file.write_text("[bell]\nduration = -1\n" + RED)
    terminal.wait_for(lambda: "bell.duration: expected" in terminal.stderr(), "a line")
    terminal.wait_for(lambda: background(terminal) != (128, 0, 0), "the bar")
    terminal.msg("action", "ClearLogNotice")
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "a window without the bar")


def test_whoever_does_not_want_it_reloads_by_hand(gputerm, file):
    file.write_text("general.live_config_reload = false\n" + RED)
    terminal = gputerm("-e", "cat")
    file.write_text(GREEN)
    terminal.msg("reload-config")  # From now on it is wanted.
    terminal.wait_for(lambda: background(terminal) == (0, 128, 0), "green")
    file.write_text("general.live_config_reload = false\n" + RED)
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "red")
    file.write_text(GREEN)
    assert config_of(terminal, "colors.primary.background") == "#800000"


def test_a_thousand_saves_leave_nothing_behind(gputerm, file):
    file.write_text(RED)
    terminal = gputerm("-e", "cat")

    def open_files():
        return len(os.listdir(f"/proc/{terminal.process.pid}/fd"))

    before = open_files()
    for number in range(1000):
        file.write_text(f"{RED}[window]\npadding.x = {number % 7}\n")
    file.write_text(GREEN)
    terminal.wait_for(lambda: background(terminal) == (0, 128, 0), "green")
    terminal.wait_for(lambda: open_files() <= before, f"{before} open files, not {open_files()}")


def test_the_bell_starts_a_command_but_not_of_an_untrusted_window(gputerm, file, tmp_path):
    rung = tmp_path / "rung"
    file.write_text(f"[bell]\ncommand = {{ program = 'sh', args = ['-c', 'echo x >> {rung}'] }}\n")
    terminal = gputerm("-e", "sh", "-c", "printf '\\a'; cat")
    terminal.wait_for(lambda: rung.exists() and rung.read_text(), "the command")
    terminal.msg("create-window", "--trust", "untrusted", "-e", "sh", "-c", "printf '\\a'; echo on")
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the second program")
    assert rung.read_text() == "x\n"
