"""What a command writes: to standard output, and to files that are there whole or not at all."""

from __future__ import annotations

import os
import sys

_STDOUT = 1


def fill_standard_descriptors() -> None:
    """Put something where standard input, output or error was closed.

    The next file or connection would get the free number, and what a library prints would go there.
    Each is opened the wrong way round, so that using it fails as if it were still closed.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if descriptor else os.O_WRONLY)


def show(text: str, end: str = "\n") -> bool:
    """Write text to standard output, at once; False when whoever read it has seen enough.

    Raises OutputError.
    """
    try:
        if sys.stdout is None:  # It was closed when Python started.
            os.write(_STDOUT, b"\n")
        print(text, end=end, flush=True)
    except OSError as error:
        return _given_up(error)
    return True


def write(path: str, data: bytes) -> None:
    """Write a file, or standard output where `path` is "-". Raises OutputError.

    A file that was there is replaced only by a whole one.
    """
    try:
        if path == "-":
            _write_all(_STDOUT, data)
        elif _is_replaceable(path):
            _replace(os.path.realpath(path), data)
        else:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            try:
                _write_all(descriptor, data)
            finally:
                os.close(descriptor)
    except OSError as error:
        if path == "-":
            _given_up(error)
        else:
            raise _output_error(f'"{path}"', error) from None


def _given_up(error: OSError) -> bool:
    """False where standard output's reader has gone, which is no failure. Raises OutputError."""
    if sys.stdout is not None:
        # At its end Python would try once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)
    if isinstance(error, BrokenPipeError):
        return False
    raise _output_error("standard output", error) from None


def _output_error(what: str, error: OSError) -> Exception:
    from gputerm.errors import OutputError  # which `gputerm msg` needs only now

    return OutputError(f"can't write {what}: {error.strerror}")


def _is_replaceable(path: str) -> bool:
    """A new file or one that may be written, in a folder where files can be made."""
    if not os.access(os.path.dirname(os.path.realpath(path)), os.W_OK):
        return False
    return not os.path.exists(path) or (os.path.isfile(path) and os.access(path, os.W_OK))


def _replace(path: str, data: bytes) -> None:
    """Write beside the file, then give it its name."""
    beside = os.path.join(os.path.dirname(path), f".gputerm-{os.getpid()}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        try:
            if os.path.exists(path):
                os.fchmod(descriptor, os.stat(path).st_mode & 0o777)
            _write_all(descriptor, data)
        finally:
            os.close(descriptor)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
