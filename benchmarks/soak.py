"""Whether anything is left behind: python benchmarks/soak.py [--windows N] [--gigabytes N] …

One gputerm on its own X server. While programs flood two of its windows with text and with all that
reaches out of a window, others are opened and closed, output goes through the core and requests
over the socket. Before and after each part, when all is quiet: descriptors, threads, OpenGL
objects, X's resources of the process, memory. The defaults take some minutes; the whole of it is

    --windows 5000 --gigabytes 10 --requests 100000

Fails when something is left: anything that has a number, or more memory than a part may keep.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from Xlib.display import Display

from gputerm.errors import IpcError
from gputerm.ipc.client.remote import Remote
from gputerm.ipc.protocol import Fault

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600.0  #: seconds until something counts as hung
KEPT = 48 << 20  #: bytes that caches, heaps and drivers may have grown by in one part
AT_ONCE = 8  #: windows

#: gputerm that counts its OpenGL objects in a file, eight bytes.
LAUNCH = """\
import sys
from gputerm.render import gl
path, alive = sys.argv.pop(1), 0
def counted(function, step):
    def call(*arguments):
        global alive
        alive += step
        with open(path, "wb") as file: file.write(alive.to_bytes(8, "little", signed=True))
        return function(*arguments)
    return call
gl.generate, gl.delete = counted(gl.generate, 1), counted(gl.delete, -1)
from gputerm.cli import main
sys.exit(main(sys.argv[1:]))
"""

#: Everything that reaches out of a window, and much text.
FLOOD = """\
import itertools, os
reaching = (b"\\x1b]2;title %d\\a\\a\\x1b]7;file:///%d\\a\\x1b]9;note\\a\\x1b[5 q\\x1b[c\\x1b[6n"
    b"\\x1b]133;A\\a\\x1b]8;;http://x/%d\\aAlink\\x1b]8;;\\a\\x1b[?1049h\\x1b[?1049l")
text = b"\\x1b[3%dmtext \\xe6\\xbc\\xa2 e\\xcc\\x81 \\xf0\\x9f\\x91\\x8d\\r\\n"
for n in itertools.count():
    os.write(1, reaching % (n, n, n) + text % (n % 8) * 200)
"""

#: One line in eight of each kind, so that fonts, clusters, colours and history all have work.
OUTPUT = """\
import os, sys
lines = [b"plain text of a log file, 2026-03-01T12:00:00Z INFO %d" % n for n in range(40)]
lines += [b"\\x1b[38;2;%d;9;9mcoloured\\x1b[m text" % n for n in range(40)]
lines += ["漢字 e\\u0301 👍🏽 ─┼─".encode(), b"\\x1b[1;4mbold\\x1b[m", b"x" * 300]
data, left = b"\\r\\n".join(lines) * 20 + b"\\r\\n", int(float(sys.argv[1]) * 1e9)
while left > 0:
    left -= os.write(1, data)
"""


class Counts(NamedTuple):
    descriptors: int
    threads: int
    gl_objects: int
    x_resources: int
    memory: int  #: bytes that are resident

    def __str__(self) -> str:
        return (
            f"{self.descriptors:4} descriptors {self.threads:3} threads {self.gl_objects:4} GL"
            f" objects {self.x_resources:4} X resources {self.memory / 2**20:7.1f} MiB"
        )


class Soak:
    def __init__(self, folder: Path, display: str) -> None:
        self._gl = folder / "gl"
        self.socket = str(folder / "socket")
        self._display = Display(display)
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
            "SHELL": "/bin/sh",
        }
        command = [sys.executable, "-c", LAUNCH, str(self._gl), "--socket", self.socket]
        command += ["-o", "scrolling.history=2000", "-o", "terminal.trust=Trusted", "-e", "cat"]
        self.process = subprocess.Popen(command, env=environment)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.call("list")
                break
            except (IpcError, OSError):
                assert self.process.poll() is None, "it ended"
                assert time.monotonic() < end, "it doesn't start"
                time.sleep(0.1)

    def call(self, method: str, **params: Any) -> Any:
        with Remote.find(self.socket) as remote:
            return remote.call(method, reply_timeout=PATIENCE, **params)

    def counts(self) -> Counts:
        proc = Path(f"/proc/{self.process.pid}")
        pages = int((proc / "statm").read_text().split()[1])
        return Counts(
            len(list((proc / "fd").iterdir())),
            len(list((proc / "task").iterdir())),
            int.from_bytes(self._gl.read_bytes(), "little", signed=True),
            self.x_resources().total(),
            pages * os.sysconf("SC_PAGE_SIZE"),
        )

    def x_resources(self) -> Counter[str]:
        """How many of each type all clients but ourselves have. [X-Resource 1.0]"""
        found: Counter[str] = Counter()
        if not self._display.has_extension("X-Resource"):
            return found
        for client in self._display.res_query_clients().clients:
            if client.resource_base != self._display.display.info.resource_id_base:
                types = self._display.res_query_client_resources(client.resource_base).types
                for each in types:
                    found[self._display.get_atom_name(each.resource_type)] += each.count
        return found

    def quiet(self) -> Counts:
        """The counts once they have stayed as they are for two seconds. While windows close there
        may be fewer for a moment: what the last one shared is made anew with the next frame."""
        end = time.monotonic() + PATIENCE
        now, still = self.counts(), 0
        while still < 10:
            assert time.monotonic() < end, "it never is quiet"
            time.sleep(0.2)
            before, now = now, self.counts()
            still = still + 1 if now[:4] == before[:4] and now.memory >= before.memory else 0
        return now

    def windows(self) -> list[int]:
        return [window["id"] for window in self.call("list")["windows"]]

    def open_and_close(self, count: int) -> None:
        """Windows in small groups; half are closed by us, half end by themselves."""
        kept = set(self.windows())
        for start in range(0, count, AT_ONCE):
            opened = []
            for number in range(start, min(start + AT_ONCE, count)):
                program = ["cat"] if number % 2 else ["sh", "-c", f"echo {number}; seq 50"]
                answer = self.call("create-window", command=program)
                opened.append((answer["window_id"], number % 2))
            for window, by_us in opened:
                try:
                    if by_us:
                        self.call("close", window=window)
                except Fault:
                    pass  # It has ended by itself meanwhile.
            end = time.monotonic() + PATIENCE
            while set(self.windows()) - kept:
                assert time.monotonic() < end, "windows stay open"
                time.sleep(0.02)

    def requests(self, count: int) -> None:
        """Requests of each kind: a hundred on one connection, which stays open meanwhile, and a
        hundred on one of their own, by turns."""
        kinds: list[tuple[str, dict[str, Any]]] = [
            ("list", {}),
            ("version", {}),
            ("get-text", {"window": 1}),
            ("get-text", {"window": 1, "format": "json"}),
            ("search", {"window": 1, "pattern": "text"}),
            ("send-text", {"window": 1, "text": "typed\r"}),
            ("statistics", {}),
            ("ping", {}),
            ("set-title", {"window": 1, "title": "title"}),
            ("get-config", {}),
        ]
        with Remote.find(self.socket) as kept:
            for start in range(0, count, 100):
                with Remote.find(self.socket) as own:
                    remote = own if start % 200 else kept
                    for number in range(start, min(start + 100, count)):
                        method, params = kinds[number % len(kinds)]
                        remote.call(method, reply_timeout=PATIENCE, **params)

    def output(self, gigabytes: float) -> None:
        """Bytes through the core, in a window of its own."""
        command = [sys.executable, "-S", "-c", OUTPUT, str(gigabytes)]
        window = self.call("create-window", command=command)["window_id"]
        end = time.monotonic() + PATIENCE * max(gigabytes * 5, 1)
        while window in self.windows():
            assert time.monotonic() < end, "the output doesn't end"
            time.sleep(0.2)

    @contextmanager
    def floods(self) -> Iterator[None]:
        """Two windows flooded meanwhile."""
        command = [sys.executable, "-S", "-c", FLOOD]
        windows = [self.call("create-window", command=command)["window_id"] for _ in range(2)]
        yield
        for window in windows:
            self.call("close", window=window)
        while set(self.windows()) & set(windows):
            time.sleep(0.02)


@contextmanager
def x_server() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "1600x1200x24"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        display = ":" + pipe.readline().strip()
    yield display
    server.terminate()
    server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description="look for what is left behind")
    parser.add_argument("--windows", type=int, default=200)
    parser.add_argument("--gigabytes", type=float, default=0.3)
    parser.add_argument("--requests", type=int, default=5000)
    arguments = parser.parse_args()
    left: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak") as folder, x_server() as display:
        soak = Soak(Path(folder), display)
        try:
            # Caches of fonts, drivers and heaps have their size after this.
            with soak.floods():
                soak.open_and_close(2 * AT_ONCE)
                soak.requests(200)
                soak.output(0.02)
            before, resources = soak.quiet(), soak.x_resources()
            print(f"{'at first':34} {before}", flush=True)
            parts = {
                f"{arguments.windows} windows": lambda: soak.open_and_close(arguments.windows),
                f"{arguments.gigabytes:g} GB": lambda: soak.output(arguments.gigabytes),
                f"{arguments.requests} requests": lambda: soak.requests(arguments.requests),
            }
            for name, part in parts.items():
                started = time.monotonic()
                with soak.floods():
                    part()
                took = time.monotonic() - started
                after = soak.quiet()
                print(f"{name + ', floods':22} {took:9.1f} s {after}", flush=True)
                for what, old, new in zip(Counts._fields[:4], before, after, strict=False):
                    if new > old:
                        left.append(f"{name}: {new - old} {what}")
                if after.memory - before.memory > KEPT:
                    left.append(f"{name}: {(after.memory - before.memory) >> 20} MiB")
                if more := soak.x_resources() - resources:
                    print(f"  more X resources: {dict(more)}", flush=True)
                before, resources = after, soak.x_resources()
            soak.process.send_signal(signal.SIGTERM)
            status = soak.process.wait(60)
            print(f"ended with {status}")
        finally:
            soak.process.kill()
    for line in left:
        print(f"left behind by {line}")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
