"""A loop with a mailbox that tests can wait on."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gputerm.host import Channel, Exited, Loop, Output, Pty

PATIENCE_S = 20.0  #: until a test gives up; a loaded machine is slow


class Host:
    """A running loop, seen from the main thread."""

    def __init__(self) -> None:
        self._mail = threading.Event()
        self.notified = 0
        self.loop = Loop(self._notify)
        self.messages: list[object] = []

    def _notify(self) -> None:
        self.notified += 1
        self._mail.set()

    def open(self, *argv: str, cwd: str = "/", **size: int) -> Channel:
        """A program on a pty in the loop."""
        size = {"lines": 24, "columns": 80, **size}
        return Channel(self.loop, Pty.spawn(argv, cwd=cwd, env=dict(os.environ), **size))

    def shell(self, script: str, **options: object) -> Channel:
        return self.open("/bin/sh", "-c", script, **options)

    def next(self, kind, *, within: float = PATIENCE_S):
        """The next message of this kind; the others before it are thrown away."""
        deadline = time.monotonic() + within
        while True:
            while self.messages:
                message = self.messages.pop(0)
                if isinstance(message, kind):
                    return message
            assert self._mail.wait(max(deadline - time.monotonic(), 0)), f"no {kind}"
            self._mail.clear()
            self.messages += self.loop.take()

    def read_until(self, channel: Channel, wanted: bytes) -> bytes:
        """All output up to and with `wanted`."""
        data = bytearray()
        while wanted not in data:
            assert self.next(Output).channel is channel
            data += channel.take()
        return bytes(data)

    def run(self, channel: Channel) -> tuple[bytes, int]:
        """All output and the exit status of a program that ends by itself."""
        data = bytearray()
        while True:
            message = self.next((Output, Exited))
            if isinstance(message, Exited):
                assert not channel.take(), "output announced after the exit"
                return bytes(data), message.status
            data += channel.take()

    def in_loop(self, function) -> object:
        """The result of a function run in the loop thread."""
        done = threading.Event()
        results = []

        def run() -> None:
            results.append(function())
            done.set()

        self.loop.call(run)
        assert done.wait(PATIENCE_S)
        return results[0]


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    host.loop.start()
    yield host
    host.loop.stop()


def open_fds() -> set[str]:
    """What this process has open, by target."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            found.add(f"{name} {Path('/proc/self/fd', name).readlink()}")
        except OSError:
            continue  # listdir's own
    return found
