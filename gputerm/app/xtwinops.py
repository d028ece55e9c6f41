"""XTWINOPS: what a window tells a program about itself, and what it lets it do.

Programs may ask for a size in cells, which Window grants. Moving, raising, iconifying,
covering the screen are for conformance tests (--test-reports) only: who may do that can hide a
window, or lay it over another one. [XTerm Control Sequences, CSI Ps t]
"""

from gputerm.vt import WindowFacts
from gputerm.vt.events import WindowOperation
from gputerm.window.native import NativeWindow


def facts(native: NativeWindow, width: int, height: int) -> WindowFacts:
    """What reports may say; `width` and `height` in pixels are the text area's."""
    outer_width, outer_height = native.size
    screen_width, screen_height = native.monitor.size
    x, y = native.position
    return WindowFacts(
        width=width,
        height=height,
        outer_width=outer_width,
        outer_height=outer_height,
        screen_width=screen_width,
        screen_height=screen_height,
        x=x,
        y=y,
        iconified=native.minimized,
    )


class WindowOperations:
    """Carries out what a program wants of one window."""

    def __init__(self, native: NativeWindow) -> None:
        self._native = native
        self._restored: tuple[int, int] | None = None  # size before one dimension was maximised

    def run(self, operation: WindowOperation, around: tuple[int, int]) -> None:
        """Ask the window system; `around` is how much larger, (across, down) in pixels, the window
        is than the text area."""
        native, arguments = self._native, operation.arguments
        match operation.name:
            case "deiconify":
                if native.minimized:
                    native.restore()
            case "iconify":
                native.minimize()
            case "raise":
                native.focus()
            case "move":
                native.move(arguments[0] or 0, arguments[1] or 0)
            case "resize_px":
                self._resize(*arguments, around=around)
            case "maximize":
                self._maximize(arguments[0] or 0)
            case "fullscreen":
                wanted = not native.fullscreen if arguments[0] == 2 else bool(arguments[0])
                native.set_fullscreen(wanted)
            case _:  # lower: SDL can't. refresh: every frame is whole.
                pass

    def _resize(self, height: int | None, width: int | None, *, around: tuple[int, int]) -> None:
        size = self._native.size
        most = self._native.monitor.usable_size
        wanted = (
            old if new is None else min(new + more, limit) if new else limit
            for new, old, limit, more in zip((width, height), size, most, around, strict=True)
        )
        self._native.set_size(*wanted)

    def _maximize(self, which: int) -> None:
        """0 restore, 1 both, 2 vertically, 3 horizontally."""
        native = self._native
        width, height = native.size
        if which == 1:
            native.set_maximized(True)
        elif which == 0 and self._restored is not None:
            native.set_size(*self._restored)
            self._restored = None
        elif which == 0:
            native.set_maximized(False)
        else:
            self._restored = self._restored or (width, height)
            most_width, most_height = native.monitor.usable_size
            native.set_size(
                most_width if which == 3 else width, most_height if which == 2 else height
            )
