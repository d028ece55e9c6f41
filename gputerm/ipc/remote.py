"""A running gputerm, as seen by another process: calls and answers, one after the other.

    with Remote.find() as gputerm:
        window = gputerm.call("create-window", title="build", command=["make"])["window_id"]

It blocks. `gputerm msg` is this with a command line; commands.py says what there is to call.
"""

from __future__ import annotations

import os

from gputerm.ipc import discovery, light_json, protocol
from gputerm.ipc.discovery import ipc_error
from gputerm.ipc.protocol import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any

__all__ = ["Remote"]

REPLY_TIMEOUT_S = 30.0  #: far above a slow machine's time to open a window

_READ_SIZE = 64 << 10


class Remote:
    """A connection to a server. Not for several threads at once."""

    def __init__(self, connection: socket, path: str) -> None:
        self.path = path  #: of the server's socket
        self._socket = connection
        self._last_id = 0

    @classmethod
    def find(cls, path: str | None = None, env: Mapping[str, str] = os.environ) -> Remote:
        """Connect to the server at `path`, or the one `env` leads to. Raises IpcError."""
        return cls(*discovery.find_server(path, env))

    def call(self, method: str, /, *, timeout: bool = True, **params: Any) -> Any:
        """The result of a command. Raises Fault when it is refused, IpcError without an answer.

        Without `timeout` the answer may take any time, as those of `wait` do.
        """
        self._last_id += 1
        message = {"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params}
        line = light_json.dumps(message).encode(errors="replace") + b"\n"
        if len(line) > protocol.MAX_LINE:
            raise Fault(protocol.TOO_LONG, f"a message may have {protocol.MAX_LINE} bytes at most")
        self._socket.settimeout(REPLY_TIMEOUT_S if timeout else None)
        try:
            self._socket.sendall(line)
            answer = light_json.loads(self._receive_line().decode())
        except TimeoutError:
            raise ipc_error(f"no answer within {REPLY_TIMEOUT_S:g} s") from None
        except OSError as error:
            raise ipc_error(f"the connection broke: {error.strerror or error}") from None
        except ValueError:
            raise ipc_error("the answer is not JSON") from None
        if not isinstance(answer, dict) or answer.get("id") not in (self._last_id, None):
            raise ipc_error("the answer belongs to another call")
        if "error" in answer:
            body = answer["error"]
            raise Fault(body["code"], body["message"], body.get("data"))
        return answer.get("result")

    def close(self) -> None:
        """Hang up; harmless when closed."""
        self._socket.close()

    def __enter__(self) -> Remote:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _receive_line(self) -> bytes:
        # Answers have no limit: a screen with its history is longer than any request.
        pieces = []
        while True:
            piece = self._socket.recv(_READ_SIZE)
            if not piece:
                raise ipc_error("gputerm closed the connection without an answer")
            pieces.append(piece)
            if piece.endswith(b"\n"):
                return b"".join(pieces)
