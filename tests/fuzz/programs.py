"""What a hostile program may say, made up from the terminal's own tables.

Every function with any parameters, every operating system command and device control string with
payloads that nearly fit, numbers with leading zeros and beyond every limit, strings of all lengths,
each in any of its spellings, cut, doubled and interrupted. Where text is the program's to choose it
holds TAINT, so that a reply that repeats it is seen.
"""

import random
import re
from collections.abc import Callable, Sequence

from gputerm.vt import charset
from gputerm.vt.functions import capabilities
from gputerm.vt.functions.catalogue import FUNCTIONS, Function
from gputerm.vt.functions.color_names import COLOR_NAMES
from gputerm.vt.functions.osc import OSC_COMMANDS, POINTERS, OscCommand
from gputerm.vt.modes import MODES

#: Occurs in nothing that the terminal says of itself, whether plain, in hexadecimal or in base64.
TAINT = "Zq9J"

_TAINT_HEX = TAINT.encode().hex()
_TAINT_BASE64 = "WnE5Sg=="

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

ENDS = (b"\a", b"\x1b\\", b"\x9c", b"\xc2\x9c", b"\x18", b"\x1a", b"\x1b", b"")
SETTINGS = (
    "m",
    "r",
    "s",
    "t",
    " q",
    '"q',
    '"p',
    "*x",
    "*|",
    "$|",
    "$}",
    "$~",
    ">4m",
    "",
    "x",
    "mm",
)
DESIGNATIONS = "()*+-./"
_FINALS = sorted({each.final for each in charset.CHARSETS})


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


def introducer(rng: random.Random, final: str) -> bytes:
    """ESC and a letter, or the C1 control that it stands for, as a byte or in UTF-8."""
    if rng.random() < 0.95:
        return b"\x1b" + final.encode()
    code = chr(ord(final) + 0x40)
    return code.encode(rng.choice(("latin-1", "utf-8")))


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
            "d=0:p=body:e=1;" + _TAINT_BASE64,
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


def many(rng: random.Random) -> bytes:
    """More different clusters, links or colours of underlines than a table begins with; seldom
    more underlined cells than it has room for."""
    numbers = range(rng.choice((300, 1500, 5000, 20_000)))
    match rng.randrange(5):
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


def color(rng: random.Random) -> str:
    digits = "".join(rng.choice("0123456789abcdefABCDEF") for _ in range(rng.choice(LENGTHS[:12])))
    return rng.choice(
        (
            *("?", "?", "?", "", "#" + digits, f"rgb:{digits}/{digits}/f", "rgb:1/22/333"),
            *(f"rgba:{digits}/0/0/0", "rgbi:1.0/0.5/0", "rgbi:1e999/-1/nan", "red", "none"),
            *("CIEXYZ:0.3/0.2/0.5", "TekHVC:300/50/80", "CIELab:1e99/1/1", "CIEuvY:0/0/0"),
            f"{rng.choice(_SPACES)}:{'/'.join(_coordinate(rng) for _ in range(3))}",
            *(rng.choice(_COLOR_NAMES), "oklch(0.5 0.1 20)", word(rng)),
        )
    )


def _coordinate(rng: random.Random) -> str:
    """A number of a colour space, in its range more often than not."""
    most = rng.choice((1, 1, 100, 360))
    return f"{rng.choice(('', '', '', '-', '+'))}{rng.choice((0, rng.random() * most)):.5g}"


def _colors(rng: random.Random) -> str:
    """index ; spec pairs"""
    pairs = rng.choice((1, 1, 2, 3, 20))
    return ";".join(f"{number(rng)};{color(rng)}" for _ in range(pairs))


def _fields(rng: random.Random, keys: tuple[str, ...], separator: str = ";") -> str:
    """key=value fields"""
    return separator.join(
        f"{rng.choice(keys)}{rng.choice(('=', '=', '=', '', '=='))}{value(rng)}"
        for _ in range(rng.choice((0, 1, 1, 2, 3, 5, 33)))
    )


def value(rng: random.Random) -> str:
    return rng.choice(
        (
            number(rng),
            color(rng),
            word(rng),
            "?",
            "",
            "A",
            _TAINT_BASE64,
            _TAINT_HEX,
            "-1",
            "\u0661",
        )
    )


def _uri(rng: random.Random) -> str:
    scheme = rng.choice(("file", "http", "kitty-shell-cwd", "javascript", "", TAINT))
    host = rng.choice(("", "host", "[::1", word(rng)))
    return f"{scheme}{rng.choice(('://', ':', ''))}{host}{rng.choice(('', '/'))}{word(rng)}"


_OSC_PAYLOADS: dict[int, Callable[[random.Random], str]] = {
    **dict.fromkeys((4, 5), _colors),
    **dict.fromkeys(
        range(10, 20), lambda rng: ";".join(color(rng) for _ in range(rng.randrange(12)))
    ),
    **dict.fromkeys(
        (104, 105),
        lambda rng: ";".join(number(rng) for _ in range(rng.choice((0, 1, 2, 300, 1100)))),
    ),
    7: _uri,
    8: lambda rng: _fields(rng, ("id", TAINT), ":") + rng.choice((";", ";", "")) + _uri(rng),
    9: lambda rng: rng.choice(
        (f"4;{number(rng)};{number(rng)}", f"{number(rng)};{word(rng)}", word(rng))
    ),
    21: lambda rng: _fields(
        rng,
        (
            "foreground",
            "background",
            "cursor",
            "cursor_text",
            "selection_foreground",
            number(rng),
            TAINT,
        ),
    ),
    22: lambda rng: (
        rng.choice(("", *"<>=?"))
        + ",".join(
            rng.choice((*_POINTERS, "__current__", "__default__", TAINT))
            for _ in range(rng.randrange(9))
        )
    ),
    50: lambda rng: f"{rng.choice(('CursorShape=', '?', '#', ''))}{value(rng)}",
    52: lambda rng: (
        f"{rng.choice(('c', 'p', 's0', '', 'qps01234567', TAINT))};{rng.choice(('?', value(rng)))}"
    ),
    99: lambda rng: (
        _fields(rng, ("i", "d", "e", "p", "u", "o", "a", "idx"), ":")
        + rng.choice((":p=?", ":p=title", ":p=body", ":p=close", ":d=0", ":i=a", ""))
        + f";{value(rng)}"
    ),
    133: lambda rng: (
        rng.choice("ABCDILNPZ")
        + ";"
        + _fields(rng, ("k", "cmdline", "cmdline_url", "aid", "cl", "0", "-5"))
    ),
    633: lambda rng: (
        rng.choice("ABCDEPZ") + ";" + rng.choice((word(rng), "Cwd=" + word(rng), number(rng)))
    ),
    777: lambda rng: f"{rng.choice(('notify', TAINT))};{word(rng)};{word(rng)}",
    1337: lambda rng: _fields(rng, ("CurrentDir", "SetMark", "SetUserVar", "SetUserVar=x", "File")),
    3008: lambda rng: (
        f"{rng.choice(('start', 'end', 'x'))}={word(rng)};" + _fields(rng, ("type", TAINT))
    ),
}


def operating_system_command(rng: random.Random) -> bytes:
    command: OscCommand = rng.choice(OSC_COMMANDS)
    code = command.number if rng.random() < 0.95 else rng.choice((*EDGES, 3, 6, 60, 66, 5522))
    zeros = rng.choice((1, 2, 3, 6)) if rng.random() < 0.05 else 0
    make = _OSC_PAYLOADS.get(command.number, word)
    payload = (
        command.example if rng.random() < 0.1 else make(rng) if rng.random() < 0.9 else value(rng)
    )
    text = "0" * zeros + str(code) + (";" if rng.random() < 0.98 else "") + payload
    return introducer(rng, "]") + text.encode() + rng.choice(ENDS[:2] * 6 + ENDS)


def _dcs_payload(rng: random.Random, row: Function) -> str:
    match row.name:
        case "DECRQSS":
            return rng.choice((*SETTINGS, word(rng)))
        case "XTGETTCAP":
            names = rng.choices((*_CAPABILITIES, TAINT, "TN", "é"), k=rng.choice((0, 1, 2, 5, 300)))
            return ";".join(name.encode().hex() for name in names) + rng.choice(("", "", "6", "zz"))
        case "DECRSPS":
            small = range(1, 8)
            place = (number(rng, small), number(rng, small), "1", rng.choice("@AO~"))
            designators = rng.choice(("BBBB", "B0AB", 'BB%5"4', "BB", 'BBB"', ""))
            left, right = rng.randrange(5), rng.randrange(5)
            sets = (str(left), str(right), rng.choice("@O"), designators)
            state = ";".join((*place, rng.choice("@A"), rng.choice("@ABDHO"), *sets))
            stops = "/".join(number(rng, range(1, 20)) for _ in range(rng.randrange(9)))
            return rng.choice((state, stops, state.replace(";", "", 1), word(rng)))
        case _:
            return word(rng)


def device_control_string(rng: random.Random) -> bytes:
    row = rng.choice(_DCS)
    key = row.key
    prefix = key[0] if len(key) > 1 and key[0] in "<=>?" else ""
    if rng.random() < 0.05:
        key = rng.choice(("", *"<=>?", *" !$+")) + chr(rng.randrange(0x40, 0x7F))
    params = rng.choice((row.example.partition("|")[0], number(rng, range(3)), parameters(rng), ""))
    head = f"{prefix}{params}{key[len(prefix) :]}"
    end = rng.choice(ENDS[:2] * 6 + ENDS)
    return introducer(rng, "P") + head.encode() + _dcs_payload(rng, row).encode() + end


def other_string(rng: random.Random) -> bytes:
    """APC, PM, SOS."""
    body = rng.choice(("G", "", TAINT)) + value(rng)
    return introducer(rng, rng.choice("_^X")) + body.encode() + rng.choice(ENDS)


def long_string(rng: random.Random) -> bytes:
    """A string around the length from which on it is dropped."""
    command = rng.choice(OSC_COMMANDS)
    head = rng.choice((f"\x1b]{command.number};", "\x1bP$q", "\x1bP+q", "\x1bPq", "\x1b_", "\x1bX"))
    size = rng.choice(LONG[:3] if rng.random() < 0.95 else LONG)
    unit = rng.choice((TAINT, ";", "=", "1;?;", "0", "4142;", ":", "A"))
    return head.encode() + (unit * (size // len(unit) + 1))[:size].encode() + rng.choice(ENDS[:2])


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
_DCS = [row for row in FUNCTIONS if row.kind == "DCS"]
_COLOR_NAMES = sorted(COLOR_NAMES)
_POINTERS = sorted(POINTERS)
_SPACES = ("CIEXYZ", "CIEuvY", "CIExyY", "CIELab", "CIELuv", "TekHVC", "rgbi")
_CAPABILITIES = sorted(capabilities.CAPABILITIES)
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
)
_MAKERS = [make for weight, make in KINDS for _ in range(weight)]


#: What takes long.
RARE = (long_string, many, backlog, backlog, flood)


def piece(rng: random.Random) -> bytes:
    """One thing said, once or several times."""
    if rng.random() < 0.001:
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
    if len(said) > 1 and rng.random() < 0.1:
        said.insert(0, rng.choice((backlog, backlog, many))(rng))
    return said
