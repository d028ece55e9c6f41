"""The server against real clients, patient and hostile. Nobody hurts anybody else."""

import contextlib
import os
import stat
import threading

import pytest

from gputerm import __version__
from gputerm.ipc import protocol
from gputerm.ipc.protocol import Written
from gputerm.ipc.server import connection, server

PING = b'{"jsonrpc":"2.0","method":"ping","id":1}\n'


@contextlib.contextmanager
def other_clients_are_served(terminal):
    """While the block runs and after it, a new client gets its answer."""
    yield
    with terminal.connect() as client:
        client.send(PING)
        assert client.receive()["id"] == 1


def test_call_reaches_the_main_thread_and_its_reply_the_client(terminal):
    with terminal.connect() as client:
        client.call("create-window", {"title": "t"}, id="x")
        answer = client.receive()
    assert answer["id"] == "x"
    assert answer["jsonrpc"] == "2.0"
    assert answer["result"]["title"] == "t"


def test_failure_carries_code_message_and_data(terminal):
    terminal.answer = lambda request: request.fail(protocol.FAILED, "no display", {"n": 1})
    with terminal.connect() as client:
        client.call("create-window")
        assert client.receive()["error"] == {"code": 1, "message": "no display", "data": {"n": 1}}


def test_version_and_schema_work_while_the_main_thread_is_busy(terminal):
    terminal.hold()
    with terminal.connect() as client:
        client.call("ping", id=1)
        client.call("version", id=2)
        assert client.receive()["result"] == {"version": __version__, "protocol": protocol.VERSION}
        client.call("schema", id=3)
        assert "create-window" in client.receive()["result"]["commands"]


def test_late_replies_find_their_call(terminal):
    terminal.hold()
    with terminal.connect() as client:
        for id in range(3):
            client.call("ping", id=id)
            terminal.wait_for_request()
        for request in reversed(terminal.requests):
            request.reply()
        assert [client.receive()["id"] for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("cut", range(len(PING)))
def test_request_may_arrive_in_any_pieces(terminal, cut):
    with terminal.connect() as client:
        client.send(PING[:cut])
        terminal.in_loop(lambda: None)
        client.send(PING[cut:])
        assert client.receive()["id"] == 1


def test_last_line_may_end_with_the_stream(terminal):
    with terminal.connect() as client:
        client.send(PING.rstrip(b"\n"))
        client.half_close()
        assert client.receive()["id"] == 1
        assert client.receive() is None


def test_half_closed_client_gets_a_late_answer(terminal):
    terminal.hold()
    with terminal.connect() as client:
        client.send(PING)
        client.half_close()
        request = terminal.wait_for_request()
        terminal.in_loop(lambda: None)
        assert request.alive
        request.reply()
        assert client.receive()["id"] == 1
        assert client.receive() is None


def test_batch_is_answered_by_one_line(terminal):
    batch = [
        {"jsonrpc": "2.0", "method": "ping", "id": 1},
        {"jsonrpc": "2.0", "method": "ping"},
        {"jsonrpc": "2.0", "method": "nonsense", "id": 2},
        5,
        {"jsonrpc": "2.0", "method": "version", "id": 3},
    ]
    with terminal.connect() as client:
        client.send(batch)
        answers = client.receive()
    assert {answer["id"] for answer in answers} == {1, 2, 3, None}
    codes = {answer["error"]["code"] for answer in answers if "error" in answer}
    assert codes == {protocol.METHOD_NOT_FOUND, protocol.INVALID_REQUEST}


def test_notifications_are_carried_out_and_not_answered(terminal):
    with terminal.connect() as client:
        client.send([{"jsonrpc": "2.0", "method": "ping"}] * 2)
        client.send({"jsonrpc": "2.0", "method": "nonsense"})
        client.send(PING)
        assert client.receive()["id"] == 1
    assert len(terminal.requests) == 3


@pytest.mark.parametrize("line", [b"{\n", b"\xff\n", b"[]\n", b'{"a":1,"a":1}\n', b"NaN\n"])
def test_nonsense_is_answered_and_the_connection_lives_on(terminal, line):
    with terminal.connect() as client:
        client.send(line)
        assert client.receive()["error"]["code"] in (-32700, -32600)
        client.send(PING)
        assert client.receive()["id"] == 1


def test_endless_line_is_cut_off_and_memory_stays_small(terminal):
    with other_clients_are_served(terminal), terminal.connect() as client:
        chunk = b"x" * (1 << 20)
        sent = 0
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while sent < 1 << 30:
                client.send(chunk)
                sent += len(chunk)
        assert sent < 1 << 30, "a gigabyte was read"
        held = terminal.in_loop(
            lambda: [len(c._decoder._partial) for c in terminal.server._connections]
        )
        assert sum(held) <= protocol.MAX_LINE


def test_line_over_the_limit_gets_its_reason(terminal):
    with terminal.connect() as client:
        client.send(b"x" * (protocol.MAX_LINE + 1))
        assert client.receive()["error"]["code"] == protocol.TOO_LONG
        assert client.receive() is None


@pytest.mark.parametrize("start", [b"", b'{"jsonrpc"'])
def test_silent_client_is_sent_away_and_disturbs_nobody(terminal, monkeypatch, start):
    monkeypatch.setattr(connection, "LINE_TIMEOUT_S", 0.05)
    with other_clients_are_served(terminal), terminal.connect() as client:
        client.send(start)
        assert client.receive()["error"]["code"] == protocol.UNFINISHED
        assert client.receive() is None


def test_client_that_has_called_may_be_silent_for_long(terminal, monkeypatch):
    monkeypatch.setattr(connection, "LINE_TIMEOUT_S", 0.02)
    with terminal.connect() as client:
        client.send(PING)
        client.receive()
        threading.Event().wait(0.1)
        client.send(PING)
        assert client.receive()["id"] == 1


def test_client_that_never_reads_is_dropped(terminal, monkeypatch):
    monkeypatch.setattr(connection, "WRITE_TIMEOUT_S", 0.05)
    gone = contextlib.suppress(BrokenPipeError, ConnectionResetError)
    with other_clients_are_served(terminal), terminal.connect() as client, gone:
        while True:
            client.call("schema")


def test_unread_answers_stop_the_reading(terminal):
    with other_clients_are_served(terminal), terminal.connect() as client:
        client.socket.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            for _ in range(100_000):
                client.call("schema")
        (unsent,) = terminal.in_loop(lambda: [c._unsent for c in terminal.server._connections])
        assert connection.MAX_UNSENT <= unsent < connection.MAX_UNSENT + (64 << 10)


def test_unanswered_calls_stop_the_reading(terminal):
    terminal.hold()
    with terminal.connect() as client:
        client.socket.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            for _ in range(100_000):
                client.send(PING)
        (pending,) = terminal.in_loop(lambda: [c.pending for c in terminal.server._connections])
        assert pending == connection.MAX_PENDING
        with other_clients_are_served(terminal):
            terminal.answer = lambda request: request.reply()


def test_many_short_lines_in_one_packet_are_all_answered(terminal):
    with terminal.connect() as client:
        client.send(b"1\n" * 20_000)
        assert all(client.receive()["error"] for _ in range(20_000))


def test_killed_client_is_noticed_and_its_answer_is_lost_quietly(terminal):
    terminal.hold()
    client = terminal.connect()
    client.send(PING)
    request = terminal.wait_for_request()
    client.close()
    wait_until(terminal, lambda: not terminal.server._connections or not request.alive)
    request.reply()
    with other_clients_are_served(terminal):
        terminal.answer = lambda request: request.reply()


def test_new_client_replaces_the_oldest_idle_one(terminal, monkeypatch):
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 3)
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(terminal.connect()) for _ in range(10)]
        clients[-1].send(PING)
        assert clients[-1].receive()["id"] == 1
        assert clients[0].receive() is None
        assert terminal.in_loop(lambda: len(terminal.server._connections)) == 3


def test_client_is_refused_when_all_others_are_busy(terminal, monkeypatch):
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 2)
    terminal.hold()
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(terminal.connect()).send(PING)
            terminal.wait_for_request()
        late = stack.enter_context(terminal.connect())
        assert late.receive()["error"]["code"] == protocol.TOO_MANY


def test_connections_leave_no_descriptor(terminal):
    before = len(os.listdir("/dev/fd"))
    for _ in range(50):
        with terminal.connect() as client:
            client.send(PING)
            client.receive()
    wait_until(terminal, lambda: not terminal.server._connections)
    assert len(os.listdir("/dev/fd")) == before


def test_strangers_are_refused(terminal, monkeypatch):
    monkeypatch.setattr("gputerm.ipc.sockets.peer_is_trusted", lambda sock: False)
    with terminal.connect() as client, contextlib.suppress(ConnectionError):
        assert client.receive() is None


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_socket_is_for_its_user_alone_whatever_the_umask(make_terminal, runtime, umask):
    before = os.umask(umask)
    try:
        path = make_terminal(None, runtime).path
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_socket_is_removed_with_the_loop_and_pending_calls_are_answered(make_terminal, runtime):
    terminal = make_terminal(None, runtime)
    terminal.hold()
    with terminal.connect() as client:
        client.send(PING)
        terminal.wait_for_request()
        terminal.stop()
        assert client.receive()["error"]["code"] == protocol.SHUTTING_DOWN
        assert client.receive() is None
    assert not os.path.exists(terminal.path)


def test_socket_of_a_successor_is_not_removed(make_terminal, tmp_path):
    path = str(tmp_path / "s.sock")
    first = make_terminal(path, {})
    os.unlink(path)
    make_terminal(path, {})
    first.stop()
    assert os.path.exists(path)


def test_reply_that_is_not_utf8_does_not_break_the_line(terminal):
    terminal.answer = lambda request: request.reply({"title": "a\udc80b"})
    with terminal.connect() as client:
        client.send(PING)
        assert client.receive()["result"] == {"title": "a?b"}


def test_large_answer_arrives_whole(terminal):
    text = "é" * 3_000_000
    terminal.answer = lambda request: request.reply(text)
    with terminal.connect() as client:
        client.send(PING)
        assert client.receive()["result"] == text


def wait_until(terminal, condition) -> None:
    """Until the loop thread has got so far; it tells nobody."""
    for _ in range(10_000):
        if terminal.in_loop(condition):
            return
    raise AssertionError("never")


def test_a_client_that_has_asked_stays_before_silent_ones(monkeypatch, terminal):
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 3)
    with terminal.connect() as old, terminal.connect() as silent, terminal.connect() as other:
        old.call("version")
        assert old.receive()["result"]
        with terminal.connect() as newest:
            newest.call("version")
            assert newest.receive()["result"]
            assert silent.receive() is None
            other.call("version")
            assert other.receive()["result"]
            old.call("version")
            assert old.receive()["result"]


def test_unfinished_lines_share_a_limit(monkeypatch, terminal):
    monkeypatch.setattr(server, "MAX_PARTIAL", 400_000)
    with terminal.connect() as first, terminal.connect() as second:
        first.send(b'{"a":"' + b"x" * 250_000)
        terminal.in_loop(lambda: None)
        second.send(b'{"a":"' + b"x" * 200_000)
        second.call("version")
        answers = [client.receive()["error"]["code"] for client in (first, second)]
        assert answers == [protocol.TOO_LONG, protocol.PARSE_ERROR]


def test_a_subscriber_gets_notifications_until_it_is_too_slow(terminal):
    def answer(request):
        subscription = request.subscribe()
        request.reply({"seq": 0})
        for number in range(3000):
            params = {"seq": number, "text": "x" * 1000}
            subscription.send(protocol.notification("event", params))

    terminal.answer = answer
    with terminal.connect() as client:
        client.call("subscribe")
        terminal.wait_for_request()
        terminal.in_loop(lambda: None)  # all was sent while nobody read
        assert client.receive()["result"] == {"seq": 0}
        told = []
        while (message := client.receive()) is not None:
            told.append(message)
    assert [message["params"]["seq"] for message in told[:-1]] == list(range(len(told) - 1))
    assert told[-1]["method"] == "dropped"


def test_a_subscriber_that_stands_still_is_told_that_it_was_dropped(terminal, monkeypatch):
    monkeypatch.setattr(connection, "WRITE_TIMEOUT_S", 0.01)
    terminal.hold()
    with terminal.connect() as client:
        client.call("subscribe")
        request = terminal.wait_for_request()
        subscription = request.subscribe()
        line = protocol.notification("event", {"text": "x" * 1000})
        for _ in range(500):  # more than the kernel takes, less than it may leave
            subscription.send(line)
        later = threading.Event()
        terminal.in_loop(lambda: terminal.loop.call_later(0.1, later.set))
        later.wait()
        for _ in range(1000):
            subscription.send(line)
        terminal.in_loop(lambda: None)  # all was sent while nobody read
        told = []
        while (message := client.receive()) is not None:
            told.append(message["method"])
    assert told[-1] == "dropped"
    assert len(told) > 500


def test_a_long_answer_is_sent_in_pieces_alone_or_in_a_batch(terminal):
    pieces = [protocol.written_text("é\n" * 300_000)] * 3
    terminal.answer = lambda request: request.reply(Written(b'{"text":"', *pieces, b'"}'))
    with terminal.connect() as client:
        client.call("get-text", id="a")
        assert client.receive()["result"] == {"text": "é\n" * 900_000}
        call = {"jsonrpc": "2.0", "method": "get-text"}
        client.send([{**call, "id": 1}, call, {**call, "method": "version", "id": 2}])
        first, second = client.receive()
        assert {first["id"], second["id"]} == {1, 2}
        assert sum("text" in answer["result"] for answer in (first, second)) == 1
        client.send([call])
        client.call("version", id=3)
        assert client.receive()["id"] == 3
