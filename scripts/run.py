"""What `make run` does: gputerm in a window, or in a picture where no display can be reached."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "build" / "gputerm.png"
# A program that anybody has and that shows colours.
PROGRAM = ("sh", "-c", "uname -sr; echo; ls -l --color=always")


def reachable(address: str | tuple[str, int]) -> bool:
    """Somebody listens there."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def wayland_socket() -> str | None:
    """[wayland.freedesktop.org, wl_display_connect]"""
    name = os.environ.get("WAYLAND_DISPLAY")
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if not name or not (folder or name.startswith("/")):
        return None
    return str(Path(folder or "/", name))


def x_addresses() -> list[str | tuple[str, int]]:
    """Where the X server of $DISPLAY may listen. [X(7), DISPLAY NAMES]"""
    name = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?", os.environ.get("DISPLAY", ""))
    if name is None:
        return []
    number = int(name["number"])
    if name["host"] in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return [path, f"\0{path}"]  # Linux: the server also listens in the abstract namespace.
    return [(name["host"], 6000 + number)]


def has_display() -> bool:
    wayland = wayland_socket()
    addresses = x_addresses() if wayland is None else [wayland, *x_addresses()]
    return any(map(reachable, addresses))


def main() -> int:
    gputerm = [sys.executable, "-m", "gputerm"]
    if has_display():
        return subprocess.call([*gputerm, *sys.argv[1:]])
    print("There is no display to open a window on ($WAYLAND_DISPLAY, $DISPLAY).")
    # What follows -e is the program, wherever it runs; the other arguments are about windows.
    named = sys.argv[sys.argv.index("-e") + 1 :] if "-e" in sys.argv else []
    program = named or PROGRAM
    print(f"Running {shutil.which(program[0]) or program[0]} offscreen instead.")
    PICTURE.parent.mkdir(exist_ok=True)
    picture = str(PICTURE.relative_to(ROOT))
    status = subprocess.call(
        [*gputerm, "render", "--size", "100x30", "--png", picture, "-e", *program], cwd=ROOT
    )
    if status == 0:
        print(f"What it shows is drawn in {picture}")
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
