"""A mistake of ours in one window's work: it stays, it says so, and the others don't notice.

Each function that the main loop enters a window by is broken in turn, in a real process
(broken.py), while another window of the process goes on working.
"""

import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.window

BROKEN = Path(__file__).parent / "broken.py"

#: What is broken, and what a user or a program does that comes to it.
HANDLERS = {
    "Keyboard.key": "key",
    "Window.set_font_size": "zoom",
    "Window.focus_changed": "focus",
    "Window.resized": "resize",
    "Window.pump": "output",
    "Outreach._act_on": "title",
    "Window.draw": "output",
    "Window.tick": "output",
    "Window.next_deadline": "output",
    "Presenter.is_due": "output",
    "Presenter._overlay": "output",
    "Window.program_ended": "end",
    "Pane._feed": "output",
    "Typing.key": "key",
    "Pane.resize": "resize",
    "Pointer.pressed": "click",
    "Pointer.moved": "click",
    "Pointer.released": "click",
    "Pointer.wheel": "wheel",
    "Canvas.draw": "output",
    "Canvas.present": "output",
    "Dispatch.osc": "title",
}


class Broken:
    """gputerm with two windows, the second of which can be made to fail."""

    def __init__(self, terminal, file):
        self.terminal = terminal
        self._file = file
        self._armed = file.with_suffix(".new")
        self.other = terminal.windows()[0]["id"]
        self.victim = 0
        self._victim_xid = 0

    def open(self):
        """Another window to break."""
        answer = self.terminal.call("create-window", command=["sh", "-c", "echo ready; exec cat"])
        self.victim = answer["window_id"]
        self.terminal.wait_text("ready", self.victim)
        self._victim_xid = self.window(self.victim)["x11_id"]
        self._focus(self.victim)
        self.settle()

    def window(self, number):
        return next((w for w in self.terminal.windows() if w["id"] == number), None)

    def settle(self):
        """Wait until nothing is to be drawn any more."""
        frames = [-1]

        def same():
            frames.append(self.terminal.call("statistics")["process"]["frames"])
            return frames[-1] == frames[-2] == frames[-3 if len(frames) > 2 else -2]

        self.terminal.wait_for(same, "rest")

    def _focus(self, number):
        self.terminal.xdotool("windowfocus", "--sync", str(self.window(number)["x11_id"]))
        self.terminal.wait_for(lambda: self.window(number)["focused"], "the focus")

    def fail(self, what, count=1):
        """From now on `what` raises so often in the window that comes to it first."""
        self._armed.write_text(f"{what} {count}")
        os.replace(self._armed, self._file)

    def mend(self):
        self._file.unlink()

    def do(self, what):
        """What comes to a handler of the victim's."""
        terminal, xid = self.terminal, str(self._victim_xid)
        match what:
            case "key":
                terminal.key("a")
            case "zoom":
                terminal.key("ctrl+minus")
            case "focus":
                terminal.xdotool("windowfocus", "--sync", str(self.window(self.other)["x11_id"]))
            case "resize":
                terminal.xdotool("windowsize", xid, "500", "300")
            case "output":
                terminal.call("send-text", text="more\n", window=self.victim)
            case "title":
                program = "import os; os.write(1, b'\\033]2;title\\a')"
                tty = self.window(self.victim)["tty"]
                os.system(f'{sys.executable} -c "{program}" > {tty}')
            case "end":
                terminal.call("send-text", text="\x04", window=self.victim)
            case "click":
                for x in ("50", "60"):
                    terminal.xdotool("mousemove", "--window", xid, x, "50")
                terminal.xdotool("click", "1")
            case "wheel":
                terminal.xdotool("mousemove", "--window", xid, "50", "50")
                terminal.xdotool("click", "4")

    def failures(self):
        return self.terminal.stderr().count("InjectedError")

    def other_works(self, text):
        self._focus(self.other)
        self.terminal.type(text)
        self.terminal.wait_text(text, self.other)


@pytest.fixture
def broken(gputerm, tmp_path):
    def start(handlers):
        file = tmp_path / "broken"
        terminal = gputerm(
            *("-o", "cursor.style.blinking=Never", "-e", "cat"),
            environment={"BROKEN": " ".join(handlers)},
            program=[sys.executable, str(BROKEN), str(file)],
        )
        return Broken(terminal, file)

    return start


def test_each_handler_of_a_window_may_fail(broken):
    case = broken(HANDLERS)
    for number, (handler, cause) in enumerate(HANDLERS.items()):
        case.open()
        before = case.failures()
        case.fail(handler)
        case.do(cause)
        case.terminal.wait_for(lambda before=before: case.failures() > before, handler)
        case.mend()
        case.other_works(f"after{number}")
        assert case.window(case.victim) is not None, handler
        if cause != "end":
            case.terminal.call("send-text", text="it goes on\n", window=case.victim)
            case.terminal.wait_text("it goes on", case.victim)
        case.terminal.call("close", window=case.victim)
    folder = Path(case.terminal.environment["HOME"], ".local/state/gputerm")
    reports = list(folder.iterdir())
    assert reports
    assert all("what was typed" not in file.read_text() for file in reports)
    assert "what was typed" not in case.terminal.stderr()


def test_a_window_that_fails_shows_it_until_it_is_clicked(broken, message_rows):
    case = broken(["Outreach._act_on"])
    case.open()
    index = [window["id"] for window in case.terminal.windows()].index(case.victim)

    assert not message_rows(case.terminal, index)
    case.fail("Outreach._act_on")
    case.do("title")
    case.terminal.wait_for(lambda: message_rows(case.terminal, index), "the message bar")
    window = case.window(case.victim)
    case.terminal.pointer_to(window["lines"] - 0.5, 3, index)
    case.terminal.xdotool("click", "1")
    case.terminal.wait_for(
        lambda: not message_rows(case.terminal, index), "the end of the message bar"
    )


def test_a_window_that_fails_again_and_again_is_closed(broken):
    case = broken(["Window.draw"])
    case.open()
    case.fail("Window.draw", 1000)
    case.do("output")
    case.terminal.wait_for(lambda: case.window(case.victim) is None, "the end of the window")
    assert f"window {case.victim} is closed" in case.terminal.stderr()
    case.mend()
    case.other_works("still here")


def test_the_loop_thread_loses_one_client_or_one_pty_only(broken):
    case = broken(["Connection._handle_lines", "Channel._read"])
    case.open()
    case.fail("Channel._read")
    case.do("title")  # Nothing is sent: an answer to that might be read by the main thread.
    case.terminal.wait_for(lambda: case.window(case.victim)["exit_status"] is not None, "its end")
    case.mend()
    assert "ready" in case.terminal.screen(case.victim)
    case.other_works("one")
    case.fail("Connection._handle_lines")
    case.terminal.msg("ping", check=False)
    case.terminal.wait_for(lambda: case.failures() > 1, "the failure")
    case.mend()
    case.other_works("two")
