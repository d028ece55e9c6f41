"""Nothing happens, and nothing is done: a terminal that waits costs no CPU."""

import select
from pathlib import Path

import pytest

pytestmark = pytest.mark.window

PERIOD = 2.0  #: seconds that are watched; a wake-up for each frame or blink would be dozens


def wake_ups(pid, but=None):
    """How often threads of a process, `but` one, went back to sleep."""
    field = "\nvoluntary_ctxt_switches:"
    threads = (path for path in Path(f"/proc/{pid}/task").iterdir() if path.name != str(but))
    statuses = ((path / "status").read_text() for path in threads)
    return sum(int(status.split(field)[1].split()[0]) for status in statuses)


def wait_for_rest(terminal):
    """What was begun must be over: two looks in a row without a wake-up between them."""
    pid = terminal.process.pid
    terminal.wait_for(lambda: wake_ups(pid) == (pause(0.3), wake_ups(pid))[1], "rest")


def wake_ups_in_a_period(terminal):
    pid = terminal.process.pid
    wait_for_rest(terminal)
    before = wake_ups(pid)
    pause(PERIOD)
    return wake_ups(pid) - before


def pause(seconds):
    select.select([], [], [], seconds)


def test_a_steady_cursor_costs_nothing(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 1000; exec cat")
    terminal.wait_text("^1000$")
    terminal.focus()
    terminal.call("create-window", command=["cat"])
    # A new window has something to make up for once.
    terminal.wait_for(lambda: wake_ups_in_a_period(terminal) <= 1, "rest")


def test_a_blinking_cursor_wakes_at_each_blink_only(gputerm):
    option = 'cursor={style={blinking="Always"}, blink_interval=250}'
    terminal = gputerm("-o", option, "-e", "cat")
    terminal.focus()
    pid = terminal.process.pid
    before = wake_ups(pid)
    pause(PERIOD)
    blinks = PERIOD / 0.25
    # A software renderer's threads and the X server's answers wake it a few times for each frame.
    assert blinks / 2 <= wake_ups(pid) - before <= blinks * 25


def test_a_blinking_cursor_without_the_focus_costs_nothing(gputerm):
    terminal = gputerm("-o", 'cursor.style.blinking="Always"', "-e", "cat")
    terminal.focus()
    other = terminal.call(
        "create-window", command=["cat"], option=['cursor.style.blinking="Never"']
    )
    terminal.focus(other["window_id"] - 1)
    # A new window has something to make up for once.
    terminal.wait_for(lambda: wake_ups_in_a_period(terminal) <= 1, "rest")


def test_a_key_and_its_echo_leave_the_other_threads_asleep(gputerm):
    terminal = gputerm("-e", "sh", "-c", "stty raw -echo; printf ready; exec cat")
    terminal.wait_text("ready")
    terminal.focus()
    pid = terminal.process.pid
    wait_for_rest(terminal)
    others = wake_ups(pid, but=pid)
    terminal.xdotool("type", "--delay", "60", "abcdefghijklmnopqrst")
    wait_for_rest(terminal)
    # One or two for each key if another thread reads; a busy machine delays an echo now and then.
    assert wake_ups(pid, but=pid) - others < 10
    terminal.wait_text("readyabcdefghijklmnopqrst")
