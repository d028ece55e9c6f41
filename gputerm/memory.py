"""The C library's heap: large blocks come from the kernel and go back to it.

glibc would do so only until the first one is freed; from then on blocks of that size lie in the
heap between small ones. The pictures of a window, megabytes each, then leave holes in which
something small stays, and the next window's need new room: in one process of five 700 windows,
opened and closed one after the other, took 530 MB.

And threads take from one heap. One of its own would grow by a page for each allocation that doesn't
fit, which is a system call and stops the other threads: 2,000 times while the connecting thread
compiles shaders. [mallopt(3), M_MMAP_THRESHOLD, M_ARENA_MAX; glibc's malloc/arena.c, grow_heap]
"""

import ctypes

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -2, -3, -8  # <malloc.h>
_LARGE = 512 << 10  #: a picture of 40 by 12 cells; frames are made of smaller blocks
_KEPT_FREE = 4 << 20  #: at the heap's end; the default is made for smaller programs


_GROWTH = 1 << 20  #: what the heap grows by


def set_up() -> None:
    """Set this for the process, before it has threads; no-op where the C library isn't glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, _KEPT_FREE)
        mallopt(_M_TOP_PAD, _GROWTH)
        mallopt(_M_ARENA_MAX, 1)
