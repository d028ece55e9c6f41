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
from tests.conformance.headless import BACKGROUND, FOREGROUND, run_headless

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: Levels that the suite's tests are written for.
LEVELS = (4, 5)

#: Versions of xterm: checksums are sums of characters, and the newest reverse wraparound it knows.
CHECKSUM = 334
REVERSE_WRAP = 383


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
                    run_headless(argv, ROOT, os.environ)
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
