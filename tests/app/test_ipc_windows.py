"""Commands about windows, against a real process: list, close, focus, resize, set-title, and which
windows are meant."""

import json

import pytest

from gputerm.ipc import Remote


def test_list_tells_what_can_be_known(gputerm):
    terminal = gputerm("-e", "sh", "-c", "printf '\\033[?1049hfull'; cat")
    terminal.wait_text("full")
    terminal.focus()
    terminal.wait_for(lambda: terminal.windows()[0]["focused"], "the focus")
    (window,) = terminal.windows()
    assert window["command"] == ["sh", "-c", "printf '\\033[?1049hfull'; cat"]
    assert window["foreground"]["pid"] == window["pid"]
    assert window["tty"].startswith("/dev/pts/")
    assert window["cwd"] == terminal.environment["HOME"]
    assert (window["columns"], window["lines"]) == (80, 24)
    assert window["alternate_screen"] is True
    assert window["at_prompt"] is None
    assert window["exit_status"] is None
    assert window["x11_id"] == int(terminal.xdotool("getwindowfocus"))
    assert "sh -c printf" in terminal.msg("list")


def test_a_held_window_tells_its_exit_status(gputerm):
    terminal = gputerm("--hold", "-e", "sh", "-c", "exit 3")
    terminal.wait_for(lambda: terminal.windows()[0]["exit_status"] == 3, "the exit status")
    assert "ended 3" in terminal.msg("list")


def test_windows_are_meant_by_what_they_are(gputerm):
    terminal = gputerm("-T", "first", "-e", "cat")
    terminal.msg("create-window", "-T", "second", "--working-directory", "/usr", "-e", "sleep", "9")
    pids = {window["id"]: window["pid"] for window in terminal.windows()}

    def meant(expression):
        answer = terminal.msg("--json", "scroll", "bottom", "-m", expression, check=False)
        return [window["id"] for window in json.loads(answer)["windows"]] if answer else []

    assert meant("title:^first$") == [1]
    assert meant("cmd:sleep") == [2]
    assert meant("cwd:^/usr$") == [2]
    assert meant(f"pid:{pids[1]}") == [1]
    assert meant("env:GPUTERM_WINDOW_ID=2") == [2]
    assert meant("cmd:. and not id:2") == [1]
    assert meant("(title:first or title:'sec') and cmd:.") == [1, 2]
    assert meant("title:third") == []
    with pytest.raises(AssertionError, match="no window matches"):
        terminal.msg("close", "--match", "title:third")
    with pytest.raises(AssertionError, match="there is no window 9"):
        terminal.msg("close", "-w", "9")
    with pytest.raises(AssertionError, match="FIELD is one of"):
        terminal.msg("close", "-m", "colour:red")
    with pytest.raises(AssertionError, match="can't be looked at"):
        terminal.msg("close", "-m", "title:'a(?=b)'")


def test_the_window_around_the_program_is_meant_by_itself(gputerm):
    terminal = gputerm("-e", "bash", "--norc")
    terminal.msg("create-window", "-e", "bash", "--norc")
    terminal.msg("send-text", "-w", "1", "python3 -m gputerm msg set-title mine\n")
    terminal.wait_for(lambda: [w["title"] for w in terminal.windows()] == ["mine", "gputerm"], "1")
    terminal.msg("send-text", "-w", "2", "python3 -m gputerm msg set-title -w self too\n")
    terminal.wait_for(lambda: [w["title"] for w in terminal.windows()] == ["mine", "too"], "2")
    with pytest.raises(AssertionError, match="runs in no pane of that gputerm"):
        terminal.msg("set-title", "-w", "self", "x")


def test_focus_goes_where_it_is_asked(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    for index in (0, 1, 0):
        terminal.focus(index)
        terminal.wait_for(
            lambda index=index: [w["focused"] for w in terminal.windows()][index], "the focus"
        )
    terminal.msg("set-title", "-w", "focused", "here")
    assert [window["title"] for window in terminal.windows()] == ["here", "gputerm"]
    terminal.msg("set-title", "there")  # nothing said: the one focused last
    assert [window["title"] for window in terminal.windows()] == ["there", "gputerm"]
    terminal.msg("focus", "-w", "2")
    terminal.wait_for(lambda: terminal.windows()[1]["focused"], "the focus where msg asked for it")


def test_a_fixed_title_stays_until_it_is_freed(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("set-title", "mine")
    terminal.msg("send-text", "\x1b]2;theirs\a\n")
    terminal.wait_text("2;theirs|^$")
    assert terminal.windows()[0]["title"] == "mine"
    terminal.msg("set-title")
    terminal.wait_for(lambda: terminal.windows()[0]["title"] == "theirs", "the program's title")


def test_resize(gputerm):
    terminal = gputerm("-e", "bash", "--norc")
    terminal.msg("resize", "--columns", "60", "--lines", "10")
    assert [(w["columns"], w["lines"]) for w in terminal.windows()] == [(60, 10)]
    terminal.msg("send-text", "stty size\n")
    terminal.wait_text("^10 60$")
    with pytest.raises(AssertionError, match="lines: expected 1 to 1000"):
        terminal.msg("resize", "--lines", "0")
    with pytest.raises(AssertionError, match="needs lines, columns or both"):
        terminal.msg("resize")


def test_close_one_then_the_last(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    terminal.msg("close", "-w", "1")
    assert [window["id"] for window in terminal.windows()] == [2]
    terminal.msg("close", "-m", "cmd:cat")
    assert terminal.process.wait(20) == 0
    assert not terminal.socket.exists()


def test_windows_that_were_closed_leave_no_memory_behind(gputerm):
    terminal = gputerm("-e", "cat")

    def megabytes():
        with open(f"/proc/{terminal.process.pid}/statm") as file:
            return int(file.read().split()[1]) * 4096 >> 20

    with Remote.find(str(terminal.socket)) as remote:
        for number in range(60):
            if number == 10:  # caches are full
                before = megabytes()
            remote.close_window(window=remote.create_window(command=["cat"])["window_id"])
    # One picture of a window has 1.3 MB; before startup/heaps.py some processes kept all of them.
    assert megabytes() - before < 20


def test_a_directory_that_is_not_there_is_refused(gputerm):
    terminal = gputerm("-e", "cat")
    with pytest.raises(AssertionError, match='"/nonexist" is no directory that can be entered'):
        terminal.msg("create-window", "--working-directory", "/nonexist", "-e", "cat")
    assert len(terminal.windows()) == 1
