"""Runs esctest2, George Nachman's and Thomas Dickey's suite, inside gputerm.

    python -m tests.conformance.esctest [--level N] [--window] [--include REGEX] [SUITE]

SUITE is the folder that holds esctest.py, or the environment variable ESCTEST. Without --window the
suite talks to a Terminal through a pty, with an imaginary window that does as it is told; with it,
to a gputerm on a private Xvfb with openbox. Prints what passed; exit code 1 when a test fails that
esctest_known.toml gives no reason for, or one passes that it lists.

The suite is not part of this project: https://github.com/ThomasDickey/esctest2
"""

import argparse
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from gputerm.errors import SpawnError
from gputerm.host import Pty
from gputerm.vt import Terminal, TerminalOptions, WindowFacts, palette
from gputerm.vt import events as vt

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: Levels that the suite's tests are written for.
LEVELS = (4, 5)

#: Versions of xterm: checksums are sums of characters, and the newest reverse wraparound it knows.
CHECKSUM = 334
REVERSE_WRAP = 383

#: The suite takes xterm's colours for granted.
FOREGROUND, BACKGROUND = 0x000000, 0xFFFFFF

#: A suite that says nothing for so long hangs; its own longest pause is a second.
SILENCE = 60.0


@dataclass
class Result:
    """What the suite logged."""

    passed: list[str] = field(default_factory=list)
    known_bugs: list[str] = field(default_factory=list)  #: the suite expects xterm to fail too
    skipped: list[str] = field(default_factory=list)  #: need a higher level
    failed: list[str] = field(default_factory=list)
    complete: bool = False


def parse_log(text: str) -> Result:
    """The result of a run from its log."""
    result = Result()
    for part in re.split(r"^Run test: ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        name = name.partition(".")[2]
        if "*** TEST" in rest:
            result.failed.append(name)
        elif "Fails as expected" in rest:
            result.known_bugs.append(name)
        elif "Skipped because" in rest:
            result.skipped.append(name)
        elif "Passed." in rest:
            result.passed.append(name)
    result.complete = re.search(r"^\*\*\* \d+ tests? passed", text, re.MULTILINE) is not None
    return result


def command(suite: Path, level: int, include: str, log: Path) -> list[str]:
    """argv of the suite. Its options that it documents for xterm without resources."""
    return [
        *(sys.executable, "-W", "ignore", str(suite / "esctest.py")),
        "--expected-terminal=xterm",
        f"--max-vt-level={level}",
        f"--xterm-checksum={CHECKSUM}",
        f"--xterm-reverse-wrap={REVERSE_WRAP}",
        f"--include={include}",
        f"--logfile={log}",
        "--no-print-logs",
        "--options",
        "xtermWinopsEnabled",
    ]


class ImaginaryWindow:
    """Cells of 8 x 16 pixels on a display of 200 x 60 of them, without decorations."""

    CELL_WIDTH, CELL_HEIGHT = 8, 16
    LINES, COLUMNS = 60, 200  # of the display

    def __init__(self, terminal: Terminal, pty: Pty) -> None:
        self._terminal = terminal
        self._pty = pty
        self._position = (0, 0)
        self._iconified = False
        self._fullscreen = False
        self._restored = (terminal.lines, terminal.columns)  # where fullscreen goes back to
        self._clipboard = b""
        self.resized()

    def resized(self) -> None:
        """The terminal has another size."""
        terminal = self._terminal
        height, width = terminal.lines * self.CELL_HEIGHT, terminal.columns * self.CELL_WIDTH
        self._pty.resize(terminal.lines, terminal.columns, width, height)
        terminal.set_window(
            WindowFacts(
                width=width,
                height=height,
                screen_width=self.COLUMNS * self.CELL_WIDTH,
                screen_height=self.LINES * self.CELL_HEIGHT,
                x=self._position[0],
                y=self._position[1],
                iconified=self._iconified,
            )
        )

    def handle(self, event: vt.Event) -> None:
        """Do what the program wants."""
        match event:
            case vt.Reply(data):
                os.write(self._pty.fd, data)
            case vt.ResizeRequest():
                self.resized()
            case vt.ClipboardSet(_, data):
                self._clipboard = data
            case vt.ClipboardQuery():
                os.write(self._pty.fd, self._terminal.clipboard_reply(event, self._clipboard))
            case vt.WindowOperation(name, arguments):
                self._operate(name, arguments)
                self.resized()

    def _operate(self, name: str, arguments: tuple[int | None, ...]) -> None:
        terminal = self._terminal
        match name:
            case "iconify" | "deiconify":
                self._iconified = name == "iconify"
            case "move":
                self._position = (arguments[0] or 0, arguments[1] or 0)
            case "resize_px":
                height, width = arguments
                lines = terminal.lines if height is None else height // self.CELL_HEIGHT
                columns = terminal.columns if width is None else width // self.CELL_WIDTH
                terminal.resize(lines or self.LINES, columns or self.COLUMNS)
            case "maximize" if arguments[0]:
                self._restored = (terminal.lines, terminal.columns)
                terminal.resize(
                    terminal.lines if arguments[0] == 3 else self.LINES,
                    terminal.columns if arguments[0] == 2 else self.COLUMNS,
                )
            case "maximize":
                terminal.resize(*self._restored)
            case "fullscreen":
                wanted = not self._fullscreen if arguments[0] == 2 else bool(arguments[0])
                if wanted and not self._fullscreen:
                    self._restored = (terminal.lines, terminal.columns)
                    terminal.resize(self.LINES, self.COLUMNS)
                elif self._fullscreen and not wanted:
                    terminal.resize(*self._restored)
                self._fullscreen = wanted


def run_headless(argv: list[str]) -> None:
    """Feed what the suite writes to a Terminal, and answer it, until it ends."""
    options = TerminalOptions(test_reports=True, resize_at_once=True)
    terminal = Terminal(25, 80, options=options)
    colors = palette.default_colors()
    colors[palette.FOREGROUND], colors[palette.BACKGROUND] = FOREGROUND, BACKGROUND
    terminal.set_default_palette(colors)
    pty = Pty.spawn(argv, cwd=str(ROOT), env=os.environ, lines=25, columns=80)
    try:
        window = ImaginaryWindow(terminal, pty)
        while select.select([pty.fd], [], [], SILENCE)[0]:
            try:
                data = os.read(pty.fd, 1 << 16)
            except OSError:  # EIO: the suite has ended.
                break
            for event in terminal.feed(data):
                window.handle(event)
    finally:
        pty.close()
        pty.reap()


def run_in_window(argv: list[str], folder: Path) -> None:
    """Run the suite in a gputerm on an Xvfb of its own, until that closes its window."""
    gputerm = [
        *(sys.executable, "-m", "gputerm", "--test-reports"),
        *("-o", "terminal.osc52='CopyPaste'"),
        *("-o", f"colors.primary.foreground='#{FOREGROUND:06x}'"),
        *("-o", f"colors.primary.background='#{BACKGROUND:06x}'"),
        *("-e", *argv),
    ]
    # Nothing is iconified or maximised without a window manager. This one runs its --startup
    # command, without a shell, when it is ready.
    script = f"{shlex.join(gputerm)}; openbox --exit"
    read, write = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = ":" + pipe.readline().strip()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
        "DISPLAY": display,
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_CACHE_HOME": str(folder),
    }
    try:
        subprocess.run(
            ["openbox", "--sm-disable", "--startup", shlex.join(["sh", "-c", script])],
            env=environment,
            cwd=ROOT,
            check=True,
        )
    finally:
        xvfb.terminate()
        xvfb.wait()


def report(result: Result, level: int, *, selected: bool) -> bool:
    """Print the outcome; True when it is as expected. `selected`: only some tests were run."""
    table = tomllib.loads((HERE / "esctest_known.toml").read_text())
    known = {name for name, row in table.items() if row.get("level", level) == level}
    print(
        f"level {level}: {len(result.passed)} passed, {len(result.failed)} failed, "
        f"{len(result.known_bugs)} known bugs of xterm, {len(result.skipped)} need a higher level"
    )
    unexpected = [name for name in result.failed if name not in known]
    listed = sorted(known.intersection(result.passed))
    for name in result.failed:
        print(f"  {'known' if name in known else 'FAILED'}: {name}")
    for name in listed:
        print(f"  PASSES, but is listed as failing: {name}")
    if not result.complete and not selected:
        print("  the suite did not come to its end")
    return not unexpected and not listed and result.complete


def main() -> int:
    parser = argparse.ArgumentParser(description="run esctest2 inside gputerm")
    parser.add_argument("suite", nargs="?", default=os.environ.get("ESCTEST"), metavar="SUITE")
    parser.add_argument("--level", type=int, choices=LEVELS, help="default: each of them")
    parser.add_argument("--window", action="store_true", help="in a window on Xvfb")
    parser.add_argument("--include", default=".*", metavar="REGEX", help="only these tests")
    arguments = parser.parse_args()
    suite = Path(arguments.suite or ".").resolve()
    if not (suite / "esctest.py").is_file():
        print("no esctest.py there: name its folder, or set ESCTEST", file=sys.stderr)
        return 2
    missing = [name for name in ("Xvfb", "openbox") if shutil.which(name) is None]
    if arguments.window and missing:
        print(f"needs {' and '.join(missing)}", file=sys.stderr)
        return 2
    good = True
    for level in (arguments.level,) if arguments.level else LEVELS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            log = folder / "esctest.log"
            argv = command(suite, level, arguments.include, log)
            started = time.monotonic()
            try:
                if arguments.window:
                    run_in_window(argv, folder)
                else:
                    run_headless(argv)
            except SpawnError as error:
                print(error, file=sys.stderr)
                return 2
            text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            good &= report(parse_log(text), level, selected=arguments.include != ".*")
            if keep := os.environ.get("ESCTEST_LOG"):
                shutil.copy(log, f"{keep}.{level}")
            print(f"  {time.monotonic() - started:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
