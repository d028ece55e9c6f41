"""The directory we are in, which somebody may delete, and paths from there."""

import os


def here() -> str:
    """The current directory; the user's home, or the root, when it can't be entered any more."""
    try:
        return os.getcwd()
    except OSError:
        home = os.path.expanduser("~")
        return home if can_be_entered(home) else "/"


def can_be_entered(path: str) -> bool:
    """Whether a program can start there."""
    return os.path.isdir(path) and os.access(path, os.X_OK)


def absolute(path: str) -> str:
    """A path from the current directory. Raises GputermError when that is gone."""
    try:
        return os.path.abspath(path)
    except OSError:
        from gputerm.errors import GputermError

        raise GputermError(f'"{path}": the current directory was deleted') from None
