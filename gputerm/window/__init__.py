"""The window system: SDL2 windows, their events, the clipboard. Sole importer of PySDL2."""
