"""Seeded streams of everything that Terminal knows, damaged here and there, and what must hold.

The pieces come from the tables that also dispatch: FUNCTIONS, MODES, OSC_COMMANDS.
A second process takes the same streams with the other core: the compiled and the interpreted one
must answer alike.
"""

import argparse
import hashlib
import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import interpreted  # noqa: F401  # before gputerm: GPUTERM_INTERPRETED chooses the core
from replies import check_reply

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core import cells, parser
from gputerm.vt.events import Event, Reply
from gputerm.vt.functions.catalogue import FUNCTIONS
from gputerm.vt.functions.osc import OSC_COMMANDS
from gputerm.vt.modes import MODES

#: Whether this process has the interpreted core, whatever was asked for.
INTERPRETED = parser.__file__.endswith(".py")

LINES, COLUMNS, HISTORY = 6, 20, 50
PIECES = 3000  # some 24 KB
TEXTS = (
    "a",
    "word and more ",
    "x" * 30,
    "日本語",
    "e\u0301",
    "👍🏽",
    "👩‍👩‍👧",
    "❤\ufe0f",
    "🇩🇪",
    "\u200d\xad",
    "α─é",
    "☎\ufe0e",
)
NUMBERS = ("", "0", "1", "2", "3", "5", "8", "19", "21", "999", "70000", "99999999999", "4:3", ":")
DESIGNATIONS = "()*+-./"

#: Ends whatever has begun, then RIS.
RESET = b"\x18\x1b\\\x1b%G\x1bc"


def piece(rng: random.Random) -> bytes:
    """One thing a program may say."""
    match rng.randrange(10):
        case 0 | 1 | 2:
            return rng.choice(TEXTS).encode()
        case 3:
            return bytes([rng.choice((7, 8, 9, 10, 10, 13, 13, 14, 15, 27, 24, 0x85, 0x90, 0x9B))])
        case 4 | 5 | 6:
            function = rng.choice(FUNCTIONS)
            if function.kind != "CSI" or rng.random() < 0.3:
                return function.sequence
            prefix = function.key[0] if len(function.key) > 1 and function.key[0] in "<=>?" else ""
            params = ";".join(rng.choice(NUMBERS) for _ in range(rng.randrange(7)))
            return f"\x1b[{prefix}{params}{function.key[len(prefix) :]}".encode()
        case 7:
            mode = rng.choice(MODES)
            return f"\x1b[{'?' if mode.private else ''}{mode.number}{rng.choice('hhl')}".encode()
        case 8:
            command = rng.choice(OSC_COMMANDS)
            payload = rng.choice((command.example, "?", "", "1;?", "#123;x", "\u00e9" * 20))
            return f"\x1b]{command.number};{payload}".encode() + rng.choice((b"\a", b"\x1b\\"))
        case _:
            return f"\x1b{rng.choice(DESIGNATIONS)}{rng.choice('AB0<>4KRZ')}".encode()


def stream(rng: random.Random, pieces: int) -> bytes:
    """Pieces, with one byte in a thousand exchanged, doubled or lost."""
    data = bytearray(b"".join(piece(rng) for _ in range(pieces)))
    for _ in range(len(data) // 1000 + 1):
        at = rng.randrange(len(data))
        data[at : at + 1] = rng.choice((b"", bytes([rng.randrange(256)]), data[at : at + 1] * 2))
    return bytes(data)


def make(seed: int = 0) -> Terminal:
    """Every other seed has wide characters of ambiguous width."""
    options = TerminalOptions(test_reports=True, ambiguous_wide=bool(seed % 2))
    return Terminal(LINES, COLUMNS, options.replace(history=HISTORY))


def feed(terminal: Terminal, data: bytes) -> list[Event]:
    """Feeds, and checks the invariants and what is answered."""
    events = terminal.feed(data)
    terminal.check()
    assert not terminal.take_failures()
    for event in events:
        if isinstance(event, Reply):
            check_reply(event.data, test_reports=True)
    return events


def state(terminal: Terminal) -> str:
    """A digest of what can be seen of a terminal and what governs what comes next."""
    digest = hashlib.sha256()
    top, screen = terminal.screen_top, terminal.screen
    for line in range(terminal.first_line, top + terminal.lines):
        row = terminal.cells(line)
        digest.update(row.tobytes() + bytes([terminal.row_flags(line)]))
        clusters = row[row[:, 0] >= cells.CLUSTER, 0] & cells.CODEPOINT
        for cluster in clusters.tolist():
            digest.update(terminal.cluster_text(cluster).encode())
    digest.update(terminal.palette.values.tobytes())
    facts = (
        *(top - terminal.first_line, terminal.cursor, terminal.titles.window, terminal.titles.icon),
        *(terminal.cursor_style, terminal.level, terminal.eight_bit, terminal.cwd),
        *(sorted(terminal.modes.kept), [getattr(screen, name) for name in _SCREEN_MODES]),
        *(screen.top, screen.bottom, screen.left, screen.right, screen.pending_wrap),
        *(screen.pen.fg, screen.pen.bg, screen.pen.attrs, screen.pen.underline_color),
        *(bytes(screen.charsets), screen.gl, screen.gr, screen.utf8),
        bytes(screen.tab_stops),
        *(terminal.keyboard.modify_other_keys, terminal.keyboard.format_other_keys),
        *(terminal.kitty_flags.flags, terminal.pointers, terminal.sgr_stack),
    )
    digest.update(repr(facts).encode())
    return digest.hexdigest()


_SCREEN_MODES = sorted({mode.screen for mode in MODES if mode.screen})


def check_split(data: bytes, *steps: int, seed: int = 0) -> Terminal:
    """That pieces of these lengths, in an order drawn by `seed`, do what the whole does."""
    rng = random.Random(seed)
    whole, split = make(seed), make(seed)
    feed(whole, data)
    at = 0
    while at < len(data):
        step = rng.choice(steps)
        feed(split, data[at : at + step])
        at += step
    assert state(whole) == state(split), "the split matters"
    return whole


def check_stream(seed: int, pieces: int) -> int:
    """All that must hold for the stream of this seed on one core; its length."""
    data = stream(random.Random(seed), pieces)
    terminal = check_split(data, 1, 2, 3, 7, 50, 400, seed=seed)
    feed(terminal, RESET)
    assert state(terminal) == state(make(seed)), "RIS leaves something"
    return len(data)


def answer(seed: int, pieces: int) -> str:
    """A digest of all that was told and, every 400 bytes, seen of the stream of this seed.

    What is seen lasts for a few hundred bytes only. In between, the window changes its size.
    """
    rng = random.Random(seed)
    data, terminal = stream(rng, pieces), make(seed)
    digest = hashlib.sha256()
    for at in range(0, len(data), 400):
        events = feed(terminal, data[at : at + 400])
        if rng.random() < 0.1:
            terminal.resize(rng.randint(1, 8), rng.randint(1, 30))
            events += terminal.take_events()
        digest.update(f"{events} {state(terminal)}".encode())
    return digest.hexdigest()


def other_core(seed: int, pieces: int) -> Iterator[str]:
    """The answers to the streams of this seed and all that follow, of the core we don't have."""
    env = {
        **os.environ,
        "GPUTERM_INTERPRETED": "" if INTERPRETED else "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, __file__, "--answer", str(pieces), "--seed", str(seed)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                core, digest = line.split()
                assert core == ("compiled" if INTERPRETED else "interpreted"), core
                yield digest
        finally:
            process.kill()


def check_cores(seed: int, pieces: int, others: Iterator[str]) -> None:
    """That the other core's next answer, to the stream of this seed, is ours."""
    assert answer(seed, pieces) == next(others, None), "compiled and interpreted differ"


def tell(seed: int, pieces: int) -> None:
    """Be the other core, until nobody listens."""
    for each in itertools.count(seed):
        digest = answer(each, pieces)
        print("interpreted" if INTERPRETED else "compiled", digest, flush=True)


def run(minutes: float) -> None:
    """Streams to both cores, from where the last run ended."""
    import store

    seed = first = int(store.counters("cores")["next"])
    started = time.monotonic()
    done = 0
    with closing(other_core(seed, PIECES)) as others:
        while time.monotonic() < started + minutes * 60:
            try:
                done += check_stream(seed, PIECES)
                check_cores(seed, PIECES, others)
            except Exception:
                print(f"finding: seed {seed} of {PIECES} pieces", file=sys.stderr)
                raise
            seed += 1
    took = time.monotonic() - started
    store.add("cores", executions=seed - first, seconds=took, next=seed - first, bytes=done)
    sums = store.counters("cores")
    print(
        f"cores: {sums['bytes'] / 1e6:.1f} MB to both in {sums['seconds'] / 60:.1f} min so far",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--answer", type=int, metavar="PIECES")
    arguments = parser.parse_args()
    if arguments.answer:
        tell(arguments.seed, arguments.answer)
    run(arguments.minutes)


if __name__ == "__main__":
    main()
