"""The terminals that are compared: how each is told its size, font and history, and what it is.

The same 80 × 24 cells, the same font where it can be said, 10,000 lines of history where there is
one, and no settings of the user's. What is not installed is left out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

LINES, COLUMNS = 24, 80
HISTORY = 10_000
FONT, PIXELS, POINTS = "DejaVu Sans Mono", 14, 10.5  #: at 96 dpi; a cell is 8 × 17 pixels
CELL = 8, 17

_XFT = f"{FONT}:pixelsize={PIXELS}"
_FOR_ALACRITTY = [
    *("--config-file", os.devnull),
    *("-o", f"window.dimensions.columns={COLUMNS}", "-o", f"window.dimensions.lines={LINES}"),
    *("-o", f'font.normal.family="{FONT}"', "-o", f"font.size={POINTS}"),
    *("-o", f"scrolling.history={HISTORY}"),
]

#: Each command line wants a program with its arguments at its end.
TERMINALS = {
    "gputerm": [sys.executable, "-P", "-m", "gputerm", *_FOR_ALACRITTY, "-e"],
    "alacritty": ["alacritty", *_FOR_ALACRITTY, "-e"],
    "kitty": [
        *("kitty", "--config", "NONE", "-o", "remember_window_size=no"),
        *("-o", f"initial_window_width={COLUMNS}c", "-o", f"initial_window_height={LINES}c"),
        *("-o", f"font_family={FONT}", "-o", f"font_size={POINTS}"),
        *("-o", f"scrollback_lines={HISTORY}", "-o", "update_check_interval=0"),
    ],
    "foot": [
        *("foot", "--config", os.devnull, "-o", f"font={_XFT}", "-o", "pad=0x0"),
        *("-o", f"scrollback.lines={HISTORY}"),
    ],
    "xterm": ["xterm", "-fa", _XFT, "+sb", "-sl", str(HISTORY), "-e"],
    "urxvt": ["urxvt", "-fn", f"xft:{_XFT}", "-letsp", "-1", "+sb", "-sl", str(HISTORY), "-e"],
    "st": ["st", "-f", _XFT, "-e"],
    "zutty": [
        *("zutty", "-font", FONT.replace(" ", ""), "-fontsize", str(PIXELS)),
        *("-saveLines", str(HISTORY), "-quiet", "-e"),
    ],
}
WAYLAND_ONLY = {"foot"}  #: shown by weston, whose output is a window: that costs a copy

#: Where the version isn't asked for by --version.
_ASK = {"xterm": "-version", "urxvt": "--help", "st": "-v", "zutty": "-help"}


def installed(names: Iterable[str] = ()) -> list[str]:
    """Those of `names` (none: of all) that can be started here."""
    wanted = list(names) or list(TERMINALS)
    found = [name for name in wanted if shutil.which(TERMINALS[name][0])]
    if shutil.which("weston") is None:
        found = [name for name in found if name not in WAYLAND_ONLY]
    return found


def versions(names: Iterable[str]) -> list[str]:
    """What the peers among them call themselves."""
    told = []
    for name in names:
        if name == "gputerm":
            continue
        command = [TERMINALS[name][0], _ASK.get(name, "--version")]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10)
        words = (answer.stdout or answer.stderr).split()
        number = next((word for word in words if any(map(str.isdigit, word))), "of unknown version")
        number = number.strip("()v,:").removeprefix("XTerm(")
        told.append(number if name in number else f"{name} {number}")
    return told
