"""Paths: the directory we are in, which somebody may delete, and what is installed beside the code.

Shaders, fonts, terminfo and scripts for shells are files that are not Python. A wheel carries them
inside the package (`gputerm/shaders`); a checkout has them at the top level.
"""

import os

PACKAGE = os.path.dirname(os.path.realpath(__file__))  #: gputerm/ itself


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


def installed(kind: str, name: str = "") -> str:
    """The file `name` of `kind` ("shaders", "fonts", "terminfo", "shells"), or the whole folder.

    Raises FileNotFoundError when the installation lacks it.
    """
    for root in (PACKAGE, os.path.dirname(PACKAGE)):
        found = os.path.join(root, kind, name)
        if os.path.exists(found):
            return found
    raise FileNotFoundError(f"{kind}/{name} is missing from the gputerm installation in {PACKAGE}")
