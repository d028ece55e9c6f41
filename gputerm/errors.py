"""What can go wrong that the user can mend. Each message is one line of advice.

Bytes from the program in the terminal never raise; our own mistakes are `assert`.
"""


class GputermError(Exception):
    """Base of all errors shown to the user without a traceback."""


class ConfigError(GputermError):
    """A configuration file or `-o` option that can't be used at all."""


class FontError(GputermError):
    """A font that can't be found or read."""


class GLError(GputermError):
    """No usable OpenGL 3.3 core context."""


class ShaderError(GputermError):
    """A shader that doesn't compile or link; names file and line."""


class SpawnError(GputermError):
    """A program that can't be started in the terminal."""


class IpcError(GputermError):
    """A socket that can't be created, found or understood."""


class DisplayError(GputermError):
    """No display server to open a window on."""
