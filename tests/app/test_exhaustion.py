"""When the system has nothing left to give: what is asked for is refused, and windows go on."""

import resource

import pytest

from gputerm.ipc.protocol import Fault

pytestmark = pytest.mark.window


def few_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (30, 30))


def test_without_descriptors_windows_and_requests_are_refused_and_nothing_ends(gputerm):
    terminal = gputerm("-e", "cat", preexec_fn=few_descriptors)

    def refusal():
        """The answer to one window too many."""
        try:
            terminal.call("create-window", command=["cat"])
        except Fault as fault:
            return fault.message
        return ""

    assert "Too many open files" in terminal.wait_for(refusal, "a refusal")
    count = len(terminal.windows())
    terminal.focus()
    terminal.key("ctrl+plus", "ctrl+shift+n")
    terminal.type("here")
    assert len(terminal.windows()) == count
    terminal.call("close", window=terminal.windows()[-1]["id"])
    terminal.wait_text("^here", terminal.windows()[0]["id"])
    assert "Traceback" not in terminal.stderr()
