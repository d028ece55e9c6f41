"""The socket's server: accepts, frames and checks in the loop thread; runs no command.

    client ─▶ Connection ─▶ calls ─▶ validate ─▶ Request ─ post ─▶ main thread
    client ◀─ Connection ◀──────── call ◀─────── reply / fail ◀──── main thread

Every call is answered once, whatever happens: by the main thread, by the checks here, or when the
loop ends. What about.py knows is answered here, so it works while the main thread is busy.
"""

from __future__ import annotations

import errno
import os
from collections.abc import MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any

from gputerm import log
from gputerm.host.loop import READ, Loop
from gputerm.ipc import commands, protocol, sockets
from gputerm.ipc.command import validate
from gputerm.ipc.protocol import Call, Fault
from gputerm.ipc.server import alacritty
from gputerm.ipc.server.connection import Connection

__all__ = ["Request", "Server", "Subscription"]


MAX_CONNECTIONS = 256  #: more than a user's scripts need, fewer than the descriptors we may have
MAX_PARTIAL = 16 << 20  #: bytes of unfinished lines of all connections
_ACCEPT_PAUSE_S = 1.0  #: when the process has no descriptor left


class Request:
    """A checked call on its way through the main thread, which answers it once, now or later.

    `method` is a name in commands.COMMANDS and `params` has all of its parameters. The methods may
    be called from any thread.
    """

    def __init__(self, server: Server, line: _Line, call: Call, params: dict[str, Any]) -> None:
        self.method = call.method
        self.params = params
        self._server = server
        self._line = line
        self._call = call
        self._answered = False

    @property
    def sender(self) -> object:
        """The same object for all calls of one connection."""
        return self._line.connection

    @property
    def alive(self) -> bool:
        """Whether somebody still waits; a client that left may be noticed late."""
        return not self._line.connection.closed

    def reply(self, result: Any = None) -> None:
        """The command worked; `result` is the answer that its row declares."""
        self._finish(self._line.result(self._call, result))

    def fail(self, code: int, message: str, data: Any = None) -> None:
        """The command didn't; `code` is one of protocol's, `message` one line for the user."""
        self._finish(self._line.error(self._call, Fault(code, message, data)))

    def subscribe(self) -> Subscription:
        """Keep the connection for notifications; before the reply."""
        return Subscription(self._server.loop, self._line.connection)

    def _finish(self, answer: list[bytes]) -> None:
        assert not self._answered, self.method
        self._answered = True
        self._server.loop.call(partial(self._deliver, answer))

    # ── loop thread ──────────────────────────────────────────────────────────────────────────────

    def _deliver(self, answer: list[bytes]) -> None:
        if self._server.answered(self):
            self._line.done(answer)

    def give_up(self) -> None:
        """Delivering the answer has failed: close the connection."""
        self._line.connection.close()


class Subscription:
    """Notifications to one client, until it hangs up or doesn't keep up. Any thread."""

    def __init__(self, loop: Loop, connection: Connection) -> None:
        self._loop = loop
        self._connection = connection
        loop.call(self._begin)

    def _begin(self) -> None:
        self._connection.subscribed = True

    @property
    def alive(self) -> bool:
        """Whether somebody listens; a client that left may be noticed late."""
        return not self._connection.closed

    def send(self, line: bytes) -> None:
        """Send what protocol.notification made: something that wasn't asked for just now."""
        self._loop.call(partial(self._connection.notify, line))


class _Line:
    """One line of a client: a call or a batch. Its answer is sent when the last call is done."""

    def __init__(self, connection: Connection, calls: int, *, batch: bool) -> None:
        self.connection = connection
        self._missing = calls
        self._batch = batch
        self._answers: list[list[bytes]] = []
        connection.pending += 1

    def result(self, call: Call, result: Any) -> list[bytes]:
        """The answer to a call that worked, in pieces; any thread."""
        return [] if call.notification else protocol.result(call.id, result)

    def error(self, call: Call, fault: Fault) -> list[bytes]:
        """The answer to a call that failed; any thread."""
        return [] if call.notification else [protocol.error(call.id, fault)]

    def done(self, answer: list[bytes]) -> None:
        """One of the calls has its answer, which is empty for a notification."""
        if answer:
            self._answers.append(answer)
        self._missing -= 1
        if not self._missing:
            self._send()

    def _send(self) -> None:
        pieces: list[bytes] = []
        for answer in self._answers:
            if self._batch:  # Each answer has ended its line.
                pieces += [b"," if pieces else b"[", *answer[:-1], answer[-1].removesuffix(b"\n")]
            else:
                pieces += answer
        if self._batch and pieces:
            pieces.append(b"]\n")
        self.connection.send(pieces, answers=1)


class _AlacrittyLine(_Line):
    """A message of Alacritty's client, which expects the end of the stream for an answer."""

    def result(self, call: Call, result: Any) -> list[bytes]:
        return [] if call.notification else [alacritty.get_config_reply(result)]

    def error(self, call: Call, fault: Fault) -> list[bytes]:
        log.debug(__name__, "%s: %s", call.method, fault.message)
        return []

    def _send(self) -> None:
        super()._send()
        self.connection.end()


class Server:
    """The listening socket and its clients. Posts a Request to the main thread for each command.

    Main thread: the constructor, `touch`, `close`. Everything ends by itself with the loop.
    """

    def __init__(
        self,
        loop: Loop,
        path: str | None = None,
        env: MutableMapping[str, str] = os.environ,
        *,
        headless: bool = False,
    ) -> None:
        """Listen at `path`, or where systemd does, or where clients of this display look; if the
        windows are on none (`headless`), where those without a display look.

        Raises IpcError.
        """
        self.loop = loop
        listener = sockets.inherited(env) if path is None else None
        if listener is not None:
            self._listener, self.path = listener, os.path.abspath(listener.getsockname())
            self._inode: tuple[int, int] | None = None  # the file is systemd's
        else:
            if path is None:
                path = sockets.new_socket_path(env, os.getpid(), headless=headless)
            self.path = os.path.abspath(path)
            self._listener = sockets.bind(self.path)
            status = os.lstat(self.path)
            self._inode = (status.st_dev, status.st_ino)
        self._connections: dict[Connection, None] = {}  # oldest first
        self._requests: set[Request] = set()  # not answered yet
        self._open = True
        loop.call(self._start)

    def touch(self) -> None:
        """Mark the socket as the one used last, which clients without a path prefer."""
        with suppress(OSError):
            os.utime(self.path)

    def close(self) -> None:
        """Close all connections and remove the socket."""
        self.loop.call(self._close_now)

    # ── loop thread ──────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self.loop.at_stop(self._close)
        self.loop.register(self._listener.fileno(), READ, self._accept)

    def _accept(self, events: int) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                # The listener stays readable; without a pause we would spin.
                self.loop.unregister(self._listener.fileno())
                self.loop.call_later(_ACCEPT_PAUSE_S, self._resume)
            return
        if not sockets.peer_is_trusted(sock):
            sock.close()
            return
        if len(self._connections) >= MAX_CONNECTIONS:
            self._make_room()
        connection = Connection(self.loop, sock, self._on_line, self._on_closed, self._on_growth)
        self._connections[connection] = None
        if len(self._connections) > MAX_CONNECTIONS:
            connection.fail(Fault(protocol.TOO_MANY, "too many connections"))

    def _make_room(self) -> None:
        """Close the oldest idle connection, preferably one that has never sent a request."""
        idle = [other for other in self._connections if other.idle]
        oldest = min(idle, key=lambda other: other.served, default=None)
        if oldest is not None:
            oldest.close()

    def _on_growth(self) -> None:
        if sum(connection.partial for connection in self._connections) > MAX_PARTIAL:
            longest = max(self._connections, key=lambda connection: connection.partial)
            longest.fail(Fault(protocol.TOO_LONG, "too many long messages at once"))

    def _resume(self) -> None:
        if self._open:
            self.loop.register(self._listener.fileno(), READ, self._accept)

    def _on_closed(self, connection: Connection) -> None:
        del self._connections[connection]

    def _on_line(self, connection: Connection, data: bytes) -> None:
        try:
            value = protocol.decode(data)
            if alacritty.is_message(value):
                self._on_alacritty(connection, value)
                return
            calls = protocol.calls(value)
        except Fault as fault:
            line = _Line(connection, 1, batch=False)
            line.done([protocol.error(None, fault)])
            return
        line = _Line(connection, len(calls), batch=isinstance(value, list))
        for call in calls:
            if isinstance(call, Fault):
                line.done([protocol.error(None, call)])
            else:
                self._on_call(line, call)

    def _on_alacritty(self, connection: Connection, value: dict[str, Any]) -> None:
        line = _AlacrittyLine(connection, 1, batch=False)
        try:
            call = alacritty.translate(value)
        except Fault as fault:
            log.debug(__name__, "%s", fault.message)
            line.done([])
        else:
            self._on_call(line, call)

    def _on_call(self, line: _Line, call: Call) -> None:
        try:
            command = commands.find(call.method)
            params = validate(command, call.params)
        except Fault as fault:
            line.done(line.error(call, fault))
            return
        if command.immediate:
            line.done(line.result(call, command.load_function()()))
        else:
            request = Request(self, line, call, params)
            self._requests.add(request)
            self.loop.post(request)

    def answered(self, request: Request) -> bool:
        """For Request only: whether its client still waits; it does no more."""
        waited = request in self._requests  # else the server was closed before
        self._requests.discard(request)
        return waited

    def _close_now(self) -> None:
        if self._open:
            self.loop.cancel_at_stop(self._close)
            self._close()

    def _close(self) -> None:
        self._open = False
        with suppress(KeyError, ValueError):
            self.loop.unregister(self._listener.fileno())
        self._listener.close()
        self.remove_socket()
        fault = Fault(protocol.SHUTTING_DOWN, "gputerm ended before it answered")
        for request in self._requests:
            request._line.done(request._line.error(request._call, fault))
        self._requests.clear()
        for connection in tuple(self._connections):
            connection.close()

    def give_up(self) -> None:
        """A handler has failed: close the socket and all connections."""
        self._close_now()

    def remove_socket(self) -> None:
        """Remove the socket file unless someone has put another in its place. Any thread."""
        with suppress(OSError):
            status = os.lstat(self.path)
            if (status.st_dev, status.st_ino) == self._inode:
                os.unlink(self.path)
