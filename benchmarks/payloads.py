"""What terminals are given to read. Seeded: each run and each terminal gets the same bytes."""

import random
from collections.abc import Callable, Iterator

LINES, COLUMNS = 50, 200  #: the screen that payloads with positions are for
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
    """Families, flags, skin tones and keycaps among plain emoji."""
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
