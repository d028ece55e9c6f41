"""The parser's calls, whole and split everywhere."""

import itertools
import random
import re

import pytest

from gputerm.vt.core.parser import Parser
from gputerm.vt.core.trace import Trace
from gputerm.vt.core.transitions import ACTIONS, STATES, TABLE

BEL, ESC, ST = "\a", "\x1b", "\x1b\\"


def trace(data, utf8=True, chunk=None):
    performer = Trace()
    performer.utf8 = utf8
    parser = Parser(performer)
    chunk = chunk or max(len(data), 1)
    for i in range(0, len(data), chunk):
        parser.feed(data[i : i + chunk])
    return performer.calls


def csi(final, *params, prefix="", intermediates=""):
    packed = sum(ord(c) << 8 * i for i, c in enumerate(intermediates))
    return ("csi", ord(prefix) if prefix else 0, packed, ord(final), list(params))


CASES = {
    "text": ("hello", [("print", "hello")]),
    "controls between text": (
        "a\r\nb\a",
        [("print", "a"), ("execute", 13), ("execute", 10), ("print", "b"), ("execute", 7)],
    ),
    "DEL is a control": ("a\x7fb", [("print", "a"), ("execute", 127), ("print", "b")]),
    "CSI without parameters": ("\x1b[m", [csi("m")]),
    "missing parameters are -1": ("\x1b[;5H", [csi("H", [-1], [5])]),
    "a trailing separator": ("\x1b[5;H", [csi("H", [5], [-1])]),
    "sub-parameters": (
        "\x1b[4:3;38:2::1:2:3m",
        [csi("m", [4, 3], [38, 2, -1, 1, 2, 3])],
    ),
    "a leading sub-parameter": ("\x1b[:5m", [csi("m", [-1, 5])]),
    "private prefix": ("\x1b[?25h", [csi("h", [25], prefix="?")]),
    "prefix > with intermediates": ("\x1b[>1 q", [csi("q", [1], prefix=">", intermediates=" ")]),
    "two intermediates": ("\x1b[1\"'x", [csi("x", [1], intermediates="\"'")]),
    "three intermediates are ignored": ("\x1b[1\"''xA", [("print", "A")]),
    "a prefix after a digit spoils it": ("\x1b[1?hA", [("print", "A")]),
    "a parameter after an intermediate spoils it": ("\x1b[ 1qA", [("print", "A")]),
    "parameters saturate": ("\x1b[99999999999;65536m", [csi("m", [65535], [65535])]),
    "C0 inside CSI is executed": ("\x1b[1\n2m", [("execute", 10), csi("m", [12])]),
    "CAN aborts": ("\x1b[1\x18mA", [("print", "mA")]),
    "SUB aborts": ("\x1b[1\x1amA", [("print", "mA")]),
    "ESC restarts": ("\x1b[1\x1b[2m", [csi("m", [2])]),
    "text in a CSI breaks it off": ("\x1b[1éA", [("print", "éA")]),
    "ESC with intermediates": ("\x1b(0\x1b#8", [("esc", 0x28, 0x30), ("esc", 0x23, 0x38)]),
    "ESC ESC": ("\x1b\x1bM", [("esc", 0, 0x4D)]),
    "OSC ended by BEL": ("\x1b]0;hi\aA", [("osc", b"0;hi", True), ("print", "A")]),
    "OSC ended by ST": ("\x1b]0;hi\x1b\\A", [("osc", b"0;hi", False), ("print", "A")]),
    "U+009C doesn't end a string": ("\x1b]0;h\x9ci\a", [("osc", "0;h\x9ci".encode(), True)]),
    "OSC keeps UTF-8": (
        "\x1b]0;✜é\a",  # ✜ has 9C as its last two bytes
        [("osc", "0;✜é".encode(), True)],
    ),
    "OSC drops C0": ("\x1b]0;a\nb\a", [("osc", b"0;ab", True)]),
    "CAN abandons OSC": ("\x1b]0;hi\x18A", [("print", "A")]),
    "ESC other than ST abandons OSC": ("\x1b]0;hi\x1b[1mA", [csi("m", [1]), ("print", "A")]),
    "DCS": (
        "\x1bP1;2$qm\x1b\\",
        [("dcs", 0, ord("$"), ord("q"), [[1], [2]], b"m")],
    ),
    "BEL doesn't end DCS": ("\x1bPqa\ab\x1b\\", [("dcs", 0, 0, ord("q"), [], b"a\ab")]),
    "a spoilt DCS is swallowed": ("\x1bP1?qabc\x1b\\A", [("print", "A")]),
    "APC": ("\x1b_Gi=1;AAAA\x1b\\", [("apc", b"Gi=1;AAAA")]),
    "PM and SOS are swallowed": ("\x1b^pm\x1b\\\x1bXsos\x1b\\A", [("print", "A")]),
    "C1 as code points are nothing": (
        "\x9b1mA\x85\x9d0;t\x9c\x90qx\x9c\x98y\x9cB",
        [("print", "1mA0;tqxyB")],
    ),
    "in a CSI they break it off like text": ("\x1b[1\x9b2mA", [("print", "2mA")]),
    "in a string they are of it": ("\x1b]0;\x9b1m\x1b\\", [("osc", "0;\x9b1m".encode(), False)]),
    "ST alone": ("\x1b\\A", [("esc", 0, 0x5C), ("print", "A")]),
    "one to four bytes": ("aé€😀", [("print", "aé€😀")]),
}


@pytest.mark.parametrize("name", CASES)
def test_calls_are_the_same_however_bytes_are_split(name):
    text, calls = CASES[name]
    data = text.encode()
    assert trace(data) == calls
    assert trace(data, chunk=1) == calls
    for cut in range(1, len(data)):
        performer = Trace()
        parser = Parser(performer)
        parser.feed(data[:cut])
        parser.feed(data[cut:])
        assert performer.calls == calls, f"cut at {cut}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x80A", "\ufffdA"),
        (b"\xc0\xafA", "\ufffd\ufffdA"),
        (b"\xe0\x80\xafA", "\ufffd\ufffd\ufffdA"),
        (b"\xf0\x80\x80A", "\ufffd\ufffd\ufffdA"),
        (b"\xed\xa0\x80A", "\ufffd\ufffd\ufffdA"),  # a surrogate
        (b"\xf4\x90\x80\x80A", "\ufffd\ufffd\ufffd\ufffdA"),  # beyond U+10FFFF
        (b"\xf5A", "\ufffdA"),
        (b"\xe2\x82A", "\ufffdA"),  # cut short: one for the maximal subpart
        (b"\xf0\x9f\x98A", "\ufffdA"),
        (b"\xf1\x80\x80\xe1\x80\xc2\x41", "\ufffd\ufffd\ufffdA"),  # Unicode, table 3-8
        (b"\xe2\x82\xe2\x82\xac", "\ufffd€"),
        (b"\xef\xbf\xbf\xee\x80\x80", "\uffff\ue000"),
        (b"\xf4\x8f\xbf\xbf", "\U0010ffff"),
    ],
)
def test_ill_formed_utf8_becomes_one_replacement_for_each_maximal_subpart(data, text):
    assert data.decode("utf-8", "replace") == text
    assert trace(data) == [("print", text)]
    assert trace(data, chunk=1) == [("print", text)]


def test_random_bytes_decode_as_python_does():
    rng = random.Random(1)
    for _ in range(300):
        data = bytes(rng.randrange(0xA0, 0x100) for _ in range(rng.randint(1, 12)))
        text = re.sub("[\x80-\x9f]", "", data.decode("utf-8", "replace"))
        assert trace(data + b"A") == [("print", text + "A")], data
    for _ in range(300):
        text = "".join(chr(rng.choice((0x41, 0xE9, 0x20AC, 0x1F600))) for _ in range(9))
        assert trace(text.encode()) == [("print", text)]


def test_every_kind_of_byte_after_every_other_decodes_as_python_does():
    """Whole, so that what is well-formed takes the quick ways, and byte by byte."""
    more = (0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF)
    leads = (0xC0, 0xC2, 0xC3, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5)
    parts = [
        *itertools.product(more + leads, repeat=2),
        *itertools.product(leads, more, more + leads),
        *itertools.product((0xE1, 0xED, 0xF0, 0xF1, 0xF3, 0xF4), more, more, more),
    ]
    data = b"".join(bytes(part) + b"A" for part in parts)
    text = re.sub("[\x80-\x9f]", "", data.decode("utf-8", "replace"))
    for chunk in (None, 1, 7):
        assert trace(data, chunk=chunk) == [("print", text)]


def test_random_bytes_give_the_same_calls_however_they_are_split():
    for seed in range(20):
        data = random.Random(seed).randbytes(3000)
        calls = trace(data)
        for chunk in (1, 2, 5, 64):
            assert trace(data, chunk=chunk) == calls, seed


def test_ill_formed_text_may_be_as_long_as_it_likes():
    for part in (b"\xff", b"\xe2\x82", b"\xe2\x82\xff", b"\xe2A", b"A\xf0\x9f\x98", b"\x80 "):
        data = part * 3000 + b"A"
        assert trace(data) == [("print", data.decode("utf-8", "replace"))]


def test_controls_stand_where_they_were_in_text_of_many_kinds():
    text = "é\r日本\n€\a😀👨\x7fa\x00è\x1b[1mé\x85日\x9b2m\x1bE€\x0e"
    calls = [
        *[("print", "é"), ("execute", 13), ("print", "日本"), ("execute", 10), ("print", "€")],
        *[("execute", 7), ("print", "😀👨"), ("execute", 127), ("print", "a"), ("execute", 0)],
        *[("print", "è"), csi("m", [1])],
        *[("print", "é日2m"), ("esc", 0, 0x45), ("print", "€"), ("execute", 14)],
    ]
    for chunk in (None, 1, 2, 3):
        assert trace(text.encode(), chunk=chunk) == calls


@pytest.mark.parametrize("cut", [b"\xc3", b"\xc2", b"\xe2\x82", b"\xf0\x9f\x98", b"\xe0", b"\xf4"])
def test_what_a_control_cuts_is_one_replacement(cut):
    for code in (*range(0x18), 0x19, *range(0x1C, 0x20)):
        data = b"a" + cut + bytes((code,)) + b"\xbf"
        calls = [("print", "a\ufffd"), ("execute", code), ("print", "\ufffd")]
        assert trace(data) == trace(data, chunk=1) == calls
    calls = [("print", "\ufffd"), ("execute", 127), ("print", "\ufffdA")]
    assert trace(cut + b"\x7f\xbfA") == calls
    assert trace(cut + b"\xc2\x84A") == [("print", "\ufffdA")]


@pytest.mark.parametrize("around", ["é", "日本", "😀👨", "a", ""])
def test_c1_controls_in_utf8_are_nothing(around):
    """Neither shown nor acted on: text that was encoded twice swallows nothing."""
    for code in range(0x80, 0xA0):
        data = f"{around}{chr(code)}{around} A\n".encode()
        for chunk in (None, 1, 2):
            assert trace(data, chunk=chunk) == [("print", f"{around * 2} A"), ("execute", 10)]


def test_what_is_odd_among_emoji_is_seen_as_byte_by_byte():
    """Emoji begin a loop that knows only what is ordinary."""
    before, after = "😀é€1👨".encode(), "😀 ab€😀".encode()
    for first in range(0x100):
        for second in (0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE2, 0xF0):
            for rest in (b"", b"\x80", b"\x80\x80"):
                data = before + bytes((first, second)) + rest + after
                assert trace(data) == trace(data, chunk=1), data


def test_an_interrupted_character_shows_before_the_control():
    assert trace(b"\xe2\x82\r") == [("print", "\ufffd"), ("execute", 13)]
    assert trace(b"\xe2\x82\x1b[m", chunk=1) == [("print", "\ufffd"), csi("m")]


def test_eight_bit_mode_takes_c1_bytes_and_gr():
    calls = [csi("m", [1]), ("print", "é"), ("osc", b"0;t\xe9", False), ("execute", 0x84)]
    data = b"\x9b1m\xe9\x9d0;t\xe9\x9c\x84"
    assert trace(data, utf8=False) == calls
    assert trace(data, utf8=False, chunk=1) == calls


def test_parameters_beyond_32_are_ignored():
    numbers = list(range(1, 41))
    data = b"\x1b[" + ";".join(map(str, numbers)).encode() + b"m"
    for chunk in (None, 1):
        assert trace(data, chunk=chunk) == [csi("m", *([n] for n in numbers[:32]))]
    data = b"\x1b[" + b":".join([b"1"] * 40) + b"m"
    assert trace(data) == [csi("m", [1] * 32)]


@pytest.mark.parametrize("chunk", [None, 4096])
def test_a_string_past_the_cap_is_swallowed_whole(chunk):
    for introducer in (b"\x1b]52;c;", b"\x1bPq", b"\x1b_G", b"\x1bX"):
        data = introducer + b"A" * ((1 << 20) + 10) + b"\x1b\\B"
        assert trace(data, chunk=chunk) == [("print", "B")]


def test_a_string_up_to_the_cap_arrives():
    payload = b"A" * (1 << 20)
    assert trace(b"\x1b]" + payload + b"\a", chunk=65536) == [("osc", payload, True)]
    assert trace(b"\x9d" + payload + b"\x9c", utf8=False) == [("osc", payload, False)]
    assert trace(b"\x1b]" + payload + b"A\a") == []


def test_reset_forgets_what_is_under_way():
    for begin in (b"\x1b[1;2", b"\x1b]0;abc", b"\xe2\x82", b"\x1bPq"):
        performer = Trace()
        parser = Parser(performer)
        parser.feed(begin)
        parser.reset()
        parser.feed(b"m")
        assert performer.calls == [("print", "m")]


def test_any_buffer_can_be_fed():
    performer = Trace()
    parser = Parser(performer)
    data = bytearray(b"abc")
    parser.feed(data)
    data.extend(b"the buffer was released")
    parser.feed(memoryview(b"de"))
    parser.feed(memoryview(b"f").cast("c"))
    parser.feed(b"")
    assert performer.calls == [("print", "abcdef")]


def test_any_byte_ends_a_run_of_graphic_characters_or_does_not():
    """Runs are looked through eight bytes at a time; one byte at a time is the reference."""
    for place in range(20):
        for byte in range(0x100):
            data = b"a" * place + bytes((byte,)) + b"\x7e\x20" * 10
            for utf8 in (True, False):
                assert trace(data, utf8=utf8) == trace(data, utf8=utf8, chunk=1), data


def test_an_interruption_comes_out_after_the_chunk(term):
    def interrupted(code):
        raise KeyboardInterrupt

    term.handler.execute = interrupted
    with pytest.raises(KeyboardInterrupt):
        term.feed("a\ab")
    assert term.lines[0] == "ab"
    term.feed("c")
    assert term.lines[0] == "abc"


@pytest.mark.parametrize("error", [KeyError, MemoryError, RecursionError])
@pytest.mark.parametrize(
    ("method", "sequence", "name"),
    [
        ("csi", "\x1b[?4;1$p", "CSI ?$p"),
        ("esc", "\x1b#3", "ESC #3"),
        ("osc", "\x1b]4;secret\a", "OSC 4"),
        ("osc", "\x1b]secret\a", "OSC"),
        ("dcs", "\x1bP1$qsecret\x1b\\", "DCS $q"),
        ("apc", "\x1b_secret\x1b\\", "APC"),
        ("execute", "\a", "control 07"),
    ],
)
def test_what_a_handler_raises_costs_its_sequence_and_is_told_once(
    term, method, sequence, name, error
):
    def broken(*arguments):
        raise error("broken")

    setattr(term.handler, method, broken)
    term.feed(f"a{sequence}b")
    assert term.lines[0] == "ab"
    failures = term.screen.failures
    assert [(type(each.error), each.function) for each in failures.take()] == [(error, name)]
    term.feed(f"{sequence}c")
    assert term.lines[0] == "abc"
    assert failures.take() == []


def test_every_state_and_byte_has_one_transition():
    assert len(TABLE) == len(STATES) * 128
    assert set((TABLE & 0xFF).tolist()) <= set(ACTIONS)
    assert set((TABLE >> 8).tolist()) <= set(STATES)


def test_the_fast_path_for_parameters_equals_the_table():
    """One byte at a time goes through the same loop, so here the table alone is the reference."""
    rng = random.Random(7)
    for _ in range(200):
        body = "".join(rng.choice("0123456789;:") for _ in range(rng.randint(0, 30)))
        params = [
            [min(int(s), 65535) if s else -1 for s in param.split(":")]
            for param in (body.split(";") if body else [])
        ]
        flat = 0
        kept: list[list[int]] = []
        for param in params:
            kept.append(param[: max(32 - flat, 0)])
            flat += len(param)
        assert trace(f"\x1b[{body}m".encode()) == [csi("m", *(p for p in kept if p))]
