"""The code of all modules that a start imports, in one file: a start imports 300 modules, and
finding and opening each takes a tenth of a millisecond.

    ~/.cache/gputerm/modules    a line that says for whom
                                a marshalled table: name → (kind, path, its time and size, package,
                                its __cached__, where the code is, its length)
                                the codes, marshalled each by itself

The file holds what Python keeps in __pycache__ and is believed under the same condition: the source
has the time and size that it had. Anything else — another Python, another path, a file that others
could write — is as if there was no file. It is written by a thread of its own two seconds after a
start that missed something, or when the process ends sooner. Nothing of it is needed: without it
the imports alone take 15 to 20 ms longer.
[importlib, PEP 451; marshal]
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import CodeType, ModuleType
    from typing import Any

__all__ = ["ImportCache"]

#: Attach documentation to numpy's C functions, 5 ms of each start; nobody reads it here.
_EMPTY = frozenset({"numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars"})

_SOURCE, _EXTENSION = range(2)


class ImportCache:
    """A finder for sys.meta_path. `install` it before importing, `save` it once started."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.missed = False  #: something wasn't found here, or not as it is now
        self._table: dict[str, tuple[Any, ...]] = {}
        self._descriptor = -1

    @classmethod
    def of_user(cls, env: Mapping[str, str]) -> ImportCache | None:
        """The user's own; None when nothing is to be cached: tests, PYTHONDONTWRITEBYTECODE."""
        if sys.dont_write_bytecode or env.get("GPUTERM_INTERPRETED"):
            return None
        folder = env.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        return cls(os.path.join(folder, "gputerm", "modules")) if os.path.isabs(folder) else None

    def install(self) -> None:
        """Open the file, and find modules in it from now on."""
        self._table = self._open()
        self.missed = not self._table
        sys.meta_path.insert(0, self)

    def uninstall(self) -> None:
        """Leave importing to the others."""
        sys.meta_path.remove(self)
        self._table = {}
        self._close()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What importlib asks of a finder."""
        entry = self._table.get(name)
        if entry is None:
            return None
        kind, origin, mtime, size, package, cached, start, length = entry
        try:
            status = os.stat(origin)
            if int(status.st_mtime) != mtime or status.st_size != size:
                raise OSError
            if kind == _EXTENSION:
                return ModuleSpec(name, ExtensionFileLoader(name, origin), origin=origin)
            code = os.pread(self._descriptor, length, start)
            if len(code) != length:
                raise OSError
        except OSError:
            self.missed = True
            return None
        spec = ModuleSpec(name, _Loader(name, origin, code), origin=origin)
        if package:
            spec.submodule_search_locations = [os.path.dirname(origin)]
        spec.has_location = True
        spec.cached = cached
        return spec

    def save(self) -> None:
        """Write what is imported by now, for the next start; in any thread. Never raises."""
        try:
            table: dict[str, tuple[Any, ...]] = {}
            codes = bytearray()
            for name, module in list(sys.modules.items()):
                found = _entry(name, getattr(module, "__spec__", None))
                if found is not None:
                    *entry, code = found
                    table[name] = (*entry, len(codes), len(code))
                    codes += code
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            temporary = f"{self.path}.{os.getpid()}"
            with open(temporary, "wb", opener=_private) as file:
                file.write(_head() + _dump(table) + codes)
            os.replace(temporary, self.path)
        except (OSError, ValueError):
            pass  # A full disk, a read-only home: the next start takes longer, as this one did.

    def _open(self) -> dict[str, tuple[Any, ...]]:
        """The table, positions counted in the file; empty when it isn't for us."""
        head = _head()
        try:
            self._descriptor = os.open(self.path, os.O_RDONLY)
            status = os.fstat(self._descriptor)
            if status.st_uid == os.geteuid() and not status.st_mode & 0o022:
                first = os.read(self._descriptor, len(head) + 8)
                size = int.from_bytes(first[len(head) :], "little")
                if first.startswith(head) and 0 < size < status.st_size:
                    table = marshal.loads(os.read(self._descriptor, size))
                    base = len(first) + size
                    return {
                        name: (*entry, base + start, length)
                        for name, (*entry, start, length) in table.items()
                    }
        except (OSError, ValueError, EOFError, TypeError, AttributeError):
            pass  # None yet, or cut short.
        self._close()
        return {}

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _dump(table: dict[str, tuple[Any, ...]]) -> bytes:
    data = marshal.dumps(table)
    return len(data).to_bytes(8, "little") + data


class _Loader(SourceFileLoader):
    """A module's source file, whose code is at hand."""

    def __init__(self, name: str, path: str, code: bytes) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = marshal.loads(self._code)
        return code


def _head() -> bytes:
    """Whose code it is: this Python, looking in these places."""
    # Not sys.path[0], which is where the command is or was called.
    places = sys.implementation.cache_tag, sys.flags.optimize, sys.prefix, *sys.path[1:]
    return MAGIC_NUMBER + repr(places).encode() + b"\n"


def _entry(name: str, spec: ModuleSpec | None) -> tuple[Any, ...] | None:
    """A module as the table has it; None for one that Python would compile, or that has no file."""
    if spec is None or spec.origin is None or spec.name != name:
        return None
    if isinstance(spec.loader, ExtensionFileLoader):
        status = os.stat(spec.origin)
        return _EXTENSION, spec.origin, int(status.st_mtime), status.st_size, False, None, b""
    if not isinstance(spec.loader, SourceFileLoader) or spec.cached is None:
        return None
    package = spec.submodule_search_locations
    if package is not None and list(package) != [os.path.dirname(spec.origin)]:
        return None
    try:
        status = os.stat(spec.origin)
        with open(spec.cached, "rb") as file:
            data = file.read()
    except OSError:
        return None
    mtime, size = int(status.st_mtime), status.st_size
    # [PEP 552: magic, flags, time, size, code]
    flags = mtime & 0xFFFFFFFF, size & 0xFFFFFFFF
    fresh = MAGIC_NUMBER + b"".join(word.to_bytes(4, "little") for word in (0, *flags))
    if not data.startswith(fresh):
        return None
    code = marshal.dumps(compile("", spec.origin, "exec")) if name in _EMPTY else data[16:]
    return _SOURCE, spec.origin, mtime, size, package is not None, spec.cached, code


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL, 0o600)
