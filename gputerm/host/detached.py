"""Programs started beside the terminal, by bindings and for links. Knows no window.

A link's address comes from the program in the terminal, perhaps from a file it shows: only schemes
that show something are opened, without a shell, and files only when they are on this machine.
[gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, "Security"]
"""

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from gputerm.directories import can_be_entered, here

OPENER = "open" if sys.platform == "darwin" else "xdg-open"

#: What a browser or mail program makes of these is seen before anything happens.
SCHEMES = frozenset({"http", "https", "mailto", "ftp"})


#: Variables about our own launch, which is nobody else's.
LAUNCH = frozenset({"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"})


def may_open(uri: str) -> bool:
    """Whether a link may be given to the desktop."""
    if not uri.isprintable() or " " in uri:
        return False
    scheme, _, rest = uri.partition(":")
    if scheme.lower() == "file":
        host = rest[2:].partition("/")[0] if rest.startswith("//") else ""
        return host in ("", "localhost", os.uname().nodename)
    return scheme.lower() in SCHEMES


def start(argv: Sequence[str], cwd: str | None) -> None:
    """Start a program on its own, in `cwd` if it can. Raises OSError when it can't be started."""
    import subprocess  # 3 ms that the start of a terminal needn't wait for

    process = subprocess.Popen(
        argv,
        cwd=cwd if cwd is not None and can_be_entered(cwd) else here(),
        env={name: value for name, value in os.environ.items() if name not in LAUNCH},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody must wait for it, or it stays behind as a zombie. Without a thread for that the next
    # Popen does. [subprocess._cleanup]
    with suppress(RuntimeError):
        threading.Thread(target=process.wait, daemon=True).start()
