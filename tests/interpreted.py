"""GPUTERM_INTERPRETED=1 makes imports of gputerm take the .py files although compiled modules lie
beside them.

The interpreted core is the bounds checker: where compiled code would write past an array,
memoryview raises. Import this before gputerm.
"""

import os
import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "gputerm"


def source_only(path: str) -> FileFinder:
    """A path hook that doesn't see compiled modules."""
    if not Path(path).is_relative_to(PACKAGE):
        raise ImportError
    return FileFinder(path, (SourceFileLoader, [".py"]))


if os.environ.get("GPUTERM_INTERPRETED"):
    sys.path_hooks.insert(0, source_only)
    sys.path_importer_cache.clear()
