"""`gputerm msg` as a program: arguments in, answer and exit code out."""

import json
import os
import socket
import subprocess
import sys

import pytest

from gputerm.errors import IpcError
from gputerm.ipc import protocol
from gputerm.ipc.client import caller
from gputerm.ipc.client.msg import main
from gputerm.ipc.client.remote import Remote
from gputerm.ipc.commands import COMMANDS
from gputerm.ipc.protocol import Fault


@pytest.fixture
def msg(terminal, monkeypatch, capfd):
    """Run a command against the terminal: exit code, output, complaints."""
    for name in ("GPUTERM_PANE_ID", "XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GPUTERM_SOCKET", terminal.path)

    def run(*argv: str):
        code = main(argv)
        output = capfd.readouterr()
        return code, output.out, output.err

    return run


def test_create_window_sends_what_was_asked_and_prints_the_id(msg, terminal, monkeypatch):
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "token")
    terminal.answer = lambda request: request.reply({"window_id": 12, "pid": 3})
    arguments = "--hold --title=a=b --class g,i --working-directory sub -o a=1 b=2 -o c=3 -e ls -o"
    assert msg("create-window", *arguments.split()) == (0, "12\n", "")
    params = terminal.requests[0].params
    unsaid = {"env": [], "size": None, "position": None, "trust": None, "wait": False}
    assert params == {
        **unsaid,
        "working_directory": os.path.join(os.getcwd(), "sub"),
        "hold": True,
        "title": "a=b",
        "class": "g,i",
        "option": ["a=1", "b=2", "c=3"],
        "command": ["ls", "-o"],
        "cwd": os.getcwd(),
        "activation_token": "token",
    }


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["a=1", "b=2"], "", {"options": ["a=1", "b=2"], "window_id": None, "reset": False}),
        (["-w", "-1", "a=1"], "5", {"options": ["a=1"], "window_id": -1, "reset": False}),
        (["--window-id=8", "a=1"], "5", {"options": ["a=1"], "window_id": 8, "reset": False}),
        (["-r"], "5", {"options": [], "pane": 5, "reset": True}),
        (["-r"], "junk", {"options": [], "window_id": None, "reset": True}),
    ],
)
def test_config_goes_to_the_window_meant(
    msg, terminal, monkeypatch, arguments, environment, expected
):
    monkeypatch.setenv("GPUTERM_PANE_ID", environment)
    terminal.answer = lambda request: request.reply()
    assert msg("config", *arguments) == (0, "", "")
    unsaid = {"match": None, "unset": [], "window_id": None, "pane": None}
    assert terminal.requests[0].params == {**unsaid, **expected}


def test_the_window_around_us_means_nothing_to_another_gputerm(msg, terminal, monkeypatch):
    monkeypatch.setenv("GPUTERM_PANE_ID", "5")
    terminal.answer = lambda request: request.reply({"windows": []})
    assert msg("close")[0] == 0
    assert msg("close", "-w", "self")[0] == 0
    monkeypatch.setenv("GPUTERM_SOCKET", "/elsewhere")
    assert msg("-s", terminal.path, "close")[0] == 0
    assert [request.params["pane"] for request in terminal.requests] == [5, 5, None]
    assert all(request.params["window"] is None for request in terminal.requests)
    code, _, complaint = msg("-s", terminal.path, "close", "-w", "self")
    assert (code, "no pane of that gputerm" in complaint) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "which command?"),
        (["creat-window"], "did you mean create-window?"),
        (["--nonsense"], "unknown option --nonsense"),
        (["-s"], "-s needs a value"),
        (["create-window", "stray"], "unexpected stray"),
        (["create-window", "-e"], "-e needs a value"),
        (["create-window", "--hold=yes"], "--hold takes no value"),
        (["config"], "needs one of options, reset or unset"),
        (["screenshot"], "needs FILE"),
        (["get-text", "nonsense"], "expected one of screen, scrollback"),
        (["get-text", "screen", "more"], "unexpected more"),
        (["get-text", "--format", "x"], "expected one of plain, ansi"),
        (["get-text", "-w", "x"], 'expected a number, got "x"'),
        (["set-font-size", "nan"], "expected a number"),
        (["send-keys"], "needs keys"),
        (["config", "-r", "a=1"], "needs one of options, reset or unset"),
        (["get-config", "-w", "x"], "expected a number"),
    ],
)
def test_misuse_is_exit_code_2_and_sends_nothing(msg, terminal, arguments, reason):
    code, output, complaint = msg(*arguments)
    assert (code, output) == (2, "")
    assert reason in complaint
    assert complaint.startswith("gputerm msg: ")
    assert not terminal.requests


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (protocol.NO_SUCH_WINDOW, 3),
        (protocol.FAILED, 3),
        (protocol.IN_VAIN, 4),
        (protocol.ENDED, 5),
    ],
)
def test_refusals_have_exit_codes_of_their_own(msg, terminal, code, expected):
    terminal.answer = lambda request: request.fail(code, "no window 9")
    assert msg("get-config", "-w", "9") == (expected, "", "gputerm msg: no window 9\n")
    returned, output, complaint = msg("--json", "get-config")
    assert (returned, output) == (expected, "")
    assert json.loads(complaint)["error"]["code"] == code


def test_all_problems_are_named(msg, terminal):
    problems = [
        {
            "severity": "error",
            "file": "override",
            "line": None,
            "column": None,
            "key": key,
            "message": "unknown",
        }
        for key in ("font.sise", "colour", "windo")
    ]
    terminal.answer = lambda request: request.fail(protocol.INVALID_OPTION, "first", problems)
    code, _, complaint = msg("config", "a=1")
    assert (code, complaint.splitlines()) == (
        3,
        [f"gputerm msg: override: {key}: unknown" for key in ("font.sise", "colour", "windo")],
    )


@pytest.mark.parametrize(
    ("arguments", "seconds"),
    [
        (("--timeout", "0.05", "ping"), 0.05),
        (("--timeout=0.05", "wait", "--exit"), 0.05),
        (("wait", "--text", "x", "--timeout", "0.01"), 0.06),
    ],
)
def test_nobody_waits_for_ever_on_a_process_that_is_stopped(
    msg, terminal, monkeypatch, arguments, seconds
):
    monkeypatch.setattr(caller, "REPLY_TIMEOUT_S", 0.05)
    terminal.hold()
    complaint = f"gputerm msg: no answer within {seconds:g} s\n"
    assert msg(*arguments) == (69, "", complaint)
    code, _, complaint = msg("--timeout", "soon", "ping")
    assert (code, "expected seconds up to 1,000,000, got soon" in complaint) == (2, True)


@pytest.fixture
def orphan(msg, terminal, monkeypatch, runtime):
    """`msg` in a window whose terminal is gone, while `terminal` is there."""
    gone = os.path.join(os.path.dirname(terminal.path), "gone.sock")
    for name, value in {**runtime, "GPUTERM_SOCKET": gone, "GPUTERM_PANE_ID": "5"}.items():
        monkeypatch.setenv(name, value)
    return msg, f'"{gone}" is gone; "{terminal.path}" answers'


def test_another_gputerm_is_named_when_it_answers(orphan, terminal):
    msg, warning = orphan
    terminal.answer = lambda request: request.reply({"text": "hello"})
    assert msg("get-text") == (0, "hello\n", f"gputerm msg: {warning}\n")
    code, _, complaint = msg("--json", "get-text")
    assert (code, json.loads(complaint)["warning"]["message"]) == (0, warning)


@pytest.mark.parametrize(
    "arguments",
    [
        *(("send-text", "rm -r"), ("send-keys", "Enter"), ("close",), ("set-title", "x")),
        *(("config", "font.size=20"), ("resize", "--lines", "9"), ("close", "-w", "self")),
        ("close", "--pane", "self"),
    ],
)
def test_a_window_of_another_gputerm_is_not_taken_for_this_one(orphan, terminal, arguments):
    msg, _ = orphan
    code, _, complaint = msg(*arguments)
    assert (code, "the gputerm of this window" in complaint) == (2, True)
    with Remote.find() as remote, pytest.raises(Fault, match="say --window or --match"):
        remote.send_text("rm -r")
    assert not terminal.requests


def test_another_gputerm_does_what_is_said_to_it_expressly(orphan, terminal):
    msg, _ = orphan
    terminal.answer = lambda request: request.reply({"windows": []})
    for where in (("-w", "3"), ("-w", "focused"), ("-m", "title:x")):
        assert msg("close", *where)[0] == 0
    assert len(terminal.requests) == 3


def test_nobody_there_is_exit_code_69(msg):
    assert msg("-s", "/nope", "ping") == (69, "", 'gputerm msg: invalid socket path "/nope"\n')


def test_results_for_people_and_for_programs(msg, terminal):
    window = {
        "id": 1,
        "pane_id": 4,
        "title": "a\x1b[2J",
        "columns": 80,
        "lines": 24,
        "cwd": None,
        "command": ["sh"],
        "pid": 7,
        "tty": "/dev/pts/3",
        "foreground": {"pid": 8, "command": ["vim", "x"]},
        "focused": True,
        "at_prompt": True,
        "last_exit_status": 2,
        "exit_status": None,
    }
    other = {**window, "id": 10, "foreground": None, "exit_status": 1, "focused": False}
    windows = [window, other]
    terminal.answer = lambda request: request.reply({"windows": windows})
    assert msg("list")[1].splitlines() == [
        "ID  PANE  SIZE   PID  TTY    STATE       COMMAND  DIRECTORY  TITLE",
        "*1  4     80x24  7    pts/3  prompt (2)  vim x    -          a�[2J",
        "10  4     80x24  7    pts/3  ended 1     sh       -          a�[2J",
    ]
    assert json.loads(msg("--json", "list")[1]) == {"windows": windows}
    assert json.loads(msg("list", "--json")[1]) == {"windows": windows}
    assert msg("version")[1].startswith("gputerm ")


@pytest.mark.parametrize("arguments", [["-h"], ["--help"]])
def test_help_lists_every_command(msg, arguments):
    code, output, _ = msg(*arguments)
    assert code == 0
    assert all(f"  {command.name} " in output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_without_a_server(command, capfd):
    assert main(["-s", "/nope", command.name, "-h"]) == 0
    output = capfd.readouterr().out
    assert all(flag in output for p in command.parameters for flag in p.flags)
    assert all(len(line) <= 120 for line in output.splitlines())


def test_remote_says_what_failed(terminal):
    with Remote.find(terminal.path) as remote:
        assert remote.call("ping") == {}
        with pytest.raises(Fault, match="no such command"):
            remote.call("nonsense")
        with pytest.raises(Fault, match="bytes at most"):
            remote.call("create-window", title="x" * protocol.MAX_LINE)
        terminal.in_loop(terminal.server._close_now)
        with pytest.raises(IpcError, match="connection"):
            remote.call("ping")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "closed the connection"),
        (b"junk\n", "not JSON"),
        (b"\xff\n", "not JSON"),
        (b"[]\n", "another call"),
        (b'{"id":99,"result":1}\n', "another call"),
    ],
)
def test_remote_survives_a_bad_server(answer, reason):
    ours, theirs = socket.socketpair()
    with ours, theirs, Remote(ours, "") as remote:
        theirs.sendall(answer)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(IpcError, match=reason):
            remote.call("ping")


def test_client_imports_little(terminal):
    code = (
        "import sys; from gputerm.ipc.client import msg; msg.main(['version']);"
        "print(*sorted(sys.modules))"
    )
    env = {**os.environ, "GPUTERM_SOCKET": terminal.path}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=True
    )
    heavy = "re enum json socket typing dataclasses argparse contextlib functools numpy sdl2 OpenGL"
    assert not set(heavy.split()) & set(done.stdout.split())


def test_closed_pipe_is_no_traceback(terminal):
    env = {**os.environ, "GPUTERM_SOCKET": terminal.path}
    env.pop("PYTHONUNBUFFERED", None)  # Only what is left in the buffer makes trouble at the end.
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "gputerm", "msg", "version"],
            env=env,
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
