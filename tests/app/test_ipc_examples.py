"""The script in docs/examples does what it says, with gputerm msg alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gputerm.render.png import decode_png

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "make-in-a-window.sh"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    ("recipe", "code", "said"),
    [("@seq 50", 0, "make succeeded: 50 lines"), ("@seq 50; exit 3", 2, "make failed with 2")],
)
def test_make_in_a_window(gputerm, tmp_path, recipe, code, said):
    terminal = gputerm("-e", "cat")
    project = tmp_path / "project"
    project.mkdir()
    (project / "Makefile").write_text(f"all:\n\t{recipe}\n")
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "gputerm").write_text(f'#!/bin/sh\nexec {sys.executable} -m gputerm "$@"\n')
    (tools / "gputerm").chmod(0o755)
    result = subprocess.run(
        [str(SCRIPT), str(project)],
        env={
            **terminal.environment,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GPUTERM_SOCKET": str(terminal.socket),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == code, result.stderr
    assert said in result.stdout
    lines = (tmp_path / "make.log").read_text().splitlines()
    assert lines[:50] == [str(number) for number in range(1, 51)]
    assert decode_png((tmp_path / "make.png").read_bytes()).shape[2] == 4
    assert [window["id"] for window in terminal.windows()] == [1]


def test_the_script_is_short():
    assert len(SCRIPT.read_text().splitlines()) <= 31
