"""Makes a fresh checkout ready to run or to be tested: python3 scripts/bootstrap.py run|test

In this order: system packages, the virtual environment .venv, what pip installs there, the compiled
core. Each step first looks whether there is anything to do, so calling it again costs about a
second, and a step that was interrupted leaves a mark in .make/ and is done anew.

Runs on the bare Python (3.11 or newer) that it is called with: standard library only.
"""

import ctypes
import fcntl
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
MARKS = ROOT / ".make"
THIS = "python{}.{}".format(*sys.version_info)


@dataclass(frozen=True)
class Need:
    """Something that a package manager has to bring: how to see it is there, and its packages."""

    what: str
    present: Callable[[], bool]
    debian: str
    fedora: str
    arch: str


def library(name: str) -> Callable[[], bool]:
    """The dynamic linker finds lib`name`, e.g. "EGL.so.1"."""

    def present() -> bool:
        try:
            ctypes.CDLL(f"lib{name}")
        except OSError:
            return False
        return True

    return present


def command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def egl_driver() -> bool:
    """Somebody's driver behind libEGL; Mesa's draws without a GPU too. [libglvnd's vendor files]"""
    roots = ("/usr/share", "/etc", "/usr/local/share", "/run/opengl-driver/share")
    return any(any(Path(root, "glvnd/egl_vendor.d").glob("*.json")) for root in roots)


def font(pattern: str) -> Callable[[], bool]:
    """fontconfig knows a font that fits, e.g. ":charset=4e2d". [fc-list(1)]"""

    def present() -> bool:
        try:
            return bool(subprocess.run(["fc-list", pattern], capture_output=True).stdout)
        except OSError:
            return False

    return present


def python_headers() -> bool:
    return Path(sysconfig.get_path("include"), "Python.h").exists()


def c_headers() -> bool:
    """A compiler is of little use without libc's headers, which Debian packs separately."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return False
    source = b"#include <stdlib.h>\n"
    outcome = subprocess.run(
        [compiler, "-x", "c", "-fsyntax-only", "-"], input=source, capture_output=True, check=False
    )
    return outcome.returncode == 0


def has_pip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


# One row per need; what the tests need comes on top of what running needs.
RUN = (
    Need("pip for virtual environments", has_pip, f"{THIS}-venv", "python3-pip", "python"),
    Need("a C compiler", c_headers, "gcc libc6-dev", "gcc", "gcc"),
    Need("Python's C headers", python_headers, f"{THIS}-dev", "python3-devel", "python"),
    Need("EGL", library("EGL.so.1"), "libegl1", "libglvnd-egl", "libglvnd"),
    Need("OpenGL", library("GL.so.1"), "libgl1", "libglvnd-glx", "libglvnd"),
    Need(
        "an OpenGL driver",
        egl_driver,
        "libegl-mesa0 libgl1-mesa-dri",
        "mesa-libEGL mesa-dri-drivers",
        "mesa",
    ),
    Need("fontconfig", library("fontconfig.so.1"), "libfontconfig1", "fontconfig", "fontconfig"),
    # SDL comes with pysdl2-dll and opens these when it opens a window.
    Need("Xlib extensions", library("Xext.so.6"), "libxext6", "libXext", "libxext"),
    Need("X cursors", library("Xcursor.so.1"), "libxcursor1", "libXcursor", "libxcursor"),
    Need("X input", library("Xi.so.6"), "libxi6", "libXi", "libxi"),
    Need("X screens", library("Xrandr.so.2"), "libxrandr2", "libXrandr", "libxrandr"),
    Need("keymaps", library("xkbcommon.so.0"), "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need(
        "Wayland",
        library("wayland-egl.so.1"),
        "libwayland-client0 libwayland-cursor0 libwayland-egl1",
        "libwayland-client libwayland-cursor libwayland-egl",
        "wayland",
    ),
)
TEST = (
    Need("Xvfb", command("Xvfb"), "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("openbox", command("openbox"), "openbox", "openbox", "openbox"),
    Need("weston", command("weston"), "weston", "weston", "weston"),
    Need("xdotool", command("xdotool"), "xdotool", "xdotool", "xdotool"),
    Need("xclip", command("xclip"), "xclip", "xclip", "xclip"),
    Need("fc-list", command("fc-list"), "fontconfig", "fontconfig", "fontconfig"),
    Need(
        "DejaVu Sans Mono",
        font("DejaVu Sans Mono"),
        "fonts-dejavu-core",
        "dejavu-sans-mono-fonts",
        "ttf-dejavu",
    ),
    Need(
        "a Chinese font",
        font(":charset=4e2d"),
        "fonts-droid-fallback",
        "google-droid-sans-fonts",
        "noto-fonts-cjk",
    ),
    Need(
        "a colour emoji font",
        font(":charset=1f600:color=true"),
        "fonts-noto-color-emoji",
        "google-noto-color-emoji-fonts",
        "noto-fonts-emoji",
    ),
    Need("zsh", command("zsh"), "zsh", "zsh", "zsh"),
    Need("fish", command("fish"), "fish", "fish", "fish"),
    Need("vim", command("vim"), "vim", "vim-enhanced", "vim"),
    Need("tmux", command("tmux"), "tmux", "tmux", "tmux"),
    Need("htop", command("htop"), "htop", "htop", "htop"),
    Need("less", command("less"), "less", "less", "less"),
    Need("Midnight Commander", command("mc"), "mc", "mc", "mc"),
    Need("nano", command("nano"), "nano", "nano", "nano"),
    Need("vttest", command("vttest"), "vttest", "vttest", "vttest"),
    Need("alacritty", command("alacritty"), "alacritty", "alacritty", "alacritty"),
    Need("setxkbmap", command("setxkbmap"), "x11-xkb-utils", "setxkbmap", "xorg-setxkbmap"),
)


class SetupError(Exception):
    """What the user is told; the text says what to do where we know."""


class StepError(SetupError):
    """A program ended with an error."""


class CutShortError(SetupError):
    """A program was ended from outside."""


def system_packages(needs: tuple[Need, ...]) -> None:
    """Install what is missing where we may, else say what to install. Changes nothing else."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    names = ", ".join(need.what for need in missing)
    packages = packages_of(missing, "debian")
    privilege = _privilege()
    if privilege is None or shutil.which("apt-get") is None:
        raise SetupError(f"missing on this system: {names}\n{_advice(missing)}")
    print(f"installing what is missing on this system: {names}", flush=True)
    apt = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]
    # An installation that was cut short blocks the next one until dpkg has finished it, and its own
    # dpkg may still be at work: exit status 2, the database is locked.
    configure = [*privilege, "dpkg", "--configure", "-a"]
    for _ in range(60):
        if subprocess.run(configure, capture_output=True, check=False).returncode != 2:
            break
        time.sleep(1)
    steps = {
        "reading what packages there are": ["update"],
        f"installing {' '.join(packages)}": [
            *("install", "-y", "--no-install-recommends"),
            *packages,
        ],
    }
    for what, step in steps.items():
        print(f"  {what}", flush=True)
        _run([*privilege, *apt, *step], otherwise=_advice(missing), quiet=True)
    still = ", ".join(need.what for need in missing if not need.present())
    if still:
        raise SetupError(f"still missing after {' '.join(packages)} were installed: {still}")


def packages_of(needs: list[Need], system: str) -> list[str]:
    """The package names of a distribution, each once, in the order of the needs."""
    return list(dict.fromkeys(" ".join(getattr(need, system) for need in needs).split()))


def _advice(missing: list[Need]) -> str:
    return "\n".join(
        (
            "Install it, then run make again:",
            f"  Debian, Ubuntu   sudo apt-get install {' '.join(packages_of(missing, 'debian'))}",
            f"  Fedora           sudo dnf install {' '.join(packages_of(missing, 'fedora'))}",
            f"  Arch             sudo pacman -S --needed {' '.join(packages_of(missing, 'arch'))}",
        )
    )


def _privilege() -> list[str] | None:
    """What to put before a command to run it as root, or None where that takes a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and not subprocess.run([*sudo, "true"], capture_output=True).returncode:
        return sudo
    return None


def environment() -> None:
    """Make .venv with this Python, unless it stands."""
    interrupted = (MARKS / "venv").exists()
    if not interrupted and _venv_version() == THIS:
        return
    _step(f"making .venv with {sys.executable}")
    with _marked("venv"):
        # --clear would also empty what a link points to.
        if VENV.is_symlink():
            VENV.unlink()
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _venv_version() -> str | None:
    """For example "python3.11", the Python that .venv runs, None where it runs none."""
    code = "import pip, sys; print('python{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([VENV_PYTHON, "-c", code], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.decode().strip()


def requirements(*, develop: bool) -> None:
    """Install what pyproject.toml asks for, and let .venv find the checkout and know `gputerm`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    if develop:
        wanted += project["project"]["optional-dependencies"]["dev"]
    stamp = VENV / "installed"
    installed = stamp.read_text(encoding="utf-8").splitlines() if stamp.exists() else []
    if set(wanted) | {str(ROOT)} <= set(installed):
        return
    _step("installing into .venv: " + " ".join(wanted))
    stamp.unlink(missing_ok=True)
    _run([str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", "install", *wanted])
    # What `pip install --editable` would leave, without its building the core a second time.
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([VENV_PYTHON, "-c", code], capture_output=True, check=True)
    Path(answer.stdout.decode().strip(), "gputerm.pth").write_text(f"{ROOT}\n")
    _write_launcher()
    stamp.write_text("\n".join((str(ROOT), *wanted)))


def _write_launcher() -> None:
    """Make scripts/gputerm the command of .venv."""
    launcher = VENV / "bin" / "gputerm"
    body = (ROOT / "scripts" / "gputerm").read_text(encoding="utf-8").partition("\n")[2]
    launcher.write_text(first_line(str(VENV_PYTHON)) + body, encoding="utf-8")
    launcher.chmod(0o755)


def first_line(python: str) -> str:
    """What makes a script run by `python`. [execve(2): no spaces, and 127 bytes of the line]"""
    line = f"#!{python}\n"
    if " " not in python and len(os.fsencode(line)) <= 127:
        return line
    # A command to the shell, a text to Python.
    quoted = "'" + python.replace("'", "'\"'\"'") + "'"
    return f'#!/bin/sh\n"exec" {quoted} "$0" "$@"\n'


def core() -> None:
    """Compile what changed of the core, beside its source."""
    interrupted = (MARKS / "core").exists()
    if not interrupted and _compiled():
        return
    _step("compiling the core, which takes a minute or two the first time")
    stamp = MARKS / "compiled.new"
    stamp.touch()  # Before looking at the sources: what is saved meanwhile is newer.
    # An interrupted Cython leaves half a C file that looks up to date.
    force = ["--force"] if interrupted else []
    with _marked("core"):
        _run([str(VENV_PYTHON), str(ROOT / "scripts" / "compile_core.py"), *force])
    stamp.replace(MARKS / "compiled")


def _compiled() -> bool:
    """Every compiled module is there, and no source changed since they were made."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    modules = project["tool"]["setuptools"]["ext-modules"]
    sources = [ROOT / source for module in modules for source in module["sources"]]
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    stamp = MARKS / "compiled"
    if not all(path.exists() for path in (stamp, *(s.with_suffix(suffix) for s in sources))):
        return False
    inputs = [
        ROOT / "pyproject.toml",
        *sources,
        *(
            face
            for folder in {source.parent for source in sources}
            for face in folder.glob("*.pxd")
        ),
    ]
    return all(path.stat().st_mtime < stamp.stat().st_mtime for path in inputs)


def _step(what: str) -> None:
    """Say what comes next. Raises SetupError where another user did it before and we may not."""
    for folder in (ROOT, MARKS, VENV):
        if folder.exists() and not os.access(folder, os.W_OK):
            owner = folder.owner()
            raise SetupError(
                f"{folder} belongs to {owner}, and this is still to be done: {what}\n"
                f"Run make as {owner}, or take it: sudo chown -R $USER {shlex.quote(str(ROOT))}"
            )
    print(what, flush=True)


@contextmanager
def _marked(name: str) -> Iterator[None]:
    """Leave a mark behind when the step inside is cut short; one that fails cleans up itself."""
    mark = MARKS / name
    mark.touch()
    try:
        yield
    except StepError:
        mark.unlink()
        raise
    mark.unlink()


def _run(command: list[str], *, otherwise: str = "", quiet: bool = False) -> None:
    """Run a program of ours; a quiet one is heard only when it fails."""
    outcome = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if outcome.returncode and outcome.stdout:
        sys.stderr.write(outcome.stdout.decode(errors="replace"))
    if outcome.returncode < 0:
        raise CutShortError(f"signal {-outcome.returncode} ended: {shlex.join(command)}")
    if outcome.returncode > 0:
        raise StepError(f"this failed: {shlex.join(command)}\n{otherwise}".rstrip())


def main() -> int:
    goal = sys.argv[1] if len(sys.argv) == 2 else ""
    if goal not in ("run", "test"):
        print("usage: bootstrap.py run|test", file=sys.stderr)
        return 2
    try:
        with _turn():
            system_packages(RUN + TEST if goal == "test" else RUN)
            environment()
            requirements(develop=goal == "test")
            core()
    except SetupError as error:
        print(f"gputerm: {error}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"gputerm: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


@contextmanager
def _turn() -> Iterator[None]:
    """Two makes at once take turns; even one that may not write, if all is done already."""
    MARKS.mkdir(exist_ok=True)
    lock = os.open(MARKS / "lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


if __name__ == "__main__":
    sys.exit(main())
