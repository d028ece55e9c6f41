"""Many reads in one call: whatever a descriptor has, up to a buffer's size.

A pty gives 4 KiB a read, and in Python each read gives the interpreter's lock away and has to win
it back. C's fread reads until its buffer is full or nothing is there, without the lock.
[C11 7.21.8.1; setvbuf(3)]
"""

import ctypes
import errno
import os

__all__ = ["BurstReader"]

_IONBF = 2  # glibc, musl, the BSDs and Darwin agree

_libc = ctypes.CDLL(None, use_errno=True)
_libc.fdopen.argtypes = [ctypes.c_int, ctypes.c_char_p]
_libc.fdopen.restype = ctypes.c_void_p
_libc.setvbuf.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
_libc.fread.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p]
_libc.fread.restype = ctypes.c_size_t
_libc.clearerr.argtypes = [ctypes.c_void_p]
_libc.fclose.argtypes = [ctypes.c_void_p]


class BurstReader:
    """Reads a non-blocking descriptor, which stays its owner's; `close` it first."""

    def __init__(self, descriptor: int, size: int) -> None:
        """`size` bytes are read at most at a time."""
        self._size = size
        self._buffer = (ctypes.c_ubyte * size)()
        self._view = memoryview(self._buffer).cast("B")
        own = os.dup(descriptor)
        self.drained = False
        self._stream = _libc.fdopen(own, b"rb")
        if not self._stream:
            os.close(own)
            raise MemoryError
        _libc.setvbuf(self._stream, None, _IONBF, 0)

    def read(self) -> memoryview:
        """What is there, valid until the next call; empty at the end of a file.

        Raises BlockingIOError when nothing is there and OSError when reading fails; what came
        before either is returned first. `drained` tells that the last read found no more.
        """
        self.drained = False
        ctypes.set_errno(0)
        count: int = _libc.fread(self._buffer, 1, self._size, self._stream)
        if count < self._size:
            self.drained = True
            code = ctypes.get_errno()
            _libc.clearerr(self._stream)
            if not count and code:
                if code == errno.EINTR:
                    return self.read()
                raise OSError(code, os.strerror(code))
        return self._view[:count]

    def close(self) -> None:
        """Give the stream back."""
        if self._stream:
            _libc.fclose(self._stream)
            self._stream = None
