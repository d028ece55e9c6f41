"""What coverage-guided fuzzing calls with any bytes (guided.py), one function for each surface.

Each takes bytes and raises when something doesn't hold. `EXAMPLES` are where a corpus begins.
"""

import json
import random
import re
import tempfile
import zlib
from pathlib import Path
from typing import Any

import interpreted  # noqa: F401  # before gputerm
import oracles
import programs
from control_strings import device_control_string, operating_system_command
from words import TEXTS

from gputerm import config
from gputerm.config.schema import Config
from gputerm.finding.patterns import PatternError, compile_lines, compile_pattern
from gputerm.input import (
    KeyEvent,
    KeyKind,
    Mods,
    MouseEvent,
    encode_key,
    encode_mouse,
    encode_paste,
)
from gputerm.input.key_encoder import encode_text
from gputerm.input.keys import NAMED_KEYS
from gputerm.input.mouse_encoder import Button, MouseKind
from gputerm.input.paste_risks import PasteRisks, paste_risks, tamed
from gputerm.ipc import protocol
from gputerm.ipc.command import validate
from gputerm.ipc.commands import COMMANDS, find
from gputerm.ipc.server import alacritty
from gputerm.view.visible import look_of, visible_rows
from gputerm.vt.functions.catalogue import FUNCTIONS
from gputerm.vt.functions.osc import OSC_COMMANDS
from gputerm.vt.keyboard_modes import KeyOptions, MouseOptions
from gputerm.vt.modes import MODES


def _check(said: list[bytes], seed: int) -> None:
    """All that must hold for one input in eight, which takes many times as long interpreted, and
    what one terminal shows for the others."""
    if zlib.crc32(b"".join(said)) % 8 == 0:
        oracles.check(said, seed)
    else:
        oracles.check_once(said, seed)


def core(data: bytes) -> None:
    """A byte that chooses the terminal, then what programs say, between NULs cut into sessions."""
    if data:
        _check(data[1:].split(b"\0\0"), data[0])


def osc(data: bytes) -> None:
    """The payload of an operating system command."""
    _check([b"\x1b]" + data + b"\x1b\\", b"x"], len(data))


def dcs(data: bytes) -> None:
    """Parameters, intermediates, final and payload of a device control string."""
    _check([b"\x1bP" + data + b"\x1b\\", b"x"], len(data))


def apc(data: bytes) -> None:
    """The payload of APC, SOS or PM, as the first byte says."""
    introducer = b"_X^"[data[0] % 3 : data[0] % 3 + 1] if data else b"_"
    _check([b"\x1b" + introducer + data[1:] + b"\x1b\\", b"x"], len(data))


_FILE = Path(tempfile.gettempdir(), f"gputerm-fuzz-{random.getrandbits(64):x}.toml")


def configuration(data: bytes) -> None:
    """A configuration file, with an override after a NUL; read at a start or once more."""
    text, _, override = data.partition(b"\0")
    _FILE.write_bytes(text)
    try:
        overrides = [override.decode("utf-8", "replace")] if override else []
        loaded = config.load(str(_FILE), overrides, fallback=Config() if override else None)
    finally:
        _FILE.unlink()
    assert isinstance(loaded.config, Config)
    for problem in loaded.problems:
        assert "\n" not in str(problem), problem
        assert str(problem).isprintable(), problem
    # What is used can be written down, read again, and is the same.
    json.dumps(loaded.config.to_dict())


def patterns(data: bytes) -> None:
    """An expression and, after a NUL, the text to look at."""
    said, _, looked_at = data.partition(b"\0")
    pattern = said.decode("utf-8", "replace")
    text = looked_at.decode("utf-8", "replace").replace("\0", "")
    refusal = ""
    try:
        one, many = compile_pattern(pattern), compile_lines(pattern)
    except PatternError as error:
        refusal = str(error)
    if refusal:
        assert refusal.isprintable(), refusal
        return
    found = list(one.spans(text))
    assert all(0 <= start < stop <= len(text) for start, stop in found), found
    assert found == sorted(found)
    first = one.first(text)
    assert (first is not None) == one.found_in(text)
    lines = text.encode() + b"\n"
    spans = [(start, stop) for start, stop in many.spans(lines) if start < stop]
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    for start, stop in spans:
        assert b"\n" not in lines[start:stop]
        lines[start:stop].decode()


def pastes(data: bytes) -> None:
    """A text that is to be pasted: what the user sees of it, and what a tamed one still does."""
    text = data.decode("utf-8", "replace")
    for bracketed in (False, True):
        left = paste_risks(tamed(text, bracketed=bracketed), bracketed=bracketed)
        assert left.replace(controls=0, large=False) == PasteRisks(), left
    for columns, most in ((1, 1), (7, 3), (20, 50)):
        rows = visible_rows(text, columns, most)
        assert len(rows) <= most
        for row in rows:
            assert sum(len(words) for words, _ in row) <= columns
            assert "".join(words for words, _ in row).isprintable()
    assert all(look_of(char).isprintable() for char in text)


def framing(data: bytes) -> None:
    """What a client sends: any split gives the same lines, each a call or a fault."""
    answers = [_lines(data, size) for size in (len(data) or 1, 1, 7)]
    assert answers[0] == answers[1] == answers[2], "the split matters"
    for line in answers[0]:
        try:
            for call in _calls(protocol.decode(line)):
                if isinstance(call, protocol.Call):
                    protocol.result(call.id, validate(find(call.method), call.params))
        except protocol.Fault as fault:
            answer = json.loads(protocol.error(None, fault))
            assert "\n" not in answer["error"]["message"]


def _lines(data: bytes, size: int) -> list[bytes]:
    decoder = protocol.LineDecoder(limit=2000)
    lines: list[bytes] = []
    try:
        for at in range(0, len(data), size):
            lines += decoder.feed(data[at : at + size])
    except protocol.Fault:
        return [b"too long"]
    assert decoder.partial <= 2000
    return [*lines, decoder.finish()]


def _calls(value: Any) -> list[protocol.Call | protocol.Fault]:
    if alacritty.is_message(value):
        return [alacritty.translate(value)]
    return protocol.calls(value)


_KEYS = [*sorted(NAMED_KEYS), "", *"aAzZ09 [];=@~ж日ß\x7f"]
_TRACKING = (0, 9, 1000, 1002, 1003)
_ENCODING = (0, 1005, 1006, 1015, 1016)
#: What a key may send: a character, a control character, or a sequence of ours.
_KEY = re.compile(
    rb"(?:\x1b?(?:[\x00-\x7f]|[\xc2-\xf4][\x80-\xbf]+)*"
    rb"|\x1b?\x1b(?:\[[0-9;:]*[A-Za-z~]|O[0-9;]*[A-Za-z]))"
)
_REPORT = re.compile(rb"\x1b\[(?:<[0-9]+;-?[0-9]+;-?[0-9]+[mM]|[0-9;]+M|M.{3,6})", re.DOTALL)


def keys(data: bytes) -> None:
    """Keys, the mouse and pastes: eight bytes choose, the rest is text."""
    a, b, c, d, e, f, g, h = data[:8].ljust(8, b"\0")
    text = "".join(c for c in data[8:12].decode("utf-8", "replace") if c.isprintable())
    event = KeyEvent(
        _KEYS[a % len(_KEYS)],
        Mods(b),
        text,
        KeyKind(1 + c % 3),
        chr(d) if d > 31 else "",
        chr(e) if e > 31 else "",
    )
    bits = [bool(f >> bit & 1) for bit in range(8)]
    options = KeyOptions(*(bits[0], bits[1], g & 31, g % 3, g % 2, bits[2], bits[3], bits[4]))
    sent = encode_key(event, options)
    assert _KEY.fullmatch(sent), sent
    encode_text(text, options)
    mouse = MouseEvent(
        *(list(MouseKind)[a % len(MouseKind)], Button(b % len(Button)), c * 9, d * 9, e, f, Mods(h))
    )
    report = encode_mouse(mouse, MouseOptions(_TRACKING[g % 5], _ENCODING[h % 5], bool(h & 1)))
    assert not report or _REPORT.fullmatch(report), report
    pasted = data[8:].decode("utf-8", "replace")
    inner = encode_paste(pasted, True).removeprefix(b"\x1b[200~").removesuffix(b"\x1b[201~")
    assert b"\x1b" not in inner
    assert not re.search(r"[\x7f-\x9f]", inner.decode())


TARGETS = {
    "core": core,
    "osc": osc,
    "dcs": dcs,
    "apc": apc,
    "config": configuration,
    "ipc": framing,
    "keys": keys,
    "patterns": patterns,
    "pastes": pastes,
}


def examples(target: str) -> list[bytes]:
    """Small inputs that reach far into a target."""
    rng = random.Random(0)
    match target:
        case "core":
            one = [b"\0" + row.sequence for row in FUNCTIONS]
            modes = [b"\0\x1b[?%dh\x1b[?%dl" % (m.number, m.number) for m in MODES if m.private]
            texts = [b"\0" + text.encode() * 3 for text in TEXTS]
            said = [b"\0\0".join(programs.session(rng)[:4]) for _ in range(400)]
            return one + modes + texts + [bytes([i % 256]) + d for i, d in enumerate(said)]
        case "osc":
            return [f"{c.number};{c.example}".encode() for c in OSC_COMMANDS] + [
                operating_system_command(rng)[2:-2] for _ in range(300)
            ]
        case "dcs":
            return [row.sequence[2:-2] for row in FUNCTIONS if row.kind == "DCS"] + [
                device_control_string(rng)[2:-2] for _ in range(200)
            ]
        case "apc":
            return [b"\0Ga=q,i=1;AAAA", b"\1text", b"\2text"]
        case "config":
            whole = json.dumps(Config().to_dict())
            return [
                *(f"{name} = {_toml(value)}".encode() for name, value in json.loads(whole).items()),
                b"[font]\nsize = 12\n[colors.primary]\nforeground = '#ffffff'\0font.size=3",
                b"[[keyboard.bindings]]\nkey='A'\nmods='Control|Shift'\naction='Copy'",
                b"general.import = ['a.toml', '~/b.toml']\0window.padding.x = 3",
            ]
        case "ipc":
            calls = [
                {"jsonrpc": "2.0", "id": 1, "method": command.name, "params": {}}
                for command in COMMANDS
            ]
            return [json.dumps(call).encode() + b"\n" for call in calls] + [
                json.dumps(calls).encode(),
                b'{"CreateWindow":{"terminal_options":{"command":["sh"]}}}\n',
                b'{"Config":{"options":["a=1"],"window_id":null,"reset":false}}',
                b'"GetConfig"\n[]\n{"a":NaN}\n',
            ]
        case "patterns":
            texts = [text.encode() for text in TEXTS]
            said = (r"\b\w+é\b", r"[^\W\d]{2,3}?", r"(?i)(?P<n>a|b)*$", r"\x{e9}|[[:alpha:]-]\Z")
            return [pattern.encode() + b"\0" + text for pattern in said for text in texts]
        case "pastes":
            return [text.encode() + b"\r\n\x1b[201~\xe2\x80\xae" for text in TEXTS]
        case _:
            return [bytes(rng.randrange(256) for _ in range(12)) for _ in range(50)]


def _toml(value: Any) -> str:
    """A value of JSON as TOML; null is an empty text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '""' if value is None else json.dumps(value)


def dictionary() -> str:
    """Words of the core's language, in libFuzzer's format."""
    words = {row.sequence for row in FUNCTIONS} | {b"\x1b]%d;" % c.number for c in OSC_COMMANDS}
    words |= {b"?%d" % m.number for m in MODES} | {text.encode() for text in TEXTS}
    words |= {b"\x1b\\", b"\0\0", b"\x1b%@", b"\x1b%G", b"rgb:", b"65535", b"000000", b":", b";?"}
    return "".join(
        '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in sorted(words)
    )
