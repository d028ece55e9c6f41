"""A program started on a new terminal by posix_spawn: a millisecond, however large this process is.

fork copies the table of all our pages (4 ms for the 70 MB of a start, more for a long history), and
each page that we write to afterwards costs another fault. posix_spawn shares the memory until the
program runs. Where the C library lacks a part of what a terminal needs, `fork` is there.
[posix_spawn(3); glibc's _np actions, the last of which came with 2.34]
"""

import ctypes
import errno
import fcntl
import os
import sys
import termios
from collections.abc import Mapping, Sequence
from functools import cache

__all__ = ["available", "start"]

_SETSIGDEF, _SETSIGMASK, _SETSID = 0x04, 0x08, 0x80  # <spawn.h>, glibc and musl

#: Bytes for a posix_spawn_file_actions_t, a posix_spawnattr_t or a sigset_t; each has fewer.
_OPAQUE = 1024

#: The termios module lacks it; asm-generic/termbits.h and XNU's sys/termios.h agree.
#: With it the kernel's own line editing erases whole characters.
IUTF8 = 0x4000


def available() -> bool:
    """Whether this system's C library can do all that is needed."""
    return _library() is not None


def start(
    program: str, argv: Sequence[str], env: Mapping[str, str], directory: str, size: bytes
) -> tuple[int, int]:
    """Process id and master of a new terminal on which the file `program` runs as `argv`.

    The child leads a session whose terminal this is, has only descriptors 0 to 2, the default
    action for each signal and none blocked. `directory` must be one it can enter; `size` is a
    struct winsize. The master is close-on-exec. Raises OSError, or ValueError for a text that C or
    the environment can't hold.
    """
    library = _library()
    assert library is not None, "ask available"
    master, slave = os.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        attributes = termios.tcgetattr(slave)
        attributes[0] |= IUTF8
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        place = os.ttyname(slave)
        try:
            return _spawn(library, program, argv, env, directory, place), master
        except OSError as error:
            if error.errno != errno.ENOEXEC:
                raise
            # A script without "#!", which execvp gives to the shell.
            argv = ["sh", program, *argv[1:]]
            return _spawn(library, "/bin/sh", argv, env, directory, place), master
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)


def _spawn(
    library: ctypes.CDLL,
    program: str,
    argv: Sequence[str],
    env: Mapping[str, str],
    directory: str,
    tty: str,
) -> int:
    """The pid of the child. Raises OSError."""
    actions, attributes, signals = (ctypes.create_string_buffer(_OPAQUE) for _ in range(3))
    _check(library.posix_spawn_file_actions_init(actions))
    _check(library.posix_spawnattr_init(attributes))
    try:
        library.sigfillset(signals)
        _check(library.posix_spawnattr_setsigdefault(attributes, signals))
        library.sigemptyset(signals)
        _check(library.posix_spawnattr_setsigmask(attributes, signals))
        flags = ctypes.c_short(_SETSIGDEF | _SETSIGMASK | _SETSID)
        _check(library.posix_spawnattr_setflags(attributes, flags))
        # The first terminal that the leader of a new session opens becomes the session's.
        _check(library.posix_spawn_file_actions_addopen(actions, 0, _c(tty), os.O_RDWR, 0))
        for descriptor in (1, 2):
            _check(library.posix_spawn_file_actions_adddup2(actions, 0, descriptor))
        _check(library.posix_spawn_file_actions_addclosefrom_np(actions, 3))
        _check(library.posix_spawn_file_actions_addchdir_np(actions, _c(directory)))
        pid = ctypes.c_int()
        if any("=" in name for name in env):
            raise ValueError("illegal environment variable name")
        texts = _texts(argv), _texts([f"{name}={value}" for name, value in env.items()])
        _check(
            library.posix_spawn(ctypes.byref(pid), _c(program), actions, attributes, *texts),
            program,
        )
        return pid.value
    finally:
        library.posix_spawnattr_destroy(attributes)
        library.posix_spawn_file_actions_destroy(actions)


@cache
def _library() -> ctypes.CDLL | None:
    library = ctypes.CDLL(None)
    needed = "posix_spawn_file_actions_addclosefrom_np", "posix_spawn_file_actions_addchdir_np"
    if sys.platform.startswith("linux") and all(hasattr(library, name) for name in needed):
        return library
    return None


def _c(text: str) -> bytes:
    """As C has it. Raises ValueError."""
    data = os.fsencode(text)
    if b"\0" in data:
        raise ValueError("embedded null byte")
    return data


def _texts(texts: Sequence[str]) -> "ctypes.Array[ctypes.c_char_p]":
    return (ctypes.c_char_p * (len(texts) + 1))(*map(_c, texts), None)


def _check(code: int, subject: str | None = None) -> None:
    """These functions return an error's number instead of setting errno."""
    if code:
        raise OSError(code, os.strerror(code), subject)
