"""Contexts without a window, and what is said when there is none."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.gl

OPEN = "from gputerm.render.offscreen import OffscreenContext as C; C(); print('opened')"


def opened_with(**environment):
    """Output and errors of a process that opens a context: EGL reads its settings once."""
    run = subprocess.run(
        [sys.executable, "-c", OPEN], env=environment, capture_output=True, text=True, check=False
    )
    return run.stdout, run.stderr


def test_no_display_server_is_needed(context):
    out, errors = opened_with()  # neither DISPLAY nor WAYLAND_DISPLAY
    assert out == "opened\n", errors


@pytest.mark.parametrize(
    "environment",
    [{"MESA_GL_VERSION_OVERRIDE": "2.1"}, {"__EGL_VENDOR_LIBRARY_FILENAMES": "/nonexistent"}],
    ids=["old OpenGL", "no driver"],
)
def test_what_is_missing_is_one_line(context, environment):
    out, errors = opened_with(**environment)
    if out:
        pytest.skip("this driver doesn't listen to the variable")
    assert errors.splitlines()[-1].startswith("gputerm.errors.GLError: ")
