"""A desk to put terminals on: an X display, somebody who presses keys and looks at pixels, a home.

The display is the user's, or an Xvfb of our own where there is none (`DISPLAY= make bench` insists
on that). Terminals that speak Wayland only are shown by weston in a window of that display.
Whatever was started here ends with the desk.
"""

import math
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from report import ROOT
from terminals import CELL, COLUMNS, LINES, TERMINALS, WAYLAND_ONLY
from Xlib import XK, X, error
from Xlib.display import Display
from Xlib.ext import damage, xtest

PATIENCE = 20.0  #: seconds for a window to appear or a program to begin

#: What a program draws to be seen: so many cells at the top left, red (the same red everywhere) or
#: blank, and a pixel inside of it for cells of any usual size.
BLOCK_LINES, BLOCK_COLUMNS = 5, 24
RED = b"\x1b[48;5;196m"
SPOT = 60, 40

_LEAST_SIZE = 200, 100  #: of a window that may be a terminal's


def block(*, lit: bool) -> bytes:
    """Show or clear the block; the cursor stays where it is."""
    rows = (b"\x1b[%d;1H%*s" % (row, BLOCK_COLUMNS, b"") for row in range(1, BLOCK_LINES + 1))
    return b"\x1b7" + (RED if lit else b"\x1b[m") + b"".join(rows) + b"\x1b[m\x1b8"


class Opened:
    """A terminal in its window, with its program."""

    def __init__(self, process: subprocess.Popen[bytes], started: float) -> None:
        self.process = process
        self.started = started  #: when it was executed, monotonic seconds
        self.shown = started  #: when its window was seen; inside a compositor's nobody knows
        self.window: Any = None  #: Xlib's
        self.program = 0  #: its process id

    def pids(self) -> list[int]:
        """The terminal's processes, without its program's."""
        return list(_tree(self.process.pid, without=self.program))


class Desk:
    """Use it with `with`."""

    def __init__(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that `with` ends
        self.folder = Path(tempfile.mkdtemp(prefix="bench"))
        for name in ("home", "run"):
            Path(self.folder, name).mkdir(mode=0o700)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._weston: Any = None  # its window
        self._count = 0
        self._display_name = os.environ.get("DISPLAY") or self._own_display()
        self._x = Display(self._display_name)
        self._x.set_error_handler(lambda *_: None)  # windows come and go
        self._x.damage_query_version()
        self._root = self._x.screen().root

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_error: object) -> None:
        self._x.close()
        while self._processes:
            _end(self._processes.pop())
        shutil.rmtree(self.folder, ignore_errors=True)

    def _own_display(self) -> str:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "2560x1600x24"]
        self._start(command, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            if not select.select([pipe], [], [], PATIENCE)[0]:
                raise SystemExit("no display, and Xvfb doesn't start")
            return ":" + pipe.readline().strip()

    def _start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )
        self._processes.append(process)
        return process

    def environment(self, name: str) -> dict[str, str]:
        """What a terminal is started with: nothing of another terminal, of settings or of make."""
        kept = ("PATH", "LD_LIBRARY_PATH", "LIBGL_ALWAYS_SOFTWARE", "LP_NUM_THREADS")
        home = str(self.folder / "home")
        environment = {
            **{key: os.environ[key] for key in kept if key in os.environ},
            "DISPLAY": self._display_name,
            "HOME": home,
            "XDG_CACHE_HOME": f"{home}/.cache",
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "LC_ALL": "C.UTF-8",
            "SHELL": "/bin/sh",
            "PYTHONPATH": str(ROOT),
        }
        if name in WAYLAND_ONLY:
            self._compositor()
            del environment["DISPLAY"]
            environment["WAYLAND_DISPLAY"] = "bench"
        return environment

    def _compositor(self) -> None:
        if self._weston is not None:
            return
        width, height = COLUMNS * CELL[0], LINES * CELL[1]
        before = self._windows()
        self._start(
            [
                *("weston", "--backend=x11-backend.so", "--use-pixman", "--no-config"),
                *("--shell=kiosk-shell.so", "--socket=bench"),
                *(f"--width={width}", f"--height={height}"),
            ],
            env=self.environment(""),
        )
        self._weston = self._new_window(before)

    # ── windows ──────────────────────────────────────────────────────────────────────────────────

    def command(self, name: str, *program: str) -> list[str]:
        """The command line that opens a terminal with a program."""
        return [*TERMINALS[name], *program]

    def file(self) -> Path:
        """A path that nothing has yet."""
        self._count += 1
        return self.folder / str(self._count)

    def open(self, name: str, *program: str) -> Opened:
        """Start a terminal, wait for its window and its program, and give it the keyboard."""
        note = self.file()
        opened = self.launch(
            name, "/bin/sh", "-c", 'echo $$ > "$0"; exec "$@"', str(note), *program
        )
        said = until(lambda: note.exists() and note.read_text().strip(), f"{name}'s program")
        opened.program = int(said)
        self.focus(opened.window)
        return opened

    def focus(self, window: Any, *, pointer_over: bool = False) -> None:
        """Give a window the keyboard, and put the pointer into it or away from everything."""
        window.set_input_focus(X.RevertToParent, X.CurrentTime)
        screen = self._x.screen()
        if pointer_over:
            window.warp_pointer(*SPOT)
        else:
            self._root.warp_pointer(screen.width_in_pixels - 1, screen.height_in_pixels - 1)
        self._x.sync()

    def window(self, number: int) -> Any:
        """Xlib's window of an XID."""
        return self._x.create_resource_object("window", number)

    def socket(self, opened: Opened) -> str:
        """Where a gputerm that was opened here listens."""
        name = f"gputerm-{self._display_name}-{opened.process.pid}.sock"
        return str(self.folder / "run" / name)

    def launch(self, name: str, *program: str) -> Opened:
        """Start a terminal and wait only for its window."""
        environment = self.environment(name)
        before = self._windows()
        if name in WAYLAND_ONLY:
            before_it = self.watch(self._weston)
            until(lambda: not before_it.is_red(), "weston to show nothing")
            before_it.close()
        started = time.monotonic()
        opened = Opened(self._start(self.command(name, *program), env=environment), started)
        if name in WAYLAND_ONLY:
            opened.window, opened.shown = self._weston, math.nan
        else:
            opened.window = self._new_window(before)
            opened.shown = time.monotonic()
        return opened

    def close(self, opened: Opened) -> None:
        """End a terminal and its program, and wait until its window is gone."""
        self._processes.remove(opened.process)
        _end(opened.process)
        if opened.window is not self._weston:
            until(lambda: opened.window.id not in self._windows(), "the window's end")

    def _new_window(self, before: set[int]) -> Any:
        return self.window(until(lambda: next(iter(self._windows() - before), None), "a window"))

    def _windows(self) -> set[int]:
        """What is shown and large enough."""
        found = set()
        for window in self._root.query_tree().children:
            with suppress(error.XError, AttributeError):  # it has been closed meanwhile
                shape, state = window.get_geometry(), window.get_attributes().map_state
                if state == X.IsViewable and (shape.width, shape.height) >= _LEAST_SIZE:
                    found.add(window.id)
        return found

    # ── keys and pixels ──────────────────────────────────────────────────────────────────────────

    def watch(self, window: Any) -> "Watch":
        """Look at the block's pixel from now on."""
        return Watch(self._x, window)

    def press(self, key: str, *held: str) -> float:
        """Press and release a key while others are held; when, in monotonic seconds."""
        codes = [self._x.keysym_to_keycode(XK.string_to_keysym(name)) for name in (*held, key)]
        pressed = time.monotonic()
        for code in codes:
            xtest.fake_input(self._x, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._x, X.KeyRelease, code)
        self._x.flush()
        return pressed


class Watch:
    """One pixel of a window, read whenever the server says that something was drawn there.

    [X Damage Extension 1.1, DamageReportNonEmpty: told once, until the damage is subtracted]
    """

    def __init__(self, display: Display, window: Any) -> None:
        self._x, self._window = display, window
        self._damage = window.damage_create(damage.DamageReportNonEmpty)
        self._event = display.extension_event.DamageNotify
        self._color = self._pixel()

    def rest(self) -> None:
        """Forget what was drawn so far; what the pixel shows now is the old colour."""
        self._drawn()
        self._x.damage_subtract(self._damage)
        self._color = self._pixel()

    def changed(self, deadline: float) -> float | None:
        """When the pixel was seen in another colour; None when the deadline passes before."""
        while (left := deadline - time.monotonic()) > 0:
            if not self._x.pending_events():
                select.select([self._x.fileno()], [], [], left)
            if self._drawn():
                self._x.damage_subtract(self._damage)
                if self._pixel() != self._color:
                    return time.monotonic()
        return None

    def lit(self, deadline: float) -> float | None:
        """When the block was seen; None when the deadline passes before."""
        while not self.is_red():
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            if not self._x.pending_events():
                select.select([self._x.fileno()], [], [], left)
            if self._drawn():
                self._x.damage_subtract(self._damage)
        return time.monotonic()

    def is_red(self) -> bool:
        """Whether the block is shown now."""
        blue, green, red = self._pixel() or (255, 255, 255)
        return red > 200 and green < 60 and blue < 60

    def close(self) -> None:
        """Look no longer."""
        self._x.damage_destroy(self._damage)

    def _drawn(self) -> bool:
        events = [self._x.next_event() for _ in range(self._x.pending_events())]
        return any(event.type == self._event for event in events)

    def _pixel(self) -> bytes:
        with suppress(error.XError, AttributeError):  # it is still being made
            return bytes(self._window.get_image(*SPOT, 1, 1, X.ZPixmap, 0xFFFFFFFF).data)[:3]
        return b""


# ── processes ────────────────────────────────────────────────────────────────────────────────────


def cpu_seconds(pids: list[int]) -> float:
    """What living threads of processes have used, to the nanosecond. [proc(5), schedstat]"""
    return sum(int(text.split()[0]) for text in _of_threads(pids, "schedstat")) / 1e9


def wake_ups(pids: list[int]) -> int:
    """How often their threads have gone to sleep by themselves."""
    field = "\nvoluntary_ctxt_switches:"
    return sum(int(text.split(field)[1].split()[0]) for text in _of_threads(pids, "status"))


def _of_threads(pids: list[int], name: str) -> Iterator[str]:
    for pid in pids:
        for path in Path(f"/proc/{pid}/task").glob(f"*/{name}"):
            with suppress(OSError):  # the thread has ended
                yield path.read_text()


def _tree(root: int, *, without: int) -> Iterator[int]:
    """A process and its descendants, but for one and its own."""
    if root == without:
        return
    yield root
    for path in Path(f"/proc/{root}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text().split():
                yield from _tree(int(child), without=without)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads its session, with whatever is in its group."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(3)
            return


def until(condition: Callable[[], Any], what: str) -> Any:
    """The first true value of a condition. Raises TimeoutError when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE:g} s for {what}")
        time.sleep(0.002)
    return value
