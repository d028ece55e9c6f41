"""A pane at work on a real pty, or on a recording; no window, configuration or socket."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from panes import Recording, Viewer, new_pane

from gputerm.host import Channel, Loop, Output, Pty
from gputerm.host.flood import Flood
from gputerm.pane.events import AttentionWanted, Happened, ReachedOut
from gputerm.pane.options import PaneOptions
from gputerm.pane.pane import _SLICE, Pane
from gputerm.pane.typing import MAX_BEHIND_PASTES, MAX_PASTES
from gputerm.policy.privileges import Privilege, Trust
from gputerm.view import SelectionKind, Side
from gputerm.vt import Terminal, TerminalOptions, WindowFacts

PATIENCE_S = 20.0
LONG_AGO = 0.0  #: a deadline that lets `pump` feed one slice


@pytest.fixture
def loop() -> Iterator[Loop]:
    came = threading.Event()
    loop = Loop(came.set)
    loop.message_came = came  # type: ignore[attr-defined]
    loop.start()
    yield loop
    loop.stop()


def wait_for_output(loop: Loop) -> None:
    """Until the loop says that there is something to take."""
    messages: list[object] = []
    while not any(isinstance(message, Output) for message in messages):
        assert loop.message_came.wait(PATIENCE_S)  # type: ignore[attr-defined]
        loop.message_came.clear()  # type: ignore[attr-defined]
        messages += loop.take()


def cat(loop: Loop) -> Pane:
    """A pane whose program returns each line that it reads."""
    script = ["/bin/sh", "-c", "stty -echo; echo ready; exec cat"]
    pty = Pty.spawn(script, cwd="/", env=dict(os.environ), lines=24, columns=80)
    pane = new_pane(Channel(loop, pty))
    shows(loop, pane, "ready")
    return pane


def shows(loop: Loop, pane: Pane, text: str) -> None:
    """Pump until the screen has a text."""
    while text not in pane.terminal.text((0, 0), (23, 80)):
        wait_for_output(loop)
        pane.pump(time.monotonic() + PATIENCE_S)


def test_what_is_typed_waits_behind_pastes(loop):
    pane = cat(loop)
    one, two = pane.typing.expect_paste(), pane.typing.expect_paste()
    pane.typing.send(b"typed\n")
    assert pane.typing.pasting
    pane.typing.paste_came(two, "two\n")
    pane.typing.paste_came(one, "one\n")
    assert not pane.typing.pasting
    shows(loop, pane, "one\ntwo\ntyped")


def test_pastes_that_are_dropped_let_go_of_what_was_typed(loop):
    pane = cat(loop)
    one, two = pane.typing.expect_paste(), pane.typing.expect_paste()
    pane.typing.send(b"first\n")
    pane.typing.send(b"second\n")
    pane.typing.drop_pastes()
    assert not one.wanted
    assert not two.wanted
    shows(loop, pane, "ready\nfirst\nsecond")


def test_what_waits_for_pastes_has_a_limit(loop):
    pane = cat(loop)
    pastes = [pane.typing.expect_paste() for _ in range(MAX_PASTES + 5)]
    assert pastes[MAX_PASTES:] == [None] * 5
    assert pane.typing.send(bytes(MAX_BEHIND_PASTES))
    assert not pane.typing.send(b"x")


def test_output_that_came_while_a_rest_was_parsed_is_not_forgotten(loop):
    """It is announced once; a pump that ends with the rest must say that there is more."""
    first = _SLICE + 1000
    script = (
        f"stty raw -echo; head -c {first} /dev/zero | tr '\\0' x; read go; printf done; read end"
    )
    pty = Pty.spawn(["/bin/sh", "-c", script], cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    pane = new_pane(channel)
    wait_for_output(loop)
    deadline = time.monotonic() + PATIENCE_S
    while len(channel._inbox) < first:
        assert time.monotonic() < deadline
    pane.pump(LONG_AGO)
    assert 0 < pane.received <= _SLICE
    channel.write(b"go\n")
    wait_for_output(loop)
    while pane.received < first:
        pane.pump(LONG_AGO)
    assert pane.far_end.has_output
    pane.pump(LONG_AGO)
    assert "done" in pane.terminal.text((0, 0), (pane.terminal.cursor_line, 80))
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
    pane = new_pane(channel, terminal)
    deadline = time.monotonic() + PATIENCE_S

    def pump_until(text: str) -> None:
        while not terminal.text((terminal.cursor_line, 0), (terminal.cursor_line, 80)).endswith(
            text
        ):
            assert time.monotonic() < deadline
            if not pane.far_end.has_output:
                wait_for_output(loop)
            pane.pump(time.monotonic() + 0.004)
            if pane.received % 3 == 0:
                channel.pause()  # as while a frame is drawn

    pump_until("ready")
    descriptor = channel._pty.fd
    assert channel.turn.take(descriptor)
    before = pane.received
    channel.write(b"\r")
    assert select.select([descriptor], [], [], PATIENCE_S)[0]
    pane.pump(LONG_AGO)
    assert pane.received > before, "nobody else has read"
    pump_until("over")
    pane.pump(deadline)
    assert time.monotonic() < deadline, "it waits for ever for more"
    assert not pane.far_end.has_output
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
    pane = new_pane(channel)
    deadline = time.monotonic() + PATIENCE_S
    while len(channel._inbox) < 36_000:
        assert time.monotonic() < deadline
    for count in range(1, 10):
        pane.pump(LONG_AGO)
        assert pane.received <= count * 10
        assert pane.far_end.has_output
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
    pane = new_pane(channel, terminal)
    while "done" not in terminal.text((0, 0), (23, 80)):
        wait_for_output(loop)
        while pane.pump(LONG_AGO):
            pass
    channel.close()


def test_what_a_resize_leaves_is_done_by_pump_and_what_is_seen_comes_first(loop):
    pty = Pty.spawn(["/bin/cat"], cwd="/", env=dict(os.environ), lines=24, columns=80)
    channel = Channel(loop, pty)
    terminal = Terminal(24, 80, TerminalOptions(history=50_000))
    pane = new_pane(channel, terminal)
    text = "".join(f"{number:06} {'word ' * 12}end\r\n" for number in range(20_000))
    terminal.feed(text.encode())
    pane.view.viewport.scroll_to(1000)
    pane.view.select(SelectionKind.LINES, (2000, 0), Side.LEFT)
    assert pane.view.selected_text().startswith("002000 word")
    pane.resize(24, 40, WindowFacts(400, 480))
    assert pane.terminal.reflowing
    assert pane.view.snapshot().row_flags.any()
    top = pane.view.viewport.top
    assert top is not None
    assert terminal.text((top, 0), (top + 2, 0)).strip() == f"001000 {'word ' * 12}end"
    assert pane.view.selected_text() == f"002000 {'word ' * 12}end\n"
    assert pane.terminal.reflowing
    wait_for_output(loop)  # It says by itself that there is something to do.
    pumps = 0
    while pane.terminal.reflowing:
        pane.pump(LONG_AGO)
        pumps += 1
    assert pumps > 3
    assert not pane.far_end.has_output
    assert terminal.text(
        (pane.view.viewport.first_line, 0), (pane.view.viewport.first_line, 6)
    ) == ("001000")
    assert pane.view.selected_text() == f"002000 {'word ' * 12}end\n"
    assert terminal.text((terminal.first_line, 0), (terminal.cursor_line, 40)) == text.replace(
        "\r", ""
    )
    channel.close()


def test_a_pane_needs_no_program_and_nobody_who_shows_it():
    far_end = Recording(b"\x1b]2;recorded\x1b\\\x1b[5n\a\x1b]52;c;?\x1b\\hello")
    pane = new_pane(far_end)
    assert not pane.pump(time.monotonic() + PATIENCE_S)
    assert pane.terminal.line_text(0) == "hello"
    assert pane.title == "recorded"
    assert far_end.told == b"\x1b[0n"
    assert pane.typing.text("ls")
    assert far_end.told == b"\x1b[0nls"


def test_events_go_to_whoever_shows_the_pane_now():
    far_end = Recording(b"\x1b]2;one\x1b\\")
    pane = new_pane(far_end)
    first = Viewer(pane)
    pane.pump(LONG_AGO)
    assert first.events == [
        ReachedOut(Privilege.TITLE, True, 3),
        Happened("title", {"title": "one"}),
    ]
    second = Viewer(pane)
    far_end.said = b"\a"
    pane.pump(LONG_AGO)
    assert second.events == [
        Happened("bell", {}),
        ReachedOut(Privilege.ATTENTION, True, 0),
        AttentionWanted(),
    ]
    assert len(first.events) == 2


def test_what_fails_in_acting_on_one_event_leaves_the_others():
    far_end = Recording(b"\x1b]2;one\x1b\\\x1b]7;file:///tmp\x1b\\")
    pane = new_pane(far_end)
    viewer = Viewer(pane)

    def fail(event):
        raise OSError("broken")

    viewer.act_on = fail
    with pytest.raises(OSError, match="broken"):
        pane.pump(LONG_AGO)
    del viewer.act_on
    pane.pump(LONG_AGO)
    assert Happened("cwd", {"host": "", "path": "/tmp"}) in viewer.events


def test_whoever_changes_the_view_needn_t_tell_the_one_who_shows_it():
    pane = new_pane(Recording(b"line\r\n" * 100))
    pane.pump(LONG_AGO)
    viewer = Viewer(pane)
    for change in (
        lambda: pane.view.viewport.scroll_lines(3),
        lambda: pane.view.select(SelectionKind.LINES, (90, 0), Side.LEFT),
        lambda: pane.view.extend_selection((92, 0), Side.LEFT),
        pane.view.clear_selection,
        lambda: pane.typing.text("x"),  # returns to the bottom
    ):
        before = viewer.damages
        change()
        assert viewer.damages > before
    before = viewer.damages
    pane.view.viewport.to_bottom()  # is there
    pane.view.clear_selection()
    pane.typing.text("x")
    assert viewer.damages == before


def test_a_pane_imports_no_window_drawing_configuration_or_socket():
    code = "import sys, gputerm.pane.pane; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    modules = set(loaded.stdout.decode().split())
    for other in ("sdl2", "OpenGL", "freetype", "gputerm.config", "gputerm.ipc", "gputerm.window"):
        assert other not in modules


def test_a_rule_of_trust_names_the_window_that_a_pane_was_opened_in():
    options = PaneOptions(trust_rules=(("id:7", Trust.UNTRUSTED),))
    recording = Recording(b"")
    in_seven = Pane(3, Terminal(24, 80), recording, options=options, opened_in=7)
    assert in_seven.trust is Trust.UNTRUSTED
    seventh = Pane(7, Terminal(24, 80), recording, options=options, opened_in=2)
    assert seventh.trust is Trust.DEFAULT
