"""What the parts of a window see of it, and what a window sees of its process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gputerm.app import desktop, presenter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.app.command_palette import CommandPalette
    from gputerm.app.finding_surfaces import FindingSurfaces
    from gputerm.config import Config
    from gputerm.input import Bindings
    from gputerm.pane.pane import Pane
    from gputerm.policy.privileges import Privilege
    from gputerm.text import Glyphs
    from gputerm.view.message_bar import MessageBar
    from gputerm.view.surfaces import Surfaces
    from gputerm.window.native import NativeWindow

__all__ = ["PaneWindow", "Process"]


class Cells(Protocol):
    """Where the cells of a window are. All in pixels."""

    @property
    def cell_size(self) -> tuple[int, int]:
        """(width, height)."""

    @property
    def padding(self) -> tuple[int, int]:
        """Where the top left one is, (x, y)."""


class Bound(Protocol):
    """A keyboard on which keys are bound."""

    bindings: Bindings


class PaneWindow(Protocol):
    """A window with a pane, as its keyboard, mouse and actions see it."""

    number: int
    config: Config
    native: NativeWindow
    pane: Pane
    surfaces: Surfaces
    message_bar: MessageBar
    owner: Process
    presenter: presenter.Presenter
    desktop: desktop.Desktop
    font_size: float
    finding: FindingSurfaces

    @property
    def text_area(self) -> Cells: ...
    @property
    def keyboard(self) -> Bound: ...
    @property
    def palette(self) -> CommandPalette: ...
    def woken(self) -> None: ...
    def say(self, message: str) -> None: ...
    def advise(self, message: str) -> None: ...
    def set_font_size(self, size_pt: float) -> None: ...
    def close_requested(self) -> None: ...


class Process(presenter.DrawingProcess, desktop.ClipboardProcess, Protocol):
    """What a window asks of its process; the window that it names is itself."""

    def happened(self, event: str, window: Any, /, **facts: object) -> None: ...
    def reached_out(
        self, window: Any, privilege: Privilege, *, allowed: bool, size: int
    ) -> None: ...
    def shows(self, window: Any, pane: Pane) -> None: ...
    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs: ...
    def open_like(self, window: Any) -> None: ...
    def another_instance(self) -> Sequence[str]: ...
    def close_window(self, window: Any) -> None: ...
    def woken(self, window: Any) -> None: ...
    def report(self, message: str) -> None: ...
