"""Says when one of some files has changed, whoever changed it and however: written, replaced,
removed, created, a symbolic link on the way to it led elsewhere.

The directories are watched, not the files: an editor's save often puts another file in the place of
the old one. The system tells of it, nothing polls. Linux only; elsewhere nothing is ever said.

Called by ctypes: inotify_simple, the library for it, takes 20 to 35 ms to import and runs ldconfig
to find libc. [inotify(7), path_resolution(7)]
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gputerm.host.loop import READ
from gputerm.log import debug
from gputerm.paths import here
from gputerm.records import Record

if TYPE_CHECKING:
    from gputerm.host.loop import Loop, Timer

__all__ = ["FileWatch", "FilesChanged"]

#: How long after a write to wait for more of it, and after a removal for what takes its place, in
#: seconds.
_SETTLED_S, _REPLACED_S = 0.010, 0.100

_libc = ctypes.CDLL(None, use_errno=True)

MAX_LINKS = 40  #: symbolic links on the way to a file; the kernel follows as many

#: [sys/inotify.h]
_ATTRIB, _CLOSE_WRITE, _MOVED_FROM, _MOVED_TO = 0x4, 0x8, 0x40, 0x80
_CREATE, _DELETE, _DELETE_SELF, _MOVE_SELF = 0x100, 0x200, 0x400, 0x800
_OVERFLOW, _ONLYDIR = 0x4000, 0x01000000
_GONE = _MOVED_FROM | _DELETE | _DELETE_SELF | _MOVE_SELF
_WANTED = _ATTRIB | _CLOSE_WRITE | _MOVED_TO | _CREATE | _GONE | _ONLYDIR
_OF_DIRECTORY = _OVERFLOW | _DELETE_SELF | _MOVE_SELF
_EVENT = struct.Struct("iIII")  #: watch, mask, cookie, length of the name that follows
_BUFFER = 1 << 16


class FilesChanged(Record):
    """Some of the files have changed; said once of what changes together."""


class FileWatch:
    """Watches some files and posts `FilesChanged`. All but `follow` belongs to the loop thread."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._descriptor = -1
        self._watched: dict[int, _Directory] = {}  # by the kernel's number
        self._timer: Timer | None = None

    def follow(self, files: Sequence[str], since: float) -> None:
        """Watch these files, which need not exist, and no others. Any thread.

        What has changed since a time (time.time()) counts.
        """
        self._loop.call(partial(self._follow, files, since))

    def give_up(self) -> None:
        """Watch nothing any more; as the loop's Owner."""
        if self._descriptor >= 0:
            self._loop.cancel_at_stop(self._close)
            self._loop.unregister(self._descriptor)
            self._close()

    def _follow(self, files: Sequence[str], since: float) -> None:
        if self._descriptor < 0 and not (files and self._open()):
            return
        before, self._watched = self._watched, {}
        for file in files:
            for directory, name in _places(os.path.join(here(), file)):
                number = _libc.inotify_add_watch(self._descriptor, os.fsencode(directory), _WANTED)
                if number >= 0:
                    self._watched.setdefault(number, _Directory(directory)).names.add(name)
                else:
                    reason = os.strerror(ctypes.get_errno())
                    debug("file_watch", "%s isn't watched: %s", directory, reason)
        for number in before.keys() - self._watched.keys():
            _libc.inotify_rm_watch(self._descriptor, number)
        if any(_changed_since(file, since) for file in files):
            self._soon(_SETTLED_S)

    def _open(self) -> bool:
        if not hasattr(_libc, "inotify_init1"):
            return False  # another system
        descriptor = _libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if descriptor < 0:
            debug("file_watch", "files aren't watched: %s", os.strerror(ctypes.get_errno()))
            return False
        self._descriptor = descriptor
        self._loop.at_stop(self._close)
        self._loop.register(descriptor, READ, self._ready)
        return True

    def _close(self) -> None:
        os.close(self._descriptor)
        self._descriptor, self._watched = -1, {}

    def _ready(self, _: int) -> None:
        try:
            data = os.read(self._descriptor, _BUFFER)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            number, mask, _, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size + length
            name = os.fsdecode(data[at - length : at].rstrip(b"\0"))
            if mask & _OVERFLOW or self._counts(number, mask, name):
                self._soon(_REPLACED_S if mask & _GONE else _SETTLED_S)

    def _counts(self, number: int, mask: int, name: str) -> bool:
        directory = self._watched.get(number)
        if directory is None:
            return False  # It was watched until just now.
        if mask & _OF_DIRECTORY:
            return True
        if name not in directory.names:
            return False
        return not mask & _CREATE or not _is_being_written(os.path.join(directory.path, name))

    def _soon(self, delay: float) -> None:
        """Say so after `delay` seconds, or earlier if it was to be said earlier."""
        timer = self._timer
        if timer is not None and timer.function is not None:
            if timer.deadline <= time.monotonic() + delay:
                return
            timer.cancel()
        self._timer = self._loop.call_later(delay, partial(self._loop.post, FilesChanged()))


class _Directory:
    """What counts in a directory."""

    __slots__ = ("names", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: set[str] = set()


def _places(path: str) -> Iterator[tuple[str, str]]:
    """(directory, name) of all that decides what an absolute path leads to: the file, the symbolic
    links on the way, and what isn't there yet."""
    directory, rest, links = "/", path.strip("/").split("/"), 0
    while rest:
        name = rest.pop(0)
        if name == "..":
            directory = os.path.dirname(directory)
            continue
        if name in ("", "."):
            continue
        entry = os.path.join(directory, name)
        if os.path.islink(entry) and links < MAX_LINKS:
            links += 1
            yield directory, name
            try:
                target = os.readlink(entry)
            except OSError:
                return  # just removed
            if target.startswith("/"):
                directory = "/"
            rest = [*target.split("/"), *rest]
        elif rest and os.path.isdir(entry):
            directory = entry
        else:
            yield directory, name
            return


def _is_being_written(path: str) -> bool:
    """A new file is empty until its writer closes it. Links are complete at once."""
    try:
        found = os.lstat(path)
    except OSError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _changed_since(path: str, since: float) -> bool:
    try:
        return os.stat(path).st_ctime >= since
    except OSError:
        return False
