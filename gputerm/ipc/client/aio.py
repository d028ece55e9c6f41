"""`Remote` for asyncio: many calls at once over one connection.

    async with await AsyncRemote.find() as gputerm:
        window = (await gputerm.create_window(command=["make"], hold=True))["window_id"]
        await gputerm.wait(window=window, exit=True)

    async for event in gputerm.events("title", "bell"):
        print(event["window"], event["event"])

Calls raise what Remote's raise. Cancelling one forgets its answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal

from gputerm.errors import IpcError
from gputerm.ipc import protocol, sockets
from gputerm.ipc.client.calls import AsyncCalls
from gputerm.ipc.client.remote import filled_in
from gputerm.ipc.protocol import Fault
from gputerm.ipc.results import Event

__all__ = ["AsyncRemote"]

MAX_UNREAD_EVENTS = 10_000

_READ_SIZE = 64 << 10


class AsyncRemote(AsyncCalls):
    """A connection to a server, in one event loop."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        path: str,
        instead_of: str | None = None,
    ) -> None:
        self.path = path  #: of the server's socket
        self.instead_of = instead_of  #: the terminal around us that doesn't answer any more
        self._writer = writer
        self._last_id = 0
        self._calls: dict[int, asyncio.Future[Any]] = {}
        # When it is full nothing more is read, answers included, and the server drops us.
        self._events: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(MAX_UNREAD_EVENTS)
        self._reading = asyncio.create_task(self._read(reader))

    @classmethod
    async def find(
        cls, path: str | None = None, env: Mapping[str, str] = os.environ
    ) -> AsyncRemote:
        """Connect to the server at `path`, or the one `env` leads to. Raises IpcError."""
        connection, found = await asyncio.to_thread(sockets.find_server, path, env)
        sock = socket.socket(fileno=connection.detach())
        streams = await asyncio.open_unix_connection(sock=sock)
        return cls(*streams, found, sockets.lost(path, found, env))

    async def call(self, method: str, /, **params: Any) -> Any:
        """The result of a command. Raises Fault when it is refused, IpcError without an answer."""
        self._last_id += 1
        id = self._last_id
        line = protocol.encode({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        if len(line) > protocol.MAX_LINE:
            raise Fault(protocol.TOO_LONG, f"a message may have {protocol.MAX_LINE} bytes at most")
        if self._reading.done():
            raise IpcError("gputerm closed the connection")
        answer = self._calls[id] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(line)
            await self._writer.drain()
            return await answer
        except OSError as error:
            raise IpcError(f"the connection broke: {error.strerror or error}") from None
        finally:
            self._calls.pop(id, None)

    async def command(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a command; what isn't said in `params` is filled in."""
        return await self.call(method, **filled_in(method, params, self.path, self.instead_of))

    async def events(
        self,
        *names: str,
        window: int | Literal["focused", "self"] | None = None,
        pane: int | Literal["self"] | None = None,
        match: str | None = None,
    ) -> AsyncIterator[Event]:
        """Subscribe, and give each event as it comes. Raises IpcError when it was too slow.

        One subscription a connection.
        """
        await self.subscribe(names, window=window, pane=pane, match=match)
        while not (self._reading.done() and self._events.empty()):
            told = await self._events.get()
            if told is None:
                return
            method, event = told
            if method == "dropped":
                raise IpcError("dropped: the events were read too slowly")
            yield event

    async def close(self) -> None:
        """Hang up; calls without an answer fail."""
        self._reading.cancel()
        self._writer.close()
        with suppress(OSError, asyncio.CancelledError):
            await self._reading
        with suppress(OSError):
            await self._writer.wait_closed()

    async def __aenter__(self) -> AsyncRemote:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        """Hand out what comes, until the end of the connection."""
        decoder = protocol.LineDecoder(limit=1 << 62)  # answers have no limit
        try:
            while data := await reader.read(_READ_SIZE):
                for line in decoder.feed(data):
                    message = json.loads(line)
                    if not isinstance(message, dict):
                        return
                    if "method" in message:
                        await self._events.put((message["method"], message.get("params")))
                    else:
                        self._take(message)
        except (OSError, ValueError):
            pass  # broken, or no JSON: nothing more can be trusted
        finally:
            for call in self._calls.values():
                if not call.done():
                    call.set_exception(IpcError("gputerm closed the connection"))
            self._writer.close()
            if not self._events.full():
                self._events.put_nowait(None)

    def _take(self, message: dict[str, Any]) -> None:
        """An answer."""
        call = self._calls.get(message.get("id"))  # type: ignore[arg-type]  # None fits no call
        if call is None or call.done():
            return
        if (body := message.get("error")) is not None:
            call.set_exception(Fault(body["code"], body["message"], body.get("data")))
        else:
            call.set_result(message.get("result"))
