"""What commands need of the app: its windows, and what is decided for all of them.

The app has more, and need not know this module: mypy compares the two where the app makes its
Control. Where a method takes a window, it is one of the app's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gputerm.actions import Action
    from gputerm.config import Config
    from gputerm.options import Options
    from gputerm.pane.meter import Statistics
    from gputerm.pane.session import Session
    from gputerm.policy.privileges import Privilege, Trust
    from gputerm.render.png import Array

__all__ = ["App", "Window"]


class Display(Protocol):
    """The display server."""

    @property
    def heeds_clients(self) -> bool:
        """Whether programs may place and focus windows."""


class Loop(Protocol):
    """The loop thread."""

    def post(self, message: Any) -> None:
        """Hand a message to the main thread. Any thread."""


class StartOptions(Protocol):
    """What the process was started with."""

    @property
    def config_file(self) -> str | None: ...
    @property
    def overrides(self) -> Sequence[str]: ...


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
    def options(self) -> StartOptions: ...
    @property
    def started(self) -> float:
        """In monotonic seconds."""

    def create_window(self, options: Options) -> Window:
        """Raises GputermError."""

    def close_window(self, window: Any) -> None: ...
    def quit(self) -> None: ...
    def make_current(self, window: Any) -> None:
        """Direct drawing to a window. Raises GLError."""

    def glyphs(self, config: Config, scale: float, size_pt: float) -> object:
        """Raises FontError when there are none."""

    def statistics(self) -> Statistics: ...
    def report_failure(self, error: Exception, doing: str) -> str: ...


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


class Pacer(Protocol):
    """Says when a window is drawn."""

    def damage(self) -> None:
        """What it shows has changed."""


class Window(Protocol):
    """One window of the app."""

    trust: Trust
    overrides: list[str]  #: "KEY=VALUE" that make `config` of the app's

    @property
    def number(self) -> int: ...
    @property
    def session(self) -> Session: ...
    @property
    def native(self) -> NativeWindow: ...
    @property
    def pacer(self) -> Pacer: ...
    @property
    def config(self) -> Config: ...
    @property
    def title(self) -> str: ...
    @property
    def exit_status(self) -> int | None: ...
    @property
    def focused(self) -> bool: ...
    @property
    def focused_at(self) -> float: ...
    @property
    def visible(self) -> bool: ...
    @property
    def font_size(self) -> float: ...
    @property
    def opened(self) -> float:
        """In seconds since the epoch."""

    @property
    def started(self) -> float:
        """In monotonic seconds."""

    def __hash__(self) -> int: ...
    def grants(self, privilege: Privilege) -> bool: ...
    def pin_title(self, title: str | None) -> None: ...
    def resize_to(self, lines: int, columns: int) -> None: ...
    def resized(self) -> None:
        """The native window has another size."""

    def reconfigure(self, config: Config) -> None: ...
    def set_font_size(self, size_pt: float) -> None: ...
    def perform(self, deed: Action) -> None: ...
    def picture(self) -> Array: ...
    def statistics(self) -> Statistics: ...
