"""One seeded stream of bytes, fed compiled and interpreted, in any split, gives one answer."""

import hashlib
import os
import random
import subprocess
import sys

import numpy as np
import pytest

PIECES = (
    "a", "word ", "x" * 15, "日本", "e\u0301", "👍🏽", "❤\ufe0f", "🇩🇪", "\u0301", "\u200d", "\xad",
    "\r", "\n", "\r\n", "\b", "\t", "\v", "\x0e", "\x0f", "\x1b7", "\x1b8", "\x1bD", "\x1bE",
    "\x1bM", "\x1bH", "\x1b6", "\x1b9", "\x1b(0", "\x1b(B", "\x1b)0", "\x1b#8", "\x1bN", "\x1bV",
    "\x1bW", "\x85", "\x9b", "\x1b[", "\x1b]0;t\a", "\x1bP1q\x1b\\", "\x18", "\x1b",
)  # fmt: skip
FINALS = "@ABCDEFGHIJKLMPSTXZ`abdefgrsu"
MODES = (4, 6, 7, 20, 25, 45, 69, 1045, 1047, 1049, 2026, 2027, 47, 1048)


def stream(seed, length=400):
    """Bytes that mean something, with some that don't."""
    rng = random.Random(seed)
    parts = []
    for _ in range(length):
        match rng.randrange(10):
            case 0 | 1 | 2 | 3:
                parts.append(rng.choice(PIECES).encode())
            case 4 | 5 | 6:
                params = [
                    str(rng.choice((0, 1, 2, 3, 5, 9, 70000))) for _ in range(rng.randrange(4))
                ]
                inner = rng.choice(("", "", "", "", " ", "'", '"', "?"))
                if inner == "?":
                    parts.append(f"\x1b[?{';'.join(params)}{rng.choice('JK')}".encode())
                else:
                    final = {" ": "@A", "'": "}~", '"': "q"}.get(inner, FINALS)
                    parts.append(f"\x1b[{';'.join(params)}{inner}{rng.choice(final)}".encode())
            case 7:
                params = ";".join(
                    str(rng.choice((0, 1, 3, 4, 7, 31, 44, 38, 5, 2, 48, 58, 99, 200)))
                    for _ in range(rng.randrange(6))
                )
                parts.append(f"\x1b[{params}m".encode())
            case 8:
                mode = rng.choice(MODES)
                mark = "" if mode in (4, 20) else "?"
                parts.append(f"\x1b[{mark}{mode}{rng.choice('hl')}".encode())
            case 9:
                parts.append(bytes(rng.randrange(256) for _ in range(rng.randrange(4))))
    return b"".join(parts)


def digest(term):
    """Everything that can be seen of a screen."""
    screen = term.screen
    seen = hashlib.sha256()
    for grid in (screen.primary, screen.alternate):
        cells = grid.array[grid.index].copy()
        # Indices of clusters depend on when the table was swept; their text does not.
        for line, column in np.argwhere(cells[:, :, 0] >> 31 != 0):
            seen.update(screen.clusters.text(int(cells[line, column, 0]) & 0x1FFFFF).encode())
        seen.update(cells.tobytes() + grid.row_flags[grid.index].tobytes())
    for line in range(screen.first_line, screen.screen_top):
        seen.update(screen.history.cells(line).tobytes())
        seen.update(bytes([screen.history.flags(line)]))
    state = (
        screen.line, screen.column, screen.pending_wrap, screen.top, screen.bottom, screen.left,
        screen.right, screen.pen.fg, screen.pen.bg, screen.pen.attrs, screen.origin, screen.gl,
        screen.is_alternate, screen.tab_stops.tolist(), screen.first_line, screen.screen_top,
        [int(c) for c in screen.extras.underline_colors[:20]],
    )  # fmt: skip
    seen.update(repr(state).encode())
    return seen.hexdigest()


def play(make_term, seed, chunk=None):
    """Feeds a stream, with resizes in between."""
    rng = random.Random(seed)
    term = make_term(rng.randint(1, 8), rng.randint(1, 20), history=rng.choice((0, 5, 1000)))
    for part in range(3):
        data = stream(seed * 10 + part)
        for i in range(0, len(data), chunk or len(data)):
            term.feed(data[i : i + (chunk or len(data))])
        term.screen.resize(rng.randint(1, 8), rng.randint(1, 20))
        term.screen.check()
    return digest(term)


SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_split_gives_the_same_screen(make_term, seed):
    whole = play(make_term, seed)
    assert play(make_term, seed, chunk=7) == whole
    assert play(make_term, seed, chunk=1) == whole


def test_compiled_and_interpreted_give_the_same_screen(make_term):
    digests = [play(make_term, seed) for seed in SEEDS]
    other = {
        **os.environ,
        "GPUTERM_INTERPRETED": "" if os.environ.get("GPUTERM_INTERPRETED") else "1",
    }
    result = subprocess.run(
        [sys.executable, __file__], env=other, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == digests


if __name__ == "__main__":
    from pathlib import Path

    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    from conftest import Term

    for number in SEEDS:
        print(play(Term, number))
