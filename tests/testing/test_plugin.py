"""The plugin, in runs of pytest of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gputerm.errors import GLError

ROOT = Path(__file__).parents[2]

TEST = """
def test_screen(gputerm, screen_text):
    session = gputerm("printf", "plain \\\\033[1;31mbold\\\\033[m")
    session.wait_exit()
    screen_text(session, "first")
"""


PICTURES = """
import sys
import pytest

DRAWS = "print('\\033[1;32mname\\033[m  now: ' + sys.argv[1]); input(); print('changed'); input()"

@pytest.fixture
def program(gputerm):
    return lambda now: gputerm(sys.executable, "-c", "import sys; " + DRAWS, now, size=(30, 4))

@pytest.mark.parametrize("number", range(4))
def test_picture(program, screenshot, number):
    session = program("{now}")
    screenshot(session, f"first{number}", mask=["{now}"])
    {then}
"""


def pytest_run(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "gputerm.testing.plugin", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            **environment,
        },
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


@pytest.fixture
def with_gl():
    from gputerm.export.studio import Studio

    try:
        Studio().close()
    except GLError as error:
        pytest.skip(str(error))


def written(folder: Path, now: str, then: str = "pass") -> None:
    """The test, whose program shows what time it is."""
    text = PICTURES.replace("{now}", now).replace("{then}", then)
    (folder / "test_it.py").write_text(text)


def test_pictures_are_recorded_compared_and_shown(tmp_path, with_gl):
    parallel = "-p", "xdist", "-n", "2", "--gputerm-report", "out/report.html"
    written(tmp_path, "12:00")
    assert "was never recorded" in pytest_run(tmp_path, "-k", "0").stdout
    recording = pytest_run(tmp_path, "--gputerm-update", *parallel)
    assert recording.returncode == 0, recording.stdout
    folder = tmp_path / "gputerm_screens"
    assert len(list(folder.glob("first?.png"))) == 4

    written(tmp_path, "12:59")  # which is masked
    same = pytest_run(tmp_path, *parallel)
    assert same.returncode == 0, same.stdout
    report = tmp_path / "out" / "report.html"
    assert f"gputerm: 4 pictures in {report}" in same.stdout
    assert report.read_text(encoding="utf-8").count("first") == 8  # in a heading and an alt each
    assert [file.name for file in report.parent.iterdir()] == ["report.html"]

    then = "session.press('Enter'); session.wait('changed'); screenshot(session, 'first0', retry=0)"
    written(tmp_path, "12:00", then)
    wrong = pytest_run(tmp_path, "-k", "0", "--basetemp", "kept", *parallel)
    assert wrong.returncode == 1
    assert "the picture isn't first0.png: " in wrong.stdout
    assert "│changed" in wrong.stdout
    kept = {file.name for file in (tmp_path / "kept").rglob("*") if file.is_file()}
    assert {"first0.png", "first0.difference.png"} <= kept
    assert {"session1.png", "session1.txt", "session1.cast"} <= kept
    assert "session1.txt, .cast, .png" in wrong.stdout
    shown = report.read_text(encoding="utf-8")
    assert shown.index('class="failed"') < shown.index('class="same"')
    assert "first0: differs" in shown


FLASHES = """
import sys

PROGRAM = '''
import time
print("\\033[Hpressed")
time.sleep(0.3)
print("\\033[Hready  ")
input()
'''

def test_flash(request, gputerm, screenshot):
    session = gputerm(sys.executable, "-c", PROGRAM)
    if request.config.getoption("--gputerm-update"):
        session.wait("ready")
    screenshot(session, "button")
"""


def test_a_picture_may_become_what_is_expected(tmp_path, with_gl):
    (tmp_path / "test_it.py").write_text(FLASHES)
    assert pytest_run(tmp_path, "--gputerm-update").returncode == 0
    run = pytest_run(tmp_path)
    assert run.returncode == 0, run.stdout


def test_without_opengl_pictures_are_skipped_and_the_rest_works(tmp_path):
    (tmp_path / "test_it.py").write_text("""
def test_screen(gputerm, screen_text, screenshot):
    session = gputerm("printf", "text")
    session.wait_exit()
    screen_text(session, "first")
    screenshot(session, "first")
def test_fails(gputerm):
    gputerm.offline().wait("nothing", timeout=0)
""")
    # glvnd finds nobody who could draw.
    run = pytest_run(
        tmp_path, "--gputerm-update", "-rs", __EGL_VENDOR_LIBRARY_FILENAMES="/dev/null"
    )
    assert "1 failed, 1 skipped" in run.stdout
    assert "no pictures: " in run.stdout
    assert (tmp_path / "gputerm_screens" / "first.txt").exists()
    assert "session1.txt, .cast (no picture: " in run.stdout
    assert "waited for 'nothing': nothing else was fed" in run.stdout
    assert "rig.py" not in run.stdout  # our lines say nothing to who wrote the test


def test_those_who_dont_use_it_import_nothing(tmp_path):
    (tmp_path / "test_it.py").write_text("""
import sys
def test_modules():
    print("modules:", *sys.modules)
""")

    def modules(*arguments: str) -> set[str]:
        out = pytest_run(tmp_path, "-s", *arguments).stdout
        (line,) = (line for line in out.splitlines() if "modules:" in line)
        return set(line.partition("modules:")[2].split())

    ours = modules() - modules("-p", "no:gputerm.testing.plugin")
    assert ours <= {"gputerm", "gputerm.testing", "gputerm.testing.plugin"}
    listed = pytest_run(tmp_path, "--help").stdout
    assert "--gputerm-update" in listed
    assert "--gputerm-report" in listed
