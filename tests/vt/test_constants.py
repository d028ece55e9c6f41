"""The constants in C are those in Python."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import gputerm.vt.core

CORE = Path(gputerm.vt.core.__file__).parent
PXD = [path for path in sorted(CORE.glob("*.pxd")) if "cdef enum" in path.read_text()]


@pytest.mark.parametrize("pxd", PXD, ids=lambda path: path.stem)
def test_pxd_and_py_say_the_same(pxd):
    found = re.findall(r"^    (\w+) = (\w+)$", pxd.read_text(), re.MULTILINE)
    assert found
    if "cdef class" in pxd.read_text():  # Compiled: its Python has them where it isn't.
        source = pxd.with_suffix(".py").read_text()
        numbers = dict(re.findall(r"^    ([A-Z_]+) = (\w+)(?:  #.*)?$", source, re.MULTILINE))
    else:
        numbers = vars(import_module(f"gputerm.vt.core.{pxd.stem}"))
    for name, value in found:
        assert int(value, 0) == int(numbers[name]), name
        assert int(value, 0) < 1 << 31, f"{name} is beyond a C int"
