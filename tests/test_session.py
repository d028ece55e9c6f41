"""A terminal at work on a real pty, without a window."""

import os
import threading
import time
from collections.abc import Iterator

import pytest

from gputerm.host import Channel, Loop, Output, Pty
from gputerm.session import _SLICE, Session
from gputerm.vt import Terminal

PATIENCE_S = 20.0
LONG_AGO = 0.0  #: a deadline that lets `pump` feed one slice


@pytest.fixture
def loop() -> Iterator[Loop]:
    mail = threading.Event()
    loop = Loop(mail.set)
    loop.mail_came = mail  # type: ignore[attr-defined]
    loop.start()
    yield loop
    loop.stop()


def wait_for_output(loop: Loop) -> None:
    """Until the loop says that there is something to take."""
    messages: list[object] = []
    while not any(isinstance(message, Output) for message in messages):
        assert loop.mail_came.wait(PATIENCE_S)  # type: ignore[attr-defined]
        loop.mail_came.clear()  # type: ignore[attr-defined]
        messages += loop.take()


def test_output_that_came_while_a_rest_was_parsed_is_not_forgotten(loop):
    """It is announced once; a pump that ends with the rest must say that there is more."""
    first = _SLICE + 1000
    script = (
        f"stty raw -echo; head -c {first} /dev/zero | tr '\\0' x; read go; printf done; read end"
    )
    pty = Pty.spawn(["/bin/sh", "-c", script], cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    session = Session(Terminal(24, 80), channel, word_separators="")
    wait_for_output(loop)
    deadline = time.monotonic() + PATIENCE_S
    while len(channel._inbox) < first:
        assert time.monotonic() < deadline
    session.pump(LONG_AGO)
    assert session.received == _SLICE
    channel.write(b"go\n")
    wait_for_output(loop)
    session.pump(LONG_AGO)
    assert session.received == first
    assert session.has_unread
    session.pump(LONG_AGO)
    assert "done" in session.terminal.text((0, 0), (session.terminal.cursor_line, 80))
    channel.close()
