"""A terminal at work on a real pty, without a window."""

import os
import select
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from gputerm.host import Channel, Loop, Output, Pty
from gputerm.host.flood import Flood
from gputerm.pane.session import _SLICE, MAX_BEHIND_PASTES, MAX_PASTES, Session
from gputerm.view import SelectionKind, Side
from gputerm.vt import Terminal, TerminalOptions, WindowFacts

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


def cat(loop: Loop) -> Session:
    """A session whose program returns each line that it reads."""
    script = ["/bin/sh", "-c", "stty -echo; echo ready; exec cat"]
    pty = Pty.spawn(script, cwd="/", env=dict(os.environ), lines=24, columns=80)
    session = Session(Terminal(24, 80), Channel(loop, pty), word_separators="")
    shows(loop, session, "ready")
    return session


def shows(loop: Loop, session: Session, text: str) -> None:
    """Pump until the screen has a text."""
    while text not in session.terminal.text((0, 0), (23, 80)):
        wait_for_output(loop)
        session.pump(time.monotonic() + PATIENCE_S)


def test_what_is_typed_waits_behind_pastes(loop):
    session = cat(loop)
    one, two = session.expect_paste(), session.expect_paste()
    session.send(b"typed\n")
    assert session.pasting
    session.paste_came(two, "two\n")
    session.paste_came(one, "one\n")
    assert not session.pasting
    shows(loop, session, "one\ntwo\ntyped")


def test_pastes_that_are_dropped_let_go_of_what_was_typed(loop):
    session = cat(loop)
    one, two = session.expect_paste(), session.expect_paste()
    session.send(b"first\n")
    session.send(b"second\n")
    session.drop_pastes()
    assert not one.wanted
    assert not two.wanted
    shows(loop, session, "ready\nfirst\nsecond")


def test_what_waits_for_pastes_has_a_limit(loop):
    session = cat(loop)
    pastes = [session.expect_paste() for _ in range(MAX_PASTES + 5)]
    assert pastes[MAX_PASTES:] == [None] * 5
    assert session.send(bytes(MAX_BEHIND_PASTES))
    assert not session.send(b"x")


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
    assert 0 < session.received <= _SLICE
    channel.write(b"go\n")
    wait_for_output(loop)
    while session.received < first:
        session.pump(LONG_AGO)
    assert session.has_unread
    session.pump(LONG_AGO)
    assert "done" in session.terminal.text((0, 0), (session.terminal.cursor_line, 80))
    channel.close()


def test_a_flood_is_read_in_turn_and_arrives_whole(loop, tmp_path, monkeypatch):
    always = property(lambda self: True, lambda self, value: None)
    monkeypatch.setattr(Flood, "in_turn", always, raising=False)
    numbers = " ".join(map(str, range(200000)))
    (tmp_path / "numbers").write_text(numbers)
    script = (
        "stty raw -echo; printf ready; head -c 1 >key; cat numbers; "
        "printf ' \\033[5n'; head -c 4 >answer; printf over; read x"
    )
    argv = ["/bin/sh", "-c", script]
    pty = Pty.spawn(argv, cwd=str(tmp_path), env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    terminal = Terminal(24, 80)
    session = Session(terminal, channel, word_separators="")
    deadline = time.monotonic() + PATIENCE_S

    def pump_until(text: str) -> None:
        while not terminal.text((terminal.cursor_line, 0), (terminal.cursor_line, 80)).endswith(
            text
        ):
            assert time.monotonic() < deadline
            if not session.has_unread:
                wait_for_output(loop)
            session.pump(time.monotonic() + 0.004)
            if session.received % 3 == 0:
                channel.let_read_ahead()  # as while a frame is drawn

    pump_until("ready")
    descriptor = channel.take_turn()
    assert descriptor is not None
    before = session.received
    channel.write(b"\r")
    assert select.select([descriptor], [], [], PATIENCE_S)[0]
    session.pump(LONG_AGO)
    assert session.received > before, "nobody else has read"
    pump_until("over")
    session.pump(deadline)
    assert time.monotonic() < deadline, "it waits for ever for more"
    assert not session.has_unread
    seen = terminal.text((terminal.first_line, 0), (terminal.cursor_line, 80))
    assert len(seen) > 500_000
    assert f"ready{numbers} over".endswith(seen.replace("\n", ""))
    assert (tmp_path / "answer").read_bytes() == b"\x1b[0n"
    channel.close()


def test_expensive_functions_end_a_slice(loop):
    """Once, a slice was so many bytes, and 36 KB of REP held every window up for seconds."""
    script = "stty raw -echo; python3 -c \"print('a\\033[65535b' * 4000)\"; read end"
    pty = Pty.spawn(["/bin/sh", "-c", script], cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    session = Session(Terminal(24, 80), channel, word_separators="")
    deadline = time.monotonic() + PATIENCE_S
    while len(channel._inbox) < 36_000:
        assert time.monotonic() < deadline
    for count in range(1, 10):
        session.pump(LONG_AGO)
        assert session.received <= count * 10
        assert session.has_unread
    channel.close()


ASKS = """
import os, tty
tty.setraw(0)
for number in range(200):
    os.write(1, b"\033[5n")
    while os.read(0, 1) != b"n":
        pass
os.write(1, b"done")
os.read(0, 1)
"""


def test_who_waits_for_each_answer_is_not_taken_for_a_trickle(loop, monkeypatch):
    """Short bursts soon after each other are waited for, unless an answer caused them."""
    monkeypatch.setattr("gputerm.host.channel._TRICKLE_NAP_S", PATIENCE_S)
    monkeypatch.setattr("gputerm.host.channel._TRICKLE_GAP_S", PATIENCE_S)
    argv = [sys.executable, "-c", ASKS]
    pty = Pty.spawn(argv, cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    terminal = Terminal(24, 80)
    session = Session(terminal, channel, word_separators="")
    while "done" not in terminal.text((0, 0), (23, 80)):
        wait_for_output(loop)
        while session.pump(LONG_AGO) or session.has_unread:
            pass
    channel.close()


def test_what_a_resize_leaves_is_done_by_pump_and_what_is_seen_comes_first(loop):
    pty = Pty.spawn(["/bin/cat"], cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    terminal = Terminal(24, 80, TerminalOptions(history=50_000))
    session = Session(terminal, channel, word_separators="")
    text = "".join(f"{number:06} {'word ' * 12}end\r\n" for number in range(20_000))
    terminal.feed(text.encode())
    session.viewport.scroll_to(1000)
    session.select(SelectionKind.LINES, (2000, 0), Side.LEFT)
    assert session.selected_text().startswith("002000 word")
    session.resize(24, 40, WindowFacts(400, 480))
    assert session.reflowing
    assert session.snapshot().row_flags.any()
    top = session.viewport.top
    assert top is not None
    assert terminal.text((top, 0), (top + 2, 0)).strip() == f"001000 {'word ' * 12}end"
    assert session.selected_text() == f"002000 {'word ' * 12}end\n"
    assert session.reflowing
    wait_for_output(loop)  # It says by itself that there is something to do.
    pumps = 0
    while session.reflowing:
        assert session.pump(LONG_AGO) == []
        pumps += 1
    assert pumps > 3
    assert not session.has_unread
    assert terminal.text((session.viewport.first_line, 0), (session.viewport.first_line, 6)) == (
        "001000"
    )
    assert session.selected_text() == f"002000 {'word ' * 12}end\n"
    assert terminal.text((terminal.first_line, 0), (terminal.cursor_line, 40)) == text.replace(
        "\r", ""
    )
    channel.close()
