# ruff: noqa: N816, E501  (the names are the specification's; the table is easier to read aligned)
"""OpenGL 3.3 core, the part of it that we call: entry points, constants, and four small helpers.

PyOpenGL finds the libraries, loads them and gives the entry points; the prototypes are ours. Its
own wrappers take 56 to 85 ms to import and 3 to 10 µs a call (they convert arrays and check errors),
a bare ctypes pointer 0.4 µs. Names are the OpenGL 3.3 specification's, prefix included, so its
manual pages are the documentation.

Nothing here knows what a terminal is, nor imports numpy. All functions need a current context.
Errors are not checked call by call: `check()` asks once, where the caller can say what it was
doing.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any

from gputerm.errors import GLError
from gputerm.stand_ins import StandIn, nothing, standing_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

_SONAMES = {
    "GL": "libGL.so.1",
    "OpenGL": "libOpenGL.so.0",
    "EGL": "libEGL.so.1",
    "GLX": "libGLX.so.0",
    "GLESv2": "libGLESv2.so.2",
    "GLESv1_CM": "libGLESv1_CM.so.1",
}
_LEVELS = ("DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL")

try:
    stand_ins = [
        StandIn("logging", getLogger=nothing, Logger=nothing, **dict.fromkeys(_LEVELS, 0)),
        StandIn("traceback"),
    ]
    if sys.platform.startswith("linux"):
        stand_ins.append(StandIn("ctypes.util", find_library=_SONAMES.get))
    with standing_in(*stand_ins):
        import OpenGL

        OpenGL.ERROR_CHECKING = False
        OpenGL.ERROR_LOGGING = False
        from OpenGL.platform import PLATFORM

        _LIBRARIES = {name: getattr(PLATFORM, name) for name in ("GL", "EGL")}
except (ImportError, OSError, AttributeError) as error:
    raise GLError(
        f"no OpenGL library could be loaded ({error}); install the driver's libGL and libEGL"
    ) from None

_INT, _UINT, _FLOAT = ctypes.c_int, ctypes.c_uint, ctypes.c_float
_SIZE, _POINTER, _STRING = ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_char_p
_BYTE = ctypes.c_ubyte


def function(
    name: str, result: Any, *arguments: Any, library: str = "GL", releases_gil: bool = False
) -> Callable[..., Any]:
    """The C function `name` of "GL" or "EGL" as a Python callable; GLError when it doesn't exist.

    `releases_gil`: a call that may wait for the driver lets other threads run meanwhile; a short
    one must not, since winning the lock back from a busy thread takes up to 5 ms.
    """
    kind = ctypes.CFUNCTYPE if releases_gil else ctypes.PYFUNCTYPE
    prototype = kind(result, *arguments)
    dll = _LIBRARIES[library]
    if dll is None:
        raise GLError(f"lib{library} is not installed; {name} can't be called")
    try:
        return prototype((name, dll))
    except AttributeError:
        # Only entry points newer than the loader library's own exports come this way.
        address = PLATFORM.getExtensionProcedure(name.encode())
        if not address:
            raise GLError(f"the OpenGL library lacks {name}; gputerm needs OpenGL 3.3") from None
        return prototype(address)


def _quick(name: str, *arguments: Any, result: Any = None) -> Callable[..., Any]:
    return function(name, result, *arguments)


def _slow(name: str, *arguments: Any, result: Any = None) -> Callable[..., Any]:
    return function(name, result, *arguments, releases_gil=True)


# fmt: off
# State
glGetError              = _quick("glGetError", result=_UINT)
glGetString             = _quick("glGetString", _UINT, result=_STRING)
glGetIntegerv           = _quick("glGetIntegerv", _UINT, _POINTER)
glEnable                = _quick("glEnable", _UINT)
glDisable               = _quick("glDisable", _UINT)
glBlendFunc             = _quick("glBlendFunc", _UINT, _UINT)
glViewport              = _quick("glViewport", _INT, _INT, _INT, _INT)
glScissor               = _quick("glScissor", _INT, _INT, _INT, _INT)
glClearColor            = _quick("glClearColor", _FLOAT, _FLOAT, _FLOAT, _FLOAT)
glPixelStorei           = _quick("glPixelStorei", _UINT, _INT)
# Textures
glGenTextures           = _quick("glGenTextures", _INT, _POINTER)
glDeleteTextures        = _quick("glDeleteTextures", _INT, _POINTER)
glActiveTexture         = _quick("glActiveTexture", _UINT)
glBindTexture           = _quick("glBindTexture", _UINT, _UINT)
glTexParameteri         = _quick("glTexParameteri", _UINT, _UINT, _INT)
glTexImage2D            = _slow("glTexImage2D", _UINT, _INT, _INT, _INT, _INT, _INT, _UINT, _UINT, _POINTER)
glTexImage3D            = _slow("glTexImage3D", _UINT, _INT, _INT, _INT, _INT, _INT, _INT, _UINT, _UINT, _POINTER)
glTexSubImage3D         = _slow("glTexSubImage3D", _UINT, _INT, _INT, _INT, _INT, _INT, _INT, _INT, _UINT, _UINT, _POINTER)
# Framebuffers
glGenFramebuffers       = _quick("glGenFramebuffers", _INT, _POINTER)
glDeleteFramebuffers    = _quick("glDeleteFramebuffers", _INT, _POINTER)
glBindFramebuffer       = _quick("glBindFramebuffer", _UINT, _UINT)
glFramebufferTexture2D  = _quick("glFramebufferTexture2D", _UINT, _UINT, _UINT, _UINT, _INT)
glCheckFramebufferStatus = _quick("glCheckFramebufferStatus", _UINT, result=_UINT)
glBlitFramebuffer       = _slow("glBlitFramebuffer", _INT, _INT, _INT, _INT, _INT, _INT, _INT, _INT, _UINT, _UINT)
glReadPixels            = _slow("glReadPixels", _INT, _INT, _INT, _INT, _UINT, _UINT, _POINTER)
# Shaders
glCreateShader          = _quick("glCreateShader", _UINT, result=_UINT)
glShaderSource          = _quick("glShaderSource", _UINT, _INT, _POINTER, _POINTER)
glCompileShader         = _slow("glCompileShader", _UINT)
glGetShaderiv           = _quick("glGetShaderiv", _UINT, _UINT, _POINTER)
glGetShaderInfoLog      = _quick("glGetShaderInfoLog", _UINT, _INT, _POINTER, _POINTER)
glDeleteShader          = _quick("glDeleteShader", _UINT)
glCreateProgram         = _quick("glCreateProgram", result=_UINT)
glAttachShader          = _quick("glAttachShader", _UINT, _UINT)
glLinkProgram           = _slow("glLinkProgram", _UINT)
glGetProgramiv          = _quick("glGetProgramiv", _UINT, _UINT, _POINTER)
glGetProgramInfoLog     = _quick("glGetProgramInfoLog", _UINT, _INT, _POINTER, _POINTER)
glDeleteProgram         = _quick("glDeleteProgram", _UINT)
glUseProgram            = _quick("glUseProgram", _UINT)
glGetUniformLocation    = _quick("glGetUniformLocation", _UINT, _STRING, result=_INT)
glUniform1i             = _quick("glUniform1i", _INT, _INT)
glUniform1f             = _quick("glUniform1f", _INT, _FLOAT)
glUniform4f             = _quick("glUniform4f", _INT, _FLOAT, _FLOAT, _FLOAT, _FLOAT)
# Vertices
glGenBuffers            = _quick("glGenBuffers", _INT, _POINTER)
glDeleteBuffers         = _quick("glDeleteBuffers", _INT, _POINTER)
glBindBuffer            = _quick("glBindBuffer", _UINT, _UINT)
glBufferData            = _quick("glBufferData", _UINT, _SIZE, _POINTER, _UINT)
glGenVertexArrays       = _quick("glGenVertexArrays", _INT, _POINTER)
glDeleteVertexArrays    = _quick("glDeleteVertexArrays", _INT, _POINTER)
glBindVertexArray       = _quick("glBindVertexArray", _UINT)
glEnableVertexAttribArray = _quick("glEnableVertexAttribArray", _UINT)
glVertexAttribPointer   = _quick("glVertexAttribPointer", _UINT, _INT, _UINT, _BYTE, _INT, _POINTER)
glVertexAttribIPointer  = _quick("glVertexAttribIPointer", _UINT, _INT, _UINT, _INT, _POINTER)
glVertexAttribDivisor   = _quick("glVertexAttribDivisor", _UINT, _UINT)
# Work
glClear                 = _slow("glClear", _UINT)
glDrawArraysInstanced   = _slow("glDrawArraysInstanced", _UINT, _INT, _INT, _INT)
glFinish                = _slow("glFinish")

GL_TRIANGLE_STRIP = 0x0005
GL_ONE, GL_ONE_MINUS_SRC_ALPHA = 1, 0x0303
GL_BLEND, GL_SCISSOR_TEST, GL_DITHER = 0x0BE2, 0x0C11, 0x0BD0
GL_UNPACK_ROW_LENGTH, GL_UNPACK_ALIGNMENT, GL_PACK_ALIGNMENT = 0x0CF2, 0x0CF5, 0x0D05
GL_TEXTURE_2D, GL_TEXTURE_2D_ARRAY = 0x0DE1, 0x8C1A
GL_UNSIGNED_BYTE, GL_SHORT, GL_UNSIGNED_SHORT = 0x1401, 0x1402, 0x1403
GL_RED, GL_RGBA, GL_BGRA, GL_R8, GL_RGBA8 = 0x1903, 0x1908, 0x80E1, 0x8229, 0x8058
GL_RENDERER, GL_VERSION = 0x1F01, 0x1F02
GL_NEAREST, GL_CLAMP_TO_EDGE = 0x2600, 0x812F
GL_TEXTURE_MAG_FILTER, GL_TEXTURE_MIN_FILTER = 0x2800, 0x2801
GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T = 0x2802, 0x2803
GL_COLOR_BUFFER_BIT = 0x4000
GL_MAJOR_VERSION, GL_MINOR_VERSION = 0x821B, 0x821C
GL_TEXTURE0 = 0x84C0
GL_ARRAY_BUFFER, GL_STREAM_DRAW = 0x8892, 0x88E0
GL_FRAGMENT_SHADER, GL_VERTEX_SHADER = 0x8B30, 0x8B31
GL_COMPILE_STATUS, GL_LINK_STATUS = 0x8B81, 0x8B82
GL_READ_FRAMEBUFFER, GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER = 0x8CA8, 0x8CA9, 0x8D40
GL_FRAMEBUFFER_COMPLETE, GL_COLOR_ATTACHMENT0 = 0x8CD5, 0x8CE0
# fmt: on

_ERROR_NAMES = {
    0x0500: "GL_INVALID_ENUM",
    0x0501: "GL_INVALID_VALUE",
    0x0502: "GL_INVALID_OPERATION",
    0x0505: "GL_OUT_OF_MEMORY",
    0x0506: "GL_INVALID_FRAMEBUFFER_OPERATION",
    0x0507: "GL_CONTEXT_LOST",
}


def check(doing: str) -> None:
    """Raise GLError naming `doing` when a call since the last check went wrong."""
    if code := glGetError():
        raise GLError(f"{doing}: {_ERROR_NAMES.get(code, hex(code))}")


def integer(name: int) -> int:
    """One integer of the context's state."""
    value = ctypes.c_int()
    glGetIntegerv(name, ctypes.byref(value))
    return value.value


def generate(generator: Callable[[int, Any], None]) -> int:
    """One new object name from a glGen… function."""
    name = ctypes.c_uint()
    generator(1, ctypes.byref(name))
    return name.value


def delete(deleter: Callable[[int, Any], None], name: int) -> None:
    """Give one object name back through a glDelete… function."""
    deleter(1, ctypes.byref(ctypes.c_uint(name)))


def address(array: np.ndarray[Any, Any]) -> int:
    """Where the bytes of a C-contiguous array start; the array must outlive the call it is passed to."""
    assert array.flags.c_contiguous, "OpenGL reads rows without gaps"
    place: int = array.__array_interface__["data"][0]
    return place
