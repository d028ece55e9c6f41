"""gputerm.testing beside its peers: make driving [ARGS='--runs 5']

Prints Markdown tables. Programs under test are driven by gputerm, tui-test, pexpect with pyte, and
tmux: the same four tests in each (four_tests/), what each gets right of a few things that terminals
do, what a session, a wait and a picture take, and a hundred tests with pytest, alone and with
`-n 2`. Tools take turns, so that a busy machine is busy for all of them.

`--flakes 200` instead runs a script of thirty steps through vim, htop and less (fzf, where there is
one) so often, while eight processes compute, and counts what fails.
"""

import argparse
import asyncio
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TESTS = HERE / "four_tests"
NAMES = {
    "gputerm": "with_gputerm",
    "tui-test": "with_tui_test",
    "pexpect, pyte": "with_pexpect",
    "tmux": "with_tmux",
}
FOUR = ("curses", "htop", "textual", "vim")

ANSWERS = 'printf ready; while read line; do printf "got %s.\\n" "$line"; done'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tests", type=int, default=100, help="of spawn, type, wait, picture")
    parser.add_argument("--flakes", type=int, default=0, metavar="RUNS")
    options = parser.parse_args()
    sys.path.insert(0, str(TESTS))
    if options.flakes:
        raise SystemExit(flakes(options.flakes))
    four_tests(options.runs)
    facts()
    costs(options.runs)
    hundred(options.tests)


def table(head: list[str], rows: list[list[str]]) -> None:
    print(f"\n| {' | '.join(head)} |\n|---|{'---:|' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


# ── the same four tests ──────────────────────────────────────────────────────────────────────────


def four_tests(runs: int) -> None:
    """Seconds for each test, how often it passed, and how long the file is."""
    took: dict[tuple[str, str], list[float]] = {}
    passed: dict[tuple[str, str], int] = {}
    why: dict[tuple[str, str], str] = {}
    for _ in range(runs):
        for name, module in NAMES.items():
            tests = importlib.import_module(module)
            for one in FOUR:
                started = time.monotonic()
                try:
                    with tempfile.TemporaryDirectory() as folder:
                        getattr(tests, f"test_{one}")(str(TESTS), folder)
                    passed[name, one] = passed.get((name, one), 0) + 1
                except (Exception, SystemExit) as error:
                    why[name, one] = f"{type(error).__name__}: {str(error).splitlines()[:1]}"
                took.setdefault((name, one), []).append(time.monotonic() - started)
    rows = []
    for name, module in NAMES.items():
        cells = [
            f"{statistics.median(took[name, one]):.2f} s, {passed.get((name, one), 0)}/{runs}"
            for one in FOUR
        ]
        total = sum(statistics.median(took[name, one]) for one in FOUR)
        rows.append([name, str(lines_of(TESTS / f"{module}.py")), *cells, f"{total:.2f} s"])
    table(["", "lines", *FOUR, "together"], rows)
    for (name, one), reason in why.items():
        print(f"- {name}, {one}: {reason}")


def lines_of(file: Path) -> int:
    """Without blank lines and its first docstring."""
    return sum(1 for line in file.read_text().splitlines() if line.strip()) - 1


# ── the tools, as far as costs and facts need them ───────────────────────────────────────────────


class Gputerm:
    def __init__(self, *command: str) -> None:
        from gputerm.testing import Session

        self.session = Session(*command, fonts="system")  # which have emoji

    def type(self, text: str) -> None:
        self.session.type(text)

    def wait(self, text: str) -> None:
        self.session.wait(text)

    def picture(self) -> bytes | None:
        return self.session.png()

    def press_down(self) -> None:
        self.session.press("Down")

    def screen(self) -> str:
        return self.session.screen

    def underline(self) -> str:
        return str(self.session.style("wavy").underline)

    def close(self) -> None:
        self.session.close()


class TuiTest:
    loop = asyncio.new_event_loop()

    def __init__(self, *command: str) -> None:
        from tui_test import TuiTest

        self.terminal = TuiTest.ephemeral()
        self.do(self.terminal.run(*command))
        self.folder = tempfile.TemporaryDirectory()

    def do(self, awaitable: Any) -> Any:
        return self.loop.run_until_complete(awaitable)

    def type(self, text: str) -> None:
        if text.endswith("\n"):
            self.do(self.terminal.submit(text[:-1]))
        else:
            self.do(self.terminal.type(text))

    def wait(self, text: str) -> None:
        self.do(self.terminal.get_by_text(text).first().expect())

    def picture(self) -> bytes | None:
        file = os.path.join(self.folder.name, "picture.png")
        self.do(self.terminal.screenshot(file))
        return Path(file).read_bytes()

    def press_down(self) -> None:
        self.do(self.terminal.press("Down"))

    def screen(self) -> str:
        text: str = self.do(self.terminal.text())
        return text

    def underline(self) -> str:
        return str(self.do(self.terminal.cells(0, 0))[0].underline_style)

    def close(self) -> None:
        self.do(self.terminal.close_quiet())
        self.folder.cleanup()


class Pexpect:
    def __init__(self, *command: str) -> None:
        self.terminal = importlib.import_module("with_pexpect").Terminal(*command)

    def type(self, text: str) -> None:
        self.terminal.child.send(text.replace("\n", "\r"))

    def wait(self, text: str) -> None:
        self.terminal.wait(text)

    def picture(self) -> bytes | None:
        return None

    def press_down(self) -> None:
        self.type("\x1b[B")  # what one sends who doesn't know the mode

    def screen(self) -> str:
        while self.terminal.pump(0.1):
            pass
        return "\n".join(self.terminal.screen.display)

    def underline(self) -> str:
        self.screen()
        return "yes" if self.terminal.screen.buffer[0][0].underscore else "no"

    def close(self) -> None:
        self.terminal.child.close(force=True)


class Tmux:
    def __init__(self, *command: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        terminal = importlib.import_module("with_tmux").Terminal
        self.terminal = terminal(*command, folder=self.folder.name)

    def type(self, text: str) -> None:
        self.terminal.keys("-l", text.rstrip("\n"))
        if text.endswith("\n"):
            self.terminal.keys("Enter")

    def wait(self, text: str) -> None:
        self.terminal.wait(text)

    def picture(self) -> bytes | None:
        return None

    def press_down(self) -> None:
        self.terminal.keys("Down")

    def screen(self) -> str:
        text: str = self.terminal.text()
        return text

    def underline(self) -> str:
        text = self.terminal.text("-e").splitlines()[0]
        return "curly" if "4:3" in text else "single" if "\x1b[4m" in text else "no"

    def close(self) -> None:
        self.terminal.tmux("kill-server")
        self.folder.cleanup()


TOOLS: dict[str, Callable[..., Any]] = {
    "gputerm": Gputerm,
    "tui-test": TuiTest,
    "pexpect, pyte": Pexpect,
    "tmux": Tmux,
}


@contextmanager
def opened(name: str, *command: str) -> Iterator[Any]:
    tool = TOOLS[name](*command)
    try:
        yield tool
    finally:
        with suppress(Exception):
            tool.close()


# ── what each gets right ─────────────────────────────────────────────────────────────────────────

#: Writes text, asks where the cursor is, and says the column: what the terminal takes it to be.
WIDTH = """
import os, re, sys, termios, tty
tty.setraw(0)
os.write(1, (sys.argv[1] + "\\x1b[6n").encode())
answer = b""
while not answer.endswith(b"R"): answer += os.read(0, 99)
os.write(1, b"\\r\\n\\ncolumns=%d." % (int(re.search(rb";([0-9]+)R", answer)[1]) - 1))
os.read(0, 99)
"""
KEY = """
import os, tty
tty.setraw(0)
os.write(1, b"\\x1b[?1hready")
os.write(1, b"\\r\\nkey=%s." % os.read(0, 99).hex().encode())
os.read(0, 99)
"""
WAVY = r"printf '\033[4:3;58;2;255;0;0mwavy\033[m'; read x"
EMOJI = r"printf 'a 👩‍👩‍👧 ✅'; read x"
#: The word is on the screen already, and is echoed; nothing new comes.
STALE = 'printf "old MARK\\n"; read x; sleep 9'
ENDS = "echo bye; exit 3"

EXPECTED = {
    "↓ in application mode": "1b4f42",
    **{f"columns of {text}": "2" for text in ("👩‍👩‍👧", "👍🏽", "❤️", "🇩🇪")},
    "curly underline": "curly",
    "a red curly underline in the picture": "red",
    "picture with emoji": "yes",
    "a wait for MARK, typed again": "no",
    "a wait after the end": "ends",
}


def facts() -> None:
    """What each says of a few things; what is expected is in the second column."""
    rows = []
    for what, expected in EXPECTED.items():
        row = [what, expected]
        for name in TOOLS:
            try:
                row.append(fact(name, what))
            except Exception as error:
                row.append(f"{type(error).__name__}: {(str(error) or '-').splitlines()[0][:60]}")
        rows.append(row)
    table(["", "expected", *TOOLS], rows)


def fact(name: str, what: str) -> str:
    if what.startswith("↓"):
        with opened(name, sys.executable, "-c", KEY) as tool:
            tool.wait("ready")
            tool.press_down()
            tool.wait("key=")
            return tool.screen().partition("key=")[2].partition(".")[0]
    if what.startswith("columns of "):
        with opened(name, sys.executable, "-c", WIDTH, what.rpartition(" ")[2]) as tool:
            tool.wait("columns=")
            return tool.screen().partition("columns=")[2].partition(".")[0]
    if what == "curly underline":
        with opened(name, "sh", "-c", WAVY) as tool:
            tool.wait("wavy")
            return str(tool.underline())
    if what.startswith("a red"):
        with opened(name, "sh", "-c", WAVY) as tool:
            tool.wait("wavy")
            return color_of(tool.picture())
    if what == "picture with emoji":
        with opened(name, "sh", "-c", EMOJI) as tool:
            tool.wait("a ")
            return "yes" if tool.picture() else "no pictures"
    if what.startswith("a wait for MARK"):
        return stale(name)
    with opened(name, "sh", "-c", ENDS) as tool:
        started = time.monotonic()
        with suppress(Exception, AssertionError):
            tool.wait("never")
        return "ends" if time.monotonic() - started < 1 else "waits on"


def color_of(png: bytes | None) -> str:
    """Whether there is pure red in it (a drawn window's buttons are of a paler one)."""
    from gputerm.render.png import decode_png

    if png is None:
        return "no pictures"
    pixels = decode_png(png).astype(int)
    red = (pixels[..., 0] > 200) & (pixels[..., 1] < 40) & (pixels[..., 2] < 40)
    return "red" if red.any() else "not red"


def stale(name: str) -> str:
    """Whether a wait is content with what stood there, or with the echo of what was typed."""
    with opened(name, "sh", "-c", STALE) as tool:
        tool.wait("MARK")
        tool.type("MARK\n")
        started = time.monotonic()
        try:
            if isinstance(tool, Gputerm):
                tool.session.wait("MARK", timeout=1)
            else:
                tool.wait("MARK")
        except Exception:
            return "no"
        return "content" if time.monotonic() - started < 1 else "late"


# ── what things take ─────────────────────────────────────────────────────────────────────────────


def costs(runs: int) -> None:
    """Milliseconds: a session from its start to its first text and its end; a line typed until its
    answer is seen; a picture. Medians, and ratios to gputerm's."""
    opening: dict[str, list[float]] = {name: [] for name in TOOLS}
    answering: dict[str, list[float]] = {name: [] for name in TOOLS}
    drawing: dict[str, list[float]] = {name: [] for name in TOOLS}
    for _ in range(runs * 4):
        for name in TOOLS:
            started = time.monotonic()
            with opened(name, "sh", "-c", ANSWERS) as tool:
                tool.wait("ready")
                ready = time.monotonic()
                for number in range(5):
                    before = time.monotonic()
                    tool.type(f"{number}\n")
                    tool.wait(f"got {number}.")
                    answering[name].append(time.monotonic() - before)
                before = time.monotonic()
                if tool.picture():
                    drawing[name].append(time.monotonic() - before)
                last = time.monotonic()
            opening[name].append(ready - started + time.monotonic() - last)
    rows = []
    for what, samples in (
        ("opening and closing", opening),
        ("a line and its answer", answering),
        ("a picture", drawing),
    ):
        own = statistics.median(samples["gputerm"])
        row = [what]
        for name in TOOLS:
            if not samples[name]:
                row.append("–")
                continue
            middle = statistics.median(samples[name])
            row.append(f"{middle * 1000:.1f} ms ({middle / own:.2f})")
        rows.append(row)
    table(["", *TOOLS], rows)


# ── a hundred tests ──────────────────────────────────────────────────────────────────────────────

HUNDRED = """
import sys
import pytest

sys.path[:0] = [{here!r}, {tests!r}]
import driving

@pytest.mark.parametrize("number", range({count}))
def test_one(number):
    with driving.opened({name!r}, "sh", "-c", driving.ANSWERS) as tool:
        tool.wait("ready")
        tool.type(f"{{number}}\\n")
        tool.wait(f"got {{number}}.")
        assert tool.picture()
"""


def hundred(count: int) -> None:
    """Seconds for pytest as a whole."""
    rows = []
    for arguments in ((), ("-p", "xdist", "-n", "2")):
        took = {}
        for name in ("gputerm", "tui-test"):
            with tempfile.TemporaryDirectory() as folder:
                text = HUNDRED.format(here=str(HERE), tests=str(TESTS), count=count, name=name)
                Path(folder, "test_hundred.py").write_text(text)
                started = time.monotonic()
                result = subprocess.run(
                    [sys.executable, "-m", "pytest", "-q", *arguments],
                    cwd=folder,
                    env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
                    capture_output=True,
                    text=True,
                )
                took[name] = time.monotonic() - started
            if result.returncode:
                print(f"- {name} {' '.join(arguments)}: {result.stdout.splitlines()[-1]}")
        ratio = took["gputerm"] / took["tui-test"]
        how = " ".join(arguments[-2:]) or "alone"
        rows.append([how, f"{took['gputerm']:.1f} s", f"{took['tui-test']:.1f} s", f"{ratio:.2f}"])
    table([f"{count} tests with pictures", "gputerm", "tui-test", "ratio"], rows)


# ── does it flake? ───────────────────────────────────────────────────────────────────────────────


def flakes(runs: int) -> int:
    """How many of so many runs fail, beside eight processes that compute; 1 if any."""
    from thirty_steps import thirty_steps

    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    failed = 0
    started = time.monotonic()
    try:
        for number in range(1, runs + 1):
            with tempfile.TemporaryDirectory() as folder:
                try:
                    thirty_steps(folder)
                except Exception as error:
                    failed += 1
                    print(f"run {number}: {error}", flush=True)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    print(f"{failed} of {runs} failed, {(time.monotonic() - started) / runs:.2f} s each")
    return int(failed > 0)


if __name__ == "__main__":
    main()
