"""What commands need of others: a request and who sent it, the app, its windows.

Neither the app nor the server imports this: mypy compares them with it where the app makes its
Control and hands it a request. Where a method takes a window, it is one of the app's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gputerm.actions import Action
    from gputerm.config import Config, Problem
    from gputerm.options import Options
    from gputerm.pane.meter import Statistics
    from gputerm.pane.pane import Pane
    from gputerm.render.png import Array

__all__ = ["App", "Request", "Subscription", "Window"]


class Subscription(Protocol):
    """A client that gets events."""

    @property
    def alive(self) -> bool:
        """Whether it is still there; a client that left may be noticed late."""

    def send(self, line: bytes) -> None:
        """Send it what protocol.notification made."""


class Request(Protocol):
    """A checked call, which is answered once, now or later."""

    params: dict[str, Any]  #: all of the command's parameters

    @property
    def method(self) -> str:
        """The command's name."""

    @property
    def sender(self) -> object:
        """The same object for all calls of one connection."""

    @property
    def alive(self) -> bool:
        """Whether the client still waits; a client that left may be noticed late."""

    def reply(self, result: Any = None) -> None:
        """The command worked; `result` is the row's answer."""

    def fail(self, code: int, message: str, data: Any = None) -> None:
        """The command failed, with a code of protocol.py and one line for the user."""

    def subscribe(self) -> Subscription:
        """Keep the connection for events; before the reply."""


class Display(Protocol):
    """The display server."""

    @property
    def heeds_clients(self) -> bool:
        """Whether programs may place and focus windows."""


class Loop(Protocol):
    """The loop thread."""

    def post(self, message: Any) -> None:
        """Hand a message to the main thread. Any thread."""


class App(Protocol):
    """One gputerm process."""

    config: Config  #: of the file and the command line
    overrides: list[str]  #: "KEY=VALUE" with which new windows begin

    @property
    def windows(self) -> Mapping[int, Window]:
        """By id, oldest first."""

    @property
    def display(self) -> Display: ...
    @property
    def loop(self) -> Loop: ...
    @property
    def started(self) -> float:
        """In monotonic seconds."""

    def create_window(self, options: Options) -> Window:
        """Raises GputermError."""

    def close_window(self, window: Any) -> None: ...
    def quit(self) -> None: ...
    def glyphs(self, config: Config, scale: float, size_pt: float) -> object:
        """Raises FontError when there are none."""

    def reload_config(self) -> list[Problem]:
        """Have all windows follow the file again; what is wrong with it. Raises GputermError."""

    def statistics(self) -> Statistics: ...
    def report_failure(self, error: Exception, doing: str) -> None: ...


class NativeWindow(Protocol):
    """The window system's side of a window. Sizes and positions are (x, y) in pixels."""

    @property
    def scale(self) -> float: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def position(self) -> tuple[int, int]: ...
    @property
    def x11_id(self) -> int | None: ...
    def set_size(self, width: int, height: int) -> None: ...
    def move(self, x: int, y: int) -> None: ...
    def be_normal(self) -> None: ...
    def take_keyboard(self) -> None: ...


class Presenter(Protocol):
    """What a window shows."""

    visible: bool  #: neither hidden nor minimised

    def picture(self) -> Array:
        """uint8[height, width, 4]: RGBA, top row first."""


class TextArea(Protocol):
    """The cells of a window."""

    @property
    def cell_size(self) -> tuple[int, int]:
        """(width, height) in pixels."""

    def ask_for(self, lines: int, columns: int) -> None: ...


class Window(Protocol):
    """One window of the app."""

    overrides: list[str]  #: "KEY=VALUE" that make `config` of the app's

    @property
    def number(self) -> int: ...
    @property
    def pane(self) -> Pane: ...
    @property
    def native(self) -> NativeWindow: ...
    @property
    def presenter(self) -> Presenter: ...
    @property
    def config(self) -> Config: ...
    @property
    def focused(self) -> bool: ...
    @property
    def focused_at(self) -> float: ...
    @property
    def font_size(self) -> float: ...
    def __hash__(self) -> int: ...
    @property
    def text_area(self) -> TextArea: ...
    def resized(self) -> None:
        """The native window has another size."""

    def reconfigure(self, config: Config) -> None: ...
    def set_font_size(self, size_pt: float) -> None: ...
    def perform(self, action: Action) -> None: ...
