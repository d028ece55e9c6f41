"""Whether the programs that have the terminal are at rest, as far as the system can tell.

They are when two looks find every thread of the foreground process group asleep and none of them
has had a processor in between. [proc(5): /proc/PID/task/TID/stat, schedstat]
"""

from __future__ import annotations

import os
from contextlib import suppress

from gputerm.records import Record

__all__ = ["Look", "look"]

#: Programs that only carry bytes: what is at work is elsewhere, and its sleep says nothing.
CARRIERS = frozenset(
    """
    adb distrobox docker dtach et expect incus kubectl lxc machinectl mosh-client nerdctl
    nsenter podman script screen socat ssh su sudo systemd-run telnet tmux toolbox vagrant
    zellij
    """.split()  # noqa: SIM905  # a list of quoted names reads worse
)

_BUSY = {"R", "D"}  #: runs or is to run; waits for a disk


class Look(Record):
    """The foreground at one moment."""

    can_tell: bool  #: False: what is at work can't be seen from here
    busy: str  #: who isn't asleep, "python3 (1234)"; "" when all are
    used: tuple[tuple[str, int], ...]  #: what each thread has used of a processor so far


_BLIND = Look(False, "", ())


def look(descriptor: int) -> Look:
    """Look at the foreground of the pty with this master."""
    if descriptor < 0 or not os.path.isdir("/proc/self/task"):
        return _BLIND
    try:
        group = os.tcgetpgrp(descriptor)
    except OSError:
        return _BLIND
    busy, used = "", []
    found = False
    for name in os.listdir("/proc"):
        if not name.isdigit() or (stat := _stat(f"/proc/{name}/stat")) is None:
            continue
        command, fields = stat
        if int(fields[2]) != group:
            continue
        found = True
        if command in CARRIERS:
            return _BLIND
        for thread, state, time_used in _threads(name):
            used.append((thread, time_used))
            if state in _BUSY:
                busy = f"{command} ({name})"
    return Look(True, busy, tuple(used)) if found else _BLIND


def _stat(path: str) -> tuple[str, list[str]] | None:
    """A command's name and what follows it: state, parent, group …; None when it has ended."""
    try:
        with open(path, "rb") as file:
            head, _, tail = file.read().decode(errors="replace").rpartition(")")
    except OSError:
        return None
    return head.partition("(")[2], tail.split()


def _threads(process: str) -> list[tuple[str, str, int]]:
    """(thread, its state, what it has used: nanoseconds where the kernel counts them)."""
    found = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            place = f"/proc/{process}/task/{thread}"
            if (stat := _stat(f"{place}/stat")) is None:
                continue
            fields = stat[1]
            used = int(fields[11]) + int(fields[12])
            with suppress(OSError, ValueError, IndexError), open(f"{place}/schedstat") as file:
                used = int(file.read().split()[0])
            found.append((thread, fields[0], used))
    return found
