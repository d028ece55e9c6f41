"""scripts/bootstrap.py and scripts/run.py: what they say and decide; the machine stays as it is."""

import fcntl
import importlib.util
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


def load(name):
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up.
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bootstrap():
    return load("bootstrap")


@pytest.fixture(scope="module")
def run():
    return load("run")


def test_without_privilege_the_missing_packages_are_named(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "_privilege", lambda: None)
    monkeypatch.setattr(bootstrap, "_run", lambda *_, **__: pytest.fail("ran something"))
    missing = bootstrap.Need("EGL", lambda: False, "libegl1 libgl1", "libglvnd-egl", "libglvnd")
    there = bootstrap.Need("vim", lambda: True, "vim", "vim-enhanced", "vim")
    with pytest.raises(bootstrap.SetupError) as caught:
        bootstrap.system_packages((missing, there))
    text = str(caught.value)
    assert text.startswith("missing on this system: EGL\n")
    assert "sudo apt-get install libegl1 libgl1\n" in text
    assert "sudo dnf install libglvnd-egl\n" in text
    assert text.endswith("sudo pacman -S --needed libglvnd")


def test_nothing_missing_changes_nothing(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "_run", lambda *_, **__: pytest.fail("ran something"))
    bootstrap.system_packages((bootstrap.Need("C", bootstrap.library("c.so.6"), "", "", ""),))


def test_packages_are_listed_once(bootstrap):
    for system in ("debian", "fedora", "arch"):
        names = bootstrap.packages_of([*bootstrap.RUN, *bootstrap.TEST], system)
        assert len(names) == len(set(names))


def test_apt_is_heard_only_when_it_fails(bootstrap, monkeypatch, tmp_path, capfd):
    for name, text in (("apt-get", 'echo noise; [ "$3" != broken ]'), ("dpkg", ":")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(bootstrap, "_privilege", list)
    answers = iter((False, True))
    bootstrap.system_packages((bootstrap.Need("it", lambda: next(answers), "it-1", "", ""),))
    told = capfd.readouterr().out
    assert "noise" not in told
    assert "installing it-1" in told


def test_an_interrupted_step_leaves_its_mark(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "MARKS", tmp_path)
    with pytest.raises(bootstrap.CutShortError), bootstrap._marked("core"):
        bootstrap._run(["sh", "-c", "kill -9 $$"])
    assert (tmp_path / "core").exists()
    with pytest.raises(bootstrap.StepError), bootstrap._marked("core"):
        bootstrap._run(["false"])
    assert not (tmp_path / "core").exists()


@pytest.mark.parametrize("folder", ["plain", "with a space", "it's", "long" * 40])
def test_a_script_finds_its_python_wherever_it_lies(bootstrap, tmp_path, folder):
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    script = python.with_name("script")
    script.write_text(bootstrap.first_line(str(python)) + "import sys\nprint(sys.argv[1:])\n")
    script.chmod(0o755)
    answer = subprocess.run([script, "a b"], capture_output=True, text=True, check=True)
    assert answer.stdout == "['a b']\n"


def test_an_old_python_is_one_line():
    done = subprocess.run(
        ["make", "-s", "PYTHON=false", "build"],
        cwd=SCRIPTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    line, *of_make = done.stderr.splitlines()
    assert line.startswith('gputerm needs Python 3.11 or newer, which "false" is not: make PYTHON=')
    assert all(line.startswith("make") for line in of_make)
    assert done.returncode == 2


def lock_of(folder):
    """The descriptor that we hold of its lock."""
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            if os.readlink(f"/proc/self/fd/{name}") == str(folder / "lock"):
                return int(name)
    pytest.fail("no lock is held")


def test_what_another_user_made_can_be_used_but_not_changed(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "MARKS", tmp_path)
    with bootstrap._turn():
        flags = fcntl.fcntl(lock_of(tmp_path), fcntl.F_GETFL)
        assert flags & os.O_ACCMODE == os.O_RDONLY, "which needs no right to write"
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    with pytest.raises(bootstrap.SetupError, match=r"belongs to \w+, and this is still to be done"):
        bootstrap._step("compiling")


@pytest.mark.parametrize(
    ("display", "addresses"),
    [
        ("", []),
        ("nonsense", []),
        (":1", ["/tmp/.X11-unix/X1", "\0/tmp/.X11-unix/X1"]),
        (":1.0", ["/tmp/.X11-unix/X1", "\0/tmp/.X11-unix/X1"]),
        ("localhost:10.0", [("localhost", 6010)]),
    ],
)
def test_where_an_x_server_may_listen(run, monkeypatch, display, addresses):
    monkeypatch.setenv("DISPLAY", display)
    assert run.x_addresses() == addresses


def test_a_display_counts_when_somebody_listens(run, monkeypatch, tmp_path):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not run.has_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        assert not run.has_display()
        server.listen()
        assert run.has_display()
