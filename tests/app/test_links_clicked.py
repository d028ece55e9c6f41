"""OSC 8 links: underlined under the pointer, opened by Ctrl+click, and which of them may be."""

import os
import platform

import pytest

from gputerm.policy.links import Opening, opening_of


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://example.org/a?b#c", Opening.AT_ONCE),
        ("HTTP://example.org", Opening.AT_ONCE),
        ("mailto:someone@example.org", Opening.AT_ONCE),
        ("file:///etc/motd", Opening.ASKED),
        (f"file://{platform.node()}/etc/motd", Opening.ASKED),
        ("file://elsewhere/share", Opening.NEVER),
        ("ssh://host/-oProxyCommand=x", Opening.ASKED),
        ("javascript:alert(1)", Opening.ASKED),
        ("-help:x", Opening.NEVER),
        ("-help", Opening.NEVER),
        ("", Opening.NEVER),
        ("https://example.org/\x1b]0;x", Opening.NEVER),
        ("https://example.org/ --new-window", Opening.NEVER),
    ],
)
def test_what_may_be_opened(uri, expected):
    assert opening_of(uri) is expected


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


def unmarked(terminal):
    """What a window shows while the pointer is over no link, wherever it was before."""
    terminal.pointer_to(5.5, 3.5)

    def bottom():
        return terminal.pixels()[-20:]  # where it says where a link leads

    terminal.wait_for(lambda: (bottom() == bottom()[0, 0]).all(), "no link")
    return terminal.pixels()


def ctrl_click(terminal, line, column):
    terminal.pointer_to(line, column)
    terminal.xdotool("keydown", "ctrl", "click", "1", "keyup", "ctrl")


@pytest.mark.window
def test_a_link_is_underlined_while_the_pointer_is_over_it(linked):
    terminal, _ = linked("https://example.org")
    plain = unmarked(terminal)
    terminal.pointer_to(0.5, 3.5)
    terminal.wait_for(lambda: (terminal.pixels() != plain).any(), "an underline")
    changed = (terminal.pixels() != plain)[:20].any(axis=2)  # and below is where it leads
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
@pytest.mark.proves("hints: mouse", "hints: preview")
def test_an_address_in_the_text_is_underlined_shown_and_opened(linked):
    terminal, opened = linked("https://example.org", init="http://plain.example/y, ")
    plain = unmarked(terminal)
    terminal.pointer_to(0.5, 3.5)
    terminal.wait_for(lambda: (terminal.pixels() != plain).any(), "an underline")
    terminal.wait_for(
        lambda: (terminal.pixels() != plain).any(axis=1)[-30:].any(), "where it leads"
    )
    ctrl_click(terminal, 0.5, 3.5)
    terminal.wait_for(opened.exists, "the browser")
    terminal.wait_for(opened.read_text, "an address")
    assert opened.read_text() == "http://plain.example/y\n"


@pytest.mark.window
@pytest.mark.proves("hints: uncommon links")
def test_an_uncommon_link_is_opened_when_the_user_says_so(linked):
    terminal, opened = linked("ssh://example.org")
    plain = terminal.pixels()
    ctrl_click(terminal, 0.5, 3.5)
    terminal.pointer_to(3.5, 20.5)
    terminal.wait_for(lambda: (terminal.pixels() != plain).any(), "a question")

    def opens():
        terminal.xdotool("sleep", "0.6", "key", "y")  # once the question could be read
        return opened.exists() and opened.read_text()

    terminal.wait_for(opens, "the program")
    assert opened.read_text() == "ssh://example.org\n"


@pytest.mark.window
def test_a_link_that_is_none_is_refused_with_a_line(linked):
    terminal, opened = linked("file://elsewhere/x")
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
