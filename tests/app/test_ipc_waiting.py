"""wait, create-window --wait, blocks and search against a real process."""

import json
import socket
import subprocess
import sys

import pytest

MARKED = (
    'PS0="\\e]133;C\\a"; '
    'PS1="\\[\\e]133;D;\\$?\\a\\e]133;A\\a\\]% \\[\\e]133;B\\a\\]"; '
    "PROMPT_COMMAND=\n"
)


def start(terminal, *arguments):
    """`gputerm msg` in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "gputerm", "msg", "-s", str(terminal.socket), *arguments],
        env=terminal.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Waiting:
    """Waits that are known to have begun: a ping behind them has been answered."""

    def __init__(self, terminal):
        self._client = socket.socket(socket.AF_UNIX)
        self._client.settimeout(20)
        self._client.connect(str(terminal.socket))
        self._answers = self._client.makefile("rb")

    def send(self, *waits):
        for id, params in enumerate(waits):
            self._call("wait", params, id)
        self._call("ping", {}, "ping")
        assert self.receive()["id"] == "ping"

    def _call(self, method, params, id):
        message = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
        self._client.sendall(json.dumps(message).encode() + b"\n")

    def receive(self):
        return json.loads(self._answers.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._answers.close()
        self._client.close()


def marked_shell(gputerm):
    terminal = gputerm("-e", "bash", "--norc", "--noprofile")
    terminal.msg("send-text", MARKED)
    terminal.msg("wait", "--text", "^% ?$", "--timeout", "20")
    return terminal


def test_wait_for_a_text(gputerm):
    terminal = gputerm("-e", "cat")
    waiting = start(terminal, "wait", "--text", "re+dy$")
    terminal.msg("send-text", "not yet\n")
    terminal.msg("send-text", "now reeeedy\n")
    assert waiting.communicate(timeout=20) == ("reeeedy\n", "")
    assert terminal.msg("wait", "--text", "reeeedy") == "reeeedy\n"


def test_a_wait_ends_with_its_time(gputerm):
    terminal = gputerm("-e", "cat")
    answer = start(terminal, "--json", "wait", "--text", "never", "--timeout", "0.2")
    _, complaint = answer.communicate(timeout=20)
    assert answer.returncode == 1
    error = json.loads(complaint)["error"]
    assert (error["code"], error["message"]) == (4, "waited 0.2 s in vain")


def test_a_wait_ends_with_its_window(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    with Waiting(terminal) as waiting:
        waiting.send({"window": 2, "text": "never"}, {"window": 2, "exit": True})
        terminal.msg("close", "-w", "2")
        assert waiting.receive()["error"]["message"] == "the window was closed"
        assert waiting.receive()["result"] == {"window": 2, "reason": "exit", "value": None}


def test_wait_for_quiet(gputerm):
    terminal = gputerm("-e", "sh", "-c", "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done; cat")
    terminal.msg("wait", "--quiet", "0.5", "--timeout", "20")
    assert terminal.msg("get-text").endswith("6\n")


def test_wait_for_the_end_of_a_command(gputerm):
    terminal = marked_shell(gputerm)
    number = str(terminal.windows()[0]["block"])
    terminal.msg("send-text", "sleep 0.3; (exit 7)\n")
    assert terminal.msg("wait", "--block", number, "--timeout", "20") == "7\n"
    assert terminal.msg("wait", "--block", number) == "7\n"
    with Waiting(terminal) as waiting:
        waiting.send({"command": True})
        terminal.msg("send-text", "true\n")
        assert waiting.receive()["result"]["value"] == 0
    with pytest.raises(AssertionError, match="there is no command 99 yet"):
        terminal.msg("wait", "--block", "99")


def test_wait_needs_marks_for_commands_and_one_condition(gputerm):
    terminal = gputerm("-e", "cat")
    with pytest.raises(AssertionError, match="doesn't send OSC 133"):
        terminal.msg("wait", "--command")
    with pytest.raises(AssertionError, match="needs one of text, quiet"):
        terminal.msg("wait", "--quiet", "1", "--exit")
    with pytest.raises(AssertionError, match="expected seconds"):
        terminal.msg("wait", "--quiet=-1")


def test_wait_for_the_exit_of_a_program(gputerm):
    terminal = gputerm("--hold", "-e", "sh", "-c", "read x; echo bye; exit 5")
    waiting = start(terminal, "wait", "--exit")
    terminal.msg("send-keys", "Enter")
    assert waiting.communicate(timeout=20) == ("5\n", "")
    assert "bye" in terminal.msg("get-text")
    assert terminal.msg("wait", "--exit") == "5\n"


def test_create_window_can_wait_for_its_program(gputerm):
    terminal = gputerm("-e", "cat")
    answer = start(terminal, "create-window", "--wait", "-e", "sh", "-c", "exit 9")
    assert answer.communicate(timeout=20) == ("2\n", "")
    assert answer.returncode == 9
    assert len(terminal.windows()) == 1


def test_a_client_that_leaves_is_no_trouble(gputerm):
    terminal = gputerm("-e", "cat")
    for _ in range(3):
        waiting = start(terminal, "wait", "--text", "never")
        terminal.msg("ping")
        waiting.kill()
        waiting.communicate()
    terminal.msg("send-text", "never mind\n")
    assert terminal.msg("wait", "--text", "mind") == "mind\n"


def test_blocks(gputerm):
    terminal = marked_shell(gputerm)
    terminal.msg("send-text", "seq 3; false\n")
    terminal.msg("wait", "--text", "^3\n% $|^3\n%$")
    (block,) = json.loads(terminal.msg("--json", "blocks", "--text", "--last", "2"))["blocks"][:1]
    assert block["state"] == "finished"
    assert block["command"] == "seq 3; false"
    assert block["exit_code"] == 1
    assert block["text"] == "1\n2\n3"
    assert 0 <= block["finished_at"] - block["started_at"] < 30
    (now,) = json.loads(terminal.msg("--json", "blocks", "-n", "1"))["blocks"]
    assert now["state"] == "typed"
    table = terminal.msg("blocks", "--block", str(block["number"]), "--text")
    assert table.splitlines()[0].split() == ["NUMBER", "STATE", "EXIT", "SECONDS", "COMMAND"]
    assert table.splitlines()[2:] == ["1", "2", "3"]
    with pytest.raises(AssertionError, match="unknown or forgotten"):
        terminal.msg("blocks", "--block", "99")


def test_search_finds_lines_in_history_and_screen(gputerm):
    terminal = gputerm("-e", "sh", "-c", f"seq 5000; printf '日本 {'x' * 90}needle\\n'; cat")
    terminal.wait_text("needle")
    found = json.loads(terminal.msg("--json", "search", "^4?99[79]$"))
    assert [(hit["line"], hit["text"]) for hit in found["matches"]] == [
        (996, "997"),
        (998, "999"),
        (4996, "4997"),
        (4998, "4999"),
    ]
    assert found["more"] is False
    (hit,) = json.loads(terminal.msg("--json", "search", "NEEDLE", "-i"))["matches"]
    assert (hit["line"], hit["column"]) == (5001, 5 + 90 - 80)
    assert hit["context"] == f"日本 {'x' * 90}needle"
    limited = json.loads(terminal.msg("--json", "search", "--limit", "2", "^19..$"))
    assert [hit["text"] for hit in limited["matches"]] == ["1998", "1999"]
    assert limited["more"] is True
    assert terminal.msg("search", "^77$") == "76:77\n"
    with pytest.raises(AssertionError, match="pattern: "):
        terminal.msg("search", "[")


def test_no_expression_holds_up_the_windows(gputerm):
    terminal = gputerm("-e", "sh", "-c", f"printf '{'abc' * 4000}\\n'; printf '{'ab' * 4000}'; cat")
    terminal.wait_text("(ab){99}$")
    assert terminal.msg("search", "a.*b.*c.*Z") == ""
    assert terminal.msg("search", "(a|b|ab)*Z") == ""
    (hit,) = json.loads(terminal.msg("--json", "search", r"\bab.*b\b"))["matches"][-1:]
    assert hit["text"] == "ab" * 4000
    with pytest.raises(AssertionError, match="can't be looked at: match it too"):
        terminal.msg("search", "a(?=b)")
