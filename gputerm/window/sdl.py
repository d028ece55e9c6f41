"""PySDL2, loaded without its detours: the functions and constants that gputerm uses.

`import sdl2` takes about 130 ms, most of it in `ctypes.util.find_library`, which starts a compiler
to ask where libSDL2 is, and in binding audio, game controllers and sensors. Here the library is
found by its soname (the system's, else that of pysdl2-dll), and only the submodules in use are
loaded.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import sys
import types
import warnings
from typing import Any

from gputerm.errors import DisplayError

_SONAMES = ("libSDL2-2.0.so.0", "libSDL2-2.0.0.dylib")


def _system_library() -> str | None:
    for soname in _SONAMES:
        try:
            ctypes.CDLL(soname)
        except OSError:
            continue
        return soname
    return None


def _load_package() -> None:
    """Register `sdl2` without running its `__init__`, and bind the library."""
    spec = importlib.util.find_spec("sdl2")
    if spec is None or spec.submodule_search_locations is None:
        raise DisplayError("PySDL2 is not installed: pip install PySDL2 pysdl2-dll")
    package = types.ModuleType("sdl2")
    package.__path__ = list(spec.submodule_search_locations)
    package.__spec__ = spec
    sys.modules["sdl2"] = package
    system = _system_library()
    if system is not None:
        os.environ.setdefault("PYSDL2_DLL_PATH", "system")
    find_library = ctypes.util.find_library
    ctypes.util.find_library = lambda name: system if name == "SDL2" else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "Using SDL2 binaries from pysdl2-dll"
            import sdl2.dll  # noqa: F401
    except RuntimeError as error:
        raise DisplayError(f"SDL2 can't be loaded ({error}): pip install pysdl2-dll") from error
    finally:
        ctypes.util.find_library = find_library


if "sdl2" not in sys.modules:
    _load_package()

from sdl2 import (  # noqa: E402
    _sdl_init,
    clipboard,
    error,
    events,
    hints,
    keyboard,
    keycode,
    mouse,
    rect,
    stdinc,
    syswm,
    version,
    video,
)

__all__ = [
    "clipboard",
    "error_text",
    "events",
    "hints",
    "keyboard",
    "keycode",
    "mouse",
    "quit_video",
    "rect",
    "start_video",
    "stdinc",
    "syswm",
    "take_dropped",
    "version",
    "video",
]


def error_text() -> str:
    """What SDL says of its last failure, on one line."""
    text: bytes = error.SDL_GetError()
    return " ".join(text.decode("utf-8", "replace").split()) or "unknown SDL error"


def take_dropped(event: Any) -> str:
    """What was dropped on a window, taken out of its event."""
    # The string is SDL's and must be freed, which a c_char_p field, read as bytes, doesn't allow.
    address = ctypes.c_void_p.from_buffer(event, type(event.drop).file.offset)
    if not address.value:
        return ""
    text = ctypes.string_at(address.value).decode("utf-8", "surrogateescape")
    stdinc.SDL_free(address)
    return text


def start_video() -> bool:
    """Connect to the display server; False when there is none (error_text() says why)."""
    return int(_sdl_init.SDL_InitSubSystem(_sdl_init.SDL_INIT_VIDEO)) == 0


def quit_video() -> None:
    """Disconnect from the display server; all windows must be gone."""
    _sdl_init.SDL_QuitSubSystem(_sdl_init.SDL_INIT_VIDEO)
