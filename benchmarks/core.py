"""How fast the core takes bytes: python benchmarks/core.py [--size MB] [--runs N] [--pyte] [NAME …]

Feeds seeded payloads to Parser and Screen, 50 x 200, in the chunks a pty delivers, and prints the
median MB/s of the runs. `--pyte` feeds the same bytes to pyte in the same run, for comparison on
one machine; tests/vt/test_benchmark.py compares the screens. Of `emoji` pyte draws three in a
hundred characters: it drops the rest of a run at the first joiner or variation selector. So its
figure there says how fast it leaves out; `emoji_alone` has none and is drawn by both. Nothing is
drawn on a display; end to end a terminal is as fast as its slowest part.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator

from gputerm.vt.parser import Parser
from gputerm.vt.screen import Screen

LINES, COLUMNS = 50, 200
CHUNK = 1 << 16
WORDS = ["the", "quick", "brown", "fox", "jumps", "over", "lazy", "INFO", "parser:", "connection"]


def ascii_log(rng: random.Random) -> Iterator[bytes]:
    """Log lines of 60 to 120 characters."""
    while True:
        length = rng.randint(60, 120)
        line = f"2026-03-01T12:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}Z "
        while len(line) < length:
            line += rng.choice(WORDS) + " "
        yield line[:length].encode() + b"\r\n"


def dense_cells(rng: random.Random) -> Iterator[bytes]:
    """A colour change, both sides, before every character; the whole screen again and again."""
    while True:
        yield b"\x1b[H"
        for _ in range(LINES * COLUMNS):
            yield b"\x1b[38;5;%d;48;5;%dm%c" % (
                rng.randrange(256),
                rng.randrange(256),
                rng.randint(0x21, 0x7E),
            )


def medium_cells(rng: random.Random) -> Iterator[bytes]:
    """Words in true colour with attributes, placed anywhere."""
    while True:
        yield b"\x1b[%d;%dH\x1b[%d;38;2;%d;%d;%dm%s\x1b[0m" % (
            rng.randint(1, LINES),
            rng.randint(1, COLUMNS),
            rng.choice((1, 3, 4, 7)),
            rng.randrange(256),
            rng.randrange(256),
            rng.randrange(256),
            rng.choice(WORDS).encode(),
        )


def cursor_motion(rng: random.Random) -> Iterator[bytes]:
    """One character between cursor movements."""
    while True:
        yield b"\x1b[%d;%dH%c\x1b[%dC\x1b[%dA" % (
            rng.randint(1, LINES),
            rng.randint(1, COLUMNS),
            rng.randint(0x21, 0x7E),
            rng.randint(1, 9),
            rng.randint(1, 9),
        )


def scrolling(rng: random.Random) -> Iterator[bytes]:
    """Short lines: the scroll dominates."""
    while True:
        yield b"y\r\n"


def scroll_region(rng: random.Random) -> Iterator[bytes]:
    """A pager's region inside a frame."""
    yield b"\x1b[2;%dr\x1b[%d;1H" % (LINES - 1, LINES - 1)
    while True:
        yield rng.choice(WORDS).encode() + b"\r\n"


def cjk(rng: random.Random) -> Iterator[bytes]:
    """Lines of ideographs and kana, two cells each."""
    while True:
        text = "".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(rng.randint(20, 60)))
        yield text.encode() + b"\r\n"


def latin(rng: random.Random) -> Iterator[bytes]:
    """French prose: ASCII with accents in between."""
    words = ["déjà", "vu", "à", "la", "carte", "élève", "où", "garçon", "naïve", "été", "très"]
    while True:
        yield " ".join(rng.choice(words) for _ in range(14)).encode() + b"\r\n"


def emoji(rng: random.Random) -> Iterator[bytes]:
    """Families, flags, skin tones and keycaps among plain emoji. pyte leaves out most of it."""
    clusters = ["😀", "🚀", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "1️⃣", "🏳️‍🌈", "🎉", "é"]
    while True:
        yield "".join(rng.choice(clusters) for _ in range(40)).encode() + b"\r\n"


def emoji_alone(rng: random.Random) -> Iterator[bytes]:
    """Emoji without joiners and variation selectors, which pyte draws whole."""
    clusters = ["😀", "🚀", "🎉", "🌍", "🍕", "🐍", "🔥", "📦", "🧪", "⚡"]
    while True:
        yield "".join(rng.choice(clusters) for _ in range(40)).encode() + b"\r\n"


PAYLOADS: dict[str, Callable[[random.Random], Iterator[bytes]]] = {
    function.__name__: function
    for function in (
        ascii_log,
        dense_cells,
        medium_cells,
        cursor_motion,
        scrolling,
        scroll_region,
        cjk,
        latin,
        emoji,
        emoji_alone,
    )
}


def payload(name: str, size: int) -> bytes:
    """`size` bytes of a payload, a little more to end with a whole piece."""
    data = bytearray()
    for piece in PAYLOADS[name](random.Random(name)):
        data += piece
        if len(data) >= size:
            return bytes(data)
    raise AssertionError("payloads are endless")


def core_seconds(data: bytes) -> float:
    """One run of Parser and Screen."""
    parser = Parser(Screen(LINES, COLUMNS, 10_000))
    chunks = [data[i : i + CHUNK] for i in range(0, len(data), CHUNK)]
    begin = time.perf_counter()
    for chunk in chunks:
        parser.feed(chunk)
    return time.perf_counter() - begin


def pyte_seconds(data: bytes) -> float:
    """One run of pyte with its history."""
    import pyte

    stream = pyte.ByteStream(pyte.HistoryScreen(COLUMNS, LINES, history=10_000))
    begin = time.perf_counter()
    stream.feed(data)
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PAYLOADS))
    parser.add_argument("--size", type=float, default=8, help="MB of each payload")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--pyte", action="store_true", help="compare with pyte (on 0.1 MB)")
    options = parser.parse_args()
    for name in options.names or PAYLOADS:
        data = payload(name, int(options.size * 1e6))
        rates = sorted(len(data) / core_seconds(data) / 1e6 for _ in range(options.runs))
        row = f"{name:14} {statistics.median(rates):8.1f} MB/s  ({rates[0]:.0f} - {rates[-1]:.0f})"
        if options.pyte:
            small = data[:100_000]
            rate = len(small) / min(pyte_seconds(small) for _ in range(3)) / 1e6
            row += f"   pyte {rate:6.2f} MB/s, times {statistics.median(rates) / rate:.0f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
