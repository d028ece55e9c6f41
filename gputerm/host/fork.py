"""A program started on a new terminal by fork, where `spawn` can't. Sole importer of ptyprocess.

ptyprocess forks and reports a failed exec; everything else the child needs is done by one function
between fork and exec. ptyprocess's own `cwd` raises in the child when it can't be entered, and an
exception there would run the terminal's code a second time.
"""

import errno
import fcntl
import gc
import os
import signal
import termios
import warnings
from collections.abc import Callable, Mapping, Sequence

from ptyprocess import PtyProcess  # type: ignore[import-untyped]

from gputerm.host.spawn import IUTF8

__all__ = ["start"]


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


def start(
    program: str, argv: Sequence[str], env: Mapping[str, str], directory: str, size: bytes
) -> tuple[int, int]:
    """As `spawn.start`; raises what ptyprocess rebuilds from the text of the child's error."""

    def enter() -> None:
        _prepare(directory, size)
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
    except Exception:
        failed = _Process.newest
        if failed is not None:
            os.close(failed.release())
            os.waitpid(failed.pid, 0)  # It has told its error and is on its way out.
        raise
    process = _Process.newest
    assert process is not None
    return process.pid, process.release()


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


def _prepare(directory: str, size: bytes) -> None:
    """Between fork and exec, on descriptor 0: the terminal's state and the process's habits."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    attributes = termios.tcgetattr(0)
    attributes[0] |= IUTF8
    termios.tcsetattr(0, termios.TCSANOW, attributes)
    os.chdir(directory)
    # exec keeps what is ignored, and Python ignores SIGPIPE: `yes | head` would never end.
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            continue  # SIGKILL, SIGSTOP, and those the C library keeps.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
