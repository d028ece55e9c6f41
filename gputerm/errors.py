"""What can go wrong that the user can mend. Each message is one line of advice.

Bytes from the program in the terminal never raise; our own mistakes are `assert`.
Exit codes above 63 are those of sysexits(3); 127 is the shell's word for an unknown program.
"""

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the `gputerm` command returns; `gputerm render` returns its child's code, not OK."""

    OK = 0
    FAILURE = 1  #: something failed that has no code of its own
    USAGE = 2  #: the command line can't be understood
    REFUSED = 3  #: of `gputerm msg`: the command was refused
    IN_VAIN = 4  #: of `gputerm msg`: what was waited for didn't happen in time
    ENDED = 5  #: of `gputerm msg`: the window's program has ended
    UNAVAILABLE = 69  #: no display to open a window on, or no socket to talk to
    NO_GL = 70  #: no usable OpenGL 3.3 core context
    CONFIG = 78  #: the configuration file can't be read; with --check-config: it has errors
    NOT_FOUND = 127  #: the program after -e can't be started


class GputermError(Exception):
    """Base of all errors shown to the user without a traceback."""

    exit_code = ExitCode.FAILURE


class UsageError(GputermError):
    """A command line that can't be understood."""

    exit_code = ExitCode.USAGE


class ConfigError(GputermError):
    """A configuration file or `-o` option that can't be used at all."""

    exit_code = ExitCode.CONFIG


class OutputError(GputermError):
    """Something that can't be written."""


class FontError(GputermError):
    """A font that can't be found or read."""


class GLError(GputermError):
    """No usable OpenGL 3.3 core context."""

    exit_code = ExitCode.NO_GL


class ShaderError(GputermError):
    """A shader that doesn't compile or link; names file and line."""

    exit_code = ExitCode.NO_GL


class SpawnError(GputermError):
    """A program that can't be started in the terminal."""

    exit_code = ExitCode.NOT_FOUND


class IpcError(GputermError):
    """A socket that can't be created, found or understood."""

    exit_code = ExitCode.UNAVAILABLE


class DisplayError(GputermError):
    """No display server to open a window on."""

    exit_code = ExitCode.UNAVAILABLE


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is most like `name`, whatever the case; None when none is like it."""
    import difflib  # only for those who mistype

    spelling = {known.lower(): known for known in names}
    similar = difflib.get_close_matches(name.lower(), spelling, n=1)
    return spelling[similar[0]] if similar else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message: ", did you mean size?", or "" when no name is like it."""
    meant = closest(name, names)
    return "" if meant is None else f", did you mean {meant}?"
