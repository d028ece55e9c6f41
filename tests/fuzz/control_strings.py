"""Control strings that programs of the fuzzer send: OSC, DCS, APC, PM and SOS, with payloads that
nearly fit."""

import random
from collections.abc import Callable

from words import (
    EDGES,
    ENDS,
    LENGTHS,
    LONG,
    TAINT,
    TAINT_BASE64,
    TAINT_HEX,
    introducer,
    number,
    parameters,
    word,
)

from gputerm.vt.functions import capabilities
from gputerm.vt.functions.catalogue import FUNCTIONS, Function
from gputerm.vt.functions.color_names import COLOR_NAMES
from gputerm.vt.functions.osc import OSC_COMMANDS, POINTERS, OscCommand

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

_DCS = [row for row in FUNCTIONS if row.kind == "DCS"]
_COLOR_NAMES = sorted(COLOR_NAMES)
_POINTERS = sorted(POINTERS)
_SPACES = ("CIEXYZ", "CIEuvY", "CIExyY", "CIELab", "CIELuv", "TekHVC", "rgbi")
_CAPABILITIES = sorted(capabilities.CAPABILITIES)


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
            TAINT_BASE64,
            TAINT_HEX,
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


def presentation(rng: random.Random) -> bytes:
    """DECRSPS that can be restored, and what DECRQPSR says then."""
    line, column, left, right = rng.choices("1234", k=4)
    masks = ";".join(rng.choice("@ABDHKO") for _ in range(3))
    designators = rng.choice(("BBBB", "B0AB", 'BB%5"4'))
    sets = f"{left};{right};{rng.choice('@BO')};{designators}"
    stops = "/".join(rng.choices("123456789", k=rng.randrange(1, 6)))
    said = (f"1$t{line};{column};1;{masks};{sets}", f"2$t{stops}")
    return f"\x1bP{rng.choice(said)}\x1b\\\x1b[{rng.choice('12')}$w".encode()


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
