"""What programs of the fuzzer are made of: numbers, texts and introducers, in all their spellings.

Where text is the program's to choose it holds TAINT, so that a reply that repeats it is seen.
"""

import random
from collections.abc import Sequence

#: Occurs in nothing that the terminal says of itself, whether plain, in hexadecimal or in base64.
TAINT = "Zq9J"

TAINT_HEX = TAINT.encode().hex()
TAINT_BASE64 = "WnE5Sg=="

TEXTS = (
    *("a", "word and more ", "x" * 30, "日本語", "e\u0301", "👍🏽", "👩‍👩‍👧", "❤\ufe0f", "🇩🇪"),
    *(
        "\u200d\xad",
        "α─é",
        "☎\ufe0e",
        "\u0301",
        "🇩",
        "\ufe0f",
        "각",
        "ก็",
        "क्ष",
        "\u202e",
        "\U0010ffff",
        "⌚",
        "⌚\ufe0e",
    ),
)

# Around what is special to a byte, a limit of ours, or an integer of C.
EDGES = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 19, 20, 21, 24, 31, 32, 33, 63, 64, 65, 80, 100, 132),
    *(127, 128, 159, 160, 255, 256, 257, 260, 261, 266, 267, 271, 272, 999, 1000, 1001, 2000, 2001),
    *(32767, 32768, 65534, 65535, 65536, 99999, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**63, 10**30),
)
LENGTHS = (
    *(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 249, 250, 251),
    *(255, 256, 257, 1023, 1024, 1025, 2083, 2084, 4095, 4096, 4097),
)
LONG = (16_384, 65_536, 65_537, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 20) + 2)

ENDS = (b"\a", b"\x1b\\", b"\x9c", b"\xc2\x9c", b"\x18", b"\x1a", b"\x1b", b"")


def number(rng: random.Random, likely: Sequence[int] = ()) -> str:
    """A number as a program may write it."""
    if likely and rng.random() < 0.8:
        value = rng.choice(likely)
    else:
        value = rng.choice(EDGES) if rng.random() < 0.8 else rng.randrange(300)
    zeros = rng.choice((1, 2, 5, 6, 7, 20)) if rng.random() < 0.15 else 0
    return "0" * zeros + str(value)


def parameters(rng: random.Random, likely: Sequence[int] = ()) -> str:
    """Numbers, some left out, separated in either way; now and then more than are kept."""
    count = rng.choice((0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 9, 31, 32, 33, 40))
    text = ""
    for i in range(count):
        if i:
            text += ":" if rng.random() < 0.1 else ";"
        if rng.random() < 0.85:
            text += number(rng, likely)
    return text


def word(rng: random.Random) -> str:
    """Text of the program's choice, of any length."""
    length = rng.choice(LENGTHS) if rng.random() < 0.3 else rng.randrange(12)
    return (TAINT + rng.choice(("", "é", "\u202e", "%41", "%", "\\x41", "\\", "日", "=", "/"))) * (
        length // 4
    ) + TAINT[: length % 4]


def introducer(rng: random.Random, final: str) -> bytes:
    """ESC and a letter, or the C1 control that it stands for, as a byte or in UTF-8."""
    if rng.random() < 0.95:
        return b"\x1b" + final.encode()
    code = chr(ord(final) + 0x40)
    return code.encode(rng.choice(("latin-1", "utf-8")))
