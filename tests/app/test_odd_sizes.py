"""Sizes that nobody means: a window shows what it can and lives, and so do the others."""

import pytest

pytestmark = pytest.mark.window

#: What has quads of every kind.
TEXT = (
    r"\033[41mred\033[m \033[4:3mcurly\033[m \033[4:2mdouble\033[m \033[4:4;9;53mlines\033[m "
    r"\342\224\202\342\225\261\342\226\210 \344\270\255 q\314\203 \360\237\230\200\n\033#6double"
)
ODD = (
    *("window.padding.x=65535", "window.padding.y=65535", "window.padding.x=3840"),
    *("font.offset.x=-100", "font.offset.y=-100", "font.offset={x=-128,y=-128}"),
    *("font.offset={x=127,y=127}", "font.glyph_offset={x=-128,y=127}", "cursor.thickness=1"),
    *("font.size=3999", "font.size=1", "font.size=1000"),
)


@pytest.fixture
def terminal(gputerm):
    started = gputerm("-e", "sh", "-c", f"printf '{TEXT}'; cat")
    started.wait_text("curly")
    return started


@pytest.mark.parametrize("option", ODD)
def test_a_window_lives_with_any_option(terminal, option):
    terminal.msg("config", option, check=False)
    assert terminal.call("screenshot", window=1)
    terminal.msg("config", "--reset", check=False)
    assert terminal.call("screenshot", window=1)
    terminal.msg("create-window", "-o", option, check=False)
    for window in terminal.windows():
        assert terminal.call("screenshot", window=window["id"])
    assert "Traceback" not in terminal.stderr()


def test_a_window_is_never_larger_than_the_display(gputerm):
    terminal = gputerm("-o", "window.dimensions.columns=2000", "window.dimensions.lines=1000")
    window = terminal.windows()[0]
    assert (window["width"], window["height"]) == (1600, 1200)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (700, 1), (2, 2), (32_000, 40), (40, 32_000)])
def test_a_window_of_any_size_shows_what_it_can(terminal, size):
    xid = terminal.xid()
    with terminal.x11() as x11:
        x11.resize(xid, *size)
        terminal.wait_for(
            lambda: (terminal.windows()[0]["width"], terminal.windows()[0]["height"]) == size,
            "the size",
        )
        assert terminal.call("screenshot", window=1)
        frames = terminal.call("statistics")["process"]["frames"]
        terminal.call("send-text", window=1, text="echoed\n")
        terminal.wait_for(
            lambda: terminal.call("statistics")["process"]["frames"] > frames, "a frame"
        )
        x11.resize(xid, 720, 504)
        terminal.wait_for(lambda: terminal.windows()[0]["columns"] > 70, "the size before")
    terminal.call("send-text", window=1, text="alive\n")
    terminal.wait_text("alive")
    assert "Traceback" not in terminal.stderr()


def test_zoomed_out_and_in_as_far_as_it_goes(terminal):
    for size in (3999, 1, 500, 11.25):
        terminal.call("set-font-size", window=1, size=size)
        assert terminal.call("screenshot", window=1)
    assert terminal.windows()[0]["font_size"] == 11.25
