"""A running gputerm for Python programs: a method for each command.

    with Remote.find() as gputerm:
        window = gputerm.create_window(command=["make"], hold=True)["window_id"]
        code = gputerm.wait(window=window, exit=True)["value"]

It blocks; aio.py is the same for asyncio. Needs nothing but Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from gputerm.errors import IpcError
from gputerm.ipc import commands
from gputerm.ipc.client.caller import Caller, fill_in, patience
from gputerm.ipc.client.calls import Calls
from gputerm.ipc.results import Event
from gputerm.paths import absolute

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Remote", "filled_in"]


class Remote(Caller, Calls):
    """A connection to a server. Not for several threads at once.

    Calls raise Fault when they are refused, IpcError when no answer comes.
    """

    _started: _Started | None = None

    @classmethod
    def start(cls, *options: str, headless: bool = False) -> Self:
        """Start a gputerm without a window, `gputerm --daemon` or `--headless`, with further
        options. `close` ends it. Raises IpcError when it doesn't start.
        """
        started = _Started("--headless" if headless else "--daemon", *options)
        try:
            remote = cls.find(started.path)
        except IpcError:
            code = started.end()
            raise IpcError(f"gputerm didn't start, exit code {code}") from None
        remote._started = started
        return remote

    def close(self) -> None:
        """Hang up, and end what `start` has started; harmless when closed."""
        super().close()
        if self._started is not None:
            self._started.end()
            self._started = None

    def command(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a command; what isn't said in `params` is filled in."""
        values = filled_in(method, params, self.path, self.instead_of)
        return self.call(method, reply_timeout=patience(commands.find(method), values), **values)

    def events(
        self,
        *names: str,
        window: int | Literal["focused", "self"] | None = None,
        pane: int | Literal["self"] | None = None,
        match: str | None = None,
        timeout: float | None = None,
    ) -> Iterator[Event]:
        """Subscribe, and give each event as it comes; of the names given, or all.

        One subscription a connection. Raises IpcError when the connection ends, when nothing comes
        for `timeout` seconds, and when the events were read too slowly.
        """
        self.subscribe(names, window=window, pane=pane, match=match)
        return self._events(timeout)

    def _events(self, timeout: float | None) -> Iterator[Event]:
        for method, event in self.notifications(timeout):
            if method == "dropped":
                raise IpcError("dropped: the events were read too slowly")
            yield event


class _Started:
    """A process of our own, and the folder of its socket."""

    def __init__(self, *options: str) -> None:
        import subprocess  # most only find one that runs
        import tempfile

        self._folder = tempfile.TemporaryDirectory(prefix="gputerm-")
        self.path = os.path.join(self._folder.name, "s")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gputerm", "--socket", self.path, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        with self._process.stdout:
            self._process.stdout.readline()  # Once it listens it says where.

    def end(self) -> int:
        """Stop it; its exit code."""
        self._process.terminate()
        code = self._process.wait()
        self._folder.cleanup()
        return code


def filled_in(
    method: str, params: dict[str, Any], path: str, instead_of: str | None = None
) -> dict[str, Any]:
    """The parameters as the protocol wants them, for the server whose socket is `path`.

    As with `gputerm msg`, what is left out comes from our surroundings: the directory, the window
    that we run in. Paths are made absolute, for the server has another directory. Raises Fault.
    """
    command = commands.find(method)
    values = {name: value for name, value in params.items() if value is not None}
    for parameter in command.parameters:
        value = values.get(parameter.name)
        if parameter.type == "path" and value is not None:
            values[parameter.name] = absolute(value)
    fill_in(command, values, path, instead_of)
    return values
