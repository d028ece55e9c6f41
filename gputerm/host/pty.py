"""A program on a pseudo-terminal: spawn, size, exit status, and what runs in the foreground.

It reads and writes nothing: `loop` does, with the descriptor kept here; `spawn` starts the program.
[POSIX General Terminal Interface; pty(7)]
"""

import fcntl
import os
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence

from gputerm.errors import SpawnError
from gputerm.host import spawn
from gputerm.host.shell_integration import integrated
from gputerm.records import Record

__all__ = ["Foreground", "Pty"]

#: `struct winsize` counts in unsigned shorts.
_MAX_WINSIZE = 0xFFFF

#: Linux's ioctl that gives the number in /dev/pts; Python has os.ptsname from 3.13 on.
_TIOCGPTN = 0x80045430


class Foreground(Record):
    """The process group that reads the keyboard now."""

    pid: int  #: leader of the group
    command: tuple[str, ...] | None  #: its argv; None when the system doesn't tell
    cwd: str | None  #: its working directory; None when the system doesn't tell


class Pty:
    """The master side of one pseudo-terminal and the child that leads its session.

    Whoever owns it calls `reap` once the child has ended and `close` at the end; both may be called
    more than once. The descriptor is non-blocking and close-on-exec.
    """

    def __init__(
        self,
        pid: int,
        fd: int,
        argv: tuple[str, ...],
        env: Mapping[str, str] | None = None,
        started: tuple[str, ...] | None = None,
    ) -> None:
        self.pid = pid
        self.fd = fd  #: the master; -1 once closed
        self.argv = argv  #: as it was asked for
        self._started = started or argv  # and as it was started
        self.env = env or {}  #: what the child started with
        self.tty = _slave_name(fd)  #: the slave's path; None when the system doesn't tell
        self.status: int | None = (
            None  #: exit code, 128 + signal number when killed; None while alive
        )

    @classmethod
    def spawn(
        cls,
        argv: Sequence[str],
        *,
        cwd: str,
        env: Mapping[str, str],
        lines: int,
        columns: int,
        width_px: int = 0,
        height_px: int = 0,
        shell_integration: bool = False,
    ) -> "Pty":
        """Start `argv` in `cwd` with exactly `env`, as leader of a new session on a new terminal.

        `width_px` and `height_px` are the text area's size. A `cwd` that can't be entered is no
        reason to refuse a terminal: the child then starts in the home directory or `/`.
        With `shell_integration` a shell is started so that it marks its prompts. Raises SpawnError.
        """
        assert argv, "spawn without a program"
        program = _find_program(argv[0], cwd, env)
        size = _winsize(lines, columns, width_px, height_px)
        started, its_env = integrated(argv, env) if shell_integration else (argv, env)
        try:
            pid, fd = _starter()(program, started, its_env, _directory(cwd), size)
        except Exception as error:
            raise SpawnError(f'can\'t start "{argv[0]}": {error}') from None
        os.set_blocking(fd, False)
        return cls(pid, fd, tuple(argv), env, tuple(started))

    def resize(self, lines: int, columns: int, width_px: int = 0, height_px: int = 0) -> None:
        """Tell the kernel the new size; it sends SIGWINCH when anything changed. [TIOCSWINSZ]"""
        if self.fd >= 0:
            fcntl.ioctl(self.fd, termios.TIOCSWINSZ, _winsize(lines, columns, width_px, height_px))

    def foreground(self) -> Foreground | None:
        """Who has the terminal now; None when nobody or once closed."""
        if self.fd < 0:
            return None
        try:
            group = os.tcgetpgrp(self.fd)
        except OSError:
            return None
        if group <= 0:
            return None
        command = _command_line(group)
        if group == self.pid and command == self._started:
            command = self.argv  # What we put in is nobody's business.
        return Foreground(group, command, _working_directory(group))

    @property
    def reads_keys(self) -> bool:
        """Whether the program takes each key by itself rather than whole lines. [ICANON is off]"""
        if self.fd < 0:
            return False
        return not termios.tcgetattr(self.fd)[3] & termios.ICANON

    def cwd(self) -> str | None:
        """The foreground's working directory, else the child's; None when unknown."""
        foreground = self.foreground()
        if foreground is not None and foreground.cwd is not None:
            return foreground.cwd
        # The leader of a pipeline may have ended before its tail.
        return _working_directory(self.pid) if self.status is None else None

    def reap(self) -> int | None:
        """Collect the child when it has ended: `status`, or None while it runs."""
        if self.status is None:
            try:
                pid, wait_status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self.status = 0  # Someone set SIGCHLD to SIG_IGN; the kernel threw the status away.
                return self.status
            if pid:
                code = os.waitstatus_to_exitcode(wait_status)
                self.status = code if code >= 0 else 128 - code
        return self.status

    def close(self) -> None:
        """Close the master. The kernel then sends SIGHUP to the child and the foreground group.

        The child is reaped later. [POSIX General Terminal Interface, Modem Disconnect]
        """
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def _starter() -> Callable[..., tuple[int, int]]:
    if spawn.available():
        return spawn.start
    from gputerm.host import fork  # ptyprocess isn't needed otherwise

    return fork.start


def _find_program(name: str, cwd: str, env: Mapping[str, str]) -> str:
    """The file that `name` means in the child: its PATH, its directory. Raises SpawnError."""
    if not name:
        raise SpawnError("can't start a program without a name")
    folders = [""] if "/" in name else env.get("PATH", os.defpath).split(os.pathsep)
    found = [os.path.abspath(os.path.join(cwd, folder, name)) for folder in folders]
    for path in found:
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    reason = "not an executable file" if any(map(os.path.exists, found)) else "not found"
    raise SpawnError(f'can\'t start "{name}": {reason}')


def _directory(cwd: str) -> str:
    """The first that the child can enter."""
    for directory in (cwd, os.environ.get("HOME", "/")):
        if os.path.isdir(directory) and os.access(directory, os.X_OK):
            return directory
    return "/"


def _winsize(lines: int, columns: int, width_px: int, height_px: int) -> bytes:
    values = (lines, columns, width_px, height_px)
    return struct.pack("4H", *(min(max(value, 0), _MAX_WINSIZE) for value in values))


def _slave_name(fd: int) -> str | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        number = fcntl.ioctl(fd, _TIOCGPTN, bytes(4))
    except OSError:
        return None
    return f"/dev/pts/{int.from_bytes(number, sys.byteorder)}"


def _command_line(pid: int) -> tuple[str, ...] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            data = file.read()
    except OSError:
        return None
    # A zombie's is empty; a program that rewrote its title has no terminator.
    return tuple(os.fsdecode(part) for part in data.removesuffix(b"\0").split(b"\0")) or None


def _working_directory(pid: int) -> str | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None  # ended, or another user's
