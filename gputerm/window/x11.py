"""What SDL2 can't do on X11: classes and names of windows, their XIDs, Xft.dpi, and errors.

SDL2 gives all windows of a process one WM_CLASS (Alacritty's `--class` is per window) and knows
the physical size of the monitor only, not the resolution that the desktop wants text drawn in.
Xlib ends the process at any error, even if just one of its windows was destroyed by someone else.
"""

import ctypes
import os
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from gputerm import log
from gputerm.window import sdl

_MAX_STARTUP_ID = 1000  #: characters; they are broadcast to whoever listens


class _ClassHint(ctypes.Structure):
    _fields_ = (("res_name", ctypes.c_char_p), ("res_class", ctypes.c_char_p))


class _Error(ctypes.Structure):
    """XErrorEvent"""

    _fields_ = (
        ("type", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("resource", ctypes.c_ulong),
        ("serial", ctypes.c_ulong),
        ("code", ctypes.c_ubyte),
        ("request", ctypes.c_ubyte),
        ("minor", ctypes.c_ubyte),
    )


_ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Error))
_LossHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_BAD_WINDOW = 3


class _MessageData(ctypes.Union):
    _fields_ = (("bytes", ctypes.c_char * 20), ("longs", ctypes.c_long * 5))


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, as large as any XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", _MessageData),
        ("_rest", ctypes.c_long * 24),
    )


class _UnmapNotify(ctypes.Structure):
    """XUnmapEvent, as large as any XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("event", ctypes.c_ulong),
        ("window", ctypes.c_ulong),
        ("from_configure", ctypes.c_int),
        ("_rest", ctypes.c_long * 24),
    )


class _Attributes(ctypes.Structure):
    """XWindowAttributes; only the colormap is looked at."""

    _fields_ = (
        ("_geometry", ctypes.c_int * 6),
        ("_visual", ctypes.c_void_p),
        ("_root", ctypes.c_ulong),
        ("_class_gravity_store", ctypes.c_int * 4),
        ("_planes", ctypes.c_ulong * 2),
        ("_save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("_rest", ctypes.c_long * 12),
    )


class X11Window(NamedTuple):
    """A window and all it takes to ask Xlib about it."""

    xlib: ctypes.CDLL
    display: int  #: Display*, SDL's own connection
    id: int  #: XID


def x11_window(window: object) -> X11Window | None:
    """The X11 side of an SDL window; None when it isn't on X11."""
    info = sdl.SDL_SysWMinfo()
    sdl.SDL_GetVersion(ctypes.byref(info.version))
    if not sdl.SDL_GetWindowWMInfo(window, ctypes.byref(info)):
        return None
    if info.subsystem != sdl.SDL_SYSWM_X11:
        return None
    xlib = _xlib()
    if xlib is None:
        return None
    return X11Window(xlib, info.info.x11.display, int(info.info.x11.window))


@cache
def _xlib() -> ctypes.CDLL | None:
    try:
        xlib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    pointer, number, unsigned = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_uint
    xlib.XSetErrorHandler.argtypes = [_ErrorHandler]
    xlib.XSetErrorHandler.restype = pointer
    xlib.XSetIOErrorHandler.argtypes = [_LossHandler]
    xlib.XSetIOErrorHandler.restype = pointer
    xlib.XSetClassHint.argtypes = [pointer, number, ctypes.POINTER(_ClassHint)]
    xlib.XConnectionNumber.argtypes = [pointer]
    xlib.XGetDefault.argtypes = [pointer, ctypes.c_char_p, ctypes.c_char_p]
    xlib.XGetDefault.restype = ctypes.c_char_p
    xlib.XInternAtom.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int]
    xlib.XInternAtom.restype = number
    xlib.XChangeProperty.argtypes = [
        *(pointer, number, number, number),
        *(ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int),
    ]
    xlib.XGetWindowAttributes.argtypes = [pointer, number, pointer]
    xlib.XFreeColormap.argtypes = [pointer, number]
    xlib.XDefaultRootWindow.argtypes = [pointer]
    xlib.XDefaultRootWindow.restype = number
    xlib.XSendEvent.argtypes = [pointer, number, ctypes.c_int, ctypes.c_long, pointer]
    xlib.XFlush.argtypes = [pointer]
    xlib.XMapRaised.argtypes = [pointer, number]
    xlib.XPutBackEvent.argtypes = [pointer, pointer]
    xlib.XkbGetState.argtypes = [pointer, unsigned, pointer]
    xlib.XkbKeycodeToKeysym.argtypes = [pointer, ctypes.c_ubyte, unsigned, unsigned]
    xlib.XkbKeycodeToKeysym.restype = number
    xlib.XkbLookupKeySym.argtypes = [
        *(pointer, ctypes.c_ubyte, unsigned),
        *(ctypes.POINTER(unsigned), ctypes.POINTER(number)),
    ]
    return xlib


def survive_errors(window_gone: Callable[[int], None], lost: Callable[[], None]) -> Any:
    """Go on after X errors; the caller keeps what is returned for as long as X is used.

    `window_gone` is called with an XID that is no window any more, and mustn't use X; `lost` when
    the server has hung up, and mustn't return. Either may be called in any thread.
    """

    def on_error(display: int, error: Any) -> int:
        event = error.contents
        log.debug(__name__, "X error %d for request %d.%d", event.code, event.request, event.minor)
        if event.code == _BAD_WINDOW:
            window_gone(event.resource)
        return 0

    def on_loss(display: int) -> int:
        lost()
        os._exit(os.EX_UNAVAILABLE)

    handlers = _ErrorHandler(on_error), _LossHandler(on_loss)
    if (xlib := _xlib()) is not None:
        xlib.XSetErrorHandler(handlers[0])
        xlib.XSetIOErrorHandler(handlers[1])
    return handlers


def window_id(window: object) -> int | None:
    """The XID of an SDL window, for WINDOWID."""
    x11 = x11_window(window)
    return x11.id if x11 else None


def connection(window: object) -> int | None:
    """The descriptor on which the server's events arrive; None off X11."""
    x11 = x11_window(window)
    return int(x11.xlib.XConnectionNumber(x11.display)) if x11 else None


def say_unmapped(window: object) -> None:
    """Before SDL destroys the window, which waits for the news that it is unmapped: here they are.

    They never come for a window that another client has destroyed. No-op off X11.
    """
    if (x11 := x11_window(window)) is not None:
        event = _UnmapNotify(type=18, display=x11.display, event=x11.id, window=x11.id)
        x11.xlib.XPutBackEvent(x11.display, ctypes.byref(event))


def colormap_release(window: object) -> Callable[[], None]:
    """Frees the colormap that SDL made for the window and forgets; call it after the window's end.

    A window that another client has destroyed can't be asked any more. No-op off X11.
    """
    attributes = _Attributes()
    x11 = x11_window(window)
    if x11 is None or not x11.xlib.XGetWindowAttributes(
        x11.display, x11.id, ctypes.byref(attributes)
    ):
        return lambda: None
    return lambda: x11.xlib.XFreeColormap(x11.display, attributes.colormap)


def set_startup_id(window: object, startup_id: str) -> None:
    """Say which launch the window belongs to, before it is mapped. No-op off X11.

    [Startup Notification Protocol, _NET_STARTUP_ID]
    """
    if (x11 := x11_window(window)) is not None:
        _set_text(x11, b"_NET_STARTUP_ID", startup_id)


def set_name(window: object, title: str) -> None:
    """Set WM_NAME, after SDL, which gives it the type "UTF-8" that nobody knows. No-op off X11.

    [ICCCM 4.1.2.1]
    """
    if (x11 := x11_window(window)) is not None:
        _set_text(x11, b"WM_NAME", title)


def _set_text(x11: X11Window, name: bytes, text: str) -> None:
    property, kind = (x11.xlib.XInternAtom(x11.display, atom, 0) for atom in (name, b"UTF8_STRING"))
    data = text.encode("utf-8", "replace")
    replace = 0  # PropModeReplace
    x11.xlib.XChangeProperty(x11.display, x11.id, property, kind, 8, replace, data, len(data))


def end_startup(window: object, startup_id: str) -> None:
    """Tell the desktop that a launch has come to its window, so that it stops showing that it
    waits. No-op off X11. [Startup Notification Protocol, "remove:"]"""
    if (x11 := x11_window(window)) is None or len(startup_id) > _MAX_STARTUP_ID:
        return
    quoted = "".join("\\" * (char in ' "\\') + char for char in startup_id)
    text = f"remove: ID={quoted}".encode("utf-8", "replace") + b"\0"
    first, more = (
        x11.xlib.XInternAtom(x11.display, atom, 0)
        for atom in (b"_NET_STARTUP_INFO_BEGIN", b"_NET_STARTUP_INFO")
    )
    for start in range(0, len(text), 20):
        data = _MessageData(bytes=text[start : start + 20])
        _tell_root(x11, more if start else first, 8, data, 1 << 22)  # PropertyChange
    x11.xlib.XFlush(x11.display)


def activate(window: object) -> bool:
    """Map the window if it is an icon, bring it to the front and ask for the keyboard, as if the
    user had chosen it in a task bar. False off X11. [EWMH, _NET_ACTIVE_WINDOW; ICCCM 4.1.4]"""
    if (x11 := x11_window(window)) is None:
        return False
    x11.xlib.XMapRaised(x11.display, x11.id)
    message = x11.xlib.XInternAtom(x11.display, b"_NET_ACTIVE_WINDOW", 0)
    by_the_user, now = 2, 0  # source indication: a pager; CurrentTime
    data = _MessageData(longs=(by_the_user, now, 0, 0, 0))
    _tell_root(x11, message, 32, data, 3 << 19)  # SubstructureNotify, SubstructureRedirect
    x11.xlib.XFlush(x11.display)
    return True


def _tell_root(x11: X11Window, message: int, format: int, data: _MessageData, mask: int) -> None:
    """Send a ClientMessage about the window to who has selected `mask` on the root window."""
    event = _ClientMessage(
        type=33,  # ClientMessage
        display=x11.display,
        window=x11.id,
        message_type=message,
        format=format,
        data=data,
    )
    root = x11.xlib.XDefaultRootWindow(x11.display)
    x11.xlib.XSendEvent(x11.display, root, 0, mask, ctypes.byref(event))


def set_class(window: object, *, instance: str, general: str) -> None:
    """Set WM_CLASS [ICCCM 4.1.2.5]; must happen before the window is mapped. No-op off X11."""
    if (x11 := x11_window(window)) is not None:
        hint = _ClassHint(os.fsencode(instance), os.fsencode(general))
        x11.xlib.XSetClassHint(x11.display, x11.id, ctypes.byref(hint))


def text_dpi(window: object) -> float | None:
    """The X resource Xft.dpi, or None when it isn't set or the window isn't an X11 window."""
    if (x11 := x11_window(window)) is None:
        return None
    value = x11.xlib.XGetDefault(x11.display, b"Xft", b"dpi")
    try:
        return float(value) if value else None
    except ValueError:
        return None
