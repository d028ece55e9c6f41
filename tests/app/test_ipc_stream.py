"""subscribe, against a real process."""

import json
import socket
import subprocess
import sys

import pytest

from gputerm.ipc.client.remote import Remote


class Subscriber:
    """A subscription over the client library."""

    def __init__(self, terminal, **params):
        self.remote = Remote.find(str(terminal.socket))
        self.seq = self.remote.call("subscribe", **params)["seq"]
        self._notifications = self.remote.notifications(timeout=20)

    def next(self):
        method, params = next(self._notifications)
        assert method == "event"
        return params

    def until(self, event):
        """The first event of that name; those before it are forgotten."""
        while (told := self.next())["event"] != event:
            pass
        return told


@pytest.fixture
def subscribe():
    made = []

    def start(terminal, **params):
        made.append(Subscriber(terminal, **params))
        return made[-1]

    yield start
    for subscriber in made:
        subscriber.remote.close()


def test_events_of_a_window_from_its_opening_to_its_end(gputerm, subscribe):
    terminal = gputerm("-e", "cat")
    stream = subscribe(terminal)
    terminal.msg(
        *("create-window", "-e", "sh", "-c"),
        r"printf '\033]2;hello\a\033]7;file://localhost/usr\a\a\033]133;A\a\033]133;C\a"
        r"\033]133;D;3\a'; sleep 0.1; exit 4",
    )
    opened = stream.until("window-opened")
    assert opened["window"] == 2
    assert opened["tty"].startswith("/dev/pts/")
    assert stream.until("title")["title"] == "hello"
    assert stream.until("cwd")["path"] == "/usr"
    told = stream.until("command-finished")
    assert (told["exit_code"], told["block"]) == (3, 1)
    assert told["seconds"] >= 0
    assert told["focused"] in (True, False)
    assert stream.until("exit")["exit_status"] == 4
    closed = stream.until("window-closed")
    assert closed["window"] == 2


def test_numbers_have_no_gaps_without_filters(gputerm, subscribe):
    terminal = gputerm("-e", "cat")
    stream = subscribe(terminal)
    for title in "abc":
        terminal.msg("set-title", title)
    told = [stream.next() for _ in range(3)]
    assert [event["title"] for event in told] == ["a", "b", "c"]
    assert [event["seq"] for event in told] == [stream.seq + n for n in (1, 2, 3)]


def test_filters(gputerm, subscribe):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-T", "two", "-e", "cat")
    stream = subscribe(terminal, events=["resize"], match="title:two")
    terminal.msg("set-title", "x")
    terminal.msg("resize", "-w", "1", "--columns", "50")
    terminal.msg("resize", "-w", "2", "--columns", "60")
    told = stream.next()
    assert (told["event"], told["window"], told["columns"]) == ("resize", 2, 60)
    with pytest.raises(AssertionError, match="events are window-opened"):
        terminal.msg("subscribe", "nonsense")


def test_a_bell_and_a_notification_and_the_focus(gputerm, subscribe):
    terminal = gputerm("-e", "sh", "-c", "stty -echo; cat")
    stream = subscribe(terminal)
    terminal.msg("send-text", "\x07\n")
    stream.until("bell")
    terminal.msg("send-text", "\x1b]9;done\x07\n")
    assert stream.until("notification")["body"] == "done"
    terminal.msg("create-window", "-e", "cat")
    terminal.focus(0)
    terminal.wait_for(lambda: terminal.windows()[0]["focused"], "the focus")
    told = stream.until("focus")
    while not (told["window"] == 1 and told["focused"]):
        told = stream.until("focus")


def test_a_subscriber_that_does_not_read_is_dropped_with_word(gputerm):
    terminal = gputerm("-e", "cat")
    with socket.socket(socket.AF_UNIX) as lazy:
        lazy.settimeout(20)
        lazy.connect(str(terminal.socket))
        lazy.sendall(b'{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{}}\n')
        title = "x" * 1000
        with Remote.find(str(terminal.socket)) as remote:
            for number in range(2000):
                remote.call("set-title", title=f"{number}{title}")
        received = bytearray()
        while data := lazy.recv(1 << 16):
            received += data
    last = json.loads(received.splitlines()[-1])
    assert last["method"] == "dropped"
    assert last["params"]["reason"] == "too slow"
    assert terminal.windows()


def test_the_command_line_prints_events(gputerm):
    terminal = gputerm("-e", "cat")
    client = subprocess.Popen(
        [sys.executable, "-m", "gputerm", "msg", "-s", str(terminal.socket), "subscribe", "title"],
        env=terminal.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    titles = iter(range(100))
    terminal.wait_for(lambda: terminal.msg("set-title", str(next(titles))) == "", "a title")
    told = None
    with client:
        for _ in range(50):
            terminal.msg("set-title", str(next(titles)))
        assert client.stdout is not None
        told = json.loads(client.stdout.readline())
        client.terminate()
    assert told["event"] == "title"
