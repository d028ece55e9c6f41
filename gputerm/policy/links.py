"""Which links may be given to the desktop.

A link's address comes from the program in the terminal, perhaps from a file it shows: only schemes
that show something are opened, without a shell, and files only when they are on this machine.
[gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, "Security"]
"""

import os

#: What a browser or mail program makes of these is seen before anything happens.
SCHEMES = frozenset({"http", "https", "mailto", "ftp"})


def may_open(uri: str) -> bool:
    """Whether a link may be given to the desktop."""
    if not uri.isprintable() or " " in uri:
        return False
    scheme, _, rest = uri.partition(":")
    if scheme.lower() == "file":
        host = rest[2:].partition("/")[0] if rest.startswith("//") else ""
        return host in ("", "localhost", os.uname().nodename)
    return scheme.lower() in SCHEMES
