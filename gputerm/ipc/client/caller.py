"""A connection to a running gputerm: calls by name and their answers, one after the other.

`gputerm msg` is this with a command line and imports it at its start, so it stays light. Programs
take `gputerm.ipc.Remote`, which adds a method for each command.
"""

from __future__ import annotations

import os

from gputerm.ipc import protocol, sockets
from gputerm.ipc.client import light_json
from gputerm.ipc.protocol import Fault
from gputerm.ipc.sockets import PANE_VARIABLE, ipc_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Any, Self

    from gputerm.ipc.command import Command

__all__ = ["REPLY_TIMEOUT_S", "Caller", "fill_in", "patience"]

REPLY_TIMEOUT_S = 30.0  #: far above a slow machine's time to open a window

_READ_SIZE = 64 << 10


class Caller:
    """A connection to a server. Not for several threads at once."""

    def __init__(self, connection: socket, path: str, instead_of: str | None = None) -> None:
        self.path = path  #: of the server's socket
        self.instead_of = instead_of  #: the terminal around us that doesn't answer any more
        self._socket = connection
        self._last_id = 0
        self._rest = b""  # what came behind the last message
        self._notifications: list[dict[str, Any]] = []  # that came before an answer

    @classmethod
    def find(cls, path: str | None = None, env: Mapping[str, str] = os.environ) -> Self:
        """Connect to the server at `path`, or the one `env` leads to. Raises IpcError."""
        connection, found = sockets.find_server(path, env)
        return cls(connection, found, sockets.lost(path, found, env))

    def call(
        self, method: str, /, *, reply_timeout: float | None = REPLY_TIMEOUT_S, **params: Any
    ) -> Any:
        """The result of a command. Raises Fault when it is refused, IpcError without an answer.

        `reply_timeout` is in seconds; None: the answer may take any time, as those of `wait` do.
        """
        self._last_id += 1
        message = {"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params}
        line = light_json.dumps(message).encode(errors="replace") + b"\n"
        if len(line) > protocol.MAX_LINE:
            raise Fault(protocol.TOO_LONG, f"a message may have {protocol.MAX_LINE} bytes at most")
        try:
            self._socket.settimeout(REPLY_TIMEOUT_S)
            self._socket.sendall(line)
            self._socket.settimeout(reply_timeout)
            while "id" not in (answer := self._receive()):
                self._notifications.append(answer)
        except TimeoutError:
            seconds = REPLY_TIMEOUT_S if reply_timeout is None else reply_timeout
            raise ipc_error(f"no answer within {seconds:g} s") from None
        except OSError as error:
            raise ipc_error(f"the connection broke: {error.strerror or error}") from None
        if answer["id"] not in (self._last_id, None):
            raise ipc_error("the answer belongs to another call")
        if "error" in answer:
            body = answer["error"]
            raise Fault(body["code"], body["message"], body.get("data"))
        return answer.get("result")

    def notifications(self, timeout: float | None = None) -> Iterator[tuple[str, Any]]:
        """(method, params) of what the server sends after `subscribe`, as it comes.

        Raises IpcError when the connection ends, or nothing came for `timeout` seconds.
        """
        self._socket.settimeout(timeout)
        while True:
            try:
                told = self._notifications.pop(0) if self._notifications else self._receive()
            except OSError as error:
                raise ipc_error(f"the connection broke: {error.strerror or error}") from None
            yield told.get("method", ""), told.get("params")

    def close(self) -> None:
        """Hang up; harmless when closed."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _receive(self) -> dict[str, Any]:
        """The next message of the server."""
        # Answers have no limit: a screen with its history is longer than any request.
        pieces = [self._rest]
        while b"\n" not in pieces[-1]:
            piece = self._socket.recv(_READ_SIZE)
            if not piece:
                raise ipc_error("gputerm closed the connection")
            pieces.append(piece)
        line, _, self._rest = b"".join(pieces).partition(b"\n")
        try:
            message = light_json.loads(line.decode())
        except ValueError:
            raise ipc_error("the answer is not JSON") from None
        if not isinstance(message, dict):
            raise ipc_error("the answer belongs to another call")
        return message


def patience(command: Command, values: dict[str, Any]) -> float | None:
    """For how many seconds to wait for the answer; None: without a limit."""
    if not command.may_wait(values):
        return REPLY_TIMEOUT_S
    limit: float | None = values.get("timeout")  # of the command itself
    return None if limit is None else limit + REPLY_TIMEOUT_S


#: The parameters that name the windows or panes that a command is for.
_WHICH = ("window", "window_id", "pane", "match")


def fill_in(
    command: Command, values: dict[str, Any], path: str, instead_of: str | None = None
) -> None:
    """Fill in parameters of a command that were left out, from our directory and environment.

    `path` is the socket of the server that is asked, and `instead_of` that of the terminal around
    us, if it doesn't answer any more. Raises Fault for "self" outside, and where a command would
    change or type into a window of a terminal that isn't the one around us.
    """
    if instead_of is not None and not command.reads:
        _refuse_strangers(command, values, instead_of)
    for name in ("window", "pane"):
        if values.get(name) == "self":
            del values[name]
            # The pane may have moved to another window since we were started: the server knows.
            values["pane"] = _own_pane(command, path)
    for parameter in command.parameters:
        if values.get(parameter.name) is None:
            for source in parameter.source:
                value = _surrounding(source, values, path)
                if value is not None:
                    values[parameter.name] = value
                    break


def _own_pane(command: Command, path: str) -> int:
    pane = sockets.own_pane(path, os.environ)
    if pane is None:
        why = "self: this program runs in no pane of that gputerm"
        raise Fault(protocol.INVALID_PARAMS, f"{command.name}: {why}")
    return pane


def _refuse_strangers(command: Command, values: dict[str, Any], instead_of: str) -> None:
    for_itself = any(f"${PANE_VARIABLE}" in p.source for p in command.parameters)
    said = any(values.get(name) not in (None, "self") for name in _WHICH)
    if for_itself and not said and os.environ.get(PANE_VARIABLE):
        why = f'the gputerm of this window ("{instead_of}") is gone; say --window or --match'
        raise Fault(protocol.INVALID_PARAMS, f"{command.name}: {why}")


def _surrounding(source: str, values: dict[str, Any], path: str) -> str | int | None:
    """The value of a Parameter's `source` in this process; None if there is none."""
    if source == "cwd":
        try:
            return os.getcwd()
        except OSError:
            return None  # It was removed.
    if source == f"${PANE_VARIABLE}":
        said = any(values.get(name) is not None for name in _WHICH)
        return None if said else sockets.own_pane(path, os.environ)
    return os.environ.get(source[1:]) or None
