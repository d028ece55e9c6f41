"""The socket under attack, while its user works: python tests/app/stress_ipc.py [SCALE]

At scale 1 and at once: 200 clients that say nothing, 50 that send a gigabyte without a line feed,
10,000 requests one after the other, 200 at the same time, deep JSON, bad UTF-8, batches of batches,
clients that shut down half, and clients that die with requests open. Meanwhile windows are opened
and keys typed. Told are the times for create-window and version, quiet and under attack, the time
until a key is on the screen, memory, and descriptors before and after. test_ipc_stress.py is a
small version.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VERSION = b'{"jsonrpc":"2.0","id":1,"method":"version"}\n'
PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
LIST = b'{"jsonrpc":"2.0","id":1,"method":"list"}\n'
PATIENCE = 60.0


def connect(path: str) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)  # blocking, so that it waits for a place in the queue
    client.settimeout(PATIENCE)
    return client


# ── attackers: each runs in a process of its own ─────────────────────────────────────────────────


def silent(path: str, count: int, seconds: float) -> None:
    """Connect and say nothing; come back when thrown out."""
    end = time.monotonic() + seconds
    clients: list[socket.socket] = []
    while time.monotonic() < end:
        while len(clients) < count:
            clients.append(connect(path))
        time.sleep(0.2)
        for client in list(clients):
            client.setblocking(False)
            try:
                gone = client.recv(4096) == b""
            except BlockingIOError:
                gone = False
            except OSError:
                gone = True
            if gone:
                client.close()
                clients.remove(client)


def endless(path: str, count: int, seconds: float) -> None:
    """Send a gigabyte each without a line feed, until the server hangs up."""
    chunk = b"x" * (1 << 20)

    def one() -> None:
        with connect(path) as client:
            try:
                for _ in range(1024):
                    client.sendall(chunk)
            except OSError:
                return

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def sequential(path: str, count: int, seconds: float) -> None:
    """One request after the other on one connection; each must be answered."""
    with connect(path) as client:
        file = client.makefile("rb")
        for number in range(count):
            client.sendall((VERSION, PING, LIST)[number % 3])
            assert b'"result"' in file.readline(), number


def concurrent(path: str, count: int, seconds: float) -> None:
    """Requests at the same time, each on a connection of its own; all must be answered."""
    clients = [connect(path) for _ in range(count)]
    for client in clients:
        client.sendall(LIST)
    answers = [client.makefile("rb").readline() for client in clients]
    bad = [answer for answer in answers if b'"result"' not in answer]
    assert not bad, f"{len(bad)} of {count} were not answered: {bad[0][:200]!r}"


def garbage(path: str, count: int, seconds: float) -> None:
    """What is no message, half of it from clients that don't wait for the answer."""
    lines = [
        b"[" * 100_000 + b"\n",
        b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"\n",
        b"\xff\xfe\x00\n",
        b'{"jsonrpc":"2.0","id":1,"method":"get-text","params":{"window":"\xff"}}\n',
        b'{"jsonrpc":"2.0","id":1e999,"method":"x"}\n',
        b"[" + b",".join([VERSION.strip()] * 100) + b"]\n",
        b"[" + b"[],".join([b""] * 1000) + b"[]]\n",
        b'{"CreateWindow":{"terminal_options":7}}\n',
        b"9" * 10_000 + b"\n",
        b'"\\ud800"\n',
    ]
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end and number < count:
        number += 1
        with connect(path) as client:
            try:
                client.sendall(lines[number % len(lines)])
                if number % 2:
                    client.recv(1 << 16)
            except OSError:
                continue


def half_closed(path: str, count: int, seconds: float) -> None:
    """Shut down for writing right behind the request; the answer must still come."""
    for _ in range(count):
        with connect(path) as client:
            client.sendall(LIST.rstrip())
            client.shutdown(socket.SHUT_WR)
            assert b'"result"' in client.makefile("rb").readline()


def killed(path: str, count: int, seconds: float) -> None:
    """Leave with requests open and answers unread."""
    for number in range(count):
        with connect(path) as client:
            client.sendall(LIST * (50 if number % 2 else 1))
            if number % 3 == 0:
                wait = b'{"jsonrpc":"2.0","id":2,"method":"wait","params":{"text":"never"}}\n'
                client.sendall(wait)


ATTACKS: dict[str, tuple[Callable[[str, int, float], None], int]] = {
    "silent": (silent, 200),
    "endless": (endless, 50),
    "sequential": (sequential, 10_000),
    "concurrent": (concurrent, 200),
    "garbage": (garbage, 500),
    "half_closed": (half_closed, 200),
    "killed": (killed, 300),
}


# ── the user ─────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Report:
    """What was seen; seconds, bytes."""

    create_quiet: list[float] = field(default_factory=list)
    create_loud: list[float] = field(default_factory=list)
    version_quiet: list[float] = field(default_factory=list)
    version_loud: list[float] = field(default_factory=list)
    echo_quiet: list[float] = field(default_factory=list)
    echo_loud: list[float] = field(default_factory=list)
    memory_before: int = 0
    memory_most: int = 0
    memory_after: int = 0
    descriptors_before: int = 0
    descriptors_after: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rows = []
        for name in ("create", "version", "echo"):
            quiet, loud = getattr(self, f"{name}_quiet"), getattr(self, f"{name}_loud")
            rows.append(
                f"{name:8} quiet: median {statistics.median(quiet) * 1000:5.1f} ms, "
                f"p99 {p99(quiet) * 1000:6.1f} ms; under attack: "
                f"median {statistics.median(loud) * 1000:5.1f} ms, p99 {p99(loud) * 1000:6.1f} ms "
                f"({len(loud)} times)"
            )
        mib = 1 << 20
        rows.append(
            f"memory   {self.memory_before / mib:.0f} MiB before, {self.memory_most / mib:.0f} at "
            f"most, {self.memory_after / mib:.0f} after"
        )
        rows.append(f"files    {self.descriptors_before} before, {self.descriptors_after} after")
        return "\n".join([*rows, *self.failed])


def p99(values: list[float]) -> float:
    return sorted(values)[min(int(len(values) * 0.99), len(values) - 1)]


class User:
    """Somebody at the terminal: opens windows, types, asks for the version."""

    def __init__(self, path: str, pid: int) -> None:
        self.path, self.pid = path, pid
        self._client = connect(path)
        self._file = self._client.makefile("rb")
        self._typed = 0

    def call(self, method: str, **params: Any) -> Any:
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        self._client.sendall(json.dumps(message).encode() + b"\n")
        answer = json.loads(self._file.readline())
        assert "result" in answer, answer
        return answer["result"]

    def create(self) -> float:
        started = time.perf_counter()
        window = self.call("create-window", command=["cat"])["window_id"]
        taken = time.perf_counter() - started
        self.call("close", window=window)
        return taken

    def version(self) -> float:
        """On a connection of its own, as scripts do."""
        started = time.perf_counter()
        with connect(self.path) as client:
            client.sendall(VERSION)
            assert b'"result"' in client.makefile("rb").readline()
        return time.perf_counter() - started

    def echo(self) -> float:
        """From a key to its letter on the screen of window 1, which runs cat."""
        self._typed += 1
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(self._typed))
        started = time.perf_counter()
        self.call("send-keys", window=1, keys=[*letters, "Enter"])
        self.call("wait", window=1, text=f"^{letters}$", timeout=PATIENCE)
        return time.perf_counter() - started

    def memory(self) -> int:
        with open(f"/proc/{self.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def close(self) -> None:
        self._file.close()
        self._client.close()


def run(path: str, pid: int, scale: float = 1.0) -> Report:
    """Attack the server at `path`; window 1 must run cat."""
    report, user = Report(), User(path, pid)
    rounds = max(int(100 * scale), 10)
    for _ in range(10):
        user.create()  # caches of fonts and drivers
    for _ in range(rounds):
        report.create_quiet.append(user.create())
        report.version_quiet.append(user.version())
        report.echo_quiet.append(user.echo())
    report.memory_before = report.memory_most = user.memory()
    report.descriptors_before = user.descriptors()
    seconds = max(20 * scale, 2.0)
    attackers = {
        name: subprocess.Popen(
            [sys.executable, __file__, name, path, str(max(int(count * scale), 1)), str(seconds)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for name, (_, count) in ATTACKS.items()
    }
    while any(process.poll() is None for process in attackers.values()):
        report.create_loud.append(user.create())
        report.version_loud.append(user.version())
        report.echo_loud.append(user.echo())
        report.memory_most = max(report.memory_most, user.memory())
    for name, process in attackers.items():
        _, complaint = process.communicate()
        if process.returncode:
            report.failed.append(f"{name}: {complaint.strip().splitlines()[-1]}")
    end = time.monotonic() + 20
    while user.descriptors() > report.descriptors_before and time.monotonic() < end:
        time.sleep(0.2)  # lingering connections
        user.version()
    report.descriptors_after, report.memory_after = user.descriptors(), user.memory()
    user.close()
    return report


def main() -> None:
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = ":" + pipe.readline().strip()
    path = f"/tmp/gputerm-stress-{os.getpid()}.sock"
    terminal = subprocess.Popen(
        [sys.executable, "-m", "gputerm", "--socket", path, "-e", "cat"],
        env={**os.environ, "DISPLAY": display, "PYTHONPATH": str(ROOT)},
    )
    try:
        while True:
            try:
                connect(path).close()
                break
            except OSError:
                time.sleep(0.1)
        print(run(path, terminal.pid, scale))
    finally:
        terminal.terminate()
        terminal.wait()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    if len(sys.argv) == 5:
        attack, _ = ATTACKS[sys.argv[1]]
        attack(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
    else:
        main()
