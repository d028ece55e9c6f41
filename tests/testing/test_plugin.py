"""The plugin, in runs of pytest of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

TEST = """
def test_screen(gputerm, screen_text):
    session = gputerm("printf", "plain \\\\033[1;31mbold\\\\033[m")
    session.wait_exit()
    screen_text(session, "first")
"""


def pytest_run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "gputerm.testing.plugin", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )


def test_a_screen_is_recorded_compared_and_shown_when_it_differs(tmp_path):
    (tmp_path / "test_it.py").write_text(TEST)
    missing = pytest_run(tmp_path)
    assert missing.returncode == 1
    assert "was never recorded" in missing.stdout
    assert pytest_run(tmp_path, "--gputerm-update").returncode == 0
    recorded = tmp_path / "gputerm_screens" / "first.txt"
    assert recorded.read_text(encoding="utf-8").splitlines() == [
        "80×24, cursor line 0, column 10",
        "│plain bold",
        "0:6 'bold' bold fg=1",
    ]
    assert pytest_run(tmp_path).returncode == 0
    recorded.write_text(recorded.read_text(encoding="utf-8").replace("plain", "other"))
    failed = pytest_run(tmp_path)
    assert failed.returncode == 1
    assert "-│other bold" in failed.stdout
    assert "+│plain bold" in failed.stdout


def test_those_who_dont_use_it_import_nothing(tmp_path):
    code = "import sys, gputerm.testing.plugin; print(sorted({'numpy', 'gputerm.vt'} & {*sys.modules}))"  # noqa: E501
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
    assert "--gputerm-update" in pytest_run(tmp_path, "--help").stdout
