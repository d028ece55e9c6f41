"""`msg statistics` and --perf-log, against a real process in a real window."""

import json
import os
import stat

COLUMNS = ("seconds", "window", "bytes", "parse", "paint", "draw", "swap", "key")


def logged(path):
    """The lines of a perf log as dicts of numbers; None where there is none."""
    header, *lines = path.read_text().splitlines()
    assert tuple(header.split()) == ("#", *COLUMNS)
    return [
        {
            name: None if value == "-" else float(value)
            for name, value in zip(COLUMNS, line.split(), strict=True)
        }
        for line in lines
    ]


def keys_of(terminal):
    return terminal.call("statistics")["windows"][0]["key_to_swap"]


def test_statistics_count_what_happened(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 10000; exec cat")
    terminal.wait_text("^10000$")
    cost = terminal.call("statistics")
    (window,) = cost["windows"]
    assert window["id"] == 1
    assert window["bytes_received"] == len("".join(f"{n}\r\n" for n in range(1, 10001)))
    assert 0 < window["parse_seconds"] < window["uptime"]
    assert window["frames"] >= 1
    assert 10_000 < window["history_bytes"] < 1 << 20
    assert 0 < window["draw_seconds"] < window["uptime"]
    assert cost["process"]["pid"] == terminal.process.pid
    assert 10 << 20 < cost["process"]["memory"] < 1 << 30
    assert cost["process"]["bytes_received"] == window["bytes_received"]


def test_a_key_is_timed_until_its_echo_is_shown(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.focus()
    assert keys_of(terminal)["count"] == 0
    assert keys_of(terminal)["p99"] is None
    for number, key in enumerate("abc", 1):
        terminal.key(key)
        terminal.wait_for(lambda n=number: keys_of(terminal)["count"] == n, "the echo")
    keys = keys_of(terminal)
    assert 0 < keys["p50"] <= keys["p90"] <= keys["p99"] <= keys["max"] < 1
    assert 0 < keys["mean"] <= keys["max"]


def test_a_key_without_an_echo_is_not_timed(gputerm):
    terminal = gputerm("-e", "sh", "-c", "stty -echo; echo ready; read x; echo $x; cat")
    terminal.wait_text("ready")
    terminal.focus()
    terminal.key("a", "b")
    terminal.key("Return")
    terminal.wait_text("^ab$")
    assert keys_of(terminal)["count"] == 1  # the answer to all three


def test_closed_windows_stay_in_the_sum(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.call("create-window", command=["sh", "-c", "echo hello; exec cat"])
    terminal.wait_text("hello", 2)
    assert [one["id"] for one in terminal.call("statistics")["windows"]] == [1, 2]
    assert [one["id"] for one in terminal.call("statistics", window=2)["windows"]] == [2]
    terminal.call("close", window=2)
    cost = terminal.call("statistics")
    assert [one["id"] for one in cost["windows"]] == [1]
    assert cost["process"]["bytes_received"] == len("hello\r\n")


def test_people_get_a_table_and_programs_json(gputerm):
    terminal = gputerm("-e", "cat")
    head, window, total, process = terminal.msg("statistics").splitlines()
    assert head.split()[:3] == ["WINDOW", "UPTIME", "RECEIVED"]
    assert window.split()[0] == "1"
    assert total.split()[0] == "all"
    assert process.startswith(f"process {terminal.process.pid}, ")
    assert set(json.loads(terminal.msg("--json", "statistics"))) == {"process", "windows"}


def test_the_perf_log_has_a_line_for_each_frame_and_nothing_that_was_typed(gputerm, tmp_path):
    path = tmp_path / "perf"
    terminal = gputerm("--perf-log", "perf", "-e", "cat")
    terminal.focus()
    terminal.type("secret")
    terminal.wait_text("secret")
    terminal.wait_for(lambda: any(line["key"] for line in logged(path)), "an echo's frame")
    terminal.call("create-window", command=["sh", "-c", "echo hello; exec cat"])
    terminal.wait_text("hello", 2)
    terminal.wait_for(
        lambda: sum(line["bytes"] for line in logged(path) if line["window"] == 2) == 7,
        "the frame of the second window",
    )
    terminal.call("quit")
    assert terminal.process.wait(20) == 0
    lines = logged(path)
    assert sum(line["bytes"] for line in lines if line["window"] == 1) == len("secret")
    assert all(line[name] >= 0 for line in lines for name in ("parse", "paint", "draw", "swap"))
    assert all(line["paint"] > 0 for line in lines)
    echo = next(line for line in lines if line["key"])
    assert echo["key"] > echo["paint"] + echo["draw"] + echo["swap"] > 0
    assert "secret" not in path.read_text()
    assert not stat.S_IMODE(path.stat().st_mode) & 0o111


def test_a_perf_log_that_cannot_be_written_is_one_line_and_no_more(gputerm, tmp_path):
    os.mkfifo(tmp_path / "pipe")  # that nobody reads
    for place, why in (
        ("/dev/full", "No space left on device"),
        ("no/such/file", "No such file or directory"),
        ("pipe", "No such device or address"),
    ):
        terminal = gputerm("--perf-log", place, "-e", "sh", "-c", "echo works; exec cat")
        terminal.wait_text("works")
        full = place if place.startswith("/") else tmp_path / place
        assert terminal.stderr() == f"gputerm: --perf-log: can't write {full}: {why}\n"
        terminal.call("quit")
        assert terminal.process.wait(20) == 0
