"""An OpenGL 3.3 core context without a window or a display server, through EGL.

Serves `gputerm render` and tests. Mesa's surfaceless platform comes first, because it asks neither
X nor Wayland; other drivers give a context on their default display, with a 1 × 1 pbuffer when they
can't do without a surface. The prototypes are ours, as in gl.py: PyOpenGL's `OpenGL.EGL` takes 25
to 30 ms to import, can't be imported while its ERROR_CHECKING is off, and where there is a display
looks up eglGetPlatformDisplayEXT by GLX, which gives a function that fails.
[EGL 1.5; EGL_MESA_platform_surfaceless; EGL_KHR_create_context]
"""

import ctypes
from typing import Any

from gputerm.errors import GLError
from gputerm.render import gl

_EGL_NONE = 0x3038
_EGL_SURFACE_TYPE, _EGL_PBUFFER_BIT = 0x3033, 0x0001
_EGL_RENDERABLE_TYPE, _EGL_OPENGL_BIT = 0x3040, 0x0008
_EGL_WIDTH, _EGL_HEIGHT = 0x3057, 0x3056
_EGL_OPENGL_API = 0x30A2
_EGL_CONTEXT_MAJOR_VERSION, _EGL_CONTEXT_MINOR_VERSION = 0x3098, 0x30FB
_EGL_CONTEXT_OPENGL_PROFILE_MASK, _EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT = 0x30FD, 0x1
_EGL_PLATFORM_SURFACELESS_MESA = 0x31DD

_POINTER, _INT, _UINT, _STRING = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_char_p

#: What a function returns, then what it takes.
_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "eglBindAPI": (_UINT, _UINT),
    "eglChooseConfig": (_UINT, _POINTER, _POINTER, _POINTER, _INT, _POINTER),
    "eglCreateContext": (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "eglCreatePbufferSurface": (_POINTER, _POINTER, _POINTER, _POINTER),
    "eglDestroyContext": (_UINT, _POINTER, _POINTER),
    "eglDestroySurface": (_UINT, _POINTER, _POINTER),
    "eglGetDisplay": (_POINTER, _POINTER),
    "eglGetError": (_INT,),
    "eglGetPlatformDisplayEXT": (_POINTER, _UINT, _POINTER, _POINTER),
    "eglGetProcAddress": (_POINTER, _STRING),
    "eglInitialize": (_UINT, _POINTER, _POINTER, _POINTER),
    "eglMakeCurrent": (_UINT, _POINTER, _POINTER, _POINTER, _POINTER),
}


def _egl(name: str) -> Any:
    return gl.function(name, *_PROTOTYPES[name], library="EGL")


def _attributes(*values: int) -> Any:
    return (_INT * (len(values) + 1))(*values, _EGL_NONE)


class OffscreenContext:
    """A context that is current on this thread from its creation until `close`."""

    def __init__(self) -> None:
        """Raises GLError, one line, when there is no EGL or no OpenGL 3.3."""
        self._make_current = _egl("eglMakeCurrent")
        self._display = self._open_display()
        _egl("eglBindAPI")(_EGL_OPENGL_API)
        config = self._config()
        self._context = _egl("eglCreateContext")(
            self._display,
            config,
            None,
            _attributes(
                *(_EGL_CONTEXT_MAJOR_VERSION, 3),
                *(_EGL_CONTEXT_MINOR_VERSION, 3),
                *(_EGL_CONTEXT_OPENGL_PROFILE_MASK, _EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT),
            ),
        )
        if not self._context:
            raise GLError(f"the graphics driver gives no OpenGL 3.3 core context ({self._error()})")
        self._surface = None
        if not self._make_current(self._display, None, None, self._context):
            size = _attributes(_EGL_WIDTH, 1, _EGL_HEIGHT, 1)
            self._surface = _egl("eglCreatePbufferSurface")(self._display, config, size)
            if not self.make_current():
                raise GLError(f"EGL can't make a context current ({self._error()})")

    def make_current(self) -> bool:
        """Make it this thread's context (again); False when EGL refuses."""
        return bool(self._make_current(self._display, self._surface, self._surface, self._context))

    def close(self) -> None:
        """Destroy the context and whatever was made in it. The display stays for the process."""
        self._make_current(self._display, None, None, None)
        if self._surface:
            _egl("eglDestroySurface")(self._display, self._surface)
        _egl("eglDestroyContext")(self._display, self._context)

    def _open_display(self) -> int:
        initialize = _egl("eglInitialize")
        extension = "eglGetPlatformDisplayEXT"
        address = _egl("eglGetProcAddress")(extension.encode())
        if address:
            platform = ctypes.PYFUNCTYPE(*_PROTOTYPES[extension])(address)
            display = platform(_EGL_PLATFORM_SURFACELESS_MESA, None, None)
            if display and initialize(display, None, None):
                return int(display)
        display = _egl("eglGetDisplay")(None)
        if display and initialize(display, None, None):
            return int(display)
        raise GLError(
            f"no graphics driver draws without a window ({self._error()}); "
            "Mesa's EGL and software renderer would (libegl-mesa0, libgl1-mesa-dri)"
        )

    def _config(self) -> int:
        config, count = _POINTER(), _INT()
        wanted = _attributes(
            *(_EGL_SURFACE_TYPE, _EGL_PBUFFER_BIT), *(_EGL_RENDERABLE_TYPE, _EGL_OPENGL_BIT)
        )
        _egl("eglChooseConfig")(self._display, wanted, ctypes.byref(config), 1, ctypes.byref(count))
        if not count.value or not config.value:
            raise GLError(f"EGL has no configuration for OpenGL ({self._error()})")
        return config.value

    @staticmethod
    def _error() -> str:
        return f"EGL error {_egl('eglGetError')():#x}"
