"""A program on a pseudo-terminal: spawn, size, exit status, and what runs in the foreground.

It reads and writes nothing: `loop` does, with the descriptor kept here. Sole importer of ptyprocess
and termios. ptyprocess forks and reports a failed exec; everything else the child needs is done by
one function between fork and exec. ptyprocess's own `cwd` raises in the child when it can't be
entered, and an exception there would run the terminal's code a second time.
[POSIX General Terminal Interface; pty(7)]
"""

import errno
import fcntl
import gc
import os
import shutil
import signal
import struct
import sys
import termios
import warnings
from collections.abc import Callable, Mapping, Sequence

from ptyprocess import PtyProcess  # type: ignore[import-untyped]

from gputerm.errors import SpawnError
from gputerm.records import Record

__all__ = ["Foreground", "Pty"]

#: `struct winsize` counts in unsigned shorts.
_MAX_WINSIZE = 0xFFFF

#: The termios module lacks it; asm-generic/termbits.h and XNU's sys/termios.h agree.
#: With it the kernel's own line editing erases whole characters.
_IUTF8 = 0x4000

#: Linux's ioctl that gives the number in /dev/pts; Python has os.ptsname from 3.13 on.
_TIOCGPTN = 0x80045430


class Foreground(Record):
    """The process group that reads the keyboard now."""

    pid: int  #: leader of the group
    command: tuple[str, ...] | None  #: its argv; None when the system doesn't tell
    cwd: str | None  #: its working directory; None when the system doesn't tell


class _Process(PtyProcess):  # type: ignore[misc]  # ptyprocess has no types
    """What PtyProcess starts, without its own ideas about size, closing and the end."""

    newest: "_Process | None" = None  #: started last, also when exec failed and spawn raised

    def __init__(self, pid: int, fd: int) -> None:
        super().__init__(pid, fd)
        # Or it would close itself when collected, wait a tenth of a second and kill the child.
        self.closed = True
        _Process.newest = self

    def setwinsize(self, rows: int, cols: int) -> None:
        """Nothing: the child has set its size, pixels included, before exec."""

    def release(self) -> int:
        """The master, now the caller's."""
        fd = os.dup(self.fd)
        self.fileobj.close()
        return fd


class Pty:
    """The master side of one pseudo-terminal and the child that leads its session.

    Whoever owns it calls `reap` once the child has ended and `close` at the end; both may be called
    more than once. The descriptor is non-blocking and close-on-exec.
    """

    def __init__(
        self, pid: int, fd: int, argv: tuple[str, ...], env: Mapping[str, str] | None = None
    ) -> None:
        self.pid = pid
        self.fd = fd  #: the master; -1 once closed
        self.argv = argv
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
    ) -> "Pty":
        """Start `argv` in `cwd` with exactly `env`, as leader of a new session on a new terminal.

        `width_px` and `height_px` are the text area's size. A `cwd` that can't be entered is no
        reason to refuse a terminal: the child then starts in the home directory or `/`.
        Raises SpawnError.
        """
        assert argv, "spawn without a program"
        program = _find_program(argv[0], cwd, env)
        size = _winsize(lines, columns, width_px, height_px)

        def enter() -> None:
            _prepare_child(cwd, size)
            # Not left to ptyprocess: it would replace argv[0] by the full path.
            try:
                os.execve(program, list(argv), env)
            except OSError as error:
                if error.errno != errno.ENOEXEC:
                    raise
                # A script without "#!", which execvp gives to the shell.
                os.execve("/bin/sh", ["sh", program, *argv[1:]], env)

        _Process.newest = None
        try:
            _fork(program, enter)
        except Exception as error:
            failed = _Process.newest
            if failed is not None:
                os.close(failed.release())
                os.waitpid(failed.pid, 0)  # It has told its error and is on its way out.
            # ptyprocess rebuilds the child's exception from its text alone.
            raise SpawnError(f'can\'t start "{argv[0]}": {error}') from None
        process = _Process.newest
        assert process is not None
        fd = process.release()
        os.set_blocking(fd, False)
        return cls(process.pid, fd, tuple(argv), env)

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
        return Foreground(group, _command_line(group), _working_directory(group))

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


def _fork(program: str, enter: Callable[[], None]) -> None:
    """PtyProcess.spawn, made safe for a process with threads. Raises what ptyprocess raises.

    The child runs `enter` alone, takes no lock and imports nothing, so what other threads held at
    the fork doesn't matter; that is why Python 3.12's warning about it is silenced. The collector
    is off because finalizers of our objects must not run in the child (subprocess does the same),
    and signals wait because a handler there would write into the wake-up pipe of this process.
    """
    parent = os.getpid()
    collecting = gc.isenabled()
    gc.disable()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            _Process.spawn([program], preexec_fn=enter)
    except BaseException:
        if os.getpid() != parent:
            os._exit(os.EX_OSERR)  # Never go on as a second terminal.
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if collecting:
            gc.enable()


def _prepare_child(cwd: str, size: bytes) -> None:
    """Between fork and exec, on descriptor 0: the terminal's state and the process's habits."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    attributes = termios.tcgetattr(0)
    attributes[0] |= _IUTF8
    termios.tcsetattr(0, termios.TCSANOW, attributes)
    for directory in (cwd, os.environ.get("HOME", "/"), "/"):
        try:
            os.chdir(directory)
            break
        except OSError:
            continue
    # exec keeps what is ignored, and Python ignores SIGPIPE: `yes | head` would never end.
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            continue  # SIGKILL, SIGSTOP, and those the C library keeps.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _find_program(name: str, cwd: str, env: Mapping[str, str]) -> str:
    """The file that `name` means in the child: its PATH, its directory. Raises SpawnError."""
    if not name:
        raise SpawnError("can't start a program without a name")
    if "/" in name:
        found: str | None = os.path.join(cwd, name)
    else:
        found = shutil.which(name, path=env.get("PATH", os.defpath))
    if found is None or not os.path.exists(found):
        raise SpawnError(f'can\'t start "{name}": not found')
    if os.path.isdir(found) or not os.access(found, os.X_OK):
        raise SpawnError(f'can\'t start "{name}": not an executable file')
    return os.path.abspath(found)


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
