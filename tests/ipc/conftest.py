"""A server in a real loop, with a main thread that answers, and a private runtime directory."""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gputerm.host import Loop
from gputerm.ipc.server.server import Request, Server

PATIENCE_S = 20.0


class Terminal:
    """The terminal's side: a loop, a server, and a thread in the main thread's place."""

    def __init__(self, path: str | None, env: dict[str, str]) -> None:
        self.requests: list[Request] = []
        self.answer: Callable[[Request], None] = lambda request: request.reply(request.params)
        self.arrived = threading.Semaphore(0)
        self._mail = threading.Event()
        self._running = True
        self.loop = Loop(self._mail.set)
        self.loop.start()
        self.server = Server(self.loop, path, env)
        self.path = self.server.path
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self.in_loop(lambda: None)

    def _run(self) -> None:
        while self._running:
            self._mail.wait()
            self._mail.clear()
            for message in self.loop.take():
                if isinstance(message, Request):
                    self.requests.append(message)
                    self.answer(message)
                    self.arrived.release()

    def hold(self) -> None:
        """Leave requests unanswered."""
        self.answer = lambda request: None

    def wait_for_request(self) -> Request:
        assert self.arrived.acquire(timeout=PATIENCE_S)
        return self.requests[-1]

    def in_loop(self, function):
        """The result of a function run in the loop thread."""
        done = threading.Event()
        results = []
        self.loop.call(lambda: (results.append(function()), done.set()))
        assert done.wait(PATIENCE_S)
        return results[0]

    def connect(self) -> "Client":
        return Client(self.path)

    def stop(self) -> None:
        self._running = False
        self.loop.stop()
        self._mail.set()
        self._thread.join()


class Client:
    """A raw connection: bytes out, lines in."""

    def __init__(self, path: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE_S)
        self.socket.connect(path)
        self._file = self.socket.makefile("rb")

    def send(self, data: bytes | dict | list) -> None:
        if not isinstance(data, bytes):
            data = json.dumps(data).encode() + b"\n"
        self.socket.sendall(data)

    def call(self, method: str, params=None, id=1) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params or {}, "id": id})

    def receive(self):
        """The next message; None at the end of the stream."""
        line = self._file.readline()
        return json.loads(line) if line else None

    def half_close(self) -> None:
        self.socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_) -> None:
        self.close()


@pytest.fixture
def runtime(tmp_path: Path) -> dict[str, str]:
    """An environment with a private runtime directory and a display."""
    directory = tmp_path / "run"
    directory.mkdir(mode=0o700)
    return {"XDG_RUNTIME_DIR": str(directory), "DISPLAY": ":7", "PATH": os.environ["PATH"]}


@pytest.fixture
def make_terminal() -> Iterator[Callable[..., Terminal]]:
    made = []

    def make(path: str | None, env: dict[str, str]) -> Terminal:
        made.append(Terminal(path, env))
        return made[-1]

    yield make
    for terminal in made:
        terminal.stop()


@pytest.fixture
def terminal(make_terminal: Callable[..., Terminal], runtime: dict[str, str]) -> Terminal:
    return make_terminal(None, runtime)
