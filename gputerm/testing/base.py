"""What both faces of a session have: the terminal, what is typed into it, and what it shows.

A session is a pane (pane/pane.py) with a far end and without a window. Whatever waits is a
generator of times until which there is nothing to do but to sleep; the faces differ in how.
The screen changes in waits and inputs and at no other moment (see direct.py).
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

from gputerm.config import Config, with_overrides
from gputerm.configured.appearance import pane_options, terminal_options
from gputerm.errors import UsageError
from gputerm.host.pty import Pty
from gputerm.input import (
    Button,
    KeyKind,
    Mods,
    MouseEvent,
    MouseKind,
    encode_alternate_scroll,
)
from gputerm.input.chords import parse_chord, parse_mods, typed
from gputerm.pane.events import ClipboardAsked, ClipboardWritten, PaneEvent
from gputerm.pane.pane import Pane
from gputerm.paths import here
from gputerm.records import Record
from gputerm.testing import rest
from gputerm.testing.cell import Cell, cell_of
from gputerm.testing.direct import Direct, Offline
from gputerm.testing.in_vain import SessionError, WaitFailed, boxed
from gputerm.testing.shells import start_up
from gputerm.testing.surroundings import environment
from gputerm.testing.twin import EVERYTHING, Found, Pattern, Twin
from gputerm.vt import Terminal, WindowFacts
from gputerm.vt.events import Bell, Event, PromptKind

if TYPE_CHECKING:
    from gputerm.export.dump import Part

__all__ = ["Base", "CommandResult", "Target"]

T = TypeVar("T")
Steps: TypeAlias = Generator[float, None, T]  #: yields monotonic times until which it may sleep
Target: TypeAlias = "Pattern | tuple[int, int] | Found"

MAX_EVENTS = 10_000  #: kept, the oldest go

#: One look at what the program writes, in seconds.
_PUMP_S = 0.02
#: The screen is at rest so long after the last input and output, where the system tells that the
#: programs sleep, and where it doesn't.
_REST_S, _REST_BLIND_S = 0.05, 0.15
#: Between two looks at the programs' threads.
_LOOK_S = 0.01
#: What a cell measures in reports; pictures have the cells of their fonts.
_CELL = (10, 20)

_BUTTONS = {"left": Button.LEFT, "middle": Button.MIDDLE, "right": Button.RIGHT}
_WHEELS = {
    "up": Button.WHEEL_UP,
    "down": Button.WHEEL_DOWN,
    "left": Button.WHEEL_LEFT,
    "right": Button.WHEEL_RIGHT,
}


class CommandResult(Record):
    """What a command did in a shell."""

    exit_code: int | None  #: None: the shell doesn't tell
    output: str  #: as it stands on the screen and above, without line feeds at its end


class _Clipboards:
    """Holds the pane: keeps what the program puts on the clipboard, and lets it have that."""

    def __init__(self) -> None:
        self.texts = {False: "", True: ""}  # by whether it is the primary selection

    def damaged(self) -> None:
        pass

    def woken(self) -> None:
        pass

    def act_on(self, event: PaneEvent) -> None:
        if isinstance(event, ClipboardWritten):
            self.texts[event.primary] = event.text
        elif isinstance(event, ClipboardAsked):
            event.answer(self.texts[event.primary])


class Base:
    """A terminal program under test."""

    def __init__(
        self,
        *command: str,
        size: tuple[int, int] = (80, 24),
        cwd: str | os.PathLike[str] | None = None,
        env: Mapping[str, str] | None = None,
        config: Sequence[str] = (),
        timeout: float = 10.0,
        fonts: str = "bundled",
    ) -> None:
        """Start a program on a terminal of (columns, lines).

        `env` is laid over our own environment, from which what belongs to the harness is taken out.
        `config` has settings as `-o` takes them, "scrolling.history=100"; no file is read.
        `timeout` is how long waits wait, in seconds. Pictures are drawn with "bundled" fonts, the
        same everywhere, or also with those of the "system". Raises SpawnError, UsageError.
        """
        if not command:
            raise UsageError("a Session needs a program; Session.offline() has none")
        self._prepare(size, config, timeout, fonts)
        folder = os.fspath(cwd) if cwd is not None else here()
        columns, lines = size
        pty = Pty.spawn(
            command,
            cwd=folder,
            env=environment(env or {}, folder),
            lines=lines,
            columns=columns,
            width_px=columns * _CELL[0],
            height_px=lines * _CELL[1],
        )
        self._open(Direct(pty, self._tap))

    @classmethod
    def offline(
        cls,
        *,
        size: tuple[int, int] = (80, 24),
        config: Sequence[str] = (),
        timeout: float = 10.0,
        fonts: str = "bundled",
    ) -> Self:
        """A terminal without a program: bytes are fed, and `sent` has what it would be sent."""
        session = cls.__new__(cls)
        session._prepare(size, config, timeout, fonts)
        session._open(Offline(session._tap))
        return session

    @classmethod
    def shell(
        cls, program: str = "bash", *, env: Mapping[str, str] | None = None, **options: Any
    ) -> Self:
        """A shell (bash, sh, dash) with the prompt "$ " and marks for `run`, which doesn't read the
        user's start-up files. Options are those of the class.
        """
        folder = tempfile.TemporaryDirectory(prefix="gputerm-")
        command, variables = start_up(program, folder.name)
        session = cls(*command, env={**variables, **(env or {})}, **options)
        session._folder = folder
        return session

    def _prepare(
        self, size: tuple[int, int], config: Sequence[str], timeout: float, fonts: str
    ) -> None:
        if fonts not in ("bundled", "system"):
            raise UsageError(f'fonts are "bundled" or "system", not {fonts!r}')
        self._config, problems = with_overrides(Config(), config)
        if problems:
            raise UsageError("; ".join(map(str, problems)))
        self.timeout = timeout
        self._fonts = fonts
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        columns, lines = size
        options = terminal_options(self._config, test_reports=False)
        self._terminal = Terminal(lines, columns, options)
        self._terminal.set_window(_window(lines, columns))
        self._twin = Twin(lines, columns, options)
        self.sequence = EVERYTHING  #: of the last input
        #: What the program has done beyond its cells, oldest first (gputerm.vt.events).
        self.events: deque[Event] = deque(maxlen=MAX_EVENTS)
        self.bells = 0  #: how often the program has rung
        self._last_input = time.monotonic()
        self._closed = False

    def _open(self, end: Direct | Offline) -> None:
        self._end = end
        # By the clock nothing changes: two runs give one picture.
        options = pane_options(self._config).replace(cursor_blinks=False)
        self._pane = Pane(0, self._terminal, end, options=options)
        self._pane.holder = self._clipboards = _Clipboards()

    def close(self) -> None:
        """Hang up; the program is ended if it doesn't end by itself."""
        if not self._closed:
            self._closed = True
            self._pane.close()
            if (status := self._end.ended()) is not None:
                self._pane.end(status)
            if self._folder is not None:
                self._folder.cleanup()

    # ── what it shows ────────────────────────────────────────────────────────────────────────────

    @property
    def screen(self) -> str:
        """The rows of the screen, without blanks and empty rows at their end."""
        return self.text()

    def text(self, *, scrollback: bool = False) -> str:
        """The screen, with what has scrolled off above it if wanted."""
        from gputerm.export import dump

        return dump.to_text(self._terminal, self._parts(scrollback=scrollback))

    def cell(self, line: int, column: int) -> Cell:
        """A cell of the screen; lines < 0 lie above it, -1 is the last that has scrolled off."""
        from gputerm.export import dump

        terminal = self._terminal
        at = terminal.screen_top + line
        if not (terminal.first_line <= at < terminal.screen_top + terminal.lines
                and 0 <= column < terminal.columns):  # fmt: skip
            raise IndexError(f"there is no line {line}, column {column}")
        (row,) = dump.to_rows(terminal, dump.rows_of(terminal, at, at + 1))
        palette = [f"#{color & 0xFFFFFF:06x}" for color in terminal.palette.values.tolist()]
        return cell_of(row, column, palette)

    def find(self, pattern: Pattern) -> Found | None:
        """The first text on the screen that is this, or that fits a compiled expression."""
        return self._twin.on_screen(pattern)

    def style(self, pattern: Pattern) -> Cell:
        """How this text looks: a Cell without a character. Fails if it isn't on the screen, or
        looks different from cell to cell."""
        found = self.find(pattern)
        if found is None:
            raise self._failure(f"there is no {_shown(pattern)}")
        line, column = found.place
        looks = set()
        while (line, column) < found.stop:
            if column >= self._terminal.columns:
                line, column = line + 1, 0
                continue
            looks.add(self.cell(line, column).style)
            column += 1
        if len(looks) > 1:
            raise self._failure(f"{_shown(pattern)} looks different from cell to cell")
        return looks.pop()

    @property
    def size(self) -> tuple[int, int]:
        """(columns, lines)"""
        return self._terminal.columns, self._terminal.lines

    @property
    def cursor(self) -> tuple[int, int]:
        """(line, column), from 0."""
        return self._terminal.cursor

    @property
    def cursor_visible(self) -> bool:
        """Whether the program shows it."""
        return self._terminal.snapshot().cursor.visible

    @property
    def title(self) -> str:
        """The title that the program has given; "" when none."""
        return self._terminal.title

    @property
    def alternate(self) -> bool:
        """Whether the program shows the alternate screen."""
        return self._terminal.alternate

    @property
    def clipboard(self) -> str:
        """What the program has put on the clipboard (OSC 52)."""
        return self._clipboards.texts[False]

    @clipboard.setter
    def clipboard(self, text: str) -> None:
        self._clipboards.texts[False] = text

    @property
    def exit_status(self) -> int | None:
        """The program's exit code, 128 + a signal; None while it runs, as far as we have waited."""
        return self._pane.exit_status

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._end.program.pid

    @property
    def sent(self) -> bytes:
        """All that has been sent to nobody; of an offline session."""
        assert isinstance(self._end, Offline), "only an offline session keeps what it is sent"
        return bytes(self._end.sent)

    @property
    def terminal(self) -> Terminal:
        """The terminal itself, to look at."""
        return self._terminal

    # ── as a document ────────────────────────────────────────────────────────────────────────────

    def dump(self, *, history: bool = True) -> dict[str, Any]:
        """The JSON document of docs/dump.schema.json."""
        from gputerm.export import dump

        return dump.to_json(self._terminal, history=history)

    def ansi(self, *, scrollback: bool = False) -> str:
        """The text with SGR sequences, to be shown in any terminal."""
        from gputerm.export import dump

        parts = self._parts(scrollback=scrollback)
        return dump.joined(dump.ansi_rows(self._terminal, parts))

    def html(self, *, scrollback: bool = False) -> str:
        """The text as one HTML element that needs no style sheet."""
        from gputerm.export import dump, html

        before, after = html.html_frame(self._terminal)
        rows = html.html_rows(self._terminal, self._parts(scrollback=scrollback))
        return before + dump.joined(rows) + after

    def png(self) -> bytes:
        """The picture that a focused window would show. Raises GLError without OpenGL."""
        from gputerm.render.png import encode_png

        return encode_png(self.pixels())

    def pixels(self) -> Any:
        """uint8[height, width, 4]: that picture."""
        from gputerm.testing.painter import pixels

        return pixels(self._terminal, self._config, bundled_fonts=self._fonts == "bundled")

    def _parts(self, *, scrollback: bool) -> list[Part]:
        from gputerm.export import dump

        terminal = self._terminal
        start = terminal.first_line if scrollback and not terminal.alternate else None
        stop = terminal.screen_top + terminal.lines
        return dump.rows_of(terminal, terminal.screen_top if start is None else start, stop)

    # ── inputs ───────────────────────────────────────────────────────────────────────────────────

    def feed(self, data: bytes | str) -> int:
        """Offline: what a program writes. Returns the sequence number, as each input does."""
        assert isinstance(self._end, Offline), "bytes are fed to an offline session"
        self._input()
        self._end.put(data.encode() if isinstance(data, str) else data)
        self._pump()
        return self.sequence

    def press(self, *keys: str) -> int:
        """Press and release keys: "a", "Enter", "Ctrl+c", "Alt+Shift+Left", "F5".

        Raises ChordError for what is no key.
        """
        events = [parse_chord(key) for key in keys]
        text = "".join("\n" if event.key == "Enter" else event.text for event in events)
        self._input(typed=text, needs_program="press")
        for event in events:
            self._key(event)
        return self.sequence

    def type(self, text: str) -> int:
        """Type text key by key; a line feed is Enter, a tab Tab."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._input(typed=text, needs_program="type")
        for character in text:
            if character in _NAMED:
                self._key(parse_chord(_NAMED[character]))
            elif character.isprintable():
                self._key(typed(character))
            else:
                raise UsageError(f"type: {character!r} is no text; press() takes keys by name")
        return self.sequence

    def _key(self, event: Any) -> None:
        self._pane.typing.key(event)
        self._pane.typing.key(event.replace(kind=KeyKind.RELEASE, text=""))

    def paste(self, text: str) -> int:
        """Paste text, in brackets if the program wants that."""
        self._input(typed=text, needs_program="paste")
        self._pane.typing.paste(text)
        return self.sequence

    def resize(self, columns: int, lines: int) -> int:
        """Give the terminal another size."""
        self._input()
        self._pane.resize(lines, columns, _window(lines, columns))
        self._terminal.settle()
        self._twin.resize(lines, columns)
        self._twin.mark(self.sequence)
        return self.sequence

    def focus(self, focused: bool = True) -> int:
        """Give the terminal the keyboard, or take it away; programs are told if they ask."""
        self._input()
        self._pane.focus(focused)
        return self.sequence

    def _input(self, *, typed: str = "", needs_program: str = "") -> None:
        """What stands there from here on was before the input."""
        self._pump()
        if needs_program and self.exit_status is not None:
            raise self._failure(f"{needs_program}: {self._ended()}")
        self.sequence += 1
        self._twin.mark(self.sequence, typed)
        self._last_input = time.monotonic()

    # ── the mouse ────────────────────────────────────────────────────────────────────────────────

    def _clicking(
        self, target: Target, button: str, mods: str, timeout: float | None
    ) -> Steps[int]:
        place = yield from self._placing(target, timeout)
        which, held = _button(button), _mods(mods)
        self._mouse_input("click")
        self._mouse(MouseKind.MOTION, Button.NONE, place, held)
        self._mouse(MouseKind.PRESS, which, place, held)
        self._mouse(MouseKind.RELEASE, which, place, held)
        return self.sequence

    def _dragging(
        self, start: Target, stop: Target, button: str, mods: str, timeout: float | None
    ) -> Steps[int]:
        first = yield from self._placing(start, timeout)
        last = yield from self._placing(stop, timeout)
        which, held = _button(button), _mods(mods)
        self._mouse_input("drag")
        self._mouse(MouseKind.MOTION, Button.NONE, first, held)
        self._mouse(MouseKind.PRESS, which, first, held)
        self._mouse(MouseKind.MOTION, which, last, held)
        self._mouse(MouseKind.RELEASE, which, last, held)
        return self.sequence

    def _wheeling(
        self, target: Target, direction: str, steps: int, mods: str, timeout: float | None
    ) -> Steps[int]:
        place = yield from self._placing(target, timeout)
        if direction not in _WHEELS:
            raise UsageError(f"a wheel turns {', '.join(_WHEELS)}, not {direction!r}")
        button, held = _WHEELS[direction], _mods(mods)
        terminal = self._terminal
        if not self._pane.typing.wants_mouse and terminal.mouse_options.alternate_scroll:
            self._input(needs_program="wheel")
            app_cursor = terminal.key_options.app_cursor
            self._end.write(encode_alternate_scroll(button, steps, app_cursor=app_cursor))
            return self.sequence
        self._mouse_input("wheel")
        for _ in range(steps):
            self._mouse(MouseKind.PRESS, button, place, held)
        return self.sequence

    def _placing(self, target: Target, timeout: float | None) -> Steps[tuple[int, int]]:
        """The cell that is meant; text is waited for, and hit in its middle."""
        if isinstance(target, tuple):
            return target
        found = target
        if not isinstance(found, Found):
            pattern: Pattern = found
            found = yield from self._until(
                lambda: self.find(pattern), timeout, f"{_shown(pattern)} to point at"
            )
        line, column = found.place
        if found.stop[0] == line:
            column = (column + found.stop[1] - 1) // 2
        return line, column

    def _mouse_input(self, doing: str) -> None:
        self._input(needs_program=doing)
        if not self._pane.typing.wants_mouse:
            raise self._failure(f"{doing}: the program doesn't ask for the mouse")

    def _mouse(self, kind: MouseKind, button: Button, place: tuple[int, int], mods: Mods) -> None:
        line, column = place
        x, y = column * _CELL[0] + _CELL[0] // 2, line * _CELL[1] + _CELL[1] // 2
        self._pane.typing.mouse(MouseEvent(kind, button, line, column, x, y, mods))

    # ── waiting ──────────────────────────────────────────────────────────────────────────────────

    def _waiting(
        self,
        wanted: Pattern | Callable[[Self], T],
        after: int | None,
        echo: bool,
        timeout: float | None,
    ) -> Steps[Any]:
        if not isinstance(wanted, str | re.Pattern):
            condition = wanted
            name = getattr(condition, "__name__", repr(condition))
            what = "a condition" if name == "<lambda>" else f"{name}()"
            return (yield from self._until(lambda: condition(self) or None, timeout, what))
        pattern: Pattern = wanted
        old: Found | None = None

        def look() -> Found | None:
            nonlocal old
            found, old = self._twin.search(pattern, after=after, echo=echo)
            return found

        def hint() -> str:
            if old is None:
                return ""
            return (
                f"It stands in line {old.line}, but was there before the last input, or is only"
                " what was typed (after=0 and echo=True see these)"
            )

        return (yield from self._until(look, timeout, _shown(pattern), hint))

    def _leaving(self, pattern: Pattern, timeout: float | None) -> Steps[None]:
        yield from self._until(
            lambda: True if self.find(pattern) is None else None,
            timeout,
            f"{_shown(pattern)} to be gone",
        )

    def _exiting(self, timeout: float | None) -> Steps[int]:
        return (yield from self._until(lambda: self.exit_status, timeout, "the program's end"))

    def _until(
        self,
        check: Callable[[], T | None],
        timeout: float | None,
        what: str,
        hint: Callable[[], str] = lambda: "",
    ) -> Steps[T]:
        """Until `check` gives something; it is asked after each look at what the program writes,
        but not within a synchronized update."""
        seconds = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + seconds
        while True:
            more = self._pump()
            now = time.monotonic()
            held = self._pane.held_until(now) if self.exit_status is None else None
            if held is None and (found := check()) is not None:
                self._twin.answered()
                return found
            if self.exit_status is not None:
                raise self._vain(f"waited for {what}: {self._ended()}", hint())
            if isinstance(self._end, Offline):
                raise self._vain(f"waited for {what}: nothing else was fed", hint())
            if now >= deadline:
                raise self._vain(f"waited {seconds:g} s for {what} in vain", hint())
            yield 0.0 if more else min(deadline, held or deadline, self._pane.next_deadline())

    def _resting(self, timeout: float | None) -> Steps[None]:
        """Until the screen is complete, as far as can be told."""
        seconds = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + seconds
        why = "it never stopped writing"
        while True:
            more = self._pump()
            now = time.monotonic()
            if self.exit_status is not None or isinstance(self._end, Offline):
                break
            if now >= deadline:
                raise self._vain(f"waited {seconds:g} s for rest in vain: {why}", "")
            before = rest.look(self._end.descriptor)
            quiet = max(self._last_input, self._end.last_output)
            quiet += _REST_S if before.can_tell else _REST_BLIND_S
            held = self._pane.held_until(now)
            if more:
                yield 0.0
            elif held is not None or now < quiet:
                yield min(max(held or 0.0, quiet), deadline)
            elif not before.can_tell:
                break
            elif before.busy:
                why = f"{before.busy} is at work"
                yield now + _LOOK_S
            elif self._end.has_unread():
                why = "the program doesn't read what it was sent"
                yield now + _LOOK_S
            else:
                yield now + _LOOK_S
                self._pump()
                if self._end.last_output <= now and rest.look(self._end.descriptor) == before:
                    break
                why = "it was never at rest for long enough"
        self._twin.answered()

    def _running(self, command: str, timeout: float | None) -> Steps[CommandResult]:
        if "\n" in command or "\r" in command or not command.strip():
            raise UsageError("run takes one line")
        blocks, places = self._terminal.blocks, self._twin.places

        def prompt() -> int | None:
            block = blocks.current
            at_prompt = block and block.output_line is None and block.command_start is not None
            return block.number if block and at_prompt else None

        number = yield from self._until(
            prompt, timeout, "a prompt with marks (OSC 133), as those of Session.shell() have"
        )
        self.type(command + "\n")
        finished = number, PromptKind.FINISHED
        stop = yield from self._until(
            lambda: places.get(finished), timeout, f"the end of {command!r}"
        )
        # What is typed before the shell reads again would be echoed twice.
        yield from self._until(prompt, timeout, f"the prompt after {command!r}")
        start = places.get((number, PromptKind.OUTPUT))
        if start is None:  # A shell that doesn't say: below the line in which it was typed.
            line = places[number, PromptKind.COMMAND][0]
            while self._terminal.row_flags(line) & 1:
                line += 1
            start = line + 1, 0
        block = blocks.find(number)
        output = self._terminal.text(start, stop).rstrip("\n")
        return CommandResult(block.exit_code if block else None, output)

    def _pump(self) -> bool:
        """Take what the program has written; whether there is more already."""
        now = time.monotonic()
        self._pane.tick(now)
        more = self._pane.pump(now + _PUMP_S)
        if self.exit_status is None and (status := self._end.ended()) is not None:
            # All that the program wrote is in the pty by now.
            received = -1
            while received != self._pane.received and self._pane.received - received < 1 << 20:
                received = self._pane.received
                self._pane.pump(time.monotonic() + _PUMP_S)
            self._pane.end(status)
        return more

    def _tap(self, data: bytes) -> None:
        """See what the terminal has been fed."""
        for event in self._twin.feed(data):
            self.bells += isinstance(event, Bell)
            self.events.append(event)

    # ── failures ─────────────────────────────────────────────────────────────────────────────────

    def _ended(self) -> str:
        status = self.exit_status
        if status is not None and status > 128:
            return f"the program was ended by signal {status - 128}"
        return f"the program has ended with {status}"

    def _vain(self, why: str, hint: str) -> WaitFailed:
        return WaitFailed(self._message(why, hint))

    def _failure(self, why: str) -> SessionError:
        return SessionError(self._message(why, ""))

    def _message(self, why: str, hint: str) -> str:
        columns, lines = self.size
        command = self._end.program.command
        name = os.path.basename(command[0]) if command else "offline"
        return "\n".join(
            filter(None, (why, hint, boxed(self._terminal, f"{name} {columns}×{lines}")))
        )


_NAMED = {"\n": "Enter", "\t": "Tab"}


def _window(lines: int, columns: int) -> WindowFacts:
    return WindowFacts(width=columns * _CELL[0], height=lines * _CELL[1])


def _shown(pattern: Pattern) -> str:
    return repr(pattern) if isinstance(pattern, str) else f"/{pattern.pattern}/"


def _button(name: str) -> Button:
    if name not in _BUTTONS:
        raise UsageError(f"buttons are {', '.join(_BUTTONS)}, not {name!r}")
    return _BUTTONS[name]


def _mods(names: str) -> Mods:
    parts: Iterable[str] = names.split("+") if names else ()
    return parse_mods(parts)
