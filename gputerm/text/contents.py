"""The bytes of font files: read into memory, unless a file can be mapped without danger.

Whoever touches a page of a mapped file that has been cut short since is killed by SIGBUS, whatever
the mapping's flags. [mmap(2)] So only files that nobody but root can change are left to FreeType
and HarfBuzz to map; all others are read, once for all faces and sizes.
"""

import errno
import os
import stat
from weakref import WeakValueDictionary

from gputerm.errors import FontError

#: As many files as fontconfig has open at once while it reads its configuration, and some.
_DESCRIPTORS = 8

_OUT_OF_DESCRIPTORS = (errno.EMFILE, errno.ENFILE)


class FontUnavailableError(FontError):
    """A font that could be opened if the process had a file descriptor left."""


class Contents:
    """A font file's bytes, shared by all that draw from it."""

    __slots__ = ("__weakref__", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data


#: by path and what changes when the file does
_read: WeakValueDictionary[tuple[str | int, ...], Contents] = WeakValueDictionary()


def contents(path: str) -> Contents | None:
    """The bytes of a font file; None where the file may be mapped.

    Raises FontError, one line, when it can't be read.
    """
    try:
        status = os.stat(path)
        if _may_be_mapped(path, status):
            return None
        key = path, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
        if (known := _read.get(key)) is None:
            if not stat.S_ISREG(status.st_mode):
                raise FontError(f"{path}: not a file")
            with open(path, "rb") as file:
                known = _read[key] = Contents(file.read())
        return known
    except (OSError, MemoryError) as error:
        raise unreadable(path, error) from None


def unreadable(path: str, error: Exception) -> FontError:
    """What to raise when `path` can't be opened because of `error`."""
    if isinstance(error, OSError) and error.errno in _OUT_OF_DESCRIPTORS:
        return FontUnavailableError(f"a font can't be opened: {error.strerror}")
    reason = error.strerror if isinstance(error, OSError) else "out of memory"
    return FontError(f"{path}: can't be read: {reason}")


def require_descriptors() -> None:
    """Raise FontUnavailableError unless there are enough file descriptors to work with."""
    opened: list[int] = []
    try:
        while len(opened) < _DESCRIPTORS:
            opened.append(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        raise unreadable(os.devnull, error) from None
    finally:
        for descriptor in opened:
            os.close(descriptor)


def can_open() -> bool:
    """Whether what FontUnavailableError complains of is over."""
    try:
        require_descriptors()
    except FontUnavailableError:
        return False
    return True


def _may_be_mapped(path: str, status: os.stat_result) -> bool:
    """Whether only root can change the file, or put another in its place."""
    return (
        status.st_uid == 0
        and not os.access(path, os.W_OK)
        and not os.access(os.path.dirname(path) or os.curdir, os.W_OK)
    )
