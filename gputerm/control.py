"""What the socket's commands do, in the main thread. Their rows are in ipc/commands.py.

Each command is a method named like it; what it returns is the answer, a GputermError is a failure
that the client is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.errors import GputermError
from gputerm.ipc import protocol
from gputerm.options import Options, class_names

if TYPE_CHECKING:
    from gputerm.app import App
    from gputerm.ipc.server import Request
    from gputerm.terminal_window import TerminalWindow


class Control:
    """The commands of one App."""

    def __init__(self, app: App) -> None:
        self._app = app

    def handle(self, request: Request) -> None:
        """Carry a request out and answer it."""
        command = getattr(self, request.method.replace("-", "_"))
        try:
            result = command(request.params)
        except GputermError as error:
            request.fail(protocol.FAILED, str(error))
        else:
            request.reply(result)

    def create_window(self, params: dict[str, Any]) -> dict[str, Any]:
        """Open a window; its id and the process id of its program."""
        general, instance = class_names(params["class"])
        options = Options(
            command=tuple(params["command"] or ()),
            working_directory=params["working_directory"] or params["cwd"],
            hold=bool(params["hold"]),
            title=params["title"],
            class_general=general,
            class_instance=instance,
            overrides=tuple(params["option"] or ()),
        )
        window = self._app.create_window(options)
        return {"window_id": window.number, "pid": window.session.channel.pid}

    def list(self, params: dict[str, Any]) -> dict[str, Any]:
        """All windows, oldest first."""
        return {"windows": [self._describe(window) for window in self._app.windows.values()]}

    def _describe(self, window: TerminalWindow) -> dict[str, Any]:
        terminal, channel = window.session.terminal, window.session.channel
        foreground = channel.foreground()
        return {
            "id": window.number,
            "title": window.native.title,
            "lines": terminal.lines,
            "columns": terminal.columns,
            "pid": channel.pid,
            "cwd": channel.cwd(),
            "foreground": None
            if foreground is None
            else {
                "pid": foreground.pid,
                "command": list(foreground.command) if foreground.command else None,
            },
            "focused": window.focused,
            "alternate_screen": terminal.alternate,
            "exit_status": window.exit_status,
            "x11_id": window.native.x11_id,
        }

    def quit(self, params: dict[str, Any]) -> None:
        """Close all windows."""
        self._app.quit()

    def ping(self, params: dict[str, Any]) -> None:
        """Nothing: the answer shows that the main thread works."""
