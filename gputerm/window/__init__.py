"""The window system: SDL2 windows, their events, the clipboard. Nobody else calls SDL."""
