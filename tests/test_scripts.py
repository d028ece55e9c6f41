"""scripts/bootstrap.py and scripts/run.py: what they say and decide; the machine stays as it is."""

import importlib.util
import socket
import sys
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


def test_an_interrupted_step_leaves_its_mark(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "MARKS", tmp_path)
    with pytest.raises(bootstrap.CutShortError), bootstrap._marked("core"):
        bootstrap._run(["sh", "-c", "kill -9 $$"])
    assert (tmp_path / "core").exists()
    with pytest.raises(bootstrap.StepError), bootstrap._marked("core"):
        bootstrap._run(["false"])
    assert not (tmp_path / "core").exists()


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
