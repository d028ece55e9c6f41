"""Random programs to gputerm's core and to those of others: who else sees the same screen?

    oracles.py [--minutes N] [--seed N] [--show N]

Peers: ghostty's core by pyghostty; Alacritty's, Rio's, xterm.js's and ghostty's by tui-test, on a
pty. Programs come by family, since terminals agree on most of some families and on little of
others. Told are the share of programs after which the texts on the screen and the cursor are equal,
for each peer, and, made small, those where all peers agree with each other and not with us: that is
a mistake of ours or a decision that has to be known. `make oracles` installs what this needs.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gputerm.vt import Terminal, TerminalOptions

LINES, COLUMNS = 8, 20


class Seen(NamedTuple):
    """What a terminal shows after a program."""

    cursor: tuple[int, int]  #: column, line
    text: tuple[str, ...]  #: each line without blanks at its end


def _csi(rng: random.Random, finals: str, most: int = 25) -> str:
    count = rng.randrange(3)
    return "\x1b[" + ";".join(str(rng.randrange(most)) for _ in range(count)) + rng.choice(finals)


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("abcdefghij ") for _ in range(rng.randrange(1, 30)))


def _move(rng: random.Random) -> str:
    return rng.choice(
        (_csi(rng, "ABCDEFGHdf`ae"), "\r", "\n", "\b", "\t", "\x1bM", "\x1bD", "\x1bE")
    )


#: Family -> one thing that its programs say.
FAMILIES: dict[str, Callable[[random.Random], str]] = {
    "text": lambda rng: rng.choice((_word(rng), "\r\n", "\r", "\n", "\b", "x" * 45)),
    "motion": lambda rng: rng.choice((_word(rng), _move(rng), _move(rng))),
    "tabs": lambda rng: rng.choice(
        (
            _word(rng)[:5],
            "\t",
            "\x1bH",
            _csi(rng, "IZ", 4),
            _csi(rng, "G"),
            "\x1b[g",
            "\x1b[3g",
            "\r",
        )
    ),
    "erase": lambda rng: rng.choice(
        (_word(rng), _csi(rng, "H"), f"\x1b[{rng.randrange(3)}{rng.choice('JK')}", _csi(rng, "X"))
    ),
    "edit": lambda rng: rng.choice(
        (_word(rng), _csi(rng, "H"), _csi(rng, "@PLM", 6), "\x1b[4h", "\x1b[4l")
    ),
    "margins": lambda rng: rng.choice(
        (
            *(
                _word(rng),
                _csi(rng, "H"),
                _csi(rng, "STLM", 6),
                "\n",
                "\x1bM",
                "\x1b[?6h",
                "\x1b[?6l",
            ),
            f"\x1b[{rng.randrange(1, 5)};{rng.randrange(5, 9)}r",
        )
    ),
    "wrap": lambda rng: rng.choice(
        (
            _word(rng) * 2,
            "\x1b[?7l",
            "\x1b[?7h",
            _csi(rng, "CDG"),
            "\b",
            "\x1b[K",
            "\r\n",
            "\x1b[1K",
        )
    ),
    "alternate": lambda rng: rng.choice(
        (
            _word(rng),
            "\x1b[?1049h",
            "\x1b[?1049l",
            "\x1b7",
            "\x1b8",
            _csi(rng, "H"),
            "\x1b[2J",
            "\r\n",
        )
    ),
    "wide": lambda rng: rng.choice(
        (
            _word(rng)[:6],
            "日本語",
            "한국",
            "漢",
            _csi(rng, "GCD"),
            _csi(rng, "@PX", 4),
            "\b",
            "\r\n",
            "\x1b[K",
        )
    ),
    "clusters": lambda rng: rng.choice(
        (
            "e\u0301",
            "ab",
            "👍🏽",
            "👩‍👩‍👧",
            "❤\ufe0f",
            "🇩🇪",
            "각",
            "\r\n",
            _csi(rng, "G"),
            "☎\ufe0e",
            "#\ufe0f\u20e3",
        )
    ),
    "charsets": lambda rng: rng.choice(
        (_word(rng), "\x1b(0", "\x1b(B", "\x1b)0", "\x0e", "\x0f", "lqk", "\r\n")
    ),
    "repeat": lambda rng: rng.choice(
        (_word(rng)[:8], _csi(rng, "b"), _csi(rng, "H"), "漢", "\r\n")
    ),
}


def program(family: str, rng: random.Random) -> list[str]:
    """Begins with mode 2027, or ghostty's core doesn't join clusters."""
    return ["\x1b[?2027h"] * (family == "clusters") + [
        FAMILIES[family](rng) for _ in range(rng.randrange(2, 25))
    ]


# ── the terminals ────────────────────────────────────────────────────────────────────────────────


def _seen(cursor: tuple[int, int], lines: list[str]) -> Seen:
    text = [line.rstrip() for line in lines][:LINES]
    return Seen(cursor, tuple(text + [""] * (LINES - len(text))))


class Ours:
    name = "gputerm"

    def show(self, data: bytes) -> Seen:
        terminal = Terminal(LINES, COLUMNS, TerminalOptions(history=100))
        terminal.feed(data)
        line, column = terminal.cursor
        top = terminal.screen_top
        return _seen((column, line), [terminal.line_text(top + i) for i in range(LINES)])

    def close(self) -> None:
        pass


class Ghostty:
    name = "ghostty (pyghostty)"

    def __init__(self) -> None:
        import pyghostty

        self._make = pyghostty.Terminal

    def show(self, data: bytes) -> Seen:
        with self._make(cols=COLUMNS, rows=LINES) as terminal:
            terminal.feed(data)
            column, line = terminal.cursor
            return _seen((column, line), terminal.text().split("\n"))

    def close(self) -> None:
        pass


#: Resets the terminal and writes a file, whose name it is told, then the title that it is told.
PLAYER = r"""
import os, sys, termios, threading, tty
tty.setraw(0)
def swallow():
    while os.read(0, 4096): pass
threading.Thread(target=swallow, daemon=True).start()
for line in open(sys.argv[1]):
    number, path = line.split()
    data = b"\x18\x1b\\\x1bc\x1b[3J" + open(path, "rb").read()
    data += b"\x1b]2;%s\x1b\\" % number.encode()
    while data: data = data[os.write(1, data):]
"""


class Backend:
    """One of tui-test's cores, with the player on its pty."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = f"{name} (tui-test)"
        self._backend, self._folder = name, folder
        self._loop = asyncio.new_event_loop()
        self._number = 0
        self.died = 0  #: how often
        self._start()

    def _start(self) -> None:
        from tui_test import TuiTest

        self._file = self._folder / f"{self._backend}-{self.died}"
        fifo = self._file.with_suffix(".fifo")
        os.mkfifo(fifo)
        self._session: Any = TuiTest.ephemeral(backend=self._backend)
        program = sys.executable, "-S", "-c", PLAYER, str(fifo)
        self._run(self._session.run(*program, cols=COLUMNS, rows=LINES))
        self._commands = open(fifo, "w")  # noqa: SIM115

    def _run(self, awaitable: Any) -> Any:
        return self._loop.run_until_complete(awaitable)

    def show(self, data: bytes) -> Seen | None:
        """None when the core dies of it; another one takes its place."""
        from tui_test.errors import TuiTestError

        try:
            return self._show(data)
        except (TuiTestError, TimeoutError):
            self.close()
            self.died += 1
            self._start()
            return None

    def _show(self, data: bytes) -> Seen:
        self._number += 1
        self._file.write_bytes(data)
        self._commands.write(f"{self._number} {self._file}\n")
        self._commands.flush()
        end = time.monotonic() + 20
        while self._run(self._session.get_title()) != str(self._number):
            if time.monotonic() > end:
                raise TimeoutError(f"{self.name} doesn't answer")
            time.sleep(0.001)
        cursor = self._run(self._session.get_cursor())
        text = self._run(self._session.text())
        return _seen((cursor["x"], cursor["y"]), text.split("\n"))

    def close(self) -> None:
        self._commands.close()
        self._run(self._session.close_quiet())


# ── comparing ────────────────────────────────────────────────────────────────────────────────────


def alone(ours: Any, peers: list[Any], said: list[str]) -> bool:
    """Whether all peers see the same, and we something else."""
    data = "".join(said).encode()
    others = {peer.show(data) for peer in peers} - {None}
    return len(others) == 1 and ours.show(data) not in others


def shrink(said: list[str], holds: Callable[[list[str]], bool]) -> list[str]:
    """Fewer pieces for which it holds all the same."""
    at = 0
    while at < len(said):
        less = said[:at] + said[at + 1 :]
        if less and holds(less):
            said = less
        else:
            at += 1
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description="compare the core with those of others")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=3, help="examples for each family")
    parser.add_argument("families", nargs="*", default=[], choices=[[], *FAMILIES])
    arguments = parser.parse_args()
    families = arguments.families or list(FAMILIES)
    ours = Ours()
    with tempfile.TemporaryDirectory(prefix="oracles") as folder:
        peers: list[Any] = [Ghostty()]
        for name in ("alacritty", "rio", "xtermjs", "ghostty"):
            try:
                peers.append(Backend(name, Path(folder)))
            except Exception as error:
                print(f"{name} is left out: {error!r:.200}", file=sys.stderr)
        equal: Counter[tuple[str, str]] = Counter()
        tried: Counter[str] = Counter()
        examples: dict[str, list[str]] = {family: [] for family in families}
        seed = arguments.seed
        end = time.monotonic() + 60 * arguments.minutes
        while time.monotonic() < end:
            for family in families:
                said = program(family, random.Random(f"{family} {seed}"))
                data = "".join(said).encode()
                mine, others = ours.show(data), [peer.show(data) for peer in peers]
                tried[family] += 1
                for peer, seen in zip(peers, others, strict=True):
                    equal[family, peer.name] += seen == mine
                if len(set(others) - {None}) == 1 and mine not in others:
                    equal[family, "alone"] += 1
                    if len(examples[family]) < arguments.show:
                        small = shrink(said, lambda less: alone(ours, peers, less))
                        if (note := repr("".join(small))) not in examples[family]:
                            examples[family].append(note)
            seed += 1
        for peer in peers:
            peer.close()
    print(f"programs with equal screens, of {sum(tried.values())}; next seed {seed}")
    for peer in peers:
        if getattr(peer, "died", 0):
            print(f"  {peer.name} died {peer.died} times")
    for family in families:
        shares = ", ".join(
            f"{peer.name} {100 * equal[family, peer.name] / max(tried[family], 1):.0f} %"
            for peer in peers
        )
        print(f"  {family:10} {shares}; alone against all: {equal[family, 'alone']}")
        for note in examples[family]:
            print(f"             {note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
