"""SDL events → calls on the window they are for. Positions become pixels, keys KeyEvents."""

import struct
import time
from collections.abc import Mapping
from typing import Any, Protocol

from gputerm.input import Button, KeyEvent, Mods
from gputerm.window import sdl
from gputerm.window.display import Display
from gputerm.window.translate import key_event, modifiers
from gputerm.window.x11_layout import X11KeyboardLayout

QUIT = sdl.SDL_QUIT  #: the desktop session ends

_KEYDOWN, _KEYUP = sdl.SDL_KEYDOWN, sdl.SDL_KEYUP
#: SDL_KeyboardEvent: type, windowID, repeat, and of keysym scancode, sym, mod. [SDL_events.h]
_KEYBOARD_EVENT = struct.Struct("=I4xIxB2xiiH")

_BUTTONS = {1: Button.LEFT, 2: Button.MIDDLE, 3: Button.RIGHT, 4: Button.BACK, 5: Button.FORWARD}


class Pointer(Protocol):
    """What the mouse does; pixels from the window's top left corner."""

    def pressed(self, button: Button, x: int, y: int, mods: Mods, now: float) -> None: ...
    def released(self, button: Button, x: int, y: int, mods: Mods) -> None: ...
    def moved(self, x: int, y: int, mods: Mods, now: float) -> None: ...
    def left(self) -> None: ...
    def wheel(self, across: float, down: float, mods: Mods) -> None: ...


class Keyboard(Protocol):
    """What keys do, and text that an input method commits."""

    def key(self, event: KeyEvent) -> None: ...
    def text(self, text: str) -> None: ...


class Desktop(Protocol):
    """What is dragged from elsewhere."""

    def drop(self, text: str, *, is_file: bool) -> None: ...


class Receiver(Protocol):
    """A window that events happen to."""

    @property
    def keyboard(self) -> Keyboard: ...
    @property
    def pointer(self) -> Pointer: ...
    @property
    def desktop(self) -> Desktop: ...
    @property
    def pixels_per_unit(self) -> float: ...
    def focus_changed(self, focused: bool) -> None: ...
    def visibility_changed(self, visible: bool) -> None: ...
    def exposed(self) -> None: ...
    def resized(self) -> None: ...
    def moved(self) -> None: ...
    def close_requested(self) -> None: ...


def dispatch(display: Display, event: Any, receivers: Mapping[int, Receiver]) -> None:
    """Tell the receiver (by native window id) what happened; others' events are dropped."""
    kind = event.type
    if kind in (_KEYDOWN, _KEYUP):
        _key(display, event, receivers)
        return
    if kind in (sdl.SDL_DROPFILE, sdl.SDL_DROPTEXT):
        # A file's name is bytes; SDL says nothing of their encoding.
        dropped = sdl.take_dropped(event)
        if (receiver := receivers.get(event.drop.windowID)) is not None and dropped:
            receiver.desktop.drop(dropped, is_file=kind == sdl.SDL_DROPFILE)
        return
    # windowID lies at the same place in all the others.
    receiver = receivers.get(event.window.windowID)
    if receiver is None:
        return
    if kind == sdl.SDL_TEXTINPUT:
        receiver.keyboard.text(event.text.text.decode("utf-8", "replace"))
    elif kind == sdl.SDL_WINDOWEVENT:
        _window(event.window, receiver)
    elif kind == sdl.SDL_MOUSEMOTION:
        x, y = _pixels(event.motion, receiver)
        receiver.pointer.moved(x, y, display.mods, time.monotonic())
    elif kind in (sdl.SDL_MOUSEBUTTONDOWN, sdl.SDL_MOUSEBUTTONUP):
        button = _BUTTONS.get(event.button.button)
        if button is None:
            return
        x, y = _pixels(event.button, receiver)
        if kind == sdl.SDL_MOUSEBUTTONDOWN:
            receiver.pointer.pressed(button, x, y, display.mods, time.monotonic())
        else:
            receiver.pointer.released(button, x, y, display.mods)
    elif kind == sdl.SDL_MOUSEWHEEL:
        wheel = event.wheel
        sign = -1 if wheel.direction == sdl.SDL_MOUSEWHEEL_FLIPPED else 1
        # SDL counts away from the user as positive.
        receiver.pointer.wheel(sign * wheel.preciseX, -sign * wheel.preciseY, display.mods)


def window_of(event: Any) -> int:
    """The native id of the window that an event is for; no window's if it is for none."""
    dropped = event.type in (sdl.SDL_DROPFILE, sdl.SDL_DROPTEXT)
    return int(event.drop.windowID if dropped else event.window.windowID)


def _key(display: Display, event: Any, receivers: Mapping[int, Receiver]) -> None:
    # At once, since each field of a ctypes structure is looked up by itself; and before
    # text_after_key, which takes another event from the queue.
    kind, window, repeat, scancode, keycode, state = _KEYBOARD_EVENT.unpack_from(event)
    receiver = receivers.get(window)
    if receiver is None:
        return
    display.mods = modifiers(state)
    pressed = kind == _KEYDOWN
    key = key_event(
        *(scancode, keycode, state),
        text=display.text_after_key(window) if pressed else "",
        pressed=pressed,
        repeat=bool(repeat),
        layout=X11KeyboardLayout(window),
    )
    if key is not None:
        receiver.keyboard.key(key)


def _window(event: Any, receiver: Receiver) -> None:
    match event.event:
        case sdl.SDL_WINDOWEVENT_CLOSE:
            receiver.close_requested()
        case sdl.SDL_WINDOWEVENT_SIZE_CHANGED | sdl.SDL_WINDOWEVENT_DISPLAY_CHANGED:
            receiver.resized()
        case sdl.SDL_WINDOWEVENT_MOVED:
            receiver.moved()
        case sdl.SDL_WINDOWEVENT_LEAVE:
            receiver.pointer.left()
        case sdl.SDL_WINDOWEVENT_EXPOSED:
            receiver.exposed()
        case sdl.SDL_WINDOWEVENT_FOCUS_GAINED:
            receiver.focus_changed(True)
        case sdl.SDL_WINDOWEVENT_FOCUS_LOST:
            receiver.focus_changed(False)
        case sdl.SDL_WINDOWEVENT_SHOWN | sdl.SDL_WINDOWEVENT_RESTORED:
            receiver.visibility_changed(True)
        case sdl.SDL_WINDOWEVENT_HIDDEN | sdl.SDL_WINDOWEVENT_MINIMIZED:
            receiver.visibility_changed(False)


def _pixels(event: Any, receiver: Receiver) -> tuple[int, int]:
    scale = receiver.pixels_per_unit
    return int(event.x * scale), int(event.y * scale)
