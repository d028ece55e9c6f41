"""The examples of docs/testing.md run as they stand, each as a file of its own."""

import inspect
import re
import shutil
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "testing.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
TESTS = [
    pytest.param(example, name, id=name)
    for example in EXAMPLES
    for name in re.findall(r"^def (test_\w+)", example, re.MULTILINE)
]


@pytest.mark.parametrize(("example", "name"), TESTS)
def test_the_example_passes(example, name, request):
    for program in ("vim", "less", "htop"):
        if f'gputerm("{program}"' in example and shutil.which(program) is None:
            pytest.skip(f"{program} isn't installed")
    names: dict[str, object] = {}
    exec(example, names)
    test = names[name]
    test(*(request.getfixturevalue(fixture) for fixture in inspect.signature(test).parameters))
