"""Programs started beside the terminal, on their own. Knows no window and no pty."""

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from gputerm.paths import can_be_entered, here

OPENER = "open" if sys.platform == "darwin" else "xdg-open"  #: shows an address or a file

#: Variables about our own launch, which is nobody else's.
LAUNCH = frozenset({"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"})


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
