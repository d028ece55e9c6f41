"""Libraries imported without what they would look for or import in vain.

During such an import a stand-in takes the place of these modules, and loads the real one when
something else of it is used. What each saves of the 113 ms of a start's imports, with PySDL2
0.9.17, PyOpenGL 3.1.10 and numpy 2.4.6 (least of 16 runs of `-X importtime`, in turn):

    ctypes.util   92 ms for PySDL2: find_library starts ldconfig and a compiler for each name
                   5 ms for PyOpenGL: subprocess, shutil and tempfile, which the module imports
    numpy         26 ms: linear algebra and its types 8, signatures by inspect 5, documentation 4,
                  ast, pickle, platform and textwrap 6
    logging, traceback   5 ms for PyOpenGL, which logs nothing here

`make test-versions` runs the tests of what is imported this way with the oldest and the newest
versions that pyproject.toml allows.
"""

import importlib
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["StandIn", "import_numpy", "nothing", "standing_in"]


class StandIn(types.ModuleType):
    """A module with some attributes; it is imported when another one is asked for."""

    def __init__(self, name: str, /, **attributes: Any) -> None:
        super().__init__(name)
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)  # the import system looks for __path__ and others
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


class _Nothing:
    """Every attribute of it is it, and so is what it returns when called."""

    def __getattr__(self, name: str) -> "_Nothing":
        return self

    def __call__(self, *_: Any, **__: Any) -> "_Nothing":
        return self


nothing = _Nothing()


def _later(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported when it is called."""
    return lambda *args, **named: getattr(importlib.import_module(module), name)(*args, **named)


@contextmanager
def standing_in(*stand_ins: StandIn) -> Iterator[None]:
    """While this lasts, `import` finds these."""
    before = {stand_in.__name__: sys.modules.get(stand_in.__name__) for stand_in in stand_ins}
    sys.modules.update({stand_in.__name__: stand_in for stand_in in stand_ins})
    try:
        yield
    finally:
        for stand_in in stand_ins:
            name = stand_in.__name__
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
            if (real := before[name]) is not None:
                sys.modules[name] = real


def import_numpy() -> None:
    """Before anything else imports numpy. Its functions have no signature objects then."""
    algebra = ("eigvals", "inv", "lstsq", "matrix_power")
    with standing_in(
        StandIn("ast"),
        StandIn("numpy._core._add_newdocs"),
        StandIn("numpy._core._add_newdocs_scalars"),
        StandIn("inspect", cleandoc=str, signature=lambda _: None),
        StandIn("numpy.linalg", **{name: _later("numpy.linalg", name) for name in algebra}),
        StandIn("pickle"),
        StandIn("platform"),
        StandIn("textwrap"),
    ):
        import numpy  # noqa: F401
