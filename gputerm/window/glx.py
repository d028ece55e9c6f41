"""Showing a part of a window: GLX_MESA_copy_sub_buffer, where that is cheaper than a swap.

A renderer in software keeps the back buffer in memory, and each swap hands all of it to the X
server: 0.16 ms for 640 × 408 pixels and 1.4 ms for 1920 × 1190 (llvmpipe, Xvfb), for a key press
that changed one row. Copying that row takes 0.015 ms in either. Graphics cards swap by exchanging
buffers, so there nothing is gained and this isn't used. [GLX_MESA_copy_sub_buffer]
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from gputerm.window import sdl
from gputerm.window.x11 import x11_window

_IN_SOFTWARE = (b"llvmpipe", b"softpipe")
_GL_RENDERER = 0x1F01


def part_shower(window: object) -> Callable[[int, int, int, int], None] | None:
    """A function that shows (x, y, width, height) of the back buffer, y from the bottom.

    None where a swap is as good. The window's context must be current, now and then.
    """
    native = x11_window(window)
    if native is None or (copy := _copy_sub_buffer(native.display)) is None:
        return None
    display, xid = native.display, native.id
    return lambda x, y, width, height: copy(display, xid, x, y, width, height)


@cache
def _copy_sub_buffer(display: int) -> Callable[..., None] | None:
    pointer, number = ctypes.c_void_p, ctypes.c_int
    context = _function("glXGetCurrentContext", pointer)
    if context is None or not context():  # else SDL uses EGL
        return None
    renderer = _function("glGetString", ctypes.c_char_p, number)
    if renderer is None or not (renderer(_GL_RENDERER) or b"").startswith(_IN_SOFTWARE):
        return None
    query = _function("glXQueryExtensionsString", ctypes.c_char_p, pointer, number)
    # Every screen of one server has the same driver.
    if query is None or b"GLX_MESA_copy_sub_buffer" not in (query(display, 0) or b"").split():
        return None
    return _function(
        "glXCopySubBufferMESA", None, pointer, ctypes.c_ulong, number, number, number, number
    )


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any] | None:
    address = sdl.SDL_GL_GetProcAddress(name.encode())
    return ctypes.CFUNCTYPE(result, *arguments)(address) if address else None
