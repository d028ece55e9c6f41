"""Panes by their ids, against a real process in which they differ from those of windows."""

import shlex
import sys

import pytest

from gputerm.ipc.client.remote import Remote
from gputerm.ipc.protocol import NO_SUCH_WINDOW, Fault


@pytest.fixture
def terminal(gputerm):
    """A window 1 with pane 1, a program that couldn't be started, a window 2 with pane 3."""
    terminal = gputerm("-T", "first", "-e", "cat")
    with pytest.raises(Fault):
        terminal.call("create-window", command=["/nothing/here"])
    terminal.second = terminal.call("create-window", title="second", command=["cat"])
    return terminal


def test_a_pane_has_a_number_of_its_own(terminal):
    assert (terminal.second["window_id"], terminal.second["pane_id"]) == (2, 3)
    assert [(one["id"], one["pane_id"]) for one in terminal.windows()] == [(1, 1), (2, 3)]
    heading, first, second = terminal.msg("list").splitlines()
    assert [line.split()[1] for line in (heading, first, second)] == ["PANE", "1", "3"]


def test_commands_mean_the_window_in_which_a_pane_is(terminal):
    with Remote.find(str(terminal.socket)) as remote:
        both = {"windows": [2], "panes": [3]}
        assert remote.send_text("hello", pane=3) == both
        assert remote.wait(text="hello", pane=3)["pane_id"] == 3
        assert remote.set_title("other", pane=3, window=2, match="title:second") == both
        assert [one["title"] for one in terminal.windows()] == ["first", "other"]
        for place in (remote.scroll("top", pane=3), remote.resize(columns=60, pane=3)):
            assert [(one["id"], one["pane_id"]) for one in place["windows"]] == [(2, 3)]
        remote.config(["font.size=9"], pane=3)
        assert remote.get_config("font.size", pane=3) == 9
        assert remote.get_config("font.size", pane=1) != 9
        assert [one["pane_id"] for one in remote.statistics(pane=3)["windows"]] == [3]
        for params, message in (
            ({"pane": 2}, r"there is no pane 2 \(there is: 1, 3\)"),
            ({"pane": 3, "window": 1}, "pane 3 is in window 2"),
            ({"pane": 3, "match": "title:first"}, "no window matches"),
        ):
            with pytest.raises(Fault, match=message) as caught:
                remote.close_window(**params)
            assert caught.value.code == NO_SUCH_WINDOW
        assert remote.close_window(pane=3) == both
        assert remote.wait(exit=True, pane=3)["window"] == 2  # it was closed
        assert [(one["id"], one["pane_id"]) for one in remote.list()["closed"]] == [(2, 3)]


def test_a_program_knows_its_pane_and_is_known_by_it(terminal):
    msg = shlex.join([sys.executable, "-m", "gputerm", "msg"])
    script = f"echo pane $GPUTERM_PANE_ID; GPUTERM_WINDOW_ID=1 {msg} set-title mine && cat"
    terminal.call("send-text", text="x", window=1)  # and isn't the one used last
    pane = terminal.call("create-window", command=["sh", "-c", script])
    terminal.wait_text(f"^pane {pane['pane_id']}$", pane["window_id"])
    terminal.wait_for(
        lambda: [one["title"] for one in terminal.windows()] == ["first", "second", "mine"],
        "the title of the window that the pane is in, whatever was said of the window",
    )


def test_events_and_the_audit_tell_the_pane(terminal):
    with Remote.find(str(terminal.socket)) as remote, Remote.find(str(terminal.socket)) as other:
        events = remote.events("title", "bell", pane=3, timeout=20)
        for pane in (1, 3):
            other.set_title("one", pane=pane)
        told = next(events)
        assert (told["event"], told["window"], told["pane_id"]) == ("title", 2, 3)
        script = r"printf '\033]52;c;eA==\a'; cat"
        opened = other.create_window(command=["sh", "-c", script])
        terminal.wait_for(lambda: other.audit(pane=opened["pane_id"])["records"], "the record")
        (record,) = other.audit(pane=opened["pane_id"])["records"]
        assert (record["window"], record["pane_id"]) == (opened["window_id"], opened["pane_id"])
        assert other.audit(pane=1)["records"] == []
