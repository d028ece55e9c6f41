"""Session: real programs, typed into and looked at."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from gputerm.errors import GLError, SpawnError, UsageError
from gputerm.input.chords import ChordError
from gputerm.testing import Session, SessionError, WaitFailed

CURSES = """
import curses
def main(screen):
    curses.mousemask(curses.ALL_MOUSE_EVENTS)
    curses.curs_set(0)
    screen.addstr(0, 0, "Menu", curses.A_BOLD)
    screen.addstr(2, 4, "[ OK ]")
    while True:
        key = screen.getch()
        if key == curses.KEY_MOUSE:
            _, x, y, _, _ = curses.getmouse()
            screen.addstr(4, 0, f"clicked {y},{x}")
        elif key == curses.KEY_DOWN:
            screen.addstr(5, 0, "down")
        elif key == ord("q"):
            return
curses.wrapper(main)
"""


@pytest.fixture
def bash():
    with Session.shell("bash") as session:
        yield session


def python(code, **options):
    return Session(sys.executable, "-c", code, **options)


def test_a_command_gives_its_exit_code_and_output(bash):
    result = bash.run("echo one; echo two; (exit 3)")
    assert (result.exit_code, result.output) == (3, "one\ntwo")
    assert bash.run("printf foo").output == "foo"
    assert bash.run("true").output == ""
    assert bash.run("seq 200").output.split() == [str(n) for n in range(1, 201)]


def test_a_posix_shell_runs_commands_too():
    with Session.shell("sh") as shell:
        assert shell.run("echo hi; false") == shell.run("echo hi; false")
        result = shell.run("printf foo; (exit 2)")
        assert (result.exit_code, result.output) == (2, "foo")


def test_a_wait_doesnt_take_the_echo_for_the_answer(bash):
    bash.run("true")
    bash.type("read line; echo MARK$((40+2))\n")
    bash.rest()
    with pytest.raises(WaitFailed, match="only what was typed"):
        bash.wait("MARK", timeout=0)
    bash.wait("MARK", echo=True, after=0)
    bash.press("Enter")
    assert bash.wait("MARK").match.string[bash.wait("MARK").match.start() :].startswith("MARK42")


def test_a_wait_doesnt_see_stale_text(bash):
    bash.run("echo NEWS")
    bash.press("x")
    bash.wait("$ x", echo=True)
    with pytest.raises(WaitFailed, match="was there before the last input"):
        bash.wait("NEWS", timeout=0)
    assert bash.wait("NEWS", after=0)


def test_what_scrolled_past_before_anybody_looked_is_found(bash):
    bash.type("seq 3000\n")
    bash.wait(re.compile(r"^3000$", re.MULTILINE))
    assert bash.wait(re.compile(r"^500$", re.MULTILINE)).line < 0


def test_text_that_is_written_again_is_new(bash):
    bash.run("true")
    for _ in range(3):
        bash.type("printf 'SAVED\\r'; read\n")
        bash.wait("SAVED")
        bash.press("Enter")
        bash.rest()


def test_an_older_input_can_be_meant():
    with Session.offline() as session:
        session.feed("one\r\n")
        start = session.feed("two\r\n")
        for _ in range(200):  # more than there are generations
            session.feed("x")
        later = session.sequence
        session.feed("three")
        assert session.wait("three", after=later).text == "three"
        with pytest.raises(WaitFailed):
            session.wait("two", after=later)
        assert session.wait("one", after=0).line == 0
        assert start < later


def test_a_wait_ends_with_the_program():
    with Session("sh", "-c", "echo last words; exit 3", timeout=60) as session:
        with pytest.raises(WaitFailed) as caught:
            session.wait("never")
        assert "waited for 'never': the program has ended with 3" in str(caught.value)
        assert "│last words" in str(caught.value)
        assert session.wait("last words", after=0)
        assert session.exit_status == session.wait_exit() == 3
        with pytest.raises(SessionError, match="press: the program has ended"):
            session.press("Enter")


def test_a_wait_in_vain_says_so_and_shows_the_screen():
    with Session("cat") as session:
        session.type("hello")
        session.rest()
        with pytest.raises(WaitFailed) as caught:
            session.wait("goodbye", timeout=0.01)
    first, *box = str(caught.value).splitlines()
    assert first == "waited 0.01 s for 'goodbye' in vain"
    assert box[0].startswith("┌─ cat 80×24 ─")
    assert box[1] == "│hello" + " " * 75 + "│"
    assert box[-1] == "cursor at line 0, column 5"


def test_output_of_cat_is_told_from_its_echo():
    with Session("cat") as session:
        session.type("hello\n")
        assert session.wait("hello").line == 1


def test_a_program_that_computes_is_not_at_rest():
    with python("while True: pass") as session, pytest.raises(WaitFailed, match="is at work"):
        session.rest(timeout=0.5)


def test_rest_waits_for_a_thread():
    code = "import threading as t\nt=t.Thread(target=lambda: (sum(range(9**7)), print(9)))"
    with python(f"{code}\nt.start(); t.join(); input()") as session:
        session.rest()
        assert session.screen == "9"


def test_curses_by_keys_and_mouse():
    with python(CURSES) as session:
        session.click("[ OK ]")
        session.wait("clicked 2,6")
        session.press("Down")  # as application cursor keys, which curses turns on
        session.wait("down")
        assert session.style("Menu").attributes == {"bold"}
        assert not session.cursor_visible
        session.press("q")
        assert session.wait_exit() == 0


@pytest.mark.skipif(shutil.which("vim") is None, reason="vim isn't installed")
def test_vim(tmp_path):
    with Session("vim", "-u", "NONE", "-i", "NONE", "file", cwd=tmp_path) as vim:
        vim.wait("~")
        vim.type("ihello")
        vim.press("Escape")
        vim.rest()
        assert vim.alternate
        assert vim.cell(0, 0).char == "h"
        assert vim.cursor == (0, 4)
        vim.resize(40, 10)
        vim.rest()
        assert vim.size == (40, 10)
        vim.type(":wq\n")
        assert vim.wait_exit() == 0
    assert (tmp_path / "file").read_text() == "hello\n"


def test_the_mouse_must_be_wanted(bash):
    with pytest.raises(SessionError, match="doesn't ask for the mouse"):
        bash.click("$")


def test_nothing_of_the_harness_is_inherited(monkeypatch):
    for name in ("GPUTERM_SOCKET", "GPUTERM_WINDOW_ID", "SDL_VIDEODRIVER", "COLUMNS", "LINES"):
        monkeypatch.setenv(name, "7")
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    with Session("env", env={"EXTRA": "mine"}) as session:
        session.wait_exit()
        names = {line.partition("=")[0] for line in session.text(scrollback=True).splitlines()}
    assert not {name for name in names if name.startswith(("GPUTERM_", "SDL_", "PYTEST_"))}
    assert not names & {"COLUMNS", "LINES"}
    assert {"TERM", "COLORTERM", "EXTRA"} <= names


def test_a_program_that_isnt_there():
    with pytest.raises(SpawnError, match="not found"):
        Session("no-such-program")
    with pytest.raises(UsageError, match="needs a program"):
        Session()


def test_a_key_that_isnt_there(bash):
    with pytest.raises(ChordError):
        bash.press("Foo")


def test_closing_ends_a_program_that_ignores_the_hang_up():
    session = Session("sh", "-c", "trap '' HUP; echo ready; while :; do sleep 1; done")
    session.wait("ready")
    session.close()
    assert session.exit_status == 128 + 9
    with pytest.raises(ProcessLookupError):
        os.kill(session.pid, 0)


def test_offline_cells_events_and_bytes():
    with Session.offline(size=(20, 3)) as session:
        session.feed("\x1b]2;name\x07\x07\x07\x1b[1;4:3;31;48;2;1;2;3mred\x1b[m 日e\u0301\x1b[c")
        red = session.cell(0, 1)
        assert (red.char, red.fg, red.bg, red.underline) == ("e", 1, "#010203", "curly")
        assert red.rgb_bg == "#010203"
        assert session.cell(0, 4).char == "日"
        assert (session.cell(0, 5).char, session.cell(0, 5).width) == ("", 2)
        assert session.cell(0, 6).char == "e\u0301"
        assert session.cell(2, 19).char == " "
        assert (session.title, session.bells) == ("name", 2)
        assert session.find("日").place == (0, 4)
        assert session.sent.startswith(b"\x1b[?")
        assert "red" in session.ansi()
        assert "<pre" in session.html()
        assert session.dump()["format"] == "gputerm-screen"
        with pytest.raises(IndexError):
            session.cell(3, 0)


def test_keys_are_encoded_as_the_program_wants_them():
    with Session.offline() as session:
        session.press("Up", "Ctrl+c")
        session.feed("\x1b[?1h\x1b[?2004h")
        session.press("Up")
        session.paste("a")
        assert session.sent == b"\x1b[A\x03\x1bOA\x1b[200~a\x1b[201~"


def test_a_picture_is_the_same_twice():
    with Session.offline(size=(10, 2)) as session:
        session.feed("\x1b[5;31mred\x1b[m 日")
        first = png(session)
        assert first == session.png()
        session.feed("x")
        assert first != session.png()


def test_importing_it_imports_no_numpy_before_it_is_used():
    code = "import sys, gputerm.testing; print('numpy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_what_the_terminal_itself_echoes_is_seen_as_an_echo():
    with Session.offline() as session:
        session.feed("\x1b[12lname: ")  # SRM: send-receive mode is reset
        session.type("secret")
        assert session.wait("secret", echo=True).place == (0, 6)
        assert session.find("secret")
        with pytest.raises(WaitFailed, match="only what was typed"):
            session.wait("secret")
        session.feed(" ok")
        assert session.wait("secret ok").text == "secret ok"


def test_a_mistake_of_the_terminal_itself_fails_the_test(monkeypatch):
    from gputerm.vt.functions.dispatch import Dispatch

    def broken(self, *arguments):
        raise ZeroDivisionError("one of ours")

    with Session.offline() as session:
        monkeypatch.setattr(Dispatch, "osc", broken)
        with pytest.raises(SessionError, match=r"failed to carry out OSC 2.*one of ours") as caught:
            session.feed("before\x1b]2;title\x07 after")
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
        assert session.screen == "before after"


def test_the_terminals_clock_stands_still_until_it_is_moved_on():
    with Session.offline(size=(12, 1)) as session:
        session.feed("\x1b]133;A\x07\x1b]133;B\x07\x1b]133;C\x07")
        session.feed("\x1b[5mblink\x1b[m\x1b[1 q")  # DECSCUSR 1: a block that blinks
        first = png(session)
        session.advance(0.74)
        assert session.png() == first
        session.advance(0.02)
        assert session.png() != first
        session.advance(0.75)
        assert session.png() == first
        session.advance(0.75)
        without = session.png()
        session.press("x")
        assert session.png() != without  # the cursor is shown after each input
        session.feed("\x1b]133;D;0\x07")
        (block,) = session.terminal.blocks
        assert (block.started_at, round(block.finished_at - block.started_at, 6)) == (
            946684800.0,
            2.26,
        )


def test_twenty_runs_give_one_picture():
    pictures = set()
    for _ in range(20):
        with Session.shell("bash", size=(40, 6)) as shell:
            shell.run("printf '\\e[5;31mred\\e[m \\e[1 q\\e[4:3;58;5;2mwavy\\e[m 日本 😀\\n'")
            shell.rest()
            pictures.add(png(shell))
    assert len(pictures) == 1


def test_a_recording_shows_what_the_terminal_was_given():
    with Session("sh", "-c", "printf '\\033[1mé'; read x; echo $x") as session:
        session.wait("é")
        session.resize(40, 10)
        session.type("ok\n")
        session.wait_exit()
        header, *rows = map(json.loads, session.cast().splitlines())
    assert (header["version"], header["width"], header["height"]) == (2, 80, 24)
    assert [row[2] for row in rows if row[1] == "r"] == ["40x10"]
    assert "".join(row[2] for row in rows if row[1] == "o") == "\x1b[1méok\r\nok\r\n"
    times = [row[0] for row in rows]
    assert times == sorted(times)


def test_a_recording_is_bounded(monkeypatch):
    from gputerm.testing import recording

    monkeypatch.setattr(recording, "MAX_BYTES", 1000)
    with Session.offline() as session:
        for number in range(1000):
            session.feed(f"{number}\r\n")
        rows = session.cast().splitlines()[1:]
    assert "999" in rows[-1]
    assert 100 < len(rows) < 300


def png(session):
    """Its picture, where there is OpenGL."""
    try:
        return session.png()
    except GLError as error:
        pytest.skip(str(error))


def test_a_program_may_ask_for_another_size():
    script = r"printf '\033[8;10;40t'; read x; stty size; read x"
    with Session("sh", "-c", script) as session:
        session.wait(lambda one: one.size == (40, 10))
        session.press("Enter")
        session.wait("10 40")
    with Session("sh", "-c", script, config=["terminal.trust=Untrusted"]) as session:
        session.rest()
        session.press("Enter")
        session.wait("24 80")
        assert session.size == (80, 24)


def test_a_program_that_writes_for_ever_is_not_kept_for_ever():
    with Session.offline(size=(20, 4), config=["scrolling.history=50"]) as session:
        for number in range(150):
            session.feed(f"line {number}\r\n\x1b]133;A\x07\x1b]133;C\x07\x1b]133;D;0\x07")
            session.wait(f"line {number}", after=0)
        twin = session._rig.twin
        assert len(twin._history) < 100
        session.feed("\x1b]133;A\x07\x1b]133;D\x07" * 3000)
        assert len(twin.places) <= 4000
        for _ in range(30):
            session.feed(b"\x1b]52;c;" + b"QUJD" * 200_000 + b"\x07")
        assert sum(len(event.data) for event in session.events if hasattr(event, "data")) < 17 << 20
        assert session.clipboard.startswith("ABC")


def test_the_clipboard_and_the_focus():
    with Session.offline(size=(4, 1), config=["terminal.osc52=CopyPaste"]) as session:
        session.feed("\x1b]52;c;QUJD\x07")
        assert session.clipboard == "ABC"
        session.clipboard = "xyz"
        session.feed("\x1b]52;c;?\x07")
        assert b"eHl6" in session.sent
        session.feed("\x1b[?1004h")
        focused = png(session)
        session.focus(False)
        assert session.sent.endswith(b"\x1b[O")
        assert session.png() != focused  # the cursor is hollow
        session.feed("\x1b]52;c;REVG\x07")
        assert session.clipboard == "xyz"  # not for a program that isn't looked at
