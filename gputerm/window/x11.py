"""What SDL2 can't do on X11: a WM_CLASS for each window, the window's XID, and Xft.dpi.

SDL2 gives all windows of a process one WM_CLASS (Alacritty's `--class` is per window) and knows
the physical size of the monitor only, not the resolution that the desktop wants text drawn in.
"""

import ctypes
from functools import cache

from gputerm.window import sdl


class _ClassHint(ctypes.Structure):
    _fields_ = (("res_name", ctypes.c_char_p), ("res_class", ctypes.c_char_p))


def _handles(window: object) -> tuple[int, int] | None:
    """(Display*, XID), or None when the window isn't an X11 window."""
    info = sdl.syswm.SDL_SysWMinfo()
    sdl.version.SDL_GetVersion(ctypes.byref(info.version))
    if not sdl.syswm.SDL_GetWindowWMInfo(window, ctypes.byref(info)):
        return None
    if info.subsystem != sdl.syswm.SDL_SYSWM_X11:
        return None
    return info.info.x11.display, int(info.info.x11.window)


def window_id(window: object) -> int | None:
    """The XID of an SDL window, for WINDOWID."""
    handles = _handles(window)
    return handles[1] if handles else None


@cache
def _xlib() -> ctypes.CDLL | None:
    try:
        xlib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    xlib.XSetClassHint.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_ClassHint)]
    xlib.XGetDefault.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    xlib.XGetDefault.restype = ctypes.c_char_p
    return xlib


def set_class(window: object, *, instance: str, general: str) -> None:
    """Set WM_CLASS [ICCCM 4.1.2.5]; must happen before the window is mapped. No-op off X11."""
    handles, xlib = _handles(window), _xlib()
    if handles is not None and xlib is not None:
        hint = _ClassHint(instance.encode(), general.encode())
        xlib.XSetClassHint(*handles, ctypes.byref(hint))


def text_dpi(window: object) -> float | None:
    """The X resource Xft.dpi, or None when it isn't set or the window isn't an X11 window."""
    handles, xlib = _handles(window), _xlib()
    if handles is None or xlib is None:
        return None
    value = xlib.XGetDefault(handles[0], b"Xft", b"dpi")
    try:
        return float(value) if value else None
    except ValueError:
        return None
