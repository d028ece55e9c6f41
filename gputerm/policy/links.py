"""Which links may be given to the desktop.

A link's address comes from the program in the terminal, perhaps from a file it shows. It is opened
without a shell; at once only if its scheme shows something, and files only on this machine.
[gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, "Security"; RFC 3986 3.1]
"""

import os
from enum import Enum

#: What a browser or mail program makes of these is seen before anything happens.
SCHEMES = frozenset({"http", "https", "mailto", "ftp"})


class Opening(Enum):
    """What is done with a link that the user has chosen."""

    AT_ONCE = "at once"
    ASKED = "asked"  #: the user is shown it and asked
    NEVER = "never"


def opening_of(uri: str) -> Opening:
    """How a link may be given to the desktop."""
    scheme, colon, rest = uri.partition(":")
    letters = scheme.replace("+", "").replace("-", "").replace(".", "")
    named = scheme[:1].isalpha() and scheme.isascii() and letters.isalnum()
    if not colon or not named or not uri.isprintable() or " " in uri:
        return Opening.NEVER
    if scheme.lower() in SCHEMES:
        return Opening.AT_ONCE
    if scheme.lower() == "file":
        host = rest[2:].partition("/")[0] if rest.startswith("//") else ""
        return Opening.ASKED if host in ("", "localhost", os.uname().nodename) else Opening.NEVER
    return Opening.ASKED
