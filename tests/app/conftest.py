"""gputerm as its user meets it: a real process in a window on Xvfb, real keys, real shells.

Nothing sleeps: `Gputerm.wait_for` looks again after each event-free moment until its deadline.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from x11 import XClient

from gputerm.errors import IpcError
from gputerm.ipc.client.remote import Remote

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0  #: seconds after which something that should have happened counts as failed


class XServer:
    """A private Xvfb."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self.process = subprocess.Popen(
            # -noreset: or the keyboard layout is forgotten whenever the last client leaves.
            ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "1600x1200x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            assert select.select([pipe], [], [], DEADLINE)[0], "Xvfb did not start"
            self.display = ":" + pipe.readline().strip()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def _start_xserver() -> XServer:
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("needs Xvfb and xdotool: make test installs them")
    return XServer()


@pytest.fixture(scope="session")
def xserver() -> Iterator[XServer]:
    """The one that tests share."""
    server = _start_xserver()
    yield server
    server.stop()


@pytest.fixture
def own_xserver() -> Iterator[XServer]:
    """One to do to it as the test likes."""
    server = _start_xserver()
    yield server
    server.stop()


@pytest.fixture
def managed(own_xserver: XServer) -> Iterator[XServer]:
    """An X server with a window manager."""
    if shutil.which("openbox") is None:
        pytest.skip("needs openbox: make test installs it")
    process = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env={**os.environ, "DISPLAY": own_xserver.display},
        stderr=subprocess.DEVNULL,
    )
    with XClient(own_xserver.display) as x11:
        root = x11.root
        until(lambda: x11.numbers(root, "_NET_SUPPORTING_WM_CHECK"), "the window manager")
    yield own_xserver
    process.terminate()
    process.wait()


class Weston:
    """A Wayland compositor without a seat."""

    def __init__(self, folder: Path, name: str) -> None:
        backend = ("--backend=headless-backend.so", "--use-gl", "--no-config", "--idle-time=0")
        self.process = subprocess.Popen(
            ["weston", *backend, f"--socket={name}"],
            env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until((folder / name).exists, "the compositor")
        #: what programs on it have
        self.environment = {"WAYLAND_DISPLAY": name, "DISPLAY": ""}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def weston(tmp_path: Path) -> Iterator[Weston]:
    """A compositor of the test's own."""
    if shutil.which("weston") is None:
        pytest.skip("needs weston: make test installs it")
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700, exist_ok=True)
    compositor = Weston(folder, f"way-{os.getpid()}")
    yield compositor
    compositor.stop()


def until(condition: Callable[[], Any], what: str, deadline: float = DEADLINE) -> Any:
    """The first true value of `condition`; fails with `what` when the deadline passes."""
    end = time.monotonic() + deadline
    while True:
        if value := condition():
            return value
        if time.monotonic() > end:
            pytest.fail(f"waited {deadline:g} s in vain for {what}")
        select.select([], [], [], 0.01)


class Gputerm:
    """One gputerm process on the X server, with its socket."""

    def __init__(
        self,
        display: str,
        folder: Path,
        arguments: list[str],
        environment: dict[str, str],
        *,
        program: Sequence[str] = (sys.executable, "-m", "gputerm"),
        **popen: Any,
    ) -> None:
        runtime = folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in ("WAYLAND_DISPLAY", "GPUTERM_SOCKET", "TMUX", "TERM")
            and not name.startswith("MAKE")  # the make that runs the tests is nobody's business
        }
        self.environment = {
            **inherited,
            "DISPLAY": display,
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "HOME": str(folder),
            "SHELL": "/bin/bash",
            "PS1": "$ ",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        self.runtime = runtime
        self.stderr_path = folder / "stderr"
        with open(self.stderr_path, "w") as stderr:
            self.process = subprocess.Popen(
                [*program, *arguments],
                env=self.environment,
                **{"cwd": folder, "stderr": stderr, **popen},
            )
        display = self.environment.get("WAYLAND_DISPLAY") or self.environment["DISPLAY"]
        self.socket = runtime / f"gputerm-{display}-{self.process.pid}.sock"

    def ready(self) -> "Gputerm":
        """Wait for the first window with a prompt or the program's first output."""
        self.wait_for(lambda: self.windows(), "the first window")
        return self

    def stderr(self) -> str:
        return self.stderr_path.read_text()

    def msg(self, *arguments: str, check: bool = True, text: str | None = None) -> str:
        """Run `gputerm msg` against this process; its standard output."""
        result = subprocess.run(
            [sys.executable, "-m", "gputerm", "msg", "-s", str(self.socket), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            input=text,
            timeout=DEADLINE,
        )
        if check:
            assert result.returncode == 0, f"msg {arguments}: {result.stderr}"
        return result.stdout

    def call(self, method: str, **params: Any) -> Any:
        """The answer to a request on the socket, as `msg` makes them, without a process for it."""
        with Remote.find(str(self.socket)) as remote:
            return remote.call(method, **params)

    def windows(self) -> list[dict[str, Any]]:
        """What `list` says; empty before the socket is there."""
        if self.process.poll() is not None:
            pytest.fail(f"gputerm ended with {self.process.returncode}: {self.stderr()}")
        if not self.socket.exists():
            return []
        try:
            return list(self.call("list")["windows"])
        except IpcError:  # bound, and not listening yet
            return []

    def screen(self, window: int | None = None) -> str:
        """The text on the screen of a window (default: the first)."""
        target = window if window is not None else self.windows()[0]["id"]
        return str(self.call("get-text", window=target)["text"])

    def wait_for(self, condition: Callable[[], Any], what: str) -> Any:
        return until(condition, f"{what}\n{self.stderr()}")

    def wait_text(self, pattern: str, window: int | None = None) -> str:
        """Wait until the screen matches a regular expression; the screen."""
        seen = ""

        def matches() -> bool:
            nonlocal seen
            seen = self.screen(window)
            return re.search(pattern, seen, re.MULTILINE) is not None

        try:
            self.wait_for(matches, f"/{pattern}/ on the screen")
        except pytest.fail.Exception as failure:
            pytest.fail(f"{failure}\nthe screen:\n{seen}")
        return seen

    def xid(self, index: int = 0) -> int:
        return int(self.windows()[index]["x11_id"])

    def xdotool(self, *arguments: str) -> str:
        result = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def focus(self, index: int = 0) -> None:
        """Give a window the keyboard and wait until it knows."""
        self.xdotool("windowfocus", "--sync", str(self.xid(index)))
        self.wait_for(lambda: self.windows()[index]["focused"], "the focus")

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", "5", text)

    def key(self, *keys: str) -> None:
        self.xdotool("key", "--delay", "5", *keys)

    def pixels(self, index: int = 0) -> np.ndarray:
        """uint8[height, width, 3] of the native window, as the X server has it."""
        with self.x11() as x11:
            return x11.pixels(self.xid(index))

    def x11(self) -> XClient:
        """A connection to the X server; close it."""
        return XClient(self.environment["DISPLAY"])

    def pointer_to(self, line: float, column: float, index: int = 0) -> None:
        """Move the mouse to a place in a window, in cells; .5 is the middle of one."""
        window = self.windows()[index]
        x = round(column * window["width"] / window["columns"])
        y = round(line * window["height"] / window["lines"])
        self.xdotool("mousemove", "--window", str(window["x11_id"]), str(x), str(y))

    def drag(self, start: tuple[float, float], stop: tuple[float, float], button: int = 1) -> None:
        """Press at a (line, column), move to another, release there."""
        self.pointer_to(*start)
        self.xdotool("mousedown", str(button))
        self.pointer_to(*stop)
        self.xdotool("mouseup", str(button))

    def selection(self) -> str:
        """The text that is selected in the first window."""
        return str(self.call("get-text", of="selection")["text"])

    def terminate(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(DEADLINE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Reading:
    """A window whose program keeps the bytes that it reads."""

    def __init__(self, terminal: Gputerm, file: Path) -> None:
        self.terminal = terminal
        self.file = file
        terminal.wait_text("ready")

    def read(self) -> bytes:
        """Everything read so far."""
        return self.file.read_bytes()

    def expect(self, data: bytes) -> None:
        """Wait until `data` has been read, and nothing else."""
        try:
            self.terminal.wait_for(lambda: len(self.read()) >= len(data), f"{data!r}")
        finally:
            assert self.read() == data


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Reading]:
    """Starts gputerm on reader.py, which prints `init`."""

    def start(gputerm: Callable[..., Gputerm], init: str = "", *arguments: str) -> Reading:
        file = tmp_path / "read"
        file.touch()
        program = Path(__file__).parent / "reader.py"
        return Reading(
            gputerm(*arguments, "-e", sys.executable, str(program), str(file), init), file
        )

    return start


@pytest.fixture
def message_rows() -> Callable[..., int]:
    """How many rows of a window's pixels are mostly of the message bar's colour."""

    def count(terminal: Gputerm, index: int = 0) -> int:
        red, green, blue = np.moveaxis(terminal.pixels(index).astype(int), -1, 0)
        return int(np.count_nonzero(((red > 120) & (green < 120) & (blue < 120)).mean(1) > 0.5))

    return count


@pytest.fixture
def gputerm(xserver: XServer, tmp_path: Path) -> Iterator[Callable[..., Gputerm]]:
    """Starts gputerm with the given arguments and waits for its window."""
    started: list[Gputerm] = []

    def start(
        *arguments: str,
        wait: bool = True,
        environment: dict[str, str] | None = None,
        **popen: Any,
    ) -> Gputerm:
        process = Gputerm(xserver.display, tmp_path, list(arguments), environment or {}, **popen)
        started.append(process)
        return process.ready() if wait else process

    yield start
    for process in started:
        process.stop()
