"""What a hostile program may say, made up from the terminal's own tables.

Every function with any parameters, every operating system command and device control string with
payloads that nearly fit, numbers with leading zeros and beyond every limit, strings of all lengths,
each in any of its spellings, cut, doubled and interrupted. Where text is the program's to choose it
holds TAINT, so that a reply that repeats it is seen.
"""

import random
import re
from collections.abc import Callable, Sequence

from control_strings import (
    device_control_string,
    long_string,
    operating_system_command,
    other_string,
    presentation,
)
from words import TAINT, TAINT_BASE64, TEXTS, introducer, number, parameters, word

from gputerm.vt import charset
from gputerm.vt.functions.catalogue import FUNCTIONS
from gputerm.vt.modes import MODES

#: What the parameters of a function mean, where not every number means something.
_MODE_NUMBERS = {private: [m.number for m in MODES if m.private == private] for private in (0, 1)}
_SGR = (*range(110), 38, 38, 48, 48, 58, 58, 2, 5)
MEANINGS: dict[str, Sequence[int]] = {
    **dict.fromkeys(("h", "l", "$p"), _MODE_NUMBERS[False]),
    **dict.fromkeys(("?h", "?l", "?$p", "?s", "?r"), _MODE_NUMBERS[True]),
    **dict.fromkeys(("m", "$r", "$t"), _SGR),
    **dict.fromkeys(("J", "K", "?J", "?K"), range(5)),
    **dict.fromkeys(("g", "W", "?W"), range(7)),
    '"q': range(4),
    "*x": range(3),
    "#y": range(32),
    "t": range(30),
    ">t": range(4),
    ">T": range(4),
    "n": range(10),
    "?n": (5, 6, 15, 25, 26, 53, 55, 56, 62, 63, 75, 85, 996),
    '"p': range(60, 67),
    **dict.fromkeys((">m", ">n", "?m", ">f", "?g"), range(6)),
    **dict.fromkeys((">u", "<u", "=u"), range(33)),
    "#P": range(13),
    "#Q": range(13),
}

DESIGNATIONS = "()*+-./"
_FINALS = sorted({each.final for each in charset.CHARSETS})


def control_sequence(rng: random.Random) -> bytes:
    """A function of the table with any parameters, or one that nobody knows."""
    row = rng.choice(_CSI)
    prefix = row.key[0] if len(row.key) > 1 and row.key[0] in "<=>?" else ""
    key = row.key[len(prefix) :]
    if rng.random() < 0.05:
        prefix = rng.choice(("", *"<=>?"))
    if rng.random() < 0.05:
        key = rng.choice(("", *" !\"#$%&'()*+,-./")) + key
    if rng.random() < 0.1:
        return row.sequence
    params = parameters(rng, MEANINGS.get(row.key, ()))
    return introducer(rng, "[") + f"{prefix}{params}{key}".encode()


def rendition(rng: random.Random) -> bytes:
    """SGR as it is meant: colours in each form, underlines, and what comes close."""
    which = rng.choice(("38", "48", "58"))
    r, g, b = (rng.choice((0, 7, 128, 255, 256, "")) for _ in range(3))
    forms = (
        *(f"{which};5;{r}", f"{which}:5:{r}", f"{which};2;{r};{g};{b}", f"{which}:2::{r}:{g}:{b}"),
        *(f"{which}:2:{r}:{g}:{b}", f"{which}:2", f"{which};5", f"{which}:9:1", f"{which};2;{r}"),
        *(f"4:{rng.randrange(7)}", "21", "0", f"{which}:2::{r}:{g}:{b}:0:1:2"),
    )
    return f"\x1b[{';'.join(rng.choices(forms, k=rng.randrange(1, 4)))}m".encode()


def margins(rng: random.Random) -> bytes:
    """Margins that fit a small screen, so that something happens within them."""
    top, left = rng.randrange(1, 4), rng.randrange(1, 12)
    sides = f"\x1b[?69h\x1b[{left};{left + rng.randrange(1, 8)}s"
    lines = f"\x1b[{top};{top + rng.randrange(1, 4)}r"
    return (rng.choice(("", sides)) + rng.choice(("", lines, "\x1b[?6h"))).encode()


def backward(rng: random.Random) -> bytes:
    """Out of full lines, over their wraps: CUB, BS and HT in the modes that change them."""
    modes = rng.choice(("45", "1045", "41", "45;41"))
    text = rng.choice("x日") * rng.choice((17, 18, 40)) + rng.choice(("", "\r\n", "\x1b[H"))
    back = rng.choice((f"\x1b[{number(rng, range(1, 70))}D", "\b" * rng.randrange(50), "\ty"))
    return f"\x1b[?{modes}h{text}{back}z".encode()


def rectangle(rng: random.Random) -> bytes:
    """A function of rectangular areas that fits a small screen, among wide characters."""
    top, left = rng.randrange(1, 4), rng.randrange(1, 12)
    area = f"{top};{left};{top + rng.randrange(3)};{left + rng.randrange(8)}"
    character = rng.choice((32, 65, 126, rng.randrange(160, 256)))
    rows = (
        *(f"{area};1;{rng.randrange(1, 5)};{rng.randrange(1, 16)};1$v", f"{area}$z", f"{area}${{"),
        *(f"{character};{area}$x", f"{area};{rng.choice(_SGR)}$r", f"{area};{rng.choice(_SGR)}$t"),
        *(f"1;1;{area}*y", f"{area}#|"),
    )
    place = f"\x1b[{top};{rng.randrange(1, 16)}H" + rng.choice(TEXTS) * rng.randrange(1, 5)
    return f"{place}\x1b[{rng.choice(rows)}".encode()


def titles(rng: random.Random) -> bytes:
    """Titles set, pushed and popped, and asked for, in hexadecimal too."""
    said = (
        *(
            f"\x1b]{rng.randrange(3)};{word(rng)}\a",
            f"\x1b[{rng.choice((22, 23))};{rng.choice('012')}t",
        ),
        *(f"\x1b[>{rng.randrange(4)}{rng.choice('tT')}", f"\x1b[{rng.choice((20, 21))}t"),
    )
    return "".join(rng.choices(said, k=rng.randrange(2, 7))).encode()


def window(rng: random.Random) -> bytes:
    """Operations of the window with sizes that it may have, and the switch to 132 columns."""
    sizes = ";".join(str(rng.choice((0, 1, 2, 3, 24, 80, 200))) for _ in range(rng.randrange(3)))
    widths = f"\x1b[?95{rng.choice('hl')}\x1b[?40h\x1b[?3{rng.choice('hl')}"
    return rng.choice((f"\x1b[{rng.randrange(1, 25)};{sizes}t", widths)).encode()


def shell(rng: random.Random) -> bytes:
    """A shell's marks in the order that is meant, some of them left out."""
    command = word(rng)
    marks = (
        *("\x1b]133;A\a", "$ ", "\x1b]133;B\a", f"\x1b]633;E;{command}\a", command, "\r\n"),
        *(f"\x1b]133;C;cmdline_url={command}\a", "out\r\n" * rng.randrange(9)),
        f"\x1b]133;D;{number(rng)}\a",
    )
    return "".join(mark for mark in marks if rng.random() < 0.85).encode()


def notification(rng: random.Random) -> bytes:
    """OSC 99 as it is meant, in pieces of one identifier, some of them never ended."""
    pieces = (
        *(
            "d=0:p=title;" + TAINT,
            "d=0:p=body:e=1;" + TAINT_BASE64,
            "p=close;",
            "p=?;",
            "e=1;" + TAINT,
        ),
        *(
            f"u={rng.randrange(4)};x",
            f"o={rng.choice(('always', 'unfocused', 'invisible', 'x'))};x",
        ),
    )
    name = rng.choice(("a", "b", str(rng.randrange(99)), TAINT * 16, TAINT * 17, ""))
    return b"".join(
        f"\x1b]99;i={name}:{rng.choice(pieces)}\x1b\\".encode() for _ in range(rng.randrange(1, 5))
    )


def shifted(rng: random.Random) -> bytes:
    """Character sets designated and shifted to, with bytes that they map, DEL among them."""
    designation = rng.choice(DESIGNATIONS) + rng.choice(_FINALS)
    shift = rng.choice(
        (b"\x0e", b"\x0f", b"\x1bn", b"\x1bo", b"\x1b|", b"\x1b}", b"\x1b~", b"\x1bN")
    )
    said = bytes(rng.choice((0x20, 0x41, 0x71, 0x7E, 0x7F, 0xA0, 0xE9, 0xFF)) for _ in range(4))
    return rng.choice((b"", b"\x1b%@")) + b"\x1b" + designation.encode() + shift + said


def backlog(rng: random.Random) -> bytes:
    """Enough lines that a change of width leaves some for later; others that are shorter, longer,
    wide, coloured, or wrap."""
    said = []
    for i in range(rng.choice((200, 800, 2000))):
        text = f"{i} " + rng.choice(TEXTS) * rng.choice((0, 1, 1, 2, 3, rng.randrange(30)))
        said.append(rng.choice(("", "", f"\x1b[3{i % 10}m")) + text + "\r\n")
    return "".join(said).encode()


MANY = 5  #: kinds of `many`


def many(rng: random.Random, kind: int | None = None) -> bytes:
    """More different clusters, links or colours of underlines than a table begins with; seldom
    more underlined cells than it has room for."""
    numbers = range(rng.choice((300, 1500, 5000, 20_000)))
    match rng.randrange(MANY) if kind is None else kind:
        case 4:
            colors = f"\x1b[58:2::{rng.randrange(256)}"
            text = "".join(f"{colors}:{i >> 8}:{i & 255}mx" for i in range(1 << 16))
            return (
                f"\x1b[4m{text}{colors}:1:1my\x1b[59m{colors}mz".encode()
                + 5000 * b"\x1b[58:5:9mx\x1b[58:5:8mx"
            )
        case 0:
            marks = ("\u0301", "\u0302\u0303", "\u0304\u0305\u0306")
            text = "".join(f"{chr(0x4E00 + i)}{marks[i % 3]}" for i in numbers)
        case 1:
            text = "".join(f"\x1b]8;;{TAINT}{i}\ax" for i in numbers)
        case 2:
            text = "".join(f"\x1b[58:2::{i >> 8}:{i & 255}:9mx" for i in numbers)
        case _:
            text = "".join(f"\x1b]8;id={i};http://h/\a{chr(0x4E00 + i)}\u0301\n" for i in numbers)
    return text.encode()


def flood(rng: random.Random) -> bytes:
    """So many requests or events at once that not all are answered."""
    return (
        rng.choice((b"\x1b[c", b"\x1b[>q", b"\x1b]10;?\a", b"\x1b]9;x\a", b"\x1bP$qm\x1b\\")) * 8000
    )


def escape(rng: random.Random) -> bytes:
    row = rng.choice(_ESC)
    match rng.randrange(8):
        case 0:
            return f"\x1b{rng.choice(DESIGNATIONS)}{rng.choice(_FINALS)}".encode()
        case 1:
            intermediates = "".join(rng.choice(" !#$%&()*+-./") for _ in range(rng.randrange(4)))
            return f"\x1b{intermediates}{chr(rng.randrange(0x30, 0x7F))}".encode()
        case _:
            return row.sequence


def control(rng: random.Random) -> bytes:
    """Controls, most often those that move."""
    return bytes([rng.choice((7, 8, 8, 9, 10, 10, 11, 13, 13, 14, 15, rng.randrange(32), 0x7F))])


def text(rng: random.Random) -> bytes:
    match rng.randrange(12):
        case 0:
            return bytes(rng.randrange(256) for _ in range(rng.randrange(1, 9)))
        case 1:
            return "".join(chr(rng.choice(_SCALARS)) for _ in range(rng.randrange(1, 6))).encode()
        case 2:
            return rng.choice(("e", "👩", "")).encode() + rng.choice(
                _JOINERS
            ).encode() * rng.choice((1, 2, 9, 40))
        case 3:
            return b"\x1b%" + rng.choice(b"@G").to_bytes()
        case _:
            return rng.choice(TEXTS).encode()


_CSI = [row for row in FUNCTIONS if row.kind == "CSI" for _ in range(1 + 3 * (row.key in MEANINGS))]
_ESC = [row for row in FUNCTIONS if row.kind == "ESC"]
_JOINERS = ("\u0301", "\u200d", "\ufe0f", "👩\u200d", "🇩")
_SCALARS = [
    *(*range(0x20, 0x7F), *range(0x80, 0x180), *range(0x300, 0x310), *range(0x1100, 0x1200, 9)),
    *(*range(0x2500, 0x2600, 7), *range(0x4E00, 0x4F00, 17), *range(0xFF00, 0xFFF0, 5)),
    *(*range(0x1F300, 0x1F700, 11), 0x200B, 0x2060, 0xFEFF, 0xE0020, 0x10FFFF, 0xD7FF, 0xE000),
]

KINDS: tuple[tuple[int, Callable[[random.Random], bytes]], ...] = (
    (24, text),
    (8, control),
    (30, control_sequence),
    (8, escape),
    (16, operating_system_command),
    (9, device_control_string),
    (2, other_string),
    (4, rendition),
    (2, margins),
    (2, rectangle),
    (1, titles),
    (1, window),
    (1, shell),
    (1, notification),
    (1, shifted),
    (1, presentation),
    (1, backward),
)
_MAKERS = [make for weight, make in KINDS for _ in range(weight)]


#: What takes long.
RARE = (long_string, many, backlog, backlog, flood)


def piece(rng: random.Random) -> bytes:
    """One thing said, once or several times."""
    if rng.random() < 0.0003:
        return rng.choice(RARE)(rng)
    said = rng.choice(_MAKERS)(rng)
    if rng.random() < 0.04 and len(said) < 100:
        said *= rng.choice((2, 3, 10, 70))
    return said


def damaged(rng: random.Random, data: bytes) -> bytes:
    """A byte exchanged, inserted, lost or doubled, a stretch repeated or lost."""
    damage = bytearray(data)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 5))):
        if not damage:
            break
        at = rng.randrange(len(damage))
        match rng.randrange(7):
            case 0:
                damage[at] = rng.randrange(256)
            case 1:
                damage.insert(at, rng.choice(b"\x00\x07\x0a\x18\x1a\x1b\x7f\x80\x9b\x9c;:?0"))
            case 2:
                del damage[at]
            case 3:
                damage[at:at] = damage[at : at + rng.randrange(1, 20)]
            case 4:
                del damage[at : at + rng.randrange(1, 20)]
            case 5:
                if digits := re.search(rb"\d+", damage[at : at + 50]):
                    span = slice(at + digits.start(), at + digits.end())
                    damage[span] = number(rng).encode()
            case _:
                del damage[at:]
    return bytes(damage)


def program(rng: random.Random) -> bytes:
    """What one program says: a few things."""
    count = rng.choice((1, 2, 3, 4, 5, 6, 8, 12))
    return damaged(rng, b"".join(piece(rng) for _ in range(count)))


def session(rng: random.Random) -> list[bytes]:
    """What the programs of one terminal say, one after the other."""
    said = [program(rng) for _ in range(rng.choice((1, 4, 20, 50)))]
    if len(said) > 1 and rng.random() < 0.04:
        said.insert(0, rng.choice((backlog, backlog, many))(rng))
    return said
