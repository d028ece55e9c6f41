"""The connection to the display server: SDL's video subsystem, its event queue and its clipboards.

Other threads reach the main thread through `Display.notify`, which pushes a custom SDL user event:
the main thread sleeps in `wait` and nothing is polled. SDL wakes a thread that sleeps in
SDL_WaitEvent by a message to the X server and back; on X11 we sleep on the connection ourselves,
and on a pipe (docs/performance.md). Selections on X11 are selections.py's.
"""

import ctypes
import os
import select
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from gputerm.errors import DisplayError
from gputerm.input import Mods
from gputerm.window import sdl, x11
from gputerm.window.asked import Asked
from gputerm.window.selections import Selections

#: SDL_TextInputEvent: type, windowID, text; at once, as in sdl_events.py. [SDL_events.h]
_TEXT_EVENT = struct.Struct("=I4xI32s")

_DRIVERS_WITHOUT_A_DISPLAY = {"offscreen", "dummy", "evdev", "KMSDRM"}


class Display:
    """The display server that the process is connected to. Only one may exist at a time."""

    @staticmethod
    def needs_no_class() -> bool:
        """Whether the display is X11's, where each window tells its own class (x11.py)."""
        return bool(os.environ.get("DISPLAY")) and not os.environ.get("SDL_VIDEODRIVER")

    @staticmethod
    def prepare(class_name: str, *, headless: bool = False) -> None:
        """Say what class windows are of and how SDL is to behave; before connecting, and while no
        other thread runs. `headless`: windows are memory that EGL draws into."""
        # Not by os.environ, from which the environment of programs is made.
        if headless:
            os.putenv("SDL_VIDEODRIVER", "offscreen")
        os.putenv("SDL_VIDEO_X11_WMCLASS", class_name)
        os.putenv("SDL_VIDEO_WAYLAND_WMCLASS", class_name)
        if "LP_NUM_THREADS" not in os.environ:
            # llvmpipe draws what a key changes faster than it wakes another thread to do it.
            os.putenv("LP_NUM_THREADS", "0")
        if not _has_session_bus():
            # SDL would have one started, which forks this process and looks for dbus-launch.
            os.putenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        for name, value in {
            sdl.SDL_HINT_APP_NAME: b"gputerm",
            sdl.SDL_HINT_NO_SIGNAL_HANDLERS: b"1",  # signals belong to the loop thread
            sdl.SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE: b"0",
            sdl.SDL_HINT_VIDEO_ALLOW_SCREENSAVER: b"1",
            sdl.SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR: b"0",
            sdl.SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH: b"1",
            sdl.SDL_HINT_IME_SHOW_UI: b"1",
            sdl.SDL_HINT_IME_SUPPORT_EXTENDED_TEXT: b"1",
        }.items():
            sdl.SDL_SetHint(name, value)

    def __init__(self, *, headless: bool = False) -> None:
        """Connect, after `prepare`. Raises DisplayError when there is no X11 or Wayland display,
        unless none is wanted."""
        if sdl.SDL_InitSubSystem(sdl.SDL_INIT_VIDEO) != 0:
            raise DisplayError(f"no display to open a window on ({sdl.error_text()})")
        self.driver: str = sdl.SDL_GetCurrentVideoDriver().decode()
        wanted = headless or "SDL_VIDEODRIVER" in os.environ
        if self.driver in _DRIVERS_WITHOUT_A_DISPLAY and not wanted:
            sdl.SDL_QuitSubSystem(sdl.SDL_INIT_VIDEO)
            raise DisplayError(
                "no display to open a window on: neither WAYLAND_DISPLAY nor DISPLAY can be reached"
            )
        self.user_event_type: int = sdl.SDL_RegisterEvents(1)
        self._user_event = sdl.SDL_Event()
        self._user_event.type = self.user_event_type
        self._user_event_ref = ctypes.byref(self._user_event)
        self._event = sdl.SDL_Event()
        self._event_ref = ctypes.byref(self._event)
        self._next_event = sdl.SDL_Event()
        self._next_event_ref = ctypes.byref(self._next_event)
        self._gone: list[int] = []  # XIDs of windows that someone else destroyed, not yet taken
        self._missed_one = False  # there was such a window
        self._lost: Callable[[], None] = lambda: None
        self._selections: Selections | None = None
        if self.driver == "x11":
            self._selections = Selections(self.notify)
            self._error_handlers = x11.survive_errors(self._window_gone, self._connection_lost)
        self._poll: select.poll | None = None  # None: SDL sleeps; see `sleep_on`
        self._sleeping = False
        self._wake_read = self._wake_write = -1
        self._cursors: dict[str, object] = {}
        #: Modifiers as of the key event dispatched last. What SDL_GetModState says is newer than
        #: a mouse event that still waits in the queue.
        self.mods = Mods.NONE
        self._cursor_shape = ""

    @property
    def heeds_clients(self) -> bool:
        """Whether programs say where their windows are and which has the keyboard; on Wayland the
        compositor alone does."""
        return self.driver != "wayland"

    def close(self) -> None:
        """Disconnect; every window must be closed before."""
        if not self._missed_one:
            # SDL sets the error handler back before it closes its second connection, where errors
            # about that window still wait to be read; the end of the process closes it as well.
            sdl.SDL_QuitSubSystem(sdl.SDL_INIT_VIDEO)
        for descriptor in {self._wake_read, self._wake_write} - {-1}:
            os.close(descriptor)
        self._wake_read = self._wake_write = -1

    def sleep_on(self, connection: int | None) -> None:
        """The descriptor on which the display's events arrive, if it is known."""
        # SDL would look every millisecond for events of a display that isn't there.
        if connection is not None or self.driver == "offscreen":
            self._wake_read, self._wake_write = os.pipe()
            os.set_blocking(self._wake_write, False)
            self._poll = select.poll()
            self._poll.register(self._wake_read, select.POLLIN)
            if connection is not None:
                self._poll.register(connection, select.POLLIN)

    @property
    def can_watch(self) -> bool:
        """Whether `watch` is to be had."""
        return self._poll is not None

    def watch(self, descriptor: int) -> None:
        """Let `wait` also end when `descriptor` is readable, until `unwatch`."""
        assert self._poll is not None, "ask can_watch"
        self._poll.register(descriptor, select.POLLIN)

    def unwatch(self, descriptor: int) -> None:
        """Wait for this descriptor no longer."""
        assert self._poll is not None, "ask can_watch"
        self._poll.unregister(descriptor)

    def notify(self) -> None:
        """Wake the main thread. May be called from any thread."""
        sdl.SDL_PushEvent(self._user_event_ref)
        if self._sleeping:
            self._sleeping = False
            with suppress(OSError):  # full: it will wake up in any case
                os.write(self._wake_write, b"\0")

    def when_lost(self, function: Callable[[], None]) -> None:
        """Before the process ends because the display server has hung up, in any thread."""
        self._lost = function

    def take_gone(self) -> list[int]:
        """XIDs that turned out to be no windows any more; the user event announces them."""
        gone, self._gone = self._gone, []
        return gone

    def _window_gone(self, xid: int) -> None:
        self._gone.append(xid)
        self._missed_one = True
        # Not SDL_PushEvent, which uses X. Errors arrive where events are read, so nobody sleeps.
        sdl.SDL_PeepEvents(self._user_event_ref, 1, sdl.SDL_ADDEVENT, 0, 0)

    def _connection_lost(self) -> None:
        self._lost()

    def wait(self, timeout_ms: int | None) -> Iterator[object]:
        """Sleep until something happens or `timeout_ms` has passed, then yield every queued event.

        The yielded SDL_Event is reused: read it before asking for the next. None sleeps for ever.
        """
        ref = self._event_ref
        if self._poll is not None:
            happened = sdl.SDL_PollEvent(ref)
            if not happened and timeout_ms != 0:
                self._sleep(timeout_ms)
                happened = sdl.SDL_PollEvent(ref)
        elif timeout_ms is None:
            happened = sdl.SDL_WaitEvent(ref)
        elif timeout_ms > 0:
            happened = sdl.SDL_WaitEventTimeout(ref, timeout_ms)
        else:
            happened = sdl.SDL_PollEvent(ref)
        while happened:
            yield self._event
            # All that had arrived is queued; SDL_PollEvent would ask the display server each time.
            happened = sdl.SDL_PeepEvents(ref, 1, sdl.SDL_GETEVENT, 0, sdl.SDL_LASTEVENT) > 0

    def _sleep(self, timeout_ms: int | None) -> None:
        """Until something arrives. SDL has just sent what was to be sent and found nothing."""
        assert self._poll is not None
        self._sleeping = True  # From now on `notify` writes; what it pushed before is seen here.
        if sdl.SDL_HasEvent(self.user_event_type):
            self._sleeping = False
            return
        ready = self._poll.poll(timeout_ms)
        self._sleeping = False
        for descriptor, _ in ready:
            if descriptor == self._wake_read:
                os.read(descriptor, 64)

    def text_after_key(self, window_id: int) -> str:
        """The text that the key press just taken from the queue produced, or ""."""
        # SDL queues SDL_TEXTINPUT directly behind the SDL_KEYDOWN that caused it. A text that comes
        # alone was committed by an input method.
        ref = self._next_event_ref
        if sdl.SDL_PeepEvents(ref, 1, sdl.SDL_PEEKEVENT, 0, sdl.SDL_LASTEVENT) < 1:
            return ""
        kind, window, text = _TEXT_EVENT.unpack_from(self._next_event)
        if kind != sdl.SDL_TEXTINPUT or window != window_id:
            return ""
        sdl.SDL_PeepEvents(ref, 1, sdl.SDL_GETEVENT, sdl.SDL_TEXTINPUT, sdl.SDL_TEXTINPUT)
        return str(text.partition(b"\0")[0].decode("utf-8", "replace"))

    # --- clipboard and primary selection

    # On X11 by selections.py, where waiting is a thread's. SDL's calls are for Wayland, and for
    # when that fails: they wait for the owner here, know no NUL and on X11 no more than a property.

    def request_clipboard(
        self,
        answer: Callable[[str, str | None], None],
        *,
        primary: bool = False,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Have `answer` called with the clipboard's text, or the primary selection's; "" when there
        is none, and with a line for the user where that has a reason.

        It is called at once or by `answer_clipboard`; `wanted`, in any thread, tells whether the
        text is still worth fetching.
        """
        asked = Asked(answer, primary=primary, wanted=wanted)
        if self._selections is None or not self._selections.ask(asked):
            _ask_sdl(asked)

    def set_clipboard(self, text: str, *, primary: bool = False) -> None:
        """Own the clipboard or the primary selection with `text`."""
        if self._selections is None or not self._selections.own(text, primary=primary):
            _own_by_sdl(text, primary=primary)

    def answer_clipboard(self) -> None:
        """Call the answers that have come; the user event announces them."""
        if self._selections is None:
            return
        answers, unanswered, texts = self._selections.take()
        for answer in answers:
            answer()
        for primary, text in texts.items():
            _own_by_sdl(text, primary=primary)
        for asked in unanswered:
            _ask_sdl(asked)

    # --- pointer

    def set_pointer(self, shape: str) -> None:
        """Show the pointer as "text", "arrow", "hand" or "none" (hidden)."""
        if shape == self._cursor_shape:
            return
        self._cursor_shape = shape
        if shape == "none":
            sdl.SDL_ShowCursor(0)
            return
        if shape not in self._cursors:
            ids = {
                "text": sdl.SDL_SYSTEM_CURSOR_IBEAM,
                "arrow": sdl.SDL_SYSTEM_CURSOR_ARROW,
                "hand": sdl.SDL_SYSTEM_CURSOR_HAND,
            }
            self._cursors[shape] = sdl.SDL_CreateSystemCursor(ids[shape])
        sdl.SDL_SetCursor(self._cursors[shape])
        sdl.SDL_ShowCursor(1)


def _ask_sdl(asked: Asked) -> None:
    read = sdl.SDL_GetPrimarySelectionText if asked.primary else sdl.SDL_GetClipboardText
    asked.answer(sdl.take_text(read()), None)


def _own_by_sdl(text: str, *, primary: bool) -> None:
    write = sdl.SDL_SetPrimarySelectionText if primary else sdl.SDL_SetClipboardText
    write(text.partition("\0")[0].encode("utf-8", "replace"))


def _has_session_bus() -> bool:
    """Whether programs of this session talk by D-Bus. [dbus-launch(1); sd_bus_default_user(3)]"""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or sys.platform == "darwin":
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(folder) and os.path.exists(f"{folder}/bus")
