"""When code of ours fails: one line for the user and a report for whoever mends it.

A failure is an exception that nobody expected. What had it is given up (a key press, a frame, a
connection) and everything else goes on; see "When something fails" in ARCHITECTURE.md. A report
holds types, places in the code, versions and counts. It never holds the message of an exception,
which may quote what was typed or shown.
"""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

from gputerm import __version__
from gputerm.errors import GputermError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

MAX_REPORTS = 20  #: files kept; the oldest goes first
MAX_REPORTS_A_PROCESS = 50  #: written before a process only says what failed

#: So many failures within so many seconds, and what has them isn't worth going on with.
TOO_MANY = 5
WITHIN_S = 10.0

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_PREFIX = "failure-"


class FailureCount:
    """How often one thing has failed lately."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=TOO_MANY)

    def one_more(self, now: float) -> bool:
        """Count a failure at `now` (monotonic seconds); whether those are too many."""
        self._times.append(now)
        return len(self._times) == TOO_MANY and now - self._times[0] <= WITHIN_S


def describe(error: BaseException, report: str | None = None) -> str:
    """One line about an exception: advice that is meant for the user, else its type and place.

    `report` is the file that says more.
    """
    if isinstance(error, GputermError):
        return " ".join(str(error).split())
    kind = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        kind = f"{kind}: {error.strerror}"  # the system's words, which quote nothing
    line = f"gputerm failed ({kind} in {_place(error)})"
    return f"{line}; report: {report}" if report else line


_written: dict[tuple[str, str], str] = {}  # report files of this process, by type and place


def write_report(
    error: BaseException, doing: str, facts: Mapping[str, object] | None = None
) -> str | None:
    """Write what is known of a failure to a file of its own, readable by its user alone.

    `doing` is what was done; `facts` are counts that may help. The file's path; that of the first
    report where the same place has failed before; None where none could be written. Never raises.
    """
    if isinstance(error, GputermError):
        return None  # Its message says all there is to say.
    key = type(error).__name__, _place(error)
    if key in _written:
        return _written[key]
    if len(_written) >= MAX_REPORTS_A_PROCESS:
        return None
    try:
        path = _new_report("\n".join(_lines(error, doing, facts or {})) + "\n")
    except OSError:
        return None
    _written[key] = path
    return path


def reports_folder() -> str:
    """Where reports are kept. [XDG Base Directory Specification, XDG_STATE_HOME]"""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):
        state = os.path.expanduser("~/.local/state")
    return os.path.join(state, "gputerm")


def _new_report(text: str) -> str:
    folder = reports_folder()
    os.makedirs(folder, mode=0o700, exist_ok=True)
    kept = sorted(name for name in os.listdir(folder) if name.startswith(_PREFIX))
    for name in kept[: max(len(kept) - MAX_REPORTS + 1, 0)]:
        os.unlink(os.path.join(folder, name))
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    path = os.path.join(folder, f"{_PREFIX}{stamp}-{os.getpid()}-{len(_written)}.txt")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, text.encode("utf-8", "backslashreplace"))
    finally:
        os.close(descriptor)
    return path


def _lines(error: BaseException, doing: str, facts: Mapping[str, object]) -> list[str]:
    # Nothing is imported here: there may be no descriptor left to open a file with.
    system = os.uname()
    numpy = sys.modules.get("numpy")
    lines = [
        f"gputerm {__version__} failed while {doing}",
        time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        f"Python {sys.version.split()[0]}, numpy {getattr(numpy, '__version__', 'not loaded')}",
        f"{system.sysname} {system.release} {system.machine}",
        *(f"{name}: {value}" for name, value in facts.items()),
    ]
    seen: set[int] = set()
    failure: BaseException | None = error
    while failure is not None and id(failure) not in seen:
        lines += ["", type(failure).__name__, *(f"  {frame}" for frame in _frames(failure))]
        seen.add(id(failure))
        failure = failure.__cause__ or failure.__context__
    return lines


def _place(error: BaseException) -> str:
    """Where an exception was raised, as deep as our own code goes."""
    frames = _frames(error)
    ours = [frame for frame in frames if frame.startswith("gputerm/")]
    return (ours or frames or ["an unknown place"])[-1]


def _frames(error: BaseException) -> list[str]:
    """ "gputerm/app/app.py:100 run" for each call, the innermost last."""
    frames = []
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        file = code.co_filename
        if file.startswith(_PACKAGE + os.sep):
            file = "gputerm" + file.removeprefix(_PACKAGE)
        frames.append(f"{file}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames
