"""What a program may do to its window (XTWINOPS)."""

SCRIPT = r"""
import os, re, sys, tty
tty.setraw(0)
def ask(question):
    os.write(1, b"\x1b[" + question)
    reply = b""
    while not reply.endswith((b"t", b"R")):
        reply += os.read(0, 1)
    return reply.decode().removeprefix("\x1b[")
def say(what):
    os.write(1, what.encode() + b"\r\n")
"""


def program(*lines: str) -> list[str]:
    return ["python3", "-c", SCRIPT + "\n".join(lines) + "\nos.read(0, 1)"]


def test_a_size_is_granted_at_once_and_the_window_follows(gputerm):
    lines = ('say(ask(b"18t"))', "os.read(0, 1)", 'say(ask(b"8;30;100t\\x1b[18t"))')
    window = gputerm("-e", *program(*lines))
    window.wait_text("8;24;80t")
    height, width, _ = window.pixels().shape
    window.focus()
    window.type("x")
    window.wait_text("8;30;100t")
    larger = (height // 24 * 30, width // 80 * 100, 3)
    window.wait_for(lambda: window.pixels().shape == larger, "a larger window")


def test_no_program_moves_or_iconifies_the_window(gputerm):
    window = gputerm("-e", *program('say(ask(b"3;7;9t\\x1b[2t\\x1b[13t") + ask(b"11t"))'))
    screen = window.wait_text("3;.*1t")
    assert "3;7;9t" not in screen


def test_conformance_tests_move_it(gputerm):
    lines = ('os.write(1, b"\\x1b[3;7;9t")', 'while "3;7;9t" not in (at := ask(b"13t")): pass')
    window = gputerm("--test-reports", "-e", *program(*lines, "say(at)"))
    window.wait_text("3;7;9t")
