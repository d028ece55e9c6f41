"""Libraries imported without what they import in vain: nothing is missing afterwards."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gputerm.stand_ins import StandIn, nothing, standing_in

ROOT = Path(__file__).resolve().parents[1]

#: What each of these would add to a start: 1 to 30 ms.
NOT_FOR_A_START = {
    *("ast", "asyncio", "ctypes.util", "dataclasses", "html", "inspect", "json", "logging"),
    *("pickle", "platform", "shutil", "subprocess", "tempfile", "textwrap", "traceback", "urllib"),
    *("numpy.linalg", "numpy._typing", "OpenGL.GL", "ptyprocess", "re2", "uharfbuzz"),
    *("Xlib", "gputerm.window.x11_selections"),
    *("gputerm.control.windows", "gputerm.host.fork", "gputerm.view.question"),
}


def run(code: str, **environment: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_stand_in_leads_to_the_module():
    stand_in = StandIn("colorsys", rgb_to_yiq=nothing)
    with standing_in(stand_in):
        import colorsys

        assert colorsys is stand_in
        assert colorsys.rgb_to_yiq is nothing
        assert colorsys.hsv_to_rgb(0, 0, 1) == (1, 1, 1)
    import colorsys

    assert type(colorsys) is not StandIn
    assert colorsys.rgb_to_yiq(0, 0, 0) == (0, 0, 0)
    assert stand_in.hsv_to_rgb is colorsys.hsv_to_rgb
    with pytest.raises(AttributeError):
        stand_in.no_such_name  # noqa: B018


def test_a_module_that_was_there_is_there_again():
    with standing_in(StandIn("json")):
        assert type(sys.modules["json"]) is StandIn
    assert sys.modules["json"] is json


def test_numpy_lacks_nothing():
    code = """
from gputerm.stand_ins import import_numpy
import_numpy()
import numpy as np, pickle, inspect, platform
assert np.array_equal(pickle.loads(pickle.dumps(np.arange(3))), np.arange(3))
assert np.polyfit([0, 1, 2], [0, 1, 4], 2).round(6).tolist() == [1, 0, 0]
assert np.linalg.inv(np.eye(2)).tolist() == [[1, 0], [0, 1]]
assert (np.asmatrix([[2.0]]) ** 3).tolist() == [[8.0]]
from numpy.typing import NDArray, ArrayLike
assert inspect.cleandoc(" a") == "a" and platform.machine()
import io
buffer = io.BytesIO()
np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
"""
    run(code)


def test_a_start_imports_nothing_in_vain():
    code = """
import sys
from gputerm import stand_ins, cli, config, options
from gputerm.app import main
from gputerm.startup import connecting, graphics, heaps
from gputerm.window import display, native
stand_ins.import_numpy()
from gputerm.startup import launcher
import gputerm.vt, gputerm.app.app
print(*sys.modules)
"""
    assert set(run(code).split()) & NOT_FOR_A_START == set()


def test_the_installed_command_is_ours_and_imports_little():
    """Installers make one from an entry point that imports re, half of what `gputerm msg` takes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "scripts" not in project["project"]
    [script] = project["tool"]["setuptools"]["script-files"]
    assert (ROOT / script).read_text().startswith("#!python\n"), "for pip and uv to replace"
    code = f"""
import sys
before = set(sys.modules)
sys.argv = ["gputerm", "msg", "--help"]
try:
    exec(open({str(ROOT / script)!r}).read())
finally:
    print(*{{"re", "enum", "functools", "collections"}} & (set(sys.modules) - before))
"""
    assert run("import sys; sys.exit = lambda code: None" + code).splitlines()[-1] == ""


def test_each_library_is_documented():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for requirement in project["project"]["dependencies"]:
        name = requirement.partition(">=")[0]
        assert f"[{name}](https://pypi.org/project/{name}/)" in readme, f"say what {name} is for"
        assert f"\n- **{name}**: " in architecture, f"say what {name} does and what we do ourselves"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_numpy_starts_no_threads():
    code = """
import os
from gputerm import stand_ins
from gputerm.startup import heaps
heaps.set_up()
stand_ins.import_numpy()
print(len(os.listdir("/proc/self/task")), "OPENBLAS_NUM_THREADS" in os.environ)
"""
    assert run(code) == "1 False\n"
