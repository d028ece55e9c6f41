"""The examples of docs/testing.md run as they stand."""

import inspect
import re
import shutil
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "testing.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_passes(example, tmp_path):
    if '"vim"' in example and shutil.which("vim") is None:
        pytest.skip("vim isn't installed")
    names: dict[str, object] = {}
    exec(example, names)
    for name, function in names.items():
        if name.startswith("test_"):
            function(*[tmp_path] * len(inspect.signature(function).parameters))
