# ruff: noqa: N801, E501  (the names are SDL's; the tables are easier to read aligned)
"""SDL 2.0.22 and later, the part of it that we call: functions, constants, events.

The library is the system's, else that of pysdl2-dll; the prototypes are ours. PySDL2's took 20 to
130 ms to import, more than connecting to the display server does. Names are SDL's, prefix
included, so wiki.libsdl.org is the documentation. Sources: SDL_events.h, SDL_video.h,
SDL_keycode.h, SDL_hints.h, SDL_syswm.h.
"""

import ctypes
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from gputerm.errors import DisplayError

#: The system's library, then what pysdl2-dll calls it.
_SYSTEM = ("libSDL2-2.0.so.0", "libSDL2-2.0.0.dylib")
_PACKAGED = ("libSDL2-2.0.so", "SDL2.framework/SDL2")

_INT, _UINT8, _UINT16, _UINT32 = ctypes.c_int, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
_POINTER, _STRING, _FLOAT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float


def _library() -> ctypes.CDLL:
    if (system := _first(_SYSTEM)) is not None:
        return system
    theirs = "PYSDL2_DLL_PATH"
    before = os.environ.get(theirs)
    try:
        import sdl2dll
    except ImportError:
        raise DisplayError("SDL2 is not installed: pip install pysdl2-dll") from None
    if before is None:
        os.environ.pop(theirs, None)  # It sets that, and programs would inherit it.
    folder = sdl2dll.get_dllpath()
    packaged = _first([f"{folder}/{name}" for name in _PACKAGED])
    if packaged is None:
        raise DisplayError(f"SDL2 can't be loaded from {folder}: pip install pysdl2-dll")
    return packaged


def _first(names: Iterable[str]) -> ctypes.CDLL | None:
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    return None


_sdl = _library()


def _function(kind: Any, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    found: Callable[..., Any] = kind(result, *arguments)((name, _sdl))
    return found


def _slow(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function that may wait for the display server or the driver: other threads run meanwhile."""
    return _function(ctypes.CFUNCTYPE, name, result, *arguments)


def _quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function that doesn't wait. It keeps the GIL, which takes up to 5 ms to win back."""
    return _function(ctypes.PYFUNCTYPE, name, result, *arguments)


class Keysym(ctypes.Structure):
    """SDL_Keysym."""

    _fields_ = (("scancode", _INT), ("sym", _INT), ("mod", _UINT16), ("unused", _UINT32))


def _event(*fields: tuple[str, Any]) -> type[ctypes.Structure]:
    """An event structure; all that we read begin alike."""
    common = (("type", _UINT32), ("timestamp", _UINT32))
    return type("Event", (ctypes.Structure,), {"_fields_": (*common, *fields)})


_ID = ("windowID", _UINT32)


class SDL_Event(ctypes.Union):
    """What happened; `type` says which of the structures holds more."""

    # fmt: off
    _fields_ = (
        ("type", _UINT32),
        ("window", _event(_ID, ("event", _UINT8), ("padding", _UINT8 * 3), ("data1", _INT), ("data2", _INT))),
        ("key", _event(_ID, ("state", _UINT8), ("repeat", _UINT8), ("padding", _UINT8 * 2), ("keysym", Keysym))),
        ("text", _event(_ID, ("text", ctypes.c_char * 32))),
        ("motion", _event(_ID, ("which", _UINT32), ("state", _UINT32), ("x", _INT), ("y", _INT))),
        ("button", _event(_ID, ("which", _UINT32), ("button", _UINT8), ("state", _UINT8), ("clicks", _UINT8), ("padding", _UINT8), ("x", _INT), ("y", _INT))),
        ("wheel", _event(_ID, ("which", _UINT32), ("x", _INT), ("y", _INT), ("direction", _UINT32), ("preciseX", _FLOAT), ("preciseY", _FLOAT))),
        ("drop", _event(("file", _POINTER), ("windowID", _UINT32))),
        ("padding", _UINT8 * 64),  # SDL's takes 56
    )
    # fmt: on


class SDL_Rect(ctypes.Structure):
    """A rectangle in window or desktop coordinates."""

    _fields_ = (("x", _INT), ("y", _INT), ("w", _INT), ("h", _INT))


class SDL_SysWMinfo(ctypes.Structure):
    """The native window behind an SDL window; of the subsystems only X11 is spelt out."""

    _fields_ = (
        ("version", _UINT8 * 3),
        ("subsystem", _INT),
        ("display", _POINTER),
        ("window", ctypes.c_ulong),
        ("padding", _UINT8 * 64),
    )


# fmt: off
# The library
SDL_InitSubSystem              = _slow("SDL_InitSubSystem", _INT, _UINT32)
SDL_QuitSubSystem              = _slow("SDL_QuitSubSystem", None, _UINT32)
SDL_GetError                   = _quick("SDL_GetError", _STRING)
SDL_SetHint                    = _quick("SDL_SetHint", _INT, _STRING, _STRING)
SDL_GetVersion                 = _quick("SDL_GetVersion", None, _POINTER)
SDL_free                       = _quick("SDL_free", None, _POINTER)
SDL_GetCurrentVideoDriver      = _quick("SDL_GetCurrentVideoDriver", _STRING)
# Events
SDL_RegisterEvents             = _quick("SDL_RegisterEvents", _UINT32, _INT)
SDL_PushEvent                  = _quick("SDL_PushEvent", _INT, _POINTER)
SDL_PollEvent                  = _quick("SDL_PollEvent", _INT, _POINTER)
SDL_PeepEvents                 = _quick("SDL_PeepEvents", _INT, _POINTER, _INT, _INT, _UINT32, _UINT32)
SDL_WaitEvent                  = _slow("SDL_WaitEvent", _INT, _POINTER)
SDL_WaitEventTimeout           = _slow("SDL_WaitEventTimeout", _INT, _POINTER, _INT)
SDL_GetModState                = _quick("SDL_GetModState", _INT)
SDL_StartTextInput             = _slow("SDL_StartTextInput", None)
SDL_SetTextInputRect           = _quick("SDL_SetTextInputRect", None, _POINTER)
# Clipboards and pointer
SDL_GetClipboardText           = _slow("SDL_GetClipboardText", _POINTER)
SDL_SetClipboardText           = _slow("SDL_SetClipboardText", _INT, _STRING)
SDL_GetPrimarySelectionText    = _slow("SDL_GetPrimarySelectionText", _POINTER)
SDL_SetPrimarySelectionText    = _slow("SDL_SetPrimarySelectionText", _INT, _STRING)
SDL_CreateSystemCursor         = _slow("SDL_CreateSystemCursor", _POINTER, _INT)
SDL_SetCursor                  = _quick("SDL_SetCursor", None, _POINTER)
SDL_ShowCursor                 = _quick("SDL_ShowCursor", _INT, _INT)
# Windows
SDL_CreateWindow               = _slow("SDL_CreateWindow", _POINTER, _STRING, _INT, _INT, _INT, _INT, _UINT32)
SDL_DestroyWindow              = _slow("SDL_DestroyWindow", None, _POINTER)
SDL_ShowWindow                 = _slow("SDL_ShowWindow", None, _POINTER)
SDL_RaiseWindow                = _slow("SDL_RaiseWindow", None, _POINTER)
SDL_FlashWindow                = _slow("SDL_FlashWindow", _INT, _POINTER, _INT)
SDL_MaximizeWindow             = _slow("SDL_MaximizeWindow", None, _POINTER)
SDL_MinimizeWindow             = _slow("SDL_MinimizeWindow", None, _POINTER)
SDL_RestoreWindow              = _slow("SDL_RestoreWindow", None, _POINTER)
SDL_SetWindowFullscreen        = _slow("SDL_SetWindowFullscreen", _INT, _POINTER, _UINT32)
SDL_SetWindowBordered          = _slow("SDL_SetWindowBordered", None, _POINTER, _INT)
SDL_SetWindowTitle             = _slow("SDL_SetWindowTitle", None, _POINTER, _STRING)
SDL_SetWindowSize              = _slow("SDL_SetWindowSize", None, _POINTER, _INT, _INT)
SDL_SetWindowPosition          = _slow("SDL_SetWindowPosition", None, _POINTER, _INT, _INT)
SDL_GetWindowSize              = _quick("SDL_GetWindowSize", None, _POINTER, _POINTER, _POINTER)
SDL_GetWindowPosition          = _quick("SDL_GetWindowPosition", None, _POINTER, _POINTER, _POINTER)
SDL_GetWindowFlags             = _quick("SDL_GetWindowFlags", _UINT32, _POINTER)
SDL_GetWindowID                = _quick("SDL_GetWindowID", _UINT32, _POINTER)
SDL_GetWindowFromID            = _quick("SDL_GetWindowFromID", _POINTER, _UINT32)
SDL_GetWindowDisplayIndex      = _quick("SDL_GetWindowDisplayIndex", _INT, _POINTER)
SDL_GetWindowWMInfo            = _quick("SDL_GetWindowWMInfo", _INT, _POINTER, _POINTER)
SDL_GetDisplayBounds           = _quick("SDL_GetDisplayBounds", _INT, _INT, _POINTER)
SDL_GetDisplayUsableBounds     = _quick("SDL_GetDisplayUsableBounds", _INT, _INT, _POINTER)
# OpenGL
SDL_GL_SetAttribute            = _quick("SDL_GL_SetAttribute", _INT, _INT, _INT)
SDL_GL_CreateContext           = _slow("SDL_GL_CreateContext", _POINTER, _POINTER)
SDL_GL_DeleteContext           = _slow("SDL_GL_DeleteContext", None, _POINTER)
SDL_GL_MakeCurrent             = _slow("SDL_GL_MakeCurrent", _INT, _POINTER, _POINTER)
SDL_GL_SetSwapInterval         = _quick("SDL_GL_SetSwapInterval", _INT, _INT)
SDL_GL_GetDrawableSize         = _quick("SDL_GL_GetDrawableSize", None, _POINTER, _POINTER, _POINTER)
SDL_GL_SwapWindow              = _slow("SDL_GL_SwapWindow", None, _POINTER)

SDL_INIT_VIDEO = 0x20
SDL_QUIT, SDL_WINDOWEVENT, SDL_KEYDOWN, SDL_KEYUP, SDL_TEXTINPUT = 0x100, 0x200, 0x300, 0x301, 0x303
SDL_MOUSEMOTION, SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP, SDL_MOUSEWHEEL = 0x400, 0x401, 0x402, 0x403
SDL_DROPFILE, SDL_DROPTEXT, SDL_LASTEVENT = 0x1000, 0x1001, 0xFFFF
SDL_ADDEVENT, SDL_PEEKEVENT, SDL_GETEVENT = 0, 1, 2
SDL_WINDOWEVENT_SHOWN, SDL_WINDOWEVENT_HIDDEN, SDL_WINDOWEVENT_EXPOSED = 1, 2, 3
SDL_WINDOWEVENT_MOVED, SDL_WINDOWEVENT_RESIZED, SDL_WINDOWEVENT_SIZE_CHANGED = 4, 5, 6
SDL_WINDOWEVENT_MINIMIZED, SDL_WINDOWEVENT_MAXIMIZED, SDL_WINDOWEVENT_RESTORED = 7, 8, 9
SDL_WINDOWEVENT_LEAVE, SDL_WINDOWEVENT_CLOSE = 11, 14
SDL_WINDOWEVENT_FOCUS_GAINED, SDL_WINDOWEVENT_FOCUS_LOST = 12, 13
SDL_WINDOWEVENT_DISPLAY_CHANGED = 18
SDL_MOUSEWHEEL_FLIPPED = 1
SDL_SYSTEM_CURSOR_ARROW, SDL_SYSTEM_CURSOR_IBEAM, SDL_SYSTEM_CURSOR_HAND = 0, 1, 11
KMOD_LSHIFT, KMOD_RSHIFT, KMOD_LCTRL, KMOD_RCTRL = 0x0001, 0x0002, 0x0040, 0x0080
KMOD_LALT, KMOD_RALT, KMOD_LGUI, KMOD_RGUI = 0x0100, 0x0200, 0x0400, 0x0800
KMOD_NUM, KMOD_CAPS, KMOD_MODE = 0x1000, 0x2000, 0x4000
SDL_WINDOWPOS_UNDEFINED = 0x1FFF0000
SDL_WINDOW_OPENGL, SDL_WINDOW_HIDDEN, SDL_WINDOW_RESIZABLE = 0x2, 0x8, 0x20
SDL_WINDOW_MINIMIZED, SDL_WINDOW_MAXIMIZED = 0x40, 0x80
SDL_WINDOW_FULLSCREEN_DESKTOP, SDL_WINDOW_ALLOW_HIGHDPI = 0x1001, 0x2000
SDL_FLASH_UNTIL_FOCUSED = 2
SDL_SYSWM_X11 = 2
SDL_GL_DOUBLEBUFFER, SDL_GL_DEPTH_SIZE, SDL_GL_STENCIL_SIZE = 5, 6, 7
SDL_GL_CONTEXT_MAJOR_VERSION, SDL_GL_CONTEXT_MINOR_VERSION = 17, 18
SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_PROFILE_MASK = 20, 21
SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG, SDL_GL_CONTEXT_PROFILE_CORE = 2, 1
SDL_HINT_APP_NAME = b"SDL_APP_NAME"
SDL_HINT_NO_SIGNAL_HANDLERS = b"SDL_NO_SIGNAL_HANDLERS"
SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE = b"SDL_QUIT_ON_LAST_WINDOW_CLOSE"
SDL_HINT_VIDEO_ALLOW_SCREENSAVER = b"SDL_VIDEO_ALLOW_SCREENSAVER"
SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR = b"SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR"
SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH = b"SDL_MOUSE_FOCUS_CLICKTHROUGH"
SDL_HINT_IME_SHOW_UI = b"SDL_IME_SHOW_UI"
SDL_HINT_IME_SUPPORT_EXTENDED_TEXT = b"SDL_IME_SUPPORT_EXTENDED_TEXT"
# fmt: on


def error_text() -> str:
    """What SDL says of its last failure, on one line."""
    text: bytes = SDL_GetError()
    return " ".join(text.decode("utf-8", "replace").split()) or "unknown SDL error"


def take_text(address: int | None, errors: str = "replace") -> str:
    """A string that SDL made for us, which is freed; "" for None."""
    if not address:
        return ""
    text = ctypes.string_at(address).decode("utf-8", errors)
    SDL_free(address)
    return text
