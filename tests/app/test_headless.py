"""gputerm --headless: windows that need no display, steered over the socket."""

import base64
import os
import subprocess
import sys

import pytest

from gputerm.errors import IpcError
from gputerm.ipc import Remote


@pytest.fixture
def no_display(monkeypatch):
    """Neither a display nor a terminal around us, nor a file of the user's."""
    for name in list(os.environ):
        if name.startswith(("DISPLAY", "WAYLAND_DISPLAY", "GPUTERM_", "SDL_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere")


@pytest.fixture
def headless(no_display):
    with Remote.start(headless=True) as remote:
        yield remote


def wakeups(pid):
    """How often the threads of a process have slept."""
    counts = []
    for task in os.scandir(f"/proc/{pid}/task"):
        with open(f"{task.path}/status") as status:
            counts += [int(line.split()[1]) for line in status if line.startswith("voluntary")]
    return sum(counts)


def test_windows_are_opened_typed_into_read_and_pictured(headless):
    first = headless.create_window(command=["sh", "-c", "stty -echo; echo ready; exec cat"])
    window = first["window_id"]
    headless.wait(window=window, text="ready")
    headless.send_text(text="typed\n", window=window)
    headless.wait(window=window, text="typed")
    picture = headless.screenshot(window=window)
    assert base64.b64decode(picture["png"])[:8] == b"\x89PNG\r\n\x1a\n"
    second = headless.create_window(command=["cat"])["window_id"]
    assert [w["id"] for w in headless.list()["windows"]] == [window, second]
    headless.close_window(window=second)
    headless.config(["font.size=20"], window_id=window)
    assert headless.list()["windows"][0]["font_size"] == 20


def test_programs_inside_reach_it_by_their_environment(headless):
    command = f"{sys.executable} -m gputerm msg get-text | tr a-z A-Z; exec cat"
    window = headless.create_window(command=["sh", "-c", f"echo hello; {command}"])["window_id"]
    assert headless.wait(window=window, text="HELLO")["value"] == "HELLO"


def test_an_idle_one_sleeps(headless):
    headless.create_window(command=["cat"])
    pid = headless.list()["windows"][0]["pid"]
    with open(f"/proc/{pid}/stat") as stat:
        parent = int(stat.read().rpartition(")")[2].split()[1])

    def still():
        before = wakeups(parent)
        with pytest.raises(IpcError, match="no answer"):
            headless.call("wait", exit=True, window=1, reply_timeout=0.5)
        return wakeups(parent) - before < 20

    assert any(still() for _ in range(20))


def test_clients_of_a_display_do_not_find_it(no_display, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o700)
    process = subprocess.Popen(
        [sys.executable, "-m", "gputerm", "--headless"],
        env={**os.environ, "DISPLAY": ":12345"},
        stdout=subprocess.PIPE,
    )
    with process:
        assert b"gputerm--" in process.stdout.readline()
        with pytest.raises(IpcError):
            Remote.find(env={**os.environ, "DISPLAY": ":12345"})
        with Remote.find() as remote:
            remote.quit()
        assert process.wait(30) == 0
    assert not list(tmp_path.iterdir())


def test_one_that_does_not_start_is_an_error(no_display):
    with pytest.raises(IpcError, match="didn't start, exit code 2"):
        Remote.start("--no-such-option", headless=True)
