"""What SDL doesn't tell about a Wayland connection. [wayland-client-core.h]"""

import ctypes

from gputerm.window import sdl


def connection_failed(window: object) -> bool:
    """Whether the compositor of an SDL window is gone; False off Wayland."""
    info = sdl.SDL_SysWMinfo()
    sdl.SDL_GetVersion(ctypes.byref(info.version))
    if not sdl.SDL_GetWindowWMInfo(window, ctypes.byref(info)):
        return False
    if info.subsystem != sdl.SDL_SYSWM_WAYLAND:
        return False
    try:
        get_error = ctypes.CDLL("libwayland-client.so.0").wl_display_get_error
    except (OSError, AttributeError):
        return False
    get_error.argtypes = [ctypes.c_void_p]
    return bool(get_error(info.info.wl.display))
