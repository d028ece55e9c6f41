"""Windows under a window manager, which reparents, iconifies and decides who has the keyboard."""

import pytest

pytestmark = pytest.mark.window


@pytest.fixture
def under(gputerm, managed):
    """Starts gputerm on the X server with the window manager."""

    def start(*arguments):
        return gputerm(*arguments, environment={"DISPLAY": managed.display})

    return start


@pytest.mark.parametrize("mode", ["Windowed", "Maximized", "Fullscreen"])
def test_a_window_that_another_client_destroys_takes_nothing_with_it(under, mode):
    """SDL waits for the news that its window is unmapped, and there is none any more."""
    terminal = under("-o", f"window.startup_mode={mode}", "-e", "cat")
    terminal.call("create-window", command=["cat"])
    with terminal.x11() as x11:
        x11.destroy(terminal.xid(1))
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the second window")
    terminal.call("send-text", text="still here\n")
    terminal.wait_text("^still here")
    terminal.call("create-window", command=["cat"])
    with terminal.x11() as x11:
        x11.destroy(terminal.xid(0))
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the first window")
    with terminal.x11() as x11:
        x11.destroy(terminal.xid(0))
    assert terminal.process.wait(20) == 0
    assert terminal.stderr() == ""


def test_a_bell_never_takes_the_keyboard(under):
    """Mode 1043 would raise the window; whoever has the keyboard while typing keeps it."""
    ring = r"read line; printf '\033[?1042l\033[?1043h\a'; exec cat"
    terminal = under("-e", "sh", "-c", ring)
    other = terminal.call("create-window", command=["cat"])["window_id"]
    terminal.wait_for(lambda: terminal.windows()[1]["focused"], "the second window's focus")
    with terminal.x11() as x11:
        terminal.call("send-text", text="\n", window=1)
        urgent = 1 << 8
        terminal.wait_for(lambda: x11.numbers(terminal.xid(0), "WM_HINTS")[0] & urgent, "urgency")
        assert x11.numbers(x11.root, "_NET_ACTIVE_WINDOW") == (terminal.xid(1),)
    assert [window["id"] for window in terminal.windows() if window["focused"]] == [other]


def test_other_clients_find_a_window_by_its_title(under):
    terminal = under("-T", "grüße", "-e", "cat")
    assert int(terminal.xdotool("search", "--name", "^grüße$")) == terminal.xid()
    terminal.call("set-title", title="漢字")
    assert int(terminal.xdotool("search", "--name", "^漢字$")) == terminal.xid()
    with terminal.x11() as x11:
        for name in ("WM_NAME", "_NET_WM_NAME"):
            assert x11.text_property(terminal.xid(), name).decode() == "漢字"
            assert x11.property_type(terminal.xid(), name) == "UTF8_STRING"
