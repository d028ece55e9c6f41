"""Who opens the window: daemons, single instances, systemd's socket, Alacritty."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest

ALACRITTY = shutil.which("alacritty")


def command(terminal, *arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "gputerm", *arguments],
        env={**terminal.environment, **more},
        capture_output=True,
        text=True,
        timeout=30,
    )


def wakeups(pid):
    """How often a process went to sleep so far."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as status:
            total += sum(int(line.split()[1]) for line in status if line.startswith("voluntary"))
    return total


# ── daemon ───────────────────────────────────────────────────────────────────────────────────────


def test_a_daemon_says_where_it_is_and_stays_without_windows(gputerm, tmp_path):
    terminal = gputerm("--daemon", wait=False)
    terminal.wait_for(terminal.socket.exists, "the socket")
    assert terminal.windows() == []
    for _ in range(2):
        number = terminal.msg("create-window", "-o", "font.size=9", "-e", "cat").strip()
        (window,) = terminal.windows()
        assert (str(window["id"]), window["font_size"]) == (number, 9)
        terminal.msg("close")
        assert terminal.windows() == []
    with pytest.raises(AssertionError, match="there is no window"):
        terminal.msg("get-text")
    terminal.msg("quit")
    assert terminal.process.wait(30) == 0
    assert not terminal.socket.exists()


def test_the_export_line_can_be_evaluated(xserver, gputerm):
    terminal = gputerm("-e", "cat")
    folder = terminal.runtime / "a 'b'"
    folder.mkdir(mode=0o700)
    daemon = subprocess.Popen(
        [sys.executable, "-m", "gputerm", "--daemon", "--socket", str(folder / "s")],
        env=terminal.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with daemon:
        assert daemon.stdout is not None
        line = daemon.stdout.readline()
        script = f"{line} {sys.executable} -m gputerm msg ping && echo $GPUTERM_SOCKET"
        answer = subprocess.run(
            ["sh", "-c", script], env=terminal.environment, capture_output=True, text=True
        )
        assert answer.stdout == f"{folder / 's'}\n"
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(30) == 0
    assert not (folder / "s").exists()


def test_an_idle_daemon_sleeps(gputerm):
    terminal = gputerm("--daemon", wait=False)
    terminal.wait_for(terminal.socket.exists, "the socket")
    terminal.msg("ping")

    def sleeps():
        before = wakeups(terminal.process.pid)
        terminal.process.send_signal(signal.SIGCONT)
        with pytest.raises(subprocess.TimeoutExpired):
            terminal.process.wait(0.5)
        return wakeups(terminal.process.pid) - before < 20

    terminal.wait_for(sleeps, "half a second without work")


def test_a_daemon_that_can_not_listen_ends(gputerm):
    terminal = gputerm("-e", "cat")
    result = command(terminal, "--daemon", "--socket", str(terminal.socket))
    assert result.returncode == 69
    assert "another process listens there" in result.stderr


# ── single instance ──────────────────────────────────────────────────────────────────────────────


def test_a_single_instance_opens_its_window_in_the_running_process(gputerm):
    terminal = gputerm("--single-instance", "-e", "cat")
    result = command(
        *(terminal, "--single-instance", "-T", "second", "--working-directory", "/usr"),
        *("-o", "font.size=9", "-e", "sleep", "99"),
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    window = terminal.windows()[1]
    assert (window["title"], window["cwd"], window["font_size"]) == ("second", "/usr", 9)
    assert window["command"] == ["sleep", "99"]
    failed = command(terminal, "--single-instance", "-e", "/nope")
    assert failed.returncode == 1
    assert 'can\'t start "/nope"' in failed.stderr


def test_the_directory_of_the_caller_is_where_programs_start(gputerm, tmp_path):
    terminal = gputerm("-e", "cat")
    terminal.environment["PWD"] = "/"
    subprocess.run(
        [sys.executable, "-m", "gputerm", "msg", "-s", str(terminal.socket), "create-window"],
        env=terminal.environment,
        cwd="/usr/share",
        check=True,
        capture_output=True,
    )
    terminal.wait_for(lambda: terminal.windows()[1]["cwd"] == "/usr/share", "the directory")


def test_variables_size_and_position(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg(
        *("create-window", "--env", "A=1", "--env", "B=x y", "--size", "50x9"),
        *("--position", "300,200", "-e", "sh", "-c", 'echo "$A-$B"; cat'),
    )
    terminal.wait_text("^1-x y$", 2)
    window = terminal.windows()[1]
    assert (window["columns"], window["lines"]) == (50, 9)
    geometry = terminal.xdotool("getwindowgeometry", "--shell", str(window["x11_id"]))
    assert "X=300\nY=200\n" in geometry
    for wrong in (["--env", "A"], ["--size", "50"], ["--size", "0x9"], ["--position", "left"]):
        with pytest.raises(AssertionError, match=r"create-window: .*: expected"):
            terminal.msg("create-window", *wrong)
    assert len(terminal.windows()) == 2


class Launcher:
    """A desktop that has launched something and waits for its window."""

    def __init__(self, name):
        from Xlib import X
        from Xlib.display import Display

        self.display = Display(name)
        self.display.screen().root.change_attributes(event_mask=X.PropertyChangeMask)
        self.display.sync()
        self._text = bytearray()

    def told(self):
        """The next message of the Startup Notification Protocol."""
        names = {self.display.intern_atom(f"_NET_STARTUP_INFO{end}") for end in ("", "_BEGIN")}
        while b"\0" not in self._text:
            event = self.display.next_event()
            if event.type == 33 and event.client_type in names:
                self._text += bytes(event.data[1])
        text, _, rest = bytes(self._text).partition(b"\0")
        self._text.clear()
        assert not rest.strip(b"\0")
        return text.decode()

    def startup_id(self, xid):
        window = self.display.create_resource_object("window", xid)
        found = window.get_full_property(self.display.intern_atom("_NET_STARTUP_ID"), 0)
        return found and found.value


@pytest.fixture
def launcher(xserver):
    made = Launcher(xserver.display)
    yield made
    made.display.close()


def test_the_token_of_the_launcher_reaches_the_window(gputerm, launcher):
    terminal = gputerm("-e", "cat")
    script = 'echo "[$XDG_ACTIVATION_TOKEN$DESKTOP_STARTUP_ID]"; cat'
    made = command(
        *(terminal, "msg", "-s", str(terminal.socket), "create-window", "-e", "sh", "-c", script),
        DESKTOP_STARTUP_ID='host/launch "1"_TIME7',
    )
    assert made.returncode == 0
    terminal.wait_text(r"^\[\]$", 2)
    assert launcher.startup_id(terminal.xid(1)) == b'host/launch "1"_TIME7'
    assert launcher.told() == r"remove: ID=host/launch\ \"1\"_TIME7"


def test_a_launched_process_says_that_its_window_is_there(gputerm, launcher):
    terminal = gputerm("-e", "cat", environment={"DESKTOP_STARTUP_ID": "first_TIME8"})
    assert launcher.told() == "remove: ID=first_TIME8"
    assert launcher.startup_id(terminal.xid()) == b"first_TIME8"
    terminal.msg("action", "CreateNewWindow")
    assert launcher.startup_id(terminal.xid(1)) is None


# ── systemd ──────────────────────────────────────────────────────────────────────────────────────

ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gputerm", "--daemon"])
"""


def test_a_socket_of_systemd_is_served_and_left_in_place(gputerm):
    terminal = gputerm("-e", "cat")  # for its environment
    path = terminal.runtime / "gputerm.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        daemon = subprocess.Popen(
            [sys.executable, "-c", ACTIVATE, str(listener.fileno())],
            env=terminal.environment,
            pass_fds=[listener.fileno()],
            stdout=subprocess.PIPE,
            text=True,
        )
    with daemon:
        assert daemon.stdout is not None
        assert str(path) in daemon.stdout.readline()
        script = 'echo "[$LISTEN_FDS$LISTEN_PID]" $GPUTERM_SOCKET; cat'
        made = command(
            *(terminal, "msg", "-s", str(path), "create-window", "-e", "sh", "-c", script),
            DISPLAY=terminal.environment["DISPLAY"],
        )
        assert made.stdout == "1\n", made.stderr
        found = command(terminal, "msg", "-s", str(path), "wait", "--text", r"^\[\] .*sock$")
        assert found.stdout == f"[] {path}\n"
        terminal.terminate()
        # With the other process gone, systemd's socket is what clients find.
        assert command(terminal, "msg", "list").stdout.splitlines()[1].split()[0] in ("1", "*1")
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(30) == 0
    assert path.exists()


def test_the_units_are_well_formed():
    if (analyze := shutil.which("systemd-analyze")) is None:
        pytest.skip("needs systemd-analyze")
    units = os.path.join(os.path.dirname(__file__), "..", "..", "systemd")
    result = subprocess.run(
        [analyze, "--user", "verify", f"{units}/gputerm.socket"], capture_output=True, text=True
    )
    assert "Unknown" not in result.stderr


# ── Alacritty's client ───────────────────────────────────────────────────────────────────────────


def alacritty(terminal, *arguments):
    assert ALACRITTY is not None
    message, *rest = arguments
    return subprocess.run(
        [ALACRITTY, "msg", "--socket", str(terminal.socket), message, *rest],
        env=terminal.environment,
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.skipif(ALACRITTY is None, reason="needs alacritty")
def test_alacritty_opens_a_window(gputerm):
    terminal = gputerm("-e", "cat")
    result = alacritty(
        *(terminal, "create-window", "--working-directory", "/usr", "--title", "theirs"),
        *("--class", "A,b", "--hold", "-e", "sh", "-c", "exit 3"),
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    terminal.wait_for(
        lambda: [w["exit_status"] for w in terminal.windows()] == [None, 3], "its window"
    )
    window = terminal.windows()[1]
    assert window["title"] == "theirs"
    assert str(window["x11_id"]) in terminal.xdotool("search", "--class", "^A$").split()


@pytest.mark.skipif(ALACRITTY is None, reason="needs alacritty")
def test_alacritty_changes_the_configuration(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")

    def sizes():
        return [window["font_size"] for window in terminal.windows()]

    assert alacritty(terminal, "config", "-w", "1", "font.size=20").returncode == 0
    terminal.wait_for(lambda: sizes() == [20, 11.25], "one window changed")
    assert alacritty(terminal, "config", "-w", "-1", "font.size=9").returncode == 0
    terminal.wait_for(lambda: sizes() == [9, 9], "all windows changed")
    assert alacritty(terminal, "config", "-w", "2", "--reset").returncode == 0
    terminal.wait_for(lambda: sizes() == [9, 11.25], "one window reset")


def raw(terminal, message):
    """What a client gets that sends one message and waits for the end of the stream."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        client.connect(str(terminal.socket))
        client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        answer = b""
        while data := client.recv(1 << 16):
            answer += data
    return answer.decode()


def test_messages_of_the_oldest_and_the_newest_alacritty(gputerm):
    terminal = gputerm("-e", "cat")
    oldest = '{"CreateWindow":{"working_directory":"/usr","hold":false,"command":["sleep","9"]}}'
    assert raw(terminal, oldest) == ""
    newest = (
        '{"CreateWindow":{"terminal_options":{"working_directory":null,"hold":true,"command":'
        '["sh","-c","exit 2"]},"window_identity":{"title":"new","class":{"general":"G","instance":'
        '"I"}},"activation_token":null,"option":["font.size=20","window.blur=true"]}}'
    )
    assert raw(terminal, newest) == ""
    terminal.wait_for(lambda: len(terminal.windows()) == 3, "both windows")
    windows = terminal.windows()
    assert windows[1]["cwd"] == "/usr"
    assert (windows[2]["title"], windows[2]["font_size"]) == ("new", 20)
    config = json.loads(json.loads(raw(terminal, '{"GetConfig":{"window_id":3}}'))["GetConfig"])
    assert config["font"]["size"] == 20
    base = json.loads(json.loads(raw(terminal, '{"GetConfig":{"window_id":-1}}'))["GetConfig"])
    assert base["font"]["size"] == 11.25
    message = '{"Config":{"options":["font.size=15"],"window_id":2,"reset":false}}'
    assert raw(terminal, message) == ""
    terminal.wait_for(lambda: terminal.windows()[1]["font_size"] == 15, "the size")
