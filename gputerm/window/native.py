"""One SDL window with an OpenGL 3.3 core drawable. All windows of the process share a context."""

import ctypes
import os
from collections.abc import Callable

from gputerm.errors import DisplayError, GLError
from gputerm.window import glx, sdl, wayland, x11
from gputerm.window.monitor import Monitor

_GL_ATTRIBUTES = {
    sdl.SDL_GL_CONTEXT_MAJOR_VERSION: 3,
    sdl.SDL_GL_CONTEXT_MINOR_VERSION: 3,
    sdl.SDL_GL_CONTEXT_PROFILE_MASK: sdl.SDL_GL_CONTEXT_PROFILE_CORE,
    sdl.SDL_GL_CONTEXT_FLAGS: sdl.SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG,
    sdl.SDL_GL_DOUBLEBUFFER: 1,
    sdl.SDL_GL_DEPTH_SIZE: 0,
    sdl.SDL_GL_STENCIL_SIZE: 0,
}


class NativeWindow:
    """A native window. Sizes are in pixels of the drawable unless a name says otherwise."""

    def __init__(
        self,
        *,
        title: str,
        instance: str,
        general: str,
        width: int,
        height: int,
        position: tuple[int, int] | None = None,
        decorations: bool = True,
        on_top: bool = False,
    ) -> None:
        """Create the window hidden, so that it can be shown with its first frame in it.

        Raises GLError when the display offers no OpenGL 3.3, DisplayError for anything else.
        """
        for attribute, value in _GL_ATTRIBUTES.items():
            sdl.SDL_GL_SetAttribute(attribute, value)
        x, y = position or (sdl.SDL_WINDOWPOS_UNDEFINED, sdl.SDL_WINDOWPOS_UNDEFINED)
        self._window = sdl.SDL_CreateWindow(
            title.encode("utf-8", "replace"),
            x,
            y,
            width,
            height,
            sdl.SDL_WINDOW_OPENGL
            | sdl.SDL_WINDOW_RESIZABLE
            | sdl.SDL_WINDOW_HIDDEN
            | sdl.SDL_WINDOW_ALLOW_HIGHDPI
            | (sdl.SDL_WINDOW_ALWAYS_ON_TOP if on_top else 0),
        )
        if not self._window:
            reason = sdl.error_text()
            kind = GLError if "GL" in reason else DisplayError
            raise kind(f"can't open a window: {reason}")
        self.id: int = sdl.SDL_GetWindowID(self._window)
        self.title = title
        self._show_part: Callable[[int, int, int, int], None] | None = None
        self._knows_parts = False  # whether the line above has been decided
        self._in_parts = False  # what was shown last was a part
        x11.set_class(self._window, instance=instance, general=general)
        x11.set_name(self._window, title)
        if not decorations:
            sdl.SDL_SetWindowBordered(self._window, 0)

    def close(self) -> None:
        """Destroy the native window; the GL context lives on."""
        x11.say_unmapped(self._window)
        free_colormap = x11.colormap_release(self._window)
        sdl.SDL_DestroyWindow(self._window)
        free_colormap()
        self._window = None

    @property
    def x11_id(self) -> int | None:
        """The XID, or None off X11."""
        return x11.window_id(self._window)

    @property
    def scale(self) -> float:
        """Pixels for one pixel at 96 dpi: from Xft.dpi on X11, the output's scale elsewhere."""
        dpi = x11.text_dpi(self._window)
        return dpi / 96 if dpi else self.pixels_per_unit

    @property
    def pixels_per_unit(self) -> float:
        """Pixels of the drawable for each unit of SDL's window coordinates."""
        width = ctypes.c_int()
        sdl.SDL_GetWindowSize(self._window, ctypes.byref(width), None)
        return self.size[0] / width.value if width.value else 1.0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the drawable."""
        width, height = ctypes.c_int(), ctypes.c_int()
        sdl.SDL_GL_GetDrawableSize(self._window, ctypes.byref(width), ctypes.byref(height))
        return width.value, height.value

    def show(self, *, activation_token: str | None = None) -> None:
        """Map the window and accept text.

        The token, from whoever asked for the window, lets it have the focus. [xdg-activation-v1;
        Startup Notification Protocol]
        """
        if activation_token is not None:
            x11.set_startup_id(self._window, activation_token)
            os.environ["XDG_ACTIVATION_TOKEN"] = activation_token  # from there SDL takes it
        sdl.SDL_ShowWindow(self._window)
        os.environ.pop("XDG_ACTIVATION_TOKEN", None)
        if activation_token is not None:
            x11.end_startup(self._window, activation_token)
        sdl.SDL_StartTextInput()

    def set_size(self, width: int, height: int) -> None:
        """Ask for a drawable of this size; the window manager may refuse."""
        scale = self.pixels_per_unit
        sdl.SDL_SetWindowSize(self._window, round(width / scale), round(height / scale))

    def set_title(self, title: str) -> None:
        """Set the title; the native call is skipped when it is the same."""
        if title != self.title:
            self.title = title
            sdl.SDL_SetWindowTitle(self._window, title.encode("utf-8", "replace"))
            x11.set_name(self._window, title)

    def set_fullscreen(self, on: bool) -> None:
        """Cover the whole screen, or stop doing so."""
        flag = sdl.SDL_WINDOW_FULLSCREEN_DESKTOP if on else 0
        sdl.SDL_SetWindowFullscreen(self._window, flag)

    @property
    def fullscreen(self) -> bool:
        """Whether the window covers the whole screen."""
        return self._has(sdl.SDL_WINDOW_FULLSCREEN_DESKTOP)

    def set_maximized(self, on: bool) -> None:
        """Maximise or restore."""
        (sdl.SDL_MaximizeWindow if on else sdl.SDL_RestoreWindow)(self._window)

    @property
    def maximized(self) -> bool:
        """Whether the window manager has maximised the window."""
        return self._has(sdl.SDL_WINDOW_MAXIMIZED)

    def be_normal(self) -> None:
        """Neither maximised nor covering the screen; one that is an icon stays one."""
        if self.fullscreen:
            self.set_fullscreen(False)
        if self.maximized:
            self.set_maximized(False)

    def minimize(self) -> None:
        """Iconify."""
        sdl.SDL_MinimizeWindow(self._window)

    @property
    def minimized(self) -> bool:
        """Whether the window is an icon."""
        return self._has(sdl.SDL_WINDOW_MINIMIZED)

    def restore(self) -> None:
        """Neither minimised nor maximised."""
        sdl.SDL_RestoreWindow(self._window)

    @property
    def position(self) -> tuple[int, int]:
        """(x, y) of the drawable on the desktop in pixels; (0, 0) where nobody knows (Wayland)."""
        x, y = ctypes.c_int(), ctypes.c_int()
        sdl.SDL_GetWindowPosition(self._window, ctypes.byref(x), ctypes.byref(y))
        scale = self.pixels_per_unit
        return round(x.value * scale), round(y.value * scale)

    def move(self, x: int, y: int) -> None:
        """Ask for this position; see `position`."""
        scale = self.pixels_per_unit
        sdl.SDL_SetWindowPosition(self._window, round(x / scale), round(y / scale))

    @property
    def monitor(self) -> Monitor:
        """The display that shows the window."""
        return Monitor(self._window, self.pixels_per_unit)

    def focus(self) -> None:
        """Raise the window and ask for the keyboard focus."""
        sdl.SDL_RaiseWindow(self._window)

    def take_keyboard(self) -> None:
        """Show the window in front, with the keyboard, for a user who asked for it by command.

        Other than SDL's ways, it leaves a maximised window maximised and doesn't wait for the
        window manager.
        """
        if not x11.activate(self._window):
            self.restore()
            self.focus()
        # A window manager may refuse the request above, and without one nobody hears it.
        sdl.SDL_SetWindowInputFocus(self._window)

    def request_attention(self) -> None:
        """Set the urgency hint until the window is focused."""
        sdl.SDL_FlashWindow(self._window, sdl.SDL_FLASH_UNTIL_FOCUSED)

    @property
    def shows_parts(self) -> bool:
        """Whether `show_part` is there, and better than `swap`; the context must be current."""
        if not self._knows_parts:
            self._knows_parts = True
            self._show_part = glx.part_shower(self._window)
        return self._show_part is not None

    def show_part(self, x: int, y: int, width: int, height: int) -> None:
        """Show some of what was drawn into the back buffer; y counts from the bottom."""
        assert self._show_part is not None, "ask shows_parts"
        self._show_part(x, y, width, height)
        self._in_parts = True

    def renew(self) -> None:
        """Let the back buffer have the window's size, before all of it is drawn.

        Mesa's renderers in software ask for that size after a swap, and not after `show_part`.
        """
        if self._in_parts:
            self.swap()

    def swap(self) -> None:
        """Show what was drawn into the back buffer; this window's context must be current."""
        sdl.SDL_GL_SwapWindow(self._window)
        self._in_parts = False

    @property
    def display_lost(self) -> bool:
        """Whether SDL's QUIT means that the display server is gone, which only Wayland's can."""
        return wayland.connection_failed(self._window)

    def _has(self, flag: int) -> bool:
        return bool(sdl.SDL_GetWindowFlags(self._window) & flag == flag)


class GLContext:
    """The process's one OpenGL context, moved between windows.

    It is made on a window of its own that is never shown, so that it is there before the first
    window and after the last one. SDL needs that window as well: it sleeps in the connection of
    some window, and without one looks for events every millisecond. [SDL_WaitEventTimeout]
    """

    def __init__(self) -> None:
        """Leave it current on this thread. Raises GLError without OpenGL 3.3 core."""
        # To learn what GL ES can do, which we don't use, SDL makes a context as soon as it has
        # loaded GL, 3 ms of a start; unless there is no visual of the kind that is wanted then.
        sdl.SDL_GL_SetAttribute(sdl.SDL_GL_STEREO, 1)
        sdl.SDL_GL_LoadLibrary(None)
        sdl.SDL_GL_SetAttribute(sdl.SDL_GL_STEREO, 0)
        self._hidden = NativeWindow(title="", instance="", general="", width=1, height=1)
        self._context = sdl.SDL_GL_CreateContext(self._hidden._window)
        if not self._context:
            raise GLError(f"no OpenGL 3.3 core context: {sdl.error_text()}")
        self._current: NativeWindow | None = self._hidden

    @property
    def connection(self) -> int | None:
        """The descriptor on which events of all windows arrive; None off X11."""
        return x11.connection(self._hidden._window)

    def make_current(self, window: NativeWindow) -> None:
        """Direct drawing to `window`, from this thread."""
        if self._current is not window:
            # Twice: SDL takes an error about the window that was current, and that somebody else
            # has destroyed, for one about this window.
            if (
                sdl.SDL_GL_MakeCurrent(window._window, self._context) != 0
                and sdl.SDL_GL_MakeCurrent(window._window, self._context) != 0
            ):
                raise GLError(f"can't draw into the window: {sdl.error_text()}")
            # Frames are paced by the app; waiting for the display here would hold up every window.
            sdl.SDL_GL_SetSwapInterval(0)
            self._current = window

    def release(self) -> None:
        """Let another thread have it; `make_current` takes it."""
        sdl.SDL_GL_MakeCurrent(None, None)
        self._current = None

    def forget(self, window: NativeWindow) -> None:
        """`window` is about to be closed."""
        if self._current is window:
            self.make_current(self._hidden)

    def close(self) -> None:
        """Destroy the context and everything drawn with it."""
        sdl.SDL_GL_DeleteContext(self._context)
        self._hidden.close()
        sdl.SDL_GL_UnloadLibrary()
