"""Where the files that are not Python lie: shaders, fonts, terminfo.

A wheel carries them inside the package (`gputerm/shaders`); a checkout has them at the top level.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(kind: str, name: str = "") -> Path:
    """The file `name` of `kind` ("shaders", "fonts", "terminfo"); the folder when `name` is "".

    Raises FileNotFoundError when the installation lacks it.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        found = root / kind / name
        if found.exists():
            return found
    raise FileNotFoundError(f"{kind}/{name} is missing from the gputerm installation in {_PACKAGE}")
