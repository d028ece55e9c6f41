"""Compares the .pyi of each compiled module with its source, by mypy.stubtest.

The source is run interpreted: compiled classes show neither signatures nor defaults. There every
cdef member is visible too, so what only the source has is no complaint; what only the stub has is.
"""

import os
import sys
import tomllib
from pathlib import Path

from mypy import stubtest

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    os.environ["GPUTERM_INTERPRETED"] = "1"
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    __import__("interpreted")  # Makes compiled modules invisible.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    modules = [module["name"] for module in project["tool"]["setuptools"]["ext-modules"]]
    options = stubtest.parse_options(["--concise", "--ignore-missing-stub", *modules])
    return stubtest.test_stubs(options)


if __name__ == "__main__":
    sys.exit(main())
