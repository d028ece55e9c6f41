"""OSC 8 links: underlined under the pointer, opened by Ctrl+click, and which of them may be."""

import os
import platform

import pytest

from gputerm.policy.links import may_open


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://example.org/a?b#c", True),
        ("HTTP://example.org", True),
        ("mailto:someone@example.org", True),
        ("file:///etc/motd", True),
        (f"file://{platform.node()}/etc/motd", True),
        ("file://elsewhere/share", False),
        ("ssh://host/-oProxyCommand=x", False),
        ("javascript:alert(1)", False),
        ("-help", False),
        ("", False),
        ("https://example.org/\x1b]0;x", False),
        ("https://example.org/ --new-window", False),
    ],
)
def test_what_may_be_opened(uri, expected):
    assert may_open(uri) is expected


@pytest.fixture
def linked(gputerm, tmp_path):
    """A window with a link in columns 2–5 of its first line, and a browser that notes addresses."""
    opened = tmp_path / "opened"
    programs = tmp_path / "bin"
    programs.mkdir()
    browser = programs / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$@" >> {opened}\n')
    browser.chmod(0o755)

    def start(uri, init=""):
        script = rf"printf '{init}a \033]8;;{uri}\033\\link\033]8;;\033\\ b'; exec cat"
        path = f"{programs}:{os.environ['PATH']}"
        terminal = gputerm("-e", "sh", "-c", script, environment={"PATH": path})
        terminal.wait_text("a link b")
        terminal.focus()
        return terminal, opened

    return start


def ctrl_click(terminal, line, column):
    terminal.pointer_to(line, column)
    terminal.xdotool("keydown", "ctrl", "click", "1", "keyup", "ctrl")


@pytest.mark.window
def test_a_link_is_underlined_while_the_pointer_is_over_it(linked):
    terminal, _ = linked("https://example.org")
    terminal.pointer_to(5.5, 3.5)
    plain = terminal.pixels()
    terminal.pointer_to(0.5, 3.5)
    terminal.wait_for(lambda: (terminal.pixels() != plain).any(), "an underline")
    changed = (terminal.pixels() != plain).any(axis=2)
    columns = changed.any(axis=0).nonzero()[0] // 9
    assert set(columns.tolist()) == {2, 3, 4, 5}
    terminal.pointer_to(0.5, 0.5)
    terminal.wait_for(lambda: (terminal.pixels() == plain).all(), "no underline")


@pytest.mark.window
def test_ctrl_click_opens_a_link_and_a_plain_one_does_not(linked):
    terminal, opened = linked("https://example.org/x")
    terminal.pointer_to(0.5, 3.5)
    terminal.xdotool("click", "1")
    ctrl_click(terminal, 0.5, 0.5)
    ctrl_click(terminal, 0.5, 3.5)
    terminal.wait_for(opened.exists, "the browser")
    terminal.wait_for(opened.read_text, "an address")
    assert opened.read_text() == "https://example.org/x\n"


@pytest.mark.window
def test_a_link_that_could_do_harm_is_refused_with_a_line(linked):
    terminal, opened = linked("ssh://example.org")
    ctrl_click(terminal, 0.5, 3.5)
    terminal.wait_for(lambda: "this link is not opened" in terminal.stderr(), "a line")
    assert not opened.exists()


@pytest.mark.window
def test_a_font_that_is_not_there_is_told_once(gputerm):
    terminal = gputerm("-o", 'font.normal.family="No Such Family"', "-e", "cat")
    terminal.call("create-window", command=["cat"])
    lines = terminal.stderr().splitlines()
    assert len(lines) == 1, lines
    assert "No Such Family" in lines[0]
