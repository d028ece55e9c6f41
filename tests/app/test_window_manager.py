"""Windows under a window manager, which reparents, iconifies and decides who has the keyboard."""

import json

import pytest

from gputerm.ipc import Fault
from gputerm.ipc.protocol import DISPLAY_CANT

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


def in_front(x11):
    """The XID of the topmost window."""
    return x11.numbers(x11.root, "_NET_CLIENT_LIST_STACKING")[-1]


def outside_size(x11, terminal):
    """What the X server says of the first window, (width, height)."""
    return x11.size(terminal.xid())


def test_focus_brings_back_what_was_minimised(under):
    terminal = under("-o", "window.startup_mode=Maximized", "-e", "cat")
    terminal.call("create-window", command=["cat"])
    with terminal.x11() as x11:
        terminal.wait_for(lambda: in_front(x11) == terminal.xid(1), "the second window in front")
        size = outside_size(x11, terminal)
        terminal.call("action", window=1, actions=["Minimize"])
        terminal.wait_for(lambda: not terminal.windows()[0]["visible"], "an icon")
        terminal.msg("focus", "-w", "1")
        terminal.wait_for(lambda: terminal.windows()[0]["visible"], "the first window")
        terminal.wait_for(lambda: in_front(x11) == terminal.xid(0), "the first window in front")
        terminal.wait_for(lambda: terminal.windows()[0]["focused"], "its focus")
        assert outside_size(x11, terminal) == size, "a maximised window stays one"


def test_focus_raises_what_is_covered(under):
    terminal = under("-e", "cat")
    terminal.call("create-window", command=["cat"])
    with terminal.x11() as x11:
        terminal.wait_for(lambda: in_front(x11) == terminal.xid(1), "the second window in front")
        terminal.msg("focus", "-w", "1")
        terminal.wait_for(lambda: in_front(x11) == terminal.xid(0), "the first window in front")
        terminal.wait_for(lambda: terminal.windows()[0]["focused"], "its focus")


@pytest.mark.parametrize("mode", ["Windowed", "Maximized", "Fullscreen"])
def test_place_moves_and_sizes(under, mode):
    terminal = under("-o", f"window.startup_mode={mode}", "-e", "cat")
    with terminal.x11() as x11:
        if mode != "Windowed":
            terminal.wait_for(lambda: outside_size(x11, terminal)[0] == 1600, "a wide window")
        answer = terminal.msg("--json", "place", "--position", "200,150", "--size", "500x300px")
        (placed,) = json.loads(answer)["windows"]
        assert placed["id"] == 1
        terminal.wait_for(lambda: outside_size(x11, terminal) == (500, 300), "the size")

        def told():
            (placed,) = terminal.call("place", position="200,150", size="500x300px")["windows"]
            known = [placed[name] for name in ("x", "y", "width", "height")]
            return known == [200, 150, 500, 300] and placed

        placed = terminal.wait_for(told, "the place")
        assert x11.position(terminal.xid()) == (200, 150)
        (window,) = terminal.windows()
        assert (window["columns"], window["lines"]) == (placed["columns"], placed["lines"])
        terminal.call("place", size="40x10")
        terminal.wait_for(lambda: outside_size(x11, terminal)[0] < 500, "the size in cells")
        (window,) = terminal.windows()
        assert (window["columns"], window["lines"]) == (40, 10)
    for wrong in ("40", "0x10", "2001x1", "1x1001", "20000x1px", "-1x4"):
        with pytest.raises(Fault, match="size: expected COLUMNSxLINES"):
            terminal.call("place", size=wrong)
    with pytest.raises(Fault, match="position: expected X,Y"):
        terminal.call("place", position="4")
    with pytest.raises(Fault, match="needs position, size or both"):
        terminal.call("place")


def test_what_wayland_cannot_do_is_refused(gputerm, weston):
    terminal = gputerm("-e", "cat", environment=weston.environment)
    for command, params in (
        ("focus", {}),
        ("place", {"position": "1,2"}),
        ("place", {"position": "1,2", "size": "40x10"}),
        ("create-window", {"position": "1,2"}),
    ):
        with pytest.raises(Fault, match="on Wayland only the compositor can") as refused:
            terminal.call(command, **params)
        assert refused.value.code == DISPLAY_CANT
    with pytest.raises(AssertionError, match="on Wayland only the compositor can"):
        terminal.msg("focus")
    (window,) = terminal.windows()
    assert (window["columns"], window["lines"]) == (80, 24), "a refused command has done nothing"
    (placed,) = terminal.call("place", size="40x10")["windows"]
    assert (placed["x"], placed["y"], placed["columns"], placed["lines"]) == (None, None, 40, 10)
