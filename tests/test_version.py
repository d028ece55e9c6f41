"""One version number, and the changelog knows it."""

import re
import subprocess
import sys
from pathlib import Path

import gputerm

ROOT = Path(__file__).resolve().parents[1]


def test_the_changelog_is_as_far_as_the_version():
    """The newest release in it is the version, or none was released yet. [keepachangelog.com]"""
    headings = re.findall(
        r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings[0] == "Unreleased"
    assert headings[1:] == [] or headings[1] == gputerm.__version__


def test_the_command_says_its_version():
    answer = subprocess.run(
        [sys.executable, "-m", "gputerm", "--version"], cwd=ROOT, capture_output=True, check=True
    )
    assert answer.stdout.decode() == f"gputerm {gputerm.__version__}\n"
