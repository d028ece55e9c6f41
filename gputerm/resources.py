"""Where the files that are not Python lie: shaders, fonts, terminfo.

A wheel carries them inside the package (`gputerm/shaders`); a checkout has them at the top level.
"""

import os

PACKAGE = os.path.dirname(os.path.realpath(__file__))  #: gputerm/ itself


def path(kind: str, name: str = "") -> str:
    """The file `name` of `kind` ("shaders", "fonts", "terminfo"); the folder when `name` is "".

    Raises FileNotFoundError when the installation lacks it.
    """
    for root in (PACKAGE, os.path.dirname(PACKAGE)):
        found = os.path.join(root, kind, name)
        if os.path.exists(found):
            return found
    raise FileNotFoundError(f"{kind}/{name} is missing from the gputerm installation in {PACKAGE}")
