"""What a gputerm process is to others: its windows, its end, its exit codes, its child."""

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from operator import le
from pathlib import Path

import pytest
from Xlib import display

from gputerm.ipc.client.remote import Remote

pytestmark = pytest.mark.window


def ended(terminal, code=0):
    """Wait for the process's end; nothing of it may be left."""
    assert terminal.process.wait(20) == code, terminal.stderr()
    assert not terminal.socket.exists()
    assert "Traceback" not in terminal.stderr()


def test_the_end_of_the_last_program_ends_the_process(gputerm):
    terminal = gputerm("-e", "sh", "-c", "read line; exit 7")
    terminal.call("send-text", text="x\n")
    ended(terminal)
    assert terminal.stderr() == ""


def test_a_shell_that_cannot_be_started_leaves_the_user_with_another(gputerm, message_rows):
    terminal = gputerm("-o", 'terminal.shell="/no/such/shell"', environment={"SHELL": "/bin/bash"})
    terminal.wait_text(r"[$#]$")
    assert terminal.windows()[0]["command"] == ["/bin/bash"]
    assert terminal.stderr() == 'gputerm: can\'t start "/no/such/shell": not found\n'
    terminal.wait_for(lambda: message_rows(terminal), "the message bar")


def test_windows_of_one_process_close_one_by_one(gputerm):
    terminal = gputerm("-e", "cat")
    other = terminal.call("create-window", command=["sh", "-c", "echo $GPUTERM_WINDOW_ID; cat"])
    terminal.wait_text(rf"^{other['window_id']}$", other["window_id"])
    with terminal.x11() as x11:
        x11.ask_to_close(terminal.xid(0))
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the first window")
    assert terminal.windows()[0]["id"] == other["window_id"]
    terminal.call("send-text", text="\x04", window=other["window_id"])
    ended(terminal)


def test_a_program_that_ignores_the_hang_up_does_not_keep_the_window(gputerm):
    terminal = gputerm("-e", "sh", "-c", "trap '' HUP TERM; while :; do sleep 1; done")
    pid = terminal.windows()[0]["pid"]
    with terminal.x11() as x11:
        x11.ask_to_close(terminal.xid())
    ended(terminal)
    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(shutil.which("alacritty") is None, reason="needs alacritty")
def test_alacritty_opens_a_window_here(gputerm):
    terminal = gputerm("-e", "cat")
    command = ["alacritty", "msg", "--socket", str(terminal.socket), "create-window"]
    subprocess.run(
        [*command, "-e", "sh", "-c", "echo from alacritty; cat"],
        env=terminal.environment,
        check=True,
        timeout=20,
    )
    terminal.wait_for(lambda: len(terminal.windows()) == 2, "a second window")
    terminal.wait_text("from alacritty", terminal.windows()[1]["id"])


def test_hold_keeps_the_window_of_an_ended_program(gputerm):
    terminal = gputerm("--hold", "-e", "sh", "-c", "echo last words; exit 3")
    terminal.wait_for(lambda: terminal.windows()[0]["exit_status"] == 3, "the exit status")
    assert "last words" in terminal.screen()
    terminal.focus()
    terminal.key("a")  # Nobody reads it; that is no reason to fail.
    with terminal.x11() as x11:
        x11.ask_to_close(terminal.xid())
    ended(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_end_it_in_good_order(gputerm, number):
    terminal = gputerm("-e", "cat")
    pid = terminal.windows()[0]["pid"]
    assert terminal.socket.exists()
    terminal.process.send_signal(number)
    ended(terminal)
    terminal.wait_for(lambda: not os.path.exists(f"/proc/{pid}"), "the end of the program")


def test_a_window_destroyed_from_outside(gputerm):
    terminal = gputerm("-e", "cat")
    with terminal.x11() as x11:
        x11.destroy(terminal.xid())
    ended(terminal)


def test_one_of_two_windows_destroyed_from_outside(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.call("create-window", command=["cat"])
    with terminal.x11() as x11:
        x11.destroy(terminal.xid(1))
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the second window")
    terminal.call("send-text", text="still here\n", window=terminal.windows()[0]["id"])
    terminal.wait_text("^still here")


def test_xkill_leaves_one_line_and_no_socket(gputerm):
    terminal = gputerm("-e", "cat")
    with terminal.x11() as x11:
        x11.kill_client(terminal.xid())
    ended(terminal, 69)
    assert terminal.stderr().count("\n") == 1, terminal.stderr()


def test_a_display_server_that_dies(gputerm, own_xserver):
    terminal = gputerm("-e", "cat", environment={"DISPLAY": own_xserver.display})
    terminal.call("create-window", command=["cat"])
    programs = [window["pid"] for window in terminal.windows()]
    own_xserver.stop()
    assert terminal.process.wait(20) == 69
    assert terminal.stderr() == "gputerm: the display server has closed the connection\n"
    assert not os.listdir(terminal.runtime)
    terminal.wait_for(
        lambda: not any(os.path.exists(f"/proc/{pid}") for pid in programs), "the programs' end"
    )


def test_the_end_of_a_wayland_compositor_ends_the_process_in_order(gputerm, weston, tmp_path):
    os.mkfifo(tmp_path / "said")
    program = f"trap 'echo hung up > {tmp_path}/said; exit' HUP; echo ready; read x"
    terminal = gputerm("-e", "sh", "-c", program, environment=weston.environment)
    terminal.wait_text("ready")
    weston.process.kill()
    assert (tmp_path / "said").read_text() == "hung up\n"
    ended(terminal, 69)
    assert terminal.stderr() == "gputerm: the display server has closed the connection\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "line"),
    [
        (["-e", "no-such-program"], {}, 127, 'gputerm: can\'t start "no-such-program": not found'),
        (["-e", "/etc/passwd"], {}, 127, 'gputerm: can\'t start "/etc/passwd": not an executable'),
        (["--frobnicate"], {}, 2, "gputerm: unknown option --frobnicate"),
        (["vim"], {}, 2, "gputerm: unexpected vim; to run a program, write -e vim"),
        (["--config-file", "/nowhere"], {}, 78, "gputerm: /nowhere: "),
        ([], {"DISPLAY": ":4242"}, 69, "gputerm: no display to open a window on"),
        ([], {"DISPLAY": ""}, 69, "gputerm: no display to open a window on"),
    ],
)
def test_one_clear_line_and_a_documented_exit_code(gputerm, arguments, environment, code, line):
    terminal = gputerm(*arguments, wait=False, environment=environment)
    ended(terminal, code)
    assert terminal.stderr().startswith(line), terminal.stderr()
    assert terminal.stderr().count("\n") == 1, terminal.stderr()


def test_a_bad_configuration_is_told_and_the_rest_used(gputerm, tmp_path):
    config = tmp_path / "bad.toml"
    config.write_text('[window]\ntitle = "named"\n[font]\nsize = "big"\nsise = 12\n')
    terminal = gputerm("--config-file", str(config), "-e", "cat")
    assert terminal.windows()[0]["title"] == "named"
    lines = terminal.stderr().splitlines()
    assert len(lines) == 2, lines
    assert all(line.startswith(f"gputerm: {config}:") for line in lines), lines


def test_the_program_is_born_into_an_orderly_world(gputerm, tmp_path):
    """Its size is right from the start, and nothing of gputerm's is left in it."""
    facts = tmp_path / "facts"
    script = (
        "import json, os, signal, fcntl, termios, struct, sys\n"
        "size = struct.unpack('4H', fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))\n"
        "fds = sorted(int(fd) for fd in os.listdir('/proc/self/fd'))[:-1]\n"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "signals = {name: status[name].strip() for name in ('SigBlk', 'SigIgn')}\n"
        "leader = os.getsid(0) == os.getpid() == os.tcgetpgrp(0)\n"
        "report = [size, fds, signals, leader, dict(os.environ)]\n"
        f"json.dump(report, open({str(facts)!r} + '~', 'w'))\n"
        f"os.rename({str(facts)!r} + '~', {str(facts)!r})\n"
        "sys.stdin.read()\n"
    )
    terminal = gputerm("-e", "python3", "-S", "-c", script)
    terminal.wait_for(facts.exists, "the program's report")
    size, fds, signals, leader, env = json.loads(facts.read_text())
    window = terminal.windows()[0]
    assert size == [24, 80, window["width"], window["height"]]
    assert fds == [0, 1, 2]
    # Python itself ignores SIGPIPE and SIGXFSZ; 32 and 33 are the C library's own.
    ours = 1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1 | 3 << 31
    assert int(signals["SigIgn"], 16) & ~ours == 0
    assert int(signals["SigBlk"], 16) == 0
    assert leader
    assert env["TERM"] in ("gputerm", "xterm-256color")
    assert env["COLORTERM"] == "truecolor"
    assert env["TERM_PROGRAM"] == "gputerm"
    assert env["TERM_PROGRAM_VERSION"]
    assert env["GPUTERM_SOCKET"] == str(terminal.socket)
    assert env["GPUTERM_WINDOW_ID"] == "1"
    assert int(env["WINDOWID"]) == window["x11_id"]
    assert "LINES" not in env
    assert "COLUMNS" not in env
    assert not [name for name in env if name.startswith(("SDL_", "PYSDL2"))], "set by ourselves"


def test_a_class_and_a_title_of_ones_own(gputerm):
    terminal = gputerm("--class", "General,instance", "-T", "mine", "-e", "cat")
    with terminal.x11() as x11:
        assert x11.text_property(terminal.xid(), "WM_CLASS") == b"instance\0General\0"
        assert x11.text_property(terminal.xid(), "_NET_WM_NAME") == b"mine"


def test_many_windows_leave_nothing_behind(gputerm):
    """Descriptors, threads, processes and what the server keeps for us are as before."""
    terminal = gputerm("-e", "cat")
    pid = terminal.process.pid

    def resources():
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        counted = os.listdir(f"/proc/{pid}/fd"), os.listdir(f"/proc/{pid}/task"), children
        return [*(len(things) for things in counted), server_resources(terminal)]

    def round_of_windows(count):
        for _ in range(count):
            terminal.call("create-window", command=["cat"])
        for window in terminal.windows()[1:]:
            terminal.call("close", window=window["id"])
        terminal.wait_for(lambda: len(terminal.windows()) == 1, "one window")

    round_of_windows(2)
    terminal.wait_for(lambda: resources()[2] == 1, "the end of their programs")
    before = resources()
    round_of_windows(20)
    terminal.wait_for(
        lambda: all(map(le, resources(), before)),
        f"{before} descriptors, threads, children, resources of the X server",
    )


def server_resources(terminal):
    """How many windows, colormaps, pixmaps … the X server has for the process. [X-Resource]"""
    server = display.Display(terminal.environment["DISPLAY"])
    types = server.res_query_client_resources(terminal.xid()).types
    server.close()
    return sum(each.count for each in types)


def test_the_memory_of_closed_windows_is_used_again(gputerm):
    terminal = gputerm("-e", "cat")
    program = ["sh", "-c", "seq 2000; exec cat"]

    def memory_after(count):
        """KiB of the process when so many windows have come and gone, ten at a time."""
        for _ in range(count // 10):
            for _ in range(10):
                window = terminal.call("create-window", command=program)["window_id"]
                terminal.wait_text("2000", window)
            for window in terminal.windows()[1:]:
                terminal.call("close", window=window["id"])
            terminal.wait_for(lambda: len(terminal.windows()) == 1, "one window")
        status = Path(f"/proc/{terminal.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    first = memory_after(20)
    assert memory_after(40) < first + 40 * 300, "a window of this size takes some 3 MiB"


@pytest.mark.parametrize("bus", [False, True])
def test_no_message_bus_is_started(gputerm, tmp_path, bus):
    """SDL would have D-Bus started where there is none; a session's own is left alone."""
    witness = tmp_path / "launched"
    launcher = tmp_path / "bin" / "dbus-launch"
    launcher.parent.mkdir()
    launcher.write_text(f"#!/bin/sh\necho > {witness}\n")
    launcher.chmod(0o755)
    address = "unix:path=/nowhere" if bus else ""
    terminal = gputerm(
        *("-e", "sh", "-c", 'echo "bus [$DBUS_SESSION_BUS_ADDRESS]"; cat'),
        environment={
            "PATH": f"{launcher.parent}:{os.environ['PATH']}",
            "DBUS_SESSION_BUS_ADDRESS": address,
        },
    )
    terminal.wait_text(re.escape(f"bus [{address}]"))
    assert not witness.exists()


# Directories that are gone


def test_a_window_opens_at_home_when_the_start_directory_was_deleted(gputerm, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    terminal = gputerm("-e", "cat", cwd=gone)
    gone.rmdir()
    terminal.call("action", actions=["CreateNewWindow"])
    terminal.wait_for(lambda: len(terminal.windows()) == 2, "the second window")
    assert terminal.windows()[1]["cwd"] == str(tmp_path)


def test_gputerm_starts_in_a_directory_that_was_deleted(gputerm, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    terminal = gputerm("-e", "cat", cwd=gone, preexec_fn=gone.rmdir)
    assert terminal.windows()[0]["cwd"] == str(tmp_path)


def test_another_instance_is_this_gputerm_with_its_options(gputerm, tmp_path):
    """Not a gputerm.py that lies in the shell's directory."""
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "gputerm.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'w')")
    config = tmp_path / "mine.toml"
    config.write_text(
        'window.title = "from the file"\nterminal.shell_integration = false  # which sets titles\n'
    )
    terminal = gputerm(
        *("-v", "-o", "window.dimensions.columns=44", "--config-file", "mine.toml", "--hold"),
        *("-d", str(strange), "-e", "cat"),
    )
    terminal.call("action", actions=["SpawnNewInstance"])

    def second():
        return [path for path in terminal.runtime.glob("gputerm-*.sock") if path != terminal.socket]

    [socket] = terminal.wait_for(second, "another instance")
    with Remote.find(str(socket)) as other:
        windows = terminal.wait_for(lambda: other.call("list")["windows"], "its window")
        assert windows[0]["title"] == "from the file"
        assert windows[0]["columns"] == 44
        pid = socket.stem.rpartition("-")[2]
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        assert b"-v" in command_line
        assert b"--hold" in command_line
        other.call("quit")
    assert not (tmp_path / "taken").exists()


@pytest.mark.parametrize("full", ["/dev/full", "a pipe"])
def test_nothing_depends_on_standard_error(gputerm, full):
    read, write = os.pipe()
    os.set_blocking(write, False)
    with suppress(BlockingIOError):
        while True:
            os.write(write, bytes(4096))
    os.set_blocking(write, True)
    with open("/dev/full", "wb") as device:
        stderr = write if full == "a pipe" else device
        terminal = gputerm("-o", "font.size=big", "-e", "cat", stderr=stderr)
    answer = terminal.call("create-window", command=["cat"], option=["font.sise=3"])
    assert answer["problems"]
    assert terminal.terminate() == 0
    os.close(read)
    os.close(write)
