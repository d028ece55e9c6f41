"""wait, create-window --wait, blocks and search against a real process."""

import json
import socket
import subprocess
import sys

import pytest

from gputerm.ipc.client.remote import Remote
from gputerm.ipc.protocol import ENDED, Fault

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
    assert answer.returncode == 4
    error = json.loads(complaint)["error"]
    assert (error["code"], error["message"]) == (4, "waited 0.2 s in vain")


def test_a_wait_ends_with_its_window(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    with Waiting(terminal) as waiting:
        waiting.send({"window": 2, "text": "never"}, {"window": 2, "exit": True})
        terminal.msg("close", "-w", "2")
        answers = sorted((waiting.receive() for _ in range(2)), key=lambda answer: answer["id"])
    assert answers[0]["error"]["message"] == "window 2 was closed"
    assert answers[1]["result"] == {"window": 2, "pane_id": 2, "reason": "exit", "value": None}


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
    assert (hit["text"], hit["column"]) == ("ab" * 1000, 0)
    with pytest.raises(AssertionError, match="can't be looked at: match it too"):
        terminal.msg("search", "a(?=b)")


def test_the_end_of_a_closed_window_is_remembered(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "sh", "-c", "exit 7")
    assert terminal.msg("wait", "--window", "2", "--exit") == "7\n"
    terminal.wait_for(lambda: len(terminal.windows()) == 1, "the end of the window")
    assert terminal.msg("wait", "--window", "2", "--exit") == "7\n"
    (closed,) = terminal.call("list")["closed"]
    assert (closed["id"], closed["exit_status"]) == (2, 7)
    with pytest.raises(AssertionError, match="window 2 was closed"):
        terminal.msg("wait", "--window", "2", "--quiet", "0")
    with pytest.raises(AssertionError, match="there is no window 3"):
        terminal.msg("wait", "--window", "3", "--exit")


@pytest.mark.parametrize("late", [True, False])
def test_waits_end_with_the_program_and_say_so(gputerm, late):
    script = "printf '\\033]133;A\\a'; echo first; read x; echo last; exit 3"
    terminal = gputerm("--hold", "-e", "sh", "-c", script)
    terminal.wait_text("first")
    if late:
        terminal.msg("send-text", "\n")
        assert terminal.msg("wait", "--exit") == "3\n"
    with Waiting(terminal) as waiting:
        waits = (
            {"text": "never"},
            {"text": r"(\w+\W+){9}x"},
            {"text": "^last$"},
            {"command": True},
        )
        if late:
            for id, params in enumerate(waits):
                waiting._call("wait", params, id)
        else:
            waiting.send(*waits)
            terminal.msg("send-text", "\n")
        answers = sorted((waiting.receive() for _ in waits), key=lambda answer: answer["id"])
    why = {"code": 6, "message": "window 1: its program has ended (exit status 3)"}
    assert [answer.get("error") for answer in answers] == [why, why, None, why]
    assert answers[2]["result"]["value"] == "last"


def test_a_fast_command_is_not_missed(gputerm):
    terminal = marked_shell(gputerm)
    for code in ("1", "0", "1"):
        terminal.msg("send-text", "true\n" if code == "0" else "false\n")
        terminal.wait_for(lambda: terminal.windows()[0]["at_prompt"], "its end")
        number = terminal.windows()[0]["block"]
        terminal.wait_for(lambda: terminal.windows()[0]["block"] is not None, "the next prompt")
        assert terminal.msg("wait", "--command", "--timeout", "20") == f"{code}\n"
    with Waiting(terminal) as waiting:  # Now it is the next one again.
        waiting.send({"command": True})
        terminal.msg("send-text", "(exit 4)\n")
        assert waiting.receive()["result"]["value"] == 4
    assert number


def test_nothing_is_sent_to_a_program_that_has_ended_or_does_not_read(gputerm):
    terminal = gputerm("--hold", "-e", "sh", "-c", "stty raw; echo ready; read x; exit 3")
    terminal.wait_text("ready")

    def send(count):
        for _ in range(count):
            terminal.call("send-text", text="x" * 900_000)

    with pytest.raises(Fault, match="window 1: its program doesn't read"):
        send(20)
    with pytest.raises(Fault, match="doesn't read"):
        terminal.call("send-keys", keys=["a"])
    terminal.msg("create-window", "--hold", "-e", "true")
    terminal.msg("wait", "--window", "2", "--exit")
    for method, what in (("send-text", {"text": "x"}), ("send-keys", {"keys": ["x"]})):
        with pytest.raises(Fault, match="window 2: its program has ended") as refused:
            terminal.call(method, window=2, **what)
        assert refused.value.code == ENDED


def test_keys_of_one_sender_keep_their_order(gputerm):
    terminal = gputerm("-e", "cat")
    with Waiting(terminal) as waiting:
        waiting._call("send-keys", {"keys": ["a"] * 500}, 1)
        waiting._call("send-text", {"text": "b"}, 2)
        waiting._call("send-keys", {"keys": ["c", "Enter"]}, 3)
        assert [waiting.receive()["id"] for _ in range(3)] == [1, 2, 3]
    terminal.wait_text("^a*bc$")
    assert f"{'a' * 500}bc\n" in terminal.screen()
    with pytest.raises(Fault, match="more than 10,000 keys"):
        terminal.call("send-keys", keys=["a"] * 10_001)


def test_where_and_what_a_command_was(gputerm):
    terminal = marked_shell(gputerm)
    terminal.msg("send-text", "printf '\\033]7;file://far/away\\a'\n")
    terminal.msg("wait", "--command", "--timeout", "20")
    with Remote.find(str(terminal.socket)) as listener, Remote.find(str(terminal.socket)) as typist:
        events = listener.events("command-started", "command-finished")
        typist.send_text("echo $((6*7))\n")
        told = [next(events) for _ in range(2)]
    assert [event["command"] for event in told] == ["echo $((6*7))"] * 2
    terminal.msg("wait", "--block", str(told[0]["block"]))
    (block,) = terminal.call("blocks", block=told[0]["block"])["blocks"]
    assert (block["command"], block["host"], block["cwd"]) == ("echo $((6*7))", "far", "/away")


def test_a_long_history_is_searched_and_read_in_slices(gputerm):
    script = "seq 20000; printf '%s' 'end '; cat"
    terminal = gputerm("-o", "scrolling.history=20000", "-e", "sh", "-c", script)
    terminal.wait_text("^end")
    with Waiting(terminal) as waiting:
        waiting._call("search", {"pattern": r"\b1\d*7\b", "limit": 10_000}, "search")
        waiting._call("get-text", {"of": "scrollback", "format": "ansi"}, "styled")
        waiting._call("get-text", {"of": "scrollback"}, "text")
        waiting._call("ping", {}, "ping")
        answers = {(answer := waiting.receive())["id"]: answer["result"] for _ in range(4)}
    assert next(iter(answers)) == "ping"
    assert answers["text"]["text"].splitlines()[-2:] == ["20000", "end"]
    assert len(answers["text"]["text"].splitlines()) == 20_001
    assert answers["styled"]["text"].splitlines()[-2] == "20000"
    found = [int(match["text"]) for match in answers["search"]["matches"]]
    assert found == [n for n in range(17, 20_001) if str(n)[0] == "1" and n % 10 == 7]


def test_a_line_of_many_rows_is_told_in_part(gputerm):
    terminal = gputerm("-e", "sh", "-c", "printf '%050000dx' 7; cat")
    terminal.wait_text("7x")
    (match,) = terminal.call("search", pattern="7x")["matches"]
    assert len(match["context"]) == 2000
    assert match["context"].endswith("007x")
    assert len(terminal.call("search", pattern="0", limit=1000)["matches"]) == 1000
