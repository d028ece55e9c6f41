"""Bindings that look for their shared library, imported without the search.

PySDL2 and PyOpenGL ask `ctypes.util.find_library`, which starts ldconfig and a compiler for each
name (100 ms), and whose module imports subprocess, shutil and tempfile (8 ms). The names are known:
for the time of the import a stand-in answers with them.
"""

import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def found(sonames: Mapping[str, str]) -> Iterator[None]:
    """While this lasts, `find_library("GL")` is `sonames["GL"]`, or None when it isn't there."""
    stand_in = types.ModuleType("ctypes.util")
    stand_in.find_library = sonames.get  # type: ignore[attr-defined]
    real = sys.modules.get("ctypes.util")
    sys.modules["ctypes.util"] = stand_in
    try:
        yield
    finally:
        del sys.modules["ctypes.util"]
        if real is not None:
            sys.modules["ctypes.util"] = real
