"""The display that shows a window: how much room there is."""

import ctypes
from collections.abc import Callable
from typing import Any

from gputerm.window import sdl


class Monitor:
    """Sizes are (width, height) in pixels; (0, 0) where nobody knows."""

    def __init__(self, window: Any, pixels_per_unit: float) -> None:
        """`window` is SDL's, on the display; its coordinates have so many pixels a unit."""
        self._window = window
        self._pixels_per_unit = pixels_per_unit

    @property
    def size(self) -> tuple[int, int]:
        """All of it."""
        return self._size(sdl.SDL_GetDisplayBounds)

    @property
    def usable_size(self) -> tuple[int, int]:
        """What panels and bars leave of it."""
        return self._size(sdl.SDL_GetDisplayUsableBounds)

    def fitting(self, width: int, height: int) -> tuple[int, int]:
        """A size, or as much of it as there is."""
        most_width, most_height = self.size
        return min(width, most_width or width), min(height, most_height or height)

    def _size(self, ask: Callable[[int, object], int]) -> tuple[int, int]:
        area = sdl.SDL_Rect()
        if ask(sdl.SDL_GetWindowDisplayIndex(self._window), ctypes.byref(area)) != 0:
            return 0, 0
        scale = self._pixels_per_unit
        return round(area.w * scale), round(area.h * scale)
