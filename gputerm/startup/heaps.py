"""What holds for the whole process and is set before it has threads: its heaps, and OpenBLAS.

Large blocks come from the kernel and go back to it. glibc would do so only until the first one is
freed; from then on blocks of that size lie in the heap between small ones. The pictures of a
window, megabytes each, then leave holes in which something small stays, and the next window's need
new room: in one process of five 700 windows, opened and closed one after the other, took 530 MB.

Threads beside the main one have a second heap. One more for each would take memory; one for all
makes the main thread wait while the connecting thread compiles shaders. Such a heap grows by a page
for each block that doesn't fit, a system call that stops all threads, 2,000 times in a start: so
the connecting thread has it grow at once. [mallopt(3); glibc's malloc/arena.c, grow_heap]

OpenBLAS, which comes with numpy, starts a thread for each further core, and such a thread looks for
work without sleeping, for as long as a start takes. Nothing here multiplies matrices.
"""

import ctypes
import os

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -2, -3, -8  # <malloc.h>
_LARGE = 512 << 10  #: a picture of 40 by 12 cells; frames are made of smaller blocks
_KEPT_FREE = 4 << 20  #: at a heap's end; the default is made for smaller programs
_GROWTH = 1 << 20  #: what the main thread's heap grows by


def set_up() -> None:
    """Set this, before importing numpy and while no other thread runs."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_M_TRIM_THRESHOLD, _KEPT_FREE)
        library.mallopt(_M_TOP_PAD, _GROWTH)
        library.mallopt(_M_ARENA_MAX, 2)
    # Not by os.environ, from which the environment of programs is made.
    if "OPENBLAS_NUM_THREADS" not in os.environ:
        os.putenv("OPENBLAS_NUM_THREADS", "1")
    # The C library reads the environment without a lock, so it must not change while another
    # thread reads it: numpy would set and remove this one, in the midst of SDL_Init.
    os.environ.setdefault("OPENBLAS_MAIN_FREE", "1")


def grow_heap() -> None:
    """Make room in the calling thread's heap, nearly all that may lie free at its end."""
    library = ctypes.CDLL(None)
    library.malloc.argtypes, library.malloc.restype = [ctypes.c_size_t], ctypes.c_void_p
    library.free.argtypes, library.free.restype = [ctypes.c_void_p], None
    size = _LARGE - (16 << 10)  # a block that doesn't come from the kernel
    for block in [library.malloc(size) for _ in range(_KEPT_FREE // _LARGE - 1)]:
        library.free(block)
