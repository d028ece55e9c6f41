"""The constants in C are those in Python."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import gputerm.vt.core

CORE = Path(gputerm.vt.core.__file__).parent


@pytest.mark.parametrize("module", ["cells", "width"])
def test_pxd_and_py_say_the_same(module):
    text = (CORE / f"{module}.pxd").read_text(encoding="utf-8")
    found = re.findall(r"^    (\w+) = (\w+)$", text, re.MULTILINE)
    assert found
    numbers = import_module(f"gputerm.vt.core.{module}")
    for name, value in found:
        assert int(value, 0) == getattr(numbers, name), name
        assert int(value, 0) < 1 << 31, f"{name} is beyond a C int"
