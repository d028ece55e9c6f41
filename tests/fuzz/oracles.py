"""What must hold whatever a program says, checked on one program at a time.

It raises nothing; any split of it does the same; each reply keeps to the grammar and repeats
nothing of the program's; after RIS the terminal can't be told from a new one. What it may cost in
time and memory is measured by whoever runs many (campaign.py).
"""

import base64
import contextlib
import functools
import os
import random
import re
import zlib
from collections.abc import Callable

import interpreted  # noqa: F401  # before gputerm
import streams
from control_strings import SETTINGS
from replies import check_reply
from words import TAINT

from gputerm.vt import Terminal, TerminalOptions, WindowFacts, charset
from gputerm.vt.blocks import MAX_BLOCKS
from gputerm.vt.core.history import PAGE
from gputerm.vt.core.parser import Parser
from gputerm.vt.core.performer import Performer
from gputerm.vt.core.trace import Trace
from gputerm.vt.core.transcript import Transcript
from gputerm.vt.events import (
    ClipboardQuery,
    ClipboardSet,
    Event,
    PaletteChanged,
    PromptKind,
    Reply,
)
from gputerm.vt.functions.dispatch import Dispatch
from gputerm.vt.machine import MAX_REPLIES
from gputerm.vt.modes import MODES
from gputerm.vt.palette import BACKGROUND, default_colors

LINES, COLUMNS, HISTORY = 5, 18, 12
ACTS = 28  #: of which those of `act` are some; the others are nothing
DEEP = 5000  #: lines of a history of which a change of width leaves some for later

charset.tables = functools.cache(charset.tables)  # or making a terminal takes longer than using it

FACTS = WindowFacts(COLUMNS * 8, LINES * 16, COLUMNS * 8 + 4, LINES * 16 + 4, 1920, 1080)


class FaultError(Exception):
    """What a function of ours raises that is meant to."""


class Watched(Terminal):
    """A terminal that remembers what its functions raised, even if the core goes on.

    While it is `faulty` one in ten sequences raises instead of doing what it is for.
    """

    raised: BaseException | None = None
    faulty = False

    def __init__(self, *arguments, **more) -> None:
        super().__init__(*arguments, **more)
        self.screen.handler = WatchedDispatch(self)


class WatchedDispatch(Dispatch):
    """Tells the terminal what was raised, and raises it again."""

    def __init__(self, terminal: Watched) -> None:
        super().__init__(terminal)
        self._watched = terminal

    def _watch(self, function, *arguments) -> None:
        if self._watched.faulty and zlib.crc32(repr(arguments).encode()) % 10 == 0:
            raise FaultError
        try:
            function(*arguments)
        except BaseException as error:
            self._watched.raised = self._watched.raised or error
            raise

    def csi(self, *arguments) -> None:
        self._watch(super().csi, *arguments)

    def esc(self, *arguments) -> None:
        self._watch(super().esc, *arguments)

    def osc(self, *arguments) -> None:
        self._watch(super().osc, *arguments)

    def dcs(self, *arguments) -> None:
        self._watch(super().dcs, *arguments)

    def apc(self, *arguments) -> None:
        self._watch(super().apc, *arguments)

    def execute(self, *arguments) -> None:
        self._watch(super().execute, *arguments)


def palette(*, dark: bool) -> tuple[int, ...]:
    """The default colours on a dark or a light background."""
    colors = default_colors()
    colors[BACKGROUND] = 0x181818 if dark else 0xFFFFFF
    return tuple(colors.tolist())


def make(kind: int, lines: int = LINES, columns: int = COLUMNS, history: int = HISTORY) -> Watched:
    """A terminal; the bits of `kind` choose its options."""
    options = TerminalOptions(
        history=history,
        colors=palette(dark=bool(kind & 8)),
        ambiguous_wide=bool(kind & 1),
        test_reports=bool(kind & 2),
        resize_at_once=bool(kind & 4),
    )
    terminal = Watched(lines, columns, options)
    terminal.set_window(FACTS)
    terminal.take_events()
    return terminal


_HEX = TAINT.encode().hex().encode()
# A text in base64 looks different at each of three offsets; these are the parts that don't depend
# on what is around it.
_BASE64 = [
    base64.b64encode(b"\0" * shift + TAINT.encode())[start:stop]
    for shift, start, stop in ((0, 0, 5), (1, 2, 6), (2, 3, 8))
]
_ID = re.compile(rb"99;i=[A-Za-z0-9_+.-]{1,64}:p=\?")


def check_events(terminal: Watched, events: list[Event]) -> None:
    """That nothing was raised and replies are ours alone."""
    if terminal.raised is not None:
        raise terminal.raised
    failures = terminal.take_failures()
    assert all(type(each.error) is FaultError for each in failures), failures
    assert TAINT not in repr(failures), failures
    for event in events:
        if isinstance(event, ClipboardQuery):
            check_reply(terminal.clipboard_reply(event, b"ours"), test_reports=False)
        if isinstance(event, ClipboardSet):
            assert TAINT not in repr(event), event
    test_reports = terminal.options.test_reports
    data = replies(events)
    check_reply(data, test_reports=test_reports)
    if not test_reports and data:
        data = _ID.sub(b"", data)
        assert TAINT.encode() not in data, data
        assert _HEX not in data.lower(), data
        assert not any(part in data for part in _BASE64), data


def replies(events: list[Event]) -> bytes:
    return b"".join(event.data for event in events if isinstance(event, Reply))


def configure(terminal: Watched, **options) -> None:
    terminal.configure(terminal.options.replace(**options))


def act(terminal: Watched, what: int, rng: random.Random) -> list[Event]:
    """Something that happens in the world while the program speaks."""
    match what:
        case 0:
            terminal.resize(rng.randint(1, 9), rng.randint(1, 40), [(terminal.cursor_line, 0)])
        case 1:
            terminal.set_focus(bool(rng.randrange(2)))
        case 2:
            configure(terminal, colors=palette(dark=bool(rng.randrange(2))))
        case 3:
            terminal.clear_history()
        case 4:
            configure(terminal, history=rng.choice((0, 1, 5, HISTORY)))
        case 5:
            configure(terminal, ambiguous_wide=bool(rng.randrange(2)))
        case 6:
            return terminal.feed(b"\x1b[?2026l")
        case 7:
            return terminal.echo(b"\x1b[31mtyped\r", 1000)[1]
        case 8:
            snapshot = terminal.snapshot(terminal.first_line)
            snapshot.take(range(terminal.lines))
        case 9:
            terminal.text((terminal.first_line, 0), (terminal.screen_top + terminal.lines, 0))
        case 10:
            configure(terminal, colors=tuple(range(rng.randrange(272))))
        case 11:
            configure(terminal, cursor_shape=rng.choice(("block", "beam")))
        case 12:
            read, write = os.pipe()
            os.write(write, b"from a descriptor \x1b[1mb")
            os.set_blocking(read, False)
            _, rest, _, events = terminal.feed_from(read, rng.choice((10, 10_000)))
            os.close(read)
            os.close(write)
            return events + terminal.feed(rest)
        case 13:
            _look(terminal)
        case 14:
            configure(terminal, clusters=rng.choice(("always", "requested", "never")))
        case 15:
            terminal.reflow(anchors=[(terminal.first_line, 0), (terminal.cursor_line, 0)])
        case 16:
            terminal.resize(rng.randint(1, 9), rng.choice((5, 17, 18, 40)))
            while terminal.reflowing and rng.random() < 0.9:
                terminal.reflow()
        case 17:
            terminal.settle()
            assert not terminal.reflowing
        case 18:
            number = rng.randint(0, terminal.blocks.newest + 1)
            terminal.blocks.timed(rng.choice(list(PromptKind)), number, 1.5)
        case 19:
            terminal.set_pixel_size(rng.randrange(999), rng.randrange(999))
        case _:
            pass
    return terminal.take_events()


def _look(terminal: Watched) -> None:
    """All that others ask a terminal for, and what it takes to keep it."""
    _ = terminal.key_options, terminal.mouse_options, terminal.local_echo, terminal.title
    _ = terminal.bracketed_paste, terminal.focus_reporting, terminal.sync_generation
    _ = terminal.modes.private_numbers, terminal.synchronized
    stop = terminal.screen_top + terminal.lines
    for line in range(terminal.first_line, stop):
        terminal.line_text(line)
        for extra in set((terminal.cells(line)[:, 3] >> 16).tolist()):
            terminal.hyperlink(extra)
    for line in (terminal.first_line - 1, stop):
        try:
            terminal.cells(line)
        except IndexError:
            continue
        raise AssertionError(f"line {line} isn't kept")
    shown = terminal.snapshot()
    for char in shown.take(range(terminal.lines))[..., 0].ravel().tolist():
        if char >> 31:
            assert shown.cluster_text(char & 0x1FFFFF)
    clusters, grid = terminal.screen.clusters, terminal.screen.grid
    for index in range(-1, clusters.capacity + 1):
        if text := clusters.codepoints(index):
            assert clusters.intern(text) == index, "a cluster twice"
    for line, text in enumerate(terminal.screen.text()):
        if "\ufffc" not in grid.text(line):
            assert text == grid.text(line)
    _read(terminal, stop)
    history = terminal.screen.history
    assert len(terminal.blocks) <= MAX_BLOCKS
    if not terminal.reflowing:
        assert len(history) <= history.limit
        most = (len(history) + 2) * (terminal.columns * 40 + 20) + 4 * PAGE
        assert history.size_bytes <= most, (history.size_bytes, most)


def _read(terminal: Watched, stop: int) -> None:
    """The lines as text for searching, the newest first; each byte is of a cell."""
    lines = Transcript(terminal.screen)
    for _ in range(200):
        if stop <= terminal.first_line:
            break
        first = lines.start_above(stop, 1, terminal.first_line)
        assert lines.start_of(first) == first < lines.stop_of(first) <= stop
        assert first < lines.stop_below(first, 10_000, stop) <= stop
        lines.read(first, stop)
        text = terminal.text((first, 0), (stop - 1, terminal.columns))
        assert lines.text.decode().rstrip(" \n") == text.rstrip(" "), (first, stop)
        places = [lines.cells(at, at + 1) for at in range(len(lines.text) - 1)]
        assert places == sorted(places)
        assert all(first <= start[0] < stop and start < end for start, end in places)
        stop = first


#: Says of a terminal what cells and modes don't show: stacks, saved things, what is half done.
_PROBE = b"".join(
    [
        b"\x1b[5b\xcc\x81\x1b8\x1b[6n\x1b[?6n",
        *(b"\x1b[?%d$p" % mode.number for mode in MODES if mode.private),
        *(b"\x1b[%d$p" % mode.number for mode in MODES if not mode.private),
        *(b"\x1bP$q" + setting.encode() + b"\x1b\\" for setting in SETTINGS),
        b"\x1b[1$w\x1b[2$w\x1b[?996n\x1b[?4m\x1b[?4g\x1b[?u\x1b[<u\x1b[?u\x1b[#R",
        b"\x1b]4;" + b";".join(b"%d;?" % i for i in range(0, 261, 7)) + b"\a",
        b"\x1b]10" + b";?" * 10 + b"\a\x1b]22;?__current__\a\x1b]22;<\a\x1b]99;;x\a\x1b[c",
        b"\x1b[?" + b";".join(b"%d" % m.number for m in MODES if m.private)[:150] + b"r",
        b"\x1b[#}A\x1b]0;t\a\x1b[23t\x1b[#Q\x1b]4;1;?\a\x1b[?2026h",
        b"\x1b[?1049h\x1b[?u\x1b[<u\x1b[?u\x1b8\x1b[6n\x1b[?1049l\x1b[6n",
        b"\x0e\xe9\x0f\xe9\x1bn\xe9\x1bo\xe9\x1b%@\xe9\x1b%G",
    ]
)


def check_reset(terminal: Watched, kind: int) -> None:
    """That RIS leaves nothing."""
    terminal.feed(streams.RESET)
    new = make(kind, terminal.lines, terminal.columns)
    new.configure(terminal.options)
    new.take_events()
    assert streams.state(terminal) == streams.state(new), "RIS leaves something"
    told, expected = (
        [event for event in each.feed(_PROBE) if not isinstance(event, PaletteChanged)]
        for each in (terminal, new)
    )
    assert told == expected, f"RIS leaves something: {told} {expected}"
    check_events(terminal, told)
    assert streams.state(terminal) == streams.state(new), "RIS leaves something hidden"


def check(said: list[bytes], seed: int) -> None:
    """All that must hold for what programs said to one terminal, one after the other.

    `seed` chooses the terminal, where it is cut, and what happens in the world in between.
    """
    rng = random.Random(seed)
    # A terminal that takes any size at once may have millions of cells, so few do.
    kind = rng.randrange(16) & (-1 if rng.random() < 0.1 else ~4)
    acts = [rng.randrange(ACTS) for _ in said]
    history = DEEP if rng.random() < 0.4 else HISTORY
    whole, split = make(kind, history=history), make(kind, history=history)
    whole.faulty = split.faulty = rng.random() < 0.1
    if seed % 4 == 0:
        check_parser(said)
    events = _tell(whole, said, acts, seed, None)
    longest = max(map(len, said), default=0)
    steps = (1,) if longest < 40 else (1, 3, 20, 200) if longest < 20_000 else (1, 4096, 50_000)
    split_events = _tell(split, said, acts, seed, steps)
    whole.check()
    assert streams.state(whole) == streams.state(split), "the split matters"
    if len(replies(events)) < MAX_REPLIES // 2:  # Beyond, each feed has a limit of its own.
        assert replies(events) == replies(split_events), "the split matters for replies"
    whole.faulty = False
    check_reset(whole, kind)


class Told:
    """A handler that writes down what it is told, in the words of Trace."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, kind: str) -> Callable[..., None]:
        return lambda *values: self.calls.append((kind, *values))


class Raising(Told):
    """And raises, now and then what isn't an Exception."""

    def __getattr__(self, kind: str) -> Callable[..., None]:
        def told(*values: object) -> None:
            self.calls.append((kind, *values))
            raise KeyboardInterrupt if len(self.calls) % 50 == 9 else FaultError

        return told


def check_parser(said: list[bytes]) -> None:
    """That a parser tells a handler what it tells a performer, cut in two or not, and all the same
    to one that raises."""
    whole, parts, broken = Trace(), Performer(), Performer()
    parts.handler = told = Told()
    broken.handler = raising = Raising()
    first, second, third = Parser(whole), Parser(parts), Parser(broken)
    for data in said:
        first.feed(data)
        second.feed(data[: len(data) // 2])
        second.feed(data[len(data) // 2 :])
        with contextlib.suppress(KeyboardInterrupt):
            third.feed(data)
    assert [call for call in whole.calls if call[0] != "print"] == told.calls == raising.calls


def check_once(said: list[bytes], seed: int) -> None:
    """What can be seen of one terminal: it raises nothing, and its replies are ours."""
    rng = random.Random(seed)
    terminal = make(rng.randrange(16) & ~4)
    _tell(terminal, said, [rng.randrange(ACTS) for _ in said], seed, None)
    terminal.check()


def _tell(
    terminal: Watched, said: list[bytes], acts: list[int], seed: int, steps: tuple[int, ...] | None
) -> list[Event]:
    """Feeds each program, in pieces of lengths drawn from `steps`, and acts after it."""
    cuts, world = random.Random(seed), random.Random(seed + 1)
    events: list[Event] = []
    for data, what in zip(said, acts, strict=True):
        if steps is None:
            events += terminal.feed(data)
        else:
            at = 0
            sliced = cuts.random() < 0.3  # by what it costs
            while at < len(data):
                step = cuts.choice(steps)
                if sliced:
                    step, more = terminal.feed_some(data[at:], step)
                    assert step, "a slice of nothing"
                else:
                    more = terminal.feed(data[at : at + step])
                events += more
                at += step
        events += act(terminal, what, world)
    check_events(terminal, events)
    return events
