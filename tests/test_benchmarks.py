"""benchmarks/ works: what `make bench` and `make profile` run does what it says, in small."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(name, *arguments):
    """The standard output of a benchmark, on a display of its own."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *arguments],
        env={**os.environ, "DISPLAY": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def rows(table):
    """The cells of a Markdown table below what it was measured on."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return {
        cells[0]: cells[1:]
        for line in lines[2:]
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])
    }


def test_the_core_beside_pyte():
    pytest.importorskip("pyte")
    found = rows(run("core", "--pyte", "--size", "0.2", "--runs", "2", "ascii_log"))
    (ours, theirs) = found["core, ascii_log, MB/s"]
    assert float(ours.split()[0]) > float(theirs)
    assert "–" in ours


@pytest.mark.gl
def test_the_phases_of_frames():
    found = rows(run("frames", "--runs", "10"))
    assert len(found) == 9
    assert float(found["frame, a character: packing, ms"][0].split()[0]) > 0


@pytest.mark.window
def test_the_latency_of_a_key():
    table = run("latency", "--presses", "3", "--runs", "1", "gputerm")
    found = rows(table)
    assert 0 < float(found["key to screen, idle: p50, ms"][0]) < 1000
    assert set(found) >= {"key to screen, 1 MB/s flood: p50, ms"}
    assert "gputerm" in table
    assert "`python" in table


@pytest.mark.window
def test_throughput_start_and_rest():
    assert "end to end, cjk, CPU ms/MB" in run(
        "end_to_end", "--mb", "0.1", "--runs", "1", "gputerm"
    )
    assert "start, first content, ms" in run("start", "--runs", "1", "gputerm")
    assert "idle, blinking cursor: wake-ups, 1/s" in run("idle", "--seconds", "0.5", "gputerm")


@pytest.mark.window
def test_where_time_goes():
    assert "render/frame.py" in run("profiling", "frames")
    assert "numpy" in run("profiling", "start")


def test_searching_a_history():
    found = rows(run("search", "--view", "--lines", "3000", "--runs", "1"))
    shown, counted, longest, _ = found["a word that isn't there, 3,000 lines, ms"]
    assert 0 < float(longest) <= float(counted)
    assert float(shown) <= float(counted)


def test_what_drives_programs(monkeypatch, tmp_path):
    for program in ("vim", "htop", "less"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} isn't installed")
    folder = ROOT / "benchmarks" / "four_tests"
    monkeypatch.syspath_prepend(folder)
    with_gputerm = importlib.import_module("with_gputerm")
    with_gputerm.test_vim(folder, tmp_path)
    with_gputerm.test_curses(folder, tmp_path)
    (tmp_path / "steps").mkdir()
    importlib.import_module("thirty_steps").thirty_steps(tmp_path / "steps")
