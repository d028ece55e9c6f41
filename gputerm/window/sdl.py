"""PySDL2 without its detours: the functions, structures and constants of SDL.

`import sdl2` takes about 130 ms: it starts a compiler to ask where libSDL2 is (see stand_ins.py)
and binds audio, game controllers and sensors. Here only the submodules in use are loaded, 15 ms.
The library is the system's, else that of pysdl2-dll. Names are SDL's, so wiki.libsdl.org is the
documentation.
"""

import ctypes
import importlib.util
import os
import sys
import types
import warnings
from typing import Any

from gputerm.errors import DisplayError
from gputerm.stand_ins import StandIn, standing_in

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
    """Register `sdl2` without running its `__init__`, and load the library."""
    spec = importlib.util.find_spec("sdl2")
    if spec is None or spec.submodule_search_locations is None:
        raise DisplayError("PySDL2 is not installed: pip install PySDL2 pysdl2-dll")
    package = types.ModuleType("sdl2")
    package.__path__ = list(spec.submodule_search_locations)
    package.__spec__ = spec
    sys.modules["sdl2"] = package
    system = _system_library()
    variable = "PYSDL2_DLL_PATH"  # pysdl2-dll sets it as well
    before = os.environ.get(variable)
    if system is not None:
        os.environ.setdefault(variable, "system")
    try:
        sonames = {} if system is None else {"SDL2": system}
        stand_ins = (
            StandIn("ctypes.util", find_library=sonames.get),
            StandIn("platform", machine=lambda: os.uname().machine),
        )
        with standing_in(*stand_ins), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "Using SDL2 binaries from pysdl2-dll"
            import sdl2.dll  # noqa: F401
    except RuntimeError as error:
        raise DisplayError(f"SDL2 can't be loaded ({error}): pip install pysdl2-dll") from error
    if before is None:
        os.environ.pop(variable, None)  # or programs in the terminal would inherit it


if "sdl2" not in sys.modules:
    _load_package()

from sdl2._sdl_init import *  # noqa: E402, F403
from sdl2.clipboard import *  # noqa: E402, F403
from sdl2.clipboard import (  # noqa: E402
    SDL_GetClipboardText as SDL_GetClipboardText,
)
from sdl2.clipboard import (  # noqa: E402
    SDL_GetPrimarySelectionText as SDL_GetPrimarySelectionText,
)
from sdl2.error import SDL_GetError  # noqa: E402
from sdl2.events import *  # noqa: E402, F403
from sdl2.hints import *  # noqa: E402, F403
from sdl2.keyboard import *  # noqa: E402, F403
from sdl2.keycode import *  # noqa: E402, F403
from sdl2.mouse import *  # noqa: E402, F403
from sdl2.rect import *  # noqa: E402, F403
from sdl2.stdinc import SDL_free  # noqa: E402
from sdl2.syswm import *  # noqa: E402, F403
from sdl2.version import *  # noqa: E402, F403
from sdl2.video import *  # noqa: E402, F403

TYPE_CHECKING = False
if TYPE_CHECKING:

    def __getattr__(name: str) -> Any:  # PySDL2 has no types
        ...


# Declared as texts there, which leaves no address to free.
for _function in (SDL_GetClipboardText, SDL_GetPrimarySelectionText):
    _function.restype = ctypes.c_void_p

#: Calls that neither wait nor ask the display server keep the GIL: winning it back from a busy
#: thread takes longer than they do.
for _name in (
    *("SDL_GetCurrentVideoDriver", "SDL_GetVersion", "SDL_RegisterEvents", "SDL_GL_SetAttribute"),
    *("SDL_PeepEvents", "SDL_HasEvent"),
    *("SDL_GetWindowID", "SDL_GetWindowFlags", "SDL_GetWindowSize", "SDL_GetWindowWMInfo"),
    "SDL_GL_GetDrawableSize",
):
    _function = globals()[_name]
    _address = ctypes.cast(_function, ctypes.c_void_p).value or 0
    globals()[_name] = ctypes.PYFUNCTYPE(_function.restype, *_function.argtypes or ())(_address)


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


def take_dropped(event: Any) -> str:
    """What was dropped on a window; taken out of its event and freed."""
    # The field is a c_char_p, which gives bytes and no address.
    address = ctypes.c_void_p.from_buffer(event, type(event.drop).file.offset)
    return take_text(address.value, "surrogateescape")
